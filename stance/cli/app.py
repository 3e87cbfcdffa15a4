"""The commands. Their modules import what they need when they run, so that `--help` is there at once."""

from typing import Annotated

import typer

from stance.cli import analyze, batch, compare, keyness, lexicon, research, roster, segment

app = typer.Typer(
    name="stance",
    # Rich help and tracebacks would cost more time than all the rest of `--help`.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("analyze")(analyze.analyze)
app.command("batch")(batch.batch)
app.command("segment")(segment.segment)
app.command("compare")(compare.compare)
app.command("keyness")(keyness.keyness)
app.add_typer(roster.app, name="roster")
app.add_typer(lexicon.app, name="lexicon")
app.command("train")(research.train)
app.command("label")(research.label)
app.command("evaluate")(research.evaluate)


def _version(wanted: bool) -> None:
    if wanted:
        from stance import __version__  # noqa: PLC0415

        typer.echo(f"stance {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def stance(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 - its callback does the work
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> int:
    """Say how a news text frames each actor: sentence by sentence, by whom, and on which words that rests.

    What is measured is the portrayal of an actor in a text, never what its author believes. Data go to
    stdout, everything else to stderr. Exit codes: 0 all well, 1 some documents failed, 2 the command cannot
    be done as given, 130 interrupted, 143 terminated.
    """
    if context.invoked_subcommand is None:
        typer.echo(context.get_help(), err=True)
        return 2
    return 0
