"""Which state "our country" and "we" mean; beside each rule a look-alike. All sentences are made up."""

import pytest
from looking import Look

from stance.actors.roster_file import parse_roster
from stance.errors import RosterError
from stance.records import MentionKind


def plurals(look: Look, text: str, date: str = "") -> list[tuple[str, str]]:
    return [
        (found.actor, text[found.start : found.end])
        for found in look(text, date).mentions
        if found.kind in {MentionKind.PRONOUN, MentionKind.GROUP}
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Our country deserves better.", [("US", "Our country")]),
        ("Nobody in this great country knew.", [("US", "this great country")]),
        ("He insulted our closest allies.", [("US", "our closest allies")]),
        ("It weakens our national defenses.", [("US", "our national")]),
        ("It weakens our more perfect union.", [("US", "our more perfect union")]),
        ("“Our country is safe,” the senator said.", [("US", "Our country")]),
        ("“Our country is safe,” Lavrov said.", [("Russia", "Our country")]),
        ("“We are ready for talks,” Lavrov said.", [("Russia", "We")]),
        ("“We owe it to our troops,” Kerry said.", [("US", "We"), ("US", "our troops")]),
    ],
)
def test_the_first_person_means_the_speakers_state(
    look: Look, text: str, expected: list[tuple[str, str]]
) -> None:
    assert plurals(look, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "We may never know.",
        "Our reporters asked him.",
        "“We are ready,” the senator said.",
        "“Our country is safe,” the foreign minister said.",
        "This time the country won.",
        "It weakens our strong labor union.",
        "It weakens our firm's country house.",
        "In their country our songs are unknown.",
    ],
)
def test_no_state_is_meant_where_it_could_be_anybody(look: Look, text: str) -> None:
    assert plurals(look, text) == []


def test_a_president_says_we_for_his_state_while_he_holds_the_office(look: Look) -> None:
    text = "“We will rebuild,” Obama said."
    assert plurals(look, text, "2012-05-01") == [("US", "We")]
    assert plurals(look, text, "2018-05-01") == plurals(look, text) == []


def test_home_is_one_state() -> None:
    def roster(*actors: dict[str, object]) -> object:
        return parse_roster({"schema": "stance.roster/1", "actor": list(actors)})

    forms = {"name": ["Kalda"]}
    with pytest.raises(RosterError, match="only a state"):
        roster({"id": "K", "name": "Kalda", "kind": "person", "home": True, "forms": forms})
    with pytest.raises(RosterError, match="true or false"):
        roster({"id": "K", "name": "Kalda", "kind": "state", "home": "yes", "forms": forms})
    state = {"name": "Kalda", "kind": "state", "home": True, "forms": forms}
    with pytest.raises(RosterError, match="more than one"):
        roster({"id": "K", **state}, {"id": "L", **state})
