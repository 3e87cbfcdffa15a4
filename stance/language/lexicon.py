"""The lexicons: evaluative entries, modifiers and reporting words, read and checked."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import methodcaller
from pathlib import Path
from typing import NamedTuple

from stance.errors import LexiconError
from stance.language.patterns import GAP, MAX_GAPS, PARTS, Index

MODIFIER_KINDS = ("intensifier", "diminisher", "negator", "hedge", "irony", "conditional")
SPEECH_KINDS = ("neutral", "factive", "doubting", "accusing", "approving", "predicting")
EVALUATIVE_COLUMNS = ("entry", "pos", "agent", "patient", "bearer", "note")
MODIFIER_COLUMNS = ("entry", "pos", "kind", "factor", "note")
SPEECH_COLUMNS = ("entry", "pos", "kind", "note")
# Where a file of evaluative entries is recognised by its name.
EVALUATIVE_PREFIXES = ("verbs", "nouns", "adjectives", "expressions")
TAB = "\t"
_VALUES = {"": 0, **{str(value): value for value in range(-3, 4)}}


class Entry(NamedTuple):
    """One line of an evaluative file; values from -3 to 3, 0 where the cell is empty."""

    entry: str
    part: str
    agent: int
    patient: int
    bearer: int
    note: str
    file: str
    line: int


class Modifier(NamedTuple):
    """One line of `modifiers.tsv`; `factor` multiplies what it governs."""

    entry: str
    part: str
    kind: str
    factor: float
    note: str


class SpeechWord(NamedTuple):
    """One line of `speech.tsv`."""

    entry: str
    part: str
    kind: str
    note: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All lexicons of a run, with a hash of their contents."""

    entries: tuple[Entry, ...]
    modifiers: tuple[Modifier, ...]
    speech: tuple[SpeechWord, ...]
    evaluative: Index[Entry]
    modifying: Index[Modifier]
    reporting: Index[SpeechWord]
    digest: str


def load_lexicon(folder: Path) -> Lexicon:
    """Read all lexicons of a folder.

    Args:
        folder: Holds `verbs*.tsv`, `nouns*.tsv`, `adjectives*.tsv`, `expressions*.tsv`, `modifiers.tsv`, `speech.tsv`.

    Returns:
        The compiled lexicons.

    Raises:
        LexiconError: A file is missing or breaks the format; the message names file and line.
    """
    paths = sorted(path for path in folder.glob("*.tsv") if path.name.startswith(EVALUATIVE_PREFIXES))
    if not paths:
        raise LexiconError(f"{folder}: no evaluative lexicon in this folder; expected verbs.tsv and the like")
    entries = tuple(entry for path in paths for entry in _evaluative(path))
    modifiers = tuple(_modifiers(folder / "modifiers.tsv"))
    speech = tuple(_speech(folder / "speech.tsv"))
    _refuse_contradictions(entries)
    digest = hashlib.sha256()
    for path in (*paths, folder / "modifiers.tsv", folder / "speech.tsv"):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return Lexicon(
        entries,
        modifiers,
        speech,
        Index((entry, entry.entry, entry.part) for entry in entries),
        Index((modifier, modifier.entry, modifier.part) for modifier in modifiers),
        Index((word, word.entry, word.part) for word in speech),
        digest.hexdigest()[:12],
    )


class Table(NamedTuple):
    """The columns of a lexicon file. Thousands of lines have the same few cells between entry and note.

    Attributes:
        path: The file.
        entries: The first cell of each line.
        between: The cells between as they stand, tabs and all.
        notes: The last cell.
        numbers: The number of each line.
    """

    path: Path
    entries: list[str]
    between: list[str]
    notes: list[str]
    numbers: Sequence[int]


def read_table(path: Path, columns: tuple[str, ...]) -> Table:
    """Read a lexicon file and check its shape.

    Some ten thousand lines are read at every start, so they are taken apart and checked all at once; which of them is
    wrong is looked for only if one is.

    Raises:
        LexiconError: The file cannot be read, or a line has other columns than the header promises.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise LexiconError(f"{path}: this lexicon is missing") from None
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path}: cannot be read as UTF-8 ({error})") from None
    first = next((place for place, line in enumerate(lines) if line[:1] != "#"), None)
    if first is None:
        raise LexiconError(f"{path}: the file is empty")
    if lines[first] != TAB.join(columns):
        raise LexiconError(f"{path}:{first + 1}: the header must be: {' '.join(columns)} (tabs between)")
    numbers: Sequence[int] = range(first + 2, len(lines) + 1)
    lines = lines[first + 1 :]
    if any(line[:1] == "#" for line in lines):
        numbers = [number for number, line in zip(numbers, lines, strict=True) if line[:1] != "#"]
        lines = [line for line in lines if line[:1] != "#"]
    parts = [line.partition(TAB) for line in lines]
    entries = [part[0] for part in parts]
    rest = [part[2].rpartition(TAB) for part in parts]
    together = "\n".join(["", *entries, ""])
    tabs = len(columns) - 1
    sound = (
        set(map(methodcaller("count", TAB), lines)) <= {tabs}
        and together == together.lower()
        and not any(odd in together for odd in ("  ", "\n ", " \n", "\n\n"))
        and all(map(str.isprintable, entries))
    )
    if not sound:
        _refuse_odd(path, tabs, numbers, lines)
    for place, entry in enumerate(entries):
        if GAP in entry:
            _check_gaps(entry.split(" "), path, numbers[place])
    return Table(path, entries, [part[0] for part in rest], [part[2] for part in rest], numbers)


def _refuse_odd(path: Path, tabs: int, numbers: Sequence[int], lines: Sequence[str]) -> None:
    """Refuse the first line of an odd shape."""
    for number, line in zip(numbers, lines, strict=True):
        if line.count(TAB) != tabs:
            raise LexiconError(
                f"{path}:{number}: {line.count(TAB) + 1} columns where {tabs + 1} belong; separate by one tab"
            )
        entry = line.partition(TAB)[0]
        if not entry or entry != entry.strip().lower() or "  " in entry or not entry.isprintable():
            raise LexiconError(f"{path}:{number}: the entry {entry!r} must be lower case with single spaces")


def rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield line number and cells of a lexicon file, checking its shape.

    Raises:
        LexiconError: As `read_table`.
    """
    table = read_table(path, columns)
    for number, entry, between, note in zip(
        table.numbers, table.entries, table.between, table.notes, strict=True
    ):
        yield number, (entry, *between.split(TAB), note)


def _check_gaps(words: list[str], path: Path, number: int) -> None:
    if (
        GAP in {words[0], words[-1]}
        or words.count(GAP) > MAX_GAPS
        or [GAP, GAP] in map(list, pairwise(words))
    ):
        raise LexiconError(
            f"{path}:{number}: a gap stands between two words, at most {MAX_GAPS} times; mend {' '.join(words)!r}"
        )


def _evaluative(path: Path) -> Iterator[Entry]:
    known: dict[str, tuple[str, int, int, int]] = {}
    table = read_table(path, EVALUATIVE_COLUMNS)
    for number, entry, between, note in zip(
        table.numbers, table.entries, table.between, table.notes, strict=True
    ):
        said = known.get(between)
        if said is None:
            said = known[between] = _said(entry, between.split(TAB), path, number)
        yield Entry(entry, *said, note, path.name, number)


def _said(entry: str, cells: list[str], path: Path, number: int) -> tuple[str, int, int, int]:
    """Return the part of speech and the values of agent, patient and bearer."""
    part = cells[0]
    if part not in PARTS:
        raise LexiconError(f"{path}:{number}: part of speech {part!r}; known are {', '.join(PARTS)}")
    return part, *parties(entry, cells[1:], path, number)


def parties(entry: str, cells: list[str], path: Path, number: int) -> tuple[int, int, int]:
    """Return the values of agent, patient and bearer, -3 to 3, 0 where a cell is empty.

    Raises:
        LexiconError: A cell holds something else, or all are empty.
    """
    agent, patient, bearer = map(_VALUES.get, cells)
    if agent is None or patient is None or bearer is None:
        raise LexiconError(
            f"{path}:{number}: agent, patient and bearer are whole numbers from -3 to 3, or empty"
        )
    if not (agent or patient or bearer):
        raise LexiconError(
            f"{path}:{number}: {entry!r} says nothing about anybody; fill agent, patient or bearer"
        )
    return agent, patient, bearer


def _modifiers(path: Path) -> Iterator[Modifier]:
    for number, (entry, part, kind, factor, note) in rows(path, MODIFIER_COLUMNS):
        if part not in {"verb", "noun", "fixed"}:
            raise LexiconError(f"{path}:{number}: part of speech {part!r}; known are verb, noun, fixed")
        if kind not in MODIFIER_KINDS:
            raise LexiconError(f"{path}:{number}: kind {kind!r}; known are {', '.join(MODIFIER_KINDS)}")
        try:
            value = float(factor)
        except ValueError:
            value = 99.0
        if not -2.0 <= value <= 2.0:
            raise LexiconError(f"{path}:{number}: factor {factor!r} is no number from -2 to 2")
        yield Modifier(entry, part, kind, value, note)


def _speech(path: Path) -> Iterator[SpeechWord]:
    for number, (entry, part, kind, note) in rows(path, SPEECH_COLUMNS):
        if part not in {"verb", "noun", "phrase"}:
            raise LexiconError(f"{path}:{number}: part of speech {part!r}; known are verb, noun, phrase")
        if kind not in SPEECH_KINDS:
            raise LexiconError(f"{path}:{number}: kind {kind!r}; known are {', '.join(SPEECH_KINDS)}")
        yield SpeechWord(entry, part, kind, note)


def _refuse_contradictions(entries: Iterable[Entry]) -> None:
    seen: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        key = (entry.entry.replace("*", ""), entry.part)
        other = seen.setdefault(key, entry)
        if other is not entry:
            same = (entry.agent, entry.patient, entry.bearer) == (other.agent, other.patient, other.bearer)
            what = "stands twice" if same else "contradicts itself"
            raise LexiconError(
                f"{entry.file}:{entry.line}: {entry.entry!r} ({entry.part}) {what}; see {other.file}:{other.line}"
            )
