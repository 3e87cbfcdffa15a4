"""Windows: an article as the sequences of tokens that an encoder reads, with all its candidates in as few as possible.

An encoder reads several sentences at once, each actor's mentions as a slot with a number of its own, and a candidate is
read off at its actor's slots in its sentence. So one pass judges all candidates of a window, each in its context. Numbers
go by order of first appearance in the window and kind of actor: exchanging two actors of a kind exchanges
nothing that the encoder sees.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from stance.classify.slots import Part, sentence_parts
from stance.framing.prepared import Prepared
from stance.records import ActorKind, Candidate

# Changes whenever the same text gives other tokens; models name the version that they were trained on.
WINDOWS_VERSION = 1
SLOT = -1
EMPTY_SLOT = -2
NUMBERS = 8  # slots for each kind; in a window with more actors of a kind, the rest share the last
EMPTY_NUMBER = NUMBERS * len(ActorKind)
SLOT_COUNT = EMPTY_NUMBER + 1

Tokenized = tuple[Sequence[int], Sequence[tuple[int, int]]]
"""Token ids of a text, and each token's offsets in it; no special tokens."""

Encode = Callable[[list[str]], Sequence[Tokenized]]
"""A tokenizer: from texts to what each becomes."""

Wanted = Mapping[int, Sequence[tuple[str, int]]]
"""By place of a sentence, its candidates: actor and place among the article's candidates."""


class Vocabulary(NamedTuple):
    """Ids that are no words: first, separating and masking token, and the first of `SLOT_COUNT` ids for slots."""

    first: int
    separator: int
    mask: int
    slots: int


@dataclass(frozen=True, slots=True)
class Encoded:
    """A sentence in tokens.

    Attributes:
        place: Its place among the article's sentences.
        paragraph: Its paragraph.
        ids: Token ids; `SLOT` and `EMPTY_SLOT` where a name stood.
        starts, ends: Code points of each token in the article's text.
        marks: Positions that refer to an actor, and the actor, in order.
    """

    place: int
    paragraph: int
    ids: list[int]
    starts: list[int]
    ends: list[int]
    marks: tuple[tuple[int, str], ...]


class Piece(NamedTuple):
    """Part of a sentence, by position of its tokens, `last` exclusive."""

    sentence: Encoded
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Window:
    """What is read in one pass.

    Attributes:
        pieces: Sentences or parts of them, in order.
        context: How many pieces at the start are context only, already judged in another window.
        only: The one actor that is judged; all if None.
    """

    pieces: tuple[Piece, ...]
    context: int
    only: str | None = None


class Reading(NamedTuple):
    """Where a candidate is read off.

    Attributes:
        candidate: Its place among the article's candidates.
        marks: Positions of its actor's slots in the window; empty if the actor has none here.
        first, last: Positions of its sentence, `last` exclusive.
        offset: What to subtract from a position to get the sentence's own.
        piece: The part of the sentence that was read.
    """

    candidate: int
    marks: tuple[int, ...]
    first: int
    last: int
    offset: int
    piece: Piece


class Passage(NamedTuple):
    """Token ids of a window and the candidates to read off it; `lone` if its sentence is the whole text."""

    ids: list[int]
    readings: list[Reading]
    lone: bool = False


def encode_article(
    prepared: Prepared, encode: Encode, parts: Sequence[Sequence[Part]] | None = None
) -> list[Encoded]:
    """Turn an article's sentences into tokens, names into slots.

    Args:
        prepared: The article.
        encode: The tokenizer.
        parts: The sentences' parts if they are not `sentence_parts(prepared)`.

    Returns:
        The sentences that can portray anybody, in order.
    """
    text = prepared.article.text
    divided = sentence_parts(prepared) if parts is None else parts
    speaking = [place for place, sentence in enumerate(prepared.sentences) if sentence.speaks]
    readable = [part for place in speaking for part in divided[place] if not part.slot]
    tokens = dict(zip(readable, encode([text[part.start : part.end] for part in readable]), strict=True))
    found = [
        _encoded(place, prepared.sentences[place].paragraph, divided[place], tokens) for place in speaking
    ]
    return [sentence for sentence in found if sentence.ids]


def _encoded(place: int, paragraph: int, parts: Sequence[Part], tokens: Mapping[Part, Tokenized]) -> Encoded:
    ids: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    marks: list[tuple[int, str]] = []
    for part in parts:
        before = len(ids)
        if part.slot:
            for actor in part.actors or ("",):
                if actor:
                    marks.append((len(ids), actor))
                ids.append(SLOT if actor else EMPTY_SLOT)
                starts.append(part.start)
                ends.append(part.end)
            continue
        own, offsets = tokens[part]
        ids.extend(own)
        starts.extend(part.start + first for first, _ in offsets)
        ends.extend(part.start + last for _, last in offsets)
        marks.extend((position, actor) for position in range(before, len(ids)) for actor in part.actors)
    return Encoded(place, paragraph, ids, starts, ends, tuple(marks))


def plan(
    sentences: Sequence[Encoded], wanted: Wanted, body: int, context: int, first: int = 0
) -> Iterator[Window]:
    """Divide an article into windows.

    Args:
        sentences: Its sentences in tokens.
        wanted: The candidates; a window without any is left out.
        body: Most tokens of a window's own sentences. A longer sentence is read around each actor's first slot.
        context: Most tokens of what precedes them.
        first: Most tokens of the first window, if not `body`; training varies it.
    """
    at = 0
    limit = first or body
    while at < len(sentences):
        begin, size = at, 0
        if len(sentences[at].ids) > body:
            yield from _excerpts(sentences[at], wanted.get(sentences[at].place, ()), body)
            at += 1
            continue
        while at < len(sentences) and (at == begin or size + len(sentences[at].ids) <= limit):
            if len(sentences[at].ids) > body:
                break
            size += len(sentences[at].ids)
            at += 1
        limit = body
        if any(wanted.get(sentence.place) for sentence in sentences[begin:at]):
            before = _before(sentences, begin, context)
            own = [Piece(sentence, 0, len(sentence.ids)) for sentence in sentences[begin:at]]
            yield Window((*before, *own), len(before))


def _before(sentences: Sequence[Encoded], begin: int, room: int) -> list[Piece]:
    pieces: list[Piece] = []
    while begin > 0 and room > 0:
        begin -= 1
        sentence = sentences[begin]
        taken = min(room, len(sentence.ids))
        pieces.append(Piece(sentence, len(sentence.ids) - taken, len(sentence.ids)))
        room -= taken
    return pieces[::-1]


def _excerpts(sentence: Encoded, wanted: Sequence[tuple[str, int]], body: int) -> Iterator[Window]:
    for actor, _ in wanted:
        mark = next((position for position, other in sentence.marks if other == actor), 0)
        first = max(0, min(mark - body // 2, len(sentence.ids) - body))
        yield Window((Piece(sentence, first, first + body),), 0, actor)


def by_sentence(candidates: Sequence[Candidate]) -> dict[int, list[tuple[str, int]]]:
    """Return the candidates by the place of their sentence."""
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for number, candidate in enumerate(candidates):
        found[candidate.sentence.id - 1].append((candidate.actor, number))
    return found


def passages(
    window: Window,
    kinds: Mapping[str, ActorKind],
    wanted: Wanted,
    vocabulary: Vocabulary,
    numbers: Sequence[int] = range(NUMBERS),
) -> Iterator[Passage]:
    """Write a window out as token ids, once for every `NUMBERS` - 1 actors of a kind.

    Args:
        window: The window.
        kinds: The kind of each actor.
        wanted: The article's candidates.
        vocabulary: Ids of what is no word.
        numbers: The number of the first, second ... actor of a kind; training shuffles them.
    """
    present: dict[ActorKind, list[str]] = {kind: [] for kind in ActorKind}
    for piece in window.pieces:
        for position, actor in piece.sentence.marks:
            own = present[kinds[actor]]
            if piece.first <= position < piece.last and actor not in own:
                own.append(actor)
    most = max(map(len, present.values()))
    rounds = 1 if most <= NUMBERS else -(-most // (NUMBERS - 1))
    for turn in range(rounds):
        slot: dict[str, int] = {}
        named: set[str] | None = set() if rounds > 1 else None
        for rank, kind in enumerate(ActorKind):
            actors = present[kind]
            share = actors if rounds == 1 else actors[turn * (NUMBERS - 1) : (turn + 1) * (NUMBERS - 1)]
            if named is not None:
                named.update(share)
            for actor in actors:
                order = share.index(actor) if actor in share else NUMBERS - 1
                slot[actor] = vocabulary.slots + NUMBERS * rank + numbers[order]
        yield _write(window, vocabulary, slot, wanted, named)


def _write(
    window: Window,
    vocabulary: Vocabulary,
    slot: Mapping[str, int],
    wanted: Wanted,
    named: set[str] | None,
) -> Passage:
    ids = [vocabulary.first]
    readings: list[Reading] = []
    paragraph = None
    for number, piece in enumerate(window.pieces):
        sentence = piece.sentence
        if paragraph is not None and sentence.paragraph != paragraph:
            ids.append(vocabulary.separator)
        paragraph = sentence.paragraph
        begin = len(ids)
        ids.extend(sentence.ids[piece.first : piece.last])
        offset = begin - piece.first
        here: dict[str, list[int]] = defaultdict(list)
        for position, actor in sentence.marks:
            if piece.first <= position < piece.last:
                here[actor].append(position + offset)
                if ids[position + offset] == SLOT:
                    ids[position + offset] = slot[actor]
        for position in range(begin, len(ids)):
            if ids[position] == EMPTY_SLOT:
                ids[position] = vocabulary.slots + EMPTY_NUMBER
        if number < window.context or begin == len(ids):
            continue
        for actor, candidate in wanted.get(sentence.place, ()):
            if (named is None or actor in named) and window.only in (None, actor):
                marks = tuple(here.get(actor, ()))
                readings.append(Reading(candidate, marks, begin, len(ids), offset, piece))
    ids.append(vocabulary.separator)
    # In the order of their places, not of the roster: exchanged actors must not exchange places in a matrix.
    readings.sort(key=lambda reading: (reading.first, reading.marks, reading.candidate))
    return Passage(ids, readings)
