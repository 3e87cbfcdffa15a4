"""A card an actor: how he is portrayed on the whole, how sure that is, and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from stance.records import ActorSummary, Label
from stance.report.flow import prose
from stance.report.look import COLOURS, Look, count, section

if TYPE_CHECKING:
    from collections.abc import Sequence

# Means are read in two steps on each side of neutral. Sentences that say nothing average a little under zero, since
# blame is likelier than praise, and means of articles are off by about 0.2: under 0.15 there is nothing to report.
SLIGHT, CLEAR = 0.15, 0.30

_CARD, _GAP = 31, 3  # the narrowest card that holds its lines, and the blank between two
_WIDEST = 60
_MAX_CARDS = 40


def measured(summary: ActorSummary) -> int:
    """Return the number of sentences that a mean rests on."""
    return summary.negative + summary.neutral + summary.positive


def portrayal(summary: ActorSummary) -> tuple[Label, str]:
    """Put a summary into words.

    Returns:
        The sign that it leans to, and the words.
    """
    if summary.mean is None:
        return Label.NEUTRAL, "not measured"
    mean = round(summary.mean, 2)  # as it is shown: equal numbers get equal words
    label = Label.NEUTRAL
    signed = summary.negative + summary.positive
    # Where no sentence is signed, a mean beside zero says only that none of them is quite certain.
    if abs(mean) >= SLIGHT and signed:
        label = Label.POSITIVE if mean > 0 else Label.NEGATIVE
    alone = summary.ci_low is None or summary.ci_high is None
    uncertain = not alone and summary.ci_low <= 0 <= summary.ci_high  # type: ignore[operator]
    # Praise and blame that cancel out are not the same as saying nothing.
    if (
        summary.negative
        and summary.positive
        and 3 * signed >= measured(summary)
        and (uncertain or label is Label.NEUTRAL)
    ):
        return Label.NEUTRAL, "mixed"
    if label is Label.NEUTRAL:
        return label, "neutral"
    words = label.word if abs(mean) >= CLEAR else f"slightly {label.word}"
    if alone:
        return label, f"{words}, 1 sentence"
    return label, f"{words}, uncertain" if uncertain else words


def scale(summary: ActorSummary, cells: int, look: Look) -> Text:
    """Draw a mean with its interval on an axis from -1 to 1."""
    glyphs = look.glyphs
    cells = max(cells - 6, 3)
    signs = [glyphs.rule] * cells
    styles = [""] * cells
    colour = COLOURS[portrayal(summary)[0]]

    def cell(value: float) -> int:
        return round((min(max(value, -1.0), 1.0) + 1) / 2 * (cells - 1))

    if summary.ci_low is not None and summary.ci_high is not None:
        for index in range(cell(summary.ci_low), cell(summary.ci_high) + 1):
            signs[index], styles[index] = glyphs.interval, colour
    signs[cells // 2], styles[cells // 2] = glyphs.zero, ""
    if summary.mean is not None:
        signs[cell(summary.mean)], styles[cell(summary.mean)] = glyphs.mean, colour
    line = Text(no_wrap=True, overflow="crop").append(f"{glyphs.minus}1 ")
    for sign, style in zip(signs, styles, strict=True):
        line.append(sign, style)
    return line.append(" +1")


def card(summary: ActorSummary, look: Look, width: int) -> RenderableType:
    """Build one actor's card.

    Args:
        summary: The actor over the article.
        look: The console's look.
        width: Cells for the card.
    """
    label, words = portrayal(summary)
    sign = look.glyphs.both if words == "mixed" else look.glyphs.sign(label)
    weight = "not bold" if "," in words else "bold"  # what is uncertain or rests on one sentence is not loud
    verdict = Text.assemble((f"{sign} {words}", f"{weight} {COLOURS[label]}"), no_wrap=True, overflow="crop")
    return Group(
        _title(summary, look, width),
        verdict,
        scale(summary, width, look),
        _mean(summary, look),
        _details(summary, look),
    )


def _title(summary: ActorSummary, look: Look, width: int) -> Text:
    length = count(summary.sentences, "sentence")
    name = look.name(summary.actor, max(width - len(length) - 5, 4))
    rule = look.glyphs.rule * (width - cell_len(name) - len(length) - 2)
    return Text.assemble((name, "bold"), f" {rule} {length}", no_wrap=True, overflow="crop")


def _mean(summary: ActorSummary, look: Look) -> Text:
    line = Text(no_wrap=True, overflow="crop")
    if summary.mean is None:
        return line.append("all sentences abstained")
    line.append(look.number(summary.mean), "bold")
    if summary.ci_low is None or summary.ci_high is None:
        return line.append("   1 sentence has no interval")
    return line.append(f"   95%: {look.number(summary.ci_low)} to {look.number(summary.ci_high)}")


def _details(summary: ActorSummary, look: Look) -> Table:
    """Lay out counts and voices beside each other."""
    grid = Table.grid(padding=(0, 1), expand=True)
    grid.add_column(ratio=1, no_wrap=True, overflow="crop")
    grid.add_column(ratio=1, no_wrap=True, overflow="crop")

    def counted(label: Label, number: int) -> Text:
        return Text.assemble((look.glyphs.sign(label), COLOURS[label]), f" {number:,} {label.word}")

    def voice(name: str, mean: float | None) -> Text:
        return Text(f"{name} {look.number(mean) if mean is not None else look.glyphs.dash}")

    abstained = f"{look.glyphs.abstained} {summary.abstained:,} abstained" if summary.abstained else ""
    grid.add_row(counted(Label.NEGATIVE, summary.negative), voice("author", summary.author_mean))
    grid.add_row(counted(Label.NEUTRAL, summary.neutral), voice("quoted", summary.quoted_mean))
    grid.add_row(counted(Label.POSITIVE, summary.positive), Text(abstained))
    return grid


def cards(summaries: Sequence[ActorSummary], look: Look) -> list[RenderableType]:
    """Lay the cards out, as many beside each other as the console holds."""
    shown = summaries[:_MAX_CARDS]
    across = max(1, (look.width + _GAP) // (_CARD + _GAP))
    # Four actors on a console of three cards stand two and two, not three and one.
    across = -(-len(shown) // -(-len(shown) // across))
    width = min((look.width + _GAP) // across - _GAP, _WIDEST) if across > 1 else min(look.width, _WIDEST)
    width -= 1 - width % 2  # an odd width gives the axis a middle
    parts: list[RenderableType] = [
        section("How each actor is portrayed"),
        prose(
            f"Mean score, {look.glyphs.minus}1 to +1, with its 95% interval; uncertain where that includes 0."
        ),
    ]
    for first in range(0, len(shown), across):
        grid = Table.grid(padding=(0, _GAP, 0, 0), pad_edge=False)
        row = [card(summary, look, width) for summary in shown[first : first + across]]
        for _ in row:
            grid.add_column(width=width, overflow="fold")
        grid.add_row(*row)
        parts += [Text(), grid]
    if len(summaries) > _MAX_CARDS:
        parts.append(prose(f"and {count(len(summaries) - _MAX_CARDS, 'more actor')}"))
    return parts
