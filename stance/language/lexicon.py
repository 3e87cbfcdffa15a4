"""The lexicons: evaluative entries, modifiers and reporting words, read and checked."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
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


def rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield line number and cells of a lexicon file, checking its shape.

    Raises:
        LexiconError: The file cannot be read, or a line has other columns than the header promises.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise LexiconError(f"{path}: this lexicon is missing") from None
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path}: cannot be read as UTF-8 ({error})") from None
    header_seen = False
    for number, line in enumerate(lines, start=1):
        if line.startswith("#"):
            continue
        cells = tuple(line.split("\t"))
        if not header_seen:
            if cells != columns:
                raise LexiconError(f"{path}:{number}: the header must be: {' '.join(columns)} (tabs between)")
            header_seen = True
            continue
        if len(cells) != len(columns):
            raise LexiconError(
                f"{path}:{number}: {len(cells)} columns where {len(columns)} belong; separate by one tab"
            )
        if not cells[0] or cells[0] != cells[0].strip().lower() or "  " in cells[0]:
            raise LexiconError(
                f"{path}:{number}: the entry {cells[0]!r} must be lower case with single spaces"
            )
        if GAP in cells[0]:
            _check_gaps(cells[0].split(" "), path, number)
        yield number, cells
    if not header_seen:
        raise LexiconError(f"{path}: the file is empty")


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
    for number, (entry, part, agent, patient, bearer, note) in rows(path, EVALUATIVE_COLUMNS):
        if part not in PARTS:
            raise LexiconError(f"{path}:{number}: part of speech {part!r}; known are {', '.join(PARTS)}")
        values = _VALUES.get(agent), _VALUES.get(patient), _VALUES.get(bearer)
        if values[0] is None or values[1] is None or values[2] is None:
            raise LexiconError(
                f"{path}:{number}: agent, patient and bearer are whole numbers from -3 to 3, or empty"
            )
        if not any(values):
            raise LexiconError(
                f"{path}:{number}: {entry!r} says nothing about anybody; fill agent, patient or bearer"
            )
        yield Entry(entry, part, values[0], values[1], values[2], note, path.name, number)


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
