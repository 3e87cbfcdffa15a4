"""`stance analyze`: one article or several, as a report or as data."""

from pathlib import Path
from typing import Annotated

import typer

from stance.cli import options
from stance.cli.options import Form


def analyze(  # noqa: PLR0913, PLR0917 - each option is an argument to typer
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Text files; - is standard input.")],
    form: Annotated[Form, typer.Option("--format", help="A report to read, or data.")] = Form.TEXT,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to a file instead of stdout, which is -."),
    ] = None,
    roster: options.Roster = None,
    classifier: options.Classifier = "linear",
    min_confidence: options.MinConfidence = 0.0,
    explain: Annotated[bool, typer.Option("--explain", help="Take every score apart in the report.")] = False,
    source: options.Source = "",
    date: options.Date = "",
    raw_csv: options.RawCsv = False,
    width: Annotated[
        int | None, typer.Option(min=20, max=1000, metavar="COLUMNS", help="Width of the report.")
    ] = None,
    quiet: options.Quiet = False,
) -> int:
    """Analyse articles: a report to read, JSON or CSV.

    A file that cannot be read is named on stderr, and the others are done.
    """
    from stance.cli.documents import check_files, read_document, try_document  # noqa: PLC0415 - see app.py
    from stance.cli.output import open_output  # noqa: PLC0415
    from stance.cli.rendering import Rendering  # noqa: PLC0415
    from stance.pipeline import analyze as analyze_article  # noqa: PLC0415
    from stance.resources import load_resources  # noqa: PLC0415

    output = None if output == Path("-") else output
    documents = check_files(files, form, output)
    options.check_date(date)
    resources = load_resources(roster=roster, classifier=classifier, min_confidence=min_confidence)
    rendering = Rendering(
        form=form, resources=resources, to_file=output is not None, explain=explain, raw=raw_csv, width=width
    )
    done = 0
    with open_output(output) as out:
        for id_, path in documents.items():
            with try_document(str(path)):
                article = read_document(path, id_, source=source, date=date, quiet=quiet)
                data = rendering.render(analyze_article(article, resources), first=not done)
                done += 1
                out.write(data)
        if not done:
            out.discard()
    return 0 if done == len(documents) else 1
