"""Effect sizes, and p values corrected for their number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

CORRECTIONS = ("holm", "bh", "none")


def cliffs_delta(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    """Return Cliff's (1993) delta: how much likelier a value of the first is the larger one than the smaller, -1 to 1."""
    if not len(first) or not len(second):
        return 0.0
    ordered = np.sort(second)
    below = np.searchsorted(ordered, first, side="left").sum()
    above = len(second) * len(first) - np.searchsorted(ordered, first, side="right").sum()
    return float(below - above) / (len(first) * len(second))


def correct(values: Sequence[float], correction: str) -> list[float]:
    """Return p values corrected for their number.

    Args:
        values: P values, 0 to 1.
        correction: `holm`, `bh` or `none`.

    Raises:
        ValueError: There is no such correction.
    """
    if correction == "none":
        return list(values)
    if correction not in CORRECTIONS:
        raise ValueError(correction)
    count = len(values)
    order = sorted(range(count), key=values.__getitem__)
    result = [0.0] * count
    if correction == "holm":
        running = 0.0
        for rank, place in enumerate(order):
            running = max(running, min(1.0, (count - rank) * values[place]))
            result[place] = round(running, 6)
        return result
    running = 1.0
    for rank in range(count, 0, -1):
        place = order[rank - 1]
        running = min(running, values[place] * count / rank)
        result[place] = round(running, 6)
    return result
