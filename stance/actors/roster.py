"""The roster: actors, their forms, offices and exclusions, checked and compiled for one pass over a text."""

import datetime as dt
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from stance.errors import RosterError
from stance.language.words import tokenize
from stance.records import ActorKind, MentionKind

SCHEMA = "stance.roster/1"
_FORM_KINDS = frozenset(MentionKind) - {MentionKind.PRONOUN, MentionKind.ROLE} | {"exclude"}
_KEYS = frozenset({"schema", "actor"})
_ACTOR_KEYS = frozenset(
    {
        "id",
        "name",
        "kind",
        "forms",
        "office",
        "official",
        "given",
        "family",
        "surname",
        "parent",
        "pronoun",
        "home",
    }
)
_OFFICIAL_KEYS = frozenset({"names", "office", "from", "until"})
_OFFICE_KEYS = frozenset({"title", "state", "from", "until"})
_MAX_FORMS = 200_000
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


def load_roster(path: Path) -> Roster:
    """Read and check a roster in TOML.

    Raises:
        RosterError: The file is missing, no TOML, or breaks the format; the message names file and entry.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RosterError(f"{path}: no such roster; check the path") from None
    except (OSError, UnicodeDecodeError) as error:
        raise RosterError(f"{path}: the roster cannot be read ({error}); give a UTF-8 TOML file") from None
    except (ValueError, RecursionError) as error:  # a TOMLDecodeError, or a number of thousands of digits
        raise RosterError(f"{path}: the roster is no valid TOML ({error})") from None
    return parse_roster(data, str(path))


def parse_roster(data: dict[str, Any], path: str = "roster") -> Roster:
    """Check the tables of a roster and compile them.

    Raises:
        RosterError: As `load_roster`.
    """
    if data.get("schema") != SCHEMA:
        raise RosterError(f'{path}: no `schema = "{SCHEMA}"` at the top; this stance reads no other')
    _refuse_unknown(data, _KEYS, path)
    entries = data.get("actor")
    if not isinstance(entries, list) or not entries:
        raise RosterError(f"{path}: no [[actor]] in the roster; give at least one")
    actors = tuple(_actor(entry, number, path) for number, entry in enumerate(entries, start=1))
    ids: set[str] = set()
    for actor in actors:
        if actor.id in ids:
            raise RosterError(f"{path}: two actors have the id {actor.id!r}; ids must differ")
        ids.add(actor.id)
    for actor in actors:
        if actor.parent and actor.parent not in ids:
            raise RosterError(f"{path}: actor {actor.id!r} has the unknown parent {actor.parent!r}")
    if sum(actor.home for actor in actors) > 1:
        raise RosterError(f"{path}: more than one actor has `home = true`; keep one")
    _refuse_rivals(actors, path)
    return Roster(actors, _compile(actors, entries, path), path)


def _refuse_unknown(table: dict[str, Any], known: frozenset[str], where: str) -> None:
    unknown = sorted(set(table) - known)
    if unknown:
        raise RosterError(f"{where}: unknown key {unknown[0]!r}; known are {', '.join(sorted(known))}")


def _refuse_rivals(actors: tuple[Actor, ...], path: str) -> None:
    """Refuse two holders of one office at a time: "the president" would be either."""
    terms = sorted(
        ((office.title, office.state, office.start, office.end or dt.date.max), actor.id)
        for actor in actors
        for office in actor.offices
    )
    for (earlier, holder), (later, other) in pairwise(terms):
        if earlier[:2] == later[:2] and later[2] < earlier[3]:
            raise RosterError(
                f"{path}: {holder!r} and {other!r} both hold the office {later[0]!r} on {later[2]}; mend the dates"
            )


def _strings(entry: dict[str, Any], key: str, where: str) -> list[str]:
    value = entry.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise RosterError(f"{where}: `{key}` must be a list of words in quotation marks")
    return value


def _actor(entry: Any, number: int, path: str) -> Actor:
    where = f"{path}: actor {number}"
    if not isinstance(entry, dict):
        raise RosterError(f"{where}: write [[actor]] with double brackets")
    id_, name = entry.get("id"), entry.get("name")
    if not isinstance(id_, str) or not id_ or not id_.isprintable() or len(id_) > 64:
        raise RosterError(f"{where}: needs an `id` of 1 to 64 printable characters")
    where = f"{path}: actor {id_!r}"
    if not isinstance(name, str) or not name:
        raise RosterError(f"{where}: needs a `name`")
    _refuse_unknown(entry, _ACTOR_KEYS, where)
    kind = entry.get("kind")
    if not isinstance(kind, str) or kind not in frozenset(ActorKind):
        raise RosterError(f"{where}: `kind` must be person or state")
    surname, parent = entry.get("surname", ""), entry.get("parent", "")
    if not isinstance(surname, str) or not isinstance(parent, str):
        raise RosterError(f"{where}: `surname` and `parent` are words in quotation marks")
    return Actor(
        id=id_,
        name=name,
        kind=ActorKind(kind),
        surname=surname,
        given=frozenset(word for phrase in _strings(entry, "given", where) for word in surface_words(phrase)),
        family=frozenset(_strings(entry, "family", where)),
        parent=parent,
        offices=_offices(entry.get("office", []), where),
        pronoun=_pronoun(entry.get("pronoun", ""), kind, where),
        home=_home(entry.get("home", False), kind, where),
    )


def _home(value: Any, kind: str, where: str) -> bool:
    if not isinstance(value, bool) or (value and kind != ActorKind.STATE):
        raise RosterError(f"{where}: `home` is true or false and only a state has it")
    return value


def _pronoun(value: Any, kind: str, where: str) -> str:
    if value not in ("", *PRONOUNS) or (value and kind != ActorKind.PERSON):
        raise RosterError(f"{where}: `pronoun` is {', '.join(PRONOUNS)} and only persons have it")
    return str(value)


def _offices(entries: Any, where: str) -> tuple[Office, ...]:
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise RosterError(f"{where}: write [[actor.office]] with double brackets")
    return tuple(_office(entry, where) for entry in entries)


def _office(entry: dict[str, Any], where: str) -> Office:
    _refuse_unknown(entry, _OFFICE_KEYS, where)
    title, state = entry.get("title"), entry.get("state", "")
    if not isinstance(title, str) or not title.strip() or not isinstance(state, str):
        raise RosterError(f"{where}: an office needs a `title` (and may have a `state`) in quotation marks")
    start, end = _term(entry, f"{where}: an office")
    return Office(title.lower(), state, start, end)


def _officials(entries: Any, actor: str, where: str) -> list[tuple[list[str], Term]]:
    """Check who was an official of an actor and when."""
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise RosterError(
            f"{where}: `official` is a list of tables like {{names = [...], from = 2013-02-01}}"
        )
    found = []
    for entry in entries:
        names = _strings(entry, "names", where)
        if not names or not isinstance(entry.get("office", ""), str):
            raise RosterError(
                f"{where}: an official needs `names` (and may have an `office`) in quotation marks"
            )
        here = f"{where}: official {names[0]!r}"
        _refuse_unknown(entry, _OFFICIAL_KEYS, here)
        start, end = _term(entry, here)
        found.append((names, Term(actor, start, end)))
    return found


def _term(entry: dict[str, Any], where: str) -> tuple[dt.date, dt.date | None]:
    start, end = _date(entry.get("from")), _date(entry.get("until"))
    if start is None or (end is None and "until" in entry):
        raise RosterError(f"{where}: needs `from` (and may have `until`) as dates, like 2009-01-20")
    if end is not None and end <= start:
        raise RosterError(f"{where}: ends before it begins")
    return start, end


def _date(value: Any) -> dt.date | None:
    # A TOML date-time is a dt.datetime, which is a dt.date to isinstance.
    return value if isinstance(value, dt.date) and not isinstance(value, dt.datetime) else None


def _variants(form: str) -> set[tuple[str, ...]]:
    """Spell a form as texts do: as given, in capitals if long, with a capital if it is in small letters."""
    words = surface_words(form)
    found = {words}
    if sum(len(word) for word in words) > 4:
        found.add(tuple(word.upper() for word in words))
    if form[0].islower():
        found.add((words[0][0].upper() + words[0][1:], *words[1:]))
    return found


def _compile(actors: tuple[Actor, ...], entries: list[Any], path: str) -> dict[str, tuple[Form, ...]]:
    hits: dict[tuple[str, ...], dict[str, MentionKind]] = {}
    terms: dict[tuple[str, ...], list[Term]] = {}
    excluded: set[tuple[str, ...]] = set()
    surnames: dict[tuple[str, ...], str] = {}
    for actor, entry in zip(actors, entries, strict=True):
        where = f"{path}: actor {actor.id!r}"
        forms = entry.get("forms")
        served = _officials(entry.get("official", []), actor.id, where)
        if not isinstance(forms, dict) or not any(forms.get(kind) for kind in _FORM_KINDS - {"exclude"}):
            raise RosterError(f"{where}: needs [actor.forms] with at least one form, such as `name`")
        seen: dict[str, str] = {name: "an official" for names, _ in served for name in names}
        for names, term in served:
            for words in {words for name in names for words in _variants(name)}:
                hits.setdefault(words, {}).setdefault(actor.id, MentionKind.OFFICIAL)
                terms.setdefault(words, []).append(term)
        for kind in forms:
            if kind not in _FORM_KINDS:
                raise RosterError(
                    f"{where}: unknown kind of form {kind!r}; known are {', '.join(sorted(_FORM_KINDS))}"
                )
            for form in _strings(forms, kind, where):
                if form in seen:
                    raise RosterError(
                        f"{where}: {form!r} stands under `{seen[form]}` and under `{kind}`; keep one"
                    )
                seen[form] = kind
                for words in _variants(form):
                    if kind == "exclude":
                        excluded.add(words)
                    else:
                        hits.setdefault(words, {}).setdefault(actor.id, MentionKind(kind))
        if actor.surname:
            surnames.update(dict.fromkeys(_variants(actor.surname), actor.id))
    if len(hits) + len(excluded) > _MAX_FORMS:
        raise RosterError(f"{path}: more than {_MAX_FORMS} forms; divide the roster")
    index: dict[str, list[Form]] = {}
    for words in sorted(hits.keys() | excluded, key=lambda words: (-len(words), words)):
        mentioned = () if words in excluded else tuple(hits[words].items())
        compiled = Form(words, mentioned, surnames.get(words, ""), tuple(terms.get(words, ())))
        index.setdefault(words[0], []).append(compiled)
    return {first: tuple(forms) for first, forms in index.items()}
