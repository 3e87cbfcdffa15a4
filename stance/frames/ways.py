"""Ways along a sentence's links from an actor to the words that may speak of him."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from stance.framing.masking import Masked, unit_places

LONGEST = 3  # links
MOST_TARGETS = 3  # mentions that are looked at
_MOST_DOWN = 12  # dependents of one word that are looked at
_MOST_WAYS = 3  # to one word
_SILENT = frozenset({"aux", "-aux"})


class Way(NamedTuple):
    """A way along links: their labels, the words between, and whether anything on it is denied."""

    labels: tuple[str, ...]
    words: tuple[str, ...]
    denied: bool


class View(NamedTuple):
    """A sentence as seen from an actor.

    Attributes:
        masked: The sentence with its actors masked.
        ways: For each place near enough the ways to it from the actor, shorter ones first.
        place_of: The place of each token.
    """

    masked: Masked
    ways: Mapping[int, Sequence[Way]]
    place_of: Mapping[int, int]

    def places(self, first: int, last: int) -> list[int]:
        """Return the places of tokens, inclusive."""
        return list(
            dict.fromkeys(self.place_of[one] for one in range(first, last + 1) if one in self.place_of)
        )


def view_from(masked: Masked) -> View:
    """Look at a sentence from its actor."""
    return View(masked, _ways_from(masked), unit_places(masked.units))


def _ways_from(masked: Masked) -> dict[int, list[Way]]:
    """Return the ways from the actor by place.

    Labels are plain from dependent to head and have `-` from head to dependent, first upwards and then downwards.
    """
    structure = masked.structure
    words = [unit.word for unit in masked.units]
    found: dict[int, list[Way]] = {}
    own = set(masked.targets)
    level = [(target, Way((), (), denied=False), False) for target in masked.targets[:MOST_TARGETS]]
    for _ in range(LONGEST):
        following = []
        for place, way, down in level:
            links: Sequence[tuple[int, str, bool]] = [
                *([] if down else [(head, label, False) for head, label in structure.heads[place]]),
                *((one, f"-{label}", True) for one, label in structure.dependents[place][:_MOST_DOWN]),
            ]
            for other, label, downwards in links:
                ways = found.setdefault(other, [])
                if other in own or label in _SILENT or len(ways) >= _MOST_WAYS:
                    continue
                between = (*way.words, words[place]) if way.labels else ()
                longer = Way((*way.labels, label), between, way.denied or other in structure.negated)
                ways.append(longer)
                if len(ways) == 1:
                    following.append((other, longer, downwards))
        level = following
    return found
