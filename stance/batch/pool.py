"""Worker processes that may die or hang; results as they come.

`concurrent.futures` gives up all work in flight when one worker dies and does not say whose fault it was.
Here each worker has a pipe of its own, so the document that killed it is known, and the run goes on. A death may be
bad luck (the system was short of memory, and took the nearest process), so its document has one more try.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import sys
import time
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from stance.errors import StanceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

Task = TypeVar("Task")
Result = TypeVar("Result")

_NOTHING = object()
_GRACE_SECONDS = 1.0
# Forking a program without threads is safe, takes milliseconds and shares the loaded lexicons.
_START = "fork" if sys.platform == "linux" else "spawn"


def process(
    tasks: Iterable[Task],
    work: Callable[[Task], Result],
    died: Callable[[Task, str], Result],
    workers: int,
    *,
    timeout: float = 0.0,
) -> Iterator[tuple[Task, Result]]:
    """Yield tasks with their results, worked out by other processes, as they come.

    Args:
        tasks: What to do, taken one by one when a worker is free; they go through a pipe.
        work: Does one task. It must not raise: an exception of it counts as the death of the worker.
        died: Makes the result of a task whose worker died twice or was too slow, from the task and the cause.
        workers: How many processes, at the most.
        timeout: Seconds after which a worker's task is given up and the worker replaced; no limit if 0.

    Raises:
        StanceError: No worker can be started.
    """
    with contextlib.closing(_Pool(work, workers, timeout)) as pool:
        waiting = iter(tasks)
        again: list[Task] = []
        more = True
        while True:
            while more and pool.free and not again:
                task = next(waiting, _NOTHING)
                more = task is not _NOTHING
                if more:
                    pool.give(cast("Task", task), tried=False)
            while again and pool.free:
                pool.give(again.pop(), tried=True)
            if not pool.busy:
                if more or again:
                    continue
                return
            for given, result, cause, final in pool.collect():
                if cause and not final:
                    again.append(given)
                else:
                    yield given, result if not cause and result is not None else died(given, cause)


class _Worker(Generic[Task, Result]):
    """A process, the parent's ends of the pipes to and from it, and the task that it has.

    Two one-way pipes: a two-way one is a socket, and this program shall work where those are forbidden.
    """

    def __init__(self, work: Callable[[Task], Result], others: Sequence[_Worker[Task, Result]]) -> None:
        context = multiprocessing.get_context(_START)
        self.has: list[Task] = []  # one at the most
        self.tried = False
        self.since = 0.0
        tasks, self.tasks = context.Pipe(duplex=False)
        self.results, results = context.Pipe(duplex=False)
        inherited = [end for worker in (self, *others) for end in (worker.tasks, worker.results)]
        if _START != "fork":
            inherited = []
        arguments = (work, tasks, results, inherited)
        self.process = context.Process(target=_serve, args=arguments, daemon=True)  # type: ignore[attr-defined]
        with _signals_held():
            self.process.start()
        # From now on only the worker holds its ends, so that its death closes the pipes.
        tasks.close()
        results.close()

    def cause_of_death(self) -> str:
        self.process.join(_GRACE_SECONDS)
        code = self.process.exitcode
        if code is not None and code < 0:
            with contextlib.suppress(ValueError):
                return f"the worker process was ended by {signal.Signals(-code).name}"
        return f"the worker process ended (exit code {code})"

    def stop(self) -> None:
        self.tasks.close()
        self.results.close()
        self.process.kill()  # it holds nothing that has to be saved
        self.process.join(_GRACE_SECONDS)


class _Pool(Generic[Task, Result]):
    def __init__(self, work: Callable[[Task], Result], workers: int, timeout: float) -> None:
        self._work = work
        self._most = workers
        self._timeout = timeout
        self._workers: list[_Worker[Task, Result]] = []

    @property
    def free(self) -> bool:
        """Whether another task can be given: a worker has none, or one more may be started."""
        return len(self._workers) < self._most or any(not worker.has for worker in self._workers)

    @property
    def busy(self) -> bool:
        return any(worker.has for worker in self._workers)

    def give(self, task: Task, *, tried: bool) -> None:
        """Give a task to a worker that has none, which is started if need be."""
        worker = next((worker for worker in self._workers if not worker.has), None) or self._start()
        try:
            worker.tasks.send(task)
        except OSError:
            # It died while it had nothing to do; that is not the task's fault.
            worker = self._replace(worker)
            with contextlib.suppress(OSError):
                worker.tasks.send(task)
        worker.has, worker.tried, worker.since = [task], tried, time.monotonic()

    def collect(self) -> Iterator[tuple[Task, Result | None, str, bool]]:
        """Wait for workers.

        Yields:
            A task with its result, or with what its worker died of and whether another try would be no use.
        """
        busy = {worker.results: worker for worker in self._workers if worker.has}
        for results in wait(list(busy), self._patience()):
            assert isinstance(results, Connection)  # noqa: S101 - wait() returns what it was given
            worker = busy[results]
            task = worker.has.pop()
            try:
                yield task, results.recv(), "", True
            except (EOFError, OSError):
                cause, tried = worker.cause_of_death(), worker.tried
                self._replace(worker)
                yield task, None, cause, tried
        if self._timeout:
            yield from self._give_up()

    def _patience(self) -> float | None:
        """Return how many seconds to wait until the first worker has had its time."""
        if not self._timeout:
            return None
        began = min((worker.since for worker in self._workers if worker.has), default=0.0)
        return max(0.0, began + self._timeout - time.monotonic())

    def _give_up(self) -> Iterator[tuple[Task, None, str, bool]]:
        late = time.monotonic() - self._timeout
        for worker in list(self._workers):
            if worker.has and worker.since <= late and not worker.results.poll():
                task = worker.has.pop()
                self._replace(worker)
                yield task, None, f"it took longer than {self._timeout:g} seconds", True

    def close(self) -> None:
        for worker in self._workers:
            worker.stop()

    def _start(self) -> _Worker[Task, Result]:
        try:
            worker = _Worker(self._work, self._workers)
        except OSError as error:
            reason = error.strerror or error
            raise StanceError(
                f"a worker process cannot be started ({reason}); give fewer --workers"
            ) from None
        self._workers.append(worker)
        return worker

    def _replace(self, worker: _Worker[Task, Result]) -> _Worker[Task, Result]:
        worker.stop()
        self._workers.remove(worker)
        return self._start()


@contextlib.contextmanager
def _signals_held() -> Iterator[None]:
    """Hold signals back while a worker starts: in its first moments it would answer them like its parent."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(
    work: Callable[[Task], Result], tasks: Connection, results: Connection, inherited: Sequence[Connection]
) -> None:
    """Do tasks until the parent closes the pipes or dies."""
    # Ctrl-C goes to the whole process group; only the parent decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})
    for other in inherited:
        # A copy of another worker's pipe would hide from that worker that the parent is gone.
        other.close()
    with contextlib.suppress(EOFError, OSError):
        while True:
            results.send(work(tasks.recv()))
