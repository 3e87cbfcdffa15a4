"""Whether a sentence ends at a mark: where the mark closes, and which rule decides."""

import re
from typing import Final

from stance.language.segment_calls import end_after_ellipsis, ends_after_call
from stance.language.segment_context import (
    CLOSERS,
    FIRST_PERSON,
    LOOK_BACK,
    Mark,
    Unit,
    next_word,
    opens_sentence,
    skip_space,
    token_before,
)
from stance.language.segment_stops import ends_after_stop, is_abbreviation
from stance.language.segment_words import FUNCTION, SUFFIXES, TITLES

MARK: Final = re.compile(r"[.!?…‼⁇⁈⁉．。！？｡]+(?:[ \xa0]\.(?=[\s\"'”’)\]]|\Z))*+")
"""A run of marks at which a sentence may end; spaced full stops (``. . .``) are one run."""

_WIDE: Final = frozenset("．。！？｡")
_FOOTNOTE: Final = re.compile(r"(?:\[\d{1,3}\]){1,4}")
_LABEL: Final = re.compile(r"[^\w\s]{0,3}\s?(?:\d{1,3}|[A-Za-z]|[ivx]{1,5}|[IVX]{1,5}|P\.? ?S|N\.? ?B)?")
_SMILEY: Final = re.compile(r"[:;]['’]?-?[()DPp](?!\w)")
_LABEL_LENGTH: Final = 8


def boundary(unit: Unit, first: int, start: int, end: int) -> int | None:
    """Decides whether a sentence ends at a run of marks.

    Args:
        unit: The unit.
        first: Where the sentence started, code points.
        start: Start of the run.
        end: End of the run.

    Returns:
        Where the sentence ends, after closing quotation marks and brackets; None if it goes on.
    """
    text, stop = unit.text, unit.end
    close = end
    while close < stop and text[close] in CLOSERS:
        close += 1
    if close < stop and text[close] == "[" and (note := _FOOTNOTE.match(text, close, stop)):
        close = note.end()
    if close >= stop:
        return None
    if not text[close].isspace():
        return _without_space(unit, first, start, end, close)
    after = skip_space(text, close, stop)
    smiley = _SMILEY.match(text, after, stop)
    if smiley or (after < stop and _closes_apart(unit, after)):
        close = smiley.end() if smiley else after + 1
        after = skip_space(text, close, stop)
    if after >= stop:
        return None
    if start - first <= _LABEL_LENGTH and _LABEL.fullmatch(text, first, start):
        return None
    run = text[start:end]
    mark = Mark(first, start, end, close, after)
    if run == ".":
        return close if ends_after_stop(unit, mark) else None
    if "!" in run or "?" in run or run[0] not in ".…":
        return close if ends_after_call(unit, mark) else None
    return end_after_ellipsis(unit, mark)


def _closes_apart(unit: Unit, at: int) -> bool:
    """Whether a closing mark stands apart from its sentence, as in tokenised text: ``Yes . ”``."""
    character = unit.text[at]
    if character == '"':
        return (at + 1 >= unit.end or unit.text[at + 1].isspace()) and unit.in_quotes(at)
    return character in "”»)]}"


def _without_space(unit: Unit, first: int, start: int, end: int, close: int) -> int | None:
    """A missing space after the mark: ``last week.The minister``; not a domain, a file name or a version."""
    text = unit.text
    if text[end - 1] in _WIDE and not text[close].isdigit():
        return close
    character = text[close]
    if start == first or not (character.isupper() or character in "“‘"):
        return None
    before = text[start - 1]
    if not (before.islower() or before.isdigit() or before in CLOSERS):
        return None
    opener, word = next_word(text, close, unit.end)
    if opener:
        return close if opener[0] in "“‘" and word[:1].isupper() else None
    tail = text[close + len(word) : close + len(word) + 2]
    if (tail[:1] == "." and tail[1:].isalnum()) or tail[:1] in {"@", "/", "_"}:
        return None
    token = text[max(first, start - LOOK_BACK) : start].split()[-1]
    if "@" in token or "/" in token or "_" in token or token.startswith("www.") or word.lower() in SUFFIXES:
        return None
    if close > end:
        return _before_quote(unit, end, close)
    bare = token_before(text, first, start)
    if len(bare) < 2 or is_abbreviation(unit, bare, bare.lower()):
        return None
    if opens_sentence(unit, word) or (word.lower() in TITLES and tail[:1] == "."):
        return close if word not in FIRST_PERSON or end - start == 1 else None
    plain = bare.islower() and (len(bare) > 2 or bare in FUNCTION)
    return close if plain and len(word) > 1 and not tail[:1].isalnum() else None


def _before_quote(unit: Unit, end: int, close: int) -> int | None:
    """Where a sentence ends before ``."And``: before a straight mark that opens, after one that closes."""
    if unit.text[end] == '"' and not unit.in_quotes(end):
        return end
    return close
