"""A picture of a report, for pages that cannot show a terminal."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich.console import Console
from rich.terminal_theme import TerminalTheme

from stance.report.terminal import render

if TYPE_CHECKING:
    from pathlib import Path

    from stance.actors.roster import Roster
    from stance.records import Analysis

_DARK = TerminalTheme(
    (22, 27, 34),
    (230, 237, 243),
    [
        (22, 27, 34),
        (240, 136, 62),
        (63, 185, 80),
        (210, 153, 34),
        (88, 166, 255),
        (188, 140, 255),
        (57, 197, 207),
        (230, 237, 243),
    ],
    [
        (110, 118, 129),
        (255, 161, 87),
        (86, 211, 100),
        (227, 179, 65),
        (108, 182, 255),
        (210, 168, 255),
        (86, 212, 221),
        (255, 255, 255),
    ],
)
_LIGHT = TerminalTheme(
    (255, 255, 255),
    (31, 35, 40),
    [
        (31, 35, 40),
        (188, 76, 0),
        (26, 127, 55),
        (154, 103, 0),
        (9, 105, 218),
        (130, 80, 223),
        (27, 124, 131),
        (110, 119, 129),
    ],
    [
        (87, 96, 106),
        (188, 76, 0),
        (26, 127, 55),
        (154, 103, 0),
        (9, 105, 218),
        (130, 80, 223),
        (49, 146, 170),
        (140, 149, 159),
    ],
)
# rich's own frame asks a content network for its font; this one takes what the reader has.
_FORMAT = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img">
<title>A report of stance</title>
<style>
.{unique_id}-matrix {{
  font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace;
  font-size: {char_height}px;
  line-height: {line_height}px;
}}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def export_svg(
    analysis: Analysis,
    path: Path,
    *,
    roster: Roster,
    width: int = 100,
    light: bool = False,
) -> None:
    """Write a report as an SVG picture: the same bytes each time, and no font or file from elsewhere.

    Args:
        analysis: The analysis.
        path: The file to write.
        roster: The roster of the run.
        width: Columns of the terminal shown.
        light: Whether its background is white.

    Raises:
        OSError: The file cannot be written.
    """
    console = Console(
        record=True,
        file=io.StringIO(),
        width=width,
        force_terminal=True,
        color_system="standard",
        legacy_windows=False,
        # An environment that asks for no colour, or calls itself dumb, has no say in a picture.
        no_color=False,
        _environ={},
    )
    render(analysis, console, roster=roster)
    svg = console.export_svg(
        title="", theme=_LIGHT if light else _DARK, code_format=_FORMAT, unique_id="stance"
    )
    path.write_text(svg, encoding="utf-8", newline="\n")
