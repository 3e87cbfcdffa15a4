"""Groups of articles held against each other: means with intervals, differences with p values, all clustered by article.

Sentences of one article resemble each other, so articles are drawn and exchanged, never sentences: a bootstrap over
articles (Field and Welsh 2007) and a permutation test over articles. Where an article stands in several groups, as with
the voice, groups are exchanged inside of articles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from stance.errors import UsageError
from stance.study.effects import cliffs_delta, correct
from stance.study.groups import Cell, Gathered

if TYPE_CHECKING:
    from numpy.typing import NDArray

RESAMPLES = 2_000
SEED = 20_170_510
FEWEST = 5  # articles in a group, under which it is called too small
LEVEL = 0.95
MOST_PAIRS = 2_000


@dataclass(frozen=True, slots=True)
class GroupMean:
    """An actor in one group.

    Attributes:
        articles, sentences: How many the mean rests on.
        mean: Of the scores of all sentences, -1 to 1; None if all abstained.
        ci_low, ci_high: Its 95 % interval over articles; None under two articles.
        negative, neutral, positive: Shares of labels, 0 to 1.
        author_mean, quoted_mean: Of what the author says and of what others are quoted with.
        abstained: Share of scores that abstained.
        small: Whether there are fewer than `FEWEST` articles.
    """

    actor: str
    group: str
    articles: int
    sentences: int
    mean: float | None
    ci_low: float | None
    ci_high: float | None
    negative: float
    neutral: float
    positive: float
    author_mean: float | None
    quoted_mean: float | None
    abstained: float
    small: bool


@dataclass(frozen=True, slots=True)
class Contrast:
    """The difference of an actor's means in two groups, or in a group and all others.

    Attributes:
        other: The second group; empty if it is all others.
        difference: Of the means, -2 to 2, with its 95 % interval.
        p: Of the permutation test, two-sided.
        p_corrected: Of all contrasts together.
        delta: Cliff's (1993) delta of the articles' means, -1 to 1.
        small: Whether a side has fewer than `FEWEST` articles; there is no test then.
    """

    actor: str
    group: str
    other: str
    difference: float
    ci_low: float | None
    ci_high: float | None
    p: float | None
    p_corrected: float | None
    delta: float
    small: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """All means and contrasts of a comparison."""

    by: str
    means: tuple[GroupMean, ...]
    contrasts: tuple[Contrast, ...]
    resamples: int
    seed: int
    correction: str


@dataclass(frozen=True, slots=True, eq=False)
class _Cells:
    """The cells of one actor as arrays, sorted by group and article; `nested` says that no article is in two groups."""

    actor: str
    names: Sequence[str]
    nested: bool
    group: NDArray[np.int64]
    doc: NDArray[np.int64]
    total: NDArray[np.float64]
    count: NDArray[np.float64]


def compare(
    gathered: Gathered,
    *,
    pairs: bool = False,
    correction: str = "holm",
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Comparison:
    """Compare groups.

    Args:
        gathered: Scores by actor, group and article.
        pairs: Whether to hold each group against each other one, and not against all others together.
        correction: `holm` (Holm 1979), `bh` (Benjamini and Hochberg 1995) or `none`, over all contrasts.
        resamples: Draws of the bootstrap, and of the permutation test.
        seed: Of both; the same scores and seed give the same numbers.

    Raises:
        UsageError: There are over 2,000 pairs.
    """
    names = gathered.groups
    nested = gathered.nested
    means: list[GroupMean] = []
    contrasts: list[Contrast] = []
    for actor in sorted(gathered.cells):
        by_group = gathered.cells[actor]
        cells = _arrays(actor, by_group, names, nested=nested)
        chance = np.random.default_rng(seed)
        draws = _bootstrap(cells, resamples, chance)
        means += (
            _mean(actor, name, by_group[name], draws[:, place])
            for place, name in enumerate(names)
            if name in by_group
        )
        contrasts += _contrasts(cells, draws, chance, pairs=pairs)
    tested = [one.p for one in contrasts if one.p is not None]
    corrected = iter(correct(tested, correction))
    final = [
        one
        if one.p is None
        else Contrast(
            one.actor, one.group, one.other, one.difference, one.ci_low, one.ci_high, one.p, next(corrected),
            one.delta, one.small,
        )
        for one in contrasts
    ]  # fmt: skip
    return Comparison(gathered.by, tuple(means), tuple(final), resamples, seed, correction)


def _arrays(
    actor: str, by_group: dict[str, dict[str, Cell]], names: Sequence[str], *, nested: bool
) -> _Cells:
    place = {name: index for index, name in enumerate(names)}
    docs: dict[str, int] = {}
    rows = [
        (place[name], docs.setdefault(doc, len(docs)), cell.total, cell.count)
        for name in names
        for doc, cell in sorted(by_group.get(name, {}).items())
        if cell.count
    ]
    columns: Any = zip(*rows, strict=True) if rows else ((), (), (), ())
    group, doc, total, count = columns
    return _Cells(
        actor,
        names,
        nested,
        np.array(group, dtype=np.int64),
        np.array(doc, dtype=np.int64),
        np.array(total, dtype=np.float64),
        np.array(count, dtype=np.float64),
    )


def _ratio(total: NDArray[np.float64], count: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return means; NaN where nothing was counted."""
    means: NDArray[np.float64] = np.divide(
        total, count, out=np.full(np.shape(total), np.nan), where=count > 0
    )
    return means


def _sums(
    cells: _Cells, labels: NDArray[np.int64], weights: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """Return sums of scores and their counts by group, each cell with a weight."""
    columns = (cells.total, cells.count)
    if weights is not None:
        columns = (cells.total * weights, cells.count * weights)
    return np.stack([np.bincount(labels, column, len(cells.names)) for column in columns], axis=-1)


def _bootstrap(cells: _Cells, resamples: int, chance: np.random.Generator) -> NDArray[np.float64]:
    """Return sums of scores and counts by resample and group, articles drawn with replacement; as (resample, group, 2).

    Articles are drawn inside of their group; where they are in several, an article is drawn with all of its groups.
    """
    result = np.zeros((resamples, len(cells.names), 2))
    size = len(cells.group)
    if not size:
        return result
    sizes = np.bincount(cells.group, minlength=len(cells.names))
    starts = (np.cumsum(sizes) - sizes)[cells.group]
    documents = int(cells.doc.max()) + 1
    for draw in range(resamples):
        if cells.nested:
            drawn = starts + (chance.random(size) * sizes[cells.group]).astype(np.int64)
            weights = np.bincount(drawn, minlength=size)
        else:
            weights = np.bincount(chance.integers(0, documents, documents), minlength=documents)[cells.doc]
        result[draw] = _sums(cells, cells.group, weights.astype(np.float64))
    return result


def _interval(draws: NDArray[np.float64], articles: int) -> tuple[float | None, float | None]:
    """Return the expanded percentile interval (Hesterberg 2015): plain percentiles are too narrow for few articles."""
    kept = draws[~np.isnan(draws)]
    if articles < 2 or len(kept) < len(draws) / 2:
        return None, None
    # Imported here: its start takes longer than the rest.
    from scipy.stats import norm, t  # noqa: PLC0415

    tail = float(norm.cdf(t.ppf((1 - LEVEL) / 2, articles - 1) * np.sqrt(articles / (articles - 1))))
    low, high = np.quantile(kept, [tail, 1 - tail])
    return round(float(low), 6), round(float(high), 6)


def _mean(actor: str, name: str, docs: dict[str, Cell], draws: NDArray[np.float64]) -> GroupMean:
    own = [cell for cell in docs.values() if cell.count]
    count = sum(cell.count for cell in own)
    abstained = sum(cell.abstained for cell in docs.values())
    low, high = _interval(_ratio(draws[:, 0], draws[:, 1]), len(own))

    def share(number: int) -> float:
        return round(number / count, 6) if count else 0.0

    def mean(total: float, number: int) -> float | None:
        return round(total / number, 6) if number else None

    return GroupMean(
        actor,
        name,
        len(own),
        count,
        mean(sum(cell.total for cell in own), count),
        low,
        high,
        share(sum(cell.negative for cell in own)),
        share(sum(cell.neutral for cell in own)),
        share(sum(cell.positive for cell in own)),
        mean(sum(cell.author_total for cell in own), sum(cell.author_count for cell in own)),
        mean(sum(cell.quoted_total for cell in own), sum(cell.quoted_count for cell in own)),
        round(abstained / (abstained + count), 6) if abstained + count else 0.0,
        len(own) < FEWEST,
    )


def _contrasts(
    cells: _Cells, draws: NDArray[np.float64], chance: np.random.Generator, *, pairs: bool
) -> list[Contrast]:
    present = sorted(set(cells.group.tolist()))
    if len(present) < 2:
        return []
    if pairs or len(present) == 2:
        wanted = [(one, other) for index, one in enumerate(present) for other in present[index + 1 :]]
    else:
        wanted = [(one, -1) for one in present]
    sizes = np.bincount(cells.group, minlength=len(cells.names))
    if len(wanted) > MOST_PAIRS:
        raise UsageError(
            f"--pairs: {len(wanted):,} pairs of groups; over {MOST_PAIRS:,} none would stand out. Leave --pairs out"
        )
    pairing = np.array(wanted)
    smaller = [
        int(min(sizes[one], sizes[other] if other >= 0 else sizes.sum() - sizes[one]))
        for one, other in wanted
    ]
    observed = _differences(_sums(cells, cells.group)[None], pairing)[0]
    extreme = np.zeros(len(wanted), dtype=np.int64)
    if max(smaller) >= FEWEST:
        for _ in range(len(draws)):
            extreme += (
                np.abs(_differences(_exchanged(cells, chance)[None], pairing)[0]) >= np.abs(observed) - 1e-12
            )
    drawn = _differences(draws, pairing)
    means = _ratio(cells.total, cells.count)
    found = []
    for place, (one, other) in enumerate(wanted):
        low, high = _interval(drawn[:, place], smaller[place])
        beside = cells.group == other if other >= 0 else cells.group != one
        small = smaller[place] < FEWEST
        found.append(
            Contrast(
                cells.actor,
                cells.names[one],
                cells.names[other] if other >= 0 else "",
                round(float(observed[place]), 6),
                low,
                high,
                None if small else round((1 + int(extreme[place])) / (1 + len(draws)), 6),
                None,
                round(cliffs_delta(means[cells.group == one], means[beside]), 6),
                small,
            )
        )
    return found


def _differences(sums: NDArray[np.float64], pairing: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the differences of means, as (resample, pair).

    Args:
        sums: As (resample, group, 2).
        pairing: As (pair, 2): a group, and the other one, or -1 for all others.
    """
    own, other = sums[:, pairing[:, 0]], sums[:, pairing[:, 1]]
    others = sums.sum(axis=1, keepdims=True) - own
    beside = np.where(pairing[None, :, 1:] >= 0, other, others)
    return _ratio(own[..., 0], own[..., 1]) - _ratio(beside[..., 0], beside[..., 1])


def _exchanged(cells: _Cells, chance: np.random.Generator) -> NDArray[np.float64]:
    """Return the sums of each group after articles have changed places, or inside of each article its groups."""
    if cells.nested:
        return _sums(cells, cells.group[chance.permutation(len(cells.group))])
    labels = np.empty_like(cells.group)
    order = np.lexsort((chance.random(len(cells.doc)), cells.doc))
    labels[order] = cells.group[np.argsort(cells.doc, kind="stable")]
    return _sums(cells, labels)
