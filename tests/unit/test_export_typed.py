"""Scores as Parquet and SQLite: what is written is what the CSV says, with types."""

from __future__ import annotations

import contextlib
import csv
import shutil
import sqlite3
import sys

import pytest
from pyarrow import parquet

from stance.batch.local import Job, output_format, run_batch
from stance.errors import OutputError, UsageError
from stance.export import typed
from stance.export.csv import COLUMNS
from stance.resources import data_folder


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(data_folder("corpus") / "articles", tmp_path / "in")
    (tmp_path / "in" / "odd.txt").write_text(
        '=1+1 Obama lied,\n\n"\u2028Trump" won.\n\nObama lied about Russia.'
    )
    (tmp_path / "in" / "empty.txt").touch()
    return tmp_path / "in"


def expected(folder, tmp_path, resources):
    run_batch(Job(folder, tmp_path / "o.csv", raw=True), resources)
    with (tmp_path / "o.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        for column, cell in row.items():
            kind = typed.kind_of(column)
            row[column] = {"text": str, "integer": int, "real": float, "truth": "true".__eq__}[kind](cell)
    return rows


def of_sqlite(path):
    with contextlib.closing(sqlite3.connect(path)) as base:
        base.row_factory = sqlite3.Row
        return [dict(row) for row in base.execute("SELECT * FROM scores ORDER BY rowid")]


def of_parquet(path):
    return parquet.read_table(path).to_pylist()


@pytest.mark.parametrize(
    ("name", "read"), [("o.parquet", of_parquet), ("o.sqlite", of_sqlite), ("o.DB", of_sqlite)]
)
def test_the_same_as_the_csv_with_types(folder, tmp_path, resources, name, read, monkeypatch):
    monkeypatch.setattr(typed, "_ROWS", 50)
    rows = expected(folder, tmp_path, resources)
    summary = run_batch(Job(folder, tmp_path / name), resources)
    found = read(tmp_path / name)
    assert found == rows
    assert tuple(found[0]) == COLUMNS
    assert len(rows) == summary.scores
    assert (tmp_path / "o.failures.csv").read_text().count("empty.txt") == 2


@pytest.mark.parametrize("name", ["o.parquet", "o.sqlite"])
def test_the_same_bytes_with_any_number_of_workers(folder, tmp_path, resources, name):
    found = set()
    for workers in (1, 3):
        run_batch(Job(folder, tmp_path / name, workers=workers), resources)
        found.add((tmp_path / name).read_bytes())
    assert len(found) == 1


@pytest.mark.parametrize("name", ["o.parquet", "o.sqlite"])
def test_no_row_at_all(tmp_path, resources, name):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("It rained.")
    run_batch(Job(tmp_path / "in", tmp_path / name), resources)
    read = of_parquet if name.endswith("parquet") else of_sqlite
    assert read(tmp_path / name) == []


@pytest.mark.parametrize("name", ["o.parquet", "o.sqlite"])
def test_what_was_there_stays_if_writing_fails(folder, tmp_path, resources, name, monkeypatch):
    (tmp_path / name).write_text("old")

    def failing(_documents):
        yield from ()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(typed, "typed_rows", failing)
    with pytest.raises(OutputError, match="no space left"):
        run_batch(Job(folder, tmp_path / name), resources)
    assert (tmp_path / name).read_text() == "old"
    assert not list(tmp_path.glob(".stance-*"))
    monkeypatch.undo()
    assert run_batch(Job(folder, tmp_path / name, resume=True), resources).kept == 15


def test_a_missing_library_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r"pip install 'stance\[parquet\]'"):
        output_format(tmp_path / "o.parquet")
