"""A folder to one file of results, on this machine."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stance.batch.pool import process
from stance.batch.walk import find_documents
from stance.batch.work import Failure, Format, Work, died
from stance.errors import UsageError
from stance.export.csv import COLUMNS, FAILURE_COLUMNS, csv_bytes, parents_of
from stance.export.files import WholeFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from stance.resources import Resources

_FORMATS: dict[str, Format] = {".csv": "csv", ".jsonl": "jsonl"}


@dataclass(frozen=True, slots=True)
class Job:
    """What to analyse and where to write it.

    Attributes:
        folder: Where the documents are.
        output: The file to write; its ending says the format.
        pattern: What the documents' names look like.
        source, date: Outlet and ISO 8601 date of all documents, empty if unknown.
        raw: Whether CSV keeps strings that a spreadsheet would run as a formula.
        workers: How many processes; one for each processor if 0.
    """

    folder: Path
    output: Path
    pattern: str = "*.txt"
    source: str = ""
    date: str = ""
    raw: bool = False
    workers: int = 0


@dataclass(slots=True)
class Summary:
    """What came of a batch."""

    documents: int = 0
    sentences: int = 0
    scores: int = 0
    failures: int = 0
    remarks: int = 0


def output_format(output: Path) -> Format:
    """Return the format that an output's ending stands for.

    Raises:
        UsageError: It stands for none.
    """
    form = _FORMATS.get(output.suffix.lower())
    if form is None:
        raise UsageError(
            f"--output {output}: the ending says the format; give a name that ends in .csv or .jsonl"
        )
    return form


def failures_path(output: Path) -> Path:
    """Return where the failures of a batch are written: `scores.failures.csv` beside `scores.csv`."""
    return output.with_name(f"{output.stem}.failures.csv")


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_batch(
    job: Job, resources: Resources, *, progress: Callable[[int, int], None] = lambda *_: None
) -> Summary:
    """Analyse a folder and write results and failures, in the order of the documents' ids.

    The same documents and resources give the same bytes with any number of workers.

    Args:
        job: What to analyse.
        resources: Lexicons, roster and classifier.
        progress: Called with the documents done and their number, before the first and after each.

    Returns:
        Counts; failed documents are not among `documents`.

    Raises:
        UsageError: The output's ending says no format, the folder is none, or no document was found.
        OutputError: A file cannot be written; then neither results nor failures of this run are left behind.
    """
    form = output_format(job.output)
    failed_path = failures_path(job.output)
    documents = find_documents(job.folder, job.pattern, leave_out=(job.output, failed_path))
    if not documents:
        raise UsageError(f"{job.folder}: no file matches {job.pattern}; give another --pattern")
    work = Work(resources, form, parents_of(resources.roster), job.source, job.date, job.raw)
    summary = Summary()
    progress(0, len(documents))
    with WholeFile(job.output) as results, WholeFile(failed_path) as failures:
        if form == "csv":
            results.write(csv_bytes([COLUMNS]))
        failures.write(csv_bytes([FAILURE_COLUMNS]))
        outcomes = process(documents, work, died, job.workers or processors())
        for number, outcome in enumerate(outcomes, start=1):
            if outcome.failure:
                summary.failures += 1
                failures.write(csv_bytes([_failure_row(outcome.failure)]))
            else:
                summary.documents += 1
                summary.sentences += outcome.sentences
                summary.scores += outcome.scores
                summary.remarks += outcome.remarks
                results.write(outcome.data)
            progress(number, len(documents))
        if not summary.failures:
            failures.discard()
    if not summary.failures:
        # Failures of an earlier run would be taken for this one's.
        with suppress(OSError):
            failed_path.unlink(missing_ok=True)
    return summary


def _failure_row(failure: Failure) -> tuple[str, str, str, str]:
    return failure.id, failure.path, failure.error, failure.remedy
