"""Ways along a sentence's links from an actor to the words that may speak of him."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from stance.framing.masking import Masked, unit_places

LONGEST = 3  # links
MOST_TARGETS = 3  # mentions that are looked at
_MOST_DOWN = 12  # dependents of one word that are looked at
_MOST_WAYS = 3  # to one word
_SILENT = frozenset({"aux"})
_OF_HIS = frozenset({"S", "O", "-m"})  # what is his does something, is acted upon, is described
_CLAUSE = frozenset({"-c", "-v"})
GOING_ON: Mapping[tuple[str, ...], frozenset[str]] = {
    ("S",): frozenset({"-c", "-O", "-v", "-j", "-x"}),
    ("O",): frozenset({"-c", "-as"}),
    ("p",): _OF_HIS,
    ("m",): _OF_HIS,
    ("a",): frozenset({"-m"}),
    ("-a",): frozenset({"-m"}),
    ("p", "S"): _CLAUSE,
    ("m", "S"): _CLAUSE,
    ("p", "O"): frozenset({"-on", "-in"}),
    ("m", "O"): frozenset({"-on", "-in"}),
    ("S", "-c"): frozenset({"-m"}),
    ("S", "-O"): frozenset({"-m"}),
}
"""By which labels a way is gone on with; see `stance.frames.ties`."""


class Way(NamedTuple):
    """A way along links: their labels, the words between, and whether anything on it is denied."""

    labels: tuple[str, ...]
    words: tuple[str, ...]
    denied: bool


class View:
    """A sentence as seen from an actor.

    Attributes:
        masked: The sentence with its actors masked.
        state: Whether the actor is a state.
        place_of: The place of each token.
    """

    __slots__ = ("_ways", "masked", "place_of", "state")

    def __init__(self, masked: Masked, *, state: bool) -> None:
        self.masked = masked
        self.state = state
        self.place_of = unit_places(masked.units)
        self._ways: dict[int, list[Way]] | None = None

    @property
    def ways(self) -> Mapping[int, Sequence[Way]]:
        """For each place near enough the ways to it from the actor, shorter ones first; looked for when asked."""
        if self._ways is None:
            self._ways = _ways_from(self.masked)
        return self._ways

    def places(self, first: int, last: int) -> list[int]:
        """Return the places of tokens, inclusive."""
        place_of = self.place_of
        if first == last:
            return [place_of[first]] if first in place_of else []
        return list(dict.fromkeys(place_of[one] for one in range(first, last + 1) if one in place_of))


def _ways_from(masked: Masked) -> dict[int, list[Way]]:
    """Return the ways from the actor by place.

    Labels are plain from dependent to head and have `-` from head to dependent. Only ways of which
    `stance.frames.ties` makes something are gone on with.
    """
    structure = masked.structure
    units, negated = masked.units, structure.negated
    found: dict[int, list[Way]] = {}
    own = set(masked.targets)
    level = [(target, Way((), (), denied=False)) for target in masked.targets[:MOST_TARGETS]]
    for _ in range(LONGEST):
        following: list[tuple[int, Way]] = []
        for place, way in level:
            labels, words, denied = way
            wanted = GOING_ON.get(labels)
            if wanted is None and labels:
                continue
            between = (*words, units[place].word) if labels else ()
            for other, label in structure.heads[place]:
                if (wanted is None or label in wanted) and other not in own and label not in _SILENT:
                    longer = Way((*labels, label), between, denied or other in negated)
                    _keep(found, other, longer, following)
            for other, label in structure.dependents[place][:_MOST_DOWN]:
                down = f"-{label}"
                if (wanted is None or down in wanted) and other not in own and label not in _SILENT:
                    longer = Way((*labels, down), between, denied or other in negated)
                    _keep(found, other, longer, following)
        level = following
    return found


def _keep(found: dict[int, list[Way]], place: int, way: Way, following: list[tuple[int, Way]]) -> None:
    ways = found.get(place)
    if ways is None:
        found[place] = [way]
        following.append((place, way))
    elif len(ways) < _MOST_WAYS:
        ways.append(way)
