"""An end to reading that does not end by itself.

What strangers send is bounded before it is read, as far as what it will cost can be told from outside. The libraries that
read it have their own ways to take time with the square of something; nobody knows them all.
"""

from __future__ import annotations

import contextlib
import signal
import threading
from typing import TYPE_CHECKING

from stance.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS = 60.0
_AGAIN = 1.0


class _OutOfPatienceError(BaseException):
    """Not an `Exception`: libraries catch these, and go on."""


@contextlib.contextmanager
def patience(name: str) -> Iterator[None]:
    """Give a document up that takes more than a minute of the processor, however busy that is with other things.

    Threads other than the first one, and systems without such a clock, have no limit.

    Raises:
        ReadError: It took too long.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def give_up(*_: object) -> None:
        raise _OutOfPatienceError

    before = signal.signal(signal.SIGVTALRM, give_up)
    try:
        # Again and again: some libraries catch whatever there is.
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS, _AGAIN)
        yield
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    except _OutOfPatienceError:
        raise ReadError(
            f"{name}: reading it took over {SECONDS:g} seconds of the processor; split it, or save its text as .txt"
        ) from None
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
