"""Scores as a Parquet file or an SQLite database: the columns of the CSV, numbers as numbers and truth values as such."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import sqlite3
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from stance.errors import OutputError, UsageError
from stance.export.csv import COLUMNS
from stance.export.files import output_error

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Kind = Literal["text", "integer", "real", "truth"]
_INTEGERS = frozenset({"sentence_id", "paragraph", "start", "end"})
_REALS = frozenset({"score", "p_negative", "p_neutral", "p_positive", "confidence"})
_TRUTHS = frozenset({"abstained", "negated", "hedged"})
_LARGEST_CELL = 64 * 1024 * 1024
_ROWS = 20_000  # that are in memory at a time, and in a row group of Parquet


def kind_of(column: str) -> Kind:
    """Return what a column holds."""
    if column in _INTEGERS:
        return "integer"
    if column in _REALS:
        return "real"
    return "truth" if column in _TRUTHS else "text"


def typed_rows(documents: Iterable[bytes]) -> Iterator[list[Any]]:
    """Yield the rows of documents with their types.

    Args:
        documents: Rows of each document as raw CSV, without a header.
    """
    csv.field_size_limit(_LARGEST_CELL)
    readers = [_READERS[kind_of(column)] for column in COLUMNS]
    for data in documents:
        for row in csv.reader(io.StringIO(data.decode("utf-8"), newline="")):
            yield [read(cell) for read, cell in zip(readers, row, strict=True)]


_READERS: dict[Kind, Any] = {"text": str, "integer": int, "real": float, "truth": "true".__eq__}


@contextlib.contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """Yield a path beside the target, which takes the target's place if the block ends well, and goes otherwise."""
    temporary = target.with_name(f".stance-{os.getpid()}-{os.urandom(4).hex()}.tmp")
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


def write_sqlite(target: Path, documents: Iterable[bytes]) -> None:
    """Write a database with the table `scores`; truth values are 0 and 1.

    Raises:
        OutputError: It cannot be written; what was under the name stays.
    """
    types = {"text": "TEXT", "integer": "INTEGER", "real": "REAL", "truth": "INTEGER"}
    columns = ", ".join(f'"{column}" {types[kind_of(column)]} NOT NULL' for column in COLUMNS)
    places = ", ".join("?" * len(COLUMNS))
    with _beside(target) as path, contextlib.closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.execute(
            "PRAGMA journal_mode = OFF"
        )  # the file has no name yet: if this fails, it is thrown away
        base.execute("PRAGMA synchronous = OFF")
        base.execute("BEGIN")
        base.execute(f"CREATE TABLE scores ({columns})")
        base.executemany(f"INSERT INTO scores VALUES ({places})", typed_rows(documents))  # noqa: S608 - no input in it
        base.execute("CREATE INDEX by_document ON scores (doc_id, sentence_id)")
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


def write_parquet(target: Path, documents: Iterable[bytes]) -> None:
    """Write a Parquet file.

    Raises:
        OutputError: It cannot be written; what was under the name stays.
    """
    import pyarrow  # noqa: PLC0415 - an extra
    from pyarrow import parquet  # noqa: PLC0415

    types = {
        "text": pyarrow.string(),
        "integer": pyarrow.int64(),
        "real": pyarrow.float64(),
        "truth": pyarrow.bool_(),
    }
    schema = pyarrow.schema([pyarrow.field(name, types[kind_of(name)], nullable=False) for name in COLUMNS])
    rows = typed_rows(documents)
    with _beside(target) as path, parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        while batch := list(islice(rows, _ROWS)):
            arrays = [
                pyarrow.array(column, field.type)
                for column, field in zip(zip(*batch, strict=True), schema, strict=True)
            ]
            writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))
