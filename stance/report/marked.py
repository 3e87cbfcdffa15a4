"""A sentence with its mentions and cues marked in place, readable with colour, without, and as plain text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text

from stance.records import Evidence, Label, Mention, Score, Sentence
from stance.report.look import COLOURS, Look

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MAX_CHARACTERS = 900  # more than any sentence of prose; what is longer is a table or an attack

# Named are spans that weigh at least this share of the weightiest; others could change without a trace.
_TELLING = 0.2
_MAX_NAMED = 6
WITHOUT_WORDS = {
    "context": "rest of the sentence",
    "article": "rest of the article",
    "excerpt": "only a part of it was read",
}


def telling_evidence(score: Score) -> list[Evidence]:
    """Return the evidence worth naming: words and cues, weightiest first."""
    named = [item for item in score.evidence if item.kind in {"cue", "words"} and item.contribution]
    named.sort(key=lambda item: (-abs(item.contribution), item.start))
    if not named:
        return []
    least = _TELLING * abs(named[0].contribution)
    return [item for item in named[:_MAX_NAMED] if abs(item.contribution) >= least]


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    style: str
    before: str
    after: str


def marked(
    text: str, sentence: Sentence, mentions: Iterable[Mention], scores: Sequence[Score], look: Look
) -> Text:
    """Write a sentence out with its marks.

    Args:
        text: The article's text.
        sentence: The sentence.
        mentions: Mentions to underline (`_so_` where there are no styles).
        scores: Scores whose evidence is marked by sign and colour (`[-so]` where there are no styles).
        look: The console's look.
    """
    end = min(sentence.end, sentence.start + MAX_CHARACTERS)
    line = Text()
    at = sentence.start
    for mark in _apart([*_cue_marks(scores, look), *_mention_marks(mentions, look)], sentence.start, end):
        _add(line, text[at : mark.start], "", look)
        line.append(mark.before, mark.style)
        _add(line, text[mark.start : mark.end], mark.style, look)
        line.append(mark.after, mark.style)
        at = mark.end
    _add(line, text[at:end], "", look)
    if sentence.end > end:
        line.append(f"{look.glyphs.ellipsis} ({sentence.end - end:,} more characters)")
    return line


def _add(line: Text, raw: str, style: str, look: Look) -> None:
    safe = look.text(raw)
    # White space is collapsed piece by piece; where two pieces meet, one blank is enough.
    if safe.startswith(" ") and (not line or line.plain[-1] == " "):
        safe = safe[1:]
    line.append(safe, style)


def _cue_marks(scores: Sequence[Score], look: Look) -> list[_Mark]:
    signs: dict[tuple[int, int], set[bool]] = {}
    for score in scores:
        for item in telling_evidence(score):
            signs.setdefault((item.start, item.end), set()).add(item.contribution > 0)
    marks = []
    for (start, end), positive in signs.items():
        if len(positive) == 2:  # good for one actor and bad for another
            sign, colour = look.glyphs.positive + look.glyphs.negative, ""
        else:
            label = Label.POSITIVE if True in positive else Label.NEGATIVE
            sign, colour = look.glyphs.sign(label), COLOURS[label]
        before = f"[{sign}" if look.plain else sign
        marks.append(_Mark(start, end, f"bold {colour}", before, "]" * look.plain))
    return marks


def _mention_marks(mentions: Iterable[Mention], look: Look) -> list[_Mark]:
    edge = "_" * look.plain
    return [_Mark(item.start, item.end, "underline", edge, edge) for item in mentions]


def _apart(marks: list[_Mark], start: int, end: int) -> list[_Mark]:
    """Keep marks that lie inside and apart: earlier before later, cues before mentions, long before short."""
    inside = [mark for mark in marks if start <= mark.start < mark.end <= end]
    kept: list[_Mark] = []
    for mark in sorted(inside, key=lambda mark: (mark.start, mark.style == "underline", -mark.end)):
        if not kept or kept[-1].end <= mark.start:
            kept.append(mark)
    return kept
