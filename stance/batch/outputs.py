"""The sinks of a batch: results in the format that the output's ending says, summaries and failures beside them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from stance.errors import UsageError
from stance.export.csv import COLUMNS, FAILURE_COLUMNS, SUMMARY_COLUMNS, csv_bytes
from stance.export.files import WholeFile, WholeFolder
from stance.export.typed import PART, SCORES, SUMMARIES, check_parquet, write_parquet, write_sqlite

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from stance.batch.journal import Journal
    from stance.batch.work import Failure, Format

_FORMATS: dict[str, Format] = {
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".parquet": "parquet",
    ".sqlite": "sqlite",
    ".db": "sqlite",
}


def output_format(output: Path, partition: int = 0) -> Format:
    """Return the format that an output's ending stands for; only Parquet may be partitioned.

    Args:
        output: The file to write.
        partition: Rows of each file of a Parquet folder; one file if 0.

    Raises:
        UsageError: It stands for none, or the library of that format is missing.
    """
    form = _FORMATS.get(output.suffix.lower())
    if form is None:
        raise UsageError(
            f"--output {output}: the ending says the format; give a name that ends in .csv, .jsonl, .parquet or .sqlite"
        )
    if form == "parquet":
        check_parquet()
    elif partition:
        raise UsageError(f"--partition: only Parquet is partitioned, --output {output} is not")
    return form


def failures_path(output: Path) -> Path:
    """Return where the failures of a batch are written: `scores.failures.csv` beside `scores.csv`."""
    return output.with_name(f"{output.stem}.failures.csv")


def summaries_path(output: Path) -> Path:
    """Return where the summaries of a batch are written: `scores.summaries.csv` beside `scores.csv`."""
    return output.with_name(f"{output.stem}.summaries{output.suffix}")


@dataclass(frozen=True, slots=True)
class Outputs:
    """What a batch writes, and where.

    Attributes:
        output: The file of results.
        form: Its format.
        partition: Rows of each file if it is a Parquet folder; 0 if it is one file.
    """

    output: Path
    form: Format
    partition: int = 0

    def paths(self) -> list[Path]:
        """Return what is written: results, failures, and summaries if they are not in the results."""
        found = [self.output, failures_path(self.output)]
        if self.form in {"csv", "parquet"}:
            found.append(summaries_path(self.output))
        return found

    def check(self) -> None:
        """Make sure that all can be written, better now than after hours.

        Raises:
            OutputError: Something cannot be.
        """
        for path in self.paths():
            if path == self.output and self.partition:
                WholeFolder(path, PART).discard()
            else:
                WholeFile(path).discard()

    def assemble(self, journal: Journal) -> None:
        """Put results, summaries and failures in their places, in the order of the input.

        Raises:
            OutputError: Something cannot be written; what was under its name stays.
        """
        failed_path = failures_path(self.output)
        failed = False
        with WholeFile(failed_path) as failures:
            self._write_results(journal)
            failures.write(csv_bytes([FAILURE_COLUMNS]))
            for failure in journal.failures():
                failed = True
                failures.write(csv_bytes([_failure_row(failure)]))
            if not failed:
                failures.discard()
        if not failed:
            # Failures of an earlier run would be taken for this one's.
            with suppress(OSError):
                failed_path.unlink(missing_ok=True)

    def _write_results(self, journal: Journal) -> None:
        beside = summaries_path(self.output)
        if self.form == "parquet":
            write_parquet(self.output, journal.results(), SCORES, self.partition)
            write_parquet(beside, journal.summaries(), SUMMARIES)
        elif self.form == "sqlite":
            write_sqlite(self.output, {SCORES: journal.results(), SUMMARIES: journal.summaries()})
        elif self.form == "csv":
            _write_lines(self.output, chain([csv_bytes([COLUMNS])], journal.results()))
            _write_lines(beside, chain([csv_bytes([SUMMARY_COLUMNS])], journal.summaries()))
        else:
            _write_lines(self.output, journal.results())


def _write_lines(path: Path, lines: Iterable[bytes]) -> None:
    with WholeFile(path) as file:
        for data in lines:
            file.write(data)


def _failure_row(failure: Failure) -> tuple[str, str, str, str]:
    return failure.id, failure.path, failure.error, failure.remedy
