"""Stems: what the forms of a word have in common, so that "attacked" and "attacking" can share what was learned.

A light stripping of endings in the way of Lovins (1968) and Porter (1980); a stem need not be a word, only the same for the
forms of one.
"""

from __future__ import annotations

from functools import lru_cache

_ENDINGS = (
    "ingly", "edly", "ness", "ments", "ment", "ings", "ing", "ies", "ied", "ers", "er", "ed", "es", "ly", "s", "e"
)  # fmt: skip
_SHORTEST = 3
_TO_Y = frozenset({"ies", "ied"})
_DOUBLED_AS_WELL = "sl"  # "pass", "fall": doubled in the word itself


@lru_cache(maxsize=1 << 15)
def stem(word: str) -> str:
    """Return the stem of a word in lower case; at least three letters are left."""
    if word.endswith("ss"):
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            base = word[: -len(ending)]
            if ending in _TO_Y:
                return f"{base}y"
            if len(base) > _SHORTEST and base[-1] == base[-2] and base[-1] not in _DOUBLED_AS_WELL:
                return base[:-1]
            return base
    return word
