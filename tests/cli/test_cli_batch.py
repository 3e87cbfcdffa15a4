"""`stance batch` as a process: summary, failures, signals."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import pty
import shutil
import signal
import sqlite3
import subprocess
import time
import zipfile

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
    assert sorted(path.name for path in folder.iterdir()) == ["in", "o.csv", "o.summaries.csv"]


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
    assert "documents/s" in shown
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
    assert (process.returncode, out) == (code, b"")
    assert gone(process.pid)
    assert (many / "o.csv").read_text() == "old"
    left = sorted(path.name for path in many.iterdir())
    if err:
        assert err.count(b"\n") == 1
        assert b"o.csv --classifier lexicon --workers 3 --resume" in err
        assert left == ["in", "o.csv", "o.csv.journal"]
    else:
        assert left == ["in", "o.csv"]


@pytest.mark.parametrize("delay", [0.05, 0.1, 0.2, 0.3])
def test_an_early_interrupt(many, delay):
    process = start(many)
    time.sleep(delay)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    # Before stance begins to run, while its first modules are imported, Python itself answers the signal.
    assert process.returncode == 130 or b", in main" not in err
    assert process.returncode != 130 or err == b"" or (err.count(b"\n") == 1 and b"--resume" in err)
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
    # Whatever it had in hand has another try.
    assert process.returncode == 0
    assert b"294 documents" in err


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    place = tmp_path_factory.mktemp("whole")
    shutil.copytree(ARTICLES, place / "in")
    for number in range(20):
        shutil.copytree(ARTICLES, place / "in" / str(number))
    (place / "in" / "empty.txt").touch()
    stance("batch", "in", "-o", "o.csv", *LEXICON, cwd=place)
    return written(place)


def written(place):
    return [(place / f"o.{name}").read_bytes() for name in ("csv", "failures.csv", "summaries.csv")]


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="looks for workers in /proc")  # noqa: PTH112
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_ended_again_and_again_gives_what_an_undisturbed_one_gives(many, undisturbed, number):
    (many / "in" / "empty.txt").touch()
    resumed, ended = [], 0
    for delay in (0.1, 0.35, 0.0, 0.5, 0.2):
        process = start(many, *resumed)
        wait_for_workers(process)
        time.sleep(delay)
        process.send_signal(number)
        process.communicate(timeout=30)
        assert gone(process.pid)
        ended += process.returncode not in {0, 1}
        if process.returncode in {0, 1}:
            break
        resumed = ["--resume"]
    assert ended
    done = stance("batch", "in", "-o", "o.csv", *LEXICON, "--resume", cwd=many)
    assert done.code == 1
    assert written(many) == undisturbed
    assert sorted(path.name for path in many.iterdir()) == [
        "in",
        "o.csv",
        "o.failures.csv",
        "o.summaries.csv",
    ]


def interrupted(many, number=signal.SIGKILL):
    """Leave the journal of a run that did not end."""
    process = start(many)
    wait_for_workers(process)
    while sum(path.stat().st_size for path in many.glob("o.csv.journal*")) < 150_000:
        assert process.poll() is None
        time.sleep(0.02)
    process.send_signal(number)
    process.communicate(timeout=30)
    assert gone(process.pid)


def test_an_unfinished_run_is_not_thrown_away(many):
    interrupted(many)
    done = stance("batch", "in", "-o", "o.csv", *LEXICON, cwd=many)
    assert done.code == 2
    assert "--resume" in done.err
    assert done.err.count("\n") == 1
    done = stance("batch", "in", "-o", "o.csv", *LEXICON, "--resume", cwd=many)
    assert done.code == 0
    assert "had been done by the earlier run" in done.err


def test_a_changed_document_or_instrument_is_noticed(many):
    interrupted(many)
    for path in sorted((many / "in").rglob("*.txt"))[:3]:
        path.write_text("Obama lied about Russia.")
    done = stance("batch", "in", "-o", "o.csv", *LEXICON, "--resume", cwd=many)
    assert "3 documents had changed since the earlier run" in done.err
    assert (many / "o.csv").read_text().count("Obama lied about Russia.") == 6
    interrupted(many)
    done = stance("batch", "in", "-o", "o.csv", *LEXICON, "--resume", "--date", "2016-01-01", cwd=many)
    assert "had changed since the earlier run, or the instrument had" in done.err
    assert "had been done by" not in done.err
    assert ",2016-01-01," in (many / "o.csv").read_text().split("\n")[1]


def test_two_runs_into_one_output(many):
    process = start(many)
    wait_for_workers(process)
    done = stance("batch", "in", "-o", "o.csv", *LEXICON, "--resume", cwd=many)
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert "another run is writing this output" in done.err
    process.communicate(timeout=60)
    assert process.returncode == 0


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"not a database, but a text that is long enough to be seen as one" * 20, "damaged, or no journal"),
        (None, "damaged, or no journal"),
    ],
    ids=["text", "cut off"],
)
def test_a_journal_that_is_none(many, data, word):
    if data is None:
        interrupted(many, signal.SIGTERM)
        data = (many / "o.csv.journal").read_bytes()
        data = data[: len(data) // 2]
    (many / "o.csv.journal").write_bytes(data)
    done = stance("batch", "in", "-o", "o.csv", *LEXICON, "--resume", cwd=many)
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert word in done.err
    assert (many / "o.csv").read_text() == "old"


@pytest.mark.parametrize(
    ("statements", "word"),
    [
        (["CREATE TABLE about (schema INTEGER)", "CREATE TABLE documents (id)", "INSERT INTO about VALUES (99)"], "version"),
        (["CREATE TABLE mine (id)"], "no journal of stance"),
    ],
)  # fmt: skip
def test_a_journal_of_another_kind(folder, statements, word):
    with contextlib.closing(sqlite3.connect(folder / "o.csv.journal")) as base, base:
        for statement in statements:
            base.execute(statement)
    done = stance("batch", "in", "-o", "o.csv", *LEXICON, "--resume", cwd=folder)
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert word in done.err


def test_long_documents_can_be_left_out(folder):
    (folder / "in" / "long.txt").write_text("Obama lied about Russia. " * 4_000)
    done = stance("batch", "in", "-o", "o.csv", *LEXICON, "--max-chars", "50000", cwd=folder)
    assert done.code == 1
    assert (
        'long.txt,in/long.txt,"100,000 characters, over the limit of 50,000"'
        in (folder / "o.failures.csv").read_text()
    )


def test_what_is_not_done_in_time_is_a_failure(folder):
    (folder / "in" / "long.txt").write_text("Obama lied about Russia and Trump. " * 60_000)
    limits = ("--timeout", "0.5", "--max-chars", "0", "--workers", "1")
    done = stance("batch", "in", "-o", "o.csv", *LEXICON, *limits, cwd=folder)
    assert done.code == 1
    assert "it took longer than 0.5 seconds" in (folder / "o.failures.csv").read_text()
    assert "14 documents" in done.err


def test_a_folder_of_every_format_is_killed_and_resumed(folder):
    """Broken files among them; what comes out is what an undisturbed run gives."""
    texts = [path.read_text() for path in sorted(ARTICLES.glob("*.txt"))]
    source = folder / "in"
    for number in range(6):
        rows = "".join(
            json.dumps({"id": f"{number}-{place}", "text": text}) + "\n" for place, text in enumerate(texts)
        )
        (source / f"{number}.jsonl").write_text(rows + "no json\n")
        with gzip.open(source / f"{number}.txt.gz", "wt") as packed:
            packed.write(texts[number])
        with zipfile.ZipFile(source / f"{number}.zip", "w") as archive:
            archive.writestr("a.txt", texts[number])
            archive.writestr(
                "a.html",
                "<article>" + "".join(f"<p>{line}</p>" for line in texts[number].splitlines()) + "</article>",
            )
        for ending in (".pdf", ".docx", ".parquet", ".warc", ".zip", ".csv", ".txt.gz"):
            (source / f"broken-{number}{ending}").write_bytes(b"PK\x03\x04 nothing")
    whole = folder / "whole.csv"
    done = stance("batch", "in", "-o", "whole.csv", *LEXICON, cwd=folder)
    assert done.code == 1
    resumed = []
    for _ in range(3):
        process = start(folder, *resumed)
        while sum(path.stat().st_size for path in folder.glob("o.csv.journal*")) < 150_000:
            if process.poll() is not None:
                break
            time.sleep(0.02)
        process.kill()
        process.communicate(timeout=30)
        assert gone(process.pid)
        resumed = ["--resume"]
    stance("batch", "in", "-o", "o.csv", *LEXICON, "--resume", cwd=folder)
    assert (folder / "o.csv").read_bytes() == whole.read_bytes()
    failures = (folder / "o.failures.csv").read_bytes()
    assert failures == (folder / "whole.failures.csv").read_bytes()
    assert failures.count(b"\n") == 1 + 6 * 7 + 6


@pytest.mark.parametrize("given", ["text", "text=", "body=x", "=x"])
def test_columns_that_are_none(folder, given):
    done = stance("batch", "in", "-o", "o.csv", *LEXICON, "--column", given, cwd=folder)
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert "FIELD=NAME" in done.err


OUTPUTS = ["o.csv", "o.jsonl", "o.parquet", "o.sqlite"]


@pytest.mark.parametrize("name", OUTPUTS)
@pytest.mark.parametrize("blocks", [1, 30, 90])
def test_a_disk_that_fills_up_loses_nothing(folder, name, blocks):
    # As on a full disk, but nobody has to be root for it: no file may be larger than so many blocks of 1 KiB. First the
    # journal cannot be made, then not go on, then the output not be written from it.
    stance("batch", "in", "-o", name, *LEXICON, cwd=folder)
    whole = {path.name: path.read_bytes() for path in folder.glob("o.*")}
    limited = subprocess.run(
        ["bash", "-c", f'ulimit -f {blocks}; "$@"', "-", *COMMAND, "batch", "in", "-o", name, *LEXICON,
         "--source", "another"],
        cwd=folder, env=environment(), capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    said = limited.stderr.decode()
    if limited.returncode == 0:
        assert max(len(data) for data in whole.values()) < blocks * 1024
        return
    assert (limited.returncode, said.count("\n")) == (2, 1)
    assert name in said
    assert {path: (folder / path).read_bytes() for path in whole} == whole
    again = stance("batch", "in", "-o", name, *LEXICON, "--source", "another", "--resume", cwd=folder)
    assert again.code == 0
    assert {path.name for path in folder.glob("o.*")} == set(whole)
    assert (folder / name).read_bytes() != whole[name]


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_folder_that_cannot_be_written_to(folder, name):
    done = stance("batch", "in", "-o", f"/proc/{name}", *LEXICON, cwd=folder)
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert f"/proc/{name}" in done.err


def test_a_table_of_metadata(folder):
    (folder / "about.csv").write_text("id,source\noped-korean-knot.txt,The Paper\nnowhere.txt,x\n")
    done = stance("batch", "in", "-o", "o.csv", *LEXICON, "--metadata", "about.csv", cwd=folder)
    assert done.code == 0
    assert done.err.count("1 row of the metadata is of no document here") == 1
    assert ",in/oped-korean-knot.txt,The Paper," in (folder / "o.csv").read_text()
    done = stance("batch", "in", "-o", "o.csv", *LEXICON, "--metadata", "about.csv", "--quiet", cwd=folder)
    assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize("data", ["id,date\na,tomorrow\n", "id,text\n", None])
def test_a_table_of_metadata_that_is_none(folder, data):
    if data is not None:
        (folder / "about.csv").write_text(data)
    done = stance("batch", "in", "-o", "o.csv", *LEXICON, "--metadata", "about.csv", cwd=folder)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert done.err.startswith("stance: about.csv:")
    assert not (folder / "o.csv").exists()


def test_texts_are_kept(folder):
    done = stance("batch", "in", "-o", "o.csv", *LEXICON, "--save-text", "texts", cwd=folder)
    assert done.code == 0
    assert (folder / "texts" / "oped-korean-knot.txt.txt").read_bytes() == ARTICLE.read_bytes()
    assert len(list((folder / "texts").glob("*.txt"))) == 14
    done = stance("batch", "in", "-o", "o.csv", *LEXICON, "--save-text", "in", cwd=folder)
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert "the documents are in this folder" in done.err


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="looks for workers in /proc")  # noqa: PTH112
def test_texts_of_a_run_that_is_killed_are_all_there_in_the_end(many):
    resumed = []
    for delay in (0.3, 0.5):
        process = start(many, "--save-text", "texts", *resumed)
        wait_for_workers(process)
        time.sleep(delay)
        process.kill()
        process.communicate(timeout=30)
        assert gone(process.pid)
        resumed = ["--resume"]
    done = stance("batch", "in", "-o", "o.csv", *LEXICON, "--resume", "--save-text", "texts", cwd=many)
    assert done.code == 0
    assert len(list((many / "texts").glob("[!.]*.txt"))) == 21 * 14
    for path in (many / "in").rglob("*.txt"):
        name = str(path.relative_to(many / "in")).replace("/", "%2F")
        assert (many / "texts" / f"{name}.txt").read_bytes() == path.read_bytes()
