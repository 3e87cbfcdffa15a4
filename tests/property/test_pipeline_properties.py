"""The whole way, for any text: no exception, sound spans, finite scores, linear time, the same answer twice."""

from __future__ import annotations

import json
import math

import pytest
from hostile import SHAPES, TEXTS, is_linear
from hypothesis import given

from stance.export.csv import csv_bytes, parents_of, score_rows
from stance.export.json import analysis_object, json_bytes
from stance.pipeline import analyze
from stance.reading.text import article_from_text
from stance.resources import load_resources

RESOURCES = load_resources()
# One sentence without an end, full of actors and cues.
CROWDS = {
    "agents": "Obama lied and ",
    "patients": "Trump praised Obama ",
    "speakers": "Obama “lied” Trump ",
    "critics": "critics of Russia said that ",
}


@given(TEXTS)
def test_any_text_gives_a_sound_analysis(text: str) -> None:
    analysis = analyze(article_from_text(text, id="x"), RESOURCES)
    for sentence in analysis.sentences:
        assert 0 <= sentence.start < sentence.end <= len(text)
    for mention in analysis.mentions:
        sentence = analysis.sentences[mention.sentence - 1]
        assert sentence.start <= mention.start < mention.end <= sentence.end
    for quotation in analysis.quotations:
        assert 0 <= quotation.start < quotation.end <= len(text)
        if quotation.speaker:
            assert text[quotation.speaker.start : quotation.speaker.end] == quotation.speaker.text
    for score in analysis.scores:
        assert -1 <= score.score <= 1
        assert score.p_negative + score.p_neutral + score.p_positive == pytest.approx(1)
        logit = math.log(score.p_positive / score.p_negative)
        assert score.intercept + math.fsum(item.contribution for item in score.evidence) == pytest.approx(
            logit, abs=1e-9
        )
        for item in score.evidence:
            assert item.kind in {"context", "article"} or text[item.start : item.end] == item.text


@given(TEXTS)
def test_any_text_can_be_written_and_read_back(text: str) -> None:
    analysis = analyze(article_from_text(text, id="x"), RESOURCES)
    assert json.loads(json_bytes(analysis_object(analysis)))["article"]["text"] == text
    csv_bytes(score_rows(analysis, parents_of(RESOURCES.roster)))


@given(TEXTS)
def test_the_same_text_gives_the_same_analysis(text: str) -> None:
    article = article_from_text(text, id="x")
    assert analyze(article, RESOURCES) == analyze(article, RESOURCES)


@pytest.mark.parametrize("shape", [*SHAPES.values(), *CROWDS.values()], ids=[*SHAPES, *CROWDS])
def test_time_is_linear_in_the_length(shape: str) -> None:
    assert is_linear(lambda text: analyze(article_from_text(text, id="x"), RESOURCES), shape)
