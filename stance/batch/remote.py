"""What a worker of a cluster does: it makes sure that it computes as the client does, unpacks the instrument, and works.

Pickles come from the client alone, by way of Dask, which runs whatever its clients send.
"""

from __future__ import annotations

import pickle
import threading
import time
from typing import TYPE_CHECKING, Any, NamedTuple

from stance.batch.same import difference
from stance.errors import StanceError, UsageError

if TYPE_CHECKING:
    from stance.batch.walk import Document
    from stance.batch.work import Outcome, Work


class Instrument:
    """What workers compute with, and in what environment it must be: sent once to each worker process.

    Args:
        packed: A pickled `Work`.
        expected: The environment of the client.
    """

    def __init__(self, packed: bytes, expected: dict[str, str]) -> None:
        self._packed = packed
        self._expected = expected
        self._lock = threading.Lock()  # a worker may have several threads
        self._work: Work | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        return Instrument, (self._packed, self._expected)

    def work(self) -> Work:
        """Return what does a document, unpacked at the first time.

        Raises:
            StanceError: This process does not compute as the client does, or lacks a library.
        """
        with self._lock:
            if self._work is None:
                problem = difference(self._expected)
                if problem:
                    raise UsageError(problem)
                work: Work = pickle.loads(self._packed)  # noqa: S301 - the client's own bytes
                self._work = work
            return self._work


class Done(NamedTuple):
    """What a worker gives back: outcomes in the order of the batch and the seconds that each took, or a problem."""

    outcomes: list[Outcome]
    seconds: float
    problem: str = ""


def do_batch(instrument: Instrument, packed: bytes) -> Done:
    """Do a batch of documents, which the client pickled; runs on the worker."""
    try:
        work = instrument.work()
    except StanceError as error:
        from distributed import get_worker  # noqa: PLC0415 - an extra

        return Done([], 0.0, f"worker {get_worker().address}: {error}")
    documents: list[Document] = pickle.loads(packed)  # noqa: S301 - the client's own bytes
    began = time.perf_counter()
    outcomes = [work(document) for document in documents]
    return Done(outcomes, (time.perf_counter() - began) / len(documents))
