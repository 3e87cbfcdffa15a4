"""How parts of a report flow into lines: no blanks at the ends of lines, and wrapped text hangs together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult


# A blank that does not break. rich breaks at U+00A0 as well; no text has this one, as `safe` spells it out.
GLUE = "\ue000"


@dataclass(frozen=True, slots=True)
class Prose:
    """Text wrapped at blanks, long words folded; no underlined blank is left where a line ends."""

    text: Text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Render line by line."""
        for line in self.text.wrap(console, max(options.max_width, 1), overflow="fold"):
            line.rstrip()
            line.plain = line.plain.replace(GLUE, " ")
            yield line


@dataclass(frozen=True, slots=True)
class Trimmed:
    """A part without the blanks that layouts leave at the ends of lines: kinder to files and diffs."""

    part: RenderableType

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Render line by line."""
        for line in console.render_lines(self.part, options, pad=False):
            yield from _trim(line)
            yield Segment.line()


def _trim(line: Iterable[Segment]) -> list[Segment]:
    kept = [segment for segment in line if not segment.control]
    while kept:
        text, style, _ = kept[-1]
        stripped = text.rstrip(" ")
        if stripped:
            kept[-1] = Segment(stripped, style)
            break
        kept.pop()
    return kept


def prose(text: str) -> Prose:
    """Return a safe text as prose."""
    return Prose(Text(text))


def glued(text: str) -> str:
    """Return a safe text that lines do not break."""
    return text.replace(" ", GLUE)


def beside(columns: Iterable[tuple[RenderableType, int]], gap: int = 2) -> Table:
    """Set parts beside each other, each in a column of a given number of cells.

    No column may shorten by itself: rich would put an ellipsis where the console cannot encode one.
    """
    grid = Table.grid(padding=(0, gap, 0, 0))
    parts = []
    for part, width in columns:
        grid.add_column(width=max(width, 1), overflow="fold")
        parts.append(part)
    grid.add_row(*parts)
    return grid
