"""Which encoding a document is in. The choice is reported; nothing is dropped in silence."""

import codecs
import re
from dataclasses import dataclass

from stance.errors import ReadError

# How much of a document is looked at for a guess; enough for letters of any script to show themselves.
SAMPLE_BYTES = 1 << 18

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_SIGNATURES = (
    (b"%PDF-", "a PDF", "save it as plain text first, for example with pdftotext"),
    (b"PK\x03\x04", "a zip archive or an Office document", "unpack it, or save the document as plain text"),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "save it as plain text"),
    (b"\x89PNG", "a picture", "give the text itself"),
    (b"\xff\xd8\xff", "a picture", "give the text itself"),
    (b"GIF8", "a picture", "give the text itself"),
    (b"\x7fELF", "a program", "give a text file"),
    (b"\x1f\x8b", "a gzip file", "unpack it first with gunzip"),
    (b"SQLite format 3", "a database", "export the articles as text"),
)

_LOW_BYTES = bytes(range(9))
# Encodings that any bytes fit; where they are right, `_wide_encoding` knew it.
_NO_GUESSES = ["utf_7", "utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_32_be", "utf_32_le"]
_TEXT_CONTROLS = frozenset(b"\t\n\v\f\r\x1b\x00\x85")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read with, and what a careful user should know about that."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Decode the bytes that are no UTF-8 as Windows-1252, the usual cause of mixed files."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.end]
    return stray.decode("cp1252", "replace"), error.end


codecs.register_error("stance-cp1252", _as_cp1252)


def decode(data: bytes, name: str = "the document") -> Decoded:
    """Decode a document of unknown encoding.

    A byte order mark is believed; then UTF-16 and UTF-32 without one are known by where their NUL bytes
    stand; then strict UTF-8; then UTF-8 with stray Windows-1252 bytes; and last charset-normalizer's guess.

    Args:
        data: The bytes as read.
        name: The document's name for error messages.

    Returns:
        The text with its encoding. Replaced bytes, a guess, NUL characters are named in `notes`.

    Raises:
        ReadError: The bytes are no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _forgiving(data[len(mark) :], encoding)
    for signature, what, remedy in _SIGNATURES:
        if data.startswith(signature):
            raise ReadError(f"{name}: this is {what}, not text; {remedy}")
    wide = _wide_encoding(data[:SAMPLE_BYTES])
    if wide:
        return _forgiving(data, wide, f"no byte order mark; read as {wide} by where its zero bytes stand")
    _refuse_binary(data[:SAMPLE_BYTES], name)
    try:
        return _with_notes(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _not_utf8(data)


def _forgiving(data: bytes, encoding: str, *notes: str) -> Decoded:
    try:
        return _with_notes(data.decode(encoding), encoding, *notes)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        count = text.count("\ufffd")
        return _with_notes(text, encoding, *notes, f"{count} broken {encoding} sequence(s) shown as U+FFFD")


def _with_notes(text: str, encoding: str, *notes: str) -> Decoded:
    found = list(notes)
    if "\x00" in text:
        found.append(f"{text.count(chr(0))} NUL character(s) in the text")
    return Decoded(text, encoding, tuple(found))


def _wide_encoding(sample: bytes) -> str | None:
    """Tell UTF-16 and UTF-32 without a mark by the low bytes, which stand in no single-byte text.

    In UTF-16, every second byte is zero (Latin) or below 9 (Greek, Cyrillic, Hebrew, Arabic); in UTF-32, two or
    three of four are.
    """
    quads = len(sample) // 4
    if quads < 2:
        return None
    columns = [sample[offset : quads * 4 : 4] for offset in range(4)]
    shares = [1 - len(column.translate(None, _LOW_BYTES)) / quads for column in columns]
    few, many = 0.3, 0.7
    patterns = (
        ("utf-32-le", shares[0] < few and shares[2] > many and shares[3] > many),
        ("utf-32-be", shares[0] > many and shares[1] > many and shares[3] < few),
        ("utf-16-le", shares[0] < few and shares[2] < few and shares[1] > many and shares[3] > many),
        ("utf-16-be", shares[1] < few and shares[3] < few and shares[0] > many and shares[2] > many),
    )
    return next((name for name, fits in patterns if fits), None)


def _refuse_binary(sample: bytes, name: str) -> None:
    controls = sum(sample.count(code) for code in range(32) if code not in _TEXT_CONTROLS)
    if controls > max(3, len(sample) * 0.02) or sample.count(0) > max(16, len(sample) * 0.1):
        raise ReadError(f"{name}: this is binary data, not text; give a plain text file")


def _not_utf8(data: bytes) -> Decoded:
    sound = data.decode("utf-8", "ignore")
    stray = len(data) - len(sound.encode())
    beyond_ascii = len(sound) - len(sound.encode("ascii", "ignore"))
    # A single-byte encoding forms valid sequences by chance only: a file with a fair share is UTF-8 with a wound.
    if beyond_ascii * 2 >= stray:
        return _wounded_utf8(data)
    encoding = "cp1252" if _looks_western(data[:SAMPLE_BYTES]) else _guess(data[:SAMPLE_BYTES])
    text = data.decode(encoding, "replace")
    notes = [f"no UTF-8; read as {encoding} by its bytes"]
    if "\ufffd" in text:
        notes.append(f"{text.count(chr(0xFFFD))} byte(s) unknown to {encoding} shown as U+FFFD")
    return _with_notes(text, encoding, *notes)


def _guess(sample: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - costs more than the rest of reading together

    best = from_bytes(sample, cp_exclusion=_NO_GUESSES).best()
    encoding = best.encoding if best is not None else "cp1252"
    # What is called Latin-1 is nearly always Windows-1252, whose quotation marks Latin-1 lacks.
    return "cp1252" if encoding in {"latin_1", "ascii", "utf_8"} else encoding.replace("_", "-")


def _wounded_utf8(data: bytes) -> Decoded:
    """Read UTF-8 that is cut off at its end, or has single-byte characters among its own."""
    cut = next((size for size in (1, 2, 3) if data[-size] >= 0xC0), 0)
    notes = []
    end = ""
    if cut and _is_cut_off(data[-cut:]):
        data, end = data[:-cut], "\ufffd"
        notes.append("the text ends inside a UTF-8 character, shown as U+FFFD")
    text = data.decode("utf-8", "stance-cp1252")
    stray = len(data) - len(data.decode("utf-8", "ignore").encode())
    if stray:
        notes.append(f"{stray} byte(s) that are no UTF-8 were read as Windows-1252")
    return _with_notes(text + end, "utf-8", *notes)


def _is_cut_off(tail: bytes) -> bool:
    try:
        tail.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"
    return False


def _looks_western(sample: bytes) -> bool:
    """Whether most bytes beyond ASCII stand alone, as accented letters and typographic marks do."""
    runs = [len(run) for run in re.findall(rb"[\x80-\xff]+", sample)]
    return sum(length for length in runs if length == 1) >= 0.7 * sum(runs)
