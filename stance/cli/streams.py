"""stdin, stdout and stderr at the start and at the end of the program."""

from __future__ import annotations

import errno
import sys
from typing import TYPE_CHECKING

from stance.cli.messages import complain, to_nowhere

if TYPE_CHECKING:
    from stance.errors import OutputError


def prepare_streams() -> None:
    """Let what a console cannot encode be escaped instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        # A closed stream is None, and a caller may have put anything in its place.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def finish(code: int) -> int:
    """Write out what is still held back, quietly if nobody reads it, and return the exit code."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        to_nowhere()
    except OSError as error:
        complain(stdout_error(error))
        return 2
    return code


def is_full(error: OSError) -> bool:
    """Say whether an error can only be stdout's: typer prints help and completions by itself."""
    return error.filename is None and error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}


def stdout_error(error: OSError) -> OutputError:
    """Return what is wrong with stdout, and write nothing to it any more."""
    from stance.export.files import output_error  # noqa: PLC0415 - needed when a disk is full only

    to_nowhere()
    return output_error("standard output", error)
