"""Unlabelled articles: JSONL of `{"id", "text", "date"}`, of which only the text is needed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from stance.errors import DataError


class Unlabelled(NamedTuple):
    """An article that nobody coded; `id` is its line if it has none, `date` empty if unknown."""

    id: str
    text: str
    date: str


def read_articles(path: Path) -> Iterator[Unlabelled]:
    """Yield the articles of a JSONL file.

    Raises:
        DataError: The file cannot be read, or a line is no object with a `text`.
    """
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                try:
                    row = json.loads(line)
                except (ValueError, RecursionError):
                    row = None
                if not isinstance(row, dict) or not isinstance(row.get("text"), str):
                    raise DataError(f"{path}:{number}: expected an object with a `text`")
                yield Unlabelled(str(row.get("id", number)), row["text"], str(row.get("date") or ""))
    except FileNotFoundError:
        raise DataError(f"{path}: no such file; check the path") from None
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read as JSON Lines ({error})") from None
