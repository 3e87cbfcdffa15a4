"""`stance segment`: the sentences of a text."""

from pathlib import Path
from typing import Annotated

import typer

from stance.cli import options
from stance.cli.options import Lines


def segment(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A text file; - is standard input.")],
    form: Annotated[
        Lines, typer.Option("--format", help="A sentence a line, or rows with offsets.")
    ] = Lines.TEXT,
    quiet: options.Quiet = False,
) -> int:
    """Split a text into sentences.

    The rows of jsonl are {"id", "start", "end", "text"}; offsets are code points into the text as decoded.
    """
    from stance.cli.documents import read_document  # noqa: PLC0415 - see app.py
    from stance.cli.output import StandardOutput  # noqa: PLC0415
    from stance.export.json import json_bytes  # noqa: PLC0415
    from stance.pipeline import split_sentences  # noqa: PLC0415
    from stance.report.safe import one_line  # noqa: PLC0415

    article = read_document(file, quiet=quiet)
    with StandardOutput() as out:
        for sentence in split_sentences(article):
            text = article.text[sentence.start : sentence.end]
            if form is Lines.TEXT:
                out.write((one_line(text) + "\n").encode("utf-8", "backslashreplace"))
            else:
                row = {"id": sentence.id, "start": sentence.start, "end": sentence.end, "text": text}
                out.write(json_bytes(row))
    return 0
