"""Data to stdout or to a file. stdout may be a terminal, a full disk, or a pipe that nobody reads."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, BinaryIO, Self

from stance.cli.messages import to_nowhere
from stance.cli.streams import stdout_error
from stance.errors import OutputError
from stance.export.files import WholeFile
from stance.report.safe import visible

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType


class StandardOutput:
    """stdout as bytes."""

    def write(self, data: bytes) -> None:
        """Write bytes; what comes from a text has been made safe for a terminal, or passes `for_terminal`.

        Raises:
            OutputError: stdout is closed, or on a full disk.
            SystemExit: Nobody reads the pipe any more; that is no mistake.
        """
        if sys.stdout is None:
            raise OutputError("standard output: it is closed; give a file with --output")
        try:
            _write_all(sys.stdout.buffer, data)
            if sys.stdout.isatty():
                sys.stdout.buffer.flush()
        except OSError as error:
            _give_up(error)

    def discard(self) -> None:
        """Do nothing: what was printed was printed."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None and sys.stdout is not None:
            try:
                sys.stdout.buffer.flush()
            except OSError as failed:
                _give_up(failed)


def open_output(target: Path | None) -> WholeFile | StandardOutput:
    """Return where data go: a file that is written whole or not at all, or stdout if there is no target.

    Raises:
        OutputError: As `WholeFile`.
    """
    return StandardOutput() if target is None else WholeFile(target)


def write_text(text: str) -> None:
    """Write lines of text to stdout, each made safe.

    Raises:
        OutputError: As `StandardOutput.write`.
    """
    with StandardOutput() as out:
        out.write("".join(visible(line) + "\n" for line in text.split("\n")).encode("utf-8"))


def on_terminal() -> bool:
    """Say whether stdout is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def for_terminal(data: bytes) -> bytes:
    """Make lines of UTF-8 data safe to be shown; line ends stay."""
    return "\n".join(map(visible, data.decode("utf-8").split("\n"))).encode("utf-8")


def _write_all(file: BinaryIO, data: bytes) -> None:
    # With PYTHONUNBUFFERED the file is a raw one, which may take a part of the data only.
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]


def _give_up(error: OSError) -> None:
    if isinstance(error, BrokenPipeError):
        to_nowhere()
        raise SystemExit(0) from None
    raise stdout_error(error) from None
