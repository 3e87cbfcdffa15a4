"""`stance train`, `stance label` and `stance evaluate`: learning a classifier, and measuring one."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from stance.cli import options
from stance.cli.options import Result


class Trained(StrEnum):
    """Classifiers that can be trained."""

    LINEAR = "linear"
    NEURAL = "neural"


def train(  # noqa: PLR0913, PLR0917 - each option is an argument to typer
    data: Annotated[
        list[Path],
        typer.Argument(metavar="DATA", help="JSON Lines of labelled rows, or folders of them."),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="MODEL", help="The folder to write the model to.")
    ],
    classifier: Annotated[
        Trained, typer.Option(help="What to train: the regression, or an encoder (needs stance[train]).")
    ] = Trained.LINEAR,
    text: Annotated[
        Path | None,
        typer.Option(
            "--text",
            metavar="FILE",
            help="JSON Lines of uncoded articles: word vectors for linear, distillation for neural.",
        ),
    ] = None,
    soft: Annotated[
        Path | None,
        typer.Option(
            "--soft-labels",
            metavar="FILE",
            help="Linear only: probabilities for --text, from `stance label`.",
        ),
    ] = None,
    base: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Neural only: the pretrained encoder to start from."),
    ] = None,
    student: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Neural only: a smaller encoder to distil into, on --text."),
    ] = None,
    work: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Neural only: where steps are kept, to go on from; MODEL.work."),
    ] = None,
    quiet: options.Quiet = False,
) -> int:
    """Train a classifier on labelled rows.

    A row is {"id", "text", "target", "start", "end", "label"}; the label is -1, 0 or 1. A folder with
    articles.jsonl and codes.jsonl is read as whole coded articles; a file of codes alone (corpus/codes) finds its
    articles in --text. Neural training takes hours and goes on where it was stopped.
    """
    from stance.cli.messages import say  # noqa: PLC0415 - see app.py
    from stance.cli.training import Options, train_encoder, train_linear  # noqa: PLC0415

    learn = train_linear if classifier is Trained.LINEAR else train_encoder
    chosen = Options(data, output, text, soft, base, student, work)
    learn(chosen, (lambda _: None) if quiet else say)
    if not quiet:
        say(f"the model is in {output}; give it to --classifier")
    return 0


def label(
    texts: Annotated[
        Path, typer.Argument(metavar="ARTICLES", help="JSON Lines of articles: id, text, date.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="JSON Lines to write.")],
    classifier: options.Classifier = "neural",
    roster: options.Roster = None,
    alone: Annotated[
        bool, typer.Option("--alone", help="Judge some sentences of each article without it, too.")
    ] = False,
    quiet: options.Quiet = False,
) -> int:
    """Write a classifier's probabilities for uncoded articles, as soft labels to train on.

    A row for each sentence and actor: {"doc", "start", "end", "actor", "p_negative", "p_neutral", "p_positive"}.
    """
    from stance.cli.messages import say  # noqa: PLC0415 - see app.py
    from stance.research.soft_labels import write_soft_labels  # noqa: PLC0415

    say_it = (lambda _: None) if quiet else say
    count = write_soft_labels(texts, output, classifier, roster, say_it, alone=alone)
    if not quiet:
        say(f"{count} soft labels are in {output}; give them to `stance train --soft-labels`")
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
