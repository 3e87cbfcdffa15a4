"""What holds for any bytes and any text that is read: a text or a reason, blocks that hold all of it, tokens too."""

import contextlib

import pytest
from hostile import SHAPES, TEXTS, is_linear
from hypothesis import example, given, settings
from hypothesis import strategies as st

from stance.errors import ReadError
from stance.language.words import tokenize
from stance.reading.decoding import decode
from stance.reading.layout import find_blocks, find_title
from stance.reading.text import article_from_bytes, article_from_text

BYTES = st.one_of(
    st.binary(max_size=300),
    st.tuples(
        TEXTS,
        st.sampled_from(["utf-8", "utf-16", "utf-16-be", "utf-32-le", "cp1252", "koi8-r"]),
        st.binary(max_size=3),
    ).map(lambda drawn: drawn[0].encode(drawn[1], "replace") + drawn[2]),
)


@given(BYTES)
@example(b"\xff\xfe\xff")
@example(b"\xef\xbb\xbf\xef\xbb\xbf")
@example(b"\x00")
@example(b"\xc3")
def test_any_bytes_are_a_text_or_a_reason(data: bytes) -> None:
    try:
        found = decode(data, "x.txt")
    except ReadError as error:
        assert str(error).startswith("x.txt: ")
        assert "\n" not in str(error)
        return
    found.text.encode()  # no surrogates
    assert found.encoding == found.encoding.lower()
    "".encode(found.encoding)
    assert decode(data, "x.txt") == found
    assert bool(found.text) or not data.strip(b"\xef\xbb\xbf\xff\xfe\x00")


@given(BYTES)
def test_any_bytes_are_an_article_or_a_reason(data: bytes) -> None:
    try:
        article = article_from_bytes(data, id="x")
    except ReadError:
        return
    assert article.text.strip()
    assert article.blocks


@given(st.text(max_size=200).filter(lambda text: not text.startswith("\ufeff")))
def test_what_is_written_as_utf8_is_read_back(text: str) -> None:
    try:
        assert decode(text.encode()).text == text
    except ReadError:
        assert any(character < " " for character in text) or text.startswith(("%PDF-", "GIF8", "PK"))


@given(TEXTS)
@example("\ud800\n\n\udfff")
@example("a" * 50 + "\n" + "b" * 50)
def test_blocks_hold_all_that_is_not_white_space(text: str) -> None:
    blocks = find_blocks(text)
    end_before = 0
    for number, block in enumerate(blocks, start=1):
        assert block.paragraph == number
        assert end_before <= block.start < block.end <= len(text)
        assert text[end_before : block.start].strip() == ""
        assert text[block.start : block.end] == text[block.start : block.end].strip()
        end_before = block.end
    assert text[end_before:].strip() == ""
    title = find_title(text, blocks)
    assert title == " ".join(title.split())
    assert article_from_text(text, id="x").title == title


@given(TEXTS)
def test_tokens_hold_all_that_is_not_white_space(text: str) -> None:
    tokens = tokenize(text)
    end_before = 0
    for start, end, surface in zip(tokens.starts, tokens.ends, tokens.surface, strict=True):
        assert text[end_before:start].strip() == ""
        assert text[start:end] == surface == surface.strip() != ""
        end_before = end
    assert text[end_before:].strip() == ""
    assert len(tokens.lower) == len(tokens)


@given(TEXTS, st.integers(0, 60), st.integers(0, 60))
def test_a_part_has_the_tokens_of_a_text_of_its_own(text: str, start: int, length: int) -> None:
    end = min(len(text), start + length)
    part = tokenize(text, start, end)
    assert all(start <= first < last <= end for first, last in zip(part.starts, part.ends, strict=True))


@pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))
def test_time_is_linear_in_the_length(shape: str) -> None:
    def read(text: str) -> None:
        article_from_text(text, id="x")
        tokenize(text)

    assert is_linear(read, shape)


@settings(max_examples=20)
@given(st.binary(min_size=1, max_size=8))
def test_decoding_repeated_bytes_ends(data: bytes) -> None:
    with contextlib.suppress(ReadError):
        decode(data * 30_000)
