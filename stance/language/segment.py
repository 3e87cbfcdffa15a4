"""Sentences: spans of a text, found by learned lists and rules, without changing the text.

Abbreviations, collocations and sentence starters are learned from unlabelled text by the method of Kiss &
Strunk (2006), "Unsupervised Multilingual Sentence Boundary Detection", Computational Linguistics 32(4); the
rules on top are ours. Every rule reads a bounded stretch around a mark, so the time grows with the length
of the text and with nothing else.
"""

from typing import Final

from stance.language.segment_context import Unit, skip_space
from stance.language.segment_lines import list_breaks, opens_list, units
from stance.language.segment_parameters import SegmenterParameters, load_parameters
from stance.language.segment_rules import MARK, boundary

__all__ = ["SegmenterParameters", "load_parameters", "segment"]

_TAIL: Final = 8


def segment(
    text: str, start: int = 0, end: int | None = None, parameters: SegmenterParameters | None = None
) -> list[tuple[int, int]]:
    """Finds the sentences of a text.

    Args:
        text: Any text, lone surrogates and control characters included.
        start: Code point at which to start; negative counts from the end, as in a slice.
        end: Code point before which to stop; None for the end of the text.
        parameters: Learned lists; None for those that ship with stance.

    Returns:
        Pairs (start, end) of code points into ``text``, end exclusive, in order, not overlapping, without
        white space at either side. Together they cover everything between ``start`` and ``end`` that is not
        white space. A blank line always lies between sentences.
    """
    start, end, _ = slice(start, end).indices(len(text))
    if start >= end:
        return []
    known = load_parameters() if parameters is None else parameters
    found: list[tuple[int, int]] = []
    for first, last in units(text, start, end):
        _sentences(Unit(text, first, last, known), found)
    return found


def _sentences(unit: Unit, found: list[tuple[int, int]]) -> None:
    text, stop = unit.text, unit.end
    first = unit.start
    breaks: list[int] = []
    listed = opens_list(text, first, stop)
    if listed:
        breaks = list_breaks(text, first, stop)[::-1]
    for mark in MARK.finditer(text, first, stop):
        start, end = mark.span()
        while breaks and breaks[-1] <= start:
            first = _cut(text, first, breaks.pop(), found)
        if start < first:
            continue
        last = boundary(unit, first, start, end)
        if last is None:
            continue
        found.append((first, last))
        first = skip_space(text, last, stop)
        if not listed and opens_list(text, first, stop):
            listed = True
            breaks = list_breaks(text, first, stop)[::-1]
    while breaks:
        first = _cut(text, first, breaks.pop(), found)
    if first > unit.start and stop - first <= _TAIL and not any(map(str.isalnum, text[first:stop])):
        # What is left is an ellipsis or a stray mark, no sentence of its own.
        first = found.pop()[0]
    found.append((first, stop))


def _cut(text: str, first: int, at: int, found: list[tuple[int, int]]) -> int:
    """Ends a sentence before an item of a list."""
    if at <= first:
        return first
    last = at
    while text[last - 1].isspace():
        last -= 1
    if last > first:
        found.append((first, last))
    return at
