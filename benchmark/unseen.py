"""Classifiers for articles that they never saw: the linear model by fold, and what trained encoders said by fold."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.model_selection import GroupKFold

from stance.classify.linear import LinearClassifier, classifier_from_json
from stance.classify.vectors import WordVectors
from stance.research.articles import CodedArticle
from stance.research.neural.logits import unseen
from stance.research.neural.measure import cross_calibrated
from stance.research.populations import Dataset, subset, without
from stance.research.regression import (
    Settings,
    Weights,
    collective_of,
    export_weights,
    fit,
    logits,
    rescale,
    temperature,
)

FOLDS = 5
_NO_FOLD = -1  # of articles that nothing is measured on


def linear_by_article(
    datasets: Sequence[Dataset], names: list[str], vectors: WordVectors, fold_of: Mapping[str, int]
) -> dict[str, LinearClassifier]:
    """Return for each article id a classifier that saw neither it nor its codes.

    Args:
        datasets: Rows, candidates of coded articles, their rationales, and what a judge that saw none of these articles
            said of others.
        names: The features.
        vectors: Word vectors.
        fold_of: The fold of each article that is measured on; others are always learned from.
    """
    settings = Settings()
    articles = datasets[1]
    folds = np.array([fold_of.get(example.group, _NO_FOLD) for example in articles.examples])
    trained: list[Weights] = []
    unseen_logits = np.zeros((len(folds), 2))
    for fold in range(FOLDS):
        print(f"  linear, fold {fold + 1} of {FOLDS}", file=sys.stderr)
        own = np.flatnonzero(folds == fold)
        hidden = {articles.examples[place].group for place in own.tolist()}
        weights = fit([one if one.judged else without(one, hidden) for one in datasets], names, settings)
        unseen_logits[own] = logits(weights, subset(articles, own))
        trained.append(weights)
    classifiers = []
    for fold, weights in enumerate(trained):
        others = np.flatnonzero((folds != fold) & (folds != _NO_FOLD))
        slope = temperature(unseen_logits[others], articles.labels[others])
        collective = collective_of(slope * unseen_logits[others], settings)
        exported = json.loads(export_weights(rescale(weights, 1.0, slope), vectors, collective))
        classifiers.append(classifier_from_json(exported, "fold"))
    return {id_: classifiers[fold] for id_, fold in fold_of.items()}


def folds_of(articles: Sequence[CodedArticle], work: Path | None) -> dict[str, int]:
    """Return the fold of each article: a training's own, so that all classifiers are measured alike, or any."""
    if work is not None:
        return unseen(work, "teacher")[1]
    groups = [article.group for article in articles]
    return {
        articles[place].id: fold
        for fold, (_, own) in enumerate(GroupKFold(FOLDS).split(groups, groups=groups))
        for place in own.tolist()
    }


def neural_by_article(
    work: Path, kind: str, articles: Sequence[CodedArticle], prefix: str = ""
) -> dict[str, Any]:
    """Return for each article what a network said that did not see it, from the work folder of a training."""
    found, folds = unseen(work, kind)
    return cross_calibrated(articles, found, folds, prefix)
