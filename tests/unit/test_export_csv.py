"""CSV: what is written reads back equal, and a spreadsheet runs none of it."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.export.csv import COLUMNS, csv_bytes, defuse, parents_of, restore, score_rows
from stance.pipeline import analyze
from stance.reading.text import article_from_text
from stance.resources import load_resources

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "－1", "-", "="]
any_text = st.text(st.characters(codec="utf-8"))


@pytest.fixture(scope="module")
def resources():
    return load_resources(classifier="lexicon")


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))


def table(resources, text, *, raw=False, **facts):
    found = analyze(article_from_text(text, id=facts.pop("id", "x"), title="t", **facts), resources)
    data = csv_bytes([COLUMNS]) + csv_bytes(score_rows(found, parents_of(resources.roster)), raw=raw)
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


@given(st.lists(st.lists(any_text, min_size=2, max_size=4), max_size=4))
def test_reads_back_equal(rows):
    data = csv_bytes(rows)
    assert [[restore(cell) for cell in row] for row in read(data)] == rows
    assert read(csv_bytes(rows, raw=True)) == rows


@given(any_text)
def test_defusing_is_undone(text):
    assert restore(defuse(text)) == text
    assert not defuse(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_are_defused(text):
    assert read(csv_bytes([[text, "x"]])) == [["'" + text, "x"]]
    assert read(csv_bytes([[text, "x"]], raw=True)) == [[text, "x"]]


@pytest.mark.parametrize("text", ["'", "'tis", "", " =1", "a=1", "5-4", "''", "’s"])
def test_harmless_strings_stay(text):
    assert defuse(text) == text
    assert restore(text) == text


@pytest.mark.parametrize("text", ["'=1", "''-x", "'@"])
def test_what_looks_defused_stays_apart(text):
    assert defuse(text) == "'" + text
    assert restore(defuse(text)) == text


def test_numbers_stay_numbers():
    assert csv_bytes([[-1, -0.5, 0.0, "-1"]]) == b"-1,-0.5,0.0,'-1\n"


def test_line_ends():
    assert csv_bytes([["a", "b"], ["c", "d"]]) == b"a,b\nc,d\n"
    assert csv_bytes([["a\rb", "a\r\nb\n"]]) == b'"a\rb","a\r\nb\n"\n'


def test_lone_surrogates_are_escaped():
    assert csv_bytes([["\udc80", "x"]]) == b"\\udc80,x\n"


def test_a_row(resources):
    rows = table(
        resources,
        '-Obama "lied" about Russia, \x1b[31mTrump said.',
        id="=id",
        path="+p",
        source="@source",
        date="2016-02-18",
    )
    row = next(row for row in rows if row["actor"] == "Obama")
    assert row["doc_id"] == "'=id"
    assert row["path"] == "'+p"
    assert row["source"] == "'@source"
    assert row["sentence"] == '\'-Obama "lied" about Russia, \x1b[31mTrump said.'
    assert float(row["score"]) < 0
    assert row["label"] == "negative"
    assert row["mention"] == "Obama"
    assert row["issues"] == ""
    assert row["abstained"] == "false"
    evidence = json.loads(row["evidence"])
    assert evidence[0]["text"] == "lied"
    assert set(evidence[0]) == {"start", "end", "text", "contribution", "kind"}
    assert ": " not in row["evidence"]


def test_parents(tmp_path):
    path = tmp_path / "roster.toml"
    path.write_text(
        'schema = "stance.roster/1"\n[[actor]]\nid = "Land"\nname = "Land"\nkind = "state"\n'
        '[actor.forms]\nname = ["Freedonia"]\n'
        '[[actor]]\nid = "Chief"\nname = "Chief"\nkind = "person"\nparent = "Land"\n[actor.forms]\nname = ["Firefly"]\n'
    )
    resources = load_resources(roster=path, classifier="lexicon")
    rows = table(resources, "Firefly lied to Freedonia.")
    assert {row["actor"]: row["actor_parent"] for row in rows} == {"Chief": "Land", "Land": ""}
