"""The lexicons: evaluative entries, modifiers and reporting words, read, checked and compiled for one pass."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from stance.errors import LexiconError
from stance.language.inflection import adjective_forms, british, lemma_candidates, noun_forms, verb_forms
from stance.language.words import words_of

T = TypeVar("T")

PARTS = ("verb", "noun", "adj", "adv")
MODIFIER_KINDS = ("intensifier", "diminisher", "negator", "hedge", "irony", "conditional")
SPEECH_KINDS = ("neutral", "factive", "doubting", "accusing", "approving", "predicting")
EVALUATIVE_COLUMNS = ("entry", "pos", "agent", "patient", "bearer", "note")
MODIFIER_COLUMNS = ("entry", "pos", "kind", "factor", "note")
SPEECH_COLUMNS = ("entry", "pos", "kind", "note")
# Where a file of evaluative entries is recognised by its name.
EVALUATIVE_PREFIXES = ("verbs", "nouns", "adjectives", "expressions")
GAP = "_"
MAX_GAP = 5
_MAX_KNOWN = 1 << 17
_STOPS = frozenset({".", ";", ":", "?", "!", '"', "“", "”", "(", ")"})

# Which form of a word matched; it decides between readings ("attacked" is no noun) and tells the passive.
BASE, THIRD, PAST, PARTICIPLE, PROGRESSIVE, OTHER = "base", "third", "past", "participle", "progressive", "other"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of an evaluative file; values from -3 to 3, 0 where the cell is empty."""

    entry: str
    part: str
    agent: int
    patient: int
    bearer: int
    note: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Modifier:
    """One line of `modifiers.tsv`; `factor` multiplies what it governs."""

    entry: str
    part: str
    kind: str
    factor: float
    note: str


@dataclass(frozen=True, slots=True)
class SpeechWord:
    """One line of `speech.tsv`."""

    entry: str
    part: str
    kind: str
    note: str


class Pattern(NamedTuple, Generic[T]):
    """An entry as a sequence of words: each a literal, a gap (None), or one that inflects as a part of speech."""

    item: T
    words: tuple[str | None, ...]
    inflects: int
    part: str


class Reading(NamedTuple, Generic[T]):
    """A pattern whose first word stands in the text, and the form in which it stands there."""

    pattern: Pattern[T]
    form: str

    @property
    def item(self) -> T:
        """The entry."""
        return self.pattern.item


class Index(Generic[T]):
    """Entries by first word. Forms are worked out for the words that a text holds, not for the whole lexicon."""

    def __init__(self, patterns: Iterable[Pattern[T]]) -> None:
        self._heads: dict[str, list[Pattern[T]]] = {}
        for pattern in patterns:
            self._heads.setdefault(pattern.words[0] or "", []).append(pattern)
        self._known: dict[str, tuple[tuple[Reading[T], ...], tuple[Reading[T], ...]]] = {}

    def at(self, word: str) -> tuple[tuple[Reading[T], ...], tuple[Reading[T], ...]]:
        """Return the readings that begin with a word: single ones, and longer ones with the longest first."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._readings(word)
            if len(self._known) > _MAX_KNOWN:
                self._known.clear()
        return known

    def single(self, word: str) -> tuple[Reading[T], ...]:
        """Return the readings of a word that stands alone."""
        return self.at(word)[0]

    def longest(self, words: Sequence[str], index: int, end: int) -> tuple[Reading[T], tuple[int, ...]] | None:
        """Return the longest reading of several words that matches at a token, with the tokens that it uses.

        Args:
            words: Lower-case tokens.
            index: Where to match.
            end: Token index that the match must not reach.
        """
        for reading in self.at(words[index])[1]:
            used = _match(words, index, end, reading.pattern)
            if used is not None:
                return reading, used
        return None

    def _readings(self, word: str) -> tuple[tuple[Reading[T], ...], tuple[Reading[T], ...]]:
        found = []
        for lemma in lemma_candidates(word):
            for pattern in self._heads.get(lemma, ()):
                if pattern.inflects != 0:
                    if lemma == word:
                        found.append(Reading(pattern, OTHER))
                    continue
                found.extend(Reading(pattern, form) for form, forms in forms_of(lemma, pattern.part) if word in forms)
        single = tuple(reading for reading in found if len(reading.pattern.words) == 1)
        longer = [reading for reading in found if len(reading.pattern.words) > 1]
        longer.sort(key=lambda reading: -sum(1 for word in reading.pattern.words if word is not None))
        return single, tuple(longer)


def _match(words: Sequence[str], index: int, end: int, pattern: Pattern[T]) -> tuple[int, ...] | None:
    """Match a pattern with gaps; the shortest gap that fits is taken, so the work is bounded by MAX_GAP a gap."""
    used = [index]
    place = index + 1
    gap = False
    for step in range(1, len(pattern.words)):
        wanted = pattern.words[step]
        if wanted is None:
            gap = True
            continue
        last = min(end, place + (MAX_GAP if gap else 0) + 1)
        place += gap
        while place < last and not _fits(words[place], wanted, pattern, step):
            if not gap or words[place] in _STOPS:
                return None
            place += 1
        if place >= last or (gap and words[place - 1] in _STOPS):
            return None
        used.append(place)
        place += 1
        gap = False
    return tuple(used)


def _fits(word: str, wanted: str, pattern: Pattern[T], step: int) -> bool:
    if step != pattern.inflects:
        return word == wanted
    return any(word in forms for _, forms in forms_of(wanted, pattern.part))


@lru_cache(maxsize=1 << 16)
def forms_of(lemma: str, part: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return the forms of a lemma as a part of speech, each under its name."""
    if part == "verb":
        return tuple(verb_forms(lemma).items())
    if part == "noun":
        return ((OTHER, noun_forms(lemma)),)
    if part == "adj":
        return ((OTHER, adjective_forms(lemma)),)
    return ((OTHER, frozenset(british(lemma))),)


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
        Index([compile_pattern(entry, entry.entry, entry.part) for entry in entries]),
        Index([compile_pattern(modifier, modifier.entry, modifier.part) for modifier in modifiers]),
        Index([compile_pattern(word, word.entry, word.part) for word in speech]),
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
            raise LexiconError(f"{path}:{number}: {len(cells)} columns where {len(columns)} belong; separate by one tab")
        if not cells[0] or cells[0] != cells[0].strip().lower() or "  " in cells[0]:
            raise LexiconError(f"{path}:{number}: the entry {cells[0]!r} must be lower case with single spaces")
        yield number, cells
    if not header_seen:
        raise LexiconError(f"{path}: the file is empty")


def _value(cell: str, path: Path, number: int) -> int:
    if not cell:
        return 0
    try:
        value = int(cell)
    except ValueError:
        value = 99
    if not -3 <= value <= 3:
        raise LexiconError(f"{path}:{number}: {cell!r} is no whole number from -3 to 3")
    return value


def _evaluative(path: Path) -> Iterator[Entry]:
    for number, (entry, part, agent, patient, bearer, note) in rows(path, EVALUATIVE_COLUMNS):
        if part not in PARTS:
            raise LexiconError(f"{path}:{number}: part of speech {part!r}; known are {', '.join(PARTS)}")
        values = [_value(cell, path, number) for cell in (agent, patient, bearer)]
        if not any(values):
            raise LexiconError(f"{path}:{number}: {entry!r} says nothing about anybody; fill agent, patient or bearer")
        if entry.split()[0] == GAP or entry.split()[-1] == GAP:
            raise LexiconError(f"{path}:{number}: {entry!r} begins or ends with a gap")
        yield Entry(entry, part, *values, note, path.name, number)


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
            raise LexiconError(f"{entry.file}:{entry.line}: {entry.entry!r} ({entry.part}) {what}; see {other.file}:{other.line}")


def compile_pattern(item: T, entry: str, part: str) -> Pattern[T]:
    """Turn an entry as written, with `*` and `_`, into a pattern.

    Args:
        item: What the pattern stands for.
        entry: The entry.
        part: verb, noun, adj, adv, phrase or fixed; the last two do not inflect.
    """
    if entry.isalpha():
        return Pattern(item, (entry,), 0 if part in PARTS else -1, part)
    written = entry.split(" ")
    marked = [index for index, word in enumerate(written) if word.endswith("*")]
    if marked:
        inflects = marked[0]
    elif part == "noun":
        # "slap in the face" inflects before its preposition, "witch hunt" at its end.
        inflects = next((index - 1 for index, word in enumerate(written) if index and word in _PREPOSITIONS), len(written) - 1)
    else:
        inflects = 0 if part in PARTS else -1
    words: list[str | None] = []
    place = -1
    for index, word in enumerate(written):
        pieces = [None] if word == GAP else list(words_of(word.rstrip("*")))
        if index == inflects:
            # A hyphenated word inflects at its end, except a verb ("about-face").
            place = len(words) + len(pieces) - 1
        words.extend(pieces)
    return Pattern(item, tuple(words), place, part)


_PREPOSITIONS = frozenset({"of", "in", "for", "to", "on", "at", "with", "from", "by", "against", "under", "between", "over"})
