"""Summaries of scores: means, their uncertainty, counts."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from operator import itemgetter

from stance.frames.story import portrayal_of, role_of
from stance.records import ActorSummary, Label, Score, Voice

RESAMPLES = 1_000
SEED = 20_170_510
_MOST_KNOWN = 40  # values of which resamples are kept; together they take some ten megabytes at most
Draw = Callable[[Sequence[float]], Iterable[float]]
"""Takes the values of one resample, with repetitions, out of all values."""


def summarize(scores: Sequence[Score], actors: Sequence[str]) -> tuple[ActorSummary, ...]:
    """Summarise an article's scores by actor.

    Intervals are 95 % percentile bootstraps over the article's sentences (Efron 1979) with a fixed seed: they
    say how far the mean depends on these sentences, not how other articles would come out.

    Args:
        scores: Scores of one article.
        actors: Actors in the order wanted; those without a score are left out.

    Returns:
        One summary for each actor present. Abstained scores enter the count `abstained` and nothing else.
    """
    found = []
    for actor in actors:
        own = [score for score in scores if score.actor == actor]
        if not own:
            continue
        kept = [score for score in own if not score.abstained]
        values = [score.score for score in kept]
        low, high = bootstrap_interval(values)
        role, role_sentences = role_of(own)
        found.append(
            ActorSummary(
                actor=actor,
                sentences=len(own),
                mean=_mean(values),
                ci_low=low,
                ci_high=high,
                negative=sum(score.label is Label.NEGATIVE for score in kept),
                neutral=sum(score.label is Label.NEUTRAL for score in kept),
                positive=sum(score.label is Label.POSITIVE for score in kept),
                abstained=len(own) - len(kept),
                author_mean=_mean([score.score for score in kept if score.voice is Voice.AUTHOR]),
                quoted_mean=_mean([score.score for score in kept if score.voice is Voice.QUOTED]),
                portrayal=portrayal_of(own),
                role=role,
                role_sentences=role_sentences,
            )
        )
    return tuple(found)


def bootstrap_interval(values: Sequence[float]) -> tuple[float | None, float | None]:
    """Return the 95 % percentile bootstrap interval of a mean; (None, None) for fewer than two values."""
    count = len(values)
    if count < 2:
        return None, None
    if count <= _MOST_KNOWN:
        means = sorted(sum(draw(values)) / count for draw in _resamples(count))
    else:
        chance = random.Random(SEED)  # noqa: S311 - resampling, no secret
        means = sorted(sum(chance.choices(values, k=count)) / count for _ in range(RESAMPLES))
    return round(means[int(0.025 * RESAMPLES)], 6), round(means[int(0.975 * RESAMPLES) - 1], 6)


@cache
def _resamples(count: int) -> list[Draw]:
    """Return all resamples of so many values: the seed is fixed, so they are the same for each actor and article."""
    chance = random.Random(SEED)  # noqa: S311 - resampling, no secret
    places = range(count)
    return [itemgetter(*chance.choices(places, k=count)) for _ in range(RESAMPLES)]


def _mean(values: Sequence[float]) -> float | None:
    return round(math.fsum(values) / len(values), 6) if values else None
