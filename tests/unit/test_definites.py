"""Which state descriptions mean; beside each rule a look-alike. All sentences are made up."""

import time

import pytest
from looking import Look

from stance.records import Rule


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
        ("America paid. It was good for the nation and the republic.", [("US", "the nation"), ("US", "the republic")]),
        ("America paid." + " It rained." * 9 + " All was good for the Nation.", [("US", "the Nation")]),
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
        "America paid. Germany watched. It was good for the Nation.",
        "The FBI paid. Rain fell. Dogs barked. Cats slept. The bureau failed.",
    ],
)
def test_no_state_is_meant_where_it_could_be_another(look: Look, text: str) -> None:
    assert states(look, text) == []


def both(look: Look, text: str) -> list[tuple[str, str]]:
    return [
        (found.actor, text[found.start : found.end])
        for found in look(text).mentions
        if found.rule is Rule.PAIR
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russia and America signed. Both sides paid.", [("US", "Both sides"), ("Russia", "Both sides")]),
        ("America and Peru signed. The two countries paid.", [("US", "two countries")]),
        ("Obama met Putin. The two leaders smiled.", [("Russia", "two leaders"), ("Obama", "two leaders")]),
        ("Angela Merkel met Obama. Both leaders smiled.", [("Obama", "Both leaders")]),
        ("Trump and Putin met. They smiled.", [("Russia", "They"), ("Trump", "They")]),
        (
            "Trump and his administration, with the mayor, showed that they act.",
            [("US", "they"), ("Trump", "they")],
        ),
        ("Russia and the United States said they would talk.", [("Russia", "they"), ("US", "they")]),
    ],
)
def test_two_who_were_named_before(look: Look, text: str, expected: list[tuple[str, str]]) -> None:
    assert sorted(both(look, text)) == sorted(expected)


@pytest.mark.parametrize(
    "text",
    [
        "America paid. Both sides smiled.",
        "America, Peru and Russia signed. Both sides paid.",
        "America and Russia signed. It rained. Dogs barked. Cats slept. Both sides paid.",
        "Trump, Obama and Putin met. The two leaders smiled.",
        "Trump met Putin. They smiled.",
        "Trump and Putin met farmers. They smiled.",
        "Both leaders smiled.",
        "Russia and America told farmers they would talk.",
        "Russia, Peru and America said they would talk.",
        "Trump and his administration and Peru said they would talk.",
        "Members of the House and Senate said they would talk.",
    ],
)
def test_no_two_are_meant_where_there_may_be_others(look: Look, text: str) -> None:
    assert both(look, text) == []


def its(look: Look, text: str) -> list[tuple[str, str]]:
    return [
        (found.actor, text[found.start : found.end])
        for found in look(text).mentions
        if text[found.start : found.end].lower() in {"it", "its", "itself"}
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russia says it will keep its bases.", [("Russia", "it"), ("Russia", "its")]),
        ("Washington quickly changed its course.", [("US", "its")]),
        ("They hope that Russia defends itself.", [("Russia", "itself")]),
        ("The United States sees its and their lead.", [("US", "its")]),
    ],
)
def test_it_means_the_state_before_it(look: Look, text: str, expected: list[tuple[str, str]]) -> None:
    assert its(look, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Russia and Peru say it is so.",
        "Russia saw that it was raining.",
        "Russia called the plan a trap, and it failed.",
        "The head of Russia says it will rain.",
        "Russia said: “It will have its way.”",
        "Russian bears like its honey.",
        "Obama says it will rain.",
    ],
)
def test_it_means_nothing_where_it_could_mean_another(look: Look, text: str) -> None:
    assert its(look, text) == []


def test_hostile_chains_of_states_and_pronouns_take_time_in_proportion(look: Look) -> None:
    def taken(text: str) -> float:
        begun = time.process_time()
        look(text)
        return time.process_time() - begun

    for unit in (
        "Russia says it keeps its bases, ",
        "Russia and America; both sides, they, ",
        "It its Russia ",
    ):
        taken(unit * 50)
        assert taken(unit * 1_600) < 20 * taken(unit * 200) + 0.5
