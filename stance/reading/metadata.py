"""What is known of an article beside its text, and who is believed where two say something about it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Self


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article beside its text; empty where nothing is.

    Attributes:
        title: Its headline.
        date: Day of publication, ISO 8601.
        source: Outlet.
        author: Who wrote it.
        url: Where it was published.
    """

    title: str = ""
    date: str = ""
    source: str = ""
    author: str = ""
    url: str = ""

    def over(self, other: Metadata) -> Metadata:
        """Return these values, and the other's where these are empty."""
        return Metadata(*(getattr(self, name) or getattr(other, name) for name in METADATA))

    @classmethod
    def of(cls, holder: object) -> Self:
        """Return the values of something that has them under the same names."""
        return cls(*(getattr(holder, name) for name in METADATA))

    def __bool__(self) -> bool:
        """Whether anything is known."""
        return any(getattr(self, name) for name in METADATA)


METADATA = tuple(one.name for one in fields(Metadata))
NOTHING = Metadata()
