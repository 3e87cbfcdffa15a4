"""Frames in the report: a profile an actor, a strip of issue frames, and what the article does with its matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from stance.categories import Function, StoryRole
from stance.records import Label, Voice
from stance.report.flow import Prose, beside, prose
from stance.report.look import COLOURS, Look, count, section
from stance.report.strip import bands, lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.console import RenderableType

    from stance.categories import Axis
    from stance.frame_records import AxisMean, FunctionSpan, Portrayal
    from stance.records import ActorSummary, Analysis, Score

_POLE = 13  # cells of the longest pole with a blank
_HALF = 6  # cells of a bar on either side of nothing
_MAX_ACTORS = 12
_MAX_ISSUES = 5
_PER_FUNCTION = 2
_NAME = 18
_AROUND = 60  # characters of a sentence that are looked at around its words
_TITLES = {
    Function.PROBLEM: "Problem",
    Function.CAUSE: "Cause",
    Function.JUDGEMENT: "Judgement",
    Function.REMEDY: "Remedy",
}


def profiles(analysis: Analysis, look: Look) -> Iterator[RenderableType]:
    """Yield a profile for each actor of whom the article says as what he is portrayed: a bar an axis."""
    told = [
        summary for summary in analysis.actors if summary.portrayal or summary.role is not StoryRole.BYSTANDER
    ]
    if not told:
        return
    scores = {(score.sentence, score.actor): score for score in analysis.scores}
    yield section(
        "As what each actor is portrayed", "mean of the sentences that speak of it, and the most telling"
    )
    for summary in told[:_MAX_ACTORS]:
        yield _name(summary, look)
        for mean in summary.portrayal:
            own = [scores[number, summary.actor] for number in mean.sentences]
            yield _axis(analysis, mean, own, look)
    if len(told) > _MAX_ACTORS:
        yield prose(f"and {count(len(told) - _MAX_ACTORS, 'more actor')}")
    yield Text()


def _name(summary: ActorSummary, look: Look) -> Prose:
    line = Text.assemble((look.name(summary.actor), "bold"))
    if summary.role is not StoryRole.BYSTANDER:
        line.append(f" {look.glyphs.dash} {summary.role.value} of this story")
    return Prose(line)


def bar(value: float, look: Look, half: int = _HALF) -> Text:
    """Draw a value from -1 to 1 as a bar to the left or the right of nothing."""
    filled = max(1, round(min(abs(value), 1.0) * half)) if value else 0
    colour = COLOURS[Label.POSITIVE if value > 0 else Label.NEGATIVE]
    line = Text(no_wrap=True, overflow="crop")
    line.append(look.glyphs.rule * (half - filled if value < 0 else half))
    if value < 0:
        line.append(look.glyphs.bar * filled, colour)
    line.append(look.glyphs.zero)
    if value > 0:
        line.append(look.glyphs.bar * filled, colour)
    return line.append(look.glyphs.rule * (half - filled if value > 0 else half))


def _axis(analysis: Analysis, mean: AxisMean, scores: Sequence[Score], look: Look) -> RenderableType:
    """Lay out one axis: its poles with the bar between, the mean, how often, and the most telling words.

    Args:
        analysis: The analysis.
        mean: The axis over the article.
        scores: The scores that speak of it, the most telling first.
        look: The console's look.
    """
    left, right = mean.axis.poles
    poles = 2 * _POLE + 2 * _HALF + 1
    number = Text(f"{look.number(mean.mean)} {look.glyphs.dot} {len(mean.sentences)}")
    room = look.width - poles - 13
    line = Text(no_wrap=True, overflow="crop")
    line.append(left.rjust(_POLE - 1), "bold" if mean.mean < 0 else "").append(" ")
    line.append_text(bar(mean.mean, look)).append(" ")
    line.append(right.ljust(_POLE - 1), "bold" if mean.mean > 0 else "")
    excerpts = [_telling(analysis, scores[0], mean.axis, max(room, 20), look)]
    # A mean of both poles hides that there are two.
    if _value(scores[0], mean.axis) * _value(scores[-1], mean.axis) < 0:
        excerpts.append(_telling(analysis, scores[-1], mean.axis, max(room, 20), look))
    said = Text("\n").join(excerpts)
    if room >= 20:
        return beside([(line, poles), (number, 9), (said, room)], gap=2)
    # Too narrow for words beside the bar: they stand below.
    plain = Text.assemble((mean.axis.pole(mean.mean), "bold"), " ", number)
    return beside([(_stacked(line, plain, said, look), look.width)])


def _value(score: Score, axis: Axis) -> float:
    return next(one.value for one in score.portrayal if one.axis is axis)


def _telling(analysis: Analysis, score: Score, axis: Axis, cells: int, look: Look) -> Text:
    """Return a sentence's number, the words in it that speak of an axis, and whose they are."""
    own = next(one for one in score.portrayal if one.axis is axis)
    who = _who(score, look)
    words = _excerpt(analysis, own, cells - 5 - cell_len(who), look)
    return Text.assemble((str(score.sentence), "bold"), f" {words}{who}")


def _who(score: Score, look: Look) -> str:
    """Say whose words they are, if not the author's."""
    if score.voice is Voice.AUTHOR:
        return ""
    speaker = score.speaker
    if speaker is None:
        return ", quoted"
    name = look.fit(look.text(speaker.text), _NAME)
    return f", {name}"


def _stacked(line: Text, number: Text, excerpt: Text, look: Look) -> RenderableType:
    return Prose(Text("\n").join([line if cell_len(line.plain) <= look.width else number, excerpt]))


def _excerpt(analysis: Analysis, portrayal: Portrayal, cells: int, look: Look) -> str:
    """Return the words that speak of an axis with as much of their sentence around them as there is room for."""
    item = portrayal.evidence[0]
    text = analysis.article.text
    words = look.text(text[item.start : item.end], 60)
    left = max((cells - cell_len(words) - 4) // 2, 0)
    sentence = next(one for one in analysis.sentences if one.start <= item.start < one.end)
    before = look.text(text[max(sentence.start, item.start - _AROUND) : item.start])
    after = look.text(text[item.end : min(sentence.end, item.end + _AROUND)])
    return (
        f"{look.glyphs.open}{_tail(before, left, look)}{words}{_head(after, left, look)}{look.glyphs.close}"
    )


def _tail(text: str, cells: int, look: Look) -> str:
    """Return whole words from the end of a text, in at most so many cells."""
    if cell_len(text) <= cells:
        return text
    kept = text[max(len(text) - cells, 0) :]
    cut = kept.find(" ")
    return look.glyphs.ellipsis + (kept[cut + 1 :] if cut >= 0 else "")


def _head(text: str, cells: int, look: Look) -> str:
    """Return whole words from the beginning of a text, in at most so many cells."""
    if cell_len(text) <= cells:
        return text
    return text[:cells].rpartition(" ")[0].rstrip() + look.glyphs.ellipsis


def matter(analysis: Analysis, look: Look) -> Iterator[RenderableType]:
    """Yield as what the article treats its matter: a strip of its issue frames, its generic frames, its functions."""
    frames = analysis.frames
    if not frames.issues:
        yield section("No issue frame stands out in this article")
    else:
        yield section("What the matter is framed as", "share of the sentences, and which")
        yield from _strip(analysis, look)
    generic = [one for one in frames.generic if one.share >= 0.1]
    if generic:
        shares = [
            f"{one.frame.value.replace('_', ' ')} {one.share:.0%}"
            for one in sorted(generic, key=lambda one: -one.share)
        ]
        yield prose(f"As news: {', '.join(shares)} of the sentences.")
    yield Text()
    if frames.functions:
        yield from _functions(analysis, look)


def _strip(analysis: Analysis, look: Look) -> Iterator[RenderableType]:
    shown = analysis.frames.issues[:_MAX_ISSUES]
    names = [f"{one.issue.value} {one.share:.0%}" for one in shown]
    margin = max(map(cell_len, names)) + 2
    grid = lay_out(len(analysis.sentences), look.width - margin)
    place = {sentence.id: index for index, sentence in enumerate(analysis.sentences)}
    rows: list[tuple[str, Mapping[int, tuple[str, str]]]] = []
    for name, one in zip(names, shown, strict=True):
        cells = {place[number] // grid.size for number in one.sentences if number in place}
        rows.append((name, dict.fromkeys(cells, (look.glyphs.bar, ""))))
    yield from bands(rows, margin, grid)


def _functions(analysis: Analysis, look: Look) -> Iterator[RenderableType]:
    """Show for each function the clauses that say most: those about an actor first."""
    yield section("What the article says of it", "problems, causes, judgements, remedies; about whom")
    for function in Function:
        own = [span for span in analysis.frames.functions if span.function is function]
        # The earliest of those that name somebody: a text says early what it is about.
        own.sort(key=lambda span: not span.actors)
        for span in own[:_PER_FUNCTION]:
            yield _function(analysis, span, look)
    left = sum(1 for span in analysis.frames.functions) - sum(
        min(_PER_FUNCTION, sum(span.function is function for span in analysis.frames.functions))
        for function in Function
    )
    if left > 0:
        yield prose(f"Not shown: {count(left, 'more clause')}. --format json has all.")
    yield Text()


def _function(analysis: Analysis, span: FunctionSpan, look: Look) -> RenderableType:
    actors: Sequence[str] = [look.name(actor, 20) for actor in span.actors]
    name = Text(_TITLES[span.function], "bold")
    about = f"{', '.join(actors)}: " if actors else ""
    clause = look.text(analysis.article.text[span.start : span.end], 160)
    text = Text.assemble(
        (str(span.sentence), "bold"), f" {about}{look.glyphs.open}{clause}{look.glyphs.close}"
    )
    return beside([(name, 10), (Prose(text), look.width - 12)])
