"""Cues: where a text uses words of the lexicon, in which reading, and what negation, hedges and degree make of them.

One pass over the tokens of each sentence; nothing here knows an actor. A word of several readings is read by its
form and its neighbours, not by a parser: good enough to keep "the attack" apart from "they attack".
"""

from collections.abc import Iterable
from dataclasses import dataclass

from stance.language.inflection import looks_plural
from stance.language.lexicon import Entry, Modifier
from stance.language.patterns import BASE, PARTICIPLE, PAST, PROGRESSIVE, THIRD, Index, Reading
from stance.language.words import Tokens, word_set
from stance.records import Cue, Sentence

BREAKS = word_set(
    """. ? ! , ; : — – -- ( ) " “ ” but because although though while whereas who which unless despite if"""
)
BE = word_set(
    """be am is are was were been being 's get gets got gotten getting isn't aren't wasn't weren't becomes
    became"""
)
_HAVE = word_set("have has had having 've haven't hasn't hadn't")
_DETERMINERS = word_set(
    """the a an this that these those his her its their our my your 's no any some every each another such
    whose what which of in on by with for against from at over under between after before without into
    amid about"""
)
_SUBJECTS = word_set(
    """i you he she it we they who to not never also will would can could may might must shall should"""
)
_MODALS = word_set(
    """to will would can could may might must shall should did do does didn't doesn't don't won't can't
    cannot"""
)
_ADVERBIAL = word_set(
    """not never also been being once again still now already just even only then ever so very"""
)
_ARTICLES = word_set("the a an")
_DEGREES = word_set("more most so very")
_JOINING = word_set("and or but , do does did")
# After a noun of action, hardly ever after a verb.
_AFTER_NOUNS = word_set("of on against by for toward towards are were have had was is has will would")
_SCOPE = 6


@dataclass(frozen=True, slots=True)
class Match:
    """A reading of the lexicon matched at tokens `first` to `last`, inclusive; `used` leaves out gap tokens."""

    reading: Reading[Entry]
    first: int
    last: int
    used: tuple[int, ...]


def find_cues(
    tokens: Tokens,
    sentences: Iterable[Sentence],
    entries: Index[Entry],
    modifiers: Index[Modifier],
    names: frozenset[int],
) -> tuple[Cue, ...]:
    """Find all cues of an article.

    Args:
        tokens: The article's tokens.
        sentences: Its sentences.
        entries: Those to find.
        modifiers: What changes an entry's effect.
        names: Indexes of tokens that belong to actors' mentions; none of them is a word of a cue.

    Returns:
        Cues in order of place; the tokens that an expression uses give no second cue.
    """
    cues: list[Cue] = []
    for sentence in sentences:
        first, end = tokens.between(sentence.start, sentence.end)
        matches = list(_matches(tokens.lower, first, end, entries, names))
        if not matches:
            continue
        changing = _modifiers(tokens.lower, first, end, modifiers)
        cues.extend(_cue(tokens, match, changing) for match in matches)
    cues.sort(key=lambda cue: (cue.start, cue.end))
    return tuple(cues)


def _matches(
    words: list[str], first: int, end: int, table: Index[Entry], names: frozenset[int]
) -> Iterable[Match]:
    taken: set[int] = set()
    for index, (singles, longer) in table.starts(words, first, end):
        if index in taken:
            continue
        found = table.longest(words, index, end) if longer else None
        if found is not None and taken.isdisjoint(found[1]) and names.isdisjoint(found[1]):
            taken.update(found[1])
            yield Match(found[0], index, found[1][-1], found[1])
            continue
        if singles and index not in names:
            reading = _choose(words, index, first, end, singles)
            if reading is not None:
                taken.add(index)
                yield Match(reading, index, index, (index,))


def _choose(
    words: list[str], index: int, first: int, end: int, options: tuple[Reading[Entry], ...]
) -> Reading[Entry] | None:
    """Choose among the readings of one word by its form and its neighbours."""
    before = words[index - 1] if index > first else ""
    after = words[index + 1] if index + 1 < end else ""
    best, best_fit = None, -1
    for reading in options:
        fit = _fit(reading, before, after)
        if fit > best_fit:
            best, best_fit = reading, fit
    return best


def _fit(reading: Reading[Entry], before: str, after: str) -> int:
    """Say how well a reading fits between its neighbours; only the order of the numbers counts."""
    if reading.item.part == "noun":
        if before in _MODALS:
            return 1
        if before in _DETERMINERS:
            return 6
        return 5 if after in _AFTER_NOUNS and before not in _SUBJECTS else 3
    if reading.item.part == "verb":
        return _fit_verb(reading.form, before, after)
    if reading.item.part == "adj":
        if before in _ARTICLES or before in BE or before in _DEGREES:
            return 5
        modifies = after.isalpha() and after not in _AFTER_NOUNS and not after.endswith("ed")
        return 4 if modifies else 2
    return 4


def _fit_verb(form: str, before: str, after: str) -> int:
    if form in {BASE, THIRD}:
        if before in _DETERMINERS and before not in {"that", "which"}:
            return 0
        if before in _SUBJECTS:
            return 7
        # "reckless attack", "Praise for him": the base form wants a plural before it.
        return (
            2
            if form == BASE and not (looks_plural(before) or before in _JOINING or before.endswith("ly"))
            else 4
        )
    if form in {PAST, PARTICIPLE}:
        passive = before in BE or before in _HAVE or before in _ADVERBIAL or after == "by"
        return (2 if before in _ARTICLES else 5) + (form == (PARTICIPLE if passive else PAST))
    return 4 if form == PROGRESSIVE else 3


def _modifiers(
    words: list[str], first: int, end: int, table: Index[Modifier]
) -> list[tuple[int, int, Modifier]]:
    return [(start, last, modifier) for modifier, start, last in table.scan(words, first, end)]


def _cue(tokens: Tokens, match: Match, modifiers: list[tuple[int, int, Modifier]]) -> Cue:
    words = tokens.lower
    entry = match.reading.item
    factor, negated, hedged = 1.0, False, False
    for begin, last, modifier in modifiers:
        if begin in match.used or last >= match.first or match.first - last > _SCOPE:
            continue
        if modifier.kind in {"intensifier", "diminisher"} and match.first - last > 2:
            continue
        if any(word in BREAKS for word in words[last + 1 : match.first]):
            continue
        factor *= modifier.factor
        negated ^= modifier.kind == "negator"
        hedged |= modifier.kind in {"hedge", "conditional"}
    return Cue(
        tokens.starts[match.first],
        tokens.ends[match.last],
        match.first,
        match.last,
        entry.entry,
        entry.part,
        entry.agent,
        entry.patient,
        entry.bearer,
        round(max(-1.5, min(1.5, factor)), 4),
        negated,
        hedged,
        entry.part == "verb" and _is_passive(words, match),
    )


def _is_passive(words: list[str], match: Match) -> bool:
    """Whether a participle stands in the passive: after a form of be or get, or before "by"."""
    if match.reading.form not in {PARTICIPLE, PAST} or match.reading.pattern.words[0] in {"be", "get"}:
        return False  # an expression with "be" gives its value to the subject as it stands
    if match.last + 1 < len(words) and words[match.last + 1] == "by":
        return True
    for index in range(match.first - 1, max(-1, match.first - 5), -1):
        word = words[index]
        if word in BE:
            return True
        if word not in _ADVERBIAL and not word.endswith("ly"):
            return False
    return False
