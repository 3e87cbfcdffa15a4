"""Articles in rows: CSV, TSV, JSON Lines, Parquet, read one after the other; a row that cannot be read is a problem."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from stance.errors import ReadError
from stance.reading.items import Item, day_of

_MAX_LINE = 16 * 1024 * 1024
_MAX_FIELD = 8 * 1024 * 1024
_MAX_COLUMNS = 10_000
# Lists, objects and strings of a JSON line; each takes up to two hundred bytes where the line has three.
_MAX_VALUES = 1_000_000
_MAX_RATIO = 100  # of the size of a Parquet column unpacked to packed; texts reach ten
# What the columns of others are called, in small letters; the first that is there is taken.
_GUESSES: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "fulltext", "full_text", "maintext"),
    "id": ("id", "doc_id", "docid", "uid", "article_id", "url", "uri", "link"),
    "title": ("title", "headline", "heading"),
    "date": (
        "date",
        "published",
        "publish_date",
        "pub_date",
        "publication_date",
        "date_published",
        "published_at",
    ),
    "source": ("source", "outlet", "publication", "publisher", "site", "site_name", "domain", "newspaper"),
    "author": ("author", "authors", "byline", "creator", "writer"),
    "url": ("url", "uri", "link", "web_url", "permalink"),
}
FIELDS = tuple(_GUESSES)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold what; a field that is not named is guessed from the columns' names."""

    named: Mapping[str, str] = field(default_factory=dict)

    def among(self, names: list[str], path: str) -> dict[str, str]:
        """Return for each field the column that holds it.

        Raises:
            ReadError: A named column is not there, or none looks like the text.
        """
        lower = {name.lower().strip(): name for name in reversed(names)}
        found = {}
        for wanted, guesses in _GUESSES.items():
            named = self.named.get(wanted)
            if named is not None:
                if named not in names:
                    raise ReadError(
                        f"{path}: no column {named!r}; there are {', '.join(map(repr, names[:12]))}"
                    )
                found[wanted] = named
            else:
                guess = next((lower[one] for one in guesses if one in lower), None)
                if guess is not None:
                    found[wanted] = guess
        if "text" not in found:
            there = ", ".join(map(repr, names[:12])) or "none"
            raise ReadError(
                f"{path}: no column holds the text; name it with --column text=NAME, there are {there}"
            )
        return found


def _lines(stream: IO[bytes], name: str) -> Iterator[bytes]:
    """Yield lines of at most 16 MiB."""
    while line := stream.readline(_MAX_LINE + 1):
        if len(line) > _MAX_LINE:
            raise ReadError(f"{name}: a line of over {_MAX_LINE // 2**20} MiB; split it")
        yield line


def json_lines(stream: IO[bytes], name: str, columns: Columns) -> Iterator[Item]:
    """Yield the articles of a file with an object a line.

    Raises:
        ReadError: A line is too long.
    """
    for number, line in enumerate(_lines(stream, name), start=1):
        if not line.strip():
            continue
        try:
            if sum(map(line.count, (b"[", b"{", b'",', b'":'))) > _MAX_VALUES:
                raise ValueError(f"over {_MAX_VALUES:,} values")
            row = json.loads(line)
            if not isinstance(row, dict):
                raise ValueError("it is no object")
            found = columns.among([str(key) for key in row], f"line {number}")
        except ReadError as error:
            problem, _, remedy = str(error).partition("; ")
            yield Item(str(number), problem=problem, remedy=remedy)
            continue
        except (ValueError, RecursionError) as error:
            reason = " ".join(str(error).split())[:100]
            yield Item(
                str(number), problem=f"line {number} is no JSON object ({reason})", remedy="mend the line"
            )
            continue
        yield _row(row, found, number)


def table(stream: IO[bytes], name: str, delimiter: str, columns: Columns) -> Iterator[Item]:
    """Yield the articles of a CSV or TSV file.

    Raises:
        ReadError: It has no column for the text, or cannot be read from some row on.
    """
    csv.field_size_limit(_MAX_FIELD)
    # csv itself would read a line of any length before it looks at its limit.
    decoded = (line.decode("utf-8") for line in _lines(stream, name))
    reader = csv.reader(_without_mark(decoded), delimiter=delimiter)
    number = 0
    try:
        header = next((row for row in reader if row), [])
        if len(header) > _MAX_COLUMNS:
            raise ReadError(f"{name}: over {_MAX_COLUMNS:,} columns; check its quotation marks")
        found = columns.among(header, name)
        # Of columns with the same name the last is taken, as ever.
        places = {column: place for place, column in enumerate(header)}
        for row in reader:
            if row:
                number += 1
                values = {
                    column: row[place] if (place := places[column]) < len(row) else ""
                    for column in found.values()
                }
                yield _row(values, found, number)
    except UnicodeDecodeError:
        raise ReadError(f"{name}: not UTF-8 after row {number}; convert it") from None
    except csv.Error as error:
        raise ReadError(f"{name}: not to be read after row {number} ({error}); mend it") from None


def _without_mark(lines: Iterator[str]) -> Iterator[str]:
    """Yield lines, the first without a byte order mark."""
    yield next(lines, "").removeprefix("\ufeff")
    yield from lines


def columnar(path: Path, name: str, columns: Columns) -> Iterator[Item]:
    """Yield the articles of a Parquet file.

    Raises:
        ReadError: It is damaged, has no column for the text, or the library is missing.
    """
    try:
        import pyarrow  # noqa: PLC0415 - an extra
        from pyarrow.parquet import ParquetFile  # noqa: PLC0415
    except ModuleNotFoundError:
        raise ReadError(
            f"{name}: .parquet needs the library pyarrow; pip install 'stance[parquet]'"
        ) from None
    try:
        with ParquetFile(path) as file:
            found = columns.among(list(file.schema_arrow.names), name)
            wanted = list(dict.fromkeys(found.values()))
            _check_columns(file.metadata, wanted, name)
            number = 0
            # One row at a time: a text that stands in the file once may be that of many rows.
            for batch in file.iter_batches(batch_size=1, columns=wanted):
                for row in batch.to_pylist():
                    number += 1
                    yield _row(row, found, number)
    except (pyarrow.ArrowException, UnicodeDecodeError) as error:
        reason = " ".join(str(error).split())[:100]
        raise ReadError(f"{name}: damaged, or no Parquet file ({reason}); write it anew") from None


def parquet_columns(path: Path) -> list[str]:
    """Return the names of a Parquet file's columns; none if it cannot be read, which `unfold` says."""
    try:
        import pyarrow  # noqa: PLC0415 - an extra
        from pyarrow import parquet  # noqa: PLC0415
    except ModuleNotFoundError:
        return []
    try:
        return list(parquet.read_schema(path).names)
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError):
        return []


def _check_columns(metadata: Any, wanted: Sequence[str], name: str) -> None:
    """Refuse a small file whose columns, by its own account, unfold to what no texts unfold to."""
    for group in range(metadata.num_row_groups):
        rows = metadata.row_group(group)
        for number in range(rows.num_columns):
            column = rows.column(number)
            size, packed = column.total_uncompressed_size, column.total_compressed_size
            if column.path_in_schema.partition(".")[0] not in wanted or size <= _MAX_LINE:
                continue
            if size > _MAX_RATIO * packed or size > _MAX_LINE * rows.num_rows:
                raise ReadError(
                    f"{name}: a column that unfolds from {packed:,} to {size:,} bytes; check where it comes from"
                )


def _row(row: Mapping[str, Any], found: Mapping[str, str], number: int) -> Item:
    """Make an item of a row; numbers and dates are taken as they are written."""
    values = {
        wanted: _as_text(row.get(column), "\n\n" if wanted == "text" else ", ")
        for wanted, column in found.items()
    }
    key = values.get("id") or str(number)
    if not values["text"].strip():
        return Item(
            key, problem="its text is empty", remedy="leave the row out, or name another --column text=NAME"
        )
    return Item(
        key,
        values["text"],
        title=values.get("title", ""),
        date=day_of(values.get("date", "")),
        source=values.get("source", ""),
        author=values.get("author", ""),
        url=values.get("url", ""),
    )


def _as_text(value: Any, between: str) -> str:
    """Return a value as text; of several texts, such as authors or paragraphs, all of them."""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return between.join(value)
    return "" if value is None else value if isinstance(value, str) else str(value)
