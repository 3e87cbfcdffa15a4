"""The neural classifier with its built-in model: what it promises of every score, and what it refuses."""

import hashlib
import json
import math
import shutil
import sys
from pathlib import Path

import pytest

from stance.classify.linear import SCHEMA as LINEAR
from stance.classify.neural import GRAPH, SCHEMA, TOKENIZER, Calibration, load_neural
from stance.classify.occlusion import MOST_SPANS
from stance.errors import ModelError, UsageError
from stance.pipeline import analyze, prepare
from stance.reading.text import article_from_text, read_article
from stance.resources import BUILT_IN_MODELS, Resources, data_folder, load_classifier, load_resources

MODEL = BUILT_IN_MODELS / "neural"
ARTICLE = data_folder("corpus") / "articles" / "leader-obama-farewell.txt"


@pytest.fixture(scope="module")
def neural() -> Resources:
    return load_resources(classifier="neural")


def test_every_score_adds_up(neural: Resources) -> None:
    analysis = analyze(read_article(ARTICLE), neural)
    assert analysis.scores
    assert analysis.instrument.evidence == "occlusion"
    for score in analysis.scores:
        chances = (score.p_negative, score.p_neutral, score.p_positive)
        assert math.isclose(sum(chances), 1, abs_tol=1e-9)
        total = math.fsum(item.contribution for item in score.evidence)
        assert math.isclose(total, math.log(score.p_positive / score.p_negative), abs_tol=1e-6)
        sentence = next(found for found in analysis.sentences if found.id == score.sentence)
        for item in score.evidence:
            assert sentence.start <= item.start < item.end <= sentence.end
            assert item.text in ("", analysis.article.text[item.start : item.end])
        assert len(score.evidence) <= MOST_SPANS + 2


def test_probabilities_are_those_of_the_verdicts(neural: Resources) -> None:
    prepared = prepare(read_article(ARTICLE), neural)
    verdicts = neural.classifier.judge(prepared)
    said = neural.classifier.probabilities(prepared)
    assert said == [(one.negative, one.neutral, one.positive) for one in verdicts]
    assert len(said) > 5


def test_blame_and_praise_are_told_apart(neural: Resources) -> None:
    text = (
        "Obama humiliated himself with a string of cowardly lies, the paper wrote.\n\n"
        "Trump won praise from all sides for a brave and generous rescue."
    )
    found = {score.actor: score for score in analyze(article_from_text(text, id="x"), neural).scores}
    assert found["Obama"].label < 0 < found["Trump"].label


def test_an_article_is_judged_the_same_whatever_else_is_read(neural: Resources) -> None:
    prepared = prepare(read_article(ARTICLE), neural)
    alone = load_classifier("neural").judge(prepared)
    for other in ("Obama failed.", "Russia and the US met. " * 50):
        neural.classifier.judge(prepare(article_from_text(other, id="y"), neural))
    assert neural.classifier.judge(prepared) == alone


def test_a_lone_sentence_is_read_with_weights_of_its_own(neural: Resources) -> None:
    sentence = "Obama failed them all badly."
    classifier = load_classifier("neural")
    (lone,) = classifier.passages_of(prepare(article_from_text(sentence, id="x"), neural))
    (inside,) = classifier.passages_of(prepare(article_from_text(f"It rained. {sentence}", id="x"), neural))
    assert lone.lone
    assert not inside.lone
    assert classifier.logits(lone) != classifier.logits(lone._replace(lone=False))


def test_what_looks_like_a_special_token_is_text(neural: Resources) -> None:
    scores = [
        analyze(article_from_text(f"Obama failed {word} them all badly.", id="x"), neural).scores[0].score
        for word in ("[SEP]", "[ SEP ]")
    ]
    assert scores[0] == scores[1]


@pytest.mark.parametrize(
    "text",
    [
        "Obama 😀" * 300,
        "They all shouted " + "😀" * 2000 + " and Obama failed.",
        "Obama \ud800 failed \udfff again.",
        "Obama\x00 failed.",
        "Obama " * 3000,
        "Trump said: " + "x" * 100_000 + " Obama.",
        "Обама, オバマ and Obama",
    ],
    ids=["emoji beside", "emoji before", "surrogates", "NUL", "names only", "one endless word", "scripts"],
)
def test_odd_texts_get_finite_scores(neural: Resources, text: str) -> None:
    scores = analyze(article_from_text(text, id="x"), neural).scores
    assert scores
    assert all(math.isfinite(score.score) and -1 <= score.score <= 1 for score in scores)


def test_a_very_long_sentence_is_read_around_its_actor_and_says_so(neural: Resources) -> None:
    text = (
        "They told us "
        + "and so on and on " * 1000
        + "that Obama lied shamelessly "
        + "and so on " * 1000
        + "."
    )
    (score,) = analyze(article_from_text(text, id="x"), neural).scores
    (excerpt,) = [item for item in score.evidence if item.kind == "excerpt"]
    assert excerpt.contribution == 0
    assert "Obama lied shamelessly" in text[excerpt.start : excerpt.end]
    assert excerpt.end - excerpt.start < 3000
    assert score.label < 0


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MODEL, tmp_path / "model"))


def _change(folder: Path, **changes: object) -> None:
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest.update(changes)
    path.write_text(json.dumps(manifest))


def _replace(folder: Path, name: str, content: bytes) -> None:
    """Replace a file and keep the manifest true."""
    (folder / name).write_bytes(content)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["sha256"][name] = hashlib.sha256(content).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest))


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda model: (model / "manifest.json").unlink(), "missing"),
        (lambda model: (model / GRAPH).unlink(), "missing"),
        (lambda model: (model / TOKENIZER).unlink(), "missing"),
        (lambda model: (model / GRAPH).write_bytes((model / GRAPH).read_bytes()[:-1000]), "does not match"),
        (lambda model: (model / TOKENIZER).write_text("{}"), "does not match"),
        (lambda model: (model / "manifest.json").write_bytes(b"\x80\x04"), "no valid JSON"),
        (lambda model: _change(model, sha256=None), "no hashes"),
        (lambda model: _change(model, schema="other/1"), "schema"),
        (lambda model: _change(model, windows_version=0), "version 0"),
        (lambda model: _change(model, vocabulary=17), "tokenizer is not the one"),
        (lambda model: _change(model, layout={"body": 0, "context": 0}), "senseless"),
        (lambda model: _change(model, layout={"body": 10_000, "context": 0}), "senseless"),
        (lambda model: _change(model, calibration={}), "senseless"),
        (
            lambda model: _change(
                model, calibration={key: {"slope": -1, "neutral": 0} for key in ("article", "lone")}
            ),
            "senseless",
        ),
        (lambda model: _replace(model, GRAPH, b""), "no graph"),
        (lambda model: _replace(model, GRAPH, b"\x08\x09" * 500), "no graph"),
        (lambda model: _replace(model, GRAPH, (MODEL / GRAPH).read_bytes()[:100_000]), "no graph"),
        (lambda model: _replace(model, TOKENIZER, b"{}"), "no tokenizer"),
    ],
)
def test_a_spoiled_model_is_refused_with_the_reason(copy: Path, spoil, reason) -> None:
    spoil(copy)
    with pytest.raises(ModelError, match=reason) as caught:
        load_neural(copy)
    assert "\n" not in str(caught.value)


def test_a_folder_of_ones_own_is_known_by_its_manifest(copy: Path) -> None:
    assert load_classifier(str(copy)).model == load_classifier("neural").model
    _change(copy, schema=LINEAR)
    with pytest.raises(ModelError, match="feature version"):
        load_classifier(str(copy))


@pytest.mark.parametrize("library", ["onnxruntime", "tokenizers"])
def test_a_missing_library_is_named_with_the_command_that_installs_it(monkeypatch, library: str) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(UsageError, match=rf"{library}.*pip install 'stance\[neural\]'"):
        load_classifier("neural")


def test_the_manifest_says_what_was_trained_on_what() -> None:
    manifest = json.loads((MODEL / "manifest.json").read_text())
    assert manifest["schema"] == SCHEMA
    assert manifest["training"]["data"]
    assert manifest["figures"]["student"]["end_to_end"]["polar_f1"] > 0
    assert sum(path.stat().st_size for path in MODEL.iterdir()) <= 45_000_000


def test_calibration_shifts_and_scales() -> None:
    assert Calibration(2.0, 1.0).apply([1.0, 0.5, -1.0]) == (0.0, -4.0)
