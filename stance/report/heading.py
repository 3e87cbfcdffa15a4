"""What stands above and below a report: the article, the instrument; and what to do if nobody is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from stance.report.flow import Prose, glued, prose
from stance.report.look import Look, count, section, spoken_date

if TYPE_CHECKING:
    from rich.console import RenderableType

    from stance.records import Analysis

_MAX_TITLE = 300
_MAX_NOTES = 5
_MAX_NAMES = 8
_USUAL_ENCODINGS = {"utf-8", "ascii"}


def heading(analysis: Analysis, look: Look) -> list[RenderableType]:
    """Name the article: title, source, date, length, encoding if unusual, notes of its reading."""
    article = analysis.article
    title = article.title.strip() or article.path or article.id or "Untitled"
    source, date = article.source.strip(), spoken_date(article.date.strip())
    facts = [look.text(fact, 80) for fact in (source, date) if fact]
    facts.append(count(len(analysis.sentences), "sentence"))
    facts.append(count(len(article.text.split()), "word"))
    if article.encoding.lower() not in _USUAL_ENCODINGS:
        facts.append(f"read as {look.text(article.encoding, 40)}")
    notes = [look.text(note, 300) for note in article.notes[:_MAX_NOTES]]
    if len(article.notes) > _MAX_NOTES:
        notes.append(f"and {count(len(article.notes) - _MAX_NOTES, 'more note')}")
    return [
        Prose(Text(look.text(title, _MAX_TITLE), "bold")),
        prose(_joined(facts, look)),
        *(prose(f"Note: {note}") for note in notes),
    ]


def _joined(facts: list[str], look: Look) -> str:
    """Join short facts to a line that breaks between them only."""
    return f" {look.glyphs.dot} ".join(glued(fact) for fact in facts)


def nothing_found(analysis: Analysis, look: Look) -> list[RenderableType]:
    """Say plainly that there is no score, why, and what can be done."""
    if not analysis.article.text.strip():
        return [section("This article is empty."), prose("There is nothing in it to measure.")]
    if analysis.mentions:
        found = "No actor is mentioned in a sentence that could portray him."
        reason = "Tags, bylines and footers name actors, but portray nobody."
    else:
        names = list(look.names)
        found = "No actor of the roster is mentioned in this article."
        shown = [look.name(name, 30) for name in names[:_MAX_NAMES]]
        if len(names) > _MAX_NAMES:
            shown.append(f"and {count(len(names) - _MAX_NAMES, 'other')}")
        reason = f"Looked for: {', '.join(shown)}."
    advice = "To measure others, name them in a roster of your own: stance analyze --roster FILE"
    return [section(found), prose(reason), prose(advice)]


def closing(analysis: Analysis, look: Look) -> list[RenderableType]:
    """Name the instrument, so that the numbers can be traced and compared."""
    made = analysis.instrument
    parts = [
        f"stance {look.text(made.version, 40)}",
        f"classifier {look.text(made.classifier, 60)} {look.text(made.model, 60)}",
        f"lexicons {look.text(made.lexicons, 40)}",
        f"roster {look.text(made.roster, 40)}",
    ]
    return [
        prose("A score says how this text portrays an actor, not what its author believes."),
        prose(_joined(parts, look)),
    ]
