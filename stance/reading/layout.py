"""What each block of lines is: title, standfirst, byline, heading, body, caption, tags or boilerplate.

A caption or a line of tags names actors without framing them; read as body it would count as a neutral sentence.
The rules look at form (place, length, closing mark) and at the standing phrases of news sites.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from stance.records import Block, BlockKind

_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_CLOSERS = "\"'”’»)]"
_TERMINAL = frozenset(".!?…:;")

_CAPTION = re.compile(
    r"^(?:image (?:copyright|caption|source)|media (?:caption|playback)|file photo|file[ -–—]+|photos?(?: by|:| credit)"
    r"|pictured?\b|picture taken|caption:|video:|watch:)"
    r"|\((?:photo|image|file|ap photo|reuters/|getty)"
    r"|\b(?:reuters/[A-Z]|ap photo|afp/getty|getty images|afp via getty|epa/|handout via)",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"^(?:by (?:[A-Z]|the )|written by |author: |reporting by |updated:? |published:? |posted:? |last updated"
    r"|first published|(?:mon|tues|wednes|thurs|fri|satur|sun)day,? [a-z]+ \d|\d{1,2} [a-z]+ (?:19|20)\d\d$"
    r"|[a-z]+ \d{1,2}, (?:19|20)\d\d)",
    re.IGNORECASE,
)
_TAGS = re.compile(r"^(?:tags?|topics?|keywords?|filed under|related topics|more on|categories)\b ?:?", re.IGNORECASE)
_BOILERPLATE = re.compile(
    r"^(?:follow (?:us|\w+ on|@)|read (?:more|also|next)\b|see also\b|click here|subscribe|sign up|share this"
    r"|advertisement|copyright|©|all rights reserved|\(?(?:additional )?(?:reporting|writing|editing) by\b"
    r"|(?:like|find) us on|get (?:the|our) (?:latest|newsletter)|download (?:the|our)|this (?:story|article) (?:has been|was) (?:updated|corrected)"
    r"|the views expressed|editor['’]s note|skip to|related:|more:|contact (?:us|the author)|https?://\S+$)",
    re.IGNORECASE,
)
_LIST_ITEM = re.compile(r"^(?:[-*•–—▪]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]) ")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    gap: bool  # a blank line stands before it


def find_blocks(text: str) -> tuple[Block, ...]:
    """Divide a text into blocks and say what each is.

    Args:
        text: The article as decoded.

    Returns:
        Blocks in order, trimmed of white space; together they hold every character that is not white space.
    """
    lines = _lines(text)
    groups = _group(lines)
    spans = [(group[0].start, group[-1].end) for group in groups]
    contents = [" ".join(line.text for line in group) for group in groups]
    kinds = _classify(contents)
    return tuple(
        Block(start, end, kind, number)
        for number, ((start, end), kind) in enumerate(zip(spans, kinds, strict=True), start=1)
    )


def find_title(text: str, blocks: tuple[Block, ...]) -> str:
    """Return the headline on one line, or an empty string."""
    title = next((block for block in blocks if block.kind is BlockKind.TITLE), None)
    return " ".join(text[title.start : title.end].split()) if title else ""


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    previous_end = 0
    for match in _LINE.finditer(text):
        raw = match.group()
        stripped = raw.strip()
        if not stripped:
            continue
        start = match.start() + len(raw) - len(raw.lstrip())
        between = text[previous_end:start]
        breaks = between.count("\n") or between.count("\r") or 1
        breaks += between.count("\u2029") + between.count("\f")
        lines.append(_Line(start, start + len(stripped), stripped, breaks > 1 and bool(lines)))
        previous_end = start + len(stripped)
    return lines


def _group(lines: list[_Line]) -> list[list[_Line]]:
    """Join the lines of hard-wrapped prose; every other line is a block of its own."""
    chunks: list[list[_Line]] = []
    for line in lines:
        if line.gap or not chunks:
            chunks.append([line])
        else:
            chunks[-1].append(line)
    groups: list[list[_Line]] = []
    for chunk in chunks:
        width = max(len(line.text) for line in chunk)
        full = sum(1 for line in chunk[:-1] if len(line.text) >= width * 0.7)
        wrapped = len(chunk) > 2 and width <= 110 and full >= (len(chunk) - 1) * 0.8
        groups.append([chunk[0]])
        for before, line in pairwise(chunk):
            if _continues(before.text, line.text, wrapped=wrapped):
                groups[-1].append(line)
            else:
                groups.append([line])
    return groups


def _continues(before: str, line: str, *, wrapped: bool) -> bool:
    if _LIST_ITEM.match(line) or _CAPTION.search(line[:80]) or len(before) > 400:
        return False
    if line[0].islower() or before[-1] in ",-–—":
        return True
    return wrapped


def _ends_sentence(text: str) -> bool:
    return text.rstrip(_CLOSERS)[-1:] in _TERMINAL


def _classify(contents: list[str]) -> list[BlockKind]:
    words = [len(content.split(maxsplit=80)) for content in contents]
    kinds = [_by_phrase(content, count) for content, count in zip(contents, words, strict=True)]
    first_body = next(
        (
            index
            for index, content in enumerate(contents)
            if kinds[index] is BlockKind.BODY and (words[index] > 35 or (index > 0 and _ends_sentence(content)))
        ),
        len(contents),
    )
    last = len(contents) - 1
    for index, content in enumerate(contents):
        if kinds[index] is not BlockKind.BODY:
            continue
        short_line = words[index] <= 30 and not content.rstrip(_CLOSERS).endswith((".", ";", ","))
        if index == 0 and last > 0 and (short_line or _is_stopped_title(content, words)):
            kinds[index] = BlockKind.TITLE
        elif not short_line or _ends_sentence(content):
            continue
        elif index < first_body and kinds[0] is BlockKind.TITLE:
            kinds[index] = BlockKind.STANDFIRST
        elif index >= last - 1 and _names_only(content):
            kinds[index] = BlockKind.TAGS
        elif words[index] <= 12 and index < last and not _opens_quotation(content):
            kinds[index] = BlockKind.HEADING
    return kinds


def _by_phrase(content: str, words: int) -> BlockKind:
    head = content[:400]
    if _is_doubled(content) or (words <= 60 and _CAPTION.search(head)):
        return BlockKind.CAPTION
    if words <= 40 and _TAGS.match(head) and (words <= 12 or ":" in head[:20]) and not _ends_sentence(content):
        return BlockKind.TAGS
    if words <= 30 and _BOILERPLATE.match(head):
        return BlockKind.BOILERPLATE
    if words <= 14 and _BYLINE.match(head) and not _ends_sentence(content):
        return BlockKind.BYLINE
    return BlockKind.BODY


def _is_doubled(content: str) -> bool:
    """Whether a line says the same thing twice, as captions do that were copied with their alternative text."""
    half, odd = divmod(len(content), 2)
    return bool(odd) and half >= 8 and content[half].isspace() and content[:half] == content[half + 1 :]


def _is_stopped_title(content: str, words: list[int]) -> bool:
    """Whether a first line with a full stop is a title all the same: one short sentence before a longer block."""
    return words[0] <= 12 and words[1] > 2 * words[0] and content.count(". ") == 0


def _names_only(content: str) -> bool:
    """Whether a line holds nothing but capitalised words, hashes and separators, as tag lines do."""
    tokens = re.split(r"[\s,;|/·•]+", content)
    named = [token for token in tokens if token.strip("#")]
    return 0 < len(named) <= 20 and all(
        token.lstrip("#")[:1].isupper() or token.startswith("#") or token[:1].isdigit() for token in named
    )


def _opens_quotation(content: str) -> bool:
    return content[0] in "\"“‘'«"
