"""The terminal report of one article: the whole first, then what it rests on.

Everything of the article, the roster and the instrument passes `stance.report.safe` on its way here and
becomes `rich.text.Text`, never markup.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from stance.report.cards import cards
from stance.report.explain import explained
from stance.report.flow import Trimmed
from stance.report.framing import matter, profiles
from stance.report.heading import closing, heading, nothing_found
from stance.report.look import Look, look_at
from stance.report.sentences import telling
from stance.report.strip import course
from stance.report.voices import who_speaks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console, RenderableType

    from stance.actors.roster import Roster
    from stance.records import Analysis


def render(analysis: Analysis, console: Console, *, explain: bool = False, roster: Roster) -> None:
    """Print the report of an article.

    Args:
        analysis: The analysis.
        console: Where to print; its width, encoding and colours decide the layout.
        explain: Whether to take every score apart instead of showing the strongest sentences.
        roster: The roster of the run, for the actors' full names.
    """
    look = look_at(console, roster)
    for part in report(analysis, look, explain=explain):
        # A console narrower than any layout gets whole lines to wrap by itself, never cropped ones.
        console.print(Trimmed(part), width=look.width, crop=False, end="")


def report(analysis: Analysis, look: Look, *, explain: bool = False) -> Iterator[RenderableType]:
    """Yield the parts of a report from top to bottom.

    Args:
        analysis: The analysis.
        look: The console's look.
        explain: Whether to take every score apart.
    """
    yield from heading(analysis, look)
    yield Text()
    if not analysis.scores:
        yield from nothing_found(analysis, look)
    else:
        # An analysis made without summaries still has a course and sentences.
        actors = [summary.actor for summary in analysis.actors]
        if actors:
            yield from cards(analysis.actors, look)
            yield Text()
            yield from profiles(analysis, look)
        yield from course(
            analysis, actors or list(dict.fromkeys(score.actor for score in analysis.scores)), look
        )
        yield Text()
        yield from matter(analysis, look)
        yield from who_speaks(analysis.scores, actors, look)
        yield from explained(analysis, look) if explain else telling(analysis, look)
    yield Text()
    yield from closing(analysis, look)
