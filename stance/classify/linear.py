"""The linear classifier: logistic regression read from JSON, judged in plain Python.

Training is scikit-learn's work (`stance.research.train`); what it learns is a table of weights. Softmax does not change
when the same number is added to all classes, so each feature keeps two weights, negative and positive relative to
neutral. The log-odds of positive against negative is a sum over features, and so over the words that carry them.
There is one table for sentences inside an article and one for lone sentences: the two are different populations.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stance.classify.features import FEATURES_VERSION, TARGET, Feature, Masked, extract, mask
from stance.errors import ModelError
from stance.language.words import Tokens
from stance.records import Candidate, Evidence, Verdict

SCHEMA = "stance.linear/1"
MAX_MODEL_BYTES = 200 * 1024 * 1024
SHOWN = 8  # spans named in the evidence; the rest is summed up as context


@dataclass(frozen=True, slots=True)
class Table:
    """Weights by feature, (negative, positive) relative to neutral, in log-odds."""

    weights: dict[str, tuple[float, float]]
    intercept: tuple[float, float]

    def probabilities(self, features: Iterable[Feature]) -> tuple[float, float, float]:
        """Return the probabilities of negative, neutral and positive for a bag of features."""
        negative, positive = self.intercept
        for feature in features:
            weights = self.weights.get(feature.name)
            if weights is not None:
                negative += weights[0] * feature.value
                positive += weights[1] * feature.value
        return softmax(negative, positive)


@dataclass(frozen=True, slots=True)
class LinearClassifier:
    """A table of weights for sentences inside an article, and one for lone sentences."""

    article: Table
    lone: Table
    model: str
    name: str = "linear"

    def judge(self, text: str, tokens: Tokens, candidates: Sequence[Candidate]) -> list[Verdict]:
        """Judge candidates of one article.

        Args:
            text: The article's text, for the wording of evidence.
            tokens: Its tokens.
            candidates: What to judge.

        Returns:
            A verdict for each candidate, in order.
        """
        return [self._judge_one(text, tokens, candidate) for candidate in candidates]

    def _judge_one(self, text: str, tokens: Tokens, candidate: Candidate) -> Verdict:
        table = self.lone if candidate.alone else self.article
        masked = mask(tokens, candidate)
        negative, positive = table.intercept
        by_place: dict[int, float] = defaultdict(float)
        for feature in extract(tokens, candidate, masked):
            weights = table.weights.get(feature.name)
            if weights is None:
                continue
            negative += weights[0] * feature.value
            positive += weights[1] * feature.value
            share = (weights[1] - weights[0]) * feature.value / (feature.last - feature.first + 1)
            for place in range(feature.first, feature.last + 1):
                by_place[place] += share
        logit = positive - negative
        p_negative, p_neutral, p_positive = softmax(negative, positive)
        evidence = _evidence(text, tokens, candidate, masked, by_place)
        intercept = table.intercept[1] - table.intercept[0]
        return Verdict(p_negative, p_neutral, p_positive, intercept, logit, evidence)


def softmax(negative: float, positive: float) -> tuple[float, float, float]:
    """Return the probabilities of negative, neutral (log-odds 0) and positive."""
    top = max(negative, positive, 0.0)
    parts = (math.exp(negative - top), math.exp(-top), math.exp(positive - top))
    total = parts[0] + parts[1] + parts[2]
    return parts[0] / total, parts[1] / total, parts[2] / total


def _evidence(
    text: str, tokens: Tokens, candidate: Candidate, masked: Masked, by_place: dict[int, float]
) -> tuple[Evidence, ...]:
    """Turn contributions by position into named spans; what is not named is summed up as context."""
    spans: list[Evidence] = []
    used: set[int] = set()
    position: dict[int, int] = {}
    for place, unit in enumerate(masked.units):
        for token in range(unit.first, unit.last + 1):
            position[token] = place
    for cue in candidate.cues:
        places = [place for place in range(position[cue.first], position[cue.last] + 1) if place not in used]
        if places and masked.units[places[0]].word != TARGET:
            used.update(places)
            total = math.fsum(by_place.get(place, 0.0) for place in places)
            spans.append(Evidence(cue.start, cue.end, text[cue.start : cue.end], total, "cue"))
    for place, unit in enumerate(masked.units):
        if place in used or not by_place.get(place):
            continue
        start, end = tokens.starts[unit.first], tokens.ends[unit.last]
        if unit.word == TARGET:
            spans.append(Evidence(start, end, text[start:end], by_place[place], "mention"))
        elif unit.word[0].isalnum():
            spans.append(Evidence(start, end, text[start:end], by_place[place], "words"))
    spans.sort(key=lambda span: (-abs(span.contribution), span.start))
    shown = [span for span in spans[:SHOWN] if abs(span.contribution) >= 0.05]
    rest = math.fsum([*by_place.values(), *(-span.contribution for span in shown)])
    sentence = candidate.sentence
    shown.append(Evidence(sentence.start, sentence.end, "", rest, "context"))
    return tuple(shown)


def strongest_cue(candidate: Candidate, evidence: Sequence[Evidence]) -> int | None:
    """Return the index in `candidate.cues` of the cue that the evidence puts first, if any."""
    for item in evidence:
        if item.kind == "cue":
            for index, cue in enumerate(candidate.cues):
                if cue.start == item.start and cue.end == item.end:
                    return index
    return None


def load_linear(folder: Path) -> LinearClassifier:
    """Read a model folder: `manifest.json` and the weights that it names.

    Raises:
        ModelError: Something is missing, changed since the manifest was written, or no linear model of this version.
    """
    manifest = _json(folder / "manifest.json")
    where = f"{folder}"
    if manifest.get("schema") != SCHEMA:
        raise ModelError(f"{where}: manifest.json does not say schema {SCHEMA!r}; train the model with this stance")
    if manifest.get("features_version") != FEATURES_VERSION:
        raise ModelError(
            f"{where}: the model was trained on feature version {manifest.get('features_version')!r}, "
            f"this stance computes {FEATURES_VERSION}; train it anew with `stance train`"
        )
    path = folder / "weights.json"
    data = _read(path)
    digest = hashlib.sha256(data).hexdigest()
    if digest != manifest.get("sha256"):
        raise ModelError(f"{path}: its content does not match the manifest; restore the file or train anew")
    parsed = _parse(data, path)
    model = f"{manifest.get('version', '0')}+{digest[:12]}"
    return LinearClassifier(_table(parsed, "article", path), _table(parsed, "lone", path), model)


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_MODEL_BYTES:
            raise ModelError(f"{path}: over the limit of {MAX_MODEL_BYTES >> 20} MiB for a model file")
        return path.read_bytes()
    except FileNotFoundError:
        raise ModelError(f"{path}: missing; a model folder holds manifest.json and weights.json") from None
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror})") from None


def _parse(data: bytes, path: Path) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise ModelError(f"{path}: no valid JSON; restore the file or train anew") from None


def _json(path: Path) -> dict[str, Any]:
    parsed = _parse(_read(path), path)
    if not isinstance(parsed, dict):
        raise ModelError(f"{path}: no manifest; train the model anew")
    return parsed


def _table(data: Any, context: str, path: Path) -> Table:
    try:
        names, intercept = data["names"], data["intercept"][context]
        negative, positive = data[context]["negative"], data[context]["positive"]
        # One sum tells whether all are finite numbers; a check of each would cost as much as reading them.
        total = sum(negative) + sum(positive) + sum(intercept)
        sound = len(names) == len(negative) == len(positive) and len(intercept) == 2 and math.isfinite(total)
        table = Table(dict(zip(names, zip(negative, positive, strict=True), strict=True)), (intercept[0], intercept[1]))
    except (TypeError, KeyError, ValueError, OverflowError):
        sound = False
    if not sound:
        raise ModelError(f"{path}: the weights are of the wrong shape or not finite; train the model anew")
    return table
