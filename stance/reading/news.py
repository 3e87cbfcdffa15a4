"""XML that is no feed; its root says so."""

from __future__ import annotations

from stance.errors import ReadError
from stance.reading.formats import Extracted
from stance.reading.markup import local
from stance.reading.xml import Kind, kind_of, parse


def read(data: bytes, name: str) -> Extracted:
    """Take the article out of a document.

    Raises:
        ReadError: It is damaged or too large, is none of these, has no text, or has several articles.
    """
    kind = kind_of(data)
    if kind is Kind.FEED:
        raise ReadError(f"{name}: a feed of many articles; give the folder that it is in to `stance batch`")
    root, _ = parse(data, name)
    raise ReadError(f"{name}: XML with the root {local(root.tag)!r}, no feed; save its text as .txt")
