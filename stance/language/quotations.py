"""Who says it: direct, mixed and indirect quotations with their speakers.

Quotation marks are paired inside a block, typographic ones by shape and straight ones by their neighbours; a mark that
never closes ends with its block. Speech without marks is found by reporting verbs followed by "that" or a clause, and
by phrases such as "according to". A speaker is the nominal next to the reporting verb; if it cannot be found it
is left open rather than guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from stance.language.lexicon import Lexicon
from stance.language.words import Tokens
from stance.records import Block, Mention, Quotation, QuotationKind, Sentence, Speaker

_OPEN = {"“": "”", "«": "»", "„": "“", "‘": "’"}
_OPENER = re.compile("[\"'“‘«„]")
_MAX_SINGLE = 1_000
_MAX_ATTRIBUTION = 200  # characters between a quotation and the verb that reports it
_PHRASE_STOPS = frozenset({",", ".", ";", "—", "–", "(", '"', "“"})
_MIN_WORDS = 4
_ARTICLES = frozenset("the a an his her its their our my one some many two three several other senior former top".split())
_PRONOUNS = frozenset("he she they it we i who one".split())
_ATTRIBUTION_STOPS = frozenset(
    "that , . ; : ? ! \" “ ” ( ) — – who which when while as after before in on at to for with during because and but".split()
)


@dataclass(frozen=True, slots=True)
class _Marked:
    start: int
    end: int


def find_quotations(
    text: str,
    tokens: Tokens,
    sentences: Sequence[Sentence],
    blocks: Iterable[Block],
    mentions: Sequence[Mention],
    lexicon: Lexicon,
) -> tuple[Quotation, ...]:
    """Find the quotations of an article.

    Args:
        text: The article's text.
        tokens: Its tokens.
        sentences: Its sentences.
        blocks: Its layout; a quotation does not run over a block's end.
        mentions: Mentions of actors, to say which actor speaks.
        lexicon: Holds the reporting words.

    Returns:
        Quotations in order of place. Spans of direct and mixed ones include their marks.
    """
    if not sentences:
        return ()
    marked = [span for block in blocks if block.kind.speaks for span in _marked_spans(text, block)]
    finder = _Finder(text, tokens, sentences, mentions, marked, lexicon)
    found = [quotation for span in marked if (quotation := finder.marked(span)) is not None]
    found.extend(finder.unmarked())
    return tuple(sorted(found, key=lambda quotation: (quotation.start, -quotation.end)))


def _marked_spans(text: str, block: Block) -> list[_Marked]:
    spans: list[_Marked] = []
    done = block.start
    for match in _OPENER.finditer(text, block.start, block.end):
        place = match.start()
        if place < done or not _opens(text, place, block):
            continue
        end = _closing(text, place, block.end)
        if end is not None:
            spans.append(_Marked(place, end))
            done = end
    return spans


def _opens(text: str, place: int, block: Block) -> bool:
    before = text[place - 1] if place > block.start else " "
    after = text[place + 1] if place + 1 < block.end else " "
    return (before.isspace() or before in "([{—–-:;,\"'“‘") and not after.isspace()


def _closing(text: str, place: int, end: int) -> int | None:
    """Return the offset after the mark that closes the one at `place`; the block's end for an open double mark."""
    mark = text[place]
    close = _OPEN.get(mark, mark)
    single = mark in "'‘"
    if single:
        # An apostrophe looks the same: a bound keeps the search for a mark that never comes linear.
        end = min(end, place + _MAX_SINGLE)
    search = place + 1
    while True:
        found = text.find(close, search, end)
        if found < 0:
            return None if single or mark == '"' else end
        after = text[found + 1] if found + 1 < end else " "
        if single and (after.isalnum() or text[found - 1].isspace()):
            search = found + 1
            continue
        if mark == '"' and text[found - 1].isspace() and not after.isspace():
            return None  # another one opens: the first never closed
        return found + 1


class _Finder:
    """One article's tokens, reporting verbs and marks, indexed so that every look-up is a bisection."""

    def __init__(
        self,
        text: str,
        tokens: Tokens,
        sentences: Sequence[Sentence],
        mentions: Sequence[Mention],
        marked: Sequence[_Marked],
        lexicon: Lexicon,
    ) -> None:
        self._text = text
        self._tokens = tokens
        self._sentences = sentences
        self._sentence_starts = [sentence.start for sentence in sentences]
        self._mentions = mentions
        self._mention_starts = [mention.start for mention in mentions]
        self._marked_starts = [span.start for span in marked]
        self._marked_ends = [span.end for span in marked]
        self._reporting = lexicon.reporting
        self._verbs = [
            index
            for index, word in enumerate(tokens.lower)
            if any(reading.item.part == "verb" for reading in self._reporting.single(word))
        ]

    def _inside(self, place: int) -> bool:
        """Whether a place lies between quotation marks."""
        index = bisect_right(self._marked_starts, place) - 1
        return index >= 0 and place < self._marked_ends[index]

    def _sentence_at(self, place: int) -> Sentence:
        return self._sentences[max(0, bisect_right(self._sentence_starts, place) - 1)]

    def _verbs_between(self, first: int, end: int) -> list[int]:
        return self._verbs[bisect_right(self._verbs, first - 1) : bisect_right(self._verbs, end - 1)]

    def marked(self, span: _Marked) -> Quotation | None:
        """Return the quotation between two marks, or None for scare quotes, titles and nicknames."""
        tokens = self._tokens
        first, end = tokens.between(span.start, span.end)
        words = sum(1 for word in tokens.lower[first:end] if word[0].isalnum())
        cue = self._cue_near(span)
        if words < _MIN_WORDS and cue is None:
            return None
        body = self._text[span.start : span.end].strip("\"'“”‘’«»„ ")
        whole = body[:1].isupper() and words >= _MIN_WORDS
        return Quotation(
            span.start,
            span.end,
            QuotationKind.DIRECT if whole else QuotationKind.MIXED,
            self._speaker(cue) if cue is not None else None,
            (tokens.starts[cue], tokens.ends[cue]) if cue is not None else None,
        )

    def _cue_near(self, span: _Marked) -> int | None:
        """Return the reporting verb nearest to the marks, in the sentences where they open and close."""
        tokens = self._tokens
        best, distance = None, _MAX_ATTRIBUTION
        opening, closing = self._sentence_at(span.start), self._sentence_at(span.end - 1)
        before = self._verbs_between(*tokens.between(opening.start, span.start))
        after = self._verbs_between(*tokens.between(span.end, closing.end))
        for index in (*before, *after):
            start = tokens.starts[index]
            if self._inside(start):
                continue
            gap = span.start - tokens.ends[index] if start < span.start else start - span.end
            if gap < distance:
                best, distance = index, gap
        return best

    def _speaker(self, cue: int) -> Speaker | None:
        """Return the nominal before the reporting verb, or after it ("said Mr. Lavrov")."""
        tokens = self._tokens
        span = _nominal_before(tokens, cue) or _nominal_after(tokens, cue)
        if span is None or self._inside(tokens.starts[span[0]]):
            return None
        return self._as_speaker(tokens.starts[span[0]], tokens.ends[span[1]])

    def _as_speaker(self, start: int, end: int) -> Speaker:
        low = bisect_right(self._mention_starts, start - 1)
        high = bisect_right(self._mention_starts, end - 1)
        actor = next((mention.actor for mention in self._mentions[low:high] if mention.end <= end), None)
        return Speaker(self._text[start:end], start, end, actor)

    def unmarked(self) -> Iterator[Quotation]:
        """Yield reported speech without marks: "X said (that) ...", "..., X said", "according to X, ..."."""
        tokens = self._tokens
        for sentence in self._sentences:
            if not sentence.speaks:
                continue
            first, end = tokens.between(sentence.start, sentence.end)
            for index in self._verbs_between(first, end):
                if self._inside(tokens.starts[index]):
                    continue
                span = _reported_clause(tokens, index, first, end)
                if span is not None:
                    cue = (tokens.starts[index], tokens.ends[index])
                    start, stop = tokens.starts[span[0]], tokens.ends[span[1]]
                    yield Quotation(start, stop, QuotationKind.INDIRECT, self._speaker(index), cue)
                    break
            else:
                quotation = self._according_to(first, end)
                if quotation is not None:
                    yield quotation

    def _according_to(self, first: int, end: int) -> Quotation | None:
        tokens, words = self._tokens, self._tokens.lower
        for index in range(first, end):
            found = self._reporting.longest(words, index, end)
            if found is None or found[0].item.part != "phrase" or self._inside(tokens.starts[index]):
                continue
            length = found[1][-1] - index + 1
            if index + length >= end:
                continue
            last = end - 1
            final = index + length
            while final + 1 < end and words[final + 1] not in _PHRASE_STOPS:
                final += 1
            speaker = self._as_speaker(tokens.starts[index + length], tokens.ends[min(final, last)])
            cue = (tokens.starts[index], tokens.ends[index + length - 1])
            if index - first >= 3:
                return Quotation(tokens.starts[first], tokens.ends[index - 1], QuotationKind.INDIRECT, speaker, cue)
            if final + 2 < end:
                return Quotation(tokens.starts[final + 1], tokens.ends[last], QuotationKind.INDIRECT, speaker, cue)
        return None


def _is_name(tokens: Tokens, index: int) -> bool:
    return tokens.surface[index][:1].isupper()


def _nominal_before(tokens: Tokens, cue: int) -> tuple[int, int] | None:
    last = cue - 1
    while last >= 0 and (tokens.lower[last] in {"has", "had", "have", "also", "later", "then", "once"} or tokens.lower[last].endswith("ly")):
        last -= 1
    if last < 0 or not tokens.lower[last][0].isalnum():
        return None
    if tokens.lower[last] in _PRONOUNS:
        return last, last
    first = last
    while first > 0 and cue - first < 8:
        word = tokens.lower[first - 1]
        if word in _ATTRIBUTION_STOPS or word in _PRONOUNS:
            break
        first -= 1
        if word in _ARTICLES:
            break
    if _is_name(tokens, last) or tokens.lower[first] in _ARTICLES or tokens.lower[last].endswith("s"):
        return first, last
    return None


def _nominal_after(tokens: Tokens, cue: int) -> tuple[int, int] | None:
    first = cue + 1
    if first >= len(tokens) or not tokens.lower[first][0].isalnum():
        return None
    if tokens.lower[first] in _PRONOUNS:
        return first, first
    if not _is_name(tokens, first) and tokens.lower[first] not in _ARTICLES:
        return None
    last = first
    while last + 1 < len(tokens) and last - first < 7 and tokens.lower[last + 1] not in _ATTRIBUTION_STOPS - {".", "of"}:
        if tokens.lower[last + 1] == "." and tokens.lower[last] not in {"mr", "mrs", "ms", "gen", "sen", "rep", "gov", "dr"}:
            break
        last += 1
    return first, last


def _reported_clause(tokens: Tokens, cue: int, first: int, end: int) -> tuple[int, int] | None:
    words = tokens.lower
    following = words[cue + 1] if cue + 1 < end else "."
    last = end - 1
    while last > cue and not words[last][0].isalnum():
        last -= 1
    if following == "that" and cue + 2 <= last:
        return cue + 2, last
    # "..., X said." and "..., said X.": what stands before is the speech.
    tail = end - cue
    nominal = _nominal_before(tokens, cue)
    before = (nominal[0] if nominal and nominal[0] > first else cue) - 1
    if tail <= 10 and before > first and words[before] == "," and before - first >= 3:
        return first, before - 1
    if nominal and last - cue >= 3 and words[cue][-1] != "g" and following not in {",", ":", '"', "“", "‘", "'", "to", "in", "on", "at"}:
        # "Officials said the strike had failed": a clause needs a verb of its own, which length stands in for.
        return cue + 1, last
    return None
