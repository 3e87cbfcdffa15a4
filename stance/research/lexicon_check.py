"""Checks lexicons as a whole: nothing twice, nothing against itself, nothing that no text can match."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from stance.errors import LexiconError
from stance.frames.lexicon import AXES_FILE, FRAME_FILES, FrameEntry, load_frame_lexicon
from stance.framing.cues import find_cues
from stance.language.lexicon import (
    EVALUATIVE_COLUMNS,
    EVALUATIVE_PREFIXES,
    MODIFIER_COLUMNS,
    SPEECH_COLUMNS,
    Entry,
    load_lexicon,
    rows,
)
from stance.language.patterns import PARTS, compile_pattern, forms_of
from stance.language.words import tokenize, words_of
from stance.records import Sentence, SentenceKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from stance.categories import Axis
    from stance.frames.lexicon import FrameLexicon
    from stance.language.lexicon import Lexicon
    from stance.language.patterns import Index, Pattern

# A made-up word that stands for whatever fills a gap; no entry can begin with it.
_FILLER = "zorp"
# Words around an entry that let a reader, and `find_cues`, take it for its part of speech.
_SURROUNDINGS = {
    "verb": (("they", ""), ("he", ""), ("he was", "by them"), ("he is", ""), ("to", "")),
    "noun": (("the", ""), ("", ""), ("such", "of it")),
    "adj": (("it is", ""), ("the", "man"), ("", "")),
    "adv": (("he", "left"), ("he left", ""), ("", "")),
}


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found: a line for each finding, with file and line."""

    entries: int
    findings: tuple[str, ...]


def check_lexicons(folder: Path) -> Report:
    """Check all lexicons of a folder.

    Each entry is written as a sentence, its gaps filled, and has to be found there as itself.

    Args:
        folder: As for `load_lexicon`.

    Returns:
        The number of entries and what is wrong. A file that breaks its format is the only finding then.
    """
    try:
        count, findings = _twice(folder)
        if not findings:
            lexicon = load_lexicon(folder)
            findings = [*_never_cues(lexicon), *_never_found(lexicon)]
            if any((folder / name).exists() for name in FRAME_FILES):
                frames = load_frame_lexicon(folder, lexicon.entries)
                findings += _never_framing(frames)
                count += sum(len(own) for own in frames.axes.values()) + len(frames.entries)
    except LexiconError as error:
        return Report(0, (str(error),))
    return Report(count, tuple(findings))


def _twice(folder: Path) -> tuple[int, list[str]]:
    """Find entries that stand twice in files of one kind, with the same values or with others."""
    evaluative = sorted(path for path in folder.glob("*.tsv") if path.name.startswith(EVALUATIVE_PREFIXES))
    groups = (
        (evaluative, EVALUATIVE_COLUMNS, slice(2, 5)),
        ([folder / "modifiers.tsv"], MODIFIER_COLUMNS, slice(2, 4)),
        ([folder / "speech.tsv"], SPEECH_COLUMNS, slice(2, 3)),
    )
    count, findings = 0, []
    for paths, columns, values in groups:
        seen: dict[tuple[str, str], tuple[str, tuple[str, ...]]] = {}
        for path in paths:
            for number, cells in rows(path, columns):
                count += 1
                place = f"{path.name}:{number}"
                key = (cells[0].replace("*", ""), cells[1])
                first, said = seen.setdefault(key, (place, cells[values]))
                if first != place:
                    what = "stands twice" if said == cells[values] else "contradicts itself"
                    findings.append(f"{place}: {cells[0]!r} ({cells[1]}) {what}; see {first}")
    return count, findings


def _never_cues(lexicon: Lexicon) -> Iterator[str]:
    for entry in lexicon.entries:
        pattern = compile_pattern(entry, entry.entry, entry.part)
        if not any(_is_cue(entry, words, lexicon) for words in _written(pattern)):
            example = " ".join(next(iter(_written(pattern))))
            yield (
                f"{entry.file}:{entry.line}: {entry.entry!r} ({entry.part}) never matches; "
                f"not found in {example!r} and the like"
            )


def _written(pattern: Pattern[Any]) -> Iterator[list[str]]:
    """Yield an entry's words in each of its forms, one word in each gap."""
    filled = [_FILLER if word is None else word for word in pattern.words]
    # A comparative that only this entry has would hide that another one takes the plain adjective.
    if pattern.inflects < 0 or pattern.part == "adj":
        yield filled
        return
    lemma = filled[pattern.inflects]
    for form in dict.fromkeys(
        form
        for _, forms in forms_of(lemma, pattern.part)
        for form in sorted(forms, key=lambda form: form != lemma)
    ):
        yield [*filled[: pattern.inflects], form, *filled[pattern.inflects + 1 :]]


def _is_cue(entry: Entry, words: list[str], lexicon: Lexicon) -> bool:
    for before, after in _SURROUNDINGS[entry.part]:
        first = len(before.split())
        text = " ".join([*before.split(), *words, *after.split(), "."])
        tokens = tokenize(text)
        sentence = Sentence(1, 1, 0, len(text), SentenceKind.BODY)
        for cue in find_cues(tokens, [sentence], lexicon.evaluative, lexicon.modifying, frozenset()):
            if (cue.entry, cue.part, cue.first, cue.last) == (
                entry.entry, entry.part, first, first + len(words) - 1,
            ):  # fmt: skip
                return True
    return False


def _never_found(lexicon: Lexicon) -> Iterator[str]:
    """Find modifiers and reporting words that their own form does not give."""
    indexes: tuple[tuple[str, tuple[Any, ...], Index[Any]], ...] = (
        ("modifiers.tsv", lexicon.modifiers, lexicon.modifying),
        ("speech.tsv", lexicon.speech, lexicon.reporting),
    )
    for file, items, index in indexes:
        for item in items:
            written = list(_written(compile_pattern(item, item.entry, item.part)))
            if not any(item in _readings(index, words) for words in written):
                example = " ".join(written[0])
                yield f"{file}: {item.entry!r} ({item.part}) never matches; not found in {example!r}"


def _never_framing(frames: FrameLexicon) -> Iterator[str]:
    """Find entries of the lexicons of frames that their own form does not give."""
    own: list[tuple[tuple[str, str], str, Index[Any]]] = [
        (key, AXES_FILE, frames.portraying) for key in frames.axes if key not in frames.evaluative
    ]
    matter = [((one.entry, one.part), "issues.tsv or functions.tsv", frames.matter) for one in frames.entries]
    for (entry, part), file, index in (*own, *matter):
        written = list(_written(compile_pattern(None, entry, part)))
        if not any(
            (item.entry, item.part) == (entry, part) for words in written for item in _readings(index, words)
        ):
            yield f"{file}: {entry!r} ({part}) never matches; not found in {' '.join(written[0])!r}"


def _readings(index: Index[Any], words: list[str]) -> list[Any]:
    if len(words) == 1:
        return [reading.item for reading in index.single(words[0])]
    longest = index.longest(words, 0, len(words))
    return [longest[0].item] if longest else []


def explain_word(lexicon: Lexicon, phrase: str, frames: FrameLexicon | None = None) -> list[str]:
    """Say which entries a word or an expression can be.

    Args:
        lexicon: The lexicons.
        phrase: One word or several, in any form.
        frames: The lexicons of frames, to say what they have of it, too.

    Returns:
        A line for each entry that it is or, if it is one word, that begins with it.
    """
    words = list(words_of(phrase))
    if not words:
        return []
    lines: list[str] = []
    indexes: tuple[Index[Any], ...] = (lexicon.evaluative, lexicon.modifying, lexicon.reporting)
    if frames is not None:
        indexes = (*indexes, frames.portraying, frames.matter)
    for index in indexes:
        single, longer = index.at(words[0])
        if len(words) == 1:
            found = [*single, *longer]
        else:
            longest = index.longest(words, 0, len(words))
            found = [longest[0]] if longest else []
        for reading in found:
            item = reading.item
            axes = frames.axes.get((item.entry, item.part)) if frames is not None else None
            if isinstance(item, FrameEntry):
                lines.append(_framing(item, reading.form))
                continue
            if frames is None or index is not frames.portraying:
                lines.append(_described(item, reading.form))
            if axes and isinstance(item, Entry):
                lines += (_portraying(item, reading.form, axis, values) for axis, values in axes.items())
    return lines


def _portraying(item: Entry, form: str, axis: Axis, values: tuple[int, int, int]) -> str:
    said = ", ".join(
        f"{party} {axis.pole(value)} {value:+d}"
        for party, value in zip(("agent", "patient", "bearer"), values, strict=True)
        if value
    )
    return f"{item.entry} ({_part(item.part, form)}): {axis.value}: {said}  [{AXES_FILE}]"


def _framing(item: FrameEntry, form: str) -> str:
    said = [f"frame {frame.value}, weight {weight}" for frame, weight in item.weights]
    said += [
        f"{function.value}{f' of its {holder}' if holder else ''}" for function, holder in item.functions
    ]
    return f"{item.entry} ({_part(item.part, form)}): {'; '.join(said)}  [issues.tsv, functions.tsv]"


def _part(part: str, form: str) -> str:
    return f"{part}, {form}" if part in PARTS and form != "other" else part


def _described(item: Any, form: str) -> str:
    part = _part(item.part, form)
    if hasattr(item, "bearer"):
        values = ", ".join(
            f"{party} {value:+d}"
            for party, value in (("agent", item.agent), ("patient", item.patient), ("bearer", item.bearer))
            if value
        )
        where = f"{item.file}:{item.line}"
    elif hasattr(item, "factor"):
        values, where = f"{item.kind}, factor {item.factor:g}", "modifiers.tsv"
    else:
        values, where = f"reports, {item.kind}", "speech.tsv"
    note = f"; {item.note}" if item.note else ""
    return f"{item.entry} ({part}): {values}{note}  [{where}]"
