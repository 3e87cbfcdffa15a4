"""Workers: the order of the input, deaths with their cause, no worker left."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time

import pytest

from stance.batch import pool
from stance.batch.pool import process


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
    assert list(process(range(50), uneven, died, workers)) == list(range(50))


def test_no_tasks():
    assert list(process([], double, died, 4)) == []


@pytest.mark.parametrize("workers", [1, 3])
def test_deaths_are_results(workers):
    assert list(process(range(8), deadly, died, workers)) == [
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
    assert list(process([1], raising, died, 1)) == ["1: the worker process ended (exit code 1)"]
    capfd.readouterr()


def test_results_larger_than_a_pipe():
    sizes = [5_000_000, 10, 3_000_000, 70_000]
    assert [len(data) for data in process(sizes, large, died, 2)] == sizes


def test_work_ahead_is_bounded(monkeypatch):
    monkeypatch.setattr(pool, "WINDOW", 2)
    pulled = []

    class Tasks(list):
        def __getitem__(self, place):
            pulled.append(place)
            return super().__getitem__(place)

    results = process(Tasks(range(100)), double, died, 2)
    assert next(results) == 0
    assert max(pulled) < 4
    results.close()


def test_a_worker_that_died_while_idle_is_replaced():
    results = process(range(40), double, died, 2)
    assert next(results) == 0
    for child in multiprocessing.active_children():
        child.kill()
        child.join()
    found = list(results)
    # Those under way are lost, none of the others.
    assert sum(isinstance(result, str) for result in found) <= 2
    assert len(found) == 39


def test_stopping_early_ends_the_workers():
    results = process(range(1000), uneven, died, 4)
    next(results)
    results.close()
    assert multiprocessing.active_children() == []


def test_workers_of_a_system_without_fork(monkeypatch):
    monkeypatch.setattr(pool, "_START", "spawn")
    assert list(process(range(5), double, died, 2)) == [0, 2, 4, 6, 8]


def test_workers_ignore_the_interrupt():
    assert list(process(range(6), interrupting, died, 2)) == list(range(6))


def interrupting(task):
    os.kill(os.getpid(), signal.SIGINT)
    return task
