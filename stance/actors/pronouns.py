"""Whom "he" and "she" mean, where it is plain; precision before recall.

Deterministic, in the way of sieves (Lee et al. 2011): the one person before the pronoun in its sentence, or else the
subject of the sentence before. Wherever another person could be meant, nobody is. Inside quotation marks "I" is the
speaker, and "he" is not.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from stance.actors.mentions import Found
from stance.actors.roster import Roster
from stance.language.words import Tokens, word_set
from stance.records import ActorKind, Mention, MentionKind, Quotation, QuotationKind, Sentence

_THIRD = {
    "he": word_set("he him his himself"),
    "she": word_set("she her hers herself"),
    "they": word_set("they them their theirs themselves"),
}
_POSSESSORS = word_set("his her their")
_FIRST = word_set("i me my mine myself i'm i've i'll i'd")
_TITLES = word_set(
    """mr mrs ms miss dr sen rep gov gen col adm lt sgt judge justice senator representative congressman congresswoman
    governor mayor secretary general president chancellor minister ambassador king queen prince pope director
    chairman chairwoman speaker professor attorney reverend sir lady chief"""
)
_PERSONAL = frozenset({MentionKind.NAME, MentionKind.ALIAS, MentionKind.ROLE})
# A person after one of these is no subject.
_BEFORE_OBJECT = word_set(
    """of for to with by from against about on over under like than and or between toward towards into at via
    after before during since without behind"""
)
_POSSESSIVE = word_set("'s ' ’")
_ARTICLES = word_set("the a an this that these those in at on")
_REACH = 2  # sentences back to look for a subject
_OTHER = ""


class Person(NamedTuple):
    """A person named in a text: where, and which roster actor; empty if none of the roster's."""

    token: int
    actor: str
    subject: bool


class _Subject(NamedTuple):
    """Whom a sentence leaves in mind: the actor, empty for somebody else, and where."""

    actor: str
    sentence: int
    paragraph: int


def find_pronouns(
    tokens: Tokens,
    sentences: Sequence[Sentence],
    found: Found,
    quotations: Sequence[Quotation],
    roster: Roster,
    given_names: frozenset[str],
) -> tuple[Mention, ...]:
    """Find the pronouns that mention persons of the roster.

    Args:
        tokens: The article's tokens.
        sentences: Its sentences, in order.
        found: Mentions by name and office, and all forms.
        quotations: The article's quotations, in order.
        roster: The actors; only persons with `pronoun` are looked for.
        given_names: First names, which tell other persons.

    Returns:
        Mentions of kind pronoun, in order.
    """
    finder = _Finder(tokens, found, quotations, roster, given_names)
    for sentence in sentences:
        finder.look_at(sentence)
    return tuple(finder.found)


def _surnames(tokens: Tokens, forms: Sequence[tuple[int, int]]) -> set[str]:
    """Return words that are probably surnames: the end of a name in full, and elsewhere a name by themselves."""
    taken = {token for first, last in forms for token in range(first, last + 1)}
    full: set[str] = set()
    alone: set[str] = set()
    common: set[str] = set()
    for token, word in enumerate(tokens.surface):
        if not (word[0].isupper() and word.isalpha() and len(word) > 2) or token in taken:
            continue
        before = tokens.surface[token - 1] if token else "."
        after = tokens.surface[token + 1] if token + 1 < len(tokens) else "."
        if before[0].isupper() and before.isalpha() and token - 1 not in taken:
            full.add(tokens.lower[token])
        elif before.lower() in _ARTICLES:
            common.add(tokens.lower[token])
        elif not after[0].isupper():
            alone.add(tokens.lower[token])
    return (full & alone) - common


class _Finder:
    """The pass over an article."""

    def __init__(
        self,
        tokens: Tokens,
        found: Found,
        quotations: Sequence[Quotation],
        roster: Roster,
        given_names: frozenset[str],
    ) -> None:
        self._tokens = tokens
        self._given = given_names
        self._kinds = roster.kinds
        self._pronoun = {actor.id: actor.pronoun for actor in roster.actors if actor.pronoun}
        self._by_token: dict[int, Mention] = {}
        for mention in found.mentions:
            self._by_token.setdefault(bisect_left(tokens.starts, mention.start), mention)
        self._marked = [quotation for quotation in quotations if quotation.kind is not QuotationKind.INDIRECT]
        self._quote_starts = [quotation.start for quotation in self._marked]
        self._others = _surnames(tokens, found.forms)
        self._last: _Subject | None = None
        self.found: list[Mention] = []

    def look_at(self, sentence: Sentence) -> None:
        """Find the pronouns of a sentence, and note whom it leaves in mind."""
        if not sentence.speaks:
            return
        first, end = self._tokens.between(sentence.start, sentence.end)
        persons = self._persons(first, end)
        subject = any(person.subject for person in persons)
        meant: str | None = None
        before: set[str] = set()
        passed = 0
        for token in range(first, end):
            while passed < len(persons) and persons[passed].token < token:
                before.add(persons[passed].actor)
                passed += 1
            word = self._tokens.lower[token]
            quotation = self._quotation(self._tokens.starts[token])
            if word in _FIRST:
                self._first_person(token, quotation, sentence)
                continue
            gender = next((name for name, words in _THIRD.items() if word in words), None)
            if gender is None:
                continue
            ahead = subject and word in _POSSESSORS
            actor = meant if meant and not before else self._antecedent(before, sentence, ahead=ahead)
            if actor is None or self._pronoun.get(actor) != gender:
                continue
            if quotation is not None and quotation.speaker and quotation.speaker.actor == actor:
                continue
            meant = actor
            self._add(token, actor, sentence)
        self._note(persons, meant, sentence)

    def _first_person(self, token: int, quotation: Quotation | None, sentence: Sentence) -> None:
        if quotation is None or quotation.speaker is None or quotation.speaker.actor is None:
            return
        actor = quotation.speaker.actor
        if self._kinds.get(actor) is ActorKind.PERSON:
            self._add(token, actor, sentence)

    def _add(self, token: int, actor: str, sentence: Sentence) -> None:
        start, end = self._tokens.starts[token], self._tokens.ends[token]
        self.found.append(Mention(actor, start, end, sentence.id, MentionKind.PRONOUN))

    def _quotation(self, start: int) -> Quotation | None:
        place = bisect_right(self._quote_starts, start) - 1
        if place >= 0 and start < self._marked[place].end:
            return self._marked[place]
        return None

    def _antecedent(self, before: set[str], sentence: Sentence, *, ahead: bool) -> str | None:
        """Return the actor whom a pronoun means, or None where it is somebody else or not plain.

        Args:
            before: The persons before it in its sentence.
            sentence: The sentence.
            ahead: Whether it may point ahead: "During his time in Finland, the minister ...".
        """
        if before:
            # "Trump said he would": the only person so far. Two are one too many to tell.
            return next(iter(before)) or None if len(before) == 1 else None
        if ahead:
            return None
        last = self._last
        if last is None or sentence.id - last.sentence > _REACH or sentence.paragraph - last.paragraph > 1:
            return None
        return last.actor or None

    def _note(self, persons: Sequence[Person], meant: str | None, sentence: Sentence) -> None:
        # Whoever speaks is who stays in mind, not those of whom he spoke.
        starts = self._tokens.starts
        persons = [person for person in persons if self._quotation(starts[person.token]) is None] or persons
        if persons:
            actors = {person.actor for person in persons}
            subject = next((person for person in persons if person.subject), persons[0])
            # Several persons, none of them the plain subject: the next "he" could be any.
            plain = len(actors) == 1 or subject.subject
            self._last = _Subject(subject.actor if plain else _OTHER, sentence.id, sentence.paragraph)
        elif meant is not None:
            self._last = _Subject(meant, sentence.id, sentence.paragraph)

    def _persons(self, first: int, end: int) -> list[Person]:
        persons: list[Person] = []
        token = first
        while token < end:
            mention = self._by_token.get(token)
            if mention is not None:
                last = max(token, bisect_left(self._tokens.starts, mention.end) - 1)
                if self._kinds[mention.actor] is ActorKind.PERSON and mention.kind in _PERSONAL:
                    persons.append(self._person(token, last, mention.actor, first))
                elif mention.kind is MentionKind.OFFICIAL:
                    persons.append(self._person(token, last, _OTHER, first))
                token = last + 1
                continue
            other = self._other_person(token, end)
            if other is not None:
                persons.append(self._person(token, other, _OTHER, first))
                token = other
            token += 1
        return persons

    def _person(self, token: int, last: int, actor: str, first: int) -> Person:
        lower = self._tokens.lower
        place = token - 1
        while place >= first and (lower[place] in _TITLES or lower[place] == "."):
            place -= 1
        after = lower[last + 1] if last + 1 < len(lower) else ""
        subject = after not in _POSSESSIVE and (place < first or lower[place] not in _BEFORE_OBJECT)
        return Person(token, actor, subject)

    def _other_person(self, token: int, end: int) -> int | None:
        """Return the last token of another person's name that begins here, or None."""
        surface, lower = self._tokens.surface, self._tokens.lower
        word = surface[token]
        if not word[:1].isupper():
            return None
        if lower[token] in self._others:
            return token
        after = token + 1
        if lower[token] in _TITLES:
            if after < end and lower[after] == ".":
                after += 1
        elif word not in self._given:
            return None
        if after < end and len(surface[after]) == 1 and surface[after].isupper():
            after += 1 + (after + 1 < end and lower[after + 1] == ".")
        if (
            after < end
            and surface[after][:1].isupper()
            and after not in self._by_token
            and surface[after].isalpha()
        ):
            self._others.add(lower[after])
            return after
        return None
