"""Scores gathered by actor, group and article: all that means, intervals and tests need, however many rows there are."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from stance.errors import ReadError, UsageError
from stance.study.scores_file import ScoreRow

PERIODS = ("day", "week", "month", "quarter", "year")
MOST_GROUPS = 1_000
NO_VALUE = "(none)"


@dataclass(slots=True)
class Cell:
    """One actor in one article and group: sums over sentences that did not abstain.

    Attributes:
        total: Sum of the scores.
        count: Number of scores.
        negative, neutral, positive: Number by label.
        author_total, author_count, quoted_total, quoted_count: Of those in the author's and in a quoted voice.
        abstained: Scores that are counted here and nowhere else.
    """

    total: float = 0.0
    count: int = 0
    negative: int = 0
    neutral: int = 0
    positive: int = 0
    author_total: float = 0.0
    author_count: int = 0
    quoted_total: float = 0.0
    quoted_count: int = 0
    abstained: int = 0


@dataclass(slots=True)
class Gathered:
    """Scores by actor, then by group, then by article.

    Attributes:
        by: What the groups are.
        cells: The sums.
        groups: All groups, in the order wanted: of periods by time, else by name.
    """

    by: str
    cells: dict[str, dict[str, dict[str, Cell]]] = field(default_factory=dict)
    groups: tuple[str, ...] = ()

    @property
    def nested(self) -> bool:
        """Whether each article is in one group only, as with an outlet or a date, and not as with a voice."""
        home: dict[str, str] = {}
        return all(
            home.setdefault(doc, group) == group
            for by_group in self.cells.values()
            for group, docs in by_group.items()
            for doc in docs
        )


def gather(rows: Iterable[ScoreRow], by: str, period: str | None = None) -> Gathered:
    """Gather rows of scores.

    Args:
        rows: Scores, abstained ones too.
        by: The column that tells the groups; rows without a value make a group of their own.
        period: `day`, `week`, `month`, `quarter` or `year`, if the column holds dates.

    Raises:
        UsageError: There is no such column or period, too many groups, or a value that is no date.
        ReadError: A row holds no score between -1 and 1, or an unknown label; the message names it.
    """
    if period is not None and period not in PERIODS:
        raise UsageError(f"--period {period}: give {', '.join(PERIODS)}")
    found = Gathered(by if period is None else f"{by} ({period})")
    names: set[str] = set()
    group_of: dict[str, str] = {}
    for row in rows:
        if by not in row.columns:
            raise UsageError(f"--by {by}: no such column; there are {', '.join(row.columns)}")
        value = row.columns[by]
        group = group_of.get(value)
        if group is None:
            group = group_of[value] = _group(value, period, row.place)
            names.add(group)
            if len(names) > MOST_GROUPS:
                raise UsageError(
                    f"--by {by}: over {MOST_GROUPS} groups; a column of few values can be compared"
                )
        cell = found.cells.setdefault(row.actor, {}).setdefault(group, {}).setdefault(row.doc, Cell())
        _add(cell, row)
    found.groups = tuple(sorted(names))
    return found


def _group(value: str, period: str | None, place: str) -> str:
    if not value:
        return NO_VALUE
    if period is None:
        return value
    try:
        day = dt.date.fromisoformat(value[:10])
    except ValueError:
        raise UsageError(f"{place}: {value!r} is no date; --period needs a column of dates") from None
    return _PERIOD_OF[period](day)


_PERIOD_OF: Mapping[str, Callable[[dt.date], str]] = {
    "day": lambda day: day.isoformat(),
    "week": lambda day: "{}-W{:02}".format(*day.isocalendar()[:2]),
    "month": lambda day: f"{day:%Y-%m}",
    "quarter": lambda day: f"{day.year}-Q{(day.month + 2) // 3}",
    "year": lambda day: f"{day.year}",
}


def _add(cell: Cell, row: ScoreRow) -> None:
    columns = row.columns
    if columns.get("abstained", "false") in {"true", "1"}:
        cell.abstained += 1
        return
    try:
        score = float(columns["score"])
    except (KeyError, ValueError):
        score = math.nan
    if not -1.0 <= score <= 1.0:
        raise ReadError(f"{row.place}: {columns.get('score', '')!r} is no score from -1 to 1")
    if row.label not in {"negative", "neutral", "positive"}:
        raise ReadError(f"{row.place}: {row.label!r} is no label; known are negative, neutral, positive")
    cell.total += score
    cell.count += 1
    setattr(cell, row.label, getattr(cell, row.label) + 1)
    voice = columns.get("voice", "")
    if voice == "author":
        cell.author_total += score
        cell.author_count += 1
    elif voice == "quoted":
        cell.quoted_total += score
        cell.quoted_count += 1
