"""Ways along a sentence's links from an actor to the words that may portray him: "TARGET is the agent of `lied`"."""

from __future__ import annotations

from collections.abc import Sequence

from stance.language.structure import Structure

LONGEST = 3  # links
MOST_TARGETS = 3  # mentions that are looked at
_MOST_DOWN = 12  # dependents of one word that are looked at; a list of a thousand is no portrayal
_SILENT = frozenset({"aux", "-aux"})


def paths_from(targets: Sequence[int], structure: Structure) -> dict[int, str]:
    """Return for each word near enough the shortest way from the actor.

    Args:
        targets: Places of the actor.
        structure: The sentence's links.

    Returns:
        By place, the labels of the links: plain from dependent to head, with `-` from head to dependent, first
        upwards and then downwards; `!` in front where a word on the way is denied. `S-c` is "the complement of
        what the actor is the subject of".
    """
    negated = structure.negated
    found: dict[int, str] = {}
    own = set(targets)
    level: list[tuple[int, str, bool]] = [(target, "", False) for target in targets[:MOST_TARGETS]]
    for _ in range(LONGEST):
        following: list[tuple[int, str, bool]] = []
        for place, path, down in level:
            links = [] if down else [(head, label, False) for head, label in structure.heads[place]]
            links += [(one, f"-{label}", True) for one, label in structure.dependents[place][:_MOST_DOWN]]
            for other, label, downwards in links:
                if other in found or other in own or label in _SILENT:
                    continue
                longer = path + label
                if other in negated and path[:1] != "!":
                    longer = "!" + longer
                found[other] = longer
                following.append((other, longer, downwards))
        level = following
    return found
