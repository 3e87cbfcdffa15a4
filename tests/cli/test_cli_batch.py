"""`stance batch` as a process: summary, failures, signals."""

from __future__ import annotations

import os
import pty
import shutil
import signal
import subprocess
import time

import pytest
from stance_process import ARTICLE, ARTICLES, COMMAND, CONTROL, LEXICON, environment, heed_interrupts, stance


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(ARTICLES, tmp_path / "in")
    return tmp_path


def test_all_well(folder):
    done = stance("batch", "in", "-o", "o.csv", *LEXICON, cwd=folder)
    assert (done.code, done.out) == (0, "")
    assert "14 documents, " in done.err
    assert "0 failures" in done.err
    assert "scores are in o.csv" in done.err
    assert sorted(path.name for path in folder.iterdir()) == ["in", "o.csv"]


def test_quiet(folder):
    assert stance("batch", "in", "-o", "o.jsonl", "-q", *LEXICON, cwd=folder).err == ""


def test_some_failed(folder):
    (folder / "in/\x1b[31m[red].txt").touch()
    done = stance("batch", "in", "-o", "o.csv", *LEXICON, cwd=folder)
    assert done.code == 1
    assert "1 failure " in done.err
    assert "failures are in o.failures.csv" in done.err
    assert not CONTROL.search(done.err)


def test_batch_says_what_analyze_says(folder):
    stance("batch", "in", "-o", "o.jsonl", *LEXICON, "--pattern", "oped*", "--date", "2018-06-27", cwd=folder)
    alone = stance(
        "analyze",
        "in/oped-korean-knot.txt",
        *LEXICON,
        "--format",
        "jsonl",
        "--date",
        "2018-06-27",
        cwd=folder,
    )
    expected = alone.raw.replace(b'"id":"oped-korean-knot"', b'"id":"oped-korean-knot.txt"')
    assert (folder / "o.jsonl").read_bytes() == expected


def test_the_same_bytes_wherever_it_runs(folder):
    (folder / "in" / "é.txt").write_bytes(ARTICLE.read_bytes())
    found = set()
    for changes in ({}, {"PYTHONHASHSEED": "7"}, {"LC_ALL": "C"}, {"TZ": "Asia/Tokyo"}):
        for workers in ("1", "3"):
            stance("batch", "in", "-o", "o.csv", *LEXICON, "--workers", workers, cwd=folder, **changes)
            found.add((folder / "o.csv").read_bytes())
    assert len(found) == 1


def test_the_encoder_gives_the_same_bytes_with_any_number_of_workers(folder):
    for name in ("a", "b", "c"):
        (folder / "in" / f"{name}.txt").write_bytes(ARTICLE.read_bytes())
    found = set()
    for workers in ("1", "2"):
        done = stance(
            "batch", "in", "-o", "o.csv", "--classifier", "neural", "--workers", workers, cwd=folder
        )
        assert "Error" not in done.err
        found.add((folder / "o.csv").read_bytes())
    assert len(found) == 1
    assert b",neural," in found.pop()


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("in",), "--output"),
        (("in", "-o", "o.xlsx"), ".jsonl"),
        (("in", "-o", "o"), ".jsonl"),
        (("in", "-o", "nowhere/o.csv"), "mkdir"),
        (("in", "-o", "folder.csv"), "folder"),
        (("in", "-o", "o.csv", "--pattern", "*.md"), "--pattern"),
        (("in", "-o", "o.csv", "--workers", "-1"), "--workers"),
        (("in", "-o", "o.csv", "--date", "today"), "--date"),
        (("nowhere", "-o", "o.csv"), "no such folder"),
        (("in/oped-korean-knot.txt", "-o", "o.csv"), "stance analyze"),
    ],
    ids=str,
)
def test_usage(folder, arguments, word):
    (folder / "folder.csv").mkdir()
    done = stance("batch", *arguments, *LEXICON, cwd=folder)
    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1
    assert word in done.err
    assert sorted(path.name for path in folder.iterdir()) == ["folder.csv", "in"]


def on_terminal(*arguments, cwd):
    """Run with stderr on a terminal and return what it shows."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, *arguments], stderr=theirs, stdout=subprocess.PIPE, cwd=cwd, env=environment(TERM="xterm")
    ) as process:
        os.close(theirs)
        shown = b""
        try:
            while chunk := os.read(ours, 65536):
                shown += chunk
        except OSError:
            pass  # the terminal is closed when the process ends
        os.close(ours)
        assert process.wait() == 0
    return shown.decode()


def test_a_terminal_sees_a_bar(folder):
    shown = on_terminal("batch", "in", "-o", "o.csv", *LEXICON, cwd=folder)
    assert "14/14" in shown
    assert "files/s" in shown
    assert on_terminal("batch", "in", "-o", "o.csv", *LEXICON, "--quiet", cwd=folder) == ""


@pytest.fixture
def many(folder):
    for number in range(20):
        shutil.copytree(ARTICLES, folder / "in" / str(number))
    (folder / "o.csv").write_text("old")
    return folder


def start(many, *arguments):
    return subprocess.Popen(
        [*COMMAND, "batch", "in", "-o", "o.csv", *LEXICON, "--workers", "3", *arguments],
        cwd=many,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=heed_interrupts,
    )


def members(session):
    """Return the living processes of a session."""
    found = []
    for entry in os.scandir("/proc"):
        try:
            fields = open(f"/proc/{entry.name}/stat").read().rsplit(")", 1)[1].split()  # noqa: PTH123, SIM115
        except (OSError, IndexError):
            continue
        if int(fields[3]) == session and fields[0] not in "ZX":
            found.append(int(entry.name))
    return found


def wait_for_workers(process):
    deadline = time.monotonic() + 30
    while len(members(process.pid)) < 4 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)


def gone(session, seconds=5):
    deadline = time.monotonic() + seconds
    while members(session) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not members(session)


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="looks for orphans in /proc")  # noqa: PTH112
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("whole_group", [True, False])
@pytest.mark.parametrize("delay", [0.0, 0.3])
def test_signals(many, number, code, whole_group, delay):
    process = start(many)
    wait_for_workers(process)
    time.sleep(delay)
    began = time.monotonic()
    (os.killpg if whole_group else os.kill)(process.pid, number)
    out, err = process.communicate(timeout=30)
    assert time.monotonic() - began < 2
    assert (process.returncode, out, err) == (code, b"", b"")
    assert gone(process.pid)
    assert sorted(path.name for path in many.iterdir()) == ["in", "o.csv"]
    assert (many / "o.csv").read_text() == "old"


@pytest.mark.parametrize("delay", [0.05, 0.1, 0.2, 0.3])
def test_an_early_interrupt(many, delay):
    process = start(many)
    time.sleep(delay)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    # Before stance begins to run, the signal is answered by Python's own start.
    assert process.returncode == 130 or b"stance" not in err.replace(b"/stance/__main__.py", b"")
    assert process.returncode != 130 or err == b""
    assert (many / "o.csv").read_text() == "old"


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="looks for orphans in /proc")  # noqa: PTH112
def test_killed(many):
    process = start(many)
    wait_for_workers(process)
    process.kill()
    process.communicate(timeout=30)
    assert gone(process.pid)
    assert (many / "o.csv").read_text() == "old"


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="looks for workers in /proc")  # noqa: PTH112
def test_a_worker_is_killed(many):
    process = start(many)
    wait_for_workers(process)
    time.sleep(0.1)
    os.kill(max(members(process.pid)), signal.SIGKILL)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 1
    assert b"293 documents" in err
    assert b"1 failure " in err
    assert "ended by SIGKILL" in (many / "o.failures.csv").read_text()
