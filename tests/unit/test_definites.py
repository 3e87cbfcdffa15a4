"""Which state descriptions mean; beside each rule a look-alike. All sentences are made up."""

import pytest
from looking import Look


def states(look: Look, text: str) -> list[tuple[str, str]]:
    return [
        (found.actor, text[found.start : found.end])
        for found in look(text).mentions
        if text[found.start : found.end].lower().startswith("the ")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The United States paid. The government failed.", [("US", "The government")]),
        ("America paid, and the nation’s farmers cheered.", [("US", "the nation")]),
        ("America paid for the good of the Nation.", [("US", "the Nation")]),
        ("The FBI paid. Later the bureau failed.", [("US", "The FBI"), ("US", "the bureau")][1:]),
        ("The Kremlin paid. The FSB lied, and the agency failed.", [("Russia", "The Kremlin"), ("Russia", "the agency")]),
    ],
)  # fmt: skip
def test_descriptions_mean_the_state_that_is_spoken_of(
    look: Look, text: str, expected: list[tuple[str, str]]
) -> None:
    assert states(look, text) == expected


def test_officials_who_were_introduced_are_the_same_officials(look: Look) -> None:
    text = "Administration officials met. Officials were late. The officials laughed. Peru paid officials."
    found = [
        (one.actor, one.sentence)
        for one in look(text, "2018-05-01").mentions
        if text[one.start : one.end].lower() in {"officials", "the officials"}
    ]
    assert found == [("US", 2), ("Trump", 2), ("US", 3), ("Trump", 3)]
    assert not look("Officials were late. Peru paid.").mentions


@pytest.mark.parametrize(
    "text",
    [
        "The government failed.",
        "America paid. Germany watched. The government failed.",
        "Russia paid. The government failed.",
        "America paid the government of Peru.",
        "America paid. Rain fell in the country.",
        "America paid. The agency failed.",
        "The FBI paid. Rain fell. Dogs barked. Cats slept. The bureau failed.",
    ],
)
def test_no_state_is_meant_where_it_could_be_another(look: Look, text: str) -> None:
    assert states(look, text) == []
