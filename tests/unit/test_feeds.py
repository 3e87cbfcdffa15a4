"""RSS and Atom as files of many articles. All texts are made up."""

from __future__ import annotations

import gzip
import sys
import urllib.request

import feedparser
import pytest

from stance.batch.unfold import documents_of
from stance.batch.walk import find_documents
from stance.errors import ReadError
from stance.reading.containers import Columns, holds_many, unfold

SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
ENTRY = """<item><guid isPermaLink="false">g1</guid><link>https://paper.example/1</link>
<title>Obama &lt;b&gt;lied&lt;/b&gt; &amp;amp; more</title><pubDate>Thu, 18 Feb 2016 23:30:00 -0500</pubDate>
<dc:creator>Jane Doe</dc:creator><category>World</category><description>In short.</description>
<content:encoded><![CDATA[<p>Obama <b>lied</b>.</p><script>x()</script><p>Trump won<br>praise.</p>]]></content:encoded>
</item>"""
OTHER = """<item><link>https://paper.example/2</link><title>Two</title><author>j@x.example (John Roe)</author>
<source url="https://agency.example/rss">The Agency</source>
<description>Trump lied.\n\nObama won &amp;amp; smiled.</description></item>"""


def rss(*entries: str, head: str = '<?xml version="1.0" encoding="utf-8"?>', spaces: str = SPACES) -> bytes:
    return (
        f'{head}<rss version="2.0" {spaces}><channel><title>The Paper</title><description>News</description>'
        f"<link>https://paper.example</link>{''.join(entries)}</channel></rss><!-- made by hand -->"
    ).encode()


ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The Paper</title><id>x</id>
<entry><id>tag:1</id><title type="html">A &lt;i&gt;b&lt;/i&gt; c</title><link href="https://paper.example/1"/>
<link rel="enclosure" href="https://paper.example/1.mp3"/><published>2016-02-18T23:30:00-05:00</published>
<updated>2017-01-01T00:00:00Z</updated><author><name>Jane</name></author><author><name>John</name></author>
<summary>In short.</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<p>Obama lied.</p><p>Twice.</p></div></content></entry>
<entry><id>tag:2</id><title>B &lt; c</title><updated>2016-02-19T00:00:00Z</updated>
<content type="html">&lt;p&gt;Trump&lt;/p&gt;won</content></entry>
<entry><id>tag:3</id><title>C</title><content type="text">a &lt; b\nc</content></entry>
<entry><id>tag:4</id><title>D</title><content src="https://paper.example/4" type="text/html"/>
<summary>The summary.</summary></entry>
<entry><id>tag:5</id><title>E</title><content type="image/png">aGVsbG8=</content></entry></feed>"""


def items(tmp_path, data: bytes, name: str = "a.rss") -> list:
    path = tmp_path / name
    path.write_bytes(data)
    return list(unfold(path, name, Columns()))


def problem(tmp_path, data: bytes, name: str = "a.rss") -> tuple[list, str]:
    """Return what came before the error, and the error."""
    path = tmp_path / name
    path.write_bytes(data)
    found = []
    with pytest.raises(ReadError) as caught:
        for item in unfold(path, name, Columns()):
            found.append(item)  # noqa: PERF402 - extend() takes nothing of what fails later
    assert str(caught.value).startswith(f"{name}: ")
    assert "; " in str(caught.value)
    return found, str(caught.value)


def test_rss_gives_whole_texts_with_all_that_is_known(tmp_path):
    first, second = items(tmp_path, rss(ENTRY, OTHER))
    assert (first.key, first.url) == ("g1", "https://paper.example/1")
    assert first.text == "Obama lied.\n\nTrump won\npraise."
    assert (first.title, first.author, first.source) == ("Obama lied & more", "Jane Doe", "The Paper")
    assert first.date == "2016-02-18", "the day where it was written, not the one in Greenwich"
    assert (second.key, second.url) == ("https://paper.example/2", "https://paper.example/2")
    assert second.text == "Trump lied.\n\nObama won & smiled.", "a text without tags keeps its lines"
    assert (second.author, second.source, second.date) == ("John Roe", "The Agency", "")


def test_atom(tmp_path):
    found = items(tmp_path, ATOM, "a.atom")
    assert [(one.key, one.text, one.title, one.date, one.author, one.url) for one in found[:4]] == [
        ("tag:1", "Obama lied.\n\nTwice.", "A b c", "2016-02-18", "Jane, John", "https://paper.example/1"),
        ("tag:2", "Trump\n\nwon", "B < c", "2016-02-19", "", ""),
        ("tag:3", "a < b\nc", "C", "", "", ""),
        ("tag:4", "The summary.", "D", "", "", ""),
    ]
    assert found[4].problem == "the entry has no text"
    assert found[4].remedy


def test_rss_1_in_another_encoding(tmp_path):
    data = (
        '<?xml version="1.0" encoding="ISO-8859-1"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x">'
        '<title>R</title></channel><item rdf:about="https://r.example/1"><title>T</title><link>https://r.example/1</link>'
        "<description>Café.</description><dc:date>2016-02-18</dc:date></item></rdf:RDF>"
    ).encode("latin-1")
    (found,) = items(tmp_path, data)
    assert (found.text, found.date, found.source) == ("Café.", "2016-02-18", "R")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_marks_of_encodings(tmp_path, encoding):
    text = rss(ENTRY, head='<?xml version="1.0"?>').decode()
    assert len(items(tmp_path, text.encode(encoding))) == 1


def test_xml_is_a_feed_if_its_root_says_so(tmp_path):
    (tmp_path / "a.xml").write_bytes(rss(ENTRY))
    (tmp_path / "b.xml.gz").write_bytes(gzip.compress(ATOM))
    (tmp_path / "c.xml").write_bytes(b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>")
    (tmp_path / "d.xml").write_bytes(b"\n" * 100_000 + rss(ENTRY, head=""))
    (tmp_path / "e.xml.gz").write_bytes(b"no gzip")
    assert [holds_many(tmp_path / name) for name in ("a.xml", "b.xml.gz", "c.xml", "d.xml", "e.xml.gz")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    found = [one.id for one in documents_of(find_documents(tmp_path), Columns())]
    assert found[:3] == ["a.xml#g1", "b.xml.gz#tag:1", "b.xml.gz#tag:2"]
    assert found[-3:] == ["c.xml", "d.xml", "e.xml.gz"]


BROKEN = "<item><guid>1</guid><title>AT&T</title><description>A&nbsp;b, &eacute;t&eacute;, R&D \x0b</description></item>"


def test_feeds_that_break_the_rules_lose_nothing(tmp_path):
    # Ampersands, entities of HTML, characters that XML forbids, prefixes that nobody declared.
    first, second = items(tmp_path, rss(BROKEN, ENTRY, spaces=""))
    assert (first.title, first.text) == ("AT&T", "A\xa0b, été, R&D")
    assert (second.text, second.author) == ("Obama lied.\n\nTrump won\npraise.", "Jane Doe")


def test_what_is_lost_is_said(tmp_path):
    swallowed = "<item><guid>1</guid><description>One <br> tag.</description></item>"
    found, message = problem(tmp_path, rss(swallowed, ENTRY, spaces=""))
    assert len(found) < 2
    assert "damaged XML" in message
    assert " of 2 entries could be told apart" in message


@pytest.mark.parametrize("left", [200, 20, 0])
def test_a_feed_that_is_cut_off(tmp_path, left):
    whole = rss(ENTRY, OTHER)
    found, message = problem(tmp_path, whole[: whole.index(b"</channel>") - left])
    assert [one.key for one in found] == ["g1"], "the last may lack its end"
    assert message == "a.rss: cut off after entry 1; get it again"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no RSS or Atom feed"),
        (b"Obama lied.", "no RSS or Atom feed"),
        (b"<html><body>x</body></html>", "no RSS or Atom feed"),
        (rss() + b" " * 2**23, "over 8 MiB"),
        (rss("<item/>" * 200_000), "over 200,000 tags"),
        (rss("<item><description>" + "&lt;p>" * 600_000 + "</description></item>"), "over 500,000 tags"),
        (rss("<item>" + "<a>" * 300 + "</a>" * 300 + "</item>"), "Excessive depth"),
    ],
)
def test_what_is_refused(tmp_path, data, reason):
    found, message = problem(tmp_path, data)
    assert found == []
    assert reason in message


def test_markup_that_is_nested_too_deep_is_a_problem_of_its_entry(tmp_path):
    deep = f"<item><guid>1</guid><description>{'&lt;div>' * 500}x</description></item>"
    first, second = items(tmp_path, rss(deep, ENTRY))
    assert "nested deeper" in first.problem
    assert second.text


def test_nothing_is_fetched_or_opened(tmp_path, monkeypatch):
    """feedparser takes bytes for the name of a file, and text for an address."""
    secret = tmp_path / "secret.rss"
    secret.write_bytes(rss(ENTRY))

    def refuse(*arguments, **_):
        raise AssertionError(arguments)

    monkeypatch.setattr(urllib.request.OpenerDirector, "open", refuse)
    monkeypatch.setattr(feedparser.http, "get", refuse)
    assert problem(tmp_path, str(secret).encode())[0] == []
    assert problem(tmp_path, b"http://127.0.0.1:9/feed")[0] == []
    outside = (
        f"<!DOCTYPE rss [<!ENTITY x SYSTEM 'file://{secret}'> <!ENTITY y SYSTEM 'http://127.0.0.1:9/'>]>"
    )
    (found,) = items(
        tmp_path, rss("<item><guid>1</guid><description>a &x; &y; b</description></item>", head=outside)
    )
    assert "Obama" not in found.text
    assert found.text.startswith("a")
    assert found.text.endswith("b")


def test_entities_of_html_that_a_doctype_allows(tmp_path):
    head = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">'
    (found,) = items(
        tmp_path, rss("<item><guid>1</guid><description>&eacute;t&eacute;</description></item>", head=head)
    )
    assert found.text == "été"


def test_a_missing_library_is_named_with_its_extra(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "feedparser", None)
    monkeypatch.delitem(sys.modules, "stance.reading.feeds", raising=False)
    monkeypatch.delattr("stance.reading.feeds", raising=False)
    _, message = problem(tmp_path, rss(ENTRY))
    assert message == "a.rss: feeds need the library feedparser; pip install 'stance[feeds]'"
