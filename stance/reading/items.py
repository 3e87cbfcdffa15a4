"""What a file of many articles has of one of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """An article in a container.

    Attributes:
        key: What tells it from the others: its own id, or its number in the file.
        text: Its text, if the container has that.
        data: Its bytes, to be read in the format that `name` tells, if there is no text.
        name: Its name in the container.
        title, date, source, author, url: As the container says.
        problem, remedy: Why it cannot be read, and what to do; empty if it can.
    """

    key: str
    text: str | None = None
    data: bytes | None = None
    name: str = ""
    title: str = ""
    date: str = ""
    source: str = ""
    author: str = ""
    url: str = ""
    problem: str = ""
    remedy: str = ""


def day_of(date: str) -> str:
    """Return the day of an ISO 8601 date, with or without time; empty if it is none."""
    day = date.strip().replace("/", "-")[:10]
    try:
        return day if dt.date.fromisoformat(day).isoformat() == day else ""
    except ValueError:
        return ""
