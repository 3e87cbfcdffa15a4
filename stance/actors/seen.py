"""Whom a stretch of text has named, as far as a pronoun needs to know."""

from __future__ import annotations

_MOST_SEEN = 3


class Seen:
    """Whom a stretch of text has named so far, by the pronoun that may mean them.

    Of many persons only the first few are kept: two are already one too many to tell.
    """

    def __init__(self) -> None:
        self._keys: dict[str, list[str]] = {"he": [], "she": [], "they": []}
        self._subjects: dict[str, str] = {}
        self.empty = True

    def add(self, key: str, pronoun: str, *, subject: bool) -> None:
        """Note a person; an empty pronoun may be `he` or `she`."""
        self.empty = False
        for fitting in (pronoun,) if pronoun else ("he", "she"):
            keys = self._keys[fitting]
            if key not in keys and len(keys) < _MOST_SEEN:
                keys.append(key)
            if subject:
                self._subjects.setdefault(fitting, key)

    def fitting(self, pronoun: str, but: str = "") -> list[str]:
        """Return whom a pronoun may mean, one person left out."""
        return [key for key in self._keys[pronoun] if key != but]

    def subject(self, pronoun: str) -> str | None:
        """Return the first fitting person that is a subject."""
        return self._subjects.get(pronoun)
