"""The JSON contract: docs/schema/analysis.schema.json, and what a schema cannot say."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from stance.categories import Axis
from stance.export.json import analysis_object
from stance.pipeline import analyze
from stance.reading.text import article_from_text, read_article
from stance.resources import data_folder, load_resources

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/schema/analysis.schema.json").read_text("utf-8"))
ARTICLES = sorted((data_folder("corpus") / "articles").glob("*.txt"))
AXES = {axis.value for axis in Axis}
# The contract, key by key and in its order: it changes only together with its schema name.
KEYS = {
    "": ["schema", "instrument", "article", "sentences", "mentions", "quotations", "scores", "actors", "frames"],
    "instrument": ["version", "classifier", "model", "lexicons", "roster", "evidence"],
    "article": ["id", "path", "title", "source", "date", "author", "url", "text", "words"],
    "sentences": ["id", "paragraph", "start", "end", "kind", "issues"],
    "mentions": ["actor", "start", "end", "sentence", "kind"],
    "quotations": ["start", "end", "kind", "speaker", "cue"],
    "scores": [
        "sentence", "actor", "label", "score", "p_negative", "p_neutral", "p_positive", "confidence", "abstained",
        "voice", "speaker", "role", "portrayal", "issues", "negated", "hedged", "evidence",
    ],
    "actors": [
        "actor", "sentences", "mean", "ci_low", "ci_high", "negative", "neutral", "positive",
        "author_mean", "quoted_mean", "portrayal", "story_role", "story_sentences",
    ],
    "speaker": ["text", "start", "end", "actor"],
    "cue": ["start", "end"],
    "evidence": ["start", "end", "text", "contribution", "kind"],
    "axis": ["start", "end", "text", "contribution", "kind", "value", "role"],
    "frames": ["issues", "generic", "functions"],
    "functions": ["function", "sentence", "start", "end", "actors", "cue"],
}  # fmt: skip


@pytest.fixture(scope="module")
def found():
    resources = load_resources(classifier="lexicon", min_confidence=0.55)
    return [analysis_object(analyze(read_article(path, date="2016-02-18"), resources)) for path in ARTICLES]


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_corpus_articles_follow_the_schema(found):
    validator = jsonschema.Draft202012Validator(SCHEMA)
    for each in found:
        validator.validate(each)


@pytest.mark.parametrize(
    "text", ["", "x", "\x00", "Obama.", "\ud800 Obama lied, said \u202ePutin.", "?" * 1000]
)
def test_any_text_follows_the_schema(text):
    resources = load_resources(classifier="lexicon")
    each = analysis_object(analyze(article_from_text(text, id="x"), resources))
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(json.dumps(each)))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda each: each.pop("actors"),
        lambda each: each.update(more=1),
        lambda each: each["scores"][0].update(score=1.5),
        lambda each: each["scores"][0].update(label=-1),
        lambda each: each["scores"][0].pop("evidence"),
        lambda each: each["mentions"][0].update(kind="noun"),
        lambda each: each["sentences"][0].update(id="1"),
    ],
)
def test_the_schema_refuses_other_things(found, spoil):
    each = json.loads(json.dumps(found[0]))
    spoil(each)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate(each)


def test_keys(found):
    for each in found:
        assert list(each) == KEYS[""]
        for name in ("instrument", "article", "frames"):
            assert list(each[name]) == KEYS[name]
        for name in ("sentences", "mentions", "quotations", "scores", "actors"):
            assert all(list(item) == KEYS[name] for item in each[name])
        speakers = [item["speaker"] for item in (*each["quotations"], *each["scores"]) if item["speaker"]]
        assert all(list(speaker) == KEYS["speaker"] for speaker in speakers)
        assert all(list(item["cue"]) == KEYS["cue"] for item in each["quotations"] if item["cue"])
        assert all(list(item) == KEYS["functions"] for item in each["frames"]["functions"])
        for score in each["scores"]:
            for item in score["evidence"]:
                assert list(item) == KEYS["axis" if item["kind"] in AXES else "evidence"]
    assert any(score["evidence"] for each in found for score in each["scores"])
    assert any(score["portrayal"] for each in found for score in each["scores"])
    assert any(item["actors"] for each in found for item in each["frames"]["functions"])
    assert any(item["speaker"] for each in found for item in each["quotations"])


def test_spans_are_what_they_say(found):
    for each in found:
        text = each["article"]["text"]
        spans = [*each["sentences"], *each["mentions"], *each["quotations"]]
        spans += [item["cue"] for item in each["quotations"] if item["cue"]]
        spans += [item["speaker"] for item in (*each["quotations"], *each["scores"]) if item["speaker"]]
        spans += [item for score in each["scores"] for item in score["evidence"]]
        spans += each["frames"]["functions"]
        spans += [item["cue"] for item in each["frames"]["functions"]]
        for span in spans:
            assert 0 <= span["start"] < span["end"] <= len(text)
            if span.get("text"):
                assert text[span["start"] : span["end"]] == span["text"]


def test_ids_refer_to_something(found):
    for each in found:
        sentences = {sentence["id"] for sentence in each["sentences"]}
        assert list(sentences) == list(range(1, len(sentences) + 1))
        assert {item["sentence"] for item in (*each["mentions"], *each["scores"])} <= sentences
        assert {score["actor"] for score in each["scores"]} == {actor["actor"] for actor in each["actors"]}


def test_numbers_agree(found):
    for each in found:
        for score in each["scores"]:
            total = score["p_negative"] + score["p_neutral"] + score["p_positive"]
            assert total == pytest.approx(1, abs=2e-6)
            assert score["score"] == pytest.approx(score["p_positive"] - score["p_negative"], abs=2e-6)
            assert score["confidence"] == score["p_" + score["label"]]
            assert score["abstained"] == (score["confidence"] < 0.55)
            for axis, value in score["portrayal"].items():
                parts = [item["value"] for item in score["evidence"] if item["kind"] == axis]
                assert value == pytest.approx(max(-1, min(1, sum(parts))), abs=2e-6)
            assert {item["kind"] for item in score["evidence"]} & AXES == set(score["portrayal"])
        for actor in each["actors"]:
            own = [score for score in each["scores"] if score["actor"] == actor["actor"]]
            assert actor["sentences"] == len(own)
            kept = [score for score in own if not score["abstained"]]
            assert len(kept) == actor["negative"] + actor["neutral"] + actor["positive"]
            assert (actor["mean"] is None) == (not kept)
