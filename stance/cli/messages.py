"""What goes to stderr: one line each, harmless to a terminal."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterable


def say(message: str) -> None:
    """Write a line to stderr. Nothing happens if that is closed or full: there is nobody left to tell."""
    if sys.stderr is None:
        return
    from stance.report.safe import one_line  # noqa: PLC0415 - `--help` says nothing to stderr

    line = one_line(f"stance: {message}", sys.stderr.encoding or "utf-8")
    try:
        sys.stderr.write(line.rstrip() + "\n")
        sys.stderr.flush()
    except OSError:
        to_nowhere(sys.stderr)


def complain(error: Exception) -> None:
    """Say what an error says."""
    say(str(error))


def say_usage(error: Any) -> int:
    """Say what typer found wrong with the command line, and return its exit code."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "stance"
    say(f"{error.format_message().rstrip('.')}; see `{command} --help`")
    return int(error.exit_code)


def unforeseen(error: Exception, name: str = "") -> None:
    """Say that stance has a defect."""
    where = f"{name}: " if name else ""
    what = " ".join(str(error).split())[:200]
    reason = f"{type(error).__name__}: {what}" if what else type(error).__name__
    say(f"{where}unforeseen {reason}; please report this, STANCE_DEBUG=1 shows where it happened")


def say_all(messages: Iterable[str]) -> None:
    """Write several lines to stderr."""
    for message in messages:
        say(message)


def to_nowhere(stream: TextIO | None = None) -> None:
    """Point stdout or another stream to nowhere: what it holds would fail once more when Python ends."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, (stream or sys.stdout).fileno())
        os.close(nowhere)
