"""How a report looks on one console: signs, colours, names, and the way to put hostile text into it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from stance.records import Label, Score, Voice
from stance.report.safe import can_encode, one_line

if TYPE_CHECKING:
    from rich.console import Console

    from stance.actors.roster import Roster

# The bright pair is readable on black and on white in the common palettes, and the colour-blind tell the two
# apart as well. Everything else keeps the reader's own colour: greys vanish on one background or the other.
# No meaning hangs on colour alone.
COLOURS = {Label.NEGATIVE: "bright_red", Label.NEUTRAL: "", Label.POSITIVE: "bright_blue"}

MIN_WIDTH = 24  # below this nothing can be laid out; a narrower terminal wraps by itself
WIDE = 110  # from here on there is room for two columns of text

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The signs of a report."""

    negative: str = "▼"
    neutral: str = "·"
    positive: str = "▲"
    negative_quoted: str = "▽"
    positive_quoted: str = "△"
    both: str = "◆"
    abstained: str = "?"
    minus: str = "−"
    dash: str = "–"
    dot: str = "·"
    ellipsis: str = "…"
    open: str = "“"
    close: str = "”"
    rule: str = "─"
    zero: str = "┼"
    interval: str = "━"
    mean: str = "●"
    wall: str = "│"
    bar: str = "█"
    half_left: str = "▐"
    half_right: str = "▌"

    def sign(self, label: Label, *, quoted: bool = False) -> str:
        """Return a label's sign: filled where the author speaks, hollow where only somebody quoted does."""
        if label is Label.NEUTRAL:
            return self.neutral
        if label is Label.NEGATIVE:
            return self.negative_quoted if quoted else self.negative
        return self.positive_quoted if quoted else self.positive

    @property
    def all(self) -> str:
        """Every sign in one string, to see whether a console can encode them."""
        return "".join(getattr(self, field.name) for field in fields(self))


UNICODE = Glyphs()
ASCII = Glyphs(
    negative="-", neutral=".", positive="+", negative_quoted="-", positive_quoted="+", both="x",
    minus="-", dash="-", dot="|", ellipsis="...", open='"', close='"',
    rule="-", zero="|", interval="=", mean="o", wall="|", bar="#", half_left="", half_right="",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """A console's signs, width, encoding, and whether it shows no styles at all (`plain`)."""

    glyphs: Glyphs
    width: int
    encoding: str
    plain: bool
    names: dict[str, str]

    def text(self, raw: str, limit: int = 0) -> str:
        """Return any text in one safe line, of at most `limit` characters of the original if given."""
        if limit and len(raw) > limit:
            return one_line(raw[:limit], self.encoding).rstrip() + self.glyphs.ellipsis
        return one_line(raw, self.encoding)

    def name(self, actor: str, cells: int = 40) -> str:
        """Return an actor's name from the roster, or the id where it has none, in at most `cells` cells."""
        return self.fit(self.text(self.names.get(actor, actor), 200), cells)

    def fit(self, safe: str, cells: int) -> str:
        """Shorten a safe text to a number of terminal cells."""
        if cell_len(safe) <= cells:
            return safe
        return set_cell_size(safe, max(cells - len(self.glyphs.ellipsis), 0)).rstrip() + self.glyphs.ellipsis

    def quoted(self, raw: str, limit: int = 60) -> str:
        """Return any text in quotation marks."""
        return f"{self.glyphs.open}{self.text(raw, limit)}{self.glyphs.close}"

    def number(self, value: float, digits: int = 2) -> str:
        """Write a number with its sign; zero has none."""
        shown = f"{value:+.{digits}f}" if abs(value) < 10_000 else f"{value:+.3g}"
        if not any(digit in "123456789" for digit in shown):
            return shown[1:]
        return shown.replace("-", self.glyphs.minus)

    def sign_of(self, score: Score) -> tuple[str, str]:
        """Return the sign of a score and its style."""
        if score.abstained:
            return self.glyphs.abstained, ""
        return self.glyphs.sign(score.label, quoted=score.voice is Voice.QUOTED), COLOURS[score.label]


def look_at(console: Console, roster: Roster) -> Look:
    """Choose the look that a console can show."""
    encoding = console.encoding
    rich_signs = can_encode(UNICODE.all, encoding) and not console.legacy_windows
    return Look(
        glyphs=UNICODE if rich_signs else ASCII,
        width=max(console.width, MIN_WIDTH),
        encoding=encoding,
        plain=console.color_system is None,
        names={actor.id: actor.name for actor in roster.actors},
    )


def spoken_date(date: str) -> str:
    """Write an ISO date as 11 May 2017, whatever the locale; anything else stays as it is."""
    try:
        day = dt.date.fromisoformat(date)
    except ValueError:
        return date
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def count(number: int, one: str) -> str:
    """Write a number with its noun: 1 sentence, 1,200 sentences."""
    return f"{number:,} {one if number == 1 else one + 's'}"


def section(title: str, note: str = "") -> Text:
    """Return the heading of a section with a short explanation after it."""
    heading = Text.assemble((title, "bold"))
    return heading.append(f"  {note}") if note else heading
