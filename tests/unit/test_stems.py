"""Stems: the same for the forms of a word, different for different words."""

import pytest

from stance.language.stems import stem


@pytest.mark.parametrize(
    "forms",
    [
        "attack attacks attacked attacking attackers",
        "mock mocks mocked mocking",
        "betray betrays betrayed betraying",
        "drop drops dropped dropping",
        "praise praises praised praising",
        "ally allies allied",
        "pass passes passed passing",
        "reckless reckless",
    ],
)
def test_forms_of_a_word_share_a_stem(forms):
    stems = {stem(form) for form in forms.split()}
    assert len(stems) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("attack", "attach"), ("praise", "prize"), ("hail", "hall"), ("is", "a")]
)
def test_words_keep_apart(one, other):
    assert stem(one) != stem(other)


@pytest.mark.parametrize("word", ["", "s", "es", "ing", "bed", "\u00e9s", "x" * 10_000, "0"])
def test_any_word_has_a_stem(word):
    assert len(stem(word)) >= min(3, len(word))
