"""Bytes that are read, how, and with which notes; bytes that are refused. All texts are made up."""

import pytest

from stance.errors import ReadError
from stance.reading.decoding import decode

PROSE = "The envoy spoke of “patience”. Nobody in the café believed him. " * 20


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-32", "utf-32-le"),
    ],
)
def test_a_byte_order_mark_is_believed_and_left_out(codec: str, name: str) -> None:
    found = decode(PROSE.encode(codec))
    assert (found.text, found.encoding, found.notes) == (PROSE, name, ())


@pytest.mark.parametrize("codec", ["utf-16-be", "utf-32-be"])
def test_a_big_endian_mark_is_believed(codec: str) -> None:
    found = decode(("\ufeff" + PROSE).encode(codec))
    assert (found.text, found.encoding, found.notes) == (PROSE, codec, ())


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", [PROSE, "Посол говорил о терпении. Никто ему не поверил. " * 20])
def test_wide_encodings_without_a_mark_are_known_by_their_zeros(codec: str, text: str) -> None:
    found = decode(text.encode(codec))
    assert (found.text, found.encoding) == (text, codec)
    assert "no byte order mark" in found.notes[0]


def test_a_truncated_wide_text_shows_where_it_broke() -> None:
    found = decode(PROSE.encode("utf-16-le")[:-1])
    assert found.text == PROSE[:-1] + "\ufffd"
    assert any("broken utf-16-le" in note for note in found.notes)


@pytest.mark.parametrize(
    "text", ["", "Plain words.", "“Curly” – naïve café", "日本語のテキスト", "Привет, мир"]
)
def test_sound_utf8_is_read_without_a_note(text: str) -> None:
    found = decode(text.encode())
    assert (found.text, found.encoding, found.notes) == (text, "utf-8", ())


@pytest.mark.parametrize(
    "text",
    [
        "“No”",
        "It’s the envoy’s – not the minister’s – “plan”",
        "€5 café",
        "Le préfet a été reçu à Évry. " * 9,
    ],
)
def test_windows_1252_is_told_from_its_lone_high_bytes(text: str) -> None:
    found = decode(text.encode("cp1252"))
    assert (found.text, found.encoding) == (text, "cp1252")
    assert "no UTF-8" in found.notes[0]


def test_latin_1_is_read_as_the_windows_encoding_that_contains_it() -> None:
    assert decode("El señor llegó mañana. ".encode("latin-1") * 9).text == "El señor llegó mañana. " * 9


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("koi8-r", "Министр сказал, что переговоры прошли хорошо и будут продолжены. "),
        ("cp1251", "Министр сказал, что переговоры прошли хорошо и будут продолжены. "),
        ("gb18030", "部长说，谈判进行得很顺利，下个月将继续进行。"),
    ],
)
def test_other_scripts_are_guessed(codec: str, text: str) -> None:
    assert decode((text * 20).encode(codec)).text == text * 20


def test_utf8_with_stray_windows_bytes_keeps_both() -> None:
    found = decode("“Où?” ".encode() + b"\x93Here\x94")
    assert (found.text, found.encoding) == ("“Où?” “Here”", "utf-8")
    assert "2 byte(s)" in found.notes[0]


@pytest.mark.parametrize("cut", [1, 2])
def test_utf8_that_is_cut_off_shows_it(cut: int) -> None:
    found = decode("“Où?” he said”".encode()[:-cut])
    assert (found.text, found.encoding) == ("“Où?” he said\ufffd", "utf-8")
    assert "ends inside" in found.notes[0]


def test_lone_surrogates_in_utf8_become_no_surrogates() -> None:
    found = decode("“Où?” “Là.” \ud800 end".encode("utf-8", "surrogatepass"))
    assert found.text.startswith("“Où?” “Là.” ")
    assert found.text.encode()
    assert found.notes


@pytest.mark.parametrize("place", [0, 70_000])
def test_a_nul_is_kept_and_named(place: int) -> None:
    text = "a" * place + "\x00" + "b" * 100
    found = decode(text.encode())
    assert found.text == text
    assert "1 NUL" in found.notes[0]


def test_carriage_returns_alone_are_left_alone() -> None:
    assert decode(b"One line.\rAnother.\r").text == "One line.\rAnother.\r"


@pytest.mark.parametrize(
    ("start", "what"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04abcd", "zip"),
        (b"\xd0\xcf\x11\xe0", "Office"),
        (b"\x89PNG\r\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"GIF89a", "picture"),
        (b"\x7fELF", "program"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"SQLite format 3\x00", "database"),
    ],
)
def test_other_formats_are_refused_by_name_with_a_remedy(start: bytes, what: str) -> None:
    with pytest.raises(ReadError, match=what) as caught:
        decode(start + b"\x00\x01words" * 9, "paper.txt")
    assert str(caught.value).startswith("paper.txt: ")
    assert ";" in str(caught.value)


@pytest.mark.parametrize("data", [bytes(range(256)) * 9, b"\x00" * 99, b"\x01\x02\x03\x04\x05\x06word" * 9])
def test_binary_data_are_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match="binary"):
        decode(data)


def test_ansi_colours_and_form_feeds_are_text() -> None:
    assert decode(b"\x1b[31mred\x1b[0m\x0cpage").text == "\x1b[31mred\x1b[0m\x0cpage"


def test_the_choice_does_not_depend_on_what_follows_the_sample() -> None:
    text = "plain " * 100_000 + "“curly”"
    assert decode(text.encode()).text == text
