"""Files that are written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Self

from stance.errors import OutputError

if TYPE_CHECKING:
    from types import TracebackType

UNFINISHED = ".stance-"  # how names begin of what is being written
_REMEDIES = {
    errno.ENOSPC: "no space left on the disk; free some or choose another place",
    errno.EDQUOT: "your disk quota is used up; free some or choose another place",
    errno.EFBIG: "larger than a file may be there; choose another place",
    errno.EACCES: "no permission to write there; choose another place or change its mode",
    errno.EPERM: "no permission to write there; choose another place or change its mode",
    errno.EROFS: "this disk is read-only; choose another place",
    errno.ENOENT: "no such folder to write into; create it first, for example with mkdir -p",
    errno.ENOTDIR: "a part of this path is a file, not a folder; check the path",
    errno.EISDIR: "this is a folder; name a file in it",
    errno.ENAMETOOLONG: "the name is too long; choose a shorter one",
    errno.EIO: "the disk reports an error; check it or choose another place",
}


def output_error(name: str, error: OSError) -> OutputError:
    """Return the error of a failed write as one line with its remedy."""
    remedy = _REMEDIES.get(error.errno or 0)
    reason = remedy or f"cannot be written ({error.strerror or error}); choose another place"
    return OutputError(f"{name}: {reason}")


def unfinished(target: Path, ending: str = "tmp") -> Path:
    """Return a name that nothing has, beside the target, for what shall take its place; no run reads such files."""
    return target.with_name(f"{UNFINISHED}{os.getpid()}-{os.urandom(4).hex()}.{ending}")


class WholeFile:
    """A file for writing that takes its place under its name only when all went well.

    Bytes go to a temporary file beside the target, which is renamed over it at the end of a `with` block that
    raised nothing, and removed otherwise. A device or a pipe is written to: renaming would replace it.
    """

    def __init__(self, target: Path) -> None:
        """Open the file.

        Args:
            target: Where the file shall be; a symbolic link is followed, a file there keeps its mode.

        Raises:
            OutputError: The target is a folder, or its folder is missing or may not be written to.
        """
        self._name = str(target)
        self._temporary: Path | None = None
        # A signal may end the process between any two steps: what is made is known before it is made.
        self._file: BinaryIO | None = None
        try:
            self._target = Path(os.path.realpath(target))
            mode = self._mode()
            if mode is not None and not stat.S_ISREG(mode):
                self._file = self._target.open("wb")
                return
            self._temporary = unfinished(self._target)
            self._file = self._temporary.open("xb")
            if mode is not None:
                self._temporary.chmod(stat.S_IMODE(mode))
        except OSError as error:
            self.discard()
            raise output_error(self._name, error) from None

    def _mode(self) -> int | None:
        """Return the mode of what is at the target, None if nothing is."""
        try:
            mode = self._target.stat().st_mode
        except FileNotFoundError:
            return None
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not os.access(self._target, os.W_OK):
            # Renaming would succeed, but whoever made the file read-only wants to keep it.
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return mode

    def write(self, data: bytes) -> None:
        """Write bytes.

        Raises:
            OutputError: The disk is full or failed.
        """
        assert self._file is not None, "written after the end"  # noqa: S101 - a defect of the caller
        try:
            self._file.write(data)
        except OSError as error:
            raise output_error(self._name, error) from None

    def commit(self) -> None:
        """Put the file under its name.

        Raises:
            OutputError: The last bytes cannot be written or the file not renamed; the old file is as it was.
        """
        assert self._file is not None, "ended twice"  # noqa: S101 - a defect of the caller
        try:
            self._file.flush()
            if self._temporary is not None:
                os.fsync(self._file.fileno())
            self._file.close()
            if self._temporary is not None:
                self._temporary.replace(self._target)
        except OSError as error:
            self.discard()
            raise output_error(self._name, error) from None
        self._file = self._temporary = None

    def discard(self) -> None:
        """Remove what was written; what was under the name before stays."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()
            self._file = None
        if self._temporary is not None:
            with contextlib.suppress(OSError):
                self._temporary.unlink()
            self._temporary = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is None:
            return
        if kind is None:
            self.commit()
        else:
            self.discard()


class WholeFolder:
    """A folder of files that takes its place under its name only when all went well.

    What is there is replaced as a whole, if it is a folder that holds nothing but such files; for a moment between two
    renames nothing is under the name, and the older folder is beside it, hidden.
    """

    def __init__(self, target: Path, pattern: str) -> None:
        """Make the folder under a name of its own beside the target.

        Args:
            target: Where the folder shall be.
            pattern: What the names of its files look like.

        Raises:
            OutputError: Something else is there, or the folder above is missing or may not be written to.
        """
        self._name = str(target)
        self._target = Path(os.path.realpath(target))
        self._temporary, self._older = unfinished(self._target), unfinished(self._target, "old")
        try:
            if self._target.exists() and not self._replaceable(pattern):
                raise OutputError(
                    f"{self._name}: there is something here that is no folder of {pattern}; choose another place"
                )
            self._temporary.mkdir()
        except OSError as error:
            raise output_error(self._name, error) from None

    def _replaceable(self, pattern: str) -> bool:
        return self._target.is_dir() and all(
            one.is_file() and one.match(pattern) for one in self._target.iterdir()
        )

    def discard(self) -> None:
        """Remove what was written; what was under the name before stays."""
        shutil.rmtree(self._temporary, ignore_errors=True)

    def commit(self) -> None:
        """Put the folder under its name.

        Raises:
            OutputError: It cannot be; the older one is as it was.
        """
        try:
            for path in self._temporary.iterdir():
                with path.open("rb") as file:
                    os.fsync(file.fileno())
            there = self._target.exists()
            if there:
                self._target.rename(self._older)
            try:
                self._temporary.rename(self._target)
            except OSError:
                if there:
                    self._older.rename(self._target)
                raise
        except OSError as error:
            self.discard()
            raise output_error(self._name, error) from None
        shutil.rmtree(self._older, ignore_errors=True)

    def __enter__(self) -> Path:
        return self._temporary

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.commit()
            return
        self.discard()
        if isinstance(error, OSError):
            raise output_error(self._name, error) from None


def write_whole(target: Path, data: bytes) -> None:
    """Write a file at once, whole or not at all.

    Raises:
        OutputError: As `WholeFile`.
    """
    with WholeFile(target) as file:
        file.write(data)
