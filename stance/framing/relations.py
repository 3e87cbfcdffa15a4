"""What an actor is to a cue: its agent, its patient, the one it describes, or nothing.

A light reading of word order in place of a parser: sides, clause breaks, passives, possessives, "by" and "of",
copulas. Connotation follows Rashkin, Singh and Choi (2016): a predicate says something of its agent and of its
patient separately. The reading may be wrong and is never slow; a cue with no clear tie says nothing of the actor.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from stance.categories import Role
from stance.framing.cues import BE, BREAKS
from stance.language.words import word_set
from stance.records import Cue

_REACH = 9
_SIDE = 3
_FARTHEST = 60  # tokens; beyond that word order says nothing
_COPULAS = BE | word_set(
    """become becoming remain remains remained seem seems seemed look looks looked appear appears appeared
    sound sounds"""
)
_HAVING = word_set(
    """has had have having shows showed shown show showing displayed displays with faces faced lacks lacked based
    built founded rooted steeped marked driven full characterized characterised"""
)
_PREPOSITIONS = word_set(
    """of for with in on at against toward towards from about over under to between among after before near
    like than without"""
)
_TOWARD = frozenset(
    {"of", "on", "against", "for", "toward", "towards", "to", "at", "in", "with", "from", "over"}
)
_COORDINATING = word_set("and but or nor then so yet")
_RELATIVE = word_set("who which that")
_NAMING = word_set("called calls call calling labeled labelled branded dubbed deemed considers considered as")


@dataclass(frozen=True, slots=True)
class Relation:
    """An actor's tie to a cue.

    Attributes:
        role: Agent, patient, attribute, or none.
        value: How the cue lets the actor come off, -3 to 3 times the cue's factor (within ±4.5).
        near: Whether nothing stands between them that could claim the cue instead.
    """

    role: Role
    value: float
    near: bool


_NONE = Relation(Role.NONE, 0.0, near=False)


def relate(
    cue: Cue,
    words: Sequence[str],
    targets: Sequence[tuple[int, int]],
    others: Sequence[tuple[int, int]],
    first: int,
    end: int,
) -> Relation:
    """Relate a cue to an actor.

    Args:
        cue: A cue of the sentence.
        words: The article's tokens in lower case.
        targets: Token ranges of the actor's mentions in the sentence, inclusive, in order.
        others: Token ranges of other actors' mentions.
        first: The sentence's first token.
        end: The token after its last.

    Returns:
        The strongest relation over the actor's mentions.
    """
    best = _NONE
    for target in _around(cue, targets):
        if max(target[0] - cue.last, cue.first - target[1]) > _FARTHEST:
            continue
        if target[0] <= cue.last and cue.first <= target[1]:
            found = _across(cue, words, target, end)
        elif target[1] < cue.first:
            found = _from_left(cue, words, target, others, first)
        else:
            found = _from_right(cue, words, target, others, end)
        if (found.near, abs(found.value)) > (best.near, abs(best.value)) or best.role is Role.NONE:
            best = found
    return best


def _around(cue: Cue, spans: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    """Return the mentions nearest to a cue, at most `_SIDE` on either side.

    A sentence with a thousand mentions and a thousand cues must not cost a million relations.
    """
    place = bisect_left(spans, (cue.first, 0))
    return spans[max(0, place - _SIDE) : place + _SIDE]


def _make(role: Role, cue: Cue, *, near: bool) -> Relation:
    if role is Role.AGENT:
        value = cue.agent or (cue.bearer if cue.part != "verb" else 0)
    elif role is Role.PATIENT:
        value = cue.patient
    else:
        value = cue.bearer or cue.agent
    return Relation(role, value * cue.factor, near) if value else _NONE


def _across(cue: Cue, words: Sequence[str], target: tuple[int, int], end: int) -> Relation:
    """A target in the gap of an expression, "take Obama to task", is its patient."""
    possessed = target[1] + 1 < end and words[target[1] + 1] == "'s"
    return _make(Role.PATIENT, cue, near=not possessed)


def _claimed(others: Sequence[tuple[int, int]], low: int, high: int) -> bool:
    place = bisect_left(others, (low + 1, 0))
    return place < len(others) and others[place][1] < high


def _without_insertion(between: list[str]) -> list[str]:
    """Leave out what may stand between a subject and its verb: "X, after a long day, lied", "X, who lied"."""
    if between[:1] == [","] and "," in between[1:]:
        close = between.index(",", 1)
        if close > 1 and between[1] not in _COORDINATING:
            between = between[close + 1 :]
    relative = next((at for at, word in enumerate(between[:2]) if word in _RELATIVE), None)
    if relative is not None and (relative == 0 or between[0] == ","):
        between = between[relative + 1 :]
    return between


def _from_left(
    cue: Cue, words: Sequence[str], target: tuple[int, int], others: Sequence[tuple[int, int]], first: int
) -> Relation:
    between = list(words[target[1] + 1 : cue.first])
    if cue.part == "verb":
        between = _without_insertion(between)
    distance = len(between)
    claimed = _claimed(others, target[1], cue.first)
    broken = any(word in BREAKS for word in between)
    possessive = bool(between) and between[0] == "'s"
    governed = target[0] > first and words[target[0] - 1] in _PREPOSITIONS
    if cue.part == "verb":
        near = distance <= _REACH and not (claimed or broken or possessive or governed)
        role = Role.PATIENT if cue.passive else Role.AGENT
        return _make(role, cue, near=near) if not (claimed and broken) else _NONE
    if (
        possessive
        or not between
        or (distance <= 2 and between[0] not in _COPULAS and between[0] not in BREAKS)
    ):
        # "Obama's stunning failure", "Russian meddling", "called Trump a liar"
        near = distance <= 4 and not claimed and not broken
        role = Role.AGENT if cue.part == "noun" and cue.agent else Role.ATTRIBUTE
        if cue.part == "adv":
            role = Role.AGENT
        return _make(role, cue, near=near)
    linked = any(word in _COPULAS or word in _HAVING or word in _NAMING for word in between)
    if cue.part == "adv":
        return _make(Role.AGENT, cue, near=distance <= _REACH and not (claimed or broken or governed))
    if linked and not broken:
        return _make(Role.ATTRIBUTE, cue, near=distance <= _REACH and not (claimed or governed))
    if distance <= _REACH and not claimed and between[0] == ",":
        return _make(Role.ATTRIBUTE, cue, near=distance <= 4)  # apposition
    return _NONE


def _from_right(
    cue: Cue, words: Sequence[str], target: tuple[int, int], others: Sequence[tuple[int, int]], end: int
) -> Relation:
    between = words[cue.last + 1 : target[0]]
    distance = len(between)
    claimed = _claimed(others, cue.last, target[0])
    broken = any(word in BREAKS for word in between)
    possessive = target[1] + 1 < end and words[target[1] + 1] == "'s"
    near = distance <= 5 and not (claimed or broken)
    if cue.part == "verb":
        if cue.passive:
            if "by" in between[:4] and not claimed:
                return _make(Role.AGENT, cue, near=near and not possessive)
            return _NONE
        if claimed and broken:
            return _NONE
        return _make(Role.PATIENT, cue, near=near and not possessive)
    if cue.part == "noun":
        if not between or claimed or broken:
            return _NONE
        lead = between[0]
        if lead == "by" and distance <= 3:
            return _make(Role.AGENT, cue, near=near)
        if lead in _TOWARD and distance <= 4:
            if cue.patient:
                return _make(Role.PATIENT, cue, near=near and not possessive)
            if lead in {"of", "in", "from"}:
                return _make(Role.AGENT if cue.agent else Role.ATTRIBUTE, cue, near=near and not possessive)
        return _NONE
    if cue.part == "adj" and distance <= 2 and not broken and _PREPOSITIONS.isdisjoint(between):
        return _make(Role.ATTRIBUTE, cue, near=not claimed)
    return _NONE
