"""`stance compare`: does one group of articles frame an actor otherwise than another?"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Correction(StrEnum):
    """How p values are corrected for their number."""

    HOLM = "holm"
    BH = "bh"
    NONE = "none"


class Form(StrEnum):
    """Formats of a comparison."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


def compare(  # noqa: PLR0913, PLR0917 - each option is an argument to typer
    scores: Annotated[
        Path, typer.Argument(metavar="SCORES", help="Scores of `stance batch`, in any of its formats.")
    ],
    by: Annotated[
        str, typer.Option(metavar="COLUMN", help="The column that tells the groups, such as source.")
    ],
    period: Annotated[
        str | None, typer.Option(metavar="PERIOD", help="Group dates by day, week, month, quarter or year.")
    ] = None,
    actor: Annotated[str | None, typer.Option(metavar="ID", help="Only this actor.")] = None,
    pairs: Annotated[
        bool, typer.Option("--pairs", help="Each group against each other, not against all others together.")
    ] = False,
    correction: Annotated[
        Correction, typer.Option(help="Of p values for their number: Holm, Benjamini-Hochberg, or none.")
    ] = Correction.HOLM,
    resamples: Annotated[
        int, typer.Option(metavar="NUMBER", min=100, max=100_000, help="Draws of intervals and tests.")
    ] = 2000,
    form: Annotated[Form, typer.Option("--format", help="A table to read, or data.")] = Form.TEXT,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to a file; stdout if not given."),
    ] = None,
) -> int:
    """Compare how groups of articles frame each actor: means with intervals, differences with p values.

    Everything is clustered by article: sentences of one article are not independent. Groups of fewer than five articles are
    called too small and are not tested.
    """
    from stance.cli.output import for_terminal, on_terminal, open_output  # noqa: PLC0415 - see app.py
    from stance.errors import UsageError  # noqa: PLC0415
    from stance.export.comparison import comparison_csv, comparison_json, comparison_text  # noqa: PLC0415
    from stance.study.compare import compare as hold_against  # noqa: PLC0415
    from stance.study.groups import gather  # noqa: PLC0415
    from stance.study.scores_file import read_scores  # noqa: PLC0415

    rows = (row for row in read_scores(scores, abstained=True) if actor is None or row.actor == actor)
    gathered = gather(rows, by, period)
    if not gathered.cells:
        who = f" of {actor}" if actor else ""
        raise UsageError(f"{scores}: no score{who}; there is nothing to compare")
    found = hold_against(gathered, pairs=pairs, correction=correction.value, resamples=resamples)
    writers = {Form.TEXT: comparison_text, Form.JSON: comparison_json, Form.CSV: comparison_csv}
    data = writers[form](found)
    with open_output(output) as out:
        out.write(for_terminal(data) if output is None and on_terminal() else data)
    return 0
