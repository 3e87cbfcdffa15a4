"""`stance train` and `stance evaluate`: learning a classifier, and measuring one."""

from pathlib import Path
from typing import Annotated

import typer

from stance.cli import options
from stance.cli.options import Result


def train(
    data: Annotated[
        list[Path],
        typer.Argument(metavar="DATA", help="JSON Lines of labelled rows, or folders of them."),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="MODEL", help="The folder to write the model to.")
    ],
    classifier: Annotated[
        str, typer.Option(metavar="NAME", help="What to train; linear is the only one.")
    ] = "linear",
    text: Annotated[
        Path | None,
        typer.Option(
            "--text", metavar="FILE", help="JSON Lines of uncoded articles, to learn word vectors from."
        ),
    ] = None,
    quiet: options.Quiet = False,
) -> int:
    """Train a classifier on labelled rows.

    A row is {"id", "text", "target", "start", "end", "label"}; the label is -1, 0 or 1. A folder with
    articles.jsonl and codes.jsonl is read as whole coded articles.
    """
    from stance.cli.messages import say  # noqa: PLC0415 - see app.py
    from stance.errors import UsageError  # noqa: PLC0415

    if classifier != "linear":
        raise UsageError(f"--classifier {classifier}: only linear can be trained; leave the option out")
    from stance.research.train import train as learn  # noqa: PLC0415 - imports scikit-learn

    learn(data, output, texts=text, progress=(lambda _: None) if quiet else say)
    if not quiet:
        say(f"the model is in {output}; give it to --classifier")
    return 0


def evaluate(
    data: Annotated[Path, typer.Argument(metavar="DATA", help="JSON Lines of labelled rows.")],
    classifier: options.Classifier = "linear",
    form: Annotated[Result, typer.Option("--format", help="A table to read, or an object.")] = Result.TEXT,
    predictions: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a JSON row for each item.")
    ] = None,
) -> int:
    """Measure a classifier on labelled rows.

    F1, accuracy, confusion, calibration, and the accuracy of the surest scores.
    """
    from stance.cli.evaluation import evaluation_text  # noqa: PLC0415 - see app.py
    from stance.cli.output import StandardOutput, write_text  # noqa: PLC0415
    from stance.export.files import write_whole  # noqa: PLC0415
    from stance.export.json import json_bytes  # noqa: PLC0415
    from stance.research import evaluate as research  # noqa: PLC0415

    result = research.evaluate(data, classifier)
    if predictions is not None:
        rows = research.predictions(data, classifier)
        write_whole(predictions, b"".join(json_bytes(row) for row in rows))
    if form is Result.TEXT:
        write_text(evaluation_text(result))
        return 0
    with StandardOutput() as out:
        out.write(json_bytes(result, indent=2))
    return 0
