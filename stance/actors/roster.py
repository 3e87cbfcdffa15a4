"""The roster: actors, their offices and officials, and the forms by which texts mention them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from stance.language.words import tokenize
from stance.records import ActorKind, MentionKind

PRONOUNS = ("he", "she", "they")


@dataclass(frozen=True, slots=True)
class Office:
    """Who holds an office when: `start` inclusive, `end` exclusive, None for still in office."""

    title: str
    state: str
    start: dt.date
    end: dt.date | None


@dataclass(frozen=True, slots=True)
class Actor:
    """A roster entry; `home` is set for the state whose press is read, which "our country" means there."""

    id: str
    name: str
    kind: ActorKind
    surname: str = ""
    given: frozenset[str] = frozenset()
    family: frozenset[str] = frozenset()
    parent: str = ""
    offices: tuple[Office, ...] = ()
    pronoun: str = ""
    home: bool = False

    def held(self, title: str, date: dt.date) -> Office | None:
        """Return the office of that title that the actor held on a day, if any."""
        for office in self.offices:
            if office.title == title and office.start <= date and (office.end is None or date < office.end):
                return office
        return None


@dataclass(frozen=True, slots=True)
class Term:
    """When somebody was an official of an actor: `start` inclusive, `end` exclusive, None for still."""

    actor: str
    start: dt.date
    end: dt.date | None

    def meets(self, start: dt.date, end: dt.date | None) -> bool:
        """Whether it shares a day with another stretch of time, `end` exclusive."""
        return (end is None or self.start < end) and (self.end is None or start < self.end)


@dataclass(frozen=True, slots=True)
class Form:
    """A matched form: whom it mentions and how. An exclusion has no hits; an official's name has terms."""

    words: tuple[str, ...]
    hits: tuple[tuple[str, MentionKind], ...]
    surname_of: str = ""
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Roster:
    """All actors, and their forms by first word, longest first."""

    actors: tuple[Actor, ...]
    index: dict[str, tuple[Form, ...]]
    path: str = ""
    _by_id: dict[str, Actor] = field(default_factory=dict, init=False, repr=False, compare=False)
    _by_words: dict[tuple[str, ...], Form] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _lengths: dict[str, tuple[int, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._by_id.update((actor.id, actor) for actor in self.actors)
        for first, forms in self.index.items():
            self._by_words.update((form.words, form) for form in forms)
            self._lengths[first] = tuple(sorted({len(form.words) for form in forms}, reverse=True))

    def actor(self, id: str) -> Actor:  # noqa: A002 - the name of the contract's field
        """Return the actor of an id.

        Raises:
            KeyError: There is no such actor.
        """
        return self._by_id[id]

    def longest(self, words: Sequence[str], index: int, end: int) -> Form | None:
        """Return the longest form that begins at a word and ends before another, or None.

        Args:
            words: The words of a text with their capitals, as `surface_words` makes them.
            index: Where to match.
            end: Index that the match must not reach.
        """
        for length in self._lengths.get(words[index], ()):
            if index + length <= end:
                form = self._by_words.get(tuple(words[index : index + length]))
                if form is not None:
                    return form
        return None

    @property
    def beginnings(self) -> frozenset[str]:
        """The first words of all forms."""
        return frozenset(self._lengths)

    @property
    def ids(self) -> tuple[str, ...]:
        """The actors' ids in roster order."""
        return tuple(actor.id for actor in self.actors)

    @property
    def kinds(self) -> dict[str, ActorKind]:
        """Each actor's kind."""
        return {actor.id: actor.kind for actor in self.actors}


def surface_words(phrase: str) -> tuple[str, ...]:
    """Return a form's words with their capitals and straight apostrophes, as mentions are matched."""
    return tuple(word.replace("’", "'") for word in tokenize(phrase).surface)
