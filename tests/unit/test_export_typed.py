"""Scores as Parquet and SQLite: what is written is what the CSV says, with types."""

from __future__ import annotations

import contextlib
import csv
import json
import shutil
import sqlite3
import sys

import pytest
from pyarrow import dataset, parquet

from stance.batch.local import Job, run_batch
from stance.batch.outputs import output_format
from stance.categories import Axis
from stance.errors import OutputError, UsageError
from stance.export import typed
from stance.export.csv import COLUMNS, SUMMARY_COLUMNS
from stance.export.typed import SCORES
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
            kind = SCORES.kind_of(column)
            row[column] = {
                "text": str,
                "integer": int,
                "real": float,
                "measured": lambda cell: float(cell) if cell else None,
                "truth": "true".__eq__,
            }[kind](cell)
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

    def failing(_documents, _table):
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


def summaries_of(path):
    """The summaries of a run in any format, as JSON has them, by document and actor."""
    if path.suffix == ".jsonl":
        lines = [json.loads(line) for line in path.read_text("utf-8").split("\n")[:-1]]
        return {(one["article"]["id"], own["actor"]): own for one in lines for own in one["actors"]}
    beside = path.with_name(f"{path.stem}.summaries{path.suffix}")
    if path.suffix == ".csv":
        with beside.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        for row in rows:
            row.update({name: float(row[name]) if row[name] else None for name in SUMMARY_COLUMNS[7:23]})
    elif path.suffix == ".parquet":
        rows = parquet.read_table(beside).to_pylist()
    else:
        with contextlib.closing(sqlite3.connect(path)) as base:
            base.row_factory = sqlite3.Row
            rows = [dict(row) for row in base.execute("SELECT * FROM summaries")]
    assert all(tuple(row) == SUMMARY_COLUMNS for row in rows)
    return {(row["doc_id"], row["actor"]): row for row in rows}


@pytest.mark.parametrize("name", ["o.csv", "o.parquet", "o.sqlite"])
def test_summaries_say_what_json_says(folder, tmp_path, resources, name):
    run_batch(Job(folder, tmp_path / "o.jsonl"), resources)
    run_batch(Job(folder, tmp_path / name), resources)
    said, found = summaries_of(tmp_path / "o.jsonl"), summaries_of(tmp_path / name)
    assert list(found) == list(said)
    assert any(own["quoted_mean"] is None for own in said.values())
    for key, own in said.items():
        axes = {axis.value: own["portrayal"].get(axis.value) for axis in Axis}
        plain = {column: value for column, value in own.items() if column in found[key]} | axes
        assert set(own) - set(plain) == {"portrayal", "story_sentences"}
        assert {column: found[key][column] for column in plain} == plain


def test_summaries_in_a_spreadsheet_run_no_formula(folder, tmp_path, resources):
    run_batch(Job(folder, tmp_path / "o.csv", source="=1+1"), resources)
    rows = summaries_of(tmp_path / "o.csv")
    assert {row["source"] for row in rows.values()} == {"'=1+1"}


@pytest.mark.parametrize("rows", [1, 40, 100_000])
def test_a_folder_of_parquet_files_has_the_rows_of_one_file(folder, tmp_path, resources, rows, monkeypatch):
    monkeypatch.setattr(typed, "_ROWS", 16)
    run_batch(Job(folder, tmp_path / "one.parquet"), resources)
    for _ in range(2):  # the second replaces the first
        run_batch(Job(folder, tmp_path / "many.parquet", partition=rows), resources)
    whole = of_parquet(tmp_path / "one.parquet")
    parts = sorted((tmp_path / "many.parquet").iterdir())
    assert [part.name for part in parts[:2]] == ["part-00000.parquet", "part-00001.parquet"][: len(parts)]
    assert len(parts) == -(-len(whole) // rows)
    assert dataset.dataset(tmp_path / "many.parquet").to_table().to_pylist() == whole
    assert {parquet.read_metadata(part).num_rows for part in parts[:-1]} <= {rows}
    assert not list(tmp_path.glob(".stance-*"))


def test_as_many_rows_as_a_part_holds_leave_no_empty_part(folder, tmp_path, resources):
    count = run_batch(Job(folder, tmp_path / "o.parquet"), resources).scores
    (tmp_path / "o.parquet").unlink()
    run_batch(Job(folder, tmp_path / "o.parquet", partition=count), resources)
    assert len(list((tmp_path / "o.parquet").iterdir())) == 1


def test_no_row_at_all_in_a_folder(tmp_path, resources):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("It rained.")
    run_batch(Job(tmp_path / "in", tmp_path / "o.parquet", partition=10), resources)
    table = dataset.dataset(tmp_path / "o.parquet").to_table()
    assert (table.num_rows, tuple(table.schema.names)) == (0, COLUMNS)


def test_a_folder_of_something_else_stays(folder, tmp_path, resources):
    (tmp_path / "o.parquet").mkdir()
    (tmp_path / "o.parquet" / "thesis.doc").write_text("years of work")
    with pytest.raises(OutputError, match="something here that is no folder of part-"):
        run_batch(Job(folder, tmp_path / "o.parquet", partition=10), resources)
    assert (tmp_path / "o.parquet" / "thesis.doc").read_text() == "years of work"
    assert not list(tmp_path.glob(".stance-*"))


def test_a_folder_that_is_there_stays_if_writing_fails(folder, tmp_path, resources, monkeypatch):
    target = tmp_path / "o.parquet"
    run_batch(Job(folder, target, partition=50), resources)
    before = {part.name: part.read_bytes() for part in target.iterdir()}

    def failing(documents, table):
        yield from list(kept(documents, table))[:60]
        raise OSError(28, "No space left on device")

    kept = typed.typed_rows
    monkeypatch.setattr(typed, "typed_rows", failing)
    with pytest.raises(OutputError, match="no space left"):
        run_batch(Job(folder, target, partition=50, source="other"), resources)
    assert {part.name: part.read_bytes() for part in target.iterdir()} == before
    assert not list(tmp_path.glob(".stance-*"))


def test_only_parquet_is_partitioned(tmp_path):
    with pytest.raises(UsageError, match="only Parquet is partitioned"):
        output_format(tmp_path / "o.csv", 10)


@pytest.mark.parametrize("name", ["o.csv", "o.parquet", "o.sqlite", "o.jsonl"])
def test_what_a_run_wrote_is_no_document_of_the_next(folder, resources, name):
    first = run_batch(Job(folder, folder / name), resources)
    other = folder / f"other{(folder / name).suffix}"
    again = run_batch(Job(folder, other), resources)
    assert (first.documents, first.failures) == (again.documents, again.failures) == (15, 1)


def test_a_folder_that_a_run_wrote_is_no_document_of_the_next(folder, resources):
    for target in (folder / "o.parquet", folder / "o.parquet", folder / "other.parquet"):
        summary = run_batch(Job(folder, target, partition=30), resources)
        assert (summary.documents, summary.failures) == (15, 1)
