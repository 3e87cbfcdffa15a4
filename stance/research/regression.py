"""The regression behind the linear classifier: matrices, fit, calibration, export.

Two populations go in. *Rows* are single sentences with a marked target, sampled for benchmarks or written for this
project; *articles* are whole coded articles, whose candidates are the pipeline's own. Each feature has a weight
that both share and one that only articles have (feature augmentation, Daumé 2007). Probabilities are calibrated on
predictions for documents that the model did not see (temperature scaling, Guo et al. 2017).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import minimize_scalar
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from stance.classify.features import extract, mask
from stance.classify.linear import UNIT
from stance.classify.vectors import GROUP_COUNT, GROUPS, NO_VECTORS, SCALE, WordVectors
from stance.research.data import Example

LABELS = (-1, 0, 1)
FOLDS = 3  # for calibration; the benchmark has its own
# Tight enough that a model does not hang on where the search stopped: at 1e-3, one mention more or less in the data
# moved the development score by half a point.
TOLERANCE = 1e-4
ITERATIONS = 600
DECIMALS = 3
JUDGED_MINIMUM = 12  # features that only machine-judged examples have must be commoner
MIN_WEIGHT = 0.04  # a feature that moves no log-odds by more than this is not worth its place in the file
DIMENSIONS = 40
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Settings:
    """What was chosen by cross-validation over articles.

    Attributes:
        strength: Inverse of the regularisation (scikit-learn's C).
        vector_scale: Scale of word vectors beside single words; larger trusts them more.
        article_weight: Weight of an article's row against a benchmark row.
        judged_weight: Weight of a machine-judged candidate.
        row_balance, article_balance: How far classes are balanced in each population: 0 as they are, 1 evenly.
        augmentation: Scale of the weights that only articles have; larger lets them differ more.
        article_margin: Log-odds by which praise or blame has to beat neutral in an article; the classes were balanced,
            and in an article most sentences are neutral.
        minimum: Features seen in fewer examples than this are dropped.
    """

    strength: float = 0.03
    vector_scale: float = 0.3
    article_weight: float = 0.4
    judged_weight: float = 0.1
    row_balance: float = 1.0
    article_balance: float = 1.0
    augmentation: float = 1.0
    article_margin: float = 0.2
    minimum: int = 2


@dataclass(frozen=True, slots=True)
class Dataset:
    """Examples of one population: single features, and vectors added up by group (see `classify.vectors`).

    Attributes:
        articles: Whether they stand in articles.
        soft: What each counts, if they were judged by a machine and stand here once for each label; None if coded.
    """

    examples: list[Example]
    matrix: sparse.csr_matrix
    spread: sparse.csr_matrix
    labels: np.ndarray
    articles: bool
    soft: np.ndarray | None = None


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


def feature_bags(found: Sequence[Example]) -> Iterator[dict[str, float]]:
    """Yield each example's features by name, values added up."""
    for example in found:
        bag: dict[str, float] = {}
        for feature in extract(example.tokens, example.candidate, mask(example.tokens, example.candidate)):
            bag[feature.name] = bag.get(feature.name, 0.0) + feature.value
        yield bag


def vectorize(
    populations: Sequence[list[Example]], minimum: int, vectors: WordVectors = NO_VECTORS
) -> tuple[DictVectorizer, list[Dataset]]:
    """Turn examples into matrices over one vocabulary.

    The first population is that of rows; the second, of coded articles, and a third, of judged ones, stand in articles.
    """
    bags = [list(feature_bags(population)) for population in populations]
    counts = Counter(name for population in bags[:2] for bag in population for name in bag)
    kept = {name for name, count in counts.items() if count >= minimum}
    judged = Counter(name for population in bags[2:] for bag in population for name in bag)
    kept.update(name for name, count in judged.items() if count >= JUDGED_MINIMUM)
    vectorizer = DictVectorizer(dtype=np.float64)
    vectorizer.fit([dict.fromkeys(kept, 1.0)])
    datasets = [
        Dataset(
            examples=population,
            matrix=vectorizer.transform(
                [{name: value for name, value in bag.items() if name in kept} for bag in own]
            )
            if own
            else sparse.csr_matrix((0, len(kept))),
            spread=_spread(own, vectors),
            labels=np.array([example.label for example in population], dtype=int),
            articles=place > 0,
        )
        for place, (population, own) in enumerate(zip(populations, bags, strict=True))
    ]
    return vectorizer, datasets


def _spread(bags: Sequence[dict[str, float]], vectors: WordVectors) -> sparse.csr_matrix:
    """Add up the vectors of each example's words, group by group."""
    size = vectors.dimensions
    total = np.zeros((len(bags), GROUP_COUNT * size))
    if size:
        table = np.frombuffer(vectors.values, dtype=np.int8).reshape(-1, size) / SCALE
        for number, bag in enumerate(bags):
            for name, value in bag.items():
                prefix, _, word = name.partition("=")
                group, place = GROUPS.get(prefix), vectors.place.get(word)
                if group is not None and place is not None:
                    total[number, group * size : (group + 1) * size] += value * table[place]
    return sparse.csr_matrix(total)


def _augment(dataset: Dataset, settings: Settings) -> sparse.csr_matrix:
    own = settings.augmentation if dataset.articles else 0.0
    column = sparse.csr_matrix(np.full((dataset.matrix.shape[0], 1), own))
    return sparse.hstack(
        [dataset.matrix, dataset.matrix * own, column, dataset.spread * settings.vector_scale]
    ).tocsr()


def _sample_weights(dataset: Dataset, settings: Settings) -> np.ndarray:
    weights = np.ones(len(dataset.labels)) if dataset.soft is None else dataset.soft.copy()
    mass = weights.sum()
    balance = settings.article_balance if dataset.articles else settings.row_balance
    present = [label for label in LABELS if weights[dataset.labels == label].sum() > 0]
    for label in present:
        members = dataset.labels == label
        weights[members] *= (mass / (len(present) * weights[members].sum())) ** balance
    if dataset.soft is not None:
        return weights * settings.judged_weight
    return weights * (settings.article_weight if dataset.articles else 1.0)


def soften(dataset: Dataset, probabilities: Sequence[Sequence[float]]) -> Dataset:
    """Let each example stand for every label, as much as its probability says: cross-entropy with soft targets."""
    weights = np.array(probabilities, dtype=np.float64)
    count = len(dataset.labels)
    return Dataset(
        dataset.examples * len(LABELS),
        sparse.vstack([dataset.matrix] * len(LABELS)).tocsr(),
        sparse.vstack([dataset.spread] * len(LABELS)).tocsr(),
        np.repeat(np.array(LABELS), count),
        dataset.articles,
        weights.T.reshape(-1),
    )


def fit(datasets: Sequence[Dataset], names: list[str], settings: Settings) -> Weights:
    """Fit the regression on all examples of the datasets."""
    used = [dataset for dataset in datasets if len(dataset.labels)]
    model = LogisticRegression(C=settings.strength, tol=TOLERANCE, max_iter=ITERATIONS)
    model.fit(
        sparse.vstack([_augment(dataset, settings) for dataset in used]),
        np.concatenate([dataset.labels for dataset in used]),
        sample_weight=np.concatenate([_sample_weights(dataset, settings) for dataset in used]),
    )
    relative = (model.coef_[[0, 2]] - model.coef_[1]).T
    intercept = model.intercept_[[0, 2]] - model.intercept_[1]
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
        intercept + settings.augmentation * relative[2 * count] - settings.article_margin,
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


def subset(dataset: Dataset, places: np.ndarray) -> Dataset:
    """Return some examples of a dataset."""
    return Dataset(
        [dataset.examples[place] for place in places],
        dataset.matrix[places],
        dataset.spread[places],
        dataset.labels[places],
        dataset.articles,
        None if dataset.soft is None else dataset.soft[places],
    )


def out_of_fold(datasets: Sequence[Dataset], names: list[str], settings: Settings, place: int) -> np.ndarray:
    """Return logits for one population, each predicted by a model that saw no example of its document."""
    dataset = datasets[place]
    found = np.zeros((len(dataset.labels), 2))
    groups = [example.group for example in dataset.examples]
    for seen, unseen in GroupKFold(FOLDS).split(dataset.matrix, groups=groups):
        parts = [subset(dataset, seen) if number == place else other for number, other in enumerate(datasets)]
        found[unseen] = logits(fit(parts, names, settings), subset(dataset, unseen))
    return found


def calibrate(
    weights: Weights, datasets: Sequence[Dataset], settings: Settings, progress: Progress
) -> Weights:
    """Scale each population's logits so that probabilities mean what they say on unseen documents."""
    slopes = {False: 1.0, True: 1.0}
    for place, dataset in enumerate(datasets):
        if dataset.soft is not None or len({example.group for example in dataset.examples}) < FOLDS:
            continue
        progress(f"calibrating on unseen {'articles' if dataset.articles else 'rows'}")
        found = out_of_fold(datasets, weights.names, settings, place)
        slopes[dataset.articles] = temperature(found, dataset.labels)
    return rescale(weights, slopes[False], slopes[True])


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


def export_weights(weights: Weights, vectors: WordVectors = NO_VECTORS) -> bytes:
    """Return the weights as the JSON that analysis reads; features without weight are left out."""
    lone, article = (np.rint(values * UNIT).astype(int) for values in (weights.lone, weights.article))
    kept = np.flatnonzero(np.maximum(np.abs(lone), np.abs(article)).max(axis=1) >= MIN_WEIGHT * UNIT)

    def context(values: np.ndarray, spread: np.ndarray) -> dict[str, Any]:
        blocks: Any = spread.round(DECIMALS).reshape(GROUP_COUNT, -1, 2) if vectors.dimensions else []
        return {
            "negative": values[kept, 0].tolist(),
            "positive": values[kept, 1].tolist(),
            "spread": [
                {"negative": block[:, 0].tolist(), "positive": block[:, 1].tolist()} for block in blocks
            ],
        }

    data: dict[str, Any] = {
        "names": [weights.names[place] for place in kept],
        "lone": context(lone, weights.lone_spread),
        "article": context(article, weights.article_spread),
        "intercept": {
            "lone": weights.lone_intercept.round(DECIMALS).tolist(),
            "article": weights.article_intercept.round(DECIMALS).tolist(),
        },
    }
    if vectors.dimensions:
        data["vectors"] = vectors.to_json()
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
