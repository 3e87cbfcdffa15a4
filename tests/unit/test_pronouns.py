"""Whom "he" means; beside each rule a look-alike where it could be somebody else. All sentences are made up."""

import time

import pytest
from looking import Look

from stance.records import MentionKind


def pronouns(look: Look, text: str, date: str = "") -> list[tuple[str, str]]:
    return [
        (found.actor, text[found.start : found.end])
        for found in look(text, date).mentions
        if found.kind is MentionKind.PRONOUN
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trump said he would not pay.", [("Trump", "he")]),
        ("Obama spoke. He promised help.", [("Obama", "He")]),
        ("Obama spoke. Rain fell. Critics booed him.", [("Obama", "him")]),
        ("Obama spoke. He promised help. His aides sighed.", [("Obama", "He"), ("Obama", "His")]),
        ("Trump met critics of Obama. He left early.", [("Trump", "He")]),
        ("Trump's aides gathered. He was late.", [("Trump", "He")]),
        ("“I kept my word,” Trump said.", [("Trump", "I"), ("Trump", "my")]),
        ("“Rain is coming,” Trump said after a talk with Obama. He left.", [("Trump", "He")]),
        ("Obama arrived. “Rain is coming,” he said. He left.", [("Obama", "he"), ("Obama", "He")]),
        ("Obama spoke. Rain fell. The hall emptied. Dogs barked. He laughed.", [("Obama", "He")]),
        ("Obama spoke. Nancy Quill answered. He laughed.", [("Obama", "He")]),
        ("Obama spoke. Ms. Quill answered. He laughed.", [("Obama", "He")]),
        ("Obama met Nancy Quill, and he left.", [("Obama", "he")]),
        ("Obama spoke. “He lied,” Paul Quill said.", [("Obama", "He")]),
        ("Obama spoke. “He lied,” she said.", [("Obama", "He")]),
        ("Paul Quill said of Trump: “He lied.”", [("Trump", "He")]),
        ("Trump wrote to Nancy Quill. “Bring him in,” she said.", [("Trump", "him")]),
    ],
)
def test_pronouns_mean_the_one_person_in_mind(look: Look, text: str, expected: list[tuple[str, str]]) -> None:
    assert pronouns(look, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "He promised help.",
        "Trump told Obama that he would not pay.",
        "Obama spoke. She promised help.",
        "Obama spoke. Senator Ada Quill answered. He laughed.",
        "Obama spoke. Mr. Quill answered. He laughed.",
        "Paul Quill had come too. Obama spoke. Later Quill answered. He laughed.",
        "Obama spoke. Putin answered. He laughed.",
        "“Trump kept the deal,” said Sergey Lavrov after the talks. He looked tired.",
        "Obama spoke. During his years in Ohio, Paul Quill had learned to wait.",
        "Obama spoke. Rain fell. The hall emptied. Dogs barked. Cats slept. He laughed.",
        "Obama spoke. Paul Quill answered. “He lied,” a guard said.",
        "Obama met Paul Quill. “He lied,” a guard said.",
        "Obama arrived. Paul Quill answered. “Quill has it all,” he said.",
        "Obama spoke.\n\nRain fell.\n\nHe laughed.",
        "Russia answered. He laughed.",
        "“I kept my word,” the senator said. Trump listened.",
        "“He lied,” Trump said.",
    ],
)
def test_nobody_is_meant_where_it_could_be_another(look: Look, text: str) -> None:
    assert pronouns(look, text) == []


def test_the_speaker_does_not_say_he_of_himself(look: Look) -> None:
    text = "Trump arrived. “He lied to us all,” Trump said."
    assert ("Trump", "He") not in pronouns(look, text)


def test_a_pronoun_says_by_which_words_it_means_its_actor(look: Look) -> None:
    text = "Barack Obama spoke. Rain fell. He laughed. “I won,” he said."
    found = [one for one in look(text).mentions if one.kind is MentionKind.PRONOUN]
    assert [text[one.start : one.end] for one in found] == ["He", "I", "he"]
    for one in found:
        assert one.antecedent is not None
        assert text[one.antecedent[0] : one.antecedent[1]] == "Barack Obama"


def test_many_persons_and_pronouns_take_time_in_proportion(look: Look) -> None:
    def seconds(count: int) -> float:
        text = "Paul Quill and Ann Reed saw him and her, " * count + "and “he saw her and him, " * count
        begin = time.perf_counter()
        look(text)
        return time.perf_counter() - begin

    few, many = (min(seconds(count) for _ in range(3)) for count in (200, 2_000))
    assert many < 40 * max(few, 0.01)


def test_the_administration_is_also_whose_it_is_on_the_day(look: Look) -> None:
    text = "The administration paid."
    assert [found.actor for found in look(text, "2018-05-01").mentions] == ["US", "Trump"]
    assert [found.actor for found in look(text, "2012-05-01").mentions] == ["US", "Obama"]
    assert [found.actor for found in look(text).mentions] == ["US"]
