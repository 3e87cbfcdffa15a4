"""Pages: the main text, without navigation, by trafilatura (Barbaresi 2021).

Decoded here: trafilatura guesses the encoding, whatever a page says of it, and unpacks what looks packed, whatever the size.
What is longer in a page than any text of one is left out before it is parsed: libxml2 takes time with the square of the
number of attributes of an element, and metadata are looked for in scripts of any length.
"""

from __future__ import annotations

import re

from trafilatura import bare_extraction
from trafilatura.settings import Document

from stance.errors import ReadError
from stance.reading.decoding import Decoded, decode
from stance.reading.formats import Extracted

MAX_BYTES = 8 * 1024 * 1024
_MAX_TAGS = 50_000  # trafilatura takes a fifth of a millisecond for each
_LONG_TAG = 1 << 16  # characters; an inlined picture
_LONG_SCRIPT = 1 << 18
_MOST_ATTRIBUTES = 100
_HEAD_BYTES = 4096
_CHARSET = re.compile(
    rb"""<(?:meta\b[^>]{0,200}?\bcharset|\?xml\b[^>]{0,200}?\bencoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.I
)
_DECLARATION = re.compile(r"\A\s*<\?xml\b[^>]{0,200}>")
_QUOTED = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")
_NAME = re.compile(r"[^\s/]+")
# A tag, quotation marks after `=` closed; a script or style with its contents; a comment.
_TAG = re.compile(
    r"""<(?:!--.*?(?:-->|\Z)|(script|style)\b.*?(?:</\1\s*>|\Z)|[a-z](?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+(?:>|\Z))""",
    re.DOTALL | re.IGNORECASE,
)


def read(data: bytes, name: str) -> Extracted:
    """Take the main text out of a page, with its title, date, site, author and address.

    Raises:
        ReadError: It is too large, no text, or no article is in it.
    """
    _check_size(len(data), name)
    decoded = _decoded(data, name)
    # The parser's limits are of UTF-8.
    _check_size(len(decoded.text.encode("utf-8", "replace")), name)
    page = _TAG.sub(_shortened, _DECLARATION.sub("", decoded.text, count=1))
    if page.count("<") > _MAX_TAGS:
        raise ReadError(f"{name}: a page of over {_MAX_TAGS:,} tags; save its text as .txt")
    found = bare_extraction(page, with_metadata=True, include_comments=False, include_tables=False)
    if not isinstance(found, Document) or not (found.text or "").strip():
        raise ReadError(f"{name}: no article was found in this page; save its text as .txt")
    return Extracted(
        found.text or "",
        found.title or "",
        found.date or "",
        found.sitename or "",
        found.author or "",
        found.url or "",
        decoded.encoding,
        decoded.notes,
    )


def _check_size(size: int, name: str) -> None:
    if size > MAX_BYTES:
        raise ReadError(f"{name}: a page of over {MAX_BYTES // 2**20} MiB; save its text as .txt")


def _decoded(data: bytes, name: str) -> Decoded:
    """Decode a page: as UTF-8, as it says itself, or as any text."""
    said = _CHARSET.search(data[:_HEAD_BYTES])
    if said and not data.startswith((b"\xfe\xff", b"\xff\xfe")):
        encodings = ("utf-8-sig", said[1].decode("ascii", "replace"))
        for encoding in encodings:
            try:
                text = data.decode(encoding)
            except (LookupError, UnicodeError):
                continue
            return Decoded(text, encoding.lower().removesuffix("-sig"))
    return decode(data, name)


def _shortened(match: re.Match[str]) -> str:
    whole = match[0]
    if match[1] or whole.startswith("<!"):
        return "" if len(whole) > _LONG_SCRIPT else whole
    if len(whole) <= 2 * _MOST_ATTRIBUTES:
        return whole
    if len(whole) > _LONG_TAG or len(_NAME.findall(_QUOTED.sub("", whole))) > _MOST_ATTRIBUTES:
        return ""
    return whole
