import pytest

from stance.report.safe import can_encode, one_line, visible


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain [/red] [bold]", "plain [/red] [bold]"),
        ("\x1b[31mred", "␛[31mred"),
        ("\x1b]0;title\x07", "␛]0;title␇"),
        ("\x00\x7f", "␀␡"),
        ("\x9b31m\x85", "<U+009B>31m<U+0085>"),
        ("a\u202eb\u2066c", "a<U+202E>b<U+2066>c"),
        ("zero\u200bwidth\ufeff", "zero<U+200B>width<U+FEFF>"),
        ("soft\u00adhyphen", "soft<U+00AD>hyphen"),
        ("\u034f\u3164\U000e0101\U000e0041", "<U+034F><U+3164><U+E0101><U+E0041>"),
        ("\ud83d", "<U+D83D>"),
        ("\u2028\u2029", "<U+2028><U+2029>"),
        ("a\tb\nc", "a␉b␊c"),
        ("“漢字” — e\u0301 ☺\ufe0f\xa0", "“漢字” — e\u0301 ☺\ufe0f\xa0"),
    ],
)
def test_controls_become_visible_and_words_stay(raw: str, shown: str) -> None:
    assert visible(raw) == shown


def test_a_console_of_few_characters_gets_plainer_ones() -> None:
    assert visible("“Tromsø’s” – \x1b…\xa0", "ascii") == '"Troms<U+00F8>\'s" - <U+001B>... '
    assert visible("ø漢", "latin-1") == "ø<U+6F22>"
    assert visible("ø", "no-such-encoding") == "<U+00F8>"


def test_one_line_collapses_white_space_only() -> None:
    assert one_line(" a \r\n\t b\x0b") == " a b␋"


def test_an_unknown_encoding_is_taken_for_ascii() -> None:
    assert can_encode("a", "no-such-encoding")
    assert not can_encode("é", "no-such-encoding")
