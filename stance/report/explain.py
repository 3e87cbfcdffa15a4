"""Every scored sentence with every span that counted, so that a number can be checked by hand."""

from __future__ import annotations

import math
from bisect import bisect_right
from itertools import repeat
from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from stance.actors.confidence import confidence_of
from stance.categories import Role
from stance.records import Analysis, Label, Rule, Score
from stance.report.flow import Prose, beside, prose
from stance.report.look import COLOURS, WIDE, Look, section
from stance.report.marked import WITHOUT_WORDS, marked
from stance.report.sentences import mentions_of, numbered, signed, verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

_KIND, _VALUE = 7, 7
_LONGEST_BAR = 16
MEANING = {
    "contributions": "Numbers: what a span adds to the log-odds, ln(positive / negative), of a score.",
    "occlusion": (
        "Numbers: by how much the log-odds, ln(positive / negative), of a score fall when a span is hidden; "
        "what no single span explains is the rest."
    ),
}


def explained(analysis: Analysis, look: Look) -> Iterator[RenderableType]:
    """Yield every scored sentence in the order of the text with its scores taken apart."""
    yield section("Every scored sentence")
    yield prose(MEANING[analysis.instrument.evidence])
    by_sentence: dict[int, list[Score]] = {}
    largest = 1.0
    for score in analysis.scores:
        by_sentence.setdefault(score.sentence, []).append(score)
        for value in (score.intercept, *(item.contribution for item in score.evidence)):
            largest = max(largest, abs(value))
    mentions = mentions_of(analysis, set(by_sentence))
    for sentence in analysis.sentences:
        scores = by_sentence.get(sentence.id)
        if scores:
            text = Prose(marked(analysis.article.text, sentence, mentions[sentence.id], scores, look))
            margin, room = numbered(sentence, look)
            left = room * 50 // 100 if look.width >= WIDE else room
            right = room - left - 2 if look.width >= WIDE else room
            said = [verdict(analysis, score, sentence, look) for score in scores]
            meant = [meaning(analysis, score, look) for score in scores]
            apart = Group(*map(_apart, said, meant, scores, repeat(largest), repeat(look), repeat(right)))
            yield Text()
            if look.width >= WIDE:
                yield beside([margin, (text, left), (apart, right)])
            else:
                yield beside([margin, (Group(text, apart), room)])


def meaning(analysis: Analysis, score: Score, look: Look) -> str:
    """Say how words that name nobody mean an actor, and how often such words do: "he" by "Obama" in sentence 2."""
    mention, text = score.mention, analysis.article.text
    if mention.rule is Rule.FORM:
        return ""
    words = look.quoted(text[mention.start : mention.end], 40)
    if mention.antecedent is not None:
        start, end = mention.antecedent
        places = bisect_right(analysis.sentences, start, key=lambda one: one.start)
        sentence = analysis.sentences[places - 1] if places else None
        apart = sentence is not None and sentence.id != mention.sentence
        words += f" by {look.quoted(text[start:end], 40)}" + (
            f" in sentence {sentence.id}" if apart and sentence else ""
        )
    return f"{words}: {mention.rule.value}, right in {confidence_of(mention):.0%}"


def _apart(said: Text, meant: str, score: Score, largest: float, look: Look, width: int) -> RenderableType:
    """Take one score apart."""
    chances = (score.p_negative, score.p_neutral, score.p_positive)
    facts = "p: {:.3g} negative, {:.3g} neutral, {:.3g} positive".format(*chances)
    if score.role is not Role.NONE:
        facts += f"; role: {score.role.value}"
    if meant:
        facts += f"; {meant}"
    portrayed = map(prose, as_what(score, look))
    parts = Group(Prose(said), prose(facts), ledger(score, largest, look, width - 2), *portrayed)
    return signed(score, parts, look, width)


def as_what(score: Score, look: Look) -> Iterator[str]:
    """Say as what a sentence portrays the actor: on each axis by which words, and what he is to them."""
    for one in score.portrayal:
        words = ", ".join(
            f"{look.quoted(item.text, 40)} {look.number(item.value)}"
            + (f" as its {item.role.value}" if item.role is not Role.NONE else " on which the score rests")
            for item in one.evidence
        )
        yield f"{one.axis.pole(one.value)} {look.number(one.value)}: {words}"


def ledger(score: Score, largest: float, look: Look, width: int) -> RenderableType:
    """Lay out the contributions of one score, their sum, and the log-odds that the sum must equal.

    Args:
        score: The score.
        largest: The size of contribution that fills a bar.
        look: The console's look.
        width: Cells for the table.
    """
    if not score.evidence:
        return prose(f"no span counts, only the intercept, {look.number(score.intercept, 3)}")
    bar = min((width - _KIND - _VALUE - 24) // 2, _LONGEST_BAR)
    span = max(min(width - _KIND - _VALUE - 3 - (2 * bar + 1 if bar >= 4 else 0), 40), 1)
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=span, no_wrap=True, overflow="crop")
    grid.add_column(width=_KIND, no_wrap=True, overflow="crop")
    grid.add_column(min_width=_VALUE, justify="right", no_wrap=True, overflow="fold")
    if bar >= 4:
        grid.add_column(no_wrap=True, overflow="crop")

    def row(name: str, kind: str, value: float) -> None:
        cells = [Text(look.fit(name, span)), Text(kind), Text(look.number(value, 3))]
        grid.add_row(*cells, *([diverging(value, largest, bar, look)] if bar >= 4 else []))

    for item in score.evidence:
        name = WITHOUT_WORDS.get(item.kind)
        row(
            look.text(item.text, 60) if name is None else name,
            look.text(item.kind, _KIND) if name is None else "",
            item.contribution,
        )
    row("intercept", "", score.intercept)
    total = math.fsum([score.intercept, *(item.contribution for item in score.evidence)])
    check = checked(score, total, look)
    fits = bar >= 4 and len(check) <= 2 * bar + 1
    cells = [Text.assemble(("sum", "bold")), Text(), Text.assemble((look.number(total, 3), "bold"))]
    grid.add_row(*cells, *([Text(check)] if fits else []))
    return grid if fits else Group(grid, prose(check))


def checked(score: Score, total: float, look: Look) -> str:
    """Hold a sum against the probabilities: they must say the same."""
    if score.p_positive <= 0 or score.p_negative <= 0:
        return "= the log-odds, too large to compute from the probabilities"
    odds = math.log(score.p_positive / score.p_negative)
    ratio = f"ln({score.p_positive:.3g} / {score.p_negative:.3g})"
    if math.isclose(odds, total, abs_tol=1e-6, rel_tol=1e-6):
        return f"= {ratio}"
    return f"which is not {ratio} = {look.number(odds, 3)}: the evidence is not complete"


def diverging(value: float, largest: float, cells: int, look: Look) -> Text:
    """Draw a value as a bar left or right of zero."""
    glyphs = look.glyphs
    whole, half = divmod(round(min(abs(value) / largest, 1.0) * cells * 2), 2)
    line = Text(no_wrap=True, overflow="crop")
    if value < 0:
        drawn = (glyphs.half_left if half else "") + glyphs.bar * whole
        return (
            line.append(" " * (cells - len(drawn))).append(drawn, COLOURS[Label.NEGATIVE]).append(glyphs.wall)
        )
    drawn = glyphs.bar * whole + (glyphs.half_right if half else "")
    return line.append(" " * cells).append(glyphs.wall).append(drawn, COLOURS[Label.POSITIVE])
