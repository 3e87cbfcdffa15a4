"""Who speaks of whom, and how: a row a speaker, a column an actor."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from rich.table import Table
from rich.text import Text

from stance.records import Score, Voice
from stance.report.flow import prose
from stance.report.look import Look, count, section

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

_MOST_SPEAKERS = 8
_CELL = 13
_NAME = 22
_FEWEST = 2  # quoted scores under which a table says no more than the sentences do


class Speaks(NamedTuple):
    """What one speaker says of the actors: scores by actor."""

    name: str
    scores: dict[str, list[float]]

    @property
    def total(self) -> int:
        """Number of scores."""
        return sum(map(len, self.scores.values()))


def speakers_of(scores: Sequence[Score], look: Look) -> list[Speaks]:
    """Gather quoted scores by speaker, those who speak most first; the author's own come before all."""
    author = Speaks("the author", {})
    found: dict[str, Speaks] = {}
    for score in scores:
        if score.abstained:
            continue
        if score.voice is Voice.AUTHOR:
            row = author
        elif score.speaker is None:
            row = found.setdefault("", Speaks("nobody who is named", {}))
        elif score.speaker.actor:
            key = score.speaker.actor
            row = found.setdefault(key, Speaks(look.name(key, _NAME), {}))
        else:
            key = score.speaker.text.casefold().removeprefix("the ")
            row = found.setdefault(f"~{key}", Speaks(look.text(score.speaker.text, _NAME), {}))
        row.scores.setdefault(score.actor, []).append(score.score)
    quoted = sorted(found.values(), key=lambda row: -row.total)
    return [*([author] if author.scores else []), *quoted]


def who_speaks(scores: Sequence[Score], actors: Sequence[str], look: Look) -> Iterator[RenderableType]:
    """Yield the table of speakers; nothing where hardly anybody is quoted."""
    rows = speakers_of(scores, look)
    quoted = sum(score.voice is not Voice.AUTHOR and not score.abstained for score in scores)
    if quoted < _FEWEST:
        return
    name = max(1, min(_NAME, look.width - _CELL - 1))
    room = max(1, (look.width - name) // (_CELL + 1))
    present = sorted(
        (actor for actor in actors if any(actor in row.scores for row in rows)),
        key=lambda actor: -sum(len(row.scores.get(actor, ())) for row in rows),
    )
    shown = [actor for actor in actors if actor in present[:room]]
    yield section("Who speaks of whom", "mean score, and of how many sentences")
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(width=name, no_wrap=True, overflow="crop")
    for _ in shown:
        table.add_column(width=_CELL, justify="right", no_wrap=True, overflow="crop")
    table.add_row(Text(), *(Text(look.fit(look.name(actor, _CELL), _CELL), "bold") for actor in shown))
    for row in rows[:_MOST_SPEAKERS]:
        cells = [Text(_cell(row.scores.get(actor), look)) for actor in shown]
        table.add_row(Text(look.fit(row.name, name)), *cells)
    yield table
    left_out = [look.name(actor, 30) for actor in present[room:]]
    if len(rows) > _MOST_SPEAKERS:
        left_out.append(count(len(rows) - _MOST_SPEAKERS, "more speaker"))
    if left_out:
        yield prose(f"Not shown: {', '.join(left_out)}.")
    yield Text()


def _cell(scores: Sequence[float] | None, look: Look) -> str:
    if not scores:
        return ""
    return f"{look.number(math.fsum(scores) / len(scores))} ({len(scores)})"
