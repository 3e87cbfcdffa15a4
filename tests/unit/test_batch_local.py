"""A folder to a file: the same bytes with any number of workers, and failures by name."""

from __future__ import annotations

import csv
import json
import os
import pickle
import shutil
from pathlib import Path

import pytest

from stance.batch import outputs, work
from stance.batch.local import Job, run_batch
from stance.batch.outputs import failures_path, output_format
from stance.batch.work import Work
from stance.errors import OutputError, ReadError, UsageError
from stance.export.csv import COLUMNS
from stance.resources import data_folder


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(data_folder("corpus") / "articles", tmp_path / "in")
    return tmp_path / "in"


def failures(output):
    with failures_path(output).open(encoding="utf-8", newline="") as lines:
        return {row["doc_id"]: (row["error"], row["remedy"]) for row in csv.DictReader(lines)}


def odd(folder):
    article = (folder / "oped-korean-knot.txt").read_bytes()
    contents = {
        b"empty.txt": b"", b"space.txt": b" \t\r\n", b"binary.txt": bytes(range(256)) * 100, b"zip.txt": b"PK\x03\x04",
        b"-dash.txt": article, b"a" * 251 + b".txt": article, b"esc\x1b[31m[red]\n.txt": b"Obama lied.\x1b[31m[/red]",
        b"nul.txt": b"\0Obama lied. " + b"Trump won praise. " * 4000 + b"\0", b"cr.txt": b"Title\r\rObama lied.\r",
        b"utf16.txt": "Obama lied about Russia.".encode("utf-16-le"), b"word.txt": b"x" * 1_000_000, b"\xff.txt": article,
    }  # fmt: skip
    for name, data in contents.items():
        Path(os.fsdecode(bytes(folder) + b"/" + name)).write_bytes(data)
    os.mkfifo(folder / "fifo.txt")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "device.txt").symlink_to("/dev/zero")
    (folder / "folder.txt").mkdir()


@pytest.mark.parametrize("name", ["o.csv", "o.jsonl"])
def test_the_same_bytes_with_any_number_of_workers(folder, tmp_path, resources, name):
    odd(folder)
    found = set()
    for workers in (1, 2, 8):
        output = tmp_path / str(workers) / name
        output.parent.mkdir()
        summary = run_batch(Job(folder, output, workers=workers), resources)
        found.add((output.read_bytes(), failures_path(output).read_bytes()))
        assert (summary.documents, summary.failures) == (21, 8)
    assert len(found) == 1


def test_odd_files_are_rows_with_reason_and_remedy(folder, tmp_path, resources):
    odd(folder)
    run_batch(Job(folder, tmp_path / "o.csv", workers=2), resources)
    found = failures(tmp_path / "o.csv")
    assert sorted(found) == [
        "\\udcff.txt", "binary.txt", "device.txt", "empty.txt", "fifo.txt", "loop.txt", "space.txt", "zip.txt",
    ]  # fmt: skip
    assert all(error and remedy for error, remedy in found.values())


def test_csv(folder, tmp_path, resources):
    summary = run_batch(Job(folder, tmp_path / "o.csv", source="=Outlet", date="2016-02-18"), resources)
    with (tmp_path / "o.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == summary.scores
    assert len({row["doc_id"] for row in rows}) == summary.documents == 14
    assert {(row["source"], row["date"]) for row in rows} == {("'=Outlet", "2016-02-18")}
    assert rows[0]["path"] == str(folder / rows[0]["doc_id"])
    assert not failures_path(tmp_path / "o.csv").exists()


def test_jsonl(folder, tmp_path, resources):
    summary = run_batch(Job(folder, tmp_path / "o.jsonl"), resources)
    found = [json.loads(line) for line in (tmp_path / "o.jsonl").read_text("utf-8").split("\n")[:-1]]
    assert [each["article"]["id"] for each in found] == sorted(each["article"]["id"] for each in found)
    assert sum(len(each["scores"]) for each in found) == summary.scores
    assert sum(len(each["sentences"]) for each in found) == summary.sentences
    assert all(each["actors"] for each in found)


def test_progress_counts_every_document(folder, tmp_path, resources):
    (folder / "empty.txt").touch()
    seen = []

    def progress(state):
        seen.append((state.done, state.total, state.failures))

    run_batch(Job(folder, tmp_path / "o.csv"), resources, progress=progress)
    assert [done for done, _, _ in seen] == list(range(16))
    assert {total for _, total, _ in seen} == {15}
    assert seen[-1] == (15, 15, 1)


def test_failures_of_an_earlier_run_go(folder, tmp_path, resources):
    (folder / "empty.txt").touch()
    run_batch(Job(folder, tmp_path / "o.csv"), resources)
    assert failures_path(tmp_path / "o.csv").exists()
    (folder / "empty.txt").unlink()
    run_batch(Job(folder, tmp_path / "o.csv"), resources)
    assert not failures_path(tmp_path / "o.csv").exists()


def test_output_inside_the_folder_is_no_document(folder, resources):
    for _ in range(2):
        (folder / "empty").touch()
        summary = run_batch(Job(folder, folder / "o.csv", pattern="*"), resources)
        assert (summary.documents, summary.failures) == (15, 1)


def test_a_file_that_vanishes(folder, tmp_path, resources):
    def progress(state):
        if not state.done:
            (folder / "wire-bering-trawler.txt").unlink(missing_ok=True)

    run_batch(Job(folder, tmp_path / "o.csv"), resources, progress=progress)
    assert failures(tmp_path / "o.csv") == {"wire-bering-trawler.txt": ("no such file", "check the path")}


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ReadError("{path}: is odd; mend it; twice"), ("is odd", "mend it; twice")),
        (MemoryError(), ("not enough memory for this document", "split it or give fewer --workers")),
        (
            RecursionError("maximum\ndepth"),
            ("unforeseen RecursionError: maximum depth", "please report this"),
        ),
    ],
)
def test_whatever_goes_wrong_is_a_failure(folder, tmp_path, resources, monkeypatch, error, expected):
    reading = work.read_bytes

    def failing(path):
        if path.name.startswith("oped"):
            raise type(error)(*(str(part).replace("{path}", str(path)) for part in error.args))
        return reading(path)

    monkeypatch.setattr(work, "read_bytes", failing)
    summary = run_batch(Job(folder, tmp_path / "o.csv"), resources)
    assert (summary.documents, summary.failures) == (13, 1)
    problem, remedy = failures(tmp_path / "o.csv")["oped-korean-knot.txt"]
    assert problem == expected[0]
    assert remedy.startswith(expected[1])


def test_a_worker_that_dies_is_a_failure(folder, tmp_path, resources, monkeypatch):
    reading = work.read_bytes
    monkeypatch.setattr(
        work, "read_bytes", lambda path: os._exit(3) if path.name.startswith("oped") else reading(path)
    )
    summary = run_batch(Job(folder, tmp_path / "o.csv", workers=2), resources)
    assert (summary.documents, summary.failures) == (13, 1)
    assert failures(tmp_path / "o.csv")["oped-korean-knot.txt"][0] == "the worker process ended (exit code 3)"


class Full(outputs.WholeFile):
    """A disk that is full after some writes."""

    left = 3

    def write(self, data):
        Full.left -= 1
        if Full.left < 0:
            raise OutputError("o.csv: no space left on the disk; free some")
        super().write(data)


@pytest.mark.parametrize("left", range(6))
def test_a_full_disk_leaves_what_was_there(folder, tmp_path, resources, monkeypatch, left):
    (folder / "empty.txt").touch()
    output = tmp_path / "out" / "o.csv"
    output.parent.mkdir()
    output.write_text("old")
    failures_path(output).write_text("old failures")
    monkeypatch.setattr(outputs, "WholeFile", Full)
    monkeypatch.setattr(Full, "left", left)
    with pytest.raises(OutputError):
        run_batch(Job(folder, output), resources)
    found = {path.name: path for path in output.parent.iterdir()}
    assert sorted(found) == ["o.csv", "o.csv.journal", "o.failures.csv"]
    assert found["o.csv"].read_text() == "old"
    assert found["o.failures.csv"].read_text() == "old failures"
    # Space was made, and nothing has to be done again.
    monkeypatch.undo()
    summary = run_batch(Job(folder, output, resume=True), resources)
    assert (summary.documents, summary.failures, summary.kept) == (14, 1, 14)
    assert not found["o.csv.journal"].exists()


def test_usage(folder, tmp_path, resources):
    with pytest.raises(UsageError, match=r"\.csv, \.jsonl"):
        output_format(tmp_path / "o.xlsx")
    with pytest.raises(UsageError, match="--pattern"):
        run_batch(Job(folder, tmp_path / "o.csv", pattern="*.md"), resources)
    assert output_format(Path("O.CSV")) == "csv"


def test_work_can_be_sent_to_another_process(resources):
    # Systems without fork need that.
    sent = pickle.loads(pickle.dumps(Work(resources, "csv", {})))  # noqa: S301 - our own bytes
    assert sent.resources.instrument == resources.instrument
