"""`stance roster`: whom stance looks for, and by which words."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from stance.cli import options

app = typer.Typer(
    help="List, check and explain the actors.",
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command("list")
def list_actors(roster: options.Roster = None) -> int:
    """List the actors with their kind, the number of their forms, name and parent."""
    from stance.actors.roster_file import load_roster  # noqa: PLC0415 - see app.py
    from stance.cli.output import write_text  # noqa: PLC0415
    from stance.cli.tables import table  # noqa: PLC0415
    from stance.resources import data_folder  # noqa: PLC0415

    found = load_roster(roster or data_folder("lexicons") / "roster.toml")
    forms = Counter(
        actor
        for group in found.index.values()
        for form in group
        for actor in dict.fromkeys(actor for actor, _ in form.hits)
    )
    rows = [
        (actor.id, actor.kind.value, str(forms[actor.id]), actor.parent or "-", actor.name)
        for actor in found.actors
    ]
    write_text(table(("id", "kind", "forms", "parent", "name"), rows))
    return 0


@app.command()
def check(file: Annotated[Path, typer.Argument(metavar="FILE", help="A roster, TOML.")]) -> int:
    """Check a roster of your own; exit code 1 if it is not sound."""
    from stance.actors.roster_file import load_roster  # noqa: PLC0415 - see app.py
    from stance.cli.messages import complain  # noqa: PLC0415
    from stance.cli.output import write_text  # noqa: PLC0415
    from stance.errors import RosterError  # noqa: PLC0415

    try:
        roster = load_roster(file)
    except RosterError as error:
        complain(error)
        return 1
    forms = sum(len(group) for group in roster.index.values())
    actors = len(roster.actors)
    write_text(f"{file}: sound; {actors} actor{'s' * (actors != 1)}, {forms} forms as texts spell them")
    return 0


@app.command()
def explain(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A sentence or a name, in quotation marks.")],
    roster: options.Roster = None,
    date: options.Date = "",
) -> int:
    """Say whom a text mentions, with which words, by which rule, and how often such a mention is right."""
    from stance.actors.confidence import confidence_of  # noqa: PLC0415 - see app.py
    from stance.cli.output import write_text  # noqa: PLC0415
    from stance.cli.tables import table  # noqa: PLC0415
    from stance.pipeline import prepare  # noqa: PLC0415
    from stance.reading.text import article_from_text  # noqa: PLC0415
    from stance.resources import load_resources  # noqa: PLC0415

    options.check_date(date)
    resources = load_resources(roster=roster, classifier="lexicon")
    article = article_from_text(text, id="text", title=" ", date=date)
    rows = [
        (
            mention.actor,
            mention.kind.value,
            f"{mention.start}-{mention.end}",
            text[mention.start : mention.end],
            mention.rule.value + (f": {text[slice(*mention.antecedent)]}" if mention.antecedent else ""),
            f"{confidence_of(mention):.2f}",
        )
        for mention in prepare(article, resources).mentions
    ]
    write_text(
        table(("actor", "kind", "place", "words", "by", "confidence"), rows)
        if rows
        else "no actor of the roster is mentioned"
    )
    return 0
