"""Line breaks and lists: the units inside which the sentence rules look for marks.

A blank line always ends a unit. A single line break ends one unless the lines look wrapped: in wrapped
prose a line is broken because the next word no longer fitted, so a line on which it would have fitted was
broken on purpose.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from stance.language.segment_context import skip_space
from stance.language.segment_words import BEFORE_NUMBER, OPEN_ENDED

_BREAKS: Final = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_BREAK_RUN: Final = re.compile(rf"[{_BREAKS}]\s*")
_ONE_BREAK: Final = re.compile(rf"\r\n|[{_BREAKS}]")
_BULLETS: Final = "•▪‣●◦⁃∙■□►"
_ITEM: Final = re.compile(rf"[{_BULLETS}]|[*+–—-]\s|\(?(?:\d{{1,3}}|[A-Za-z]|[ivxIVX]{{1,5}})(?:\.\)|[.)])\s")
_FIRST_ITEM: Final = re.compile(rf"[{_BULLETS}]|(?:1|a)\.\s|\(?(?:\d{{1,3}}|[A-Za-z]|[ivxIVX]{{1,5}})\.?\)\s")
_NEXT_ITEM: Final = re.compile(
    rf"(?<!\S)(?:[{_BULLETS}]|(\(?)(\d{{1,3}}|[a-z]|[A-Z](?!\.)|[ivxIVX]{{1,5}})(\.?\)|\.)(?=\s+(\S)))"
)
_ROMAN: Final = (
    "i",
    "ii",
    "iii",
    "iv",
    "v",
    "vi",
    "vii",
    "viii",
    "ix",
    "x",
    "xi",
    "xii",
    "xiii",
    "xiv",
    "xv",
)
_TERMINAL: Final = frozenset(".!?…:;。！？")
_CLOSERS: Final = "\"'”’»)]}*_"

# A column narrower than this is a list or a poem, a line longer than that was never wrapped.
_NARROWEST: Final = 40
_WIDEST: Final = 130
_RAGGED: Final = 0.75


def units(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yields the stretches of a text that no sentence crosses, without white space around them.

    Args:
        text: The text.
        start: Code point at which to start.
        end: Code point before which to stop.

    Yields:
        Pairs (start, end), in order, not empty.
    """
    lines: list[tuple[int, int]] = []
    at = skip_space(text, start, end)
    for run in _BREAK_RUN.finditer(text, at, end):
        stop = _trimmed(text, at, run.start())
        lines.append((at, stop))
        at = run.end()
        if run[0] != "\n" and _blank_line(run[0]):
            yield from _joined(text, lines)
            lines = []
    if at < end:
        lines.append((at, _trimmed(text, at, end)))
    if lines:
        yield from _joined(text, lines)


def _blank_line(run: str) -> bool:
    return "\u2029" in run or len(_ONE_BREAK.findall(run)) > 1


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _joined(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    if len(lines) == 1:
        yield lines[0]
        return
    width = max(end - start for start, end in lines)
    begin, _ = lines[0]
    for (start, end), (next_start, next_end) in pairwise(lines):
        if not _goes_on(text, (start, end), (next_start, next_end), width):
            yield begin, end
            begin = next_start
    yield begin, lines[-1][1]


def _goes_on(text: str, line: tuple[int, int], after: tuple[int, int], width: int) -> bool:
    """Whether a line runs on into the next, so that only the marks decide."""
    start, end = line
    following = text[after[0]]
    wrapped = _NARROWEST <= width <= _WIDEST and _full(text, line, after, width)
    last = end - 1
    while last > start and text[last] in _CLOSERS:
        last -= 1
    # In wrapped prose a line may start with an initial, a dash or a year that looks like an item.
    prose = wrapped and text[last] not in _TERMINAL and following not in _BULLETS
    if _ITEM.match(text, after[0], after[1]) and not (prose and not _ITEM.match(text, start, end)):
        return False
    if text[last] in _TERMINAL:
        return wrapped
    if text[last] == "," or _last_word(text, start, end) in OPEN_ENDED:
        return True
    if following.islower():
        return wrapped or (end - start >= _NARROWEST and end - start >= _RAGGED * width)
    return wrapped


def _full(text: str, line: tuple[int, int], after: tuple[int, int], width: int) -> bool:
    """Whether the next line's first word would not have fitted on the line."""
    room = width - (line[1] - line[0]) - 1
    if room < 0:
        return True
    stop = min(after[1], after[0] + room)
    return after[1] > stop and not any(character.isspace() for character in text[after[0] : stop + 1])


def _last_word(text: str, start: int, end: int) -> str:
    return text[max(start, end - 12) : end].rpartition(" ")[2].lower()


def opens_list(text: str, at: int, end: int) -> bool:
    """Says whether a list may start here: a bullet, ``1.``, ``a)``.

    Args:
        text: The text.
        at: Where a sentence starts.
        end: End of the unit.
    """
    return _FIRST_ITEM.match(text, at, end) is not None


def list_breaks(text: str, at: int, end: int) -> list[int]:
    """Finds the items of lists that are set in running text: ``1) the first 2) the second``.

    Every item must follow its predecessor in value and style, so that a single ``2.`` in prose is left alone.

    Args:
        text: The text.
        at: Where the first item starts.
        end: End of the unit.

    Returns:
        The starts of the items after the first, in order.
    """
    found: list[int] = []
    expected: set[tuple[str, str, str]] = set()
    bulleted = text[at] in _BULLETS
    for item in _NEXT_ITEM.finditer(text, at, end):
        begin = item.start()
        if item[2] is None:
            if bulleted and begin > at:
                found.append(begin)
            continue
        key = (item[1], item[2], item[3])
        if begin == at or (key in expected and _may_be_item(text, item, at)):
            expected.discard(key)
            expected.update((item[1], successor, item[3]) for successor in _successors(item[2]))
            if begin > at:
                found.append(begin)
    return found


def _may_be_item(text: str, item: re.Match[str], at: int) -> bool:
    if item[3] != ".":
        return True
    before = _last_word(text, at, _trimmed(text, max(at, item.start() - 3), item.start())).strip("(\"'“‘.")
    if before in OPEN_ENDED or before in BEFORE_NUMBER:
        return False
    return not (item[2].isdigit() and item[4].islower())


def _successors(label: str) -> list[str]:
    if label.isdigit():
        return [str(int(label) + 1)]
    successors = [chr(ord(label) + 1)] if len(label) == 1 else []
    roman = label.lower()
    if roman in _ROMAN[:-1]:
        successor = _ROMAN[_ROMAN.index(roman) + 1]
        successors.append(successor if label.islower() else successor.upper())
    return successors
