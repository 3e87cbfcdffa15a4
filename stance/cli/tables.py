"""Plain tables for lists that people read and other programs cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stance.report.safe import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return rows under a header, in columns parted by two spaces; the last column has no padding."""
    lines = [[one_line(cell) for cell in row] for row in (header, *rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(header) - 1)]
    return "\n".join(
        "  ".join(
            [*(cell.ljust(width) for cell, width in zip(line, widths, strict=False)), line[-1]]
        ).rstrip()
        for line in lines
    )
