"""Where "it" and "its" mean a state; precision before recall. "They" is too often people of whom the text says no more.

A state that was named shortly before in the same sentence, with nothing between that the pronoun could mean as well.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from stance.actors.roster import Roster
from stance.language.inflection import looks_plural
from stance.language.words import Tokens, word_set
from stance.records import ActorKind, Mention, MentionKind, Quotation, QuotationKind, Rule, Sentence

_SINGULAR = word_set("it its itself")
_OWN = frozenset({MentionKind.NAME, MentionKind.ALIAS, MentionKind.METONYM})
_NEAR = 3
_REACH = 9  # tokens
# "It is clear that", "it was he who": nothing is meant.
_EMPTY = word_set("is was 's seems seemed appears appeared takes took becomes became remains remained")
_ARTICLES = word_set("the a an this that these those another each every any some no its their his her")
_GOVERNING = word_set("of in at for from to with by on against about between and or like than over into near")


def find_state_pronouns(
    tokens: Tokens,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    quotations: Sequence[Quotation],
    roster: Roster,
) -> tuple[Mention, ...]:
    """Find pronouns that mean a state of the roster.

    Args:
        tokens: The article's tokens.
        sentences: Its sentences, in order.
        mentions: Mentions by name, in order.
        quotations: Its quotations; a pronoun in marks does not mean whom the narrator has named, nor the other way round.
        roster: The actors.

    Returns:
        Mentions of kind pronoun with their antecedents, in order.
    """
    named: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        named[mention.sentence].append(mention)
    marks = [(one.start, one.end) for one in quotations if one.kind is not QuotationKind.INDIRECT]
    finder = _Finder(tokens, roster, marks)
    found: list[Mention] = []
    for sentence in sentences:
        if sentence.speaks and sentence.id in named:
            found.extend(finder.within(sentence, named[sentence.id]))
    return tuple(sorted(set(found), key=lambda mention: mention.start))


class _Finder:
    """The search in one article."""

    def __init__(
        self,
        tokens: Tokens,
        roster: Roster,
        marks: Sequence[tuple[int, int]],
    ) -> None:
        self._tokens = tokens
        self._roster = roster
        self._marks = marks
        self._mark_starts = [start for start, _ in marks]

    def within(self, sentence: Sentence, named: Sequence[Mention]) -> list[Mention]:
        """Return the pronouns after a state in its own sentence."""
        lower = self._tokens.lower
        first, end = self._tokens.between(sentence.start, sentence.end)
        found: list[Mention] = []
        for mention in named:
            if self._roster.kinds[mention.actor] is not ActorKind.STATE or mention.kind not in _OWN:
                continue
            begin, after = self._tokens.between(mention.start, mention.end)
            if begin > first and lower[begin - 1] in _GOVERNING:
                continue
            limit = min(end, after + _REACH)
            place = after
            while place < limit:
                # "The United States see their leadership slipping away": a state that opens the sentence.
                plural = lower[place] == "their" and begin <= first + 1 and place - after <= _NEAR
                if lower[place] in _SINGULAR or plural:
                    if self._is_barred(place, end, mention):
                        break
                    found.append(self._mention(place, mention, sentence))
                    limit = min(end, place + _REACH)  # "Russia says it will keep its bases"
                elif self._competes(place, after):
                    break
                place += 1
        return found

    def _competes(self, place: int, after: int) -> bool:
        """Whether a word between a state and a pronoun may be what the pronoun means."""
        word, surface = self._tokens.lower[place], self._tokens.surface[place]
        if surface[0].isupper() or word in {";", ":", '"', "“", "”", "-"}:
            return True
        if place == after and word == "'s":
            return False
        return word in _ARTICLES or (place > after and len(word) > _SHORT and looks_plural(word))

    def _is_barred(self, place: int, end: int, mention: Mention) -> bool:
        lower = self._tokens.lower
        after = lower[place + 1] if place + 1 < end else ""
        if lower[place] == "it" and after in _EMPTY:
            return True
        return self._mark(self._tokens.starts[place]) != self._mark(mention.start)

    def _mark(self, start: int) -> int:
        """Return which words in marks a place is among, -1 for none."""
        number = bisect_left(self._mark_starts, start + 1) - 1
        return number if number >= 0 and start < self._marks[number][1] else -1

    def _mention(self, place: int, antecedent: Mention, sentence: Sentence) -> Mention:
        return Mention(
            antecedent.actor,
            self._tokens.starts[place],
            self._tokens.ends[place],
            sentence.id,
            MentionKind.PRONOUN,
            (antecedent.start, antecedent.end),
            Rule.HERE,
        )


_SHORT = 3
