"""Words of scored sentences: which go with an actor in one group of articles, and which a lexicon lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from stance.errors import UsageError
from stance.framing.masking import FUNCTION_WORDS
from stance.language.lexicon import Lexicon
from stance.language.words import tokenize
from stance.records import Label
from stance.study.keyness import CERTAIN, Key, count_words, keyness
from stance.study.scores_file import ScoreRow

FEWEST = 3  # times that a word has to stand in a group
_SHORTEST = 3  # letters
_EXAMPLE = 120  # characters


class Proposal(NamedTuple):
    """A word that the lexicon lacks and that goes with an actor's negative or positive sentences."""

    key: Key
    label: Label
    example: str


def words_of(row: ScoreRow) -> Iterator[str]:
    """Yield the words of a row's sentence that may say something: in lower case, without names and function words.

    A capital tells a name, but for a sentence's first word, of which it says nothing and which is left out as well. The
    words that mention the actor say nothing of him.
    """
    tokens = tokenize(row.sentence)
    mention = set(tokenize(row.mention).lower)
    for index, word in enumerate(tokens.lower):
        if len(word) < _SHORTEST or not word.isalpha() or word in FUNCTION_WORDS or word in mention:
            continue
        if not tokens.surface[index][0].isupper():
            yield word


def compare_words(
    rows: Iterable[ScoreRow], *, by: str, first: str, second: str | None = None, actor: str | None = None
) -> list[Key]:
    """Return which words go with an actor in one group of articles more than in another.

    Args:
        rows: Scores.
        by: The column that tells the groups, such as `source`.
        first: Its value in the first group.
        second: Its value in the second; everything else if None.
        actor: Whose sentences; all if None. A sentence counts once, however many of its actors are asked for.

    Raises:
        UsageError: There is no such column, or nothing in one of the groups.
    """
    groups: tuple[list[list[str]], list[list[str]]] = ([], [])
    seen: set[tuple[str, str]] = set()
    values: dict[str, None] = {}
    for row in rows:
        if by not in row.columns:
            raise UsageError(f"--by {by}: no such column; there are {', '.join(row.columns)}")
        value = row.columns[by]
        if len(values) < 20:
            values[value] = None
        if (actor is not None and row.actor != actor) or (row.doc, row.sentence_id) in seen:
            continue
        place = 0 if value == first else 1 if second is None or value == second else None
        if place is not None:
            seen.add((row.doc, row.sentence_id))
            groups[place].append(list(words_of(row)))
    for name, group in (("--first", groups[0]), ("--second", groups[1])):
        if not group:
            there = ", ".join(map(repr, values)) or "none"
            raise UsageError(f"{name}: no sentence in this group; values of {by} are {there}")
    found = keyness(count_words(groups[0]), count_words(groups[1]))
    return [key for key in found if max(key.first, key.second) >= FEWEST]


def propose(rows: Iterable[ScoreRow], lexicon: Lexicon, *, actor: str | None = None) -> list[Proposal]:
    """Return words that go with negative or with positive sentences and that the lexicon lacks, for a person to decide.

    Args:
        rows: Scores.
        lexicon: The lexicon; a word in any form of one of its entries, or of the first word of an expression, is known.
        actor: Whose sentences; all actors' if None.

    Returns:
        Those whose z is at least 1.96, the strongest first. As many words are asked about at once, some of them are chance.
    """
    by_label: dict[str, list[list[str]]] = {label.word: [] for label in Label}
    examples: dict[tuple[str, str], str] = {}
    for row in rows:
        if (actor is not None and row.actor != actor) or row.label not in by_label:
            continue
        words = list(words_of(row))
        by_label[row.label].append(words)
        for word in words:
            examples.setdefault((row.label, word), row.sentence)
    counts = {label: count_words(group) for label, group in by_label.items()}
    found = []
    for label in (Label.NEGATIVE, Label.POSITIVE):
        rest = count_words(
            words for other, group in by_label.items() if other != label.word for words in group
        )
        for key in keyness(counts[label.word], rest):
            if key.z < CERTAIN:
                break
            if key.first >= FEWEST and not _known(key.word, lexicon):
                example = " ".join(examples[label.word, key.word].split())
                found.append(Proposal(key, label, example[:_EXAMPLE]))
    found.sort(key=lambda one: (-one.key.z, one.key.word))
    return found


def _known(word: str, lexicon: Lexicon) -> bool:
    return any(any(index.at(word)) for index in (lexicon.evaluative, lexicon.modifying, lexicon.reporting))


def strongest(keys: Sequence[Key], number: int) -> tuple[list[Key], list[Key]]:
    """Return the words that go most with the first group, and those that go most with the second."""
    first = [key for key in keys if key.z > 0][:number]
    second = [key for key in reversed(keys) if key.z < 0][:number]
    return first, second
