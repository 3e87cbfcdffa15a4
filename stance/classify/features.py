"""What the linear classifier sees: words around a masked actor, words and cues that are linked to him, context."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from stance.categories import Role
from stance.classify.paths import MOST_TARGETS, paths_from
from stance.framing.candidates import parties
from stance.framing.cues import BREAKS
from stance.framing.masking import NAME, OTHER, STATE, TARGET, Masked, unit_places
from stance.framing.relations import relate
from stance.language.chunks import NEGATORS
from stance.language.stems import stem
from stance.language.tagger import NEGATED
from stance.language.words import Tokens
from stance.records import Candidate, SentenceKind

FEATURES_VERSION = 6
# Cues are few and each was weighed by a person; a larger value lets regularisation trust them more than a single word.
CUE_SCALE = 3.0
_NAMED = frozenset({OTHER, NAME, STATE})
DENIED_REACH = 7  # words


Key = str | tuple[str, str, str]
"""A feature's name, or what the names of features that always come together are made of; see `names_of`."""
Feature = tuple[Key, float, int, int]
"""A key and a value, with the first and last unit (positions in the masked sentence) it was read off; -1 for context."""
_LINK = "d"
PAIRED = frozenset({"2", "2L", "2R"})
_NEAR = 10  # distances from here on are one
_NEAR_PAIR = 4
_BUCKETS = ("", "1", "2", "3", "5", "5", "9", "9", "9", "9", "x")
# By whether the actor is in the clause, then by signed distance: side, bucket, clause.
_SHAPES = {
    own: {
        distance: f"{'L' if distance < 0 else 'R'}{_BUCKETS[abs(distance)]}{'c' if own else 'o'}"
        for distance in range(-_NEAR, _NEAR + 1)
        if distance
    }
    for own in (True, False)
}


def names_of(key: Key) -> tuple[str, ...]:
    """Return the names of the features that a key stands for.

    A word has one name for each way of looking at it: anywhere, at its distance, on its side of the actor, by its stem. They
    come together, so what is learned of them can be summed once for all times that the word stands like this.
    """
    if isinstance(key, str):
        return (key,)
    kind, shape, word = key
    if kind == _LINK:
        return f"d:{shape}={word}", f"sd:{shape}={stem(word)}"
    if kind in PAIRED:
        pair = f"{shape} {word}"
        return (f"2={pair}", f"{kind}={pair}") if kind != "2" else (f"2={pair}",)
    side, distance, clause = shape[0], shape[1], shape[0] + shape[2]
    if kind == "f":
        return (f"{side}{distance}={word}",)
    common = stem(word)
    names = (
        f"w={word}",
        f"sw={common}",
        f"{side}{distance}={word}",
        f"{clause}={word}",
        f"s{clause}={common}",
    )
    return (*names, f"s{side}1={common}") if distance == "1" else names


def extract(tokens: Tokens, candidate: Candidate, masked: Masked) -> Iterator[Feature]:
    """Yield the features of a candidate, each with its place.

    Args:
        tokens: The article's tokens.
        candidate: The candidate.
        masked: `mask(tokens, candidate)`.
    """
    yield from _words(masked)
    paths = paths_from(masked.targets, masked.structure)
    yield from _links(masked, paths)
    yield from _denied(masked)
    if candidate.cues:
        place_of = unit_places(masked.units)
        yield from _linked_cues(candidate, place_of, paths)
        yield from _cues(tokens, candidate, place_of)
    yield from _context(tokens, candidate, masked)


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
    telling = masked.telling
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
        if telling[place]:
            shapes = _SHAPES[clauses[place] in own]
            yield ("w", shapes[max(-_NEAR, min(_NEAR, distance))], word), 1.0, place, place
        elif -2 <= distance <= 2:
            yield ("f", _SHAPES[True][distance], word), 1.0, place, place
    for place in range(count - 1):
        first, second = words[place], words[place + 1]
        distance = distances[place]
        near = min(abs(distance), abs(distances[place + 1])) <= _NEAR_PAIR
        sided = near and TARGET not in {first, second}
        kind = "2" if not sided else "2L" if distance < 0 else "2R"
        yield (kind, first, second), 1.0, place, place + 1
    for place in range(count - 2):
        if TARGET in words[place : place + 3]:
            yield f"3={' '.join(words[place : place + 3])}", 1.0, place, place + 2


def _denied(masked: Masked) -> Iterator[Feature]:
    """Yield words that stand under a negator, up to a clause break (Das and Chen 2001): "found no evidence of collusion"."""
    left = 0
    for place, unit in enumerate(masked.units):
        word = unit.word
        if word in BREAKS:
            left = 0
        elif word in NEGATORS or word in NEGATED:
            left = DENIED_REACH
        elif left:
            left -= 1
            if masked.telling[place]:
                yield (f"n={word}", 1.0, place, place)


def _links(masked: Masked, paths: Mapping[int, str]) -> Iterator[Feature]:
    """Yield words by the way that leads to them from the actor, and how the actor itself is linked."""
    for place, path in paths.items():
        word = masked.units[place].word
        if masked.telling[place] or word in _NAMED:
            yield (_LINK, path, word), 1.0, place, place
    for target in masked.targets[:MOST_TARGETS]:
        for _, label in masked.structure.heads[target][:2]:
            yield (f"c:link={label}", 1.0, -1, -1)


def _linked_cues(
    candidate: Candidate, place_of: Mapping[int, int], paths: Mapping[int, str]
) -> Iterator[Feature]:
    """Yield cues by the way that leads to them, with what they say of agent, patient and bearer."""
    for cue in candidate.cues:
        places = [place_of[token] for token in range(cue.first, cue.last + 1) if token in place_of]
        known = [place for place in places if place in paths]
        if not known:
            continue
        place = min(known, key=lambda one: len(paths[one]))
        path = paths[place]
        first, last = places[0], places[-1]
        signs = "".join("0+-"[(value > 0) - (value < 0)] for value in (cue.agent, cue.patient, cue.bearer))
        turned = _sign(cue.factor)
        yield (f"e:{path}:{signs}{turned}", CUE_SCALE / 3, first, last)
        yield (f"e:{path}:{cue.entry}", 1.0, first, last)


def _cues(tokens: Tokens, candidate: Candidate, place_of: Mapping[int, int]) -> Iterator[Feature]:
    """Yield cues by their tie to the actor as word order tells it."""
    targets, others = parties(tokens, candidate)
    for cue in candidate.cues:
        relation = relate(cue, tokens.lower, targets, others, candidate.first, candidate.last)
        first = place_of.get(cue.first, 0)
        last = max(first, place_of.get(cue.last, first))
        if relation.role is Role.NONE:
            strongest = max((cue.agent, cue.patient, cue.bearer), key=abs) * cue.factor
            yield (f"q:none:{_sign(strongest)}", abs(strongest) * CUE_SCALE / 3, first, last)
            continue
        reach = "near" if relation.near else "far"
        value = abs(relation.value) * CUE_SCALE / 3
        yield (f"q:{relation.role}:{reach}:{_sign(relation.value)}", value, first, last)
        yield (f"q:{reach}:{_sign(relation.value)}", value, first, last)
        yield (f"q:{relation.role}:{cue.entry}:{_sign(cue.factor)}", CUE_SCALE, first, last)


def _sign(value: float) -> str:
    return "+" if value > 0 else "-"


def _context(tokens: Tokens, candidate: Candidate, masked: Masked) -> Iterator[Feature]:
    def context(name: str, value: float = 1.0) -> Feature:
        return (f"c:{name}", value, -1, -1)

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
