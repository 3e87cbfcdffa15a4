"""XML of strangers: what kind it is, told by its root, and its tree; nothing is fetched, nothing is expanded.

libxml2 is told to load no DTD, to resolve no entity and to keep its limits (depth 256, ten million characters in one text,
entities in attributes); how large a tree may grow is bounded here, before there is one.
"""

from __future__ import annotations

import html
import re
from enum import Enum
from typing import Any, NamedTuple

from lxml import etree

from stance.errors import ReadError
from stance.reading.decoding import decode
from stance.reading.markup import local

MAX_BYTES = 8 * 1024 * 1024
_MAX_TAGS = 200_000  # a tree of more takes hundreds of megabytes, and some readers many seconds
HEAD_BYTES = 1 << 16

_RSS_1 = ("http://purl.org/rss/", "http://my.netscape.com/rdf/")
_LIMIT = "RESOURCE_LIMIT"
_DECLARATION = re.compile(r"\A\s*<\?xml\b[^>]*>")
# What forgiving programs write: characters that XML forbids, ampersands that begin nothing, and the entities of HTML. What
# stands in a CDATA section is left alone.
_MENDED = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|[\x00-\x08\x0b\x0c\x0e-\x1f]|&(?:(\w{1,32});|(?!#\d{1,7};|#x[\da-fA-F]{1,6};))",
    re.DOTALL,
)
_OWN = frozenset({"amp", "lt", "gt", "quot", "apos"})


class Kind(Enum):
    """What XML may be."""

    FEED = "a feed"
    NITF = "NITF"
    ITEM = "a NewsML-G2 item"
    MESSAGE = "a NewsML-G2 message"
    OTHER = "something else"


def kind_of(data: bytes) -> Kind:
    """Tell what XML is by its root; its beginning is enough."""
    # The parser builds what it has seen; the root is all that is looked at.
    parser = etree.XMLPullParser(events=("start",), **_SAFE, recover=True)
    try:
        parser.feed(data[:HEAD_BYTES])
        for _, element in parser.read_events():
            return _kind(element)
    except etree.XMLSyntaxError:
        pass
    return Kind.OTHER


def _kind(root: etree._Element) -> Kind:
    name = local(root.tag)
    if name in {"rss", "feed"} or (
        name == "rdf" and any(uri.startswith(_RSS_1) for uri in root.nsmap.values())
    ):
        return Kind.FEED
    return {"nitf": Kind.NITF, "newsitem": Kind.ITEM, "newsmessage": Kind.MESSAGE}.get(name, Kind.OTHER)


_SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def parse(data: bytes, name: str) -> tuple[etree._Element, tuple[str, ...]]:
    """Return the root of a document that follows the rules, and what was remarkable about its encoding.

    Raises:
        ReadError: It does not, or is too large.
    """
    _check_size(data, name)
    try:
        return etree.fromstring(data, etree.XMLParser(**_SAFE)), ()
    except etree.XMLSyntaxError as error:
        first = error
    decoded = decode(data, name)
    try:
        return etree.fromstring(
            _mended(decoded.text), etree.XMLParser(**_SAFE, encoding="utf-8")
        ), decoded.notes
    except etree.XMLSyntaxError:
        raise ReadError(f"{name}: damaged XML ({_reason(first)}); get it again or mend it") from None


def children(element: etree._Element, path: str) -> list[etree._Element]:
    """Return what stands at the end of a path of names with slashes, in any namespace or none."""
    found: list[etree._Element] = element.findall("/".join(f"{{*}}{name}" for name in path.split("/")))
    return found


class Forgiven(NamedTuple):
    """The root of a document that may break the rules; which it breaks, empty if none; the bytes that were read."""

    root: etree._Element
    problem: str
    source: bytes


def parse_forgiving(data: bytes, name: str) -> Forgiven:
    """Read a document that may break the rules, as feeds do. What was lost by that is for the caller to find out.

    Raises:
        ReadError: It is no XML at all, breaks a limit of the parser, or is too large.
    """
    _check_size(data, name)
    try:
        return Forgiven(etree.fromstring(data, etree.XMLParser(**_SAFE)), "", data)
    except etree.XMLSyntaxError as error:
        first = error
    source = _mended(decode(data, name).text)
    parser = etree.XMLParser(**_SAFE, recover=True, encoding="utf-8")
    try:
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None or any(_LIMIT in entry.type_name for entry in parser.error_log):
        raise ReadError(f"{name}: damaged XML ({_reason(first)}); get it again or mend it")
    return Forgiven(root, _reason(first), source)


def _check_size(data: bytes, name: str) -> None:
    if len(data) > MAX_BYTES:
        raise ReadError(f"{name}: XML of over {MAX_BYTES // 2**20} MiB; split it")
    if data.count(b"<") > _MAX_TAGS:
        raise ReadError(f"{name}: XML of over {_MAX_TAGS:,} tags; split it")


def _mended(text: str) -> bytes:
    text = _DECLARATION.sub("", text, count=1)
    return _MENDED.sub(_mend, text).encode("utf-8", "replace")


def _mend(match: re.Match[str]) -> str:
    whole, entity = match[0], match[1]
    if whole.startswith("<!"):
        return whole
    if not whole.startswith("&"):
        return ""
    if entity is None:
        return "&amp;"
    if entity in _OWN:
        return whole
    known = html.unescape(whole)
    return whole if known == whole else html.escape(known)


def _reason(error: etree.XMLSyntaxError) -> str:
    return " ".join((error.msg or "no root").split())[:100]
