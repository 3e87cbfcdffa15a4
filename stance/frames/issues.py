"""As what a sentence treats its matter: issue frames (Boydstun et al. 2014; Card et al. 2015), several at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from stance.categories import Generic, Issue
from stance.frames.lexicon import Frame, FrameEntry

ENOUGH = 2  # weight from which a sentence has a frame
MOST = 2  # frames of one sentence
_SHARE = 0.5  # of the strongest frame's weight: weaker ones are words in passing


class Framed(NamedTuple):
    """Under which frames a sentence looks at its matter, the strongest first."""

    issues: tuple[Issue, ...]
    generic: tuple[Generic, ...]


NOT_FRAMED = Framed((), ())
_PLACES = {issue: place for place, issue in enumerate(Issue)}
_GENERIC = tuple(Generic)


def find_issues(entries: Iterable[FrameEntry], names_state: Callable[[], bool] = lambda: False) -> Framed:
    """Return the frames of one sentence.

    Args:
        entries: Entries that stand in it; one counts once, however often it stands there.
        names_state: Says whether it names a state: that hints at diplomacy, but only beside another hint.
    """
    weights: dict[Frame, int] = {}
    for entry in dict.fromkeys(entries):
        for frame, weight in entry.weights:
            weights[frame] = weights.get(frame, 0) + weight
    if not weights:
        return NOT_FRAMED
    if weights.get(Issue.DIPLOMACY) == ENOUGH - 1 and names_state():
        weights[Issue.DIPLOMACY] = ENOUGH
    issues = [
        (weight, frame) for frame, weight in weights.items() if weight >= ENOUGH and isinstance(frame, Issue)
    ]
    floor = _SHARE * max(issues)[0] if issues else 0
    kept = sorted((-weight, _PLACES[frame], frame) for weight, frame in issues if weight >= floor)
    generic = tuple(frame for frame in _GENERIC if weights.get(frame, 0) >= ENOUGH)
    return Framed(tuple(frame for _, _, frame in kept[:MOST]), generic)
