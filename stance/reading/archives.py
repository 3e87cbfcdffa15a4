"""Archives of articles: zip files and web archives. What is in them is read in its own format."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from stance.errors import ReadError
from stance.reading.formats import CONTAINERS, MAX_BYTES, MAX_UNPACKED, is_known, suffix_of
from stance.reading.items import Item

_RECORD_END = b"\r\n\r\n"


def members(path: Path, name: str) -> Iterator[Item]:
    """Yield the documents in a zip file, sorted by name.

    Raises:
        ReadError: It is damaged.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            for member in sorted(archive.infolist(), key=lambda one: one.filename):
                if member.is_dir():
                    continue
                if is_known(member.filename):
                    yield _member(archive, member)
                elif suffix_of(member.filename) in CONTAINERS:
                    yield Item(
                        member.filename,
                        problem="a file of many articles inside of an archive",
                        remedy="unpack the archive",
                    )
    except zipfile.BadZipFile as error:
        raise ReadError(f"{name}: damaged, or no zip file ({error}); get it again") from None


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Item:
    key = member.filename
    if member.file_size > MAX_UNPACKED:
        return Item(key, problem=f"over the limit of {MAX_UNPACKED // 2**20} MiB", remedy="split it")
    if member.flag_bits & 1:
        return Item(key, problem="it is encrypted", remedy="unpack it with its password first")
    try:
        with archive.open(member) as packed:
            # What the archive says of its size may be wrong.
            data = packed.read(MAX_UNPACKED + 1)
    except (zipfile.BadZipFile, OSError, EOFError, zlib.error, NotImplementedError, RuntimeError) as error:
        return Item(key, problem=f"damaged in the archive ({error})", remedy="get it again")
    if len(data) > MAX_UNPACKED:
        return Item(key, problem=f"unfolds to over {MAX_UNPACKED // 2**20} MiB", remedy="split it")
    return Item(key, data=data, name=key)


def pages(stream: IO[bytes], name: str) -> Iterator[Item]:
    """Yield the HTML pages of a web archive.

    Raises:
        ReadError: It is damaged or cut off, or the library is missing.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415 - an extra
    except ModuleNotFoundError:
        raise ReadError(f"{name}: .warc needs the library fastwarc; pip install 'stance[warc]'") from None
    number = 0
    watched = _Watched(stream)
    try:
        for record in ArchiveIterator(watched, record_types=WarcRecordType.response, parse_http=True):
            if "html" not in (record.http_content_type or "").lower():
                continue
            number += 1
            address = record.headers.get("WARC-Target-URI") or ""
            key = address or record.record_id or str(number)
            expected = record.content_length
            data = record.reader.read(MAX_BYTES + 1)
            if len(data) <= MAX_BYTES:
                if len(data) < expected:
                    yield Item(key, problem="cut off", remedy="get the archive again")
                    continue
                data = _unpacked(data, record.http_headers)
            if len(data) > MAX_BYTES:
                yield Item(key, problem=f"a page of over {MAX_BYTES // 2**20} MiB", remedy="leave it out")
                continue
            yield Item(key, data=data, name=f"{key}.html", url=address)
    except (ValueError, RuntimeError) as error:
        raise ReadError(f"{name}: damaged or cut off after {number} pages ({error}); get it again") from None
    except BaseException as error:
        # What goes wrong inside of the library's Rust is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise ReadError(f"{name}: damaged after {number} pages; get it again") from None
    if watched.end not in {b"", _RECORD_END}:
        raise ReadError(f"{name}: cut off after {number} pages; get it again")


class _Watched:
    """A stream of which the last bytes are known: the library takes the end of a file for that of the archive."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.end = b""
        self._place = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._place += len(data)
        if data:
            self.end = (self.end + data[-len(_RECORD_END) :])[-len(_RECORD_END) :]
        return data

    def tell(self) -> int:
        return self._place  # what is unpacked on the way does not know

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._stream.seek(offset, whence)

    def close(self) -> None:
        self._stream.close()


def _unpacked(data: bytes, headers: Any) -> bytes:
    """Return a page without what the server wrapped it in, up to somewhat over the limit; what it is not wrapped in stays.

    Archives keep pages as they came, or unwrapped with the old headers.
    """
    if "chunked" in (headers.get("Transfer-Encoding") or "").lower():
        data = _joined(data)
    packed = (headers.get("Content-Encoding") or "").lower()
    try:
        if "gzip" in packed or "deflate" in packed:
            # 47: the header says whether it is gzip or zlib; without one it is bare.
            window = 47 if data[:2] == b"\x1f\x8b" or data[:1] == b"\x78" else -15
            return zlib.decompressobj(window).decompress(data, MAX_BYTES + 1) or data
    except zlib.error:
        pass
    return data


def _joined(data: bytes) -> bytes:
    """Return what stands in chunks, or all of it if there are none."""
    parts: list[bytes] = []
    place = 0
    while True:
        end = data.find(b"\r\n", place, place + 20)
        try:
            size = int(data[place:end].partition(b";")[0], 16) if end > 0 else -1
        except ValueError:
            size = -1
        if size < 0 or end + 2 + size > len(data):
            return data
        if not size:
            return b"".join(parts)
        parts.append(data[end + 2 : end + 2 + size])
        place = end + 2 + size + 2
