"""Articles from files, from standard input and from text in memory."""

import stat
import sys
from pathlib import Path

from stance.errors import ReadError
from stance.reading.formats import MAX_BYTES, Extracted, read_document
from stance.reading.layout import find_blocks, find_title
from stance.reading.metadata import NOTHING, Metadata
from stance.records import Article


def article_from_text(
    text: str,
    *,
    id: str,  # noqa: A002 - the name of the contract's field
    path: str = "",
    title: str = "",
    source: str = "",
    date: str = "",
) -> Article:
    """Make an article of a text that is already in memory.

    Args:
        text: The article's text, taken as it is.
        id: Its identifier.
        path: Where it came from, for the record.
        title: Its headline; the layout's first line if empty.
        source: Outlet.
        date: ISO 8601 date of publication; it decides who holds an office.

    Returns:
        The article with its layout.
    """
    blocks = find_blocks(text)
    return Article(
        id=id,
        text=text,
        path=path,
        title=title or find_title(text, blocks),
        source=source,
        date=date,
        blocks=blocks,
    )


def article_from_bytes(data: bytes, *, id: str, path: str = "", source: str = "", date: str = "") -> Article:  # noqa: A002
    """Read a document in the format that its path's ending tells, and lay it out.

    Args:
        data: Its bytes.
        id: Its identifier.
        path: Where it came from.
        source: Outlet; the one that the document names if empty.
        date: ISO 8601 date of publication; the one that the document names if empty.

    Raises:
        ReadError: It cannot be read, or there is no text in it.
    """
    given = Metadata(source=source, date=date)
    return article_from_extracted(read_document(data, path or id), id=id, path=path, given=given)


def article_from_extracted(
    found: Extracted,
    *,
    id: str,  # noqa: A002 - the name of the contract's field
    path: str = "",
    given: Metadata = NOTHING,
) -> Article:
    """Lay out what a reader took out of a document; what is given of it goes before what it says of itself."""
    blocks = find_blocks(found.text)
    about = given.over(Metadata.of(found))
    return Article(
        id=id,
        text=found.text,
        path=path,
        encoding=found.encoding,
        title=about.title or find_title(found.text, blocks),
        source=about.source,
        date=about.date,
        author=about.author,
        url=about.url,
        blocks=blocks,
        notes=found.notes,
    )


def read_bytes(path: Path) -> bytes:
    """Read a regular file of at most 64 MiB.

    Raises:
        ReadError: It is missing, unreadable, a folder, a device, or too large; the message says what to do.
    """
    name = str(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ReadError(f"{name}: this is a folder; use `stance batch` for folders")
        if not stat.S_ISREG(status.st_mode):
            raise ReadError(f"{name}: not a regular file; pipe it in and give `-` as the file")
        if status.st_size > MAX_BYTES:
            raise ReadError(f"{name}: over the limit of {MAX_BYTES // 2**20} MiB; split it")
        return path.read_bytes()
    except FileNotFoundError:
        raise ReadError(f"{name}: no such file; check the path") from None
    except PermissionError:
        raise ReadError(f"{name}: no permission to read it; check its mode with ls -l") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"{name}: cannot be read ({reason}); check the path and the disk") from None


def read_article(path: Path, *, id: str | None = None, source: str = "", date: str = "") -> Article:  # noqa: A002
    """Read one file; `id` is the file's stem unless given.

    Raises:
        ReadError: As `read_bytes` and `article_from_bytes` raise it.
    """
    return article_from_bytes(read_bytes(path), id=id or path.stem, path=str(path), source=source, date=date)


def read_standard_input(*, source: str = "", date: str = "") -> Article:
    """Read one article from standard input.

    Raises:
        ReadError: It is empty, no text, or larger than 64 MiB.
    """
    if sys.stdin is None:
        raise ReadError("standard input: it is closed; give a file instead")
    try:
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
    except (OSError, ValueError, AttributeError) as error:  # without a standard input, sys.stdin is None
        raise ReadError(f"standard input: cannot be read ({error}); give a file instead") from None
    if len(data) > MAX_BYTES:
        raise ReadError(f"standard input: over the limit of {MAX_BYTES // 2**20} MiB; split it")
    return article_from_bytes(data, id="stdin", path="-", source=source, date=date)
