"""What the rules read: a unit of text, the word before a mark and the word after it."""

import re
from typing import Final, NamedTuple

from stance.language.segment_parameters import SegmenterParameters
from stance.language.segment_words import FUNCTION, LOWER_STARTERS

CLOSERS: Final = frozenset("\"'”’»)]}*_")
QUOTES: Final = frozenset("\"'”’»")
OPENERS: Final = frozenset("\"'“‘„«‚")
BRACKETS: Final = frozenset("([{")
DASHES: Final = frozenset("-–—―")
FIRST_PERSON: Final = frozenset({"I", "I'm", "I’m", "I've", "I’ve", "I'd", "I’d", "I'll", "I’ll"})
LOOK_BACK: Final = 40
"""No rule reads further back than this for the word before a mark."""

_SOLID: Final = re.compile(r"\S")
_NEXT: Final = re.compile(r"([^\w\s]{0,6})\s?(\w[\w'’-]{0,40})?")
_SMALL_I: Final = re.compile(r"(?<![\w.(])i(?:['’][mdvl][el]?)? ")
_HEADLINE_LENGTH: Final = 250
_FINAL: Final = frozenset('.!"”’)')


class Mark(NamedTuple):
    """A run of marks and what stands around it, as code points.

    Attributes:
        first: Where the sentence so far started.
        start: Start of the run.
        end: End of the run.
        close: End of the closing quotation marks and brackets after it.
        after: Where the text goes on after white space.
    """

    first: int
    start: int
    end: int
    close: int
    after: int


class Unit:
    """A stretch of text that no sentence crosses, and what is worth remembering about it."""

    __slots__ = ("_careless", "_headline", "_quotes", "_quotes_at", "end", "parameters", "start", "text")

    def __init__(self, text: str, start: int, end: int, parameters: SegmenterParameters) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.parameters = parameters
        self._quotes = 0
        self._quotes_at = start
        self._headline: bool | None = None
        self._careless: bool | None = None

    def careless(self, token: str, word: str) -> bool:
        """Whether a small letter may start a sentence here: the writer does without capitals, or slipped."""
        if word.lower() in LOWER_STARTERS and (not token or (len(token) > 2 and token.islower())):
            return True
        if self._careless is None:
            self._careless = (
                self.text[self.start].islower()
                or _SMALL_I.search(self.text, self.start, self.end) is not None
            )
        return self._careless

    def in_quotes(self, at: int) -> bool:
        """Whether a straight quotation is open at a place; asked in ascending order it costs one pass."""
        if at > self._quotes_at:
            self._quotes += self.text.count('"', self._quotes_at, at)
            self._quotes_at = at
        return self._quotes % 2 == 1

    def unfinished(self) -> bool:
        """Whether this is a short line without a final mark: a headline, a caption, a heading."""
        return self.end - self.start <= _HEADLINE_LENGTH and self.text[self.end - 1] not in _FINAL

    def headline(self) -> bool:
        """Whether this is a headline in title case, where a capital says nothing."""
        if self._headline is None:
            line = self.text[self.start : self.end] if self.unfinished() else ""
            words = [word for word in line.split() if len(word) > 3 and word[0].isalpha()]
            self._headline = 0 < len(words) * 0.8 <= sum(word[0].isupper() for word in words)
        return self._headline


def skip_space(text: str, at: int, stop: int) -> int:
    """The next place that is not white space, or the stop."""
    found = _SOLID.search(text, at, stop)
    return found.start() if found else stop


def next_word(text: str, at: int, stop: int) -> tuple[str, str]:
    """The marks before the next word, and the word; either may be empty."""
    match = _NEXT.match(text, at, stop)
    if match is None:
        return "", ""
    word = match[2] or ""
    return match[1], word.rstrip("'’-") if len(word) > 1 else word


def is_small(word: str) -> bool:
    """Whether a word starts small, as words inside sentences do; ``iPhone`` and ``eBay`` do not count."""
    return word[:1].islower() and not any(letter.isupper() for letter in word[1:6])


def opens_sentence(unit: Unit, word: str) -> bool:
    """Whether a capitalised word, going by what it is, rather opens a sentence."""
    low = word.lower()
    known = unit.parameters
    return low in FUNCTION or low in known.ordinary_words or low in known.opening_names


def token_before(text: str, first: int, start: int) -> str:
    """What stands before the mark, without opening marks and the first parts of a compound."""
    low = max(first, start - LOOK_BACK)
    token = text[text.rfind(" ", low, start) + 1 or low : start]
    if token.isalpha():
        return token
    token = token.split()[-1] if token and not token[-1].isspace() else ""
    for dash in "—–-/…":
        token = token.rpartition(dash)[2]
    return token.lstrip("\"'“‘„«([{*_¿¡$")


def is_signature(unit: Unit, at: int) -> bool:
    """Whether the signature of a post stands here: ``— Ann Hale (@annhale) May 3``."""
    return unit.text[at] in DASHES and "(@" in unit.text[at : min(unit.end, at + 60)]


def goes_on_after_dash(unit: Unit, at: int, word: str) -> bool:
    """Whether what follows a sentence after a dash only names who said it: ``... again. — Ann Hale, Ohio``.

    A signature with a handle is a line of its own, and an ordinary word opens the next point.
    """
    low = word.lower()
    return not (is_signature(unit, at) or low in FUNCTION or low in unit.parameters.ordinary_words)
