"""Which words go with one group of texts more than with another: log-odds with an informative prior (Monroe et al. 2008).

Plain ratios put rare words first, plain differences common ones. With a Dirichlet prior shaped like the whole vocabulary a
word has to be seen often enough to count, and its log-odds come with a variance, so that words can be ranked by z.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

PRIOR = 500.0  # words that the prior weighs as much as
CERTAIN = 1.96  # |z| from which a word is not a matter of chance, at 95 %, if it were the only one that is asked about


class Key(NamedTuple):
    """A word and how it is spread over two groups of texts.

    Attributes:
        word: The word.
        z: Its log-odds ratio over its standard deviation: positive if it goes with the first group.
        log_odds: The difference of its log-odds in the first and the second group, after the prior.
        first, second: How often it stands there.
    """

    word: str
    z: float
    log_odds: float
    first: int
    second: int


def keyness(
    first: Mapping[str, int],
    second: Mapping[str, int],
    background: Mapping[str, int] | None = None,
    *,
    prior: float = PRIOR,
) -> list[Key]:
    """Return all words of two groups of texts, those that go most with the first group first.

    Monroe, Colaresi and Quinn (2008), Fightin' Words, equations 15, 16 and 22.

    Args:
        first: Counts of words in one group.
        second: Counts of words in the other.
        background: Counts that shape the prior; those of both groups together if None.
        prior: How many words the prior weighs as much as, over 0.

    Returns:
        Sorted by falling z, equal ones by word. Empty if either group is empty.

    Raises:
        ValueError: `prior` is not over 0.
    """
    if not prior > 0:
        raise ValueError("prior must be over 0")
    totals = sum(first.values()), sum(second.values())
    if not all(totals):
        return []
    words = {*first, *second}
    shape = background if background is not None else _together(first, second)
    # A word that the background lacks weighs as if it stood there once.
    mass = sum(shape.get(word, 1) for word in words)
    found = []
    for word in words:
        own = prior * shape.get(word, 1) / mass
        here, there = first.get(word, 0), second.get(word, 0)
        odds = _log_odds(here + own, totals[0] + prior) - _log_odds(there + own, totals[1] + prior)
        spread = math.sqrt(1 / (here + own) + 1 / (there + own))
        found.append(Key(word, odds / spread, odds, here, there))
    found.sort(key=lambda key: (-key.z, key.word))
    return found


def _together(first: Mapping[str, int], second: Mapping[str, int]) -> dict[str, int]:
    counts = dict(first)
    for word, count in second.items():
        counts[word] = counts.get(word, 0) + count
    return counts


def _log_odds(count: float, total: float) -> float:
    # A group of one word only leaves nothing beside it.
    return math.log(count) - math.log(max(total - count, 1e-9))


def count_words(texts: Iterable[Iterable[str]]) -> dict[str, int]:
    """Count words over texts that are already split."""
    counts: dict[str, int] = {}
    for words in texts:
        for word in words:
            counts[word] = counts.get(word, 0) + 1
    return counts
