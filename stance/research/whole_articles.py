"""Agreement with whole coded articles: presence, labels, voice, and the means that users report.

Sentences are matched by largest overlap. *Presence*: a sentence and actor that both have. *Macro F1*: labels where both
have the actor. *Polar F1*: a non-neutral row is right when sentence, actor and sign are; what the coders call
polar and the instrument does not find counts as missed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from stance.classify.interface import Classifier
from stance.pipeline import judge_prepared
from stance.research.articles import CodedArticle

MIN_ROWS = 5  # rows of an article and actor under which a mean is not compared

Predictions = Mapping[tuple[int, str], tuple[int, float, str]]
"""Of one article: by coded sentence and actor, the label, the score in [-1, 1] and the voice."""


def predictions_of(article: CodedArticle, classifier: Classifier) -> Predictions:
    """Return what a classifier says of an article; where sentences share a code, the longest speaks for it."""
    scores = judge_prepared(article.prepared, classifier)
    best: dict[tuple[int, str], tuple[int, tuple[int, float, str]]] = {}
    for score in scores:
        place = article.matches[score.sentence - 1]
        if place is None:
            continue
        sentence = article.prepared.sentences[score.sentence - 1]
        size = sentence.end - sentence.start
        key = (place, score.actor)
        if key not in best or size > best[key][0]:
            best[key] = (size, (int(score.label), score.score, score.voice.value))
    return {key: value for key, (_, value) in best.items()}


@dataclass(slots=True)
class Counts:
    """Hits, false alarms and misses."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 where there is nothing."""
        total = 2 * self.hits + self.false + self.missed
        return 2 * self.hits / total if total else 0.0

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.hits / max(1, self.hits + self.false)

    @property
    def recall(self) -> float:
        """Share of what is there that was found."""
        return self.hits / max(1, self.hits + self.missed)


def compare(articles: Sequence[CodedArticle], predictions: Sequence[Predictions]) -> dict[str, Any]:
    """Compare predictions with the codes of the same articles.

    Returns:
        `presence`, `polar` (each f1, precision, recall), `macro_f1`, `sign` (share of equal signs where both are polar),
        `signs` (the same by actor), `voice`, `means` (Pearson r, mean absolute error and bias by article x actor),
        `actors` (polar F1 each).
    """
    presence, polar = Counts(), Counts()
    by_actor: dict[str, Counts] = defaultdict(Counts)
    gold, found = [], []
    voices: list[bool] = []
    signs: dict[str, list[bool]] = defaultdict(list)
    means: list[tuple[float, float, str]] = []
    for article, predicted in zip(articles, predictions, strict=True):
        for key in article.codes.keys() | predicted.keys():
            code = article.codes.get(key)
            label, _, voice = predicted.get(key, (0, 0.0, ""))
            _count(presence, code is not None, key in predicted, right=True)
            coded = code.label if code else 0
            for counts in (polar, by_actor[key[1]]):
                _count(counts, coded != 0, label != 0, right=coded == label)
            if code is not None and key in predicted:
                gold.append(code.label)
                found.append(label)
                voices.append(voice == code.voice)
                if coded and label:
                    signs[key[1]].append(coded == label)
        means.extend(_means(article, predicted))
    return {
        "presence": _triple(presence),
        "polar": _triple(polar),
        "macro_f1": macro_f1(gold, found),
        "sign": fmean(sign for own in signs.values() for sign in own) if signs else 0.0,
        "signs": {actor: fmean(own) for actor, own in sorted(signs.items())},
        "voice": fmean(voices) if voices else 0.0,
        "means": _agreement(means),
        "actors": {actor: counts.f1 for actor, counts in sorted(by_actor.items())},
    }


def _count(counts: Counts, there: bool, claimed: bool, *, right: bool) -> None:
    if there and claimed and right:
        counts.hits += 1
        return
    counts.false += claimed
    counts.missed += there


def _triple(counts: Counts) -> dict[str, float]:
    return {"f1": counts.f1, "precision": counts.precision, "recall": counts.recall}


def macro_f1(gold: Sequence[int], found: Sequence[int]) -> float:
    """Return the mean F1 over the labels -1, 0 and 1."""
    scores = []
    for label in (-1, 0, 1):
        counts = Counts()
        for coded, predicted in zip(gold, found, strict=True):
            _count(counts, coded == label, predicted == label, right=True)
        scores.append(counts.f1)
    return fmean(scores)


def _means(article: CodedArticle, predicted: Predictions) -> list[tuple[float, float, str]]:
    """Pair the coders' and the instrument's mean for each actor with enough rows."""
    rows = []
    for actor in sorted({actor for _, actor in article.codes}):
        coded = [code.label for (_, other), code in article.codes.items() if other == actor]
        scored = [score for (_, other), (_, score, _) in predicted.items() if other == actor]
        if len(coded) >= MIN_ROWS and scored:
            rows.append((fmean(coded), fmean(scored), actor))
    return rows


def _agreement(means: Sequence[tuple[float, float, str]]) -> dict[str, Any]:
    if len(means) < 3:
        return {"n": len(means)}
    coded, scored = [row[0] for row in means], [row[1] for row in means]
    mean_coded, mean_scored = fmean(coded), fmean(scored)
    covariance = sum((a - mean_coded) * (b - mean_scored) for a, b in zip(coded, scored, strict=True))
    spread = (sum((a - mean_coded) ** 2 for a in coded) * sum((b - mean_scored) ** 2 for b in scored)) ** 0.5
    actors = sorted({row[2] for row in means})
    return {
        "n": len(means),
        "r": covariance / spread if spread else 0.0,
        "mae": fmean(abs(a - b) for a, b in zip(coded, scored, strict=True)),
        "bias": {actor: fmean(b - a for a, b, other in means if other == actor) for actor in actors},
    }
