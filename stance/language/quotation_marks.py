"""Where quotation marks open and close: typographic ones by shape, straight ones by their neighbours.

An apostrophe looks like a single mark, so single marks are read with more care. A double mark that never
closes ends with its block; a straight one only where the next block opens with a mark, as quotations of
several paragraphs do, since a lone straight mark may stand for inches or for nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from stance.records import Block

MARKS = "\"'“”‘’«»„‟"
_CLOSERS = {"“": "”", "«": "»", "„": "“”", "‘": "’", '"': '"', "'": "'"}
_OPENER = re.compile("[\"'“‘«„]")
_STRAIGHT_CLOSER = re.compile('["”]')
_BEFORE_OPENER = frozenset("([{—–-:;,\"'“‘")
# Words that begin with an apostrophe, which no quotation does.
_ELIDED = re.compile(r"['‘](?:\d|(?:em|til|till|tis|twas|cause|bout|n|round)\b)", re.IGNORECASE)
_MAX_APOSTROPHES = 8
_MAX_SINGLE = 1_000


@dataclass(frozen=True, slots=True)
class Marked:
    """A span with its marks.

    Attributes:
        closed: Whether its closing mark is there.
        leads: Whether it opens its block.
        block: The block's paragraph number.
    """

    start: int
    end: int
    closed: bool
    leads: bool
    block: int


def marked_spans(text: str, blocks: Iterable[Block]) -> list[Marked]:
    """Return the outermost spans between quotation marks, in order.

    Args:
        text: The article's text.
        blocks: The blocks to look into, in order.
    """
    spans: list[Marked] = []
    speaking = list(blocks)
    for number, block in enumerate(speaking):
        following = speaking[number + 1] if number + 1 < len(speaking) else None
        goes_on = following is not None and text[following.start] in _CLOSERS
        done = block.start
        for match in _OPENER.finditer(text, block.start, block.end):
            place = match.start()
            if place < done or not _opens(text, place, block):
                continue
            end = _closing(text, place, block.end)
            closed = end is not None
            if end is None and (text[place] in "“«„" or (goes_on and text[place] == '"')):
                end = block.end
            if end is not None:
                spans.append(Marked(place, end, closed, place == block.start, block.paragraph))
                done = end
    return spans


def _opens(text: str, place: int, block: Block) -> bool:
    before = text[place - 1] if place > block.start else " "
    after = text[place + 1] if place + 1 < block.end else " "
    if after.isspace() or not (before.isspace() or before in _BEFORE_OPENER):
        return False
    return not (text[place] in "'‘" and _ELIDED.match(text, place, block.end))


def _closing(text: str, place: int, end: int) -> int | None:
    """Return the offset after the mark that closes the one at `place`, or None."""
    mark = text[place]
    if mark in "'‘":
        return _closing_single(text, place, min(end, place + _MAX_SINGLE))
    if mark == '"':
        # Some editors mix the kinds: a straight mark may be closed by a curved one.
        match = _STRAIGHT_CLOSER.search(text, place + 1, end)
        if match is None:
            return None
        found = match.start()
        after = text[found + 1] if found < end - 1 else " "
        # A mark with space before it and none after opens again: the first never closed.
        return None if text[found - 1].isspace() and not after.isspace() else found + 1
    depth = 0
    for match in re.compile(f"[{mark}{_CLOSERS[mark]}]").finditer(text, place + 1, end):
        # German marks close with what opens in English.
        if match.group() == mark:
            depth += 1
        elif depth:
            depth -= 1
        else:
            return match.end()
    return None


def _closing_single(text: str, place: int, end: int) -> int | None:
    close = _CLOSERS[text[place]]
    found = place
    for _ in range(_MAX_APOSTROPHES):
        found = text.find(close, found + 1, end)
        if found < 0:
            return None
        after = text[found + 1] if found + 1 < end else " "
        if not after.isalnum() and not text[found - 1].isspace():
            return found + 1
    return None
