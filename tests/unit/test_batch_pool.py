"""Workers: every task once, deaths with their cause, no worker left."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time

import pytest

from stance.batch import pool
from stance.batch.pool import process as run


def process(*arguments, **options):
    """Return the results in the order of the tasks."""
    return [result for _, result in sorted(run(*arguments, **options))]


def double(task):
    return task * 2


def uneven(task):
    time.sleep(0.02 if task % 3 == 0 else 0)
    return task


def deadly(task):
    if task % 4 == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    if task % 4 == 3:
        os._exit(7)
    return str(task)


def raising(task):
    raise ValueError(task)


def died(task, cause):
    return f"{task}: {cause}"


def large(task):
    return b"x" * task


@pytest.fixture(autouse=True)
def _nobody_is_left():
    yield
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("workers", [1, 2, 8])
def test_results_come_in_order(workers):
    assert (process(range(50), uneven, died, workers)) == list(range(50))


def test_no_tasks():
    assert (process([], double, died, 4)) == []


@pytest.mark.parametrize("workers", [1, 3])
def test_deaths_are_results(workers):
    assert (process(range(8), deadly, died, workers)) == [
        "0",
        "1: the worker process was ended by SIGKILL",
        "2",
        "3: the worker process ended (exit code 7)",
        "4",
        "5: the worker process was ended by SIGKILL",
        "6",
        "7: the worker process ended (exit code 7)",
    ]


def test_an_exception_is_a_death(capfd):
    assert (process([1], raising, died, 1)) == ["1: the worker process ended (exit code 1)"]
    capfd.readouterr()


def test_results_larger_than_a_pipe():
    sizes = [5_000_000, 10, 3_000_000, 70_000]
    assert [len(data) for data in process(sizes, large, died, 2)] == sorted(sizes)


def test_tasks_are_taken_when_a_worker_is_free():
    pulled = []

    class Tasks(list):
        def __getitem__(self, place):
            pulled.append(place)
            return super().__getitem__(place)

    results = run(Tasks(range(100)), double, died, 2)
    next(results)
    assert len(pulled) <= 4
    results.close()


def test_a_death_has_one_more_try(tmp_path):
    def unlucky(task):
        mark = tmp_path / str(task)
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return task

    assert process(range(6), unlucky, died, 2) == list(range(6))


@pytest.mark.parametrize("workers", [1, 3])
def test_what_takes_too_long_is_given_up(workers):
    began = time.monotonic()
    found = process(range(6), slow, died, workers, timeout=0.4)
    assert found == [0, 1, "2: it took longer than 0.4 seconds", 3, 4, 5]
    assert time.monotonic() - began < 5


def slow(task):
    time.sleep(30 if task == 2 else 0.01)
    return task


def test_a_worker_that_died_while_idle_is_replaced():
    results = run(range(40), double, died, 2)
    next(results)
    for child in multiprocessing.active_children():
        child.kill()
        child.join()
    found = [result for _, result in results]
    # Those under way have another try.
    assert len(found) == 39
    assert not any(isinstance(result, str) for result in found)


def test_stopping_early_ends_the_workers():
    results = run(range(1000), uneven, died, 4)
    next(results)
    results.close()
    assert multiprocessing.active_children() == []


def test_workers_of_a_system_without_fork(monkeypatch):
    monkeypatch.setattr(pool, "_START", "spawn")
    assert (process(range(5), double, died, 2)) == [0, 2, 4, 6, 8]


def test_workers_ignore_the_interrupt():
    assert (process(range(6), interrupting, died, 2)) == list(range(6))


def interrupting(task):
    os.kill(os.getpid(), signal.SIGINT)
    return task
