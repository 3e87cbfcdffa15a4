"""Documents on a Dask cluster that exists already; results as they come.

The cluster needs no disk that this machine has: the client reads the files and sends their bytes, and sends the instrument
(lexicons, roster, model) once to each worker process. What is under way is bounded, so that a run over any number of
documents holds no more of them than the cluster has in hand. Dask does the work of a worker that died elsewhere; a document
over which workers die again and again is found by trying the suspects alone.
"""

from __future__ import annotations

import contextlib
import pickle
import queue
import time
import uuid
import warnings
from typing import TYPE_CHECKING, Any, NamedTuple

from stance.batch.connection import CONNECT_SECONDS, check_dask, quiet, reason_of, why_not
from stance.batch.remote import Done, Instrument, do_batch
from stance.batch.same import environment, libraries
from stance.batch.work import ENDED, with_data
from stance.errors import StanceError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from stance.batch.walk import Document
    from stance.batch.work import Outcome, Work

# A cluster that grows when there is work, or loses all its workers for a while, is waited for.
WORKERS_SECONDS = 300.0
_LOOK_SECONDS = 5.0  # between looks at how many workers there are
# A batch takes the scheduler about a millisecond, and is done again if its worker dies.
_BATCH_SECONDS = 0.2
_MOST_DOCUMENTS = 16
_MOST_BYTES = 1 << 20
_BATCHES_PER_THREAD = 2  # one that it works at, one that is there when it is done
_FEWEST_BATCHES = 8
_MOST_FORGOTTEN = 20  # batches one after the other that the scheduler may forget
_MOST_BYTES_UNDER_WAY = 256 << 20
_CONFIGURATION = {"distributed.admin.large-graph-warning-threshold": "1GB"}


def process(
    documents: Iterable[Document], work: Work, died: Callable[[Document, str], Outcome], address: str
) -> Iterator[tuple[Document, Outcome]]:
    """Yield documents with their outcomes, worked out by a cluster, as they come.

    Args:
        documents: What to do; files are read here, when the cluster has room for them.
        work: Does one document.
        died: Makes the outcome of a document over which workers died again and again, from it and the cause.
        address: Where the cluster's scheduler listens, such as `tcp://10.0.0.5:8786`.

    Raises:
        UsageError: Dask is not installed, or nothing that stance can use listens there.
        StanceError: The scheduler or all workers were lost, or they do not compute as this machine does.
    """
    check_dask()
    with contextlib.closing(_Cluster(address, work)) as cluster:
        waiting = iter(documents)
        suspects: list[Document] = []
        more = True
        while more or cluster.busy:
            while more and cluster.has_room:
                batch, beyond_help, more = _next_batch(waiting, cluster.batch_size)
                yield from ((document, work(document)) for document in beyond_help)
                if batch:
                    cluster.give(batch)
            for batch, outcomes, _ in cluster.collect():
                if outcomes:
                    yield from zip(batch, outcomes, strict=True)
                else:
                    suspects.extend(batch)
        # Dask blames all that a worker had when it died. With nothing else under way, it is the document's fault.
        for suspect in suspects:
            cluster.give([suspect])
            while cluster.busy:
                for _, outcomes, deaths in cluster.collect():
                    yield suspect, outcomes[0] if outcomes else died(suspect, f"{ENDED}, {deaths} in all")


def _next_batch(
    waiting: Iterator[Document], size: int
) -> tuple[Sequence[Document], Sequence[Document], bool]:
    """Return the next documents, with their bytes; those that have a problem; and whether there may be more."""
    batch: list[Document] = []
    beyond_help: list[Document] = []
    total = 0
    while len(batch) + len(beyond_help) < size and total < _MOST_BYTES:
        found = next(waiting, None)
        if found is None:
            return batch, beyond_help, False
        document = with_data(found)
        (beyond_help if document.problem else batch).append(document)
        total += _bytes_of(document)
    return batch, beyond_help, True


def _bytes_of(document: Document) -> int:
    item = document.item
    return len(document.data or b"") + (len(item.text or "") + len(item.data or b"") if item else 0)


class _UnderWay(NamedTuple):
    documents: Sequence[Document]
    size: int
    future: Any


class _Cluster:
    """A connection to a scheduler, what is under way there, and how much of that there may be."""

    def __init__(self, address: str, work: Work) -> None:
        import dask  # noqa: PLC0415 - an extra
        from distributed import Client  # noqa: PLC0415

        self._address = address
        self._under_way: dict[str, _UnderWay] = {}
        self._bytes = 0
        self._done: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._given = 0
        self._forgotten = 0  # batches since the last one that came back
        self._seconds = _BATCH_SECONDS  # for a document; the first ones go one by one, and tell
        self._threads = 0
        self._looked = self._had_workers = time.monotonic()
        self._closing = contextlib.ExitStack()
        with contextlib.ExitStack() as undo:
            undo.enter_context(quiet())
            undo.enter_context(dask.config.set(_CONFIGURATION))
            reason = why_not(address)
            try:
                if reason:
                    raise ConnectionError(reason)
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    self._client = Client(
                        address, timeout=CONNECT_SECONDS, set_as_default=False, name="stance"
                    )
            except Exception as error:  # noqa: BLE001, RUF100 - an address may be wrong in many ways
                raise UsageError(
                    f"--dask {address}: no Dask scheduler can be reached there ({reason_of(error)}); check the address, "
                    "such as tcp://10.0.0.5:8786, and that `dask scheduler` runs"
                ) from None
            undo.callback(self._close_client)
            self._name = f"stance-{uuid.uuid4().hex}"  # other clients have names of their own
            expected = environment(libraries(neural=work.resources.instrument.classifier == "neural"))
            self._instrument = self._client.submit(
                Instrument, pickle.dumps(work), expected, key=f"{self._name}-instrument", pure=False
            )
            self._look()
            self._spread()
            self._closing = undo.pop_all()

    @property
    def busy(self) -> bool:
        return bool(self._under_way)

    @property
    def has_room(self) -> bool:
        """Whether another batch can be given."""
        most = max(_FEWEST_BATCHES, _BATCHES_PER_THREAD * self._threads)
        return len(self._under_way) < most and (self._bytes < _MOST_BYTES_UNDER_WAY or not self._under_way)

    @property
    def batch_size(self) -> int:
        """How many documents make a batch that is worth its way."""
        return max(1, min(_MOST_DOCUMENTS, round(_BATCH_SECONDS / max(self._seconds, 1e-6))))

    def give(self, batch: Sequence[Document]) -> None:
        """Send a batch to the cluster."""
        self._given += 1
        # The scheduler passes bytes on; of documents it would have to make objects.
        packed = pickle.dumps(list(batch))
        key = f"{self._name}-{self._given}"
        with self._lost_in_a_line():
            future = self._client.submit(do_batch, self._instrument, packed, key=key, pure=False)
            self._under_way[key] = _UnderWay(batch, len(packed), future)
            self._bytes += len(packed)
            future.add_done_callback(lambda _: self._done.put(key))

    def collect(self) -> Iterator[tuple[Sequence[Document], Sequence[Outcome], int]]:
        """Wait for batches.

        Yields:
            A batch with its outcomes, or with none and the number of workers that died over it.
        """
        ended = self._wait()
        with self._lost_in_a_line():
            fine = {key: self._future(key) for key in ended if self._future(key).status == "finished"}
            found = self._client.gather(fine, errors="skip")
        for key in ended:
            batch, size, future = self._under_way.pop(key)
            self._bytes -= size
            done: Done | None = found.get(key)
            if done is None and future.status != "error" and self._again(batch):
                continue
            if done is None:
                yield batch, (), self._deaths(future)
            elif done.problem:
                raise StanceError(f"--dask {self._address}: {done.problem}; then go on with --resume")
            else:
                self._seconds += (done.seconds - self._seconds) / _FEWEST_BATCHES
                self._forgotten = 0
                yield batch, done.outcomes, 0

    def _again(self, batch: Sequence[Document]) -> bool:
        """Send a batch once more that the scheduler forgot, as it may while workers die; False if it does so on and on."""
        self._forgotten += 1
        if self._client.status != "running" or self._forgotten > _MOST_FORGOTTEN:
            return False
        self.give(batch)
        return True

    def _future(self, key: str) -> Any:
        return self._under_way[key].future

    def _wait(self) -> list[str]:
        """Return the keys of batches that ended, at least one."""
        ended: list[str] = []
        while not ended and self._under_way:
            with contextlib.suppress(queue.Empty):
                ended.append(self._done.get(timeout=1.0))
            if self._client.status != "running":
                raise self._lost()
            self._look()
        with contextlib.suppress(queue.Empty):
            while True:
                ended.append(self._done.get_nowait())
        return ended

    def _look(self) -> None:
        """Look now and then how many workers there are: they come and go."""
        now = time.monotonic()
        if self._threads and now - self._looked < _LOOK_SECONDS:
            return
        self._looked = now
        with self._lost_in_a_line():
            self._threads = sum(self._client.nthreads().values())
        if self._threads:
            self._had_workers = now
        elif now - self._had_workers >= WORKERS_SECONDS:
            raise StanceError(
                f"--dask {self._address}: the cluster has had no worker for {WORKERS_SECONDS:.0f} seconds; "
                f"start some with `dask worker {self._address}`, then give --resume"
            )

    def _spread(self) -> None:
        """Give all workers the instrument. Without that, the first batches would wait where it was unpacked first."""
        from asyncio import CancelledError  # noqa: PLC0415 - Dask has it imported; stance does not

        if not self._threads:
            return
        # A worker that comes later, or is passed over here, gets it with its first batch.
        with contextlib.suppress(Exception, CancelledError):
            self._instrument.exception(timeout=CONNECT_SECONDS)  # waits until it is there
            self._client.replicate([self._instrument])

    def _deaths(self, future: Any) -> int:
        """Return how many workers died over a batch.

        Raises:
            StanceError: Something else is the matter.
        """
        from distributed import KilledWorker  # noqa: PLC0415 - an extra

        if future.status != "error":
            raise self._lost()
        error = future.exception()
        if not isinstance(error, KilledWorker):
            raise StanceError(
                f"--dask {self._address}: the cluster cannot run stance ({reason_of(error.__cause__ or error)}); "
                "install the same stance on scheduler and workers, then give --resume"
            )
        if error.task == self._instrument.key:
            raise StanceError(
                f"--dask {self._address}: workers end when they get the lexicons and the model; give them more memory, "
                "then give --resume"
            )
        return int(error.allowed_failures) + 1

    @contextlib.contextmanager
    def _lost_in_a_line(self) -> Iterator[None]:
        """Say in a line that the scheduler was lost, however Dask puts that."""
        from asyncio import CancelledError  # noqa: PLC0415 - Dask has it imported; stance does not

        try:
            yield
        except (Exception, CancelledError):  # noqa: BLE001, RUF100 - of a dozen kinds, some of them private
            raise self._lost() from None

    def _lost(self) -> StanceError:
        return StanceError(
            f"--dask {self._address}: the connection to the scheduler was lost; what is done is kept, go on with --resume"
        )

    def close(self) -> None:
        """Leave the cluster, which drops what is under way."""
        self._closing.close()

    def _close_client(self) -> None:
        self._under_way.clear()
        with contextlib.suppress(Exception):
            self._client.close(timeout=1.0)
