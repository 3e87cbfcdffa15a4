"""The corpus of frames keeps what its datasheet promises; rows that break its format are refused."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

import pytest

from stance.categories import Axis, Function, Issue
from stance.errors import StanceError
from stance.research.coded import text_digest
from stance.research.frame_corpus import alpha, alphas, load_frame_codes, load_frame_rows
from stance.resources import data_folder

FOLDER = data_folder("corpus") / "frames"
SETS = load_frame_rows(FOLDER)
ROWS = [row for rows in SETS.values() for row in rows]
README = (data_folder("corpus") / "README.md").read_text("utf-8")


def test_enough_of_every_category() -> None:
    for axis in Axis:
        values = [own.get(axis, 0) for row in ROWS for own in row.agreed.axes.values()]
        assert values.count(-1) >= 60, axis
        assert values.count(1) >= 60, axis
    for issue in Issue:
        assert sum(issue in row.agreed.issues for row in ROWS) >= 40, issue
    for function in Function:
        assert sum(function in row.agreed.functions for row in ROWS) >= 40, function


def test_ids_and_texts_stand_once() -> None:
    assert len({row.id for row in ROWS}) == len(ROWS)
    assert len({" ".join(re.findall(r"\w+", row.text.lower())) for row in ROWS}) == len(ROWS)


def test_no_beginning_is_a_template() -> None:
    for length, most in ((3, 9), (4, 6)):
        starts = [" ".join(row.text.split()[:length]) for row in ROWS]
        assert max(map(starts.count, set(starts))) <= most


def test_a_third_is_held_back() -> None:
    assert sum(row.held_back for row in ROWS) / len(ROWS) == pytest.approx(1 / 3, abs=0.03)


def test_the_datasheet_says_how_many_and_how_the_coders_agree() -> None:
    for name, rows in SETS.items():
        assert f"| `{name}.jsonl` | {len(rows):,} |" in README
        said = {
            line.split()[0]: line.split()[1:]
            for line in README.splitlines()
            if len(line.split()) == 4 and re.fullmatch(r"[01]\.\d\d", line.split()[-1])
        }
        place = ["allusive", "news"].index(name)
        for category, value in alphas(rows).items():
            assert value >= 0.5
            assert float(said[category][place]) == pytest.approx(value, abs=0.0051), (name, category)


def test_what_two_coders_say_differently_is_empty() -> None:
    for row in ROWS:
        for actor, own in row.agreed.axes.items():
            for axis, value in own.items():
                assert row.first.axes[actor][axis] == row.second.axes[actor][axis] == value
        assert row.agreed.issues == row.first.issues & row.second.issues


def test_codes_of_articles_hold_no_text() -> None:
    lines = (FOLDER / "codes" / "news.jsonl").read_text("utf-8").splitlines()
    assert f"{len(lines)} sentences of real news articles" in README
    for line in lines:
        row = json.loads(line)
        assert list(row) == ["doc", "article", "start", "end", "first", "second"]
        assert 0 <= row["start"] < row["end"]


def test_training_codes_hold_no_text_and_are_of_other_articles() -> None:
    rows = [
        json.loads(line) for line in (FOLDER / "codes" / "training.jsonl").read_text("utf-8").splitlines()
    ]
    measured = {
        json.loads(line)["doc"] for line in (FOLDER / "codes" / "news.jsonl").read_text("utf-8").splitlines()
    }
    assert f"{len(rows):,} sentences of other articles" in README
    assert measured.isdisjoint(row["doc"] for row in rows)
    for row in rows:
        assert list(row) == ["doc", "article", "start", "end", "actors", "issues"]
        assert set(row["issues"]) <= set(map(str, Issue))
        for own in row["actors"].values():
            for axis, (value, *place) in own.items():
                assert axis in set(map(str, Axis))
                assert value in {-1, 1}
                assert not place or row["start"] <= place[0] < place[1] <= row["end"]


def test_alpha_of_what_never_differs() -> None:
    assert alpha([(1, 1), (0, 0)]) == 1.0
    assert math.isnan(alpha([(0, 0), (0, 0)]))
    assert alpha([(1, 0), (0, 1), (1, 1), (0, 0)]) < 0.5


ROW = {"id": "a", "text": "Obama lied.", "actors": {"Obama": {"honesty": -1}}, "issues": [], "functions": {}}


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ("x", json.dumps(ROW), "a.jsonl:1: no row of a frame corpus"),
        ("[]", json.dumps(ROW), "a.jsonl:1: no row of a frame corpus"),
        (json.dumps(ROW), json.dumps({**ROW, "id": "b"}), "a.jsonl:1: a has no second coding"),
        (json.dumps({**ROW, "issues": ["sport"]}), json.dumps(ROW), "a.jsonl:1: no coding of frames"),
        (
            json.dumps({**ROW, "actors": {"Obama": {"honesty": 2}}}),
            json.dumps(ROW),
            "a value on an axis is -1 or 1",
        ),
        (
            json.dumps(ROW),
            json.dumps({**ROW, "actors": {"Trump": {}}}),
            "the two codings are of other actors",
        ),
        (json.dumps({**ROW, "actors": []}), json.dumps(ROW), "a.jsonl:1: no coding of frames"),
    ],
)
def test_rows_that_are_refused(tmp_path: Path, first: str, second: str, message: str) -> None:
    (tmp_path / "a.jsonl").write_text(first + "\n", encoding="utf-8")
    (tmp_path / "second-coding.jsonl").write_text(second + "\n", encoding="utf-8")
    with pytest.raises(StanceError) as caught:
        load_frame_rows(tmp_path)
    assert message in str(caught.value)


def test_codes_of_another_text_are_refused(tmp_path: Path) -> None:
    text = "Obama lied. He left."
    coding = {key: ROW[key] for key in ("actors", "issues", "functions")}
    code = {
        "doc": "d",
        "article": text_digest(text),
        "start": 0,
        "end": 11,
        "first": coding,
        "second": coding,
    }
    path = tmp_path / "codes.jsonl"
    path.write_text(json.dumps(code) + "\n", encoding="utf-8")
    (found,) = load_frame_codes(path, {"d": text})
    assert (found.row.text, found.row.agreed.axes["Obama"]) == ("Obama lied.", {Axis.HONESTY: -1})
    assert load_frame_codes(path, {"e": text}) == []
    with pytest.raises(StanceError, match=r"codes.jsonl:1: the code is of another text of d"):
        load_frame_codes(path, {"d": "Another text."})
    path.write_text(json.dumps({"doc": "d"}) + "\n", encoding="utf-8")
    with pytest.raises(StanceError, match=r"codes.jsonl:1: no code of a sentence"):
        load_frame_codes(path, {"d": text})
