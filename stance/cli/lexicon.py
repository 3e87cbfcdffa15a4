"""`stance lexicon`: on which words a score can rest."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="List, check and explain the words.",
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_Folder = Annotated[
    Path | None,
    typer.Option("--lexicons", metavar="FOLDER", help="Lexicons of your own; stance's if not given."),
]


@app.command("list")
def list_entries(lexicons: _Folder = None) -> int:
    """List all evaluative entries, columns parted by tabs: entry, part of speech, values, place."""
    from stance.cli.output import StandardOutput  # noqa: PLC0415 - see app.py
    from stance.language.lexicon import load_lexicon  # noqa: PLC0415
    from stance.report.safe import one_line  # noqa: PLC0415
    from stance.resources import data_folder  # noqa: PLC0415

    lexicon = load_lexicon(lexicons or data_folder("lexicons"))
    with StandardOutput() as out:
        out.write(b"entry\tpart\tagent\tpatient\tbearer\tplace\n")
        for entry in lexicon.entries:
            values = (entry.agent, entry.patient, entry.bearer)
            cells = (
                entry.entry,
                entry.part,
                *(str(value or "") for value in values),
                f"{entry.file}:{entry.line}",
            )
            out.write(("\t".join(map(one_line, cells)) + "\n").encode("utf-8"))
    return 0


@app.command()
def check(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[FOLDER]", help="Lexicons to check; stance's if not given.")
    ] = None,
) -> int:
    """Check lexicons: duplicates, contradictions, entries that never match; exit code 1 if there are any."""
    from stance.cli.messages import say  # noqa: PLC0415 - see app.py
    from stance.cli.output import write_text  # noqa: PLC0415
    from stance.research.lexicon_check import check_lexicons  # noqa: PLC0415
    from stance.resources import data_folder  # noqa: PLC0415

    folder = folder or data_folder("lexicons")
    report = check_lexicons(folder)
    if report.findings:
        write_text("\n".join(report.findings))
        say(f"{folder}: {len(report.findings)} finding(s) in {report.entries} entries; mend or remove them")
        return 1
    write_text(f"{folder}: sound; {report.entries} entries, each found in a sentence made for it")
    return 0


@app.command()
def explain(
    word: Annotated[str, typer.Argument(metavar="WORD", help="A word or an expression, in any form.")],
    lexicons: _Folder = None,
) -> int:
    """Say which entries a word or an expression can be, and what each says of whom."""
    from stance.cli.output import write_text  # noqa: PLC0415 - see app.py
    from stance.frames.lexicon import FRAME_FILES, load_frame_lexicon  # noqa: PLC0415
    from stance.language.lexicon import load_lexicon  # noqa: PLC0415
    from stance.research.lexicon_check import explain_word  # noqa: PLC0415
    from stance.resources import data_folder  # noqa: PLC0415

    folder = lexicons or data_folder("lexicons")
    lexicon = load_lexicon(folder)
    framed = any((folder / name).exists() for name in FRAME_FILES)
    frames = load_frame_lexicon(folder, lexicon.entries) if framed else None
    write_text("\n".join(explain_word(lexicon, word, frames)) or "no entry begins with this word")
    return 0


@app.command()
def suggest(
    scores: Annotated[
        Path, typer.Argument(metavar="SCORES", help="Scores of `stance batch`, in any of its formats.")
    ],
    actor: Annotated[str | None, typer.Option(metavar="ID", help="Only this actor's sentences.")] = None,
    top: Annotated[int, typer.Option(metavar="NUMBER", help="How many words at most.")] = 50,
    lexicons: _Folder = None,
) -> int:
    """Propose words for a person to decide: they go with an actor's negative or positive sentences, and no entry has them.

    Log-odds with an informative prior (Monroe et al. 2008); columns parted by tabs. That a word keeps bad company does not
    make it a bad word.
    """
    from stance.cli.messages import say  # noqa: PLC0415 - see app.py
    from stance.cli.output import StandardOutput  # noqa: PLC0415
    from stance.language.lexicon import load_lexicon  # noqa: PLC0415
    from stance.report.safe import one_line  # noqa: PLC0415
    from stance.resources import data_folder  # noqa: PLC0415
    from stance.study.key_words import propose  # noqa: PLC0415
    from stance.study.scores_file import read_scores  # noqa: PLC0415

    lexicon = load_lexicon(lexicons or data_folder("lexicons"))
    found = propose(read_scores(scores), lexicon, actor=actor)
    with StandardOutput() as out:
        out.write(b"word\tlabel\tz\tlog_odds\tin\telsewhere\texample\n")
        for proposal in found[: max(top, 0)]:
            key = proposal.key
            cells = (
                key.word,
                proposal.label.word,
                f"{key.z:.2f}",
                f"{key.log_odds:.2f}",
                str(key.first),
                str(key.second),
                proposal.example,
            )
            out.write(("\t".join(map(one_line, cells)) + "\n").encode("utf-8"))
    if not found:
        say(f"{scores}: nothing to propose; it takes more sentences")
    return 0
