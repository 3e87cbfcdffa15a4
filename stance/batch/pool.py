"""Worker processes that may die, results in the order of the input.

`concurrent.futures` gives up all work in flight when one worker dies and does not say whose fault it was.
Here each worker has a pipe of its own, so the document that killed it is known, and the run goes on.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import sys
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Generic, TypeVar

from stance.errors import StanceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Task = TypeVar("Task")
Result = TypeVar("Result")

# How many tasks a worker may be ahead of the output: one slow document must not fill the memory with others.
WINDOW = 16
_GRACE_SECONDS = 1.0
# Forking a program without threads is safe, takes milliseconds and shares the loaded lexicons.
_START = "fork" if sys.platform == "linux" else "spawn"


def process(
    tasks: Sequence[Task],
    work: Callable[[Task], Result],
    died: Callable[[Task, str], Result],
    workers: int,
) -> Iterator[Result]:
    """Yield the results of tasks in their order, worked out by other processes.

    Args:
        tasks: What to do; small, they go through a pipe.
        work: Does one task. It must not raise: an exception of it counts as the death of the worker.
        died: Makes the result of a task whose worker died, from the task and the cause.
        workers: How many processes.

    Raises:
        StanceError: No worker can be started.
    """
    with contextlib.closing(_Pool(work, min(workers, len(tasks)))) as pool:
        done: dict[int, Result] = {}
        sent = 0
        for place in range(len(tasks)):
            while place not in done:
                limit = min(len(tasks), place + WINDOW * workers)
                while pool.idle and sent < limit:
                    pool.give(sent, tasks[sent])
                    sent += 1
                for number, result, cause in pool.collect():
                    done[number] = result if not cause and result is not None else died(tasks[number], cause)
            yield done.pop(place)


class _Worker(Generic[Task, Result]):
    """A process, the parent's ends of the pipes to and from it, and the number of the task that it has.

    Two one-way pipes: a two-way one is a socket, and this program shall work where those are forbidden.
    """

    def __init__(self, work: Callable[[Task], Result], others: Sequence[_Worker[Task, Result]]) -> None:
        context = multiprocessing.get_context(_START)
        self.task: int | None = None
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
    def __init__(self, work: Callable[[Task], Result], workers: int) -> None:
        self._work = work
        self._workers: list[_Worker[Task, Result]] = []
        try:
            for _ in range(workers):
                self._start()
        except BaseException:
            self.close()
            raise

    @property
    def idle(self) -> bool:
        return any(worker.task is None for worker in self._workers)

    def give(self, number: int, task: Task) -> None:
        """Give a task to a worker that has none."""
        worker = next(worker for worker in self._workers if worker.task is None)
        try:
            worker.tasks.send(task)
        except OSError:
            # It died while it had nothing to do; that is not the task's fault.
            worker = self._replace(worker)
            with contextlib.suppress(OSError):
                worker.tasks.send(task)
        worker.task = number

    def collect(self) -> Iterator[tuple[int, Result | None, str]]:
        """Wait for workers; yield a task's number with its result, or with what its worker died of."""
        busy = {worker.results: worker for worker in self._workers if worker.task is not None}
        for results in wait(list(busy)):
            assert isinstance(results, Connection)  # noqa: S101 - wait() returns what it was given
            worker = busy[results]
            number, worker.task = worker.task, None
            assert number is not None  # noqa: S101 - only busy workers were waited for
            try:
                yield number, results.recv(), ""
            except (EOFError, OSError):
                cause = worker.cause_of_death()
                self._replace(worker)
                yield number, None, cause

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
