"""What the linear classifier sees: words around a masked actor, with side and distance, and related cues.

Before anything is read off, the actor's mentions become `TARGET` and every other roster actor's `OTHER`, each as one
unit whatever its length, so two actors of one kind can change places without any feature changing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from stance.framing.candidates import parties, token_spans
from stance.framing.cues import BREAKS
from stance.framing.relations import relate
from stance.language.words import Tokens
from stance.records import Candidate, Role, SentenceKind

FEATURES_VERSION = 3
TARGET, OTHER, NAME, NUMBER = "TARGET", "OTHER", "NAME", "0"
# Cues are few and each was weighed by a person; a larger value lets regularisation trust them more than a single word.
CUE_SCALE = 3.0

# Words that hardly evaluate by themselves, hedges among them. They count next to the actor and inside pairs and
# triples; alone they would only blur an explanation.
FUNCTION_WORDS = frozenset(
    """a an the this that these those some any each every all both either another such one two first last other others
    i me my we us our you your he him his she her it its they them their who whom whose which what when where why how
    is are was were be been being am do does did done has have had having will would shall should can could may might
    must of in on at to from by for with about into onto over under after before between during through since until
    against toward towards within without upon off out up down as than so also just still then there here now today
    and or nor but if because while although though that's it's 's said says say mr mrs ms sen rep gov president
    year years day days week month monday tuesday wednesday thursday friday saturday sunday january february march april
    june july august september october november december 0 OTHER NAME
    seem seems seemed seemingly appear appears appeared apparently perhaps maybe likely probably possibly reportedly
    somewhat rather quite""".split()
)


class Feature(NamedTuple):
    """A named value with the units (positions in the masked sentence) it was read off; none for context."""

    name: str
    value: float
    first: int
    last: int


class Unit(NamedTuple):
    """One word of the masked sentence and the tokens it stands for, inclusive."""

    word: str
    first: int
    last: int


class Masked(NamedTuple):
    """A candidate's sentence with its actors masked: `targets` are the positions of the actor."""

    units: list[Unit]
    targets: list[int]


def is_telling(word: str) -> bool:
    """Whether a masked word may evaluate by itself: no function word, no mark, no actor."""
    return word not in FUNCTION_WORDS and word != TARGET and word[0].isalnum()


def mask(tokens: Tokens, candidate: Candidate) -> Masked:
    """Replace the mentions in a candidate's sentence.

    Args:
        tokens: The article's tokens.
        candidate: The candidate.

    Returns:
        Units in order. Where mentions of the target and of another actor share their words, the target wins; forms of
        the roster that mention nobody here (places, namesakes) become `NAME`.
    """
    spans: dict[int, tuple[int, str]] = {first: (last, NAME) for first, last in candidate.forms}
    for name, mentions in ((OTHER, candidate.others), (TARGET, candidate.mentions)):
        for first, last in token_spans(tokens, mentions):
            spans[first] = (last, name)
    units: list[Unit] = []
    targets: list[int] = []
    index = candidate.first
    while index < candidate.last:
        last, name = spans.get(index, (index, ""))
        if name == TARGET:
            targets.append(len(units))
        if not name:
            word = tokens.lower[index]
            name = NUMBER if word[0].isdigit() else word
        units.append(Unit(name, index, last))
        index = last + 1
    return Masked(units, targets)


def extract(tokens: Tokens, candidate: Candidate, masked: Masked) -> Iterator[Feature]:
    """Yield the features of a candidate, each with its place.

    Args:
        tokens: The article's tokens.
        candidate: The candidate.
        masked: `mask(tokens, candidate)`.
    """
    yield from _words(masked)
    yield from _cues(tokens, candidate, masked)
    yield from _context(tokens, candidate, masked)


def _distance(step: int) -> str:
    return str(step) if step <= 3 else ("5" if step <= 5 else ("9" if step <= 9 else "x"))


def _nearest(count: int, targets: Sequence[int]) -> list[int]:
    """Return for each position its signed distance to the nearest target; ties go to the earlier one."""
    far = 1 << 30
    result = [far] * count
    last = -far
    marks = set(targets)
    for place in range(count):
        if place in marks:
            last = place
        result[place] = place - last if last > -far else far
    following = far
    for place in range(count - 1, -1, -1):
        if place in marks:
            following = place
        if following != far and following - place < result[place]:
            result[place] = place - following
    return result


def _words(masked: Masked) -> Iterator[Feature]:
    words = [unit.word for unit in masked.units]
    count = len(words)
    distances = _nearest(count, masked.targets)
    clause = 0
    clauses = []
    for word in words:
        clause += word in BREAKS
        clauses.append(clause)
    own = {clauses[target] for target in masked.targets}
    for place, word in enumerate(words):
        if word == TARGET:
            continue
        distance = distances[place]
        side = "L" if distance < 0 else "R"
        step = abs(distance)
        if not is_telling(word):
            if step <= 2:
                yield Feature(f"{side}{step}={word}", 1.0, place, place)
            continue
        yield Feature(f"w={word}", 1.0, place, place)
        yield Feature(f"{side}{_distance(step)}={word}", 1.0, place, place)
        yield Feature(f"{side}{'c' if clauses[place] in own else 'o'}={word}", 1.0, place, place)
    for place in range(count - 1):
        pair = f"{words[place]} {words[place + 1]}"
        step = min(abs(distances[place]), abs(distances[place + 1]))
        yield Feature(f"2={pair}", 1.0, place, place + 1)
        if step <= 4 and TARGET not in pair:
            yield Feature(f"2{'L' if distances[place] < 0 else 'R'}={pair}", 1.0, place, place + 1)
    for place in range(count - 2):
        if TARGET in words[place : place + 3]:
            yield Feature(f"3={' '.join(words[place : place + 3])}", 1.0, place, place + 2)


def _cues(tokens: Tokens, candidate: Candidate, masked: Masked) -> Iterator[Feature]:
    if not candidate.cues:
        return
    targets, others = parties(tokens, candidate)
    place_of: dict[int, int] = {}
    for place, unit in enumerate(masked.units):
        for token in range(unit.first, unit.last + 1):
            place_of[token] = place
    for cue in candidate.cues:
        relation = relate(cue, tokens.lower, targets, others, candidate.first, candidate.last)
        first = place_of.get(cue.first, 0)
        last = max(first, place_of.get(cue.last, first))
        if relation.role is Role.NONE:
            strongest = max((cue.agent, cue.patient, cue.bearer), key=abs) * cue.factor
            yield Feature(f"q:none:{_sign(strongest)}", abs(strongest) * CUE_SCALE / 3, first, last)
            continue
        reach = "near" if relation.near else "far"
        value = abs(relation.value) * CUE_SCALE / 3
        yield Feature(f"q:{relation.role}:{reach}:{_sign(relation.value)}", value, first, last)
        yield Feature(f"q:{reach}:{_sign(relation.value)}", value, first, last)
        yield Feature(f"q:{relation.role}:{cue.entry}:{_sign(cue.factor)}", CUE_SCALE, first, last)


def _sign(value: float) -> str:
    return "+" if value > 0 else "-"


def _context(tokens: Tokens, candidate: Candidate, masked: Masked) -> Iterator[Feature]:
    def context(name: str, value: float = 1.0) -> Feature:
        return Feature(f"c:{name}", value, -1, -1)

    yield context(f"kind={candidate.kind}")
    if candidate.sentence.kind is not SentenceKind.BODY:
        yield context(f"place={candidate.sentence.kind}")
    for kind in sorted({mention.kind for mention in candidate.mentions}):
        yield context(f"mention={kind}")
    length = candidate.last - candidate.first
    yield context(f"length={'s' if length < 12 else 'm' if length < 30 else 'l'}")
    if masked.targets:
        place = masked.targets[0] / max(1, len(masked.units))
        yield context(f"first={'s' if place < 0.15 else 'm' if place < 0.6 else 'e'}")
    if len(masked.targets) > 1:
        yield context("repeated")
    if candidate.others:
        yield context("others")
    if tokens.lower[candidate.last - 1 : candidate.last] == ["?"]:
        yield context("question")
    start = candidate.mentions[0].start
    if any(quotation.start <= start < quotation.end for quotation in candidate.quotations):
        yield context("quoted")
