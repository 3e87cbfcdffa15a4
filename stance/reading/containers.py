"""Files that hold many articles: tables, JSON Lines, web archives, zip files; read one after the other, never whole.

A container is unfolded where the run is led; what is in it goes to the workers, which read and analyse it. A row that
cannot be read is an item with a problem, and the file goes on where it can.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, cast

from stance.errors import ReadError
from stance.reading.formats import MAX_BYTES, is_known, suffix_of

_TABLES = {".csv": ",", ".tsv": "\t"}
_LINES = frozenset({".jsonl", ".ndjson"})
_SUFFIXES = frozenset({*_TABLES, *_LINES, ".parquet", ".warc", ".zip"})
_ROWS = 64  # of a Parquet file that are in memory at a time
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
class Item:
    """An article in a container.

    Attributes:
        key: What tells it from the others: its own id, or its number in the file.
        text: Its text, if the container has that.
        data: Its bytes, to be read in the format that `name` tells, if there is no text.
        name: Its name in the container.
        title, date, source, author, url: As the container says.
        problem, remedy: Why it cannot be read, and what to do; empty if it can.
    """

    key: str
    text: str | None = None
    data: bytes | None = None
    name: str = ""
    title: str = ""
    date: str = ""
    source: str = ""
    author: str = ""
    url: str = ""
    problem: str = ""
    remedy: str = ""


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


def is_container(name: str) -> bool:
    """Whether a name's ending is that of a file that holds many articles."""
    return suffix_of(name) in _SUFFIXES


def unfold(path: Path, name: str, columns: Columns) -> Iterator[Item]:
    """Yield the articles of a container.

    Args:
        path: Where it is.
        name: Its path as the user knows it, for messages.
        columns: Which columns hold what, for tables and JSON Lines.

    Raises:
        ReadError: It cannot be read at all, or from some place on; what came before was yielded.
    """
    suffix = suffix_of(name)
    try:
        if suffix == ".parquet":
            yield from _parquet(path, name, columns)
        elif suffix == ".zip":
            yield from _zip(path, name)
        else:
            with closing(_open(path, name)) as stream:
                if suffix == ".warc":
                    yield from _warc(stream, name)
                elif suffix in _LINES:
                    yield from _json_lines(stream, name, columns)
                else:
                    yield from _table(stream, name, _TABLES[suffix], columns)
    except (OSError, EOFError, zlib.error) as error:
        raise ReadError(f"{name}: damaged, cut off or not to be read ({error}); get it again") from None


def _open(path: Path, name: str) -> IO[bytes]:
    if name.lower().endswith(".gz"):
        return cast("IO[bytes]", gzip.open(path, "rb"))
    if name.lower().endswith(".zst"):
        try:
            import zstandard  # noqa: PLC0415 - an extra
        except ModuleNotFoundError:
            raise ReadError(f"{name}: .zst needs the library zstandard; pip install 'stance[zstd]'") from None
        # Its own stream reads no lines.
        return cast("IO[bytes]", io.BufferedReader(zstandard.open(path, "rb")))
    return path.open("rb")


def _lines(stream: IO[bytes], name: str) -> Iterator[bytes]:
    """Yield lines of at most 64 MiB."""
    while line := stream.readline(MAX_BYTES + 1):
        if len(line) > MAX_BYTES:
            raise ReadError(f"{name}: a line of over {MAX_BYTES // 2**20} MiB; split it")
        yield line


def _json_lines(stream: IO[bytes], name: str, columns: Columns) -> Iterator[Item]:
    for number, line in enumerate(_lines(stream, name), start=1):
        if not line.strip():
            continue
        try:
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


def _table(stream: IO[bytes], name: str, delimiter: str, columns: Columns) -> Iterator[Item]:
    csv.field_size_limit(MAX_BYTES)
    # csv itself would read a line of any length before it looks at its limit.
    decoded = (line.decode("utf-8") for line in _lines(stream, name))
    reader = csv.DictReader(_without_mark(decoded), delimiter=delimiter, restkey="")
    number = 0
    try:
        found = columns.among(list(reader.fieldnames or ()), name)
        for number, row in enumerate(reader, start=1):
            yield _row(row, found, number)
    except UnicodeDecodeError:
        raise ReadError(f"{name}: not UTF-8 after row {number}; convert it") from None
    except csv.Error as error:
        raise ReadError(f"{name}: not to be read after row {number} ({error}); mend it") from None


def _without_mark(lines: Iterator[str]) -> Iterator[str]:
    """Yield lines, the first without a byte order mark."""
    yield next(lines, "").removeprefix("\ufeff")
    yield from lines


def _parquet(path: Path, name: str, columns: Columns) -> Iterator[Item]:
    try:
        import pyarrow  # noqa: PLC0415 - an extra
        from pyarrow import parquet  # noqa: PLC0415
    except ModuleNotFoundError:
        raise ReadError(
            f"{name}: .parquet needs the library pyarrow; pip install 'stance[parquet]'"
        ) from None
    try:
        with parquet.ParquetFile(path) as file:
            found = columns.among(list(file.schema_arrow.names), name)
            number = 0
            for batch in file.iter_batches(batch_size=_ROWS, columns=list(dict.fromkeys(found.values()))):
                for row in batch.to_pylist():
                    number += 1
                    yield _row(row, found, number)
    except (pyarrow.ArrowException, UnicodeDecodeError) as error:
        reason = " ".join(str(error).split())[:100]
        raise ReadError(f"{name}: damaged, or no Parquet file ({reason}); write it anew") from None


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
        date=_day(values.get("date", "")),
        source=values.get("source", ""),
        author=values.get("author", ""),
        url=values.get("url", ""),
    )


def _as_text(value: Any, between: str) -> str:
    """Return a value as text; of several texts, such as authors or paragraphs, all of them."""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return between.join(value)
    return "" if value is None else value if isinstance(value, str) else str(value)


def _day(date: str) -> str:
    """Return an ISO 8601 date, with or without time; empty if it is none."""
    day = date.strip().replace("/", "-")[:10]
    return day if len(day) == len("2016-02-18") and day[:4].isdigit() and day[4] == day[7] == "-" else ""


def _zip(path: Path, name: str) -> Iterator[Item]:
    try:
        with zipfile.ZipFile(path) as archive:
            for member in sorted(archive.infolist(), key=lambda one: one.filename):
                if member.is_dir() or not is_known(member.filename):
                    continue
                yield _member(archive, member)
    except zipfile.BadZipFile as error:
        raise ReadError(f"{name}: damaged, or no zip file ({error}); get it again") from None


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Item:
    key = member.filename
    if member.file_size > MAX_BYTES:
        return Item(key, problem=f"over the limit of {MAX_BYTES // 2**20} MiB", remedy="split it")
    if member.flag_bits & 1:
        return Item(key, problem="it is encrypted", remedy="unpack it with its password first")
    try:
        with archive.open(member) as packed:
            # What the archive says of its size may be wrong.
            data = packed.read(MAX_BYTES + 1)
    except (zipfile.BadZipFile, OSError, EOFError, zlib.error, NotImplementedError, RuntimeError) as error:
        return Item(key, problem=f"damaged in the archive ({error})", remedy="get it again")
    if len(data) > MAX_BYTES:
        return Item(key, problem=f"unfolds to over {MAX_BYTES // 2**20} MiB", remedy="split it")
    return Item(key, data=data, name=key)


def _warc(stream: IO[bytes], name: str) -> Iterator[Item]:
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415 - an extra
    except ModuleNotFoundError:
        raise ReadError(f"{name}: .warc needs the library fastwarc; pip install 'stance[warc]'") from None
    number = 0
    try:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True):
            kind = (record.http_content_type or "").lower()
            if "html" not in kind:
                continue
            number += 1
            address = record.headers.get("WARC-Target-URI") or ""
            key = address or record.record_id or str(number)
            data = record.reader.read(MAX_BYTES + 1)
            if len(data) > MAX_BYTES:
                yield Item(key, problem=f"a page of over {MAX_BYTES // 2**20} MiB", remedy="leave it out")
                continue
            yield Item(key, data=data, name=f"{key}.html", url=address)
    except (ValueError, RuntimeError) as error:
        raise ReadError(f"{name}: damaged or cut off after {number} pages ({error}); get it again") from None
