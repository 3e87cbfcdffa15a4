"""What a token is, and where it stands."""

import pytest

from stance.language.words import tokenize, word_set, words_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Obama's plan", "Obama 's plan"),
        ("Obama’s plan", "Obama ’s plan"),
        ("Obamaʼs plan", "Obama ʼs plan"),
        ("OBAMA'S PLAN", "OBAMA 'S PLAN"),
        ("US-Russia talks", "US - Russia talks"),
        ("anti-American", "anti - American"),
        ("don't, won’t", "don't , won’t"),
        ("O'Brien's", "O'Brien 's"),
        ("workers' rights", "workers ' rights"),
        ("the U.S. and the U.S", "the U.S. and the U . S"),
        ("at 9 a.m. sharp", "at 9 a.m. sharp"),
        ("It ended. He left.", "It ended . He left ."),
        ("1,000.5 at 10:30", "1,000.5 at 10:30"),
        ("the 45th", "the 45 th"),
        ("wait... no--yes—", "wait ... no -- yes —"),
        ("“Yes,” (he) said", "“ Yes , ” ( he ) said"),
        ("_Trump_ 3%", "_ Trump _ 3 %"),
        ("Кремль’s naïve", "Кремль ’s naïve"),
        ("", ""),
        (" \t\r\n", ""),
    ],
)
def test_tokens(text: str, expected: str) -> None:
    assert tokenize(text).surface == expected.split()


def test_lower_case_has_straight_apostrophes() -> None:
    assert tokenize("Obama’s DON’T Obamaʼs").lower == ["obama", "'s", "don't", "obama", "'s"]


def test_offsets_point_into_the_whole_text() -> None:
    text = "One. Two words. Three."
    tokens = tokenize(text, 5, 15)
    assert [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)] == tokens.surface
    assert tokens.surface == ["Two", "words", "."]


def test_between_finds_the_tokens_that_begin_in_a_span() -> None:
    tokens = tokenize("One two three four")
    assert tokens.between(4, 13) == (1, 3)
    assert tokens.between(5, 8) == (2, 2)
    assert tokens.between(0, 99) == (0, 4)
    assert len(tokens) == 4


def test_phrases_are_split_as_text_is() -> None:
    assert words_of("Anti-American U.S. Obama’s") == ("anti", "-", "american", "u.s.", "obama", "'s")


def test_word_lists_are_written_as_text() -> None:
    assert word_set("a b\n  b c") == {"a", "b", "c"}
