"""Files that hold many articles: tables, JSON Lines, feeds, web archives, zip files; read one after the other, never whole.

A container is unfolded where the run is led; what is in it goes to the workers, which read and analyse it. A row that
cannot be read is an item with a problem, and the file goes on where it can.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import IO, cast

from stance.errors import ReadError
from stance.reading import archives, tables
from stance.reading.formats import CONTAINERS, open_zstandard, suffix_of
from stance.reading.items import Item
from stance.reading.tables import FIELDS, Columns

__all__ = ["FIELDS", "Columns", "Item", "holds_many", "is_container", "unfold"]

_TABLES = {".csv": ",", ".tsv": "\t"}
_LINES = frozenset({".jsonl", ".ndjson"})
_FEEDS = frozenset({".rss", ".atom"})
_XML = ".xml"


def is_container(name: str) -> bool:
    """Whether a name's ending is that of a file that holds many articles."""
    return suffix_of(name) in CONTAINERS


def holds_many(path: Path) -> bool:
    """Whether a file holds many articles: by its ending or, of XML, by what it is."""
    if suffix_of(path.name) != _XML:
        return is_container(path.name)
    try:
        from stance.reading.xml import HEAD_BYTES, Kind, kind_of  # noqa: PLC0415 - needs an extra

        with closing(_open(path, path.name)) as stream:
            return kind_of(stream.read(HEAD_BYTES)) in {Kind.FEED, Kind.MESSAGE}
    except (ModuleNotFoundError, ReadError, OSError, EOFError, zlib.error):
        return False  # its reader will say what is wrong


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
            yield from tables.columnar(path, name, columns)
        elif suffix == ".zip":
            yield from archives.members(path, name)
        else:
            with closing(_open(path, name)) as stream:
                if suffix in _FEEDS or suffix == _XML:
                    yield from _xml(stream, name)
                elif suffix == ".warc":
                    yield from archives.pages(stream, name)
                elif suffix in _LINES:
                    yield from tables.json_lines(stream, name, columns)
                else:
                    yield from tables.table(stream, name, _TABLES[suffix], columns)
    except (OSError, EOFError, zlib.error) as error:
        raise ReadError(f"{name}: damaged, cut off or not to be read ({error}); get it again") from None


def _xml(stream: IO[bytes], name: str) -> Iterator[Item]:
    try:
        from stance.reading import feeds, newsml, xml  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise ReadError(f"{name}: feeds need the library {error.name}; pip install 'stance[feeds]'") from None
    data = stream.read(xml.MAX_BYTES + 1)
    kind = newsml if xml.kind_of(data) is xml.Kind.MESSAGE else feeds
    yield from kind.unfold(data, name)


def _open(path: Path, name: str) -> IO[bytes]:
    if name.lower().endswith(".gz"):
        return cast("IO[bytes]", gzip.open(path, "rb"))
    if name.lower().endswith(".zst"):
        return open_zstandard(path.open("rb"), name)
    return path.open("rb")
