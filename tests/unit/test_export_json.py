"""JSON: the contract's keys, rounding, and bytes that neither a reader nor a terminal stumbles over."""

from __future__ import annotations

import json
import math
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.export.json import SCHEMA, analysis_json, analysis_object, count_words, json_bytes, number
from stance.pipeline import analyze
from stance.reading.text import article_from_text
from stance.records import ActorSummary
from stance.resources import load_resources


@pytest.fixture(scope="module")
def resources():
    return load_resources(classifier="lexicon")


def analysis(resources, text="Obama lied. Trump was praised, said Putin."):
    return analyze(article_from_text(text, id="x", title="x"), resources)


def test_one_object(resources):
    found = json.loads(analysis_json(analysis(resources)))
    assert found["schema"] == SCHEMA
    assert found["article"]["text"] == "Obama lied. Trump was praised, said Putin."
    assert found == json.loads(analysis_json(analysis(resources), indent=2))


def test_one_line(resources):
    text = "Obama lied.\n\nTrump\u2028 won\u2029 praise.\r\nRussia \x0b\x0c\x1c\x1d\x1e\x85 failed."
    assert analysis_json(analysis(resources, text)).count(b"\n") == 1
    assert len(analysis_json(analysis(resources, text)).decode().splitlines()) == 1


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_reads_back_equal_and_holds_no_control(text):
    data = json_bytes({"text": text})
    assert json.loads(data) == {"text": text}
    assert all(unicodedata.category(character) not in {"Cc", "Zl", "Zp"} for character in data.decode()[:-1])


def test_lone_surrogates_are_escaped():
    assert json_bytes("\ud83d") == b'"\\ud83d"\n'


def test_bidi_controls_are_escaped():
    assert b"\\u202e" in json_bytes("\u202e")


@pytest.mark.parametrize(
    ("value", "expected"), [(-0.0, "0.0"), (-1e-9, "0.0"), (1 / 3, "0.333333"), (-1.0, "-1.0")]
)
def test_numbers(value, expected):
    assert repr(number(value)) == expected


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_json_is_refused(value):
    with pytest.raises(ValueError, match="JSON"):
        json_bytes(value)


def test_words():
    assert count_words("") == 0
    assert count_words("Mr. Obama -- well, 44th -- didn't … *") == 5
    assert count_words("x" * 1_000_000) == 1


def test_nothing_measured_is_null(resources):
    empty = ActorSummary("US", 2, None, None, None, 0, 0, 0, 2, None, None)
    found = analysis_object(replace(analysis(resources), actors=(empty,)))["actors"][0]
    assert found["mean"] is None
    assert found["sentences"] == 2
    measured = replace(empty, mean=0.0, neutral=1)
    assert analysis_object(replace(analysis(resources), actors=(measured,)))["actors"][0]["mean"] == 0.0


@pytest.mark.parametrize("classifier", ["linear", "lexicon"])
def test_evidence_in_the_data_adds_up_to_the_log_odds(classifier):
    text = "Obama won praise for courage. Russia betrayed its allies, and nobody trusts Trump.\n"
    found = analysis_object(analyze(article_from_text(text, id="x"), load_resources(classifier=classifier)))[
        "scores"
    ]
    assert len(found) == 3
    for score in found:
        total = math.fsum(item["contribution"] for item in score["evidence"])
        assert total == pytest.approx(math.log(score["p_positive"] / score["p_negative"]), abs=1e-3)
