"""Scores as CSV: one row for each sentence and actor. docs/csv.md explains every column."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from stance.categories import Axis
from stance.export.json import compact_json, evidence_objects, number, optional

if TYPE_CHECKING:
    from stance.actors.roster import Roster
    from stance.records import Analysis, Score, Sentence

COLUMNS = (
    "doc_id", "path", "source", "date", "title",
    "sentence_id", "paragraph", "start", "end", "sentence", "kind",
    "actor", "actor_parent", "mention", "mention_kind", "voice", "speaker", "speaker_actor",
    "label", "score", "p_negative", "p_neutral", "p_positive", "confidence", "abstained",
    "role", "negated", "hedged", "issues", *(axis.value for axis in Axis), "evidence",
    "classifier", "model", "lexicons", "roster",
)  # fmt: skip
SUMMARY_COLUMNS = (
    "doc_id", "path", "source", "date", "title", "actor", "actor_parent",
    "sentences", "mean", "ci_low", "ci_high", "negative", "neutral", "positive", "abstained",
    "author_mean", "quoted_mean", *(axis.value for axis in Axis), "story_role", "classifier", "model", "lexicons", "roster",
)  # fmt: skip
ISSUE_SEPARATOR = ";"
FAILURE_COLUMNS = ("doc_id", "path", "error", "remedy")

Cell = str | int | float | None
Row = Sequence[Cell]

# A spreadsheet runs a cell that begins with one of these; in East Asian settings their full-width forms too.
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def score_rows(analysis: Analysis, parents: Mapping[str, str]) -> Iterator[Row]:
    """Yield the rows of one analysis in the order of `COLUMNS`.

    Args:
        analysis: What to write.
        parents: The parent of each actor that has one: the state of a leader.
    """
    sentences = {sentence.id: sentence for sentence in analysis.sentences}
    for score in analysis.scores:
        yield _row(analysis, score, sentences[score.sentence], parents)


def summary_rows(analysis: Analysis, parents: Mapping[str, str]) -> Iterator[Row]:
    """Yield a row for each actor of one analysis in the order of `SUMMARY_COLUMNS`; what was not measured is None.

    Args:
        analysis: What to summarise.
        parents: The parent of each actor that has one.
    """
    article, instrument = analysis.article, analysis.instrument
    for own in analysis.actors:
        yield (
            article.id,
            article.path,
            article.source,
            article.date,
            article.title,
            own.actor,
            parents.get(own.actor, ""),
            own.sentences,
            optional(own.mean),
            optional(own.ci_low),
            optional(own.ci_high),
            own.negative,
            own.neutral,
            own.positive,
            own.abstained,
            optional(own.author_mean),
            optional(own.quoted_mean),
            *_by_axis({one.axis: one.mean for one in own.portrayal}),
            own.role.value,
            instrument.classifier,
            instrument.model,
            instrument.lexicons,
            instrument.roster,
        )


def parents_of(roster: Roster) -> dict[str, str]:
    """Return the parent of each roster actor that has one."""
    return {actor.id: actor.parent for actor in roster.actors if actor.parent}


def csv_bytes(rows: Iterable[Row], *, raw: bool = False) -> bytes:
    r"""Return rows as UTF-8 CSV with LF line ends.

    Args:
        rows: Cells; strings may hold anything, a lone surrogate is written as a backslash escape.
        raw: Whether to leave strings that a spreadsheet would run as a formula as they are.
    """
    lines = _Lines()
    # Only a line end of CR LF makes Python before 3.13 quote a cell with a lone CR; `_Lines` makes LF of it.
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerows(rows if raw else ([_cell(cell) for cell in row] for row in rows))
    return "".join(lines.parts).encode("utf-8", "backslashreplace")


def defuse(text: str) -> str:
    """Put an apostrophe before a string that a spreadsheet would run as a formula.

    A string that already looks defused gets one more, so that `restore` always gives the original back.
    """
    return "'" + text if _looks_like_formula(text) else text


def restore(text: str) -> str:
    """Undo `defuse`."""
    return text[1:] if text.startswith("'") and _looks_like_formula(text) else text


def _looks_like_formula(text: str) -> bool:
    return text.lstrip("'").startswith(_FORMULA_STARTS)


def _cell(cell: Cell) -> Cell:
    return defuse(cell) if isinstance(cell, str) else cell


class _Lines:
    """A file to the csv module, which writes a whole line at a time."""

    def __init__(self) -> None:
        self.parts: list[str] = []

    def write(self, line: str) -> int:
        self.parts.append(line[:-2] + "\n")
        return len(line)


def _row(analysis: Analysis, score: Score, sentence: Sentence, parents: Mapping[str, str]) -> Row:
    article, instrument, speaker = analysis.article, analysis.instrument, score.speaker
    return (
        article.id,
        article.path,
        article.source,
        article.date,
        article.title,
        sentence.id,
        sentence.paragraph,
        sentence.start,
        sentence.end,
        article.text[sentence.start : sentence.end],
        sentence.kind.value,
        score.actor,
        parents.get(score.actor, ""),
        article.text[score.mention.start : score.mention.end],
        score.mention.kind.value,
        score.voice.value,
        speaker.text if speaker else "",
        (speaker.actor or "") if speaker else "",
        score.label.word,
        number(score.score),
        number(score.p_negative),
        number(score.p_neutral),
        number(score.p_positive),
        number(score.confidence),
        _truth(score.abstained),
        score.role.value,
        _truth(score.negated),
        _truth(score.hedged),
        ISSUE_SEPARATOR.join(issue.value for issue in score.issues),
        *_by_axis({one.axis: one.value for one in score.portrayal}),
        compact_json(evidence_objects(score, sentence)),
        instrument.classifier,
        instrument.model,
        instrument.lexicons,
        instrument.roster,
    )


def _by_axis(values: Mapping[Axis, float]) -> list[float | None]:
    """Return a cell for each axis, empty where nothing speaks of it."""
    return [optional(values.get(axis)) for axis in Axis]


def _truth(value: bool) -> str:
    """Write a truth value as JSON does; pandas and R read that as one."""
    return "true" if value else "false"
