"""The course of an article: a row an actor, a cell a sentence, so that one sees where he comes off how."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from stance.records import Analysis, Label, Score, Voice
from stance.report.cards import SLIGHT
from stance.report.flow import Prose
from stance.report.look import COLOURS, Look, section

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import RenderableType

_MAX_BANDS = 3  # an article of more lines than this is easier to see with several sentences in a cell
_MAX_ROWS = 40
_NAME = 18


@dataclass(frozen=True, slots=True)
class Grid:
    """How sentences are laid into cells.

    Attributes:
        size: Sentences a cell.
        stride: Terminal columns a cell: 2 where there is room.
        columns: Cells a line.
        count: Cells in all.
    """

    size: int
    stride: int
    columns: int
    count: int


def lay_out(sentences: int, room: int) -> Grid:
    """Fit sentences into lines of `room` columns: one to a cell, wrapped if need be, or several to a cell."""
    room = max(room, 1)
    if sentences <= room:
        return Grid(1, 2 if 2 * sentences <= room else 1, max(sentences, 1), sentences)
    # Lines of equal length that end at a multiple of ten: the numbers below them stand in the same places.
    for lines in range(2, _MAX_BANDS + 1):
        columns = -(-sentences // (lines * 10)) * 10
        if columns <= room:
            return Grid(1, 1, columns, sentences)
    size = -(-sentences // room)
    count = -(-sentences // size)
    return Grid(size, 1, count, count)


def cell(scores: Sequence[Score], look: Look) -> tuple[str, str]:
    """Return the sign and the style of the scores that share a cell.

    A single score shows its label. Several show the sign of their mean; where that is about zero, whether
    they differ or are all neutral.
    """
    kept = [score for score in scores if not score.abstained]
    if not kept:
        return look.glyphs.abstained, ""
    label, signs = kept[0].label, {score.label for score in kept} - {Label.NEUTRAL}
    if len(kept) > 1:
        mean = fmean(score.score for score in kept)
        label = Label.NEUTRAL if abs(mean) < SLIGHT else Label.POSITIVE if mean > 0 else Label.NEGATIVE
        if label is Label.NEUTRAL and len(signs) == 2:
            return look.glyphs.both, ""
    carrying = [score for score in kept if score.label is label] or kept
    quoted = all(score.voice is Voice.QUOTED for score in carrying)
    return look.glyphs.sign(label, quoted=quoted), COLOURS[label]


def course(analysis: Analysis, actors: Sequence[str], look: Look) -> list[RenderableType]:
    """Draw the strip.

    Args:
        analysis: The analysis.
        actors: Ids of the actors present, in the order of the rows.
        look: The console's look.
    """
    actors = actors[:_MAX_ROWS]
    names = {actor: look.name(actor, min(_NAME, look.width // 4)) for actor in actors}
    margin = max(map(cell_len, names.values()), default=0) + 2
    grid = lay_out(len(analysis.sentences), look.width - margin)
    place = {sentence.id: index for index, sentence in enumerate(analysis.sentences)}
    rows: dict[str, dict[int, list[Score]]] = {actor: {} for actor in actors}
    for score in analysis.scores:
        if score.actor in rows and score.sentence in place:
            rows[score.actor].setdefault(place[score.sentence] // grid.size, []).append(score)
    drawn = {actor: {at: cell(scores, look) for at, scores in row.items()} for actor, row in rows.items()}
    unit = f"the mean of {grid.size} sentences" if grid.size > 1 else "a sentence"
    parts: list[RenderableType] = [
        section("The course of the article", f"each sign {unit}, blank where absent")
    ]
    parts += bands([(names[actor], drawn[actor]) for actor in actors], margin, grid)
    return [*parts, _legend({sign for row in drawn.values() for sign, _ in row.values()}, look)]


def bands(
    rows: Sequence[tuple[str, Mapping[int, tuple[str, str]]]], margin: int, grid: Grid
) -> list[RenderableType]:
    """Draw rows of cells over the article, wrapped into bands with the sentences' numbers below.

    Args:
        rows: For each its name and, by cell, a sign and its style.
        margin: Columns for the names.
        grid: How sentences are laid into cells.
    """
    parts: list[RenderableType] = []
    for first in range(0, max(grid.count, 1), grid.columns):
        cells = range(first, min(first + grid.columns, grid.count))
        parts += [_row(name, margin, drawn, cells, grid) for name, drawn in rows]
        parts.append(_axis(margin, cells, grid))
    return parts


def _row(name: str, margin: int, drawn: Mapping[int, tuple[str, str]], cells: range, grid: Grid) -> Text:
    line = Text(no_wrap=True, overflow="crop").append(name + " " * (margin - cell_len(name)))
    for index in cells:
        sign, style = drawn.get(index, (" ", ""))
        line.append(sign, style).append(" " * (grid.stride - 1))
    return line


def _axis(margin: int, cells: range, grid: Grid) -> Text:
    """Number the sentences below their signs: the first of a line, then round numbers."""
    line = "sentence".ljust(margin) if margin > len("sentence") else " " * margin
    step = 5 if grid.stride > 1 else 10
    for index in cells:
        number = index * grid.size + 1
        # Where a cell holds several sentences, no round number begins one; every tenth cell is named instead.
        due = number % step == 0 if grid.size == 1 else (index - cells.start) % 10 == 0
        at = margin + (index - cells.start) * grid.stride
        if (due or index == cells.start) and len(line.rstrip()) < at:
            line = line.ljust(at) + str(number)
    return Text(line, no_wrap=True, overflow="crop")


def _legend(signs: set[str], look: Look) -> Prose:
    """Explain the signs that occur."""
    glyphs = look.glyphs
    meanings = [
        (glyphs.negative, "negative", COLOURS[Label.NEGATIVE]),
        (glyphs.neutral, "neutral", ""),
        (glyphs.positive, "positive", COLOURS[Label.POSITIVE]),
        (glyphs.both, "mixed", ""),
        (glyphs.abstained, "abstained", ""),
    ]
    entries = [Text.assemble((sign, style), f" {word}") for sign, word, style in meanings if sign in signs]
    hollow = [
        (glyphs.sign(label, quoted=True), COLOURS[label])
        for label in (Label.NEGATIVE, Label.POSITIVE)
        if glyphs.sign(label, quoted=True) != glyphs.sign(label)
    ]
    if any(sign in signs for sign, _ in hollow):
        entries.append(Text.assemble(*hollow, " only in quotation"))
    return Prose(Text("   ").join(entries))
