"""Full stops: after words, abbreviations and initials."""

import re
from typing import Final

from stance.language.segment_context import (
    BRACKETS,
    DASHES,
    LOOK_BACK,
    OPENERS,
    QUOTES,
    Mark,
    Unit,
    goes_on_after_dash,
    is_signature,
    is_small,
    next_word,
    token_before,
)
from stance.language.segment_lines import opens_list
from stance.language.segment_words import (
    AFTER_TIME,
    BEFORE_NUMBER,
    CAPITAL_ONLY,
    FUNCTION,
    MAY_END,
    NATIONS,
    NEVER_FINAL,
    NO_INITIALS,
    NO_NAME_AFTER,
    PREDICATES,
    PREPOSITIONS,
    SOUNDS,
    SPEECH,
    TIMES,
    TITLES,
)

_ACRONYM: Final = re.compile(r"[A-Za-z](?:\.[A-Za-z])+")
_INITIALS: Final = re.compile(r"[A-Z]\.[A-Z]")
_ROMAN: Final = re.compile(r"[IVXLC]+")
_VOWEL: Final = re.compile(r"[aeiouy]|[^a-z]")
_CLOSED: Final = TITLES | NEVER_FINAL | MAY_END | BEFORE_NUMBER
_ADVERBIAL_LENGTH: Final = 60


def ends_after_stop(unit: Unit, mark: Mark) -> bool:
    """Says whether a sentence ends at a single full stop.

    Args:
        unit: The unit.
        mark: The full stop and its surroundings; something follows in the unit.
    """
    text = unit.text
    first, start, _, close, after = mark
    token = token_before(text, first, start)
    low = token.lower()
    character = text[after]
    if not is_abbreviation(unit, token, low):
        return character.isupper() or _starts(unit, after, token, quoted=text[close - 1] in QUOTES)
    if character.islower() or character in ",;:)-–—":
        return is_signature(unit, after)
    opener, word = next_word(text, after, unit.end)
    if not word or opener[:1] in BRACKETS or opener[:1] in DASHES:
        return False
    if low in TITLES or low in NEVER_FINAL:
        return False
    if word[0].isdigit():
        return low == "no" and opener != ""
    if low in BEFORE_NUMBER and len(token) > 1:
        return not word[0].islower() and (not _ROMAN.fullmatch(word) or word == "I")
    if not word[0].isupper():
        return False
    if close > start + 1:
        # A bracket closes on an abbreviation inside a sentence: "Mr. Hale (R-S.C.) The"; a quotation ends
        # with it, unless the abbreviation is all that it holds: the "P.T." Barnes.
        alone = text[start - len(token) - 1 : start - len(token)] in OPENERS
        return word.lower() in FUNCTION or (text[close - 1] in QUOTES and not alone)
    if len(token) == 1:
        return _after_initial(text, mark, opener, word)
    if _INITIALS.fullmatch(token) and low not in NO_INITIALS and low not in TIMES:
        return word.lower() in FUNCTION or opener != ""
    return _after_abbreviation(unit, mark, low)


def is_abbreviation(unit: Unit, token: str, low: str) -> bool:
    """Whether the full stop after a token may be part of it."""
    if len(token) < 2:
        return token.isalpha()
    if low in _CLOSED or low in unit.parameters.abbreviations:
        return low not in CAPITAL_ONLY or _cased(token, low)
    return _ACRONYM.fullmatch(token) is not None or _clipped(token)


def _clipped(token: str) -> bool:
    """Whether a word is no word but consonants, which makes it an abbreviation: ``Sgt``, ``Blvd``."""
    low = token.lower()
    return len(token) < 6 and token[1:].islower() and not _VOWEL.search(low) and low not in SOUNDS


def _cased(token: str, low: str) -> bool:
    return low in {"al", "co", "st"} or (token[0].isupper() and not token.isupper())


def _starts(unit: Unit, at: int, token: str, *, quoted: bool) -> bool:
    """Whether what stands after a full stop that ends a word looks like the start of a sentence."""
    text = unit.text
    if text[at].isupper():
        return True
    if text[at] in ",;:)%/|":
        return False
    opener, word = next_word(text, at, unit.end)
    if not word:
        return True
    if is_small(word):
        bracket = opener[:1] in BRACKETS and len(opener) == 1
        if bracket or opens_list(text, at, unit.end):
            return True
        return not opener and not quoted and unit.careless(token, word)
    if opener[:1] in DASHES:
        return not goes_on_after_dash(unit, at, word)
    return not (opener[:1] in BRACKETS and word[0].isdigit())


def _after_initial(text: str, mark: Mark, opener: str, word: str) -> bool:
    first, start = mark.first, mark.start
    before = text[max(first, start - LOOK_BACK) : start - 1].split()
    previous = before[-1].lstrip("\"'“‘(") if before else ""
    plain = previous.isalpha() and previous.islower()
    if text[start - 1] == "I" and plain:
        return True
    if opener:
        return plain
    if len(word) == 1 and word in "AI":
        # "J. A. Smith": the next letter is an initial too.
        at = text.find(word, start, start + LOOK_BACK)
        if text[at + 1 : at + 2] == ".":
            return False
    return word.lower() in FUNCTION


def _after_abbreviation(unit: Unit, mark: Mark, low: str) -> bool:
    text, after = unit.text, mark.after
    opener, word = next_word(text, after, unit.end)
    if mark.start - mark.first <= _ADVERBIAL_LENGTH and _adverbial(text[mark.first : mark.start]):
        return False
    if opener:
        return True
    following = word.lower()
    known = unit.parameters
    if following in FUNCTION:
        return not unit.headline()
    if ("u.s" if low in NATIONS else low, following) in known.collocations or unit.unfinished():
        return False
    rest = text[after + len(word) : after + len(word) + 24]
    if low in TIMES:
        return following not in AFTER_TIME and not rest.startswith(" time")
    if low == "etc" or (following in {"mr", "mrs", "ms"} and rest[:1] == "."):
        return True
    noun = mark.start - len(low)
    if low in NATIONS and text[max(mark.first, noun - 4) : noun].lower() != "the ":
        # Without the article it belongs to what follows: "top U.S. Republicans said".
        return False
    if following in known.ordinary_words or following in known.sentence_starters:
        # "the U.S. First Lady": two capitals in a row are a name.
        return low not in NATIONS or not _named(unit, rest)
    if following.endswith("ly") and rest[:1] == ",":
        return True
    return following in known.opening_names and low not in NO_NAME_AFTER and _predicate(rest)


def _named(unit: Unit, rest: str) -> bool:
    words = rest.split(maxsplit=1)
    word = words[0].rstrip(",.") if words and rest[0].isspace() else ""
    return word[:1].isupper() and word.lower() not in unit.parameters.opening_names


def _predicate(rest: str) -> bool:
    """Whether a name is followed by what follows a subject: a verb, or an adverb before it."""
    words = rest.split(maxsplit=1)
    verb = words[0].rstrip(",.") if words and rest[0].isspace() else ""
    return verb in PREDICATES or verb in SPEECH or (verb.endswith("ly") and len(verb) > 4)


def _adverbial(so_far: str) -> bool:
    """Whether a sentence so far is only an adverbial, which a subject has to follow: ``At 5 a.m``."""
    words = so_far.split()
    return 1 < len(words) < 6 and words[0].strip("\"'“‘(").lower() in PREPOSITIONS
