"""Whole cases with their sentences, made up in the manner of news; one JSON object a line."""

import json
from pathlib import Path
from typing import Any

import pytest

from stance.language.segment import segment

_CASES: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "cases.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("case", _CASES, ids=[case["id"] for case in _CASES])
def test_case(case: dict[str, Any]) -> None:
    assert [case["text"][start:end] for start, end in segment(case["text"])] == case["sentences"]


def test_cases_are_well_formed() -> None:
    assert len({case["id"] for case in _CASES}) == len(_CASES)
    for case in _CASES:
        joined = "".join("".join(sentence.split()) for sentence in case["sentences"])
        assert joined == "".join(case["text"].split()), case["id"]
