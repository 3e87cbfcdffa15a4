"""Rosters as files: read, checked entry by entry, and compiled for one pass over a text."""

import datetime as dt
import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

from stance.actors.roster import PRONOUNS, Actor, Form, Office, Roster, Term, surface_words
from stance.errors import RosterError
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
_PATTERN = re.compile(r"\.[*+]|\\|\[.*\]|\(\?|\(.*\|.*\)|^\^|\$$")
_MAX_FORMS = 200_000


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
    _refuse_circles(actors, path)
    _refuse_rivals(actors, path)
    forms = _Forms()
    for actor, entry in zip(actors, entries, strict=True):
        forms.add(actor, entry, f"{path}: actor {actor.id!r}")
    return Roster(actors, forms.index(path), path)


def _refuse_unknown(table: dict[str, Any], known: frozenset[str], where: str) -> None:
    unknown = sorted(set(table) - known)
    if unknown:
        raise RosterError(f"{where}: unknown key {unknown[0]!r}; known are {', '.join(sorted(known))}")


def _refuse_circles(actors: tuple[Actor, ...], path: str) -> None:
    """Refuse actors that are their own parent, or their parent's."""
    parents = {actor.id: actor.parent for actor in actors}
    sound: set[str] = {""}
    for id_ in parents:
        chain: list[str] = []
        place = id_
        while place not in sound:
            if place in chain:
                circle = " -> ".join([*chain[chain.index(place) :], place])
                raise RosterError(f"{path}: parents in a circle: {circle}; take one out")
            chain.append(place)
            place = parents[place]
        sound.update(chain)


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


def _words_of(forms: dict[str, Any], kind: str, where: str) -> list[str]:
    """Return the forms of a kind.

    Raises:
        RosterError: One is no form, or looks like a regular expression, for whose matches somebody would wait in vain.
    """
    found = _strings(forms, kind, where)
    pattern = next((form for form in found if _PATTERN.search(form)), None)
    if pattern is not None:
        raise RosterError(f"{where}: {pattern!r} looks like a pattern; forms are words as texts write them")
    return found


class _Forms:
    """The forms of all actors, collected one actor after the other."""

    def __init__(self) -> None:
        self.hits: dict[tuple[str, ...], dict[str, MentionKind]] = {}
        self.terms: dict[tuple[str, ...], list[Term]] = {}
        self.excluded: set[tuple[str, ...]] = set()
        self.surnames: dict[tuple[str, ...], str] = {}

    def add(self, actor: Actor, entry: dict[str, Any], where: str) -> None:
        """Check and take the forms of an actor's entry."""
        forms = entry.get("forms")
        if not isinstance(forms, dict) or not any(forms.get(kind) for kind in _FORM_KINDS - {"exclude"}):
            raise RosterError(f"{where}: needs [actor.forms] with at least one form, such as `name`")
        seen: dict[str, str] = {}
        for names, term in _officials(entry.get("official", []), actor.id, where):
            for name in names:
                seen[name] = "official with a term"
                for words in _variants(name):
                    self._hit(words, actor, MentionKind.OFFICIAL)
                    self.terms.setdefault(words, []).append(term)
        for kind in forms:
            if kind not in _FORM_KINDS:
                raise RosterError(
                    f"{where}: unknown kind of form {kind!r}; known are {', '.join(sorted(_FORM_KINDS))}"
                )
            for form in _words_of(forms, kind, where):
                if form in seen:
                    raise RosterError(
                        f"{where}: {form!r} stands under `{seen[form]}` and under `{kind}`; keep one"
                    )
                seen[form] = kind
                for words in _variants(form):
                    if kind == "exclude":
                        self.excluded.add(words)
                    else:
                        self._hit(words, actor, MentionKind(kind))
        if actor.surname:
            self.surnames.update(dict.fromkeys(_variants(actor.surname), actor.id))

    def _hit(self, words: tuple[str, ...], actor: Actor, kind: MentionKind) -> None:
        self.hits.setdefault(words, {}).setdefault(actor.id, kind)

    def index(self, path: str) -> dict[str, tuple[Form, ...]]:
        """Return the forms by first word, longest first."""
        if len(self.hits) + len(self.excluded) > _MAX_FORMS:
            raise RosterError(f"{path}: more than {_MAX_FORMS} forms; divide the roster")
        found: dict[str, list[Form]] = {}
        for words in sorted(self.hits.keys() | self.excluded, key=lambda words: (-len(words), words)):
            hits = () if words in self.excluded else tuple(self.hits[words].items())
            form = Form(words, hits, self.surnames.get(words, ""), tuple(self.terms.get(words, ())))
            found.setdefault(words[0], []).append(form)
        return {first: tuple(forms) for first, forms in found.items()}
