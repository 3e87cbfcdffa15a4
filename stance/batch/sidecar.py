"""A table of what is known of documents beside their texts: outlet, day, title, author, address; read before a run."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from stance.errors import DataError
from stance.reading.items import day_of
from stance.reading.metadata import METADATA, NOTHING, Metadata

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_IDS = ("id", "doc_id", "path", "file")
_TAB = frozenset({".tsv", ".tab"})
_MAX_BYTES = 1 << 20  # of a line; it is more likely a quotation mark that nobody closed


class Sidecar:
    """What a table says of documents, by their ids. Rows that nobody asked for are counted.

    Args:
        rows: Metadata by the id of a document.
    """

    def __init__(self, rows: dict[str, Metadata] | None = None) -> None:
        self._rows = rows or {}
        self._asked: set[str] = set()

    def of(self, id: str) -> Metadata:  # noqa: A002 - the name of the contract's field
        """Return what is said of a document."""
        found = self._rows.get(id)
        if found is None:
            return NOTHING
        self._asked.add(id)
        return found

    @property
    def unmatched(self) -> int:
        """How many rows name no document that was asked for."""
        return len(self._rows) - len(self._asked)


def read_sidecar(path: Path) -> Sidecar:
    """Read a CSV file, or a TSV file by its ending.

    Raises:
        DataError: It cannot be read, lacks a column, or a row breaks the rules; the message names file and line.
    """
    rows: dict[str, Metadata] = {}
    lines: dict[str, int] = {}
    before = csv.field_size_limit(_MAX_BYTES)
    try:
        for line, id_, metadata in _rows(path):
            if id_ in rows:
                raise DataError(f"{path}:{line}: {id_!r} has a row already, in line {lines[id_]}; leave one")
            rows[id_], lines[id_] = metadata, line
    except FileNotFoundError:
        raise DataError(f"{path}: no such file; check the path") from None
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror or error}); check the path") from None
    finally:
        csv.field_size_limit(before)
    return Sidecar(rows)


def _rows(path: Path) -> Iterator[tuple[int, str, Metadata]]:
    """Yield the line of each row, the id and what is said of it."""
    reader = csv.reader(_lines(path), delimiter="\t" if path.suffix.lower() in _TAB else ",", strict=True)
    columns: dict[str, int] = {}
    line = 1
    try:
        for row in reader:
            if row and not columns:
                columns = _columns(row, path)
            elif row:
                yield line, *_row(row, columns, f"{path}:{line}")
            line = reader.line_num + 1
    except csv.Error as error:
        raise DataError(f"{path}:{line}: not to be read ({error}); check its quotation marks") from None
    if not columns:
        raise DataError(f"{path}: empty; give a line with the names of the columns, among them id")


def _lines(path: Path) -> Iterator[str]:
    with path.open("rb") as stream:
        number = 0
        while line := stream.readline(_MAX_BYTES + 1):
            number += 1
            if len(line) > _MAX_BYTES:
                raise DataError(
                    f"{path}:{number}: a line of over {_MAX_BYTES // 2**20} MiB; this is no metadata"
                )
            try:
                text = line.decode("utf-8")
            except UnicodeDecodeError:
                raise DataError(f"{path}:{number}: not UTF-8; convert the file") from None
            yield text.removeprefix("\ufeff") if number == 1 else text


def _columns(header: list[str], path: Path) -> dict[str, int]:
    """Return where each known column stands; that of the id is `id` whatever it is called."""
    lower = [name.strip().lower() for name in header]
    there = ", ".join(map(repr, header[:12]))[:200]
    id_ = next((name for name in _IDS if name in lower), None)
    if id_ is None:
        raise DataError(f"{path}:1: no column id, doc_id, path or file; there are {there}")
    found = {name: lower.index(name) for name in METADATA if name in lower}
    if not found:
        raise DataError(f"{path}:1: no column {', '.join(METADATA)}; there are {there}")
    return {"id": lower.index(id_), **found}


def _row(row: list[str], columns: dict[str, int], where: str) -> tuple[str, Metadata]:
    values = {name: row[place] if place < len(row) else "" for name, place in columns.items()}
    id_ = values.pop("id")
    if not id_:
        raise DataError(f"{where}: no id; give the document's path below the folder")
    values = {name: value.strip() for name, value in values.items()}
    date = values.get("date", "")
    if date:
        values["date"] = day_of(date)
        if not values["date"]:
            raise DataError(f"{where}: date {date[:40]!r} is no day; write it as 2018-06-27")
    return id_, Metadata(**values)
