"""Reading that does not end by itself is given up, by the processor's clock."""

from __future__ import annotations

import contextlib
import signal
import threading
import time

import pytest

from stance.errors import ReadError
from stance.reading import patience, plain
from stance.reading.formats import Extracted, read_document

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no such clock here")


def endless(*_):
    """Work for ever, and catch whatever can be caught, as some libraries do."""
    while True:
        try:
            for _ in range(1_000):
                pass
        except Exception:  # noqa: BLE001, S112, PERF203, RUF100
            continue


def stubborn(*_):
    """Catch even what is no Exception, a few times."""
    for _ in range(3):
        with contextlib.suppress(BaseException):
            endless()
    return Extracted("Obama lied.")


@pytest.mark.parametrize("reader", [endless, stubborn])
def test_a_reader_that_does_not_end_is_given_up(monkeypatch, reader):
    monkeypatch.setattr(patience, "SECONDS", 0.2)
    monkeypatch.setattr(patience, "_AGAIN", 0.1)
    monkeypatch.setattr(plain, "read", reader)
    before = signal.getsignal(signal.SIGVTALRM)
    began = time.process_time()
    if reader is endless:
        with pytest.raises(
            ReadError, match=r"a.txt: reading it took over 0.2 seconds of the processor; split it"
        ):
            read_document(b"x", "a.txt")
    else:
        assert read_document(b"x", "a.txt").text == "Obama lied."
    assert time.process_time() - began < 5
    assert signal.getsignal(signal.SIGVTALRM) == before
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)


def test_waiting_is_no_work(monkeypatch):
    monkeypatch.setattr(patience, "SECONDS", 0.2)
    with patience.patience("a"):
        time.sleep(0.5)


def test_what_a_reader_raises_is_raised_and_the_clock_stops(monkeypatch):
    monkeypatch.setattr(patience, "SECONDS", 0.2)
    with pytest.raises(ValueError, match="own"), patience.patience("a"):
        raise ValueError("own")
    began = time.process_time()
    while time.process_time() - began < 0.5:
        pass


def test_other_threads_have_no_limit(monkeypatch):
    monkeypatch.setattr(patience, "SECONDS", 0.1)
    done = []

    def work():
        with patience.patience("a"):
            began = time.process_time()
            while time.process_time() - began < 0.4:
                pass
        done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done
