"""The XML of news agencies: NITF and NewsML-G2, told apart by the root."""

from __future__ import annotations

from dataclasses import replace

from stance.errors import ReadError
from stance.reading import newsml, nitf
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
    root, notes = parse(data, name)
    if kind is Kind.NITF:
        found = nitf.read_tree(root)
    elif kind is Kind.ITEM:
        found = newsml.read_tree(root)
    elif kind is Kind.MESSAGE:
        found = newsml.read_only_item(root, name)
    else:
        raise ReadError(
            f"{name}: XML with the root {local(root.tag)!r}, no feed, NITF or NewsML-G2; save its text as .txt"
        )
    if not found.text:
        raise ReadError(f"{name}: no text in this XML; check that it is not a picture's, or a notice")
    return replace(found, notes=notes)
