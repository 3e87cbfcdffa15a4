"""Sentences coded for frames: two codings of each, what holds of both, and which are held back for measuring."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from stance.categories import Axis, Function, Issue
from stance.errors import StanceError
from stance.research.coded import text_digest

SECOND = "second-coding.jsonl"
PARTS = 3  # one sentence in so many is held back


@dataclass(frozen=True, slots=True)
class FrameCoding:
    """One coder's reading of a sentence.

    Attributes:
        axes: For each actor that the sentence concerns, -1 or 1 on each axis of which it speaks.
        issues: Its issue frames.
        functions: What it does, with the actors whom it is about.
    """

    axes: Mapping[str, Mapping[Axis, int]]
    issues: frozenset[Issue]
    functions: Mapping[Function, frozenset[str]]


@dataclass(frozen=True, slots=True)
class FrameRow:
    """A constructed sentence with its two codings."""

    id: str
    text: str
    first: FrameCoding
    second: FrameCoding

    @property
    def held_back(self) -> bool:
        """Whether nothing may be learned from it: a third of the rows, told by their text."""
        return hashlib.sha256(self.text.encode()).digest()[0] % PARTS == 0

    @property
    def agreed(self) -> FrameCoding:
        """What both codings say. What two readers see differently is not plain, and counts as empty."""
        first, second = self.first, self.second
        axes = {
            actor: {axis: value for axis, value in own.items() if second.axes[actor].get(axis) == value}
            for actor, own in first.axes.items()
        }
        functions = {
            function: actors & second.functions[function]
            for function, actors in first.functions.items()
            if function in second.functions
        }
        return FrameCoding(axes, first.issues & second.issues, functions)


class FrameCode(NamedTuple):
    """A coded sentence of an article whose text is not part of the corpus."""

    doc: str
    start: int
    end: int
    row: FrameRow


def load_frame_codes(path: Path, texts: Mapping[str, str]) -> list[FrameCode]:
    """Read codes of sentences in articles.

    Args:
        path: A line a sentence: `{"doc", "article", "start", "end", "first", "second"}`.
        texts: The articles' texts by id; codes of others are left out.

    Raises:
        StanceError: A line breaks the format, or is of another text; the message names file and line.
    """
    found = []
    for place, data in _lines(path, "doc"):
        text = texts.get(str(data["doc"]))
        if text is None:
            continue
        try:
            start, end, digest = int(data["start"]), int(data["end"]), str(data["article"])
            first, second = data["first"], data["second"]
        except (KeyError, TypeError, ValueError):
            raise StanceError(f"{place}: no code of a sentence") from None
        if text_digest(text) != digest:
            raise StanceError(f"{place}: the code is of another text of {data['doc']}")
        id_ = f"{data['doc']}:{start}"
        row = FrameRow(id_, text[start:end], _coding(first, place), _coding(second, place))
        found.append(FrameCode(str(data["doc"]), start, end, row))
    return found


def load_frame_rows(folder: Path) -> dict[str, list[FrameRow]]:
    """Read the rows of a folder, by the stem of their file.

    Args:
        folder: Holds `*.jsonl` with the first coding, and `second-coding.jsonl`.

    Raises:
        StanceError: A line breaks the format, or has no second coding; the message names file and line.
    """
    second = {str(data["id"]): (place, data) for place, data in _lines(folder / SECOND)}
    rows: dict[str, list[FrameRow]] = {}
    for path in sorted(folder.glob("*.jsonl")):
        if path.name == SECOND:
            continue
        own = rows.setdefault(path.stem, [])
        for place, data in _lines(path):
            other_place, other = second.get(str(data["id"]), (place, None))
            if other is None:
                raise StanceError(f"{place}: {data['id']} has no second coding")
            row = FrameRow(
                str(data["id"]), str(data.get("text", "")), _coding(data, place), _coding(other, other_place)
            )
            if row.first.axes.keys() != row.second.axes.keys():
                raise StanceError(f"{place}: the two codings are of other actors")
            own.append(row)
    return rows


def _lines(path: Path, key: str = "id") -> Iterator[tuple[str, Mapping[str, Any]]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        place = f"{path}:{number}"
        try:
            data = json.loads(line)
            data[key]
        except (ValueError, TypeError, KeyError):
            raise StanceError(f"{place}: no row of a frame corpus") from None
        yield place, data


def _coding(data: Mapping[str, Any], place: str) -> FrameCoding:
    try:
        axes = {
            str(actor): {Axis(axis): int(value) for axis, value in own.items()}
            for actor, own in data["actors"].items()
        }
        issues = frozenset(map(Issue, data["issues"]))
        functions = {Function(name): frozenset(actors) for name, actors in data["functions"].items()}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise StanceError(f"{place}: no coding of frames ({error})") from None
    if any(value not in {-1, 1} for own in axes.values() for value in own.values()):
        raise StanceError(f"{place}: a value on an axis is -1 or 1")
    return FrameCoding(axes, issues, functions)


def alpha(pairs: Sequence[tuple[object, object]]) -> float:
    """Return Krippendorff's alpha for nominal data (Krippendorff 2004) of two coders' values, NaN where all are equal.

    Args:
        pairs: For each unit what the one coder says and what the other says.
    """
    from nltk.metrics.agreement import AnnotationTask  # noqa: PLC0415 - takes a second

    if len({value for pair in pairs for value in pair}) < 2:
        return float("nan")
    triples = [
        (coder, unit, pair[place])
        for unit, pair in enumerate(pairs)
        for place, coder in enumerate(("one", "two"))
    ]
    return float(AnnotationTask(data=triples).alpha())


def alphas(rows: Sequence[FrameRow]) -> dict[str, float]:
    """Return the agreement of the two codings on each axis, issue frame and function.

    Units are a sentence and an actor for an axis (its value, or none), and a sentence for the others (there or not).
    """
    found: dict[str, float] = {}
    for axis in Axis:
        found[axis.value] = alpha(
            [
                (own.get(axis, 0), row.second.axes[actor].get(axis, 0))
                for row in rows
                for actor, own in row.first.axes.items()
            ]
        )
    for issue in Issue:
        found[issue.value] = alpha([(issue in row.first.issues, issue in row.second.issues) for row in rows])
    for function in Function:
        found[function.value] = alpha(
            [(function in row.first.functions, function in row.second.functions) for row in rows]
        )
    return found
