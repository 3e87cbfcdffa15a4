"""The way to a Dask scheduler: whether one listens at an address, and Dask's errors and logs in a line."""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
from typing import TYPE_CHECKING

from stance.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

CONNECT_SECONDS = 10.0
_MOST_REASON = 200
# The logs of Dask tell its developers what stance tells users in a line.
_LOGGERS = ("distributed", "tornado", "asyncio")


def check_dask() -> None:
    """Check that Dask is there.

    Raises:
        UsageError: It is not installed.
    """
    try:
        import distributed  # noqa: F401, PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise UsageError(f"--dask needs the library {error.name}; pip install 'stance[dask]'") from None


def why_not(address: str) -> str:
    """Return why an address is not that of a scheduler; empty if it is. A client would wait for an answer for ever."""
    import asyncio  # noqa: PLC0415 - only a cluster needs it

    from distributed import Security  # noqa: PLC0415 - an extra
    from distributed.comm import get_address_host_port  # noqa: PLC0415
    from distributed.core import rpc  # noqa: PLC0415

    async def kind() -> str:
        arguments = Security().get_connection_args("client")
        async with rpc(address, connection_args=arguments, timeout=CONNECT_SECONDS) as there:
            identity = await there.identity()
        return str(identity.get("type"))

    def ask() -> None:
        try:
            get_address_host_port(address)
            found = asyncio.run(asyncio.wait_for(kind(), CONNECT_SECONDS))
            answer.put("" if found == "Scheduler" else f"this is a {found.lower()}'s address")
        except TimeoutError:
            answer.put(f"no answer in {CONNECT_SECONDS:g} seconds")
        except Exception as error:  # noqa: BLE001, RUF100 - an address may be wrong in many ways
            answer.put(reason_of(error))

    # A thread of its own: the caller may have an event loop, as notebooks do.
    answer: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=ask, daemon=True).start()
    return answer.get()


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Silence the loggers of Dask."""
    names = [name for name in logging.root.manager.loggerDict if name.partition(".")[0] in _LOGGERS]
    loud = [logger for logger in map(logging.getLogger, names) if not logger.disabled]
    for logger in loud:
        logger.disabled = True
    try:
        yield
    finally:
        for logger in loud:
            logger.disabled = False


def reason_of(error: BaseException) -> str:
    """Return an error in a few words."""
    text = " ".join(str(error).split())
    plain = text and isinstance(error, (OSError, ValueError))
    return (text if plain else f"{type(error).__name__}: {text}")[:_MOST_REASON]
