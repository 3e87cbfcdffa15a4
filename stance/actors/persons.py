"""The persons whom a text names, those of the roster and all others: where, who is who, and which pronoun means them.

A person is told by a surname: "Gen. Barry McCaffrey", "Barry McCaffrey" and "McCaffrey" are one. Names are found by a
title or a given name before them, and surnames by standing once at the end of a full name and once alone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from typing import NamedTuple

from stance.actors.mentions import Found
from stance.actors.roster import Roster
from stance.language.speakers import DAYS, MONTHS
from stance.language.words import Tokens, word_set
from stance.records import ActorKind, Mention, MentionKind, Sentence

_TITLES = {
    **dict.fromkeys(word_set("mr sir king prince congressman chairman lord"), "he"),
    **dict.fromkeys(word_set("mrs ms miss queen princess lady congresswoman chairwoman dame"), "she"),
    **dict.fromkeys(
        word_set(
            """dr sen rep gov gen col adm lt sgt judge justice senator representative governor mayor secretary general
            president chancellor minister ambassador pope director speaker professor attorney reverend chief"""
        ),
        "",
    ),
}
_PERSONAL = frozenset({MentionKind.NAME, MentionKind.ALIAS, MentionKind.ROLE})
# A person after one of these is no subject.
_BEFORE_OBJECT = word_set(
    """of for to with by from against about on over under like than and or between toward towards into at via
    after before during since without behind"""
)
_POSSESSIVE = word_set("'s ' ’")
_ARTICLES = word_set("the a an this that these those in at on")
# "The Anne Frank Center", "the George Bush Library": named after a person.
_THINGS = word_set(
    """center centre foundation university institute college school street avenue library museum hospital airport
    act award prize fund house party committee company bridge stadium theater theatre tower show report
    administration campaign"""
)
_OFFICES = word_set(
    """state defense defence treasury security officials official secretary adviser advisor spokesman spokeswoman leader
    diplomats ministry department force nations"""
)
# Nouns for a person, with which a text goes on about somebody whom it has named.
DESCRIBED = word_set(
    """congressman congresswoman lawmaker senator republican democrat general judge justice minister governor mayor
    ambassador secretary director chairman chairwoman spokesman spokeswoman lawyer professor author activist diplomat
    officer billionaire candidate nominee businessman actor singer host analyst strategist economist"""
)
# Those that only an apposition gives a name to: "the reporter" is mostly nobody who has one.
_CALLED = DESCRIBED | word_set(
    """spokesperson attorney historian scientist scholar journalist reporter correspondent columnist editor commentator
    adviser advisor aide expert fellow researcher president prosecutor commander soldier veteran owner founder"""
)
# Words that pages run together with names: "William Hennessy Image caption".
_CAPTIONS = word_set("image photo caption copyright read watch advertisement more getty reuters ap afp")
_APPOSITIONS = (["a"], ["an"], ["the"], ["who"])
_MOST_APPOSITION = 7  # tokens
# Words with a capital that end a run of capitals and stand alone, and are nobody's surname.
_NO_SURNAMES = (
    DAYS
    | MONTHS
    | word_set(
        """democrats republicans democrat republican democratic gop conservatives liberals libertarians independents
        americans europeans africans asians latinos hispanics muslims muslim christians christian jews jewish catholics
        catholic image photo photos video sen rep gov gen mr mrs ms dr opinion analysis advertisement more house senate
        congress court committee president senator governor secretary minister chairman university circuit amendment
        obamacare medicare medicaid nafta nato brexit qaeda daca covid coronavirus internet twitter facebook google
        instagram youtube cnn fox msnbc nbc cbs abc bbc npr news times post journal daily radio sign enlarge watch read
        here this these those but one all despite what when while after more letter mission inc corp ceo aclu uscis
        state states city county east west north south bank street wall"""
    )
) - {"may"}  # as in Theresa May
_MOST_NAMES = 3  # after a given name: "Ruth Bader Ginsburg"


class Person(NamedTuple):
    """A person named in a sentence.

    Attributes:
        token, last: The name's tokens, inclusive.
        key: Who it is, the same at every place: an actor of the roster, or a surname after `~`.
        actor: The roster's actor; empty for anybody else.
        subject: Whether the name stands as a subject may.
    """

    token: int
    last: int
    key: str
    actor: str
    subject: bool


class Reading(NamedTuple):
    """A sentence as it was read: its tokens, `end` exclusive, the persons named in it, and where these or pronouns stand."""

    sentence: Sentence
    first: int
    end: int
    persons: list[Person]
    places: list[int]


class Naming(NamedTuple):
    """What tells persons apart: the roster, given names with the pronoun that means who bears each, and names of places.

    Places are in small letters.
    """

    roster: Roster
    given_names: Mapping[str, str]
    places: frozenset[str] = frozenset()


class Persons:
    """All persons of an article.

    Args:
        tokens: The article's tokens.
        found: Mentions by name and office, and all forms.
        naming: What tells persons apart.
    """

    def __init__(self, tokens: Tokens, found: Found, naming: Naming) -> None:
        roster = naming.roster
        self._tokens = tokens
        self._given = naming.given_names
        self._kinds = roster.kinds
        self._by_token: dict[int, Mention] = {}
        for mention in found.mentions:
            self._by_token.setdefault(bisect_left(tokens.starts, mention.start), mention)
        self._officials = dict(found.officials)
        self._surnames = _surnames(tokens, found, naming.places)
        self._by_given: dict[str, str] = {}  # whom a given name alone means, once his full name was read
        self._pronouns = {actor.id: actor.pronoun or "" for actor in roster.actors}

    def pronoun(self, key: str) -> str:
        """Return `he`, `she` or `they` for a person, empty where the text has not told."""
        return self._pronouns.get(key, "")

    def among(self, first: int, end: int) -> list[Person]:
        """Return the persons named among tokens, `end` exclusive, in order; read an article from its beginning."""
        persons: list[Person] = []
        token = first
        while token < end:
            mention = self._by_token.get(token)
            official = self._officials.get(token)
            # Somebody's official may be in the roster himself.
            acts = mention is not None and self._kinds[mention.actor] is ActorKind.PERSON
            if official is not None and not acts:
                persons.append(self._official(token, official, first))
                token = official + 1
                continue
            if mention is not None:
                last = max(token, bisect_left(self._tokens.starts, mention.end) - 1)
                if self._kinds[mention.actor] is ActorKind.PERSON and mention.kind in _PERSONAL:
                    persons.append(self._person(token, last, mention.actor, mention.actor, first))
                elif mention.kind is MentionKind.OFFICIAL and self._is_named(last):
                    # "Vladimir Putin", not "Russian officials" nor "the Secretary of State".
                    persons.append(self._official(token, last, first))
                token = last + 1
                continue
            last_of_other = self._other(token, end)
            if last_of_other is not None:
                name = self._tokens.lower[last_of_other]
                key = f"~{name}" if name in self._surnames else self._by_given[name]
                persons.append(self._person(token, last_of_other, key, "", first))
                token = last_of_other
            token += 1
        return persons

    def _is_named(self, last: int) -> bool:
        word = self._tokens.lower[last]
        return self._tokens.surface[last][:1].isupper() and word not in _OFFICES and word not in _TITLES

    def _official(self, token: int, last: int, first: int) -> Person:
        key = f"~{self._tokens.lower[last]}"
        self._learn(key, token, last)
        return self._person(token, last, key, "", first)

    def _other(self, token: int, end: int) -> int | None:
        """Return the last token of another person's name that begins here, or None."""
        surface, lower = self._tokens.surface, self._tokens.lower
        word = surface[token]
        if not word[:1].isupper():
            return None
        if lower[token] not in _TITLES and word not in self._given:
            return token if lower[token] in self._surnames else None
        pronoun, after = self._opening(token, end)
        if after < end and len(surface[after]) == 1 and surface[after].isupper():
            after += 1 + (after + 1 < end and lower[after + 1] == ".")
        last = after - 1
        while last - after + 1 < _MOST_NAMES and self._is_name(last + 1, end):
            last += 1
        if last < after:
            # "Angela said": a given name alone is a person only where the text has the full name.
            return token if lower[token] in self._surnames or lower[token] in self._by_given else None
        if lower[last] in _THINGS:
            return None
        key = f"~{lower[last]}"
        self._surnames.add(lower[last])
        if word in self._given:
            self._by_given.setdefault(lower[token], key)
        if pronoun:
            self._pronouns.setdefault(key, pronoun)
        return last

    def _opening(self, token: int, end: int) -> tuple[str, int]:
        """Return the pronoun that a title or a given name tells, and the token after both."""
        surface, lower = self._tokens.surface, self._tokens.lower
        after = token + 1
        if lower[token] not in _TITLES:
            return self._given[surface[token]], after
        pronoun = _TITLES[lower[token]]
        if after < end and lower[after] == ".":
            after += 1
        if after < end and surface[after] in self._given and self._is_name(after + 1, end):
            return pronoun or self._given[surface[after]], after + 1
        return pronoun, after

    def _learn(self, key: str, first: int, last: int) -> None:
        """Note which pronoun means an official, from the given name in the form."""
        for place in range(first, last):
            pronoun = self._given.get(self._tokens.surface[place]) or _TITLES.get(self._tokens.lower[place])
            if pronoun:
                self._pronouns.setdefault(key, pronoun)

    def _is_name(self, token: int, end: int) -> bool:
        if token >= end or token in self._by_token:
            return False
        word = self._tokens.surface[token]
        if word.lower() in _CAPTIONS:
            return False
        return word[:1].isupper() and word.isalpha() and not (len(word) > 1 and word.isupper())

    def _person(self, token: int, last: int, key: str, actor: str, first: int) -> Person:
        lower = self._tokens.lower
        place = token - 1
        while place >= first and (lower[place] in _TITLES or lower[place] == "."):
            place -= 1
        after = lower[last + 1] if last + 1 < len(lower) else ""
        subject = after not in _POSSESSIVE and (place < first or lower[place] not in _BEFORE_OBJECT)
        return Person(token, last, key, actor, subject)


def _surnames(tokens: Tokens, found: Found, places: frozenset[str]) -> set[str]:
    """Return words that are probably surnames: the end of a name in full, and elsewhere a name by themselves."""
    taken = {token for first, last in found.forms for token in range(first, last + 1)}
    full = {tokens.lower[last] for first, last in found.officials if last > first}
    described = _described(tokens, taken)
    alone: set[str] = set()
    # A word that the text writes small elsewhere is no name, whatever its capital at a sentence's beginning.
    common = {word for word in tokens.surface if word[0].islower()}
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
    return ((full & alone) | described) - common - _NO_SURNAMES - places


def _described(tokens: Tokens, taken: set[int]) -> set[str]:
    """Return surnames of names in full that an apposition calls a person: "Ladd Everitt, a spokesman for"."""
    surface, lower = tokens.surface, tokens.lower
    found: set[str] = set()
    for comma, word in enumerate(lower):
        if word != "," or comma < 2 or lower[comma + 1 : comma + 2] not in _APPOSITIONS:
            continue
        first, last = comma - 2, comma - 1
        if {first, last} & taken or not all(_like_a_name(surface[place]) for place in (first, last)):
            continue
        stop = comma + 2 + _MOST_APPOSITION
        if any(noun in _CALLED for noun in lower[comma + 2 : stop]):
            found.add(lower[last])
    return found


def _like_a_name(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and word.isalpha() and not word.isupper()
