"""SIGINT and SIGTERM: everything is put in order, and nothing is said."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
# Putting in order takes milliseconds. If it hangs, or if Python swallowed the exception because the signal
# came inside a destructor, the process ends all the same.
_LATEST_SECONDS = 1.5


def install_signals() -> None:
    """Let signals end the program with 128 + their number, as shells expect it."""
    for number in _SIGNALS:
        # A program in the background of a script is started with SIGINT ignored, and has to leave it so.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _leave)


def _leave(number: int, _frame: FrameType | None) -> NoReturn:
    for other in _SIGNALS:
        signal.signal(other, signal.SIG_IGN)
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, lambda *_: os._exit(128 + number))
        signal.setitimer(signal.ITIMER_REAL, _LATEST_SECONDS)
    raise SystemExit(128 + number)
