"""The lexicons of frames: entries by portrayal axis, issue frame and framing function, read and checked."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from stance.categories import Axis, Function, Generic, Issue
from stance.errors import LexiconError
from stance.language.lexicon import TAB, Entry, Table, parties, read_table
from stance.language.patterns import PARTS, Index

AXES_FILE, ISSUES_FILE, FUNCTIONS_FILE = "axes.tsv", "issues.tsv", "functions.tsv"
FRAME_FILES = (AXES_FILE, ISSUES_FILE, FUNCTIONS_FILE)
AXIS_COLUMNS = ("entry", "pos", "axis", "agent", "patient", "bearer", "note")
ISSUE_COLUMNS = ("entry", "pos", "frame", "weight", "note")
FUNCTION_COLUMNS = ("entry", "pos", "function", "holder", "note")
HOLDERS = ("agent", "patient", "bearer", "")
FIXED = "fixed"
_WEIGHTS = {"1": 1, "2": 2, "3": 3}

_NOTHING: Mapping[Any, Any] = {}

Parties = tuple[int, int, int]
"""How agent, patient and bearer come off, -3 to 3; 0 where nothing is said."""
Category = TypeVar("Category", bound=StrEnum)
Value = TypeVar("Value")
# The other generic frames follow from issue frames and functions.
_ONLY_GENERIC = frozenset({Generic.CONFLICT.value, Generic.HUMAN_INTEREST.value})
_FRAMES: Sequence[StrEnum] = (*Issue, Generic.CONFLICT, Generic.HUMAN_INTEREST)


Frame = Issue | Generic


class FrameEntry(NamedTuple):
    """What a word says of the matter.

    Attributes:
        weights: How strongly it speaks for issue frames and generic frames, 1 to 3.
        functions: What it does, and which party that is about: `agent`, `patient`, `bearer`, or nobody.
    """

    entry: str
    part: str
    weights: tuple[tuple[Frame, int], ...] = ()
    functions: tuple[tuple[Function, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FrameLexicon:
    """All lexicons of frames.

    Attributes:
        axes: What an entry says on each axis that it speaks of, by entry and part of speech.
        evaluative: Entry and part of speech of what the evaluative lexicon has.
        entries: Entries that speak for a frame or have a function.
        portraying: Entries of `axes` that the evaluative lexicon does not have.
        matter: An index of `entries`.
        digest: Of their contents.
    """

    axes: Mapping[tuple[str, str], Mapping[Axis, Parties]]
    evaluative: frozenset[tuple[str, str]]
    entries: tuple[FrameEntry, ...]
    portraying: Index[Entry]
    matter: Index[FrameEntry]
    digest: str


def load_frame_lexicon(folder: Path, evaluative: Sequence[Entry]) -> FrameLexicon:
    """Read the lexicons of frames.

    Args:
        folder: Holds `axes.tsv`, `issues.tsv` and `functions.tsv`.
        evaluative: The entries of the evaluative lexicon, which `axes.tsv` says more of.

    Raises:
        LexiconError: A file is missing, breaks the format, names an unknown category, contradicts itself, or leaves a
            category without any entry; the message names file and line.
    """
    axes = _gather(folder / AXES_FILE, AXIS_COLUMNS, list(Axis), _axis)
    issues = _gather(folder / ISSUES_FILE, ISSUE_COLUMNS, _FRAMES, _issue)
    functions = _gather(folder / FUNCTIONS_FILE, FUNCTION_COLUMNS, list(Function), _function)
    entries = tuple(
        FrameEntry(
            *key, tuple(issues.get(key, _NOTHING).items()), tuple(functions.get(key, _NOTHING).items())
        )
        for key in dict.fromkeys((*issues, *functions))
    )
    known = frozenset((entry.entry, entry.part) for entry in evaluative)
    portraying = (
        (Entry(entry, part, *_strongest(values), "", AXES_FILE, 0), entry, part)
        for (entry, part), values in axes.items()
        if (entry, part) not in known
    )
    digest = hashlib.sha256()
    for name in FRAME_FILES:
        digest.update(name.encode() + b"\0" + (folder / name).read_bytes())
    return FrameLexicon(
        axes,
        known,
        entries,
        Index(portraying),
        Index((entry, entry.entry, entry.part) for entry in entries),
        digest.hexdigest()[:12],
    )


def _strongest(values: Mapping[Axis, Parties]) -> Parties:
    """Return for each party what the axis says that says most."""
    agents, patients, bearers = zip(*values.values(), strict=True)
    return max(agents, key=abs), max(patients, key=abs), max(bearers, key=abs)


def _category(kind: type[Category], name: str, path: Path, number: int) -> Category:
    try:
        return kind(name)
    except ValueError:
        known = ", ".join(one.value for one in kind)
        raise LexiconError(
            f"{path}:{number}: unknown {kind.__name__.lower()} {name!r}; known are {known}"
        ) from None


def _part(part: str, path: Path, number: int, *, fixed: bool) -> str:
    known = (*PARTS, FIXED) if fixed else PARTS
    if part not in known:
        raise LexiconError(f"{path}:{number}: part of speech {part!r}; known are {', '.join(known)}")
    return part


def _refuse_again(table: Table, place: int, key: Sequence[str], *, same: bool) -> None:
    """Refuse what stands twice in a file."""
    entry, *others = key
    line = next(
        number
        for number, known, between in zip(table.numbers, table.entries, table.between, strict=True)
        if known == entry and between.split(TAB)[: len(others)] == others
    )
    what = "stands twice" if same else "contradicts itself"
    raise LexiconError(
        f"{table.path}:{table.numbers[place]}: {entry!r} ({', '.join(others)}) {what}; see line {line}"
    )


def _refuse_starred(table: Table, found: Mapping[tuple[str, str], object]) -> None:
    """Refuse an entry that stands with a mark for the word that inflects, and without."""
    for entry, part in found:
        if "*" in entry and (entry.replace("*", ""), part) in found:
            line = table.numbers[table.entries.index(entry)]
            raise LexiconError(f"{table.path}:{line}: {entry!r} ({part}) stands without its * as well")


def _refuse_empty(kinds: Sequence[StrEnum], seen: set[StrEnum], path: Path) -> None:
    for kind in kinds:
        if kind not in seen:
            raise LexiconError(
                f"{path}: no entry for {kind.value!r}; add some, or the category can never be found"
            )


def _gather(
    path: Path,
    columns: tuple[str, ...],
    kinds: Sequence[StrEnum],
    read: Callable[[str, list[str], Path, int], tuple[str, Category, Value]],
) -> dict[tuple[str, str], dict[Category, Value]]:
    """Read a file of entries by category.

    Args:
        path: The file.
        columns: Its columns.
        kinds: The categories, each of which has to have an entry.
        read: Turns an entry, its cells between entry and note, path and line number into part of speech, category and value.

    Returns:
        What each entry, as a part of speech, says on each category of which it speaks.
    """
    found: dict[tuple[str, str], dict[Category, Value]] = {}
    known: dict[str, tuple[str, Category, Value]] = {}
    table = read_table(path, columns)
    for place, (entry, between) in enumerate(zip(table.entries, table.between, strict=True)):
        said = known.get(between)
        if said is None:
            said = known[between] = read(entry, between.split(TAB), path, table.numbers[place])
        part, category, value = said
        own = found.get((entry, part))
        if own is None:
            found[entry, part] = {category: value}
        elif category in own:
            _refuse_again(table, place, (entry, part, category), same=own[category] == value)
        else:
            own[category] = value
    _refuse_starred(table, found)
    _refuse_empty(kinds, {category for _, category, _ in known.values()}, path)
    return found


def _axis(entry: str, cells: list[str], path: Path, number: int) -> tuple[str, Axis, Parties]:
    part = _part(cells[0], path, number, fixed=False)
    return part, _category(Axis, cells[1], path, number), parties(entry, cells[2:], path, number)


def _issue(_: str, cells: list[str], path: Path, number: int) -> tuple[str, Frame, int]:
    part, name, weight = cells
    if weight not in _WEIGHTS:
        raise LexiconError(f"{path}:{number}: weight {weight!r} is not 1, 2 or 3")
    frame = Generic(name) if name in _ONLY_GENERIC else _category(Issue, name, path, number)
    return _part(part, path, number, fixed=True), frame, _WEIGHTS[weight]


def _function(_: str, cells: list[str], path: Path, number: int) -> tuple[str, Function, str]:
    part, name, holder = cells
    if holder not in HOLDERS:
        raise LexiconError(f"{path}:{number}: holder {holder!r}; known are agent, patient, bearer, or empty")
    return _part(part, path, number, fixed=True), _category(Function, name, path, number), holder
