"""Text in markup (HTML fragments, the XML of news agencies) as plain text with its paragraphs.

For what has no navigation around it: whole pages are read by `html.py`. Of HTML nothing is built in memory but the text, so
that the number of elements costs nothing but time, and the depth is bounded.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from lxml import etree

from stance.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Mapping

# What begins a paragraph; everything else stands in a line of text. The second half is NITF's.
_BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul
    block body.content body.end body.head bq byline byttl credit dateline datasource distributor fn hedline hl1 hl2 media
    media-caption media-producer nitf-col nitf-table note tagline""".split()
)
_SKIPPED = frozenset(
    """audio canvas head iframe math noscript object script select style svg template textarea title video
    media-metadata media-object nitf-table-metadata""".split()
)
# The parser looks through all open elements for the one that an end tag closes.
_MAX_DEPTH = 400


class Paragraphs:
    """Takes what a parser sees, and gives the text: paragraphs with a blank line between, line breaks where they stand."""

    def __init__(self) -> None:
        self._found: list[str] = []
        self._parts: list[str] = []
        self._gap = 0  # line ends before the next line
        self._skipped = 0
        self._depth = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002 - the parser's interface
        """Take the beginning of an element."""
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise ReadError(f"markup that is nested deeper than {_MAX_DEPTH}; save its text as .txt")
        name = local(tag)
        self._skipped += name in _SKIPPED
        if name == "br":
            self._end_line(1)
        elif name in _BLOCKS:
            self._end_line(2)

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        self._depth -= 1
        name = local(tag)
        self._skipped -= name in _SKIPPED
        if name in _BLOCKS:
            self._end_line(2)

    def data(self, data: str) -> None:
        """Take text."""
        if not self._skipped:
            self._parts.append(data)

    def close(self) -> str:
        """Return the text."""
        self._end_line(2)
        return "".join(self._found)

    def _end_line(self, gap: int) -> None:
        line = " ".join("".join(self._parts).split())
        self._parts.clear()
        if line:
            self._found += ["\n" * self._gap if self._found else "", line]
            self._gap = gap
        else:
            self._gap = max(gap, min(2, self._gap + gap))


def local(tag: str) -> str:
    """Return an element's name in small letters, without its namespace."""
    return tag.rpartition("}")[2].lower()


def text_of_html(markup: str) -> str:
    """Return the text of a piece of HTML.

    Raises:
        ReadError: It is nested too deep.
    """
    parser = etree.HTMLParser(target=Paragraphs(), encoding="utf-8")
    try:
        return str(etree.fromstring(markup.encode("utf-8", "replace"), parser))
    except etree.XMLSyntaxError:
        return ""  # nothing but white space or comments


def text_of_element(element: etree._Element) -> str:
    """Return the text of an element of a parsed document, which the parser has kept from being too deep."""
    found = Paragraphs()
    _walk(element, found)
    return found.close()


def _walk(element: etree._Element, found: Paragraphs) -> None:
    if not isinstance(element.tag, str):
        # An entity that nobody expanded; those that HTML knows have the same meaning everywhere.
        found.data(html.unescape(element.text or ""))
        return
    found.start(element.tag, {})
    found.data(element.text or "")
    for child in element:
        _walk(child, found)
        found.data(child.tail or "")
    found.end(element.tag)
