"""Words and marks with their places: the tokens on which actors, cues and features are found."""

import re
from bisect import bisect_left
from dataclasses import dataclass

# Alternatives begin with different characters or are tried once each, and no quantifier nests another over
# the same characters: the scan is linear whatever the text.
# U+02BC is a letter to Unicode and an apostrophe to the writers who use it.
_TOKEN = re.compile(
    r"(?:[^\W\d_ʼ]\.){2,}"  # U.S., a.m.
    r"|\d+(?:[.,:]\d+)*"  # 1,000.5, 10:30
    r"|[^\W\d_ʼ]+(?:['’ʼ](?![sS]\b)[^\W\d_ʼ]+)*"  # don't, O'Brien; the clitic 's is a token of its own
    r"|['’ʼ][sS]\b"
    r"|\.\.\.|--"
    r"|[^\s]"
)
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'"})


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens of a text as parallel lists, which is faster than an object for each.

    Attributes:
        starts, ends: Code-point offsets, end exclusive.
        surface: The tokens as written.
        lower: The tokens in lower case with straight apostrophes; what lexicons are matched on.
    """

    starts: list[int]
    ends: list[int]
    surface: list[str]
    lower: list[str]

    def __len__(self) -> int:
        return len(self.starts)

    def between(self, start: int, end: int) -> tuple[int, int]:
        """Return the index range (first, last exclusive) of the tokens that begin in text[start:end]."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)


def tokenize(text: str, start: int = 0, end: int | None = None) -> Tokens:
    """Split `text[start:end]` into words, numbers and marks.

    Possessive 's and hyphens are tokens of their own, so that "Obama's" and "US-Russia" show their names.

    Args:
        text: Any string.
        start: First code point to look at.
        end: Code point to stop before; the text's end if None.

    Returns:
        Tokens in order, with offsets into the whole of `text`.
    """
    starts: list[int] = []
    ends: list[int] = []
    surface: list[str] = []
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        starts.append(match.start())
        ends.append(match.end())
        surface.append(match.group())
    lower = [word.lower() if word.isascii() else word.lower().translate(_APOSTROPHES) for word in surface]
    return Tokens(starts, ends, surface, lower)


def word_set(words: str) -> frozenset[str]:
    """Return the words of a text that separates them by white space; how the rules write their word lists."""
    return frozenset(words.split())


def words_of(phrase: str) -> tuple[str, ...]:
    """Return a phrase's tokens in lower case, as `tokenize` makes them in running text."""
    return (phrase.lower(),) if phrase.isalpha() else tuple(tokenize(phrase).lower)
