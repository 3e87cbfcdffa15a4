"""Scores as a Parquet file or an SQLite database: the columns of the CSV, numbers as numbers and truth values as such."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import sqlite3
from dataclasses import dataclass
from itertools import chain, count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from stance.categories import Axis
from stance.errors import OutputError, UsageError
from stance.export.csv import COLUMNS, SUMMARY_COLUMNS
from stance.export.files import WholeFolder, output_error, unfinished

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Kind = Literal["text", "integer", "real", "measured", "truth"]
"""`measured` is a real that may be missing."""
_LARGEST_CELL = 64 * 1024 * 1024
PART = "part-*.parquet"
_ROWS = 20_000  # that are in memory at a time, and in a row group of Parquet


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table of results.

    Attributes:
        name: Its name in a database.
        columns: Its columns, in order.
        index: The columns that it is looked up by.
        kinds: What columns hold that do not hold text.
    """

    name: str
    columns: tuple[str, ...]
    index: tuple[str, ...]
    kinds: Mapping[str, Kind]

    def kind_of(self, column: str) -> Kind:
        """Return what a column holds."""
        return self.kinds.get(column, "text")


def _kinds(**columns: str) -> dict[str, Kind]:
    """Return the kind of each column from the columns of each kind."""
    return {name: cast("Kind", kind) for kind, names in columns.items() for name in names.split()}


_AXES = " ".join(axis.value for axis in Axis)
SCORES = Table(
    "scores",
    COLUMNS,
    ("doc_id", "sentence_id"),
    _kinds(
        integer="sentence_id paragraph start end",
        real="score p_negative p_neutral p_positive confidence",
        measured=_AXES,
        truth="abstained negated hedged",
    ),
)
SUMMARIES = Table(
    "summaries",
    SUMMARY_COLUMNS,
    ("doc_id", "actor"),
    _kinds(
        integer="sentences negative neutral positive abstained",
        measured=f"mean ci_low ci_high author_mean quoted_mean {_AXES}",
    ),
)


def typed_rows(documents: Iterable[bytes], table: Table = SCORES) -> Iterator[list[Any]]:
    """Yield the rows of documents with their types; what was not measured is None.

    Args:
        documents: Rows of each document as raw CSV, without a header.
        table: Which table they are of.
    """
    csv.field_size_limit(_LARGEST_CELL)
    readers = [_READERS[table.kind_of(column)] for column in table.columns]
    for data in documents:
        for row in csv.reader(io.StringIO(data.decode("utf-8"), newline="")):
            yield [read(cell) for read, cell in zip(readers, row, strict=True)]


def _measured(cell: str) -> float | None:
    return float(cell) if cell else None


_READERS: dict[Kind, Any] = {
    "text": str,
    "integer": int,
    "real": float,
    "measured": _measured,
    "truth": "true".__eq__,
}

_SQL: dict[Kind, str] = {
    "text": "TEXT NOT NULL",
    "integer": "INTEGER NOT NULL",
    "real": "REAL NOT NULL",
    "measured": "REAL",
    "truth": "INTEGER NOT NULL",
}


@contextlib.contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """Yield a path beside the target, which takes the target's place if the block ends well, and goes otherwise."""
    temporary = unfinished(target)
    try:
        yield temporary
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        temporary.replace(target)
    except sqlite3.Error as error:
        raise OutputError(
            f"{target}: cannot be written ({error}); check the disk or choose another place"
        ) from None
    except OSError as error:
        raise output_error(str(target), error) from None
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def write_sqlite(target: Path, tables: Mapping[Table, Iterable[bytes]]) -> None:
    """Write a database with a table for each; truth values are 0 and 1.

    Args:
        target: The file.
        tables: For each table the rows of its documents, as raw CSV.

    Raises:
        OutputError: It cannot be written; what was under the name stays.
    """
    with _beside(target) as path, contextlib.closing(sqlite3.connect(path, isolation_level=None)) as base:
        # The file has no name yet: if this fails, it is thrown away.
        base.execute("PRAGMA journal_mode = OFF")
        base.execute("PRAGMA synchronous = OFF")
        base.execute("BEGIN")
        for table, documents in tables.items():
            columns = ", ".join(f'"{one}" {_SQL[table.kind_of(one)]}' for one in table.columns)
            places = ", ".join("?" * len(table.columns))
            base.execute(f"CREATE TABLE {table.name} ({columns})")
            base.executemany(f"INSERT INTO {table.name} VALUES ({places})", typed_rows(documents, table))  # noqa: S608 - no input in it
            base.execute(f"CREATE INDEX {table.name}_by ON {table.name} ({', '.join(table.index)})")
        base.execute("COMMIT")


def check_parquet() -> None:
    """Make sure that Parquet can be written.

    Raises:
        UsageError: Its library is missing.
    """
    try:
        import pyarrow  # noqa: F401, PLC0415 - an extra
    except ModuleNotFoundError:
        raise UsageError(
            "--output: .parquet needs the library pyarrow; pip install 'stance[parquet]' or choose .csv"
        ) from None


def write_parquet(
    target: Path, documents: Iterable[bytes], table: Table = SCORES, partition: int = 0
) -> None:
    """Write a Parquet file, or a folder of them.

    Args:
        target: The file or folder.
        documents: Rows of each document as raw CSV.
        table: Which table they are of.
        partition: Rows of each part in a folder; everything in one file if 0.

    Raises:
        OutputError: It cannot be written; what was under the name stays.
    """
    import pyarrow  # noqa: PLC0415 - an extra
    from pyarrow import parquet  # noqa: PLC0415

    types = {
        "text": pyarrow.string(),
        "integer": pyarrow.int64(),
        "real": pyarrow.float64(),
        "measured": pyarrow.float64(),
        "truth": pyarrow.bool_(),
    }
    kinds = [(name, table.kind_of(name)) for name in table.columns]
    schema = pyarrow.schema(
        [pyarrow.field(name, types[kind], nullable=kind == "measured") for name, kind in kinds]
    )
    rows = typed_rows(documents, table)

    def write(path: Path, some: Iterator[list[Any]]) -> None:
        with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
            while batch := list(islice(some, _ROWS)):
                arrays = [
                    pyarrow.array(column, field.type)
                    for column, field in zip(zip(*batch, strict=True), schema, strict=True)
                ]
                writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))

    if not partition:
        with _beside(target) as path:
            write(path, rows)
        return
    with WholeFolder(target, PART) as folder:
        for number in count():
            first = list(islice(rows, 1))
            if number and not first:
                break
            write(folder / part_name(number), chain(first, islice(rows, partition - 1)))


def part_name(number: int) -> str:
    """Return the name of a part of a partitioned Parquet folder."""
    return f"part-{number:05d}.parquet"
