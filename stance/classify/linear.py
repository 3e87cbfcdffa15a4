"""The linear classifier: logistic regression read from JSON, judged in plain Python.

Training is scikit-learn's work (`stance.research.train`); what it learns is a table of weights. Softmax does not change
when the same number is added to all classes, so each feature keeps two weights, negative and positive relative to
neutral. The log-odds of positive against negative is a sum over features, and so over the words that carry them.
There is one table for sentences inside an article and one for lone sentences: the two are different populations. In an
article, what its other sentences say of the actor moves each (`collective.py`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from stance.classify.collective import NO_COLLECTIVE, Collective, collective_from_json
from stance.classify.features import FEATURES_VERSION, PAIRED, Key, extract, names_of
from stance.classify.model_file import manifest_of, parse_json, read_model_file
from stance.classify.packed import PAIRS, unpack
from stance.classify.vectors import GROUP_COUNT, GROUPS, NO_VECTORS, WordVectors, dot, vectors_from_json
from stance.errors import ModelError
from stance.framing.masking import TARGET, Masked, Readings, unit_places
from stance.framing.prepared import Prepared
from stance.language.words import Tokens
from stance.records import Candidate, Evidence, Verdict

SCHEMA = "stance.linear/2"
MAX_MODEL_BYTES = 200 * 1024 * 1024
UNIT = 1000.0  # weights of single features are kept as whole thousandths
SEPARATOR = "\n"  # between names of features; no word holds one
_MAX_KNOWN = 1 << 16
TELLING = 0.2  # log-odds under which a cue decides nothing
SHOWN_FROM = 0.05  # log-odds
SHOWN = 8  # spans named in the evidence; the rest is summed up as context


K = TypeVar("K")
Weights = tuple[float, float]
"""Negative and positive, relative to neutral, in log-odds."""


class Table:
    """Weights by feature, (negative, positive) relative to neutral, in log-odds; words may add their vectors' weights.

    Args:
        place: For each feature its place in `negative` and `positive`.
        negative, positive: Weights of single features, in thousandths.
        intercept: Log-odds of negative and positive without any feature.
        vectors: Word vectors.
        spread: For each group of features (`vectors.GROUPS`), the vector weights for negative and for positive.
    """

    def __init__(
        self,
        place: Mapping[str, int],
        negative: Sequence[int],
        positive: Sequence[int],
        *,
        intercept: tuple[float, float],
        vectors: WordVectors = NO_VECTORS,
        spread: Sequence[tuple[Sequence[float], Sequence[float]]] = (),
    ) -> None:
        self._place = place
        self._negative = negative
        self._positive = positive
        self.intercept = intercept
        self._vectors = vectors
        self._spread = spread
        self._by_name = _Known(self._work_out)
        self.weights = _Known(self._total)

    def _total(self, key: Key) -> Weights | None:
        """Return the sums over the features that a key stands for; None if none of them has a weight."""
        negative = positive = 0.0
        there = False
        # A pair of words is seldom seen twice and has no vector.
        alone = isinstance(key, str) or key[0] in PAIRED
        for name in names_of(key):
            weights = self._own(name) if alone else self._by_name[name]
            if weights is not None:
                there = True
                negative += weights[0]
                positive += weights[1]
        return (negative, positive) if there else None

    def _own(self, name: str) -> Weights | None:
        place = self._place.get(name)
        return (self._negative[place] / UNIT, self._positive[place] / UNIT) if place is not None else None

    def _work_out(self, name: str) -> Weights | None:
        """Return a feature's weights, negative and positive; None if it has none."""
        own = self._own(name)
        prefix, _, word = name.partition("=")
        group = GROUPS.get(prefix)
        vector = self._vectors.of(word) if self._spread and group is not None else None
        if vector is None or group is None:
            return own
        negative, positive = (dot(vector, weights) for weights in self._spread[group])
        return (negative + own[0], positive + own[1]) if own else (negative, positive)


class _Known(dict[K, "Weights | None"]):
    """Weights that were asked for, worked out at the first time; None where there are none."""

    def __init__(self, work_out: Callable[[K], Weights | None]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, key: K) -> Weights | None:
        if len(self) > _MAX_KNOWN:
            self.clear()
        found = self[key] = self._work_out(key)
        return found


@dataclass(frozen=True, slots=True)
class LinearClassifier:
    """A table of weights for sentences inside an article, and one for lone sentences.

    `collective` says how far an article's sentences on one actor move each other.
    """

    article: Table
    lone: Table
    model: str
    collective: Collective = NO_COLLECTIVE
    name: str = "linear"
    evidence: str = "contributions"

    def judge(self, prepared: Prepared) -> list[Verdict]:
        """Judge the candidates of one article, in order."""
        text, tokens = prepared.article.text, prepared.tokens
        read = prepared.readings
        candidates = prepared.candidates
        weighed = [self._weigh(tokens, candidate, read) for candidate in candidates]
        shifts = self.collective.shifts(
            [candidate.actor for candidate in candidates],
            [softmax(one.negative, one.positive) for one in weighed],
        )
        return [
            self._verdict(text, tokens, candidate, one, shift)
            for candidate, one, shift in zip(candidates, weighed, shifts, strict=True)
        ]

    def _weigh(self, tokens: Tokens, candidate: Candidate, read: Readings) -> _Weighed:
        table = self._table(candidate)
        masked = read.masked_for(tokens, candidate)
        negative, positive = table.intercept
        by_place = [0.0] * (len(masked.units) + 1)  # the last is context, whose place is -1
        known = table.weights
        for key, value, first, last in extract(tokens, candidate, masked):
            weights = known[key]
            if weights is None:
                continue
            negative += weights[0] * value
            positive += weights[1] * value
            share = (weights[1] - weights[0]) * value
            if first == last:
                by_place[first] += share
                continue
            places = _carriers(masked, first, last)
            for place in places:
                by_place[place] += share / len(places)
        return _Weighed(masked, negative, positive, by_place)

    def _table(self, candidate: Candidate) -> Table:
        return self.lone if candidate.alone else self.article

    def _verdict(
        self, text: str, tokens: Tokens, candidate: Candidate, weighed: _Weighed, shift: tuple[float, float]
    ) -> Verdict:
        negative, positive = weighed.negative + shift[0], weighed.positive + shift[1]
        evidence = _evidence(text, tokens, candidate, weighed.masked, weighed.by_place)
        turn = shift[1] - shift[0]
        if turn:
            sentence = candidate.sentence
            evidence = (*evidence, Evidence(sentence.start, sentence.end, "", turn, "article"))
        intercept = self._table(candidate).intercept
        return Verdict(
            *softmax(negative, positive), intercept[1] - intercept[0], positive - negative, evidence
        )


class _Weighed(NamedTuple):
    """A candidate's log-odds against neutral from its sentence alone, and what each place adds to positive over negative."""

    masked: Masked
    negative: float
    positive: float
    by_place: list[float]


def _carriers(masked: Masked, first: int, last: int) -> Sequence[int]:
    """Return the positions that carry a feature of several units: those whose words say something by themselves."""
    telling = masked.telling
    if last == first + 1:
        return (first, last) if telling[first] == telling[last] else (first,) if telling[first] else (last,)
    places = range(first, last + 1)
    return [place for place in places if telling[place]] or places


def softmax(negative: float, positive: float) -> tuple[float, float, float]:
    """Return the probabilities of negative, neutral (log-odds 0) and positive."""
    top = max(negative, positive, 0.0)
    parts = (math.exp(negative - top), math.exp(-top), math.exp(positive - top))
    total = parts[0] + parts[1] + parts[2]
    return parts[0] / total, parts[1] / total, parts[2] / total


def _evidence(
    text: str, tokens: Tokens, candidate: Candidate, masked: Masked, by_place: Sequence[float]
) -> tuple[Evidence, ...]:
    """Turn contributions by position into named spans; what is not named is summed up as context."""
    spans: list[Evidence] = []
    used: set[int] = set()
    position = unit_places(masked.units) if candidate.cues else {}
    for cue in candidate.cues:
        places = [place for place in range(position[cue.first], position[cue.last] + 1) if place not in used]
        if places and masked.units[places[0]].word != TARGET:
            used.update(places)
            total = math.fsum(by_place[place] for place in places)
            spans.append(Evidence(cue.start, cue.end, text[cue.start : cue.end], total, "cue"))
    for place, unit in enumerate(masked.units):
        if place in used or abs(by_place[place]) < SHOWN_FROM:
            continue
        start, end = tokens.starts[unit.first], tokens.ends[unit.last]
        if unit.word == TARGET:
            spans.append(Evidence(start, end, text[start:end], by_place[place], "mention"))
        elif masked.telling[place]:
            spans.append(Evidence(start, end, text[start:end], by_place[place], "words"))
    spans.sort(key=lambda span: (-abs(span.contribution), span.start))
    shown = [span for span in spans[:SHOWN] if abs(span.contribution) >= SHOWN_FROM]
    rest = math.fsum([*by_place, *(-span.contribution for span in shown)])
    sentence = candidate.sentence
    shown.append(Evidence(sentence.start, sentence.end, "", rest, "context"))
    return tuple(shown)


def strongest_cue(candidate: Candidate, evidence: Sequence[Evidence]) -> int | None:
    """Return the index in `candidate.cues` of the cue that the evidence puts first, if one decides anything."""
    for item in evidence:
        if item.kind == "cue" and abs(item.contribution) >= TELLING:
            for index, cue in enumerate(candidate.cues):
                if cue.start == item.start and cue.end == item.end:
                    return index
    return None


def load_linear(folder: Path) -> LinearClassifier:
    """Read a model folder: `manifest.json` and the weights that it names.

    Raises:
        ModelError: Something is missing, changed since the manifest was written, or no linear model of this version.
    """
    manifest = manifest_of(folder, SCHEMA)
    if manifest.get("features_version") != FEATURES_VERSION:
        raise ModelError(
            f"{folder}: the model was trained on feature version {manifest.get('features_version')!r}, "
            f"this stance computes {FEATURES_VERSION}; train it anew with `stance train`"
        )
    path = folder / "weights.json"
    digest = str(manifest.get("sha256"))
    data = read_model_file(path, MAX_MODEL_BYTES, digest)
    parsed = parse_json(data, path)
    model = f"{manifest.get('version', '0')}+{digest[:12]}"
    try:
        return classifier_from_json(parsed, model)
    except (TypeError, KeyError, ValueError, OverflowError, AttributeError):
        raise ModelError(
            f"{path}: the weights are of the wrong shape or not finite; train the model anew"
        ) from None


def classifier_from_json(data: Any, model: str) -> LinearClassifier:
    """Make a classifier of parsed weights.

    Raises:
        TypeError, KeyError, ValueError, OverflowError, AttributeError: The weights are of the wrong shape or not finite.
    """
    vectors = vectors_from_json(data["vectors"]) if "vectors" in data else NO_VECTORS
    names = data["names"].split(SEPARATOR)
    place = dict(zip(names, range(len(names)), strict=True))
    return LinearClassifier(
        _table(data, "article", place, vectors),
        _table(data, "lone", place, vectors),
        model,
        collective_from_json(data["collective"]),
    )


def _table(data: Any, context: str, place: Mapping[str, int], vectors: WordVectors) -> Table:
    intercept = data["intercept"][context]
    negative, positive = (unpack(data[context][side], PAIRS) for side in ("negative", "positive"))
    spread = [(group["negative"], group["positive"]) for group in data[context].get("spread", [])]
    # One sum tells whether all are finite numbers.
    total = sum(intercept) + sum(sum(one) + sum(other) for one, other in spread)
    sizes = {len(weights) for pair in spread for weights in pair}
    if (
        not len(place) == len(negative) == len(positive)
        or len(intercept) != 2
        or not math.isfinite(total)
        or (spread and (len(spread) != GROUP_COUNT or sizes != {vectors.dimensions}))
    ):
        raise ValueError(context)
    return Table(
        place, negative, positive, intercept=(intercept[0], intercept[1]), vectors=vectors, spread=spread
    )
