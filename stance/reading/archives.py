"""Archives of articles: zip files and web archives. What is in them is read in its own format."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from stance.errors import ReadError
from stance.reading.formats import MAX_BYTES, is_known
from stance.reading.items import Item


def members(path: Path, name: str) -> Iterator[Item]:
    """Yield the documents in a zip file, sorted by name.

    Raises:
        ReadError: It is damaged.
    """
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


def pages(stream: IO[bytes], name: str) -> Iterator[Item]:
    """Yield the HTML pages of a web archive.

    Raises:
        ReadError: It is damaged, or the library is missing.
    """
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
