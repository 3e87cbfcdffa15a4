"""The regression behind the linear classifier: fit, calibration, export.

Each feature has a weight that lone sentences and articles share, and one that only articles have (feature augmentation,
Daumé 2007). Probabilities are calibrated on predictions for documents that the model did not see (temperature scaling,
Guo et al. 2017). What goes in stands in `populations.py`.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from stance.classify.collective import NO_COLLECTIVE, Collective
from stance.classify.linear import SEPARATOR, UNIT
from stance.classify.packed import LIMITS, PAIRS, pack
from stance.classify.vectors import GROUP_COUNT, NO_VECTORS, WordVectors
from stance.research.populations import LABELS, Dataset, subset, without

FOLDS = 3  # for calibration; the benchmark has its own
# Tight enough that a model does not hang on where the search stopped: at 1e-3, one mention more or less in the data
# moved the development score by half a point.
TOLERANCE = 3e-4
ITERATIONS = 600
DECIMALS = 3
MIN_WEIGHT = 0.03  # a feature that moves no log-odds by more than this is not worth its place in the file
DIMENSIONS = 40
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Settings:
    """What was chosen by cross-validation over articles.

    Attributes:
        strength: Inverse of the regularisation (scikit-learn's C).
        vector_scale: Scale of word vectors beside single words; larger trusts them more.
        article_weight: Weight of an article's row against a benchmark row.
        judged_rows, judged_articles: Weight of a machine-judged candidate against a coded one, by population.
        rationale: Weight of the words alone that a coder named as carrying a portrayal, against the whole sentence.
        sharpness: Power to which a judge's probabilities are taken. The classes are balanced, and without it the many
            small chances of praise would add up to praise.
        row_balance, article_balance: How far classes are balanced in each population: 0 as they are, 1 evenly.
        augmentation: Scale of the weights that only articles have; larger lets them differ more.
        blame_margin, praise_margin: Log-odds by which blame and praise have to beat neutral in an article. The classes
            were balanced, and in an article most sentences are neutral and praise is rare; without the difference of the
            two, means come out too kind.
        minimum: Features seen in fewer coded examples than this are dropped.
        pull, boldness, reserve: How far an article's sentences on one actor move each other (see `classify.collective`).
    """

    strength: float = 0.06
    vector_scale: float = 0.3
    article_weight: float = 0.4
    judged_rows: float = 1.2
    judged_articles: float = 0.1
    rationale: float = 0.4
    sharpness: float = 2.0
    row_balance: float = 1.0
    article_balance: float = 1.0
    augmentation: float = 1.0
    blame_margin: float = -0.1
    praise_margin: float = 0.5
    minimum: int = 2
    pull: float = 1.0
    boldness: float = 1.0
    reserve: float = 2.0


@dataclass(frozen=True, slots=True)
class Weights:
    """A trained model before export: weights (features x 2) relative to neutral, for lone sentences and in articles.

    `spread` (groups * dimensions x 2) weighs word vectors; both share it up to the slope of their calibration.
    """

    names: list[str]
    lone: np.ndarray
    article: np.ndarray
    lone_spread: np.ndarray
    article_spread: np.ndarray
    lone_intercept: np.ndarray
    article_intercept: np.ndarray


def _augment(dataset: Dataset, settings: Settings) -> sparse.csr_matrix:
    own = settings.augmentation if dataset.articles else 0.0
    column = sparse.csr_matrix(np.full((dataset.matrix.shape[0], 1), own))
    return sparse.hstack(
        [dataset.matrix, dataset.matrix * own, column, dataset.spread * settings.vector_scale]
    ).tocsr()


def _sample_weights(datasets: Sequence[Dataset], settings: Settings) -> list[np.ndarray]:
    """Weigh examples: classes balanced among the coded ones of each population, judged ones in the same measure."""
    found = []
    for dataset in datasets:
        of_class = _class_weights(
            [one for one in datasets if one.articles == dataset.articles and one.coded], settings
        )
        weights = dataset.weights * np.array([of_class[label] for label in dataset.labels.tolist()])
        if dataset.articles:
            weights *= settings.article_weight
        if dataset.judged:
            weights *= settings.judged_articles if dataset.articles else settings.judged_rows
        if dataset.rationales:
            weights *= settings.rationale
        found.append(weights)
    return found


def _class_weights(coded: Sequence[Dataset], settings: Settings) -> dict[int, float]:
    labels = np.concatenate([dataset.labels for dataset in coded]) if coded else np.zeros(0, dtype=int)
    counts = {label: int((labels == label).sum()) for label in LABELS}
    present = sum(count > 0 for count in counts.values())
    articles = bool(coded) and coded[0].articles
    balance = settings.article_balance if articles else settings.row_balance
    return {
        label: (len(labels) / (present * count)) ** balance if count else 1.0
        for label, count in counts.items()
    }


def fit(datasets: Sequence[Dataset], names: list[str], settings: Settings) -> Weights:
    """Fit the regression on all examples of the datasets."""
    used = [dataset for dataset in datasets if len(dataset.labels)]
    model = LogisticRegression(C=settings.strength, tol=TOLERANCE, max_iter=ITERATIONS)
    model.fit(
        sparse.vstack([_augment(dataset, settings) for dataset in used]),
        np.concatenate([dataset.labels for dataset in used]),
        sample_weight=np.concatenate(_sample_weights(used, settings)),
    )
    relative = (model.coef_[[0, 2]] - model.coef_[1]).T
    intercept = model.intercept_[[0, 2]] - model.intercept_[1]
    margins = np.array([settings.blame_margin, settings.praise_margin])
    count = len(names)
    shared, own = relative[:count], relative[count : 2 * count]
    spread = relative[2 * count + 1 :] * settings.vector_scale
    return Weights(
        names,
        shared,
        shared + settings.augmentation * own,
        spread,
        spread,
        intercept,
        intercept + settings.augmentation * relative[2 * count] - margins,
    )


def logits(weights: Weights, dataset: Dataset) -> np.ndarray:
    """Return the log-odds (negative, positive) against neutral of a dataset's examples."""
    if dataset.articles:
        found = (
            dataset.matrix @ weights.article
            + dataset.spread @ weights.article_spread
            + weights.article_intercept
        )
    else:
        found = dataset.matrix @ weights.lone + dataset.spread @ weights.lone_spread + weights.lone_intercept
    return np.asarray(found)


def out_of_fold(datasets: Sequence[Dataset], names: list[str], settings: Settings, place: int) -> np.ndarray:
    """Return logits for one population, each predicted by a model that saw nothing of its document."""
    dataset = datasets[place]
    found = np.zeros((len(dataset.labels), 2))
    groups = [example.group for example in dataset.examples]
    for _, unseen in GroupKFold(FOLDS).split(dataset.matrix, groups=groups):
        hidden = {groups[number] for number in unseen.tolist()}
        parts = [other if other.judged else without(other, hidden) for other in datasets]
        found[unseen] = logits(fit(parts, names, settings), subset(dataset, unseen))
    return found


def calibrate(
    weights: Weights, datasets: Sequence[Dataset], settings: Settings, progress: Progress
) -> tuple[Weights, Collective]:
    """Scale each population's logits so that probabilities mean what they say on unseen documents.

    Returns:
        The weights, and how far an article's sentences move each other, with the means of unseen articles.
    """
    slopes = {False: 1.0, True: 1.0}
    collective = NO_COLLECTIVE
    for place, dataset in enumerate(datasets):
        if not dataset.coded or len({example.group for example in dataset.examples}) < FOLDS:
            continue
        progress(f"calibrating on unseen {'articles' if dataset.articles else 'rows'}")
        found = out_of_fold(datasets, weights.names, settings, place)
        slopes[dataset.articles] = temperature(found, dataset.labels)
        if dataset.articles:
            collective = collective_of(slopes[True] * found, settings)
    return rescale(weights, slopes[False], slopes[True]), collective


def collective_of(found: np.ndarray, settings: Settings) -> Collective:
    """Return how far an article's sentences on one actor move each other.

    Args:
        found: Calibrated logits (n x 2) of negative and positive against neutral, of unseen articles.
        settings: Hyperparameters.
    """
    said = probabilities_of(found)
    score, polar = float((said[:, 2] - said[:, 0]).mean()), float((said[:, 2] + said[:, 0]).mean())
    return Collective(
        settings.pull, settings.boldness, settings.reserve, round(score, DECIMALS), round(polar, DECIMALS)
    )


def probabilities_of(found: np.ndarray) -> np.ndarray:
    """Return probabilities (n x 3) of negative, neutral and positive from logits (n x 2) against neutral."""
    full = np.column_stack([found[:, 0], np.zeros(len(found)), found[:, 1]])
    powers = np.exp(full - full.max(axis=1)[:, None])
    return np.asarray(powers / powers.sum(axis=1)[:, None])


def rescale(weights: Weights, lone: float, article: float) -> Weights:
    """Multiply each population's log-odds by a slope."""
    return Weights(
        weights.names,
        weights.lone * lone,
        weights.article * article,
        weights.lone_spread * lone,
        weights.article_spread * article,
        weights.lone_intercept * lone,
        weights.article_intercept * article,
    )


def temperature(found: np.ndarray, labels: np.ndarray) -> float:
    """Fit one slope to logits by maximum likelihood; it leaves every label as it is.

    Args:
        found: Logits (n x 2) of negative and positive against neutral.
        labels: -1, 0 or 1 for each.

    Returns:
        The slope, from 0.05 to 5.
    """
    targets = np.searchsorted(LABELS, labels)

    def loss(slope: float) -> float:
        full = np.column_stack([slope * found[:, 0], np.zeros(len(found)), slope * found[:, 1]])
        top = full.max(axis=1)
        total = np.log(np.exp(full - top[:, None]).sum(axis=1)) + top
        return float((total - full[np.arange(len(full)), targets]).mean())

    return float(minimize_scalar(loss, bounds=(0.05, 5.0), method="bounded").x)


def export_weights(
    weights: Weights, vectors: WordVectors = NO_VECTORS, collective: Collective = NO_COLLECTIVE
) -> bytes:
    """Return the weights as the JSON that analysis reads; features without weight are left out."""
    largest = LIMITS[PAIRS]
    lone, article = (
        np.clip(np.rint(values * UNIT), -largest, largest).astype(np.int16)
        for values in (weights.lone, weights.article)
    )
    kept = np.flatnonzero(np.maximum(np.abs(lone), np.abs(article)).max(axis=1) >= MIN_WEIGHT * UNIT)

    def context(values: np.ndarray, spread: np.ndarray) -> dict[str, Any]:
        blocks: Any = spread.round(DECIMALS).reshape(GROUP_COUNT, -1, 2) if vectors.dimensions else []
        return {
            "negative": pack(array(PAIRS, values[kept, 0].tolist())),
            "positive": pack(array(PAIRS, values[kept, 1].tolist())),
            "spread": [
                {"negative": block[:, 0].tolist(), "positive": block[:, 1].tolist()} for block in blocks
            ],
        }

    data: dict[str, Any] = {
        "names": SEPARATOR.join(weights.names[place] for place in kept),
        "lone": context(lone, weights.lone_spread),
        "article": context(article, weights.article_spread),
        "intercept": {
            "lone": weights.lone_intercept.round(DECIMALS).tolist(),
            "article": weights.article_intercept.round(DECIMALS).tolist(),
        },
        "collective": collective.to_json(),
    }
    if vectors.dimensions:
        data["vectors"] = vectors.to_json()
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
