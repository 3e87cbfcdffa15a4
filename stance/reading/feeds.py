"""Feeds (RSS, Atom) as files of many articles, by feedparser.

feedparser takes time with the square of some things that strangers may send (an author of a million letters, a hundred
thousand categories), and gives way to a slower parser where a feed breaks the rules. It is given the tree that libxml2 made
of the feed, within its limits, with nothing in it but what is looked at.
"""

from __future__ import annotations

import email.utils
import html
import io
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import feedparser
from lxml import etree

from stance.errors import ReadError
from stance.reading.items import Item, day_of
from stance.reading.markup import local, text_of_html
from stance.reading.xml import Kind, kind_of, parse_forgiving

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENTRIES = frozenset({"item", "entry"})
_TITLES = frozenset({"title", "channel"})
_KEPT = frozenset(
    """title link guid id pubdate published updated modified issued created date description summary content encoded body
    author creator source base""".split()
)
_MOST_ALIKE = 30  # elements of one name in an entry
_MOST_ATTRIBUTES = 50
_MAX_TAGS = 500_000
_LONG_NAME = re.compile(r"[\w.+@-]{100,}")
_ENTRY = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|(<(?:item|entry)[\s>])", re.DOTALL)
_ADDRESSED = re.compile(r"\S+@\S+\s*\((.*)\)")
_TEXTS = frozenset({"text/plain", "text/html", "application/xhtml+xml", ""})


def unfold(data: bytes, name: str) -> Iterator[Item]:
    """Yield the entries of a feed.

    Raises:
        ReadError: It is no feed, damaged, too large or cut off; what came before was yielded.
    """
    if kind_of(data) is not Kind.FEED:
        raise ReadError(f"{name}: no RSS or Atom feed; give it the ending of what it is")
    root, problem, source = parse_forgiving(data, name)
    cut = (
        bool(problem)
        and f"</{root.prefix + ':' if root.prefix else ''}{etree.QName(root).localname}".encode()
        not in source
    )
    there = sum(map(bool, _ENTRY.findall(source))) if problem else 0
    _strip(root)
    # Bytes as such would be taken for the name of a file to open.
    clean = io.BytesIO(etree.tostring(root, encoding="utf-8", xml_declaration=True))
    del root, source
    feed = feedparser.parse(clean, sanitize_html=False, resolve_relative_uris=False)
    entries = feed.entries[:-1] if cut else feed.entries
    outlet = _plain(feed.feed, "title")
    tags = 0
    for number, entry in enumerate(entries, start=1):
        tags += sum((part.get("value") or "").count("<") for part in _parts(entry))
        if tags > _MAX_TAGS:
            raise ReadError(f"{name}: over {_MAX_TAGS:,} tags in the texts; split it")
        yield _item(entry, outlet, number)
    if cut:
        raise ReadError(f"{name}: cut off after entry {len(entries)}; get it again")
    if there > len(entries):
        raise ReadError(
            f"{name}: damaged XML ({problem}), {len(entries)} of {there} entries could be told apart; mend it"
        )


def _strip(root: etree._Element) -> None:
    """Leave the feed's title, and of each entry what is looked at."""
    for element in root.iter("*"):
        if len(element.attrib) > _MOST_ATTRIBUTES:
            element.attrib.clear()
    for parent in [root, *(child for child in root if local(child.tag) == "channel")]:
        for child in list(parent):
            name = local(child.tag) if isinstance(child.tag, str) else ""
            if name in _ENTRIES:
                _strip_entry(child)
            elif name not in _TITLES:
                parent.remove(child)


def _strip_entry(entry: etree._Element) -> None:
    alike: Counter[str] = Counter()
    for child in list(entry):
        name = local(child.tag).rpartition(":")[2] if isinstance(child.tag, str) else ""
        alike[name] += 1
        if name not in _KEPT or alike[name] > _MOST_ALIKE:
            entry.remove(child)
        elif name in {"author", "creator", "source"}:
            for part in child.iter("*"):
                part.text = _LONG_NAME.sub(lambda match: match[0][:100], part.text or "")


def _item(entry: Any, outlet: str, number: int) -> Item:
    address = entry.get("link") or ""
    key = entry.get("id") or address or str(number)
    try:
        text = _text(entry)
    except ReadError as error:
        problem, _, remedy = str(error).partition("; ")
        return Item(key, problem=problem, remedy=remedy)
    if not text:
        return Item(
            key, problem="the entry has no text", remedy="get the article itself; the feed only links to it"
        )
    return Item(
        key,
        text,
        title=_plain(entry, "title"),
        date=_day(entry),
        source=_plain(entry.get("source") or {}, "title") or outlet,
        author=_author(entry),
        # feedparser takes an id for an address where there is none.
        url=address if "://" in address else "",
    )


def _text(entry: Any) -> str:
    """Return the whole text of an entry or, where a feed has none, its summary."""
    for part in _parts(entry):
        kind = (part.get("type") or "").lower()
        if kind in _TEXTS:
            text = _as_text(part.get("value") or "", kind)
            if text:
                return text
    return ""


def _parts(entry: Any) -> list[Any]:
    return [*entry.get("content", ()), entry.get("summary_detail") or {}]


def _as_text(value: str, kind: str) -> str:
    if kind == "text/plain":
        return value.strip()
    # RSS does not say whether a text is HTML. One without tags keeps its lines.
    return text_of_html(value) if "<" in value else html.unescape(value).strip()


def _plain(holder: Any, field: str) -> str:
    kind = (holder.get(f"{field}_detail") or {}).get("type") or "text/html"
    return " ".join(_as_text(holder.get(field) or "", kind).split())


def _author(entry: Any) -> str:
    # RSS has it as `address (name)`, which feedparser takes apart in the wrong places.
    addressed = _ADDRESSED.fullmatch((entry.get("author") or "")[:1000])
    if addressed:
        return addressed[1]
    names = [one.get("name") or one.get("email") or "" for one in entry.get("authors", ())]
    return ", ".join(dict.fromkeys(name for name in names if name)) or entry.get("author") or ""


def _day(entry: Any) -> str:
    """Return the day of publication as its place counts days: feedparser gives that of Greenwich."""
    for field in ("published", "updated", "created"):
        said = entry.get(field) or ""
        day = day_of(said)
        if day:
            return day
        parsed = email.utils.parsedate(said[:100]) or entry.get(f"{field}_parsed")
        if parsed:
            return f"{parsed[0]:04}-{parsed[1]:02}-{parsed[2]:02}"
    return ""
