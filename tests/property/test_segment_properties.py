"""What holds for any text whatever: spans, cover, order, determinism, blank lines, and linear time."""

import re

import pytest
from hostile import is_linear
from hypothesis import example, given, settings
from hypothesis import strategies as st

from stance.language.segment import segment

_WORDS = (
    "Mr U.S a.m No The the Trump said Senate etc who x@y.z http://a.B iPhone ... Hale's U.S.A i [3] 1. a) :)"
)
_SPACES = [" ", "  ", "\n", "\n\n", "\r\n", "\u2029", "\t"]
_PIECES = st.sampled_from(
    [*_WORDS.split(), *_SPACES, *".!?…\"'“”‘’()[]-—,:;•IAJ123。Ａßİ*_", "\ud800", "\x00", "\x1b"]
)
_TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=200),
    st.lists(_PIECES, max_size=60).map("".join),
    st.lists(_PIECES, max_size=40).map(" ".join),
)


@given(_TEXTS)
@example("\ud800. \udfff")
@example("\r\r")
@example('. " " . “ ” .')
def test_spans_cover_all_that_is_not_white_space(text: str) -> None:
    spans = segment(text)
    end_before = 0
    for start, end in spans:
        assert end_before <= start < end <= len(text)
        assert text[end_before:start].strip() == ""
        assert text[start:end] == text[start:end].strip()
        end_before = end
    assert text[end_before:].strip() == ""
    assert segment(text) == spans


@given(_TEXTS, st.integers(0, 80), st.integers(0, 80))
def test_a_part_is_segmented_like_a_text_of_its_own_and_covered(text: str, start: int, length: int) -> None:
    end = min(len(text), start + length)
    spans = segment(text, start, end)
    assert all(start <= first < last <= end for first, last in spans)
    assert "".join("".join(text[first:last].split()) for first, last in spans) == "".join(
        text[start:end].split()
    )


@given(st.lists(_TEXTS, min_size=1, max_size=3))
def test_a_blank_line_lies_between_sentences(parts: list[str]) -> None:
    text = "\n\n".join(parts)
    assert not any(re.search(r"\S\s*\n[^\S\n]*\n\s*\S", text[start:end]) for start, end in segment(text))


@given(
    st.lists(st.sampled_from(["Mr. Hale left.", "Why?", "The U.S. Senate met at 5 p.m. sharp."]), max_size=8)
)
def test_plain_sentences_are_found(parts: list[str]) -> None:
    text = " ".join(parts)
    assert [text[start:end] for start, end in segment(text)] == parts


HOSTILE = {
    "a. ": "a. ",
    "!?": "!?",
    "quotes": '"',
    "brackets": "(",
    "dots": "...",
    "initials": "A.",
    "digits": "7",
    "newlines": "\n",
    "one word": "x",
    "nested quotes": "“‘\"'",
    "names": "Trump Putin ",
    "pronouns": "he She ",
    "spaces": " ",
    "spaced dots": ". ",
    "quoted stops": 'Stop."A',
    "short lines": "a b\n",
    "items": "1) a 2) b ",
    "same item": "1) ",
    "calls": '"Why?" Trump ',
    "nations": "U.S. Trump ",
    "no space": "week.The",
    "notes": "No.[1][2] ",
    "blank lines": "a\n \n",
    "small": "i. i? ",
    "smileys": ". :) ",
}


@pytest.mark.parametrize("shape", HOSTILE.values(), ids=list(HOSTILE))
def test_time_is_linear_in_the_length(shape: str) -> None:
    assert is_linear(segment, shape)


@settings(deadline=None)
@given(st.sampled_from(sorted(HOSTILE)), st.integers(0, 3000))
def test_hostile_shapes_are_covered(shape: str, size: int) -> None:
    text = (HOSTILE[shape] * (size // len(HOSTILE[shape]) + 1))[:size]
    assert "".join(text[start:end] for start, end in segment(text)).split() == text.split() or (
        "".join("".join(text[start:end].split()) for start, end in segment(text)) == "".join(text.split())
    )
