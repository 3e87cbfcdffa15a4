"""Comparisons of groups: coverage of intervals, false alarms of tests, time and memory of a million scores.

python benchmark/comparison.py [--runs N] [--rows N]
"""

from __future__ import annotations

import argparse
import resource
import time

import numpy as np

from stance.study.compare import compare
from stance.study.groups import Cell, Gathered

ACTORS, GROUPS, RESAMPLES = 4, 10, 2_000


def simulated(chance: np.random.Generator, articles: int, groups: int = 2) -> Gathered:
    """Return groups without a difference, of articles whose sentences resemble each other."""
    found = Gathered("group", groups=tuple(f"g{number:02}" for number in range(groups)))
    by_group = found.cells["Obama"] = {}
    for name in found.groups:
        docs = by_group[name] = {}
        for number, level in enumerate(chance.normal(0.0, 0.25, articles)):
            scores = np.clip(chance.normal(level, 0.3, chance.integers(2, 12)), -1, 1)
            docs[f"{name}-{number}"] = Cell(float(scores.sum()), len(scores), neutral=len(scores))
    return found


def coverage(runs: int) -> None:
    """Print how often intervals hold the truth and tests raise a false alarm, by number of articles."""
    print(f"No difference, {runs} runs each: 95 % intervals that hold the mean; p values of at most 0.05\n")
    print(f"{'articles a group':>17}{'covered':>10}{'alarms':>9}{'alarms of any of 10 groups, Holm':>35}")
    for articles in (5, 10, 20, 50):
        chance = np.random.default_rng(articles)
        covered = alarms = family = 0
        for _ in range(runs):
            found = compare(simulated(chance, articles), resamples=999)
            low, high = found.means[0].ci_low, found.means[0].ci_high
            covered += low is not None and high is not None and low <= 0.0 <= high
            alarms += (found.contrasts[0].p or 1.0) <= 0.05
        several = max(runs // 4, 1)
        for _ in range(several):
            found = compare(simulated(chance, articles, GROUPS), resamples=999)
            family += any((one.p_corrected or 1.0) <= 0.05 for one in found.contrasts)
        print(
            f"{articles:>17}{covered / runs:>10.3f}{alarms / runs:>9.3f}{family / several:>35.3f}", flush=True
        )


def large(rows: int) -> None:
    """Print time and memory for so many rows."""
    chance = np.random.default_rng(0)
    per_article = 10
    found = Gathered("source", groups=tuple(f"g{number:02}" for number in range(GROUPS)))
    for actor in range(ACTORS):
        by_group = found.cells[f"actor {actor}"] = {name: {} for name in found.groups}
        for number in range(rows // ACTORS // per_article):
            cell = Cell(float(chance.normal(0, 1)), per_article, neutral=per_article)
            by_group[found.groups[number % GROUPS]][f"d{number}"] = cell
    began = time.perf_counter()
    compare(found, resamples=RESAMPLES)
    taken = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"\n{rows:,} scores, {ACTORS} actors, {GROUPS} groups, {RESAMPLES:,} resamples: {taken:.1f} s, "
        f"{peak:,.0f} MB at most (numpy)"
    )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=400)
    parser.add_argument("--rows", type=int, default=1_000_000)
    options = parser.parse_args()
    coverage(options.runs)
    large(options.rows)


if __name__ == "__main__":
    main()
