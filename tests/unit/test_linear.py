"""The exported model says what scikit-learn says, its evidence adds up, and a broken model is refused."""

from __future__ import annotations

import hashlib
import json
import math
from array import array
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from stance.classify.collective import NO_COLLECTIVE
from stance.classify.features import FEATURES_VERSION
from stance.classify.linear import SCHEMA, LinearClassifier, load_linear
from stance.classify.packed import PAIRS, pack, unpack
from stance.errors import ModelError
from stance.pipeline import analyze
from stance.reading.text import article_from_text, read_article
from stance.research.data import examples, read_rows
from stance.research.populations import Population, feature_bags, vectorize
from stance.research.regression import Settings, export_weights, fit
from stance.research.train import train
from stance.resources import BUILT_IN_MODELS, data_folder, load_resources

SENTENCES = sorted((data_folder("corpus") / "sentences").glob("*.jsonl"))


@pytest.fixture(scope="module")
def rows():
    resources = load_resources(classifier="lexicon")
    return [example for path in SENTENCES for example in examples(read_rows(path), resources)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("models") / "small"
    train(SENTENCES, path, settings=Settings(minimum=2))
    return path


def test_exported_weights_give_the_probabilities_of_scikit_learn(rows, tmp_path):
    vectorizer, datasets = vectorize([Population(rows, articles=False)], 2, 2.0)
    names = list(vectorizer.feature_names_)
    weights = fit(datasets, names, Settings())
    exported = json.loads(export_weights(weights))
    path = tmp_path / "model"
    path.mkdir()
    _write(path, export_weights(weights))
    ours = load_linear(path)
    # The same rounded weights, put back into scikit-learn's own estimator.
    place = {name: number for number, name in enumerate(names)}
    coefficients = np.zeros((3, len(names)))
    for name, negative, positive in zip(
        exported["names"].split("\n"),
        unpack(exported["lone"]["negative"], PAIRS),
        unpack(exported["lone"]["positive"], PAIRS),
        strict=True,
    ):
        coefficients[0, place[name]] = negative / 1000
        coefficients[2, place[name]] = positive / 1000
    theirs = LogisticRegression()
    theirs.classes_ = np.array([-1, 0, 1])
    theirs.coef_ = coefficients
    negative, positive = exported["intercept"]["lone"]
    theirs.intercept_ = np.array([negative, 0.0, positive])
    expected = theirs.predict_proba(sparse.csr_matrix(datasets[0].matrix))
    for example, row in zip(rows, expected, strict=True):
        verdict = ours.judge(example.prepared)[example.number]
        assert verdict.negative == pytest.approx(row[0], abs=1e-9)
        assert verdict.neutral == pytest.approx(row[1], abs=1e-9)
        assert verdict.positive == pytest.approx(row[2], abs=1e-9)


def test_evidence_and_intercept_add_up_to_the_log_odds(rows, folder):
    model = load_linear(folder)
    for example in rows:
        verdict = model.judge(example.prepared)[example.number]
        total = verdict.intercept + math.fsum(item.contribution for item in verdict.evidence)
        assert total == pytest.approx(verdict.logit, abs=1e-9)
        assert verdict.logit == pytest.approx(math.log(verdict.positive / verdict.negative), abs=1e-9)


def test_evidence_names_spans_of_the_text(rows, folder):
    model = load_linear(folder)
    for example in rows:
        for item in model.judge(example.prepared)[example.number].evidence:
            if item.kind not in {"context", "article"}:
                assert example.text[item.start : item.end] == item.text


def test_training_twice_gives_the_same_bytes(folder, tmp_path):
    train(SENTENCES, tmp_path / "again", settings=Settings(minimum=2))
    assert (tmp_path / "again" / "weights.json").read_bytes() == (folder / "weights.json").read_bytes()


def test_in_an_article_the_other_sentences_count_and_everything_adds_up():
    resources = load_resources()
    text = "Obama betrayed his allies.\n\nObama spoke of it on Monday.\n\nTrump spoke of it on Monday."
    scores = {
        (one.sentence, one.actor): one for one in analyze(article_from_text(text, id="x"), resources).scores
    }
    pulled, alone = scores[2, "Obama"], scores[3, "Trump"]
    assert [item.kind for item in pulled.evidence if item.kind == "article"] == ["article"]
    assert next(item for item in pulled.evidence if item.kind == "article").contribution < 0
    assert not any(item.kind == "article" for item in alone.evidence)
    assert pulled.score < alone.score
    for score in scores.values():
        total = score.intercept + math.fsum(item.contribution for item in score.evidence)
        assert total == pytest.approx(math.log(score.p_positive / score.p_negative), abs=1e-9)


def test_the_built_in_model_tells_praise_from_blame():
    resources = load_resources()
    praised = "Obama won praise for his courage and was hailed as a hero."
    blamed = "Trump was condemned as a reckless liar who betrayed his allies."
    text = f"{praised} {blamed}"
    scores = {
        score.actor: score.score for score in analyze(article_from_text(text, id="x"), resources).scores
    }
    assert scores["Obama"] > 0.2
    assert scores["Trump"] < -0.5


def test_the_built_in_model_loads_and_names_its_hash():
    model = load_linear(BUILT_IN_MODELS / "linear")
    assert isinstance(model, LinearClassifier)
    assert (
        hashlib.sha256((BUILT_IN_MODELS / "linear" / "weights.json").read_bytes()).hexdigest()[:12]
        in model.model
    )


def test_analysis_of_a_corpus_article_is_finite_and_bounded():
    resources = load_resources()
    for path in sorted((data_folder("corpus") / "articles").glob("*.txt")):
        for score in analyze(read_article(path), resources).scores:
            assert -1 <= score.score <= 1
            assert score.p_negative + score.p_neutral + score.p_positive == pytest.approx(1)


def _write(folder: Path, weights: bytes, **changes: object) -> None:
    manifest = {
        "schema": SCHEMA,
        "version": "0",
        "features_version": FEATURES_VERSION,
        "sha256": hashlib.sha256(weights).hexdigest(),
    }
    (folder / "weights.json").write_bytes(weights)
    (folder / "manifest.json").write_text(json.dumps({**manifest, **changes}))


def _packed(*values: int) -> str:
    return pack(array(PAIRS, values))


SOUND = {
    "names": "w=x",
    "lone": {"negative": _packed(100), "positive": _packed(200)},
    "article": {"negative": _packed(100), "positive": _packed(200)},
    "intercept": {"lone": [0, 0], "article": [0, 0]},
    "collective": NO_COLLECTIVE.to_json(),
}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"names": "a\nb"}, "wrong shape"),
        ({"names": "a\na", "lone": {"negative": _packed(1, 2), "positive": _packed(1, 2)}}, "wrong shape"),
        ({"lone": {"negative": "x", "positive": _packed(200)}}, "wrong shape"),
        ({"lone": {"negative": [100], "positive": [200]}}, "wrong shape"),
        ({"lone": {"negative": _packed(100), "positive": _packed(1, 2)}}, "wrong shape"),
        ({"intercept": {"lone": [0], "article": [0, 0]}}, "wrong shape"),
        ({"collective": {"pull": 1.0}}, "wrong shape"),
        ({"collective": {**NO_COLLECTIVE.to_json(), "pull": float("nan")}}, "not finite"),
        ({"intercept": {"lone": [float("nan"), 0], "article": [0, 0]}}, "not finite"),
        ({"article": None}, "wrong shape"),
        ({"names": None}, "wrong shape"),
    ],
)
def test_a_model_of_the_wrong_shape_is_refused(tmp_path, change, reason):
    _write(tmp_path, json.dumps({**SOUND, **change}).encode())
    with pytest.raises(ModelError, match=reason):
        load_linear(tmp_path)


def test_a_sound_small_model_is_accepted(tmp_path):
    _write(tmp_path, json.dumps(SOUND).encode())
    assert load_linear(tmp_path).article.weights["w=x"] == (0.1, 0.2)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda folder: (folder / "weights.json").write_bytes(b"{}"), "does not match the manifest"),
        (lambda folder: (folder / "weights.json").unlink(), "missing"),
        (lambda folder: (folder / "manifest.json").unlink(), "missing"),
        (lambda folder: (folder / "manifest.json").write_bytes(b"\x80\x04pickle"), "no valid JSON"),
        (lambda folder: (folder / "manifest.json").write_text("[]"), "no manifest"),
        (lambda folder: _write(folder, b"[" * 100_000), "no valid JSON|wrong shape"),
        (lambda folder: _write(folder, json.dumps(SOUND).encode(), schema="other/1"), "schema"),
        (lambda folder: _write(folder, json.dumps(SOUND).encode(), features_version=0), "feature version"),
    ],
)
def test_a_changed_model_is_refused(tmp_path, spoil, reason):
    _write(tmp_path, json.dumps(SOUND).encode())
    spoil(tmp_path)
    with pytest.raises(ModelError, match=reason):
        load_linear(tmp_path)


def test_feature_bags_count_every_feature(rows):
    bag = next(feature_bags(rows[:1]))
    assert bag
    assert all(math.isfinite(value) for value in bag.values())
