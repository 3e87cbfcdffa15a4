"""What a training is worth: logits of unseen articles and rows into calibrations and figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.optimize import minimize

from stance.classify.interface import Classifier
from stance.classify.linear import softmax
from stance.classify.neural import Calibration
from stance.framing.prepared import Prepared
from stance.records import Verdict
from stance.research.articles import CodedArticle, labelled
from stance.research.evaluate import predicted, report
from stance.research.neural.logits import Logits, candidate_key
from stance.research.whole_articles import Predictions, compare, predictions_of


@dataclass(frozen=True, slots=True)
class Recorded:
    """A classifier that says what a network said before: logits by text and candidate."""

    name: str
    logits: Logits
    calibration: Calibration
    prefix: str = ""
    model: str = "recorded"
    evidence: str = "occlusion"

    def judge(self, prepared: Prepared) -> list[Verdict]:
        """Return the recorded verdicts of a text's candidates; one that was not recorded is neutral."""
        verdicts = []
        for candidate in prepared.candidates:
            logits = self.logits.get(candidate_key(f"{self.prefix}{prepared.article.id}", candidate))
            if logits is None:
                verdicts.append(Verdict(0.0, 1.0, 0.0, 0.0, 0.0))
                continue
            negative, positive = self.calibration.apply(logits.tolist())
            verdicts.append(Verdict(*softmax(negative, positive), 0.0, positive - negative))
        return verdicts


# Taken from neutral after fitting, in articles: likelihood alone leaves a third of the polar sentences neutral. With
# it, cross-validation over articles gave the teachers a polar F1 of 0.66 instead of 0.65, and a calibration error no larger.
ARTICLE_MARGIN = 0.5


def calibrate(logits: np.ndarray, labels: np.ndarray, margin: float = 0.0) -> Calibration:
    """Fit a slope and an addition to neutral by maximum likelihood (Platt 1999; Guo et al. 2017).

    Args:
        logits: (n x 3) of unseen candidates.
        labels: -1, 0 or 1 for each.
        margin: Log-odds taken from neutral afterwards.
    """

    def loss(values: np.ndarray) -> float:
        scaled = logits * np.exp(values[0]) + np.array([0.0, values[1], 0.0])
        top = scaled.max(axis=1)
        total = np.log(np.exp(scaled - top[:, None]).sum(axis=1)) + top
        return float((total - scaled[np.arange(len(labels)), labels + 1]).mean())

    found = minimize(loss, np.zeros(2), method="L-BFGS-B", bounds=[(-3, 2), (-3, 3)]).x
    return Calibration(round(float(np.exp(found[0])), 4), round(float(found[1]) - margin, 4))


def labelled_logits(
    articles: Sequence[CodedArticle], logits: Logits, prefix: str = ""
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Return the logits, labels and articles of coded candidates."""
    rows, labels, groups = [], [], []
    for article in articles:
        for example in labelled(article):
            found = logits.get(candidate_key(f"{prefix}{article.id}", example.candidate))
            if found is not None:
                rows.append(found)
                labels.append(example.label)
                groups.append(article.id)
    return np.array(rows).reshape(-1, 3), np.array(labels, dtype=int), groups


def cross_calibrated(
    articles: Sequence[CodedArticle], logits: Logits, fold_of: Mapping[str, int], prefix: str = ""
) -> dict[str, Recorded]:
    """Return for each article a recorded classifier whose calibration was fitted on the other folds.

    Args:
        articles: Coded articles.
        logits: Of networks that did not see them.
        fold_of: The fold of each article; one without a fold is left out.
        prefix: What the keys begin with.
    """
    rows, labels, groups = labelled_logits(articles, logits, prefix)
    folds = np.array([fold_of[group] for group in groups])
    by_fold = {
        fold: Recorded(
            "neural", logits, calibrate(rows[folds != fold], labels[folds != fold], ARTICLE_MARGIN), prefix
        )
        for fold in sorted(set(fold_of.values()))
    }
    return {article.id: by_fold[fold_of[article.id]] for article in articles}


def measure_articles(
    articles: Sequence[CodedArticle], logits: Logits, fold_of: Mapping[str, int], prefix: str = ""
) -> dict[str, Any]:
    """Compare recorded logits with the codes: `whole_articles.compare`, and calibration of the coded candidates."""
    by_article = cross_calibrated(articles, logits, fold_of, prefix)
    predict = placed_predictions if prefix else predictions_of
    result = compare(articles, [predict(article, by_article[article.id]) for article in articles])
    gold: list[int] = []
    verdicts: list[Verdict] = []
    for article in articles:
        found = by_article[article.id].judge(article.prepared)
        for example in labelled(article):
            gold.append(example.label)
            verdicts.append(found[example.number])
    result["calibration"] = report(gold, verdicts)
    return result


def placed_predictions(article: CodedArticle, classifier: Classifier) -> Predictions:
    """Return what a classifier says of an article whose actors stand where the coders put them.

    A candidate without any mention is neutral, except to a classifier that recorded it: only encoders read a sentence
    without a place.
    """
    prepared = article.prepared
    if not isinstance(classifier, Recorded):
        prepared = replace(prepared, candidates=tuple(item for item in prepared.candidates if item.mentions))
    verdicts = dict(zip(prepared.candidates, classifier.judge(prepared), strict=True))
    found: dict[tuple[int, str], tuple[int, float, str]] = {}
    for example in labelled(article):
        place = article.matches[example.candidate.sentence.id - 1]
        verdict = verdicts.get(example.candidate)
        if place is not None:
            label = predicted(verdict) if verdict else 0
            score = verdict.positive - verdict.negative if verdict else 0.0
            found[place, example.candidate.actor] = (label, score, "")
    return found
