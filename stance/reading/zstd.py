"""Files packed with zstd, as streams: all of their frames, and to their end.

The library's own streams take the end of a file for that of a frame, and the end of the first frame for that of the file:
what is cut off or written in parts would be lost in silence.
"""

from __future__ import annotations

import io
from typing import IO, Any, cast

import zstandard

from stance.errors import ReadError

_MAX_WINDOW = 2**27
# Packed bytes that are unpacked at a time: four of them may stand for 128 KiB.
_STEP = 1024


class _Frames(io.RawIOBase):
    def __init__(self, stream: IO[bytes], name: str) -> None:
        self._stream = stream
        self._name = name
        self._frame: Any = None
        self._packed = b""
        self._unpacked = memoryview(b"")

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self._stream.close()
        super().close()

    def readinto(self, buffer: Any) -> int:
        target = memoryview(buffer).cast("B")
        while not self._unpacked:
            packed = self._packed or self._stream.read(_STEP)
            if not packed:
                if self._frame is not None:
                    raise ReadError(f"{self._name}: cut off; get it again")
                return 0
            self._unpacked = memoryview(self._unpack(packed))
        size = min(len(target), len(self._unpacked))
        target[:size] = self._unpacked[:size]
        self._unpacked = self._unpacked[size:]
        return size

    def _unpack(self, packed: bytes) -> bytes:
        self._packed = b""
        if self._frame is None:
            self._frame = zstandard.ZstdDecompressor(max_window_size=_MAX_WINDOW).decompressobj()
        try:
            found: bytes = self._frame.decompress(packed)
        except zstandard.ZstdError as error:
            raise ReadError(f"{self._name}: damaged ({error}); get it again") from None
        if self._frame.eof:
            self._packed = self._frame.unused_data
            self._frame = None
        return found


def open_frames(stream: IO[bytes], name: str) -> IO[bytes]:
    """Return what a packed stream holds.

    Args:
        stream: Packed bytes; closed together with what is returned.
        name: What they are called, for messages.

    Raises:
        ReadError: When it is read: it is damaged or cut off.
    """
    return cast("IO[bytes]", io.BufferedReader(_Frames(stream, name)))
