"""Evidence by occlusion: what hiding a cue or a word does to a score (Zeiler and Fergus 2014; Li, Monroe and Jurafsky 2016).

An encoder's score is no sum over words. A span's contribution is the log-odds with it minus the log-odds with it hidden;
what single spans do not explain (words that work together, context, the rest of the sentence) stays with the sentence
as `context`, so that contributions still add up to the log-odds.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Container, Mapping
from typing import NamedTuple

from stance.classify.windows import EMPTY_SLOT, SLOT, Passage, Reading
from stance.framing.masking import is_telling
from stance.framing.prepared import Prepared
from stance.records import Candidate, Cue, Evidence

MOST_SPANS = 10  # hidden one by one in a sentence; more words than that are hidden in groups
SHOWN = 8
SMALLEST = 0.05


class Span(NamedTuple):
    """Words to hide: code points in the text, whether they are a cue, and their positions in the passage."""

    start: int
    end: int
    cue: bool
    positions: tuple[int, ...]


def spans_by_sentence(
    prepared: Prepared, passage: Passage, telling: Container[int] | None = None
) -> dict[int, list[Span]]:
    """Return what to hide in each sentence of a passage that has candidates.

    Args:
        prepared: The article.
        passage: The passage.
        telling: First positions of the sentences that are worth it; all if None. The others get an empty list.

    Returns:
        By the first position of a reading's sentence in the passage: cues first, then other telling words, grouped with
        their neighbours where there are many.
    """
    found: dict[int, list[Span]] = {}
    for reading in passage.readings:
        if reading.first not in found:
            wanted = telling is None or reading.first in telling
            found[reading.first] = _spans(prepared, reading) if wanted else []
    return found


def _spans(prepared: Prepared, reading: Reading) -> list[Span]:
    sentence, first, last = reading.piece
    # Words only: slots have no words, and hiding the actor himself would say nothing.
    readable = [
        position for position in range(first, last) if sentence.ids[position] not in (SLOT, EMPTY_SLOT)
    ]
    starts = [sentence.starts[position] for position in readable]

    def inside(start: int, end: int) -> tuple[int, ...]:
        low, high = bisect_left(starts, start), bisect_left(starts, end)
        return tuple(position + reading.offset for position in readable[low:high])

    cues = prepared.candidates[reading.candidate].cues[:MOST_SPANS]
    spans = [
        Span(cue.start, cue.end, True, positions) for cue in cues if (positions := inside(cue.start, cue.end))
    ]
    for group in _groups(_runs(prepared, reading, cues), MOST_SPANS - len(spans)):
        positions = tuple(position for start, end in group for position in inside(start, end))
        if positions:
            spans.append(Span(group[0][0], group[-1][1], False, positions))
    return spans


Word = tuple[int, int]
"""Code points of a word."""


def _runs(prepared: Prepared, reading: Reading, cues: tuple[Cue, ...]) -> list[list[Word]]:
    """Return the telling words that were read and belong to no cue, in runs that no actor and no cue interrupts."""
    sentence, first, last = reading.piece
    tokens = prepared.tokens
    begin = bisect_left(tokens.starts, sentence.starts[first])
    end = bisect_right(tokens.starts, sentence.starts[last - 1])
    covered = {token for cue in cues for token in range(cue.first, cue.last + 1)}
    for position in range(first, last):
        if sentence.ids[position] in (SLOT, EMPTY_SLOT):
            covered.update(range(*tokens.between(sentence.starts[position], sentence.ends[position])))
    runs: list[list[Word]] = [[]]
    for token in range(begin, end):
        if token in covered:
            runs.append([])
        elif is_telling(tokens.lower[token]):
            runs[-1].append((tokens.starts[token], tokens.ends[token]))
    return [run for run in runs if run]


def _groups(runs: list[list[Word]], room: int) -> list[list[Word]]:
    """Divide runs of words into at most `room` groups of neighbours."""
    if room <= 0 or not runs:
        return []
    if len(runs) > room:
        # More runs than room: what interrupts them has to be bridged.
        runs = [[word for run in runs for word in run]]
    size = 1
    while sum(math.ceil(len(run) / size) for run in runs) > room:
        size += 1
    return [run[place : place + size] for run in runs for place in range(0, len(run), size)]


def evidence_of(
    prepared: Prepared, candidate: Candidate, reading: Reading, logit: float, effects: Mapping[Span, float]
) -> tuple[Evidence, ...]:
    """Turn effects into named spans, the largest first, and the rest into context.

    Where only part of a sentence was read, an item of kind `excerpt` says which, with contribution 0.
    """
    text = prepared.article.text
    spans = [
        Evidence(span.start, span.end, text[span.start : span.end], effect, "cue" if span.cue else "words")
        for span, effect in effects.items()
    ]
    spans.sort(key=lambda item: (-abs(item.contribution), item.start))
    shown = [item for item in spans[:SHOWN] if abs(item.contribution) >= SMALLEST]
    rest = logit - math.fsum(item.contribution for item in shown)
    whole = candidate.sentence
    shown.append(Evidence(whole.start, whole.end, "", rest, "context"))
    sentence, first, last = reading.piece
    if last - first < len(sentence.ids):
        shown.append(Evidence(sentence.starts[first], sentence.ends[last - 1], "", 0.0, "excerpt"))
    return tuple(shown)
