"""A wider cast for unlabelled articles: more actors to be judged, so that a student learns portrayal and not four actors."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Container, Iterable
from pathlib import Path
from typing import Any

from stance.actors.roster import Roster
from stance.actors.roster_file import parse_roster

MIN_NAMED = 10  # times that a person is named in full
MOST = 300
_FULL_NAME = re.compile(r"\b([A-Z][a-z]+) ((?:Mc|Mac|De|O['’])?[A-Z][a-z]{2,})\b")
STATES = {
    "China": "Chinese",
    "Iran": "Iranian",
    "North Korea": "North Korean",
    "Syria": "Syrian",
    "Ukraine": "Ukrainian",
    "Israel": "Israeli",
    "Germany": "German",
    "France": "French",
    "Britain": "British",
    "Mexico": "Mexican",
    "Canada": "Canadian",
    "Saudi Arabia": "Saudi",
    "Turkey": "Turkish",
    "Iraq": "Iraqi",
    "Afghanistan": "Afghan",
    "Cuba": "Cuban",
    "Venezuela": "Venezuelan",
    "Japan": "Japanese",
    "South Korea": "South Korean",
    "India": "Indian",
    "Pakistan": "Pakistani",
    "Qatar": "Qatari",
    "Egypt": "Egyptian",
    "Poland": "Polish",
}


def cast_of(roster: Path, texts: Iterable[str], given_names: Container[str]) -> list[dict[str, Any]]:
    """Return roster entries for the persons that texts name most, and for some states.

    Args:
        roster: A roster file; its own actors are left out.
        texts: Where to look for persons; a given name that stance knows, followed by a surname.
        given_names: First names.
    """
    data = tomllib.loads(roster.read_text(encoding="utf-8"))
    taken = {entry["id"] for entry in data["actor"]} | {entry["name"] for entry in data["actor"]}
    words = {word for name in taken for word in name.split()}
    counts = Counter(
        (given, surname)
        for text in texts
        for given, surname in _FULL_NAME.findall(text)
        if given in given_names and given not in words and surname not in words
    )
    surnames: set[str] = set()
    cast: list[dict[str, Any]] = []
    for (given, surname), count in counts.most_common(MOST):
        name = f"{given} {surname}"
        if count < MIN_NAMED or name in taken:
            continue
        forms = [name] if surname in surnames else [name, surname]
        surnames.add(surname)
        entry = {"id": name, "name": name, "kind": "person", "given": [given], "forms": {"name": forms}}
        if len(forms) > 1:
            entry["surname"] = surname
        cast.append(entry)
    for state, demonym in STATES.items():
        if state not in taken:
            forms_of = {"name": [state], "demonym": [demonym]}
            cast.append({"id": state, "name": state, "kind": "state", "forms": forms_of})
    return cast


def widen(roster: Path, cast: list[dict[str, Any]]) -> Roster:
    """Return a roster file's roster with further entries.

    Raises:
        RosterError: The entries are none.
    """
    data = tomllib.loads(roster.read_text(encoding="utf-8"))
    return parse_roster({**data, "actor": [*data["actor"], *cast]}, f"{roster}, widened")
