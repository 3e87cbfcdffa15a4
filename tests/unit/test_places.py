"""When a capital is a government and when it is a place. All sentences are made up."""

import pytest
from looking import Look

from stance.actors.places import is_dateline, is_place
from stance.language.words import tokenize


def actors(look: Look, text: str) -> list[str]:
    return [found.actor for found in look(text).mentions]


@pytest.mark.parametrize(
    "text",
    [
        "They put pressure on Washington.",
        "Washington said no.",
        "Washington's answer was no.",
        "In Washington's view it failed.",
        "A message to Moscow was sent.",
        "They want help from Moscow.",
        "A swipe at Moscow followed.",
        "They hit back at Washington.",
        "Washington-Moscow ties are cold.",
        "The Kremlin said no.",
        "They blamed the White House.",
        "They lashed out at the White House.",
        "For once, Moscow — unlike Kiev — said no.",
    ],
)
def test_a_government(look: Look, text: str) -> None:
    assert set(actors(look, text)) & {"US", "Russia"}


@pytest.mark.parametrize(
    "text",
    [
        "In Washington, a court said no.",
        "He was born near Moscow.",
        "He flew to Washington on Monday.",
        "She returned from Moscow on Monday.",
        "They left Moscow on Monday.",
        "The streets of Moscow were empty.",
        "A Washington-based group said no.",
        "A Moscow court said no.",
        "They visited Washington.",
        "He worked at the White House.",
        "Crowds stood outside the Pentagon.",
        "MOSCOW (Agency) - A ferry sank on Monday.",
        "WASHINGTON — A ferry sank on Monday.",
        "WASHINGTON -- A ferry sank on Monday.",
        "WASHINGTON - A ferry sank on Monday.",
        "Washington, Jan. 5 - A ferry sank.",
        "A ferry sinks\n\nMOSCOW — A ferry sank on Monday in the rain.",
        "WASHINGTON, D.C. (AP) — A ferry sank on Monday.",
    ],
)
def test_a_mere_place(look: Look, text: str) -> None:
    assert actors(look, text) == []


@pytest.mark.parametrize("text", ["They live in Russia.", "They visited the US.", "He flew to America."])
def test_a_states_own_name_is_the_state(look: Look, text: str) -> None:
    assert len(actors(look, text)) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MOSCOW — Yes", True),
        ("MOSCOW - Yes", True),
        ("MOSCOW-Yes", False),
        ("MOSCOW (Agency) — Yes", True),
        ("MOSCOW (Agency) yes", False),
        ("MOSCOW, May 5, 2016 — Yes", True),
        ("MOSCOW says yes — and", False),
        ("MOSCOW", False),
    ],
)
def test_datelines(text: str, expected: bool) -> None:
    tokens = tokenize(text)
    assert is_dateline(tokens, 0, len(tokens)) is expected


def test_the_rules_hold_at_the_edges_of_a_text() -> None:
    assert is_place(["moscow"], 0, 0, city=True) is False
    assert is_place(["in", "moscow"], 1, 1, city=True) is True
    assert is_place(["the", "kremlin"], 1, 1, city=True) is False
    assert is_place(["in", "moscow"], 1, 1, city=False) is False
