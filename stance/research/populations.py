"""What the regression learns from: examples of several kinds, turned into matrices over one vocabulary.

Two populations are coded. *Rows* are single sentences with a marked target, sampled for benchmarks or written for this
project; *articles* are whole coded articles, whose candidates are the pipeline's own. Beside each there may be
candidates that a teacher judged (distillation, Hinton et al. 2015): they stand for every label, as much as it is
probable.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse
from sklearn.feature_extraction import DictVectorizer

from stance.classify.features import extract, names_of
from stance.classify.vectors import GROUP_COUNT, GROUPS, NO_VECTORS, SCALE, WordVectors
from stance.framing.masking import Masked, mask
from stance.research.data import Example, Probabilities

LABELS = (-1, 0, 1)
IMPROBABLE = 0.05  # a label under this is none that a judge stands for
JUDGED_MINIMUM = 20  # features that only machine-judged examples have must be commoner


@dataclass(frozen=True, slots=True)
class Population:
    """Examples of one kind.

    Attributes:
        articles: Whether they stand in articles, or are lone sentences.
        probabilities: What a judge said of each; None if they are coded.
        rationales: Whether only the words count that a coder named as carrying the portrayal.
    """

    examples: list[Example]
    articles: bool
    probabilities: Sequence[Probabilities] | None = None
    rationales: bool = False


@dataclass(frozen=True, slots=True)
class Dataset:
    """A population as matrices: single features, and vectors added up by group (see `classify.vectors`).

    Attributes:
        matrix: Examples x features.
        spread: Examples x (groups * dimensions), sums of word vectors.
        labels: -1, 0 or 1 for each example.
        weights: What each example counts; a judged one stands here once for each label that is not improbable.
        articles: Whether they stand in articles.
        judged: Whether labels are a judge's.
        rationales: Whether only the words count that a coder named.
    """

    examples: list[Example]
    matrix: sparse.csr_matrix
    spread: sparse.csr_matrix
    labels: np.ndarray
    weights: np.ndarray
    articles: bool
    judged: bool = False
    rationales: bool = False

    @property
    def coded(self) -> bool:
        """Whether these are coded examples as they stand in their texts."""
        return not (self.judged or self.rationales)


def rationales(articles: Sequence[Example]) -> Population:
    """Return the examples whose coder named the words that carry the portrayal, to be learned from these words alone.

    What annotators mark says where in a sentence the label comes from (Zaidan, Eisner and Piatko 2007).
    """
    return Population([one for one in articles if one.cue and one.label], articles=True, rationales=True)


def feature_bags(found: Sequence[Example], *, rationales_only: bool = False) -> Iterator[dict[str, float]]:
    """Yield each example's features by name, values added up; of context and the coder's cue alone, if so asked."""
    for example in found:
        masked = mask(example.tokens, example.candidate)
        inside = _cue_places(example, masked) if rationales_only else None
        bag: dict[str, float] = {}
        for key, value, first, last in extract(example.tokens, example.candidate, masked):
            if inside is None or first < 0 or inside.issuperset(range(first, last + 1)):
                for name in names_of(key):
                    bag[name] = bag.get(name, 0.0) + value
        yield bag


def _cue_places(example: Example, masked: Masked) -> set[int]:
    """Return the places of the words that the coder named, and those of the actor."""
    start, end = example.cue or (0, 0)
    tokens = example.tokens
    named = {
        place
        for place, unit in enumerate(masked.units)
        if tokens.starts[unit.first] < end and tokens.ends[unit.last] > start
    }
    return named.union(masked.targets)


def vectorize(
    populations: Sequence[Population], minimum: int, sharpness: float, vectors: WordVectors = NO_VECTORS
) -> tuple[DictVectorizer, list[Dataset]]:
    """Turn examples into matrices over one vocabulary.

    Args:
        populations: What to turn.
        minimum: Features seen in fewer coded examples than this are dropped, but for those that many judged ones have.
        sharpness: Power to which a judge's probabilities are taken.
        vectors: Word vectors.

    Returns:
        The vocabulary, and a dataset for each population, in order.
    """
    bags = [
        list(feature_bags(population.examples, rationales_only=population.rationales))
        for population in populations
    ]
    kept: set[str] = set()
    for judged, least in ((False, minimum), (True, JUDGED_MINIMUM)):
        counts = Counter(
            name
            for population, own in zip(populations, bags, strict=True)
            if (population.probabilities is not None) == judged and not population.rationales
            for bag in own
            for name in bag
        )
        kept.update(name for name, count in counts.items() if count >= least)
    vectorizer = DictVectorizer(dtype=np.float64)
    vectorizer.fit([dict.fromkeys(kept, 1.0)])
    datasets = []
    for population, own in zip(populations, bags, strict=True):
        known = [{name: value for name, value in bag.items() if name in kept} for bag in own]
        matrix = vectorizer.transform(known) if own else sparse.csr_matrix((0, len(kept)))
        datasets.append(_dataset(population, matrix, _spread(own, vectors), sharpness))
    return vectorizer, datasets


def _dataset(
    population: Population, matrix: sparse.csr_matrix, spread: sparse.csr_matrix, sharpness: float
) -> Dataset:
    found = population.examples
    if population.probabilities is None:
        labels = np.array([example.label for example in found], dtype=int)
        weights = np.ones(len(labels))
        return Dataset(
            found, matrix, spread, labels, weights, population.articles, rationales=population.rationales
        )
    share = np.array(population.probabilities, dtype=np.float64).reshape(-1, len(LABELS)) ** sharpness
    share /= np.maximum(share.sum(axis=1, keepdims=True), 1e-12)
    places, columns = np.nonzero(share >= IMPROBABLE)
    return Dataset(
        [found[place] for place in places.tolist()],
        matrix[places],
        spread[places],
        columns - 1,
        share[places, columns],
        population.articles,
        judged=True,
    )


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


def subset(dataset: Dataset, places: np.ndarray) -> Dataset:
    """Return some examples of a dataset."""
    return replace(
        dataset,
        examples=[dataset.examples[place] for place in places.tolist()],
        matrix=dataset.matrix[places],
        spread=dataset.spread[places],
        labels=dataset.labels[places],
        weights=dataset.weights[places],
    )


def without(dataset: Dataset, groups: Collection[str]) -> Dataset:
    """Return a dataset without what stands in some documents."""
    kept = [place for place, example in enumerate(dataset.examples) if example.group not in groups]
    return subset(dataset, np.array(kept, dtype=int))
