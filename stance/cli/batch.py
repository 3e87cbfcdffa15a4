"""`stance batch`: a folder of articles to one file."""

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stance.cli import options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stance.reading.containers import Columns


def batch(  # noqa: PLR0913, PLR0917 - each option is an argument to typer
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the articles are, at any depth.")],
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="OUT", help="What to write; ends in .csv, .jsonl, .parquet, .sqlite."
        ),
    ],
    pattern: Annotated[
        str, typer.Option(metavar="GLOB", help="What the files' names look like; else all that can be read.")
    ] = "",
    column: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIELD=NAME",
            help="Which column of tables holds text, id, title, date, source, author, url.",
        ),
    ] = None,
    metadata: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="CSV or TSV: id of a document; source, date, title, author, url."),
    ] = None,
    save_text: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Keep the texts as they were read, which offsets point into."),
    ] = None,
    workers: Annotated[
        int, typer.Option(min=0, max=512, metavar="NUMBER", help="Processes; 0: one for each processor.")
    ] = 0,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with a run that was interrupted or killed.")
    ] = False,
    timeout: Annotated[
        float, typer.Option(min=0, metavar="SECONDS", help="Give a document up after this time; 0: never.")
    ] = 0.0,
    max_chars: Annotated[
        int, typer.Option(min=0, metavar="NUMBER", help="Leave longer documents out; 0: no limit.")
    ] = 1_000_000,
    partition: Annotated[
        int, typer.Option(min=0, metavar="ROWS", help="Make OUT.parquet a folder of files of so many rows.")
    ] = 0,
    dask: Annotated[
        str,
        typer.Option(metavar="ADDRESS", help="Work on the Dask cluster whose scheduler listens there."),
    ] = "",
    roster: options.Roster = None,
    classifier: options.Classifier = "linear",
    min_confidence: options.MinConfidence = 0.0,
    source: options.Source = "",
    date: options.Date = "",
    raw_csv: options.RawCsv = False,
    quiet: options.Quiet = False,
) -> int:
    """Analyse a folder of articles and write one file of scores.

    Summaries by article and actor are beside it, in OUT's name with .summaries; in .sqlite and .jsonl they are inside.
    What cannot be read is listed in OUT's name with .failures.csv, and the run goes on. What is done is kept in
    OUT.journal: whatever ends the run, --resume goes on with it. Any number of workers, here or on a cluster, and any
    number of interruptions, give the same bytes.
    """
    import time  # noqa: PLC0415 - see app.py

    from stance.batch.journal import journal_path  # noqa: PLC0415
    from stance.batch.local import Job, check_cluster, run_batch  # noqa: PLC0415
    from stance.batch.outputs import output_format  # noqa: PLC0415
    from stance.cli.messages import say, say_all  # noqa: PLC0415
    from stance.cli.progress import progress_bar, summary_lines  # noqa: PLC0415
    from stance.resources import load_resources  # noqa: PLC0415

    started = time.monotonic()
    options.check_date(date)
    output_format(output, partition)
    job = Job(
        folder,
        output,
        pattern,
        source,
        date,
        raw_csv,
        workers,
        resume,
        timeout,
        max_chars,
        partition,
        _columns(column or ()),
        metadata,
        save_text,
        dask,
    )
    check_cluster(job)
    resources = load_resources(roster=roster, classifier=classifier, min_confidence=min_confidence)
    try:
        with progress_bar(quiet=quiet) as progress:
            summary = run_batch(job, resources, progress=progress)
    except SystemExit:
        # A signal. Nothing is said where nothing is left to go on with.
        if not quiet and journal_path(output).exists():
            say(f"interrupted; what is done is kept: {_command_to_resume()}")
        raise
    if not quiet:
        say_all(summary_lines(summary, output, time.monotonic() - started))
    return 1 if summary.failures else 0


def _columns(given: "Sequence[str]") -> "Columns":
    """Return which columns hold what.

    Raises:
        UsageError: One is not as it should be.
    """
    from stance.errors import UsageError  # noqa: PLC0415 - see app.py
    from stance.reading.containers import FIELDS, Columns  # noqa: PLC0415

    named: dict[str, str] = {}
    for one in given:
        field, mark, name = one.partition("=")
        if not mark or field not in FIELDS or not name:
            raise UsageError(f"--column {one}: give FIELD=NAME, FIELD one of {', '.join(FIELDS)}")
        named[field] = name
    return Columns(named)


def _command_to_resume() -> str:
    """Return what to type to go on, as a shell takes it."""
    arguments = [word for word in sys.argv[1:] if word != "--resume"]
    return shlex.join(["stance", *arguments, "--resume"])
