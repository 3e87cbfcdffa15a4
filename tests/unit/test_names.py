"""Which words of a text are names, whoever bears them."""

from __future__ import annotations

import pytest

from stance.actors.names import find_names
from stance.framing.masking import NAME, OTHER, STATE, TARGET, mask
from stance.language.words import tokenize
from stance.pipeline import prepare, split_sentences
from stance.reading.text import article_from_text


def names(text, resources):
    article = article_from_text(text, id="x")
    tokens = tokenize(article.text)
    found = find_names(tokens, split_sentences(article), resources.countries)
    assert found.states <= found.tokens
    return (
        [tokens.surface[place] for place in sorted(found.tokens)],
        [tokens.surface[place] for place in sorted(found.states)],
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He met Angela Merkel in Berlin.", "Angela Merkel Berlin"),
        ("Critics said that I was wrong, and we all knew it.", ""),
        ("Terrible news came. It came late.", ""),
        ("Merkel spoke. Later a tired Merkel left.", "Merkel Merkel"),
        ("Reform came late. The new Reform was small, and reform is slow.", "Reform"),
        ("Ukraine lost. The fields of Ukraine burned.", "Ukraine Ukraine"),
        ("Ukrainians lost their homes.", "Ukrainians"),
        ("He asked: Why now? “Never,” she said.", ""),
        ("The NATO allies met, and the WTO did not.", "NATO WTO"),
        ("", ""),
    ],
)
def test_names_of_a_text(resources, text, expected):
    assert names(text, resources)[0] == expected.split()


def test_a_headline_has_the_names_that_the_article_has(resources):
    text = "Merkel Blasts Reckless Cameron Over Angry Speech\n\nThe chancellor, Angela Merkel, met the tired Cameron."
    assert names(text, resources)[0] == "Merkel Cameron Angela Merkel Cameron".split()


def test_states_are_told_apart(resources):
    assert names("The Chinese met Merkel in France.", resources)[1] == ["Chinese", "France"]


def masked(text, resources, actor="Obama"):
    prepared = prepare(article_from_text(text, id="x"), resources)
    candidate = next(one for one in prepared.candidates if one.actor == actor)
    return [unit.word for unit in mask(prepared.tokens, candidate).units]


def test_what_a_classifier_sees_of_names(resources):
    # What the lexicon knows stays.
    assert masked("Obama told Merkel and Trump that Ukraine, unlike the Nazi Reich, is free.", resources) == [
        TARGET, "told", NAME, "and", OTHER, "that", STATE, ",", "unlike", "the", "nazi", NAME, ",", "is", "free", ".",
    ]  # fmt: skip
