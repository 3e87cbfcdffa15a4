"""NewsML-G2: an item as a document, a message as a file of many articles.

The package `newsmlg2` makes objects of an item's metadata; it reads no content, and parses what strangers send without
limits. What is needed here is a handful of elements.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stance.errors import ReadError
from stance.reading import nitf
from stance.reading.formats import Extracted
from stance.reading.items import Item
from stance.reading.markup import local, text_of_element, text_of_html
from stance.reading.nitf import day, first, one_line, without_by
from stance.reading.xml import children, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree


def read_tree(item: etree._Element) -> Extracted:
    """Take text and metadata out of an item; the text is empty if there is none."""
    titles = [*children(item, "contentMeta/headline"), *children(item, "itemMeta/title")]
    dates = [
        *children(item, "contentMeta/contentCreated"),
        *children(item, "itemMeta/firstCreated"),
        *children(item, "itemMeta/versionCreated"),
    ]
    sources = [*children(item, "itemMeta/provider"), *children(item, "contentMeta/infoSource")]
    authors = [without_by(one_line(line)) for line in children(item, "contentMeta/by")]
    creators = [_party(creator) for creator in children(item, "contentMeta/creator")]
    guid = item.get("guid", "")
    inline = _inline(item)
    return Extracted(
        inline.text,
        title=first(map(one_line, titles)) or inline.title,
        date=first(day(one_line(date)) for date in dates) or inline.date,
        source=first(map(_party, sources)) or inline.source,
        author=first(authors) or ", ".join(filter(None, creators)) or inline.author,
        url=guid if guid.startswith(("http://", "https://")) else inline.url,
    )


def _inline(item: etree._Element) -> Extracted:
    """Return the first rendition of the content that is text."""
    for content in children(item, "contentSet/inlineXML"):
        found = _rendition(content)
        if found.text:
            return found
    for content in children(item, "contentSet/inlineData"):
        kind = content.get("contenttype", "text/plain").lower()
        text = "".join(content.itertext())
        if "html" in kind:
            text = text_of_html(text)
        if text.strip() and kind.startswith(("text/", "application/xhtml")) and not content.get("encoding"):
            return Extracted(text.strip())
    return Extracted("")


def _rendition(content: etree._Element) -> Extracted:
    for child in content.iterchildren("*"):
        if local(child.tag) == "nitf":
            return nitf.read_tree(child)
    return Extracted(text_of_element(content))


def _party(element: etree._Element) -> str:
    """Return the name of a person or organisation: as it is written, or the code that stands for it."""
    names = [one_line(name) for name in children(element, "name")]
    code = (element.get("qcode") or "").rpartition(":")[2]
    return first([*names, element.get("literal", "").strip(), code])


def read_only_item(message: etree._Element, name: str) -> Extracted:
    """Take the article out of a message that has one.

    Raises:
        ReadError: It has several.
    """
    found = [one for one in map(read_tree, children(message, "itemSet/newsItem")) if one.text]
    if len(found) > 1:
        raise ReadError(
            f"{name}: a message of {len(found)} articles; give the folder that it is in to `stance batch`"
        )
    return found[0] if found else Extracted("")


def unfold(data: bytes, name: str) -> Iterator[Item]:
    """Yield the articles of a message; items that are no texts, such as pictures, are left out.

    Raises:
        ReadError: It is damaged or too large.
    """
    for number, element in enumerate(children(parse(data, name)[0], "itemSet/newsItem"), start=1):
        key = element.get("guid") or str(number)
        found = read_tree(element)
        if found.text:
            yield Item(
                key,
                found.text,
                title=found.title,
                date=found.date,
                source=found.source,
                author=found.author,
                url=found.url,
            )
        elif _is_text(element):
            yield Item(key, problem="the item has no text in it", remedy="get the item with its content")


def _is_text(item: etree._Element) -> bool:
    classes = [one.get("qcode", "") for one in children(item, "itemMeta/itemClass")]
    return not classes or any(one.endswith((":text", ":composite")) for one in classes)
