"""Options that several commands share, and their checks."""

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from stance.errors import UsageError

Roster = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="A roster of your own, TOML; `stance roster check` checks it."),
]
Classifier = Annotated[
    str, typer.Option(metavar="NAME", help="linear, neural, lexicon, or the folder of a trained model.")
]
MinConfidence = Annotated[
    float,
    typer.Option(metavar="NUMBER", help="Mark scores of less confidence, 0 to 1, as abstained."),
]
Source = Annotated[str, typer.Option(metavar="OUTLET", help="The outlet, for the record.")]
Date = Annotated[
    str,
    typer.Option(metavar="DATE", help="Day of publication, YYYY-MM-DD; it decides whose `the president` is."),
]
RawCsv = Annotated[
    bool,
    typer.Option("--raw-csv", help="Leave strings that a spreadsheet would run as a formula as they are."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Nothing on stderr but errors.")]


class Form(StrEnum):
    """Formats of an analysis: a report to read, or data."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


class Lines(StrEnum):
    """Formats of a list."""

    TEXT = "text"
    JSONL = "jsonl"


class Result(StrEnum):
    """Formats of a single result."""

    TEXT = "text"
    JSON = "json"


def check_date(value: str) -> None:
    """Check a date option's value.

    Raises:
        UsageError: It is neither empty nor a day written as YYYY-MM-DD.
    """
    try:
        day = dt.date.fromisoformat(value).isoformat() if value else ""
    except ValueError:
        day = ""
    # Python also reads weeks and days without hyphens; the contract does not.
    if day != value:
        raise UsageError(f"--date {value}: no such day; write it as 2018-06-27")
