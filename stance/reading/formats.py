"""Which reader a document has, told by the ending of its name.

A format is a module with a function `read(data, name)` that returns what was read as `Extracted`. Libraries are imported
when the first document of their format comes; formats that need one are extras of the package.
"""

from __future__ import annotations

import gzip
import io
import zlib
from dataclasses import dataclass
from importlib import import_module
from typing import IO, NamedTuple

from stance.errors import ReadError
from stance.reading.patience import patience

MAX_BYTES = 64 * 1024 * 1024
MAX_UNPACKED = MAX_BYTES // 2  # a text takes several times its size while it is decoded


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a reader took out of a document.

    Attributes:
        text: The text as read; offsets point into it.
        title, date, source, author, url: As the document says of itself, the date in ISO 8601; empty if it does not.
        encoding: In which the text was encoded, if that had to be told.
        notes: What was remarkable about the reading.
    """

    text: str
    title: str = ""
    date: str = ""
    source: str = ""
    author: str = ""
    url: str = ""
    encoding: str = ""
    notes: tuple[str, ...] = ()


class Format(NamedTuple):
    """A format of single documents: its module in `stance.reading`, the library that it needs and the extra with it."""

    suffixes: tuple[str, ...]
    module: str
    library: str = ""
    extra: str = ""


_TEXT = Format((".txt", ".text"), "plain")
FORMATS = (
    _TEXT,
    Format((".html", ".htm", ".xhtml"), "html", "trafilatura", "html"),
    Format((".pdf",), "pdf", "pypdf", "pdf"),
    Format((".docx",), "word", "docx", "docx"),
    Format((".xml",), "news", "lxml", "feeds"),
)
_BY_SUFFIX = {suffix: one for one in FORMATS for suffix in one.suffixes}
# Of files that hold many articles; XML is such a file if its root says so.
CONTAINERS = frozenset({".csv", ".tsv", ".jsonl", ".ndjson", ".parquet", ".rss", ".atom", ".warc", ".zip"})
COMPRESSED = (".gz", ".zst")
_NOT_READ = {
    ".doc": "an old Word document; save it as .docx",
    ".docm": "a Word document with macros, which are not opened; save it as .docx",
    ".odt": "an OpenDocument text; save it as .docx",
    ".rtf": "rich text; save it as .docx or .txt",
    ".xlsx": "a spreadsheet; save it as .csv",
}


def is_known(name: str) -> bool:
    """Whether a name's ending is that of a format, packed or not."""
    return suffix_of(name) in _BY_SUFFIX


def suffix_of(name: str) -> str:
    """Return a name's ending in small letters, without that of a compression."""
    name = name.lower()
    for packed in COMPRESSED:
        name = name.removesuffix(packed)
    base = name.rsplit("/", 1)[-1]
    return f".{base.rsplit('.', 1)[1]}" if "." in base.lstrip(".") else ""


def read_document(data: bytes, name: str) -> Extracted:
    """Read a document in the format that its name's ending tells; one with no known ending is read as plain text.

    Args:
        data: Its bytes.
        name: Its path or name, for the format and for messages.

    Raises:
        ReadError: It cannot be read; the message says why and what to do.
    """
    suffix = suffix_of(name)
    if suffix in _NOT_READ:
        raise ReadError(f"{name}: {_NOT_READ[suffix]}")
    if suffix in CONTAINERS:
        raise ReadError(
            f"{name}: a {suffix} file holds many articles; give the folder that it is in to `stance batch`"
        )
    data = unpack(data, name)
    chosen = _BY_SUFFIX.get(suffix, _TEXT)
    try:
        module = import_module(f"stance.reading.{chosen.module}")
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != chosen.library:
            raise
        raise ReadError(
            f"{name}: {suffix} needs the library {chosen.library}; pip install 'stance[{chosen.extra}]'"
        ) from None
    with patience(name):
        extracted: Extracted = module.read(data, name)
    if not extracted.text.strip():
        raise ReadError(f"{name}: the document is empty; check that the right file was given")
    return extracted


def unpack(data: bytes, name: str) -> bytes:
    """Return what a compressed file holds; anything else as it is.

    Raises:
        ReadError: It is damaged, cut off, or unfolds to more than 32 MiB.
    """
    lower = name.lower()
    if lower.endswith(".gz"):
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
                unpacked = packed.read(MAX_UNPACKED + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise ReadError(f"{name}: damaged or cut off ({error}); get it again") from None
    elif lower.endswith(".zst"):
        unpacked = _unpack_zstandard(data, name)
    else:
        return data
    if len(unpacked) > MAX_UNPACKED:
        raise ReadError(f"{name}: unfolds to over {MAX_UNPACKED // 2**20} MiB; unpack and split it")
    return unpacked


def _unpack_zstandard(data: bytes, name: str) -> bytes:
    with open_zstandard(io.BytesIO(data), name) as packed:
        return packed.read(MAX_UNPACKED + 1)


def open_zstandard(stream: IO[bytes], name: str) -> IO[bytes]:
    """Return what a stream packed with zstd holds.

    Raises:
        ReadError: The library is missing; when it is read: it is damaged or cut off.
    """
    try:
        from stance.reading.zstd import open_frames  # noqa: PLC0415 - an extra
    except ModuleNotFoundError:
        raise ReadError(f"{name}: .zst needs the library zstandard; pip install 'stance[zstd]'") from None
    return open_frames(stream, name)
