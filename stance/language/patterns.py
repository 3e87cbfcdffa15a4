"""Entries as patterns: words that inflect, gaps, and an index that finds the longest pattern at a token.

Nothing here knows what an entry means; evaluative entries, modifiers and reporting words are matched alike.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar

from stance.language.inflection import adjective_forms, british, lemma_candidates, noun_forms, verb_forms
from stance.language.words import words_of

T = TypeVar("T")

PARTS = ("verb", "noun", "adj", "adv")
GAP = "_"
MAX_GAP = 5
MAX_GAPS = 3
_MAX_KNOWN = 1 << 15
_STOPS = frozenset({".", ";", ":", "?", "!", '"', "“", "”", "(", ")"})

# Which form of a word matched; it decides between readings ("attacked" is no noun) and tells the passive.
BASE, THIRD, PAST, PARTICIPLE, PROGRESSIVE, OTHER = (
    "base",
    "third",
    "past",
    "participle",
    "progressive",
    "other",
)


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


At = tuple[tuple[Reading[T], ...], tuple[Reading[T], ...]]
"""Readings that begin at a word: single ones, and longer ones with the longest first."""
NOTHING: At[Any] = ((), ())


class Index(Generic[T]):
    """Entries by first word. Forms are worked out for the words that a text holds, not for the whole lexicon."""

    def __init__(self, items: Iterable[tuple[T, str, str]]) -> None:
        """Take items, each with its entry as written and its part of speech; see `compile_pattern`."""
        # Only the first word is looked at here. A text uses few of the entries, and compiling the rest would cost
        # more than analysing the text.
        self._items: dict[str, list[tuple[T, str, str]]] = {}
        for item in items:
            entry = item[1]
            self._items.setdefault(entry if entry.isalpha() else _head(entry), []).append(item)
        self._heads: dict[str, list[Pattern[T]]] = {}
        self._known: dict[str, At[T]] = {}
        self._next: dict[str, _Following] = {}

    def at(self, word: str) -> At[T]:
        """Return the readings that begin with a word: single ones, and longer ones with the longest first."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) > _MAX_KNOWN:
                self._known.clear()
                self._next.clear()
            known = self._known[word] = self._readings(word)
        return known

    def starts(self, words: Sequence[str], first: int, end: int) -> Iterator[tuple[int, At[T]]]:
        """Yield the tokens of a range at which any entry may begin, with its readings as `at` gives them."""
        known = self._known
        for index in range(first, end):
            found = known.get(words[index])
            if found is None:
                found = self.at(words[index])
            if found is not NOTHING:
                yield index, found

    def scan(self, words: Sequence[str], first: int, end: int) -> list[tuple[T, int, int]]:
        """Return the entries of a range from left to right, none overlapping another: item, first and last token.

        The longest entry that begins at a token wins; of single words with several readings the first does.
        """
        result: list[tuple[T, int, int]] = []
        free = first
        known, following = self._known, self._next
        for index in range(first, end):
            word = words[index]
            at = known.get(word)
            if at is None:
                at = self.at(word)
            if at is NOTHING or index < free:
                continue
            singles, longer = at
            if longer and index + 1 < end:
                # Most words that can begin an expression begin none: the word after them says so.
                ahead = following.get(word)
                if ahead is None or ahead.gapped or words[index + 1] in ahead.second:
                    found = self._longest(longer, words, index, end)
                    if found is not None:
                        free = found[1][-1] + 1
                        result.append((found[0].pattern.item, index, free - 1))
                        continue
            if singles:
                result.append((singles[0].pattern.item, index, index))
        return result

    def single(self, word: str) -> tuple[Reading[T], ...]:
        """Return the readings of a word that stands alone."""
        return self.at(word)[0]

    def longest(
        self, words: Sequence[str], index: int, end: int
    ) -> tuple[Reading[T], tuple[int, ...]] | None:
        """Return the longest reading of several words that matches at a token, with the tokens that it uses.

        Args:
            words: Lower-case tokens.
            index: Where to match.
            end: Token index that the match must not reach.
        """
        return self._longest(self.at(words[index])[1], words, index, end)

    def _longest(
        self, readings: tuple[Reading[T], ...], words: Sequence[str], index: int, end: int
    ) -> tuple[Reading[T], tuple[int, ...]] | None:
        if not readings or index + 1 >= end:
            return None
        following = self._next.get(words[index])
        if following is None:
            # Another thread may have emptied the caches since the readings were taken.
            following = self._next[words[index]] = _following(readings)
        if not following.gapped and words[index + 1] not in following.second:
            return None
        for place in following.places(words, index, end):
            reading = readings[place]
            wanted = reading.pattern.words
            if wanted[1] is not None:
                # The second word stands there in one of its forms, or the place would not be among these.
                if len(wanted) == 2:
                    return reading, (index, index + 1)
                if (
                    wanted[2] is not None
                    and reading.pattern.inflects != 2
                    and (index + 2 >= end or words[index + 2] != wanted[2])
                ):
                    continue
            used = _match(words, index, end, reading.pattern)
            if used is not None:
                return reading, used
        return None

    def _patterns(self, head: str) -> list[Pattern[T]]:
        found = self._heads.get(head)
        if found is None:
            items = self._items.get(head)
            if items is None:
                return []
            found = self._heads[head] = [compile_pattern(*item) for item in items]
        return found

    def _readings(self, word: str) -> At[T]:
        found = []
        for lemma in lemma_candidates(word):
            for pattern in self._patterns(lemma):
                if pattern.inflects != 0:
                    if lemma == word:
                        found.append(Reading(pattern, OTHER))
                    continue
                found.extend(
                    Reading(pattern, form) for form, forms in forms_of(lemma, pattern.part) if word in forms
                )
        single = tuple(reading for reading in found if len(reading.pattern.words) == 1)
        longer = [reading for reading in found if len(reading.pattern.words) > 1]
        longer.sort(key=lambda reading: -sum(1 for word in reading.pattern.words if word is not None))
        return (single, tuple(longer)) if found else NOTHING


_NO_PLACES: Sequence[int] = ()


class _Following(NamedTuple):
    """The places of readings of several words, by a word that must follow the first.

    Some hundred entries begin with "be", "in" or "as"; nearly all are ruled out by the next few tokens.

    Attributes:
        second: By the word right after, in each of its forms.
        gapped: By the word after a gap.
    """

    second: dict[str, list[int]]
    gapped: dict[str, list[int]]

    def places(self, words: Sequence[str], index: int, end: int) -> Sequence[int]:
        """Return the places of the readings that can match at a token, the longest first."""
        found = self.second.get(words[index + 1], _NO_PLACES)
        if self.gapped:
            ahead = words[index + 2 : min(end, index + 2 + MAX_GAP)]
            gapped = [place for word in set(ahead) for place in self.gapped.get(word, ())]
            if gapped:
                return sorted({*gapped, *found})
        return found


def _following(readings: Sequence[Reading[T]]) -> _Following:
    following = _Following({}, {})
    for place, reading in enumerate(readings):
        words, inflects, part = reading.pattern.words, reading.pattern.inflects, reading.pattern.part
        after = 1 + (words[1] is None)
        wanted = words[after] or ""  # no gap follows a gap
        forms = {wanted}
        if inflects == after:
            forms.update(form for _, every in forms_of(wanted, part) for form in every)
        for form in forms:
            (following.second if after == 1 else following.gapped).setdefault(form, []).append(place)
    return following


def _match(
    words: Sequence[str], index: int, end: int, pattern: Pattern[T], step: int = 1
) -> tuple[int, ...] | None:
    """Match a pattern from its word number `step` - 1, which stands at a token; return the tokens that it uses.

    A gap takes the fewest words that let the rest match, so the work is bounded by MAX_GAP to the power of MAX_GAPS.
    """
    if step == len(pattern.words):
        return (index,)
    gap = pattern.words[step] is None
    step += gap
    wanted = pattern.words[step] or ""
    for place in range(index + 1 + gap, min(end, index + 2 + gap * MAX_GAP)):
        if gap and words[place - 1] in _STOPS:
            return None
        if _fits(words[place], wanted, pattern, step):
            rest = _match(words, place, end, pattern, step + 1)
            if rest is not None:
                return (index, *rest)
    return None


def _fits(word: str, wanted: str, pattern: Pattern[T], step: int) -> bool:
    if step != pattern.inflects:
        return word == wanted
    return any(word in forms for _, forms in forms_of(wanted, pattern.part))


@lru_cache(maxsize=1 << 15)
def forms_of(lemma: str, part: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return the forms of a lemma as a part of speech, each under its name."""
    if part == "verb":
        return tuple(verb_forms(lemma).items())
    if part == "noun":
        return ((OTHER, noun_forms(lemma)),)
    if part == "adj":
        return ((OTHER, adjective_forms(lemma)),)
    return ((OTHER, frozenset(british(lemma))),)


def _head(entry: str) -> str:
    """Return the first token of an entry."""
    word = entry.split(" ", 1)[0].rstrip("*")
    return word if word.isalpha() else words_of(word)[0]


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
    inflects = _inflecting(written, entry, part)
    if _PLAIN.issuperset(entry):
        # Most entries: each written word is one token.
        return Pattern(item, tuple(None if word == GAP else word for word in written), inflects, part)
    words: list[str | None] = []
    place = -1
    for index, word in enumerate(written):
        pieces = [None] if word == GAP else list(words_of(word.rstrip("*")))
        if index == inflects:
            # A hyphenated word inflects at its end, except a verb ("about-face").
            place = len(words) + len(pieces) - 1
        words.extend(pieces)
    return Pattern(item, tuple(words), place, part)


def _inflecting(written: list[str], entry: str, part: str) -> int:
    """Return the place of the written word that inflects, -1 if none does."""
    if "*" in entry:
        return next(index for index, word in enumerate(written) if word.endswith("*"))
    if part == "noun":
        # "slap in the face" inflects before its preposition, "witch hunt" at its end.
        return next(
            (index - 1 for index, word in enumerate(written) if index and word in _PREPOSITIONS),
            len(written) - 1,
        )
    return 0 if part in PARTS else -1


_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz _")
_PREPOSITIONS = frozenset(
    {"of", "in", "for", "to", "on", "at", "with", "from", "by", "against", "under", "between", "over"}
)
