"""A sentence as an encoder reads it: stretches of text, and slots where names stood.

What goes in a slot says nothing of who it is: a number by order of appearance and the kind of actor. Forms of the roster
that mention nobody (places, namesakes) leave an empty slot.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Sequence
from dataclasses import dataclass

from stance.framing.prepared import Prepared
from stance.records import Mention


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a sentence.

    Attributes:
        start, end: Code points into the article's text.
        actors: Who is mentioned here, in order; empty for text and for names that mention nobody.
        slot: Whether nothing of the words may be read; a mention may also be left as written (a pronoun).
    """

    start: int
    end: int
    actors: tuple[str, ...] = ()
    slot: bool = False


def sentence_parts(
    prepared: Prepared, as_written: Container[Mention] = frozenset()
) -> list[tuple[Part, ...]]:
    """Divide each sentence of an article into text and slots.

    Args:
        prepared: The article.
        as_written: Mentions that say no name and may be read (pronouns); all others become slots.

    Returns:
        For each sentence, its parts in order; they cover it without gap or overlap. Mentions that share words become one
        slot with all their actors.
    """
    by_sentence: dict[int, list[Part]] = defaultdict(list)
    for mention in prepared.mentions:
        part = Part(mention.start, mention.end, (mention.actor,), mention not in as_written)
        by_sentence[mention.sentence].append(part)
    tokens = prepared.tokens
    starts = [sentence.start for sentence in prepared.sentences]
    for first, last in prepared.forms:
        place = bisect_left(starts, tokens.starts[first] + 1) - 1
        if place >= 0:
            form = Part(tokens.starts[first], tokens.ends[last], (), slot=True)
            by_sentence[prepared.sentences[place].id].append(form)
    return [
        _parts(sentence.start, sentence.end, by_sentence.get(sentence.id, []))
        for sentence in prepared.sentences
    ]


def _parts(start: int, end: int, marked: Sequence[Part]) -> tuple[Part, ...]:
    merged: list[Part] = []
    for part in sorted(marked, key=lambda part: (part.start, part.end)):
        if merged and part.start < merged[-1].end:
            before = merged[-1]
            fresh = tuple(actor for actor in part.actors if actor not in before.actors)
            merged[-1] = Part(
                before.start, max(before.end, part.end), before.actors + fresh, before.slot or part.slot
            )
        else:
            merged.append(part)
    parts: list[Part] = []
    at = start
    for part in merged:
        inside, outside = max(part.start, at), min(part.end, end)
        if inside >= outside:
            continue
        if inside > at:
            parts.append(Part(at, inside))
        parts.append(Part(inside, outside, part.actors, part.slot))
        at = outside
    if at < end:
        parts.append(Part(at, end))
    return tuple(parts)
