"""NITF, the News Industry Text Format, as agencies and archives keep articles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stance.reading.formats import Extracted
from stance.reading.items import day_of
from stance.reading.markup import text_of_element
from stance.reading.xml import children

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml import etree

_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?!\d)")
_BY = re.compile(r"by:?\s+", re.IGNORECASE)


def read_tree(root: etree._Element) -> Extracted:
    """Take text and metadata out of a document; the text is empty if there is none."""
    titles = [*children(root, "body/body.head/hedline/hl1"), *children(root, "head/title")]
    sources = [
        *_values(root, "head/pubdata", "name"),
        *map(one_line, children(root, "body/body.head/distributor")),
        *_values(root, "head/docdata/doc.copyright", "holder"),
    ]
    dates = [
        *_values(root, "head/docdata/date.issue", "norm"),
        *_values(root, "head/pubdata", "date.publication"),
        *_values(root, "head/docdata/date.release", "norm"),
    ]
    return Extracted(
        _text(root),
        title=first(map(one_line, titles)),
        date=first(map(day, dates)),
        source=first(sources),
        author=_author(root),
        url=first(address for address in _values(root, "head/pubdata", "ex-ref") if "://" in address),
    )


def _text(root: etree._Element) -> str:
    content = children(root, "body/body.content") or children(root, "body")
    # Archives repeat the first paragraph in a block of its own.
    whole = [
        block
        for element in content
        for block in children(element, "block")
        if block.get("class") == "full_text"
    ]
    return "\n\n".join(filter(None, map(text_of_element, whole or content)))


def _author(root: etree._Element) -> str:
    lines = children(root, "body/body.head/byline") or children(root, "body/body.content/byline")
    for line in lines:
        persons = [one_line(person) for person in children(line, "person")]
        author = ", ".join(filter(None, persons)) or without_by(text_of_element(line).partition("\n")[0])
        if author:
            return author
    return ""


def _values(root: etree._Element, path: str, attribute: str) -> list[str]:
    return [element.get(attribute, "").strip() for element in children(root, path)]


def one_line(element: etree._Element) -> str:
    """Return an element's text on one line."""
    return " ".join(text_of_element(element).split())


def first(values: Iterable[str]) -> str:
    """Return the first value that is not empty; empty if there is none."""
    return next((value for value in values if value), "")


def day(date: str) -> str:
    """Return the day of a date as these formats write it, with or without hyphens; empty if it is none."""
    found = _DAY.match(date.strip())
    return day_of("-".join(found.groups())) if found else ""


def without_by(byline: str) -> str:
    """Return whom a byline names."""
    return _BY.sub("", byline, count=1) if _BY.match(byline) else byline
