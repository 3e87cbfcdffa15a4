"""What each block of lines is: title, standfirst, byline, heading, body, caption, tags or boilerplate.

A caption or a line of tags names actors without framing them; read as body it would count as a neutral
sentence. The rules look at form (place, length, closing mark) and at the standing phrases of news sites.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from stance.records import Block, BlockKind

_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_MIN_WIDTH = 40
_MAX_WIDTH = 110  # of hard-wrapped prose
_MAX_LINE = 400  # a line this long is a paragraph, whatever follows
_CLOSERS = "\"'”’»)]"
_TERMINAL = frozenset(".!?…:;")

# What opens a caption. A picture's credit is written with its own capitals wherever it stands: "REUTERS/Lee";
# "NEW YORK (Reuters) -" opens a story and "a Reuters/Ipsos poll" is a part of one.
_CAPTION = re.compile(
    r"^(?:image (?:copyright|caption|source)|media (?:caption|playback)|file (?:photo|picture|image)\b"
    r"|file ?[-–—] |photos? ?(?:by\b|:|credits?\b)|pictured\b|picture (?:taken|caption|credit)|caption:"
    r"|video:|watch:)|\((?:(?:file )?(?:photo|image|picture)\b|file\)|ap photo|getty)",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\bREUTERS/[A-Z]|\bAP Photo\b|\b(?:AFP|EPA)[/-][A-Z]|\b(?:AFP|EPA|AP|Reuters) via Getty"
    r"|\b[Hh]andout via\b|\b[Ff]ile photo\b|\(?Getty Images\)?\.?$"
)
_BYLINE = re.compile(
    r"^(?:by (?:the )?(?-i:[A-Z])|written by |author: |reporting by |updated:? |published:? |posted:? "
    r"|last updated|first published|(?:mon|tues|wednes|thurs|fri|satur|sun)day,? [a-z]+ \d"
    r"|\d{1,2} [a-z]+ (?:19|20)\d\d$|[a-z]+ \d{1,2}, (?:19|20)\d\d)",
    re.IGNORECASE,
)
_TAGS = re.compile(
    r"^(?:tags?|topics?|keywords?|filed under|related topics|more on|categories)\b ?:?", re.IGNORECASE
)
_BOILERPLATE = re.compile(
    r"^(?:follow (?:us\b|\w+ on\b|@)|read (?:more|also|next)\b|see also\b|click here\b|subscribe\b|sign up\b"
    r"|share this\b|advertisement$|copyright (?:©|\(c\)|\d{4})|©|all rights reserved"
    r"|\(?(?:additional )?(?:reporting|writing|editing) by\b|(?:like|find) us on\b"
    r"|get (?:the|our) (?:latest|newsletter)|download (?:the|our) (?:app|free)"
    r"|this (?:story|article) (?:has been|was) (?:updated|corrected)"
    r"|the views expressed\b|editor['’]s note\b|skip to\b|related:|more:|contact (?:us|the author)\b|https?://\S+$)",
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
        width = _wrapping_width(chunk)
        groups.append([chunk[0]])
        for before, line in pairwise(chunk):
            if _continues(before.text, line.text, width):
                groups[-1].append(line)
            else:
                groups.append([line])
    return groups


def _wrapping_width(chunk: list[_Line]) -> int:
    """Return the width at which lines without blank ones between are wrapped, 0 if they are not."""
    width = max(len(line.text) for line in chunk)
    full = sum(1 for line in chunk[:-1] if len(line.text) >= width * 0.7)
    wrapped = len(chunk) > 2 and _MIN_WIDTH <= width <= _MAX_WIDTH and full >= (len(chunk) - 1) * 0.6
    return width if wrapped else 0


def _continues(before: str, line: str, width: int) -> bool:
    """Whether a line goes on with the one before, which ended because the next word did not fit."""
    head = line[:_MAX_WIDTH]
    if _LIST_ITEM.match(head) or len(before) > _MAX_LINE:
        return False
    if width and len(before) + 1 + len(head.split(maxsplit=1)[0]) > width * 0.95:
        return True
    if _by_phrase(head, len(head.split())) is not BlockKind.BODY or _TAGS.match(before):
        return False
    return head[0].islower() or before[-1] in ",-–—"


def _ends_sentence(text: str) -> bool:
    return text.rstrip(_CLOSERS)[-1:] in _TERMINAL


def _classify(contents: list[str]) -> list[BlockKind]:
    words = [len(content.split(maxsplit=80)) for content in contents]
    kinds = [_by_phrase(content, count) for content, count in zip(contents, words, strict=True)]
    first_body = next(
        (
            index
            for index, content in enumerate(contents)
            if kinds[index] is BlockKind.BODY
            and (words[index] > 35 or (index > 0 and _ends_sentence(content)))
        ),
        len(contents),
    )
    last = len(contents) - 1
    for index, content in enumerate(contents):
        if kinds[index] is not BlockKind.BODY:
            continue
        if index and kinds[index - 1] is BlockKind.CAPTION and contents[index - 1].endswith(content):
            kinds[index] = BlockKind.CAPTION  # copied with its alternative text, on a line of its own
            continue
        short_line = words[index] <= 30 and not content.rstrip(_CLOSERS).endswith((".", ";", ","))
        if index == 0 and last > 0 and (short_line or _is_stopped_title(content, words)):
            kinds[index] = BlockKind.TITLE
        elif not short_line or _ends_sentence(content):
            continue
        elif index < first_body and kinds[0] is BlockKind.TITLE:
            kinds[index] = BlockKind.STANDFIRST
        elif 0 < last - 1 <= index and _names_only(content):
            kinds[index] = BlockKind.TAGS
        elif words[index] <= 12 and index < last and not _opens_quotation(content):
            kinds[index] = BlockKind.HEADING
    return kinds


def _by_phrase(content: str, words: int) -> BlockKind:
    head = content[:400]
    if not any(character.isalnum() for character in head):
        return BlockKind.BOILERPLATE  # a rule of dashes or stars
    if _is_doubled(content) or (words <= 60 and (_CAPTION.search(head) or _CREDIT.search(head))):
        return BlockKind.CAPTION
    if (
        words <= 40
        and _TAGS.match(head)
        and (words <= 12 or ":" in head[:20])
        and not _ends_sentence(content)
    ):
        return BlockKind.TAGS
    if words <= 30 and _BOILERPLATE.match(head):
        return BlockKind.BOILERPLATE
    if words <= 14 and _BYLINE.match(head) and not _ends_sentence(content):
        return BlockKind.BYLINE
    return BlockKind.BODY


def _is_doubled(content: str) -> bool:
    """Whether a line says the same thing twice, as captions copied with their alternative text do."""
    half, odd = divmod(len(content), 2)
    return bool(odd) and half >= 8 and content[half].isspace() and content[:half] == content[half + 1 :]


def _is_stopped_title(content: str, words: list[int]) -> bool:
    """Whether a first line with a full stop is a title still: one short sentence, or one short quotation."""
    quoted = _opens_quotation(content) and content[-1] in _CLOSERS and words[0] <= 20
    return quoted or (words[0] <= 12 and words[1] > 2 * words[0] and content.count(". ") == 0)


def _names_only(content: str) -> bool:
    """Whether a line holds nothing but capitalised words, hashes and separators, as tag lines do."""
    tokens = re.split(r"[\s,;|/·•]+", content)
    named = [token for token in tokens if token.strip("#")]
    return 0 < len(named) <= 20 and all(
        token.lstrip("#")[:1].isupper() or token.startswith("#") or token[:1].isdigit() for token in named
    )


def _opens_quotation(content: str) -> bool:
    return content[0] in "\"“‘'«"
