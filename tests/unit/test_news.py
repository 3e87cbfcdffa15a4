"""The XML of news agencies: NITF and NewsML-G2. All texts are made up."""

from __future__ import annotations

import zipfile

import pytest

from stance.batch.unfold import documents_of
from stance.batch.walk import find_documents
from stance.errors import ReadError
from stance.reading.containers import Columns, unfold
from stance.reading.formats import read_document
from stance.reading.metadata import Metadata

NITF = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "http://www.nitf.org/IPTC/NITF/3.3/specification/dtd/nitf-3-3.dtd">
<nitf><head><title>The file's title</title><docdata><date.issue norm="20160218T233000-0500"/>
<doc.copyright holder="The Holder" year="2016"/></docdata>
<pubdata name="The Paper" date.publication="20160219T000000" ex-ref="https://paper.example/talks"/></head>
<body><body.head><hedline><hl1>Talks in <em>the</em>
hall</hl1><hl2>And more</hl2></hedline><byline>By <person>Jane Doe</person> and <person>John Roe</person>
<byttl>Staff</byttl></byline><distributor>The Agency</distributor></body.head>
<body.content><p>Obama met <person>the
minister</person> on Monday.</p><hl2>Later</hl2><p>Trump caf&eacute; <q>won</q>.</p>
<media media-type="image"><media-reference source="a.jpg"/><media-metadata name="x">hidden</media-metadata>
<media-caption><p>The hall.</p></media-caption></media></body.content>
<body.end><tagline>Write to us.</tagline></body.end></body></nitf>"""

ITEM = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="https://agency.example/1" version="1">
<itemMeta><itemClass qcode="ninat:text"/><provider literal="AGY"><name>The Agency</name></provider>
<versionCreated>2017-01-01T00:00:00Z</versionCreated><firstCreated>2016-02-18T23:30:00-05:00</firstCreated></itemMeta>
<contentMeta><by>By Jane Doe</by><headline>Talks in the hall</headline></contentMeta>
<contentSet>{content}</contentSet></newsItem>"""
XHTML = """<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>no</title>
</head><body><p>Obama lied.</p><p>Trump <b>won</b>.</p></body></html></inlineXML>"""
INLINE = {
    "xhtml": XHTML,
    "nitf": '<inlineXML><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.content><p>Obama lied.</p>'
    "<p>Trump won.</p></body.content></body></nitf></inlineXML>",
    "plain": '<inlineData contenttype="text/plain">Obama lied.\n\nTrump won.</inlineData>',
    "html": '<inlineData contenttype="text/html">&lt;p&gt;Obama lied.&lt;/p&gt;&lt;p&gt;Trump won.</inlineData>',
    "second": '<inlineXML contenttype="image/svg+xml"><svg xmlns="http://www.w3.org/2000/svg"/></inlineXML>'
    + XHTML,
}
PICTURE = ITEM.replace("ninat:text", "ninat:picture").format(content='<remoteContent href="a.jpg"/>')


def item(content: str = XHTML, guid: str = "https://agency.example/1") -> str:
    return ITEM.format(content=content).replace("https://agency.example/1", guid)


def message(*inner: str) -> bytes:
    return (
        '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2018-01-01T00:00:00Z</sent></header>'
        f"<itemSet>{''.join(inner)}</itemSet></newsMessage>"
    ).encode()


def test_nitf():
    found = read_document(NITF.encode(), "a.xml")
    assert found.text == "Obama met the minister on Monday.\n\nLater\n\nTrump café won.\n\nThe hall."
    assert Metadata.of(found) == Metadata(
        "Talks in the hall", "2016-02-18", "The Paper", "Jane Doe, John Roe", "https://paper.example/talks"
    )


def test_nitf_of_archives_repeats_its_first_paragraph():
    data = """<nitf><head><pubdata name="The Paper" date.publication="19870101T000000"/></head><body><body.head>
    <byline class="print_byline">By JANE DOE</byline><byline class="normalized_byline">Doe, Jane</byline></body.head>
    <body.content><block class="lead_paragraph"><p>One.</p></block><block class="full_text"><p>One.</p><p>Two.</p></block>
    </body.content></body></nitf>"""
    found = read_document(data.encode(), "a.xml")
    assert (found.text, found.date, found.author) == ("One.\n\nTwo.", "1987-01-01", "JANE DOE")


@pytest.mark.parametrize("content", INLINE.values(), ids=INLINE)
def test_a_newsml_item(content):
    found = read_document(item(content).encode(), "a.xml")
    assert found.text == "Obama lied.\n\nTrump won."
    assert Metadata.of(found) == Metadata(
        "Talks in the hall", "2016-02-18", "The Agency", "Jane Doe", "https://agency.example/1"
    )


def test_a_message_is_a_file_of_many_articles(tmp_path):
    path = tmp_path / "a.xml"
    empty = ITEM.format(content="").replace("https://agency.example/1", "empty")
    path.write_bytes(message(item(), PICTURE, item(INLINE["plain"], "tag:2"), empty))
    found = list(unfold(path, "a.xml", Columns()))
    assert [(one.key, one.text, one.date, one.url, one.problem) for one in found] == [
        (
            "https://agency.example/1",
            "Obama lied.\n\nTrump won.",
            "2016-02-18",
            "https://agency.example/1",
            "",
        ),
        ("tag:2", "Obama lied.\n\nTrump won.", "2016-02-18", "", ""),
        ("empty", None, "", "", "the item has no text in it"),
    ]


def test_a_message_with_one_article_can_be_read_as_a_document():
    assert read_document(message(PICTURE, item()), "a.xml").text == "Obama lied.\n\nTrump won."
    with pytest.raises(ReadError, match="a message of 2 articles; give the folder"):
        read_document(message(item(), item()), "a.xml")


def test_documents_and_files_of_many_articles_stand_side_by_side(tmp_path):
    (tmp_path / "a.xml").write_text(NITF)
    (tmp_path / "b.xml").write_bytes(message(item(guid="1"), item(guid="2")))
    (tmp_path / "c.xml").write_text(item())
    (tmp_path / "d.xml").write_text("<sitemap/>")
    with zipfile.ZipFile(tmp_path / "e.zip", "w") as archive:
        archive.writestr("a.xml", NITF)
    found = list(documents_of(find_documents(tmp_path), Columns()))
    assert [one.id for one in found] == ["a.xml", "b.xml#1", "b.xml#2", "c.xml", "d.xml", "e.zip#a.xml"]
    assert found[-1].item is not None
    assert read_document(found[-1].item.data or b"", "a.xml").title == "Talks in the hall"


LAUGHS = "<!DOCTYPE nitf [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{number} '{f'&a{number - 1};' * 10}'>" for number in range(1, 12)
)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "damaged XML"),
        (b"Obama lied.", "damaged XML"),
        (NITF.encode()[:900], "damaged XML"),
        (
            b"<sitemap><url/></sitemap>",
            "XML with the root 'sitemap', no feed, NITF or NewsML-G2; save its text",
        ),
        (b"<rss><channel><item/></channel></rss>", "a feed of many articles; give the folder"),
        (b"<nitf><body><body.content/></body></nitf>", "no text in this XML"),
        (PICTURE.encode(), "no text in this XML"),
        (message(), "no text in this XML"),
        (f"{LAUGHS}]><nitf><body><p>&a11;</p></body></nitf>".encode(), "entity amplification"),
        (f"{LAUGHS}]><nitf class='&a11;'><body><p>x</p></body></nitf>".encode(), "entity amplification"),
        (b"<nitf>" + b"<p>" * 300 + b"</p>" * 300 + b"</nitf>", "Excessive depth"),
        (b"<nitf>" + b"<p/>" * 200_000 + b"</nitf>", "XML of over 200,000 tags"),
        (b"<nitf>" + b" " * 2**23 + b"</nitf>", "XML of over 8 MiB"),
    ],
)
def test_what_is_refused(data, reason):
    with pytest.raises(ReadError, match=reason) as caught:
        read_document(data, "a.xml")
    assert str(caught.value).startswith("a.xml: ")
    assert "; " in str(caught.value)
    assert "\n" not in str(caught.value)


def test_nothing_is_fetched(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    head = f"<!DOCTYPE nitf [<!ENTITY x SYSTEM 'file://{secret}'><!ENTITY % p SYSTEM 'file://{secret}'>%p;]>"
    found = read_document(
        f"{head}<nitf><body><body.content><p>a &x; b</p></body.content></body></nitf>".encode(), "a.xml"
    )
    assert found.text == "a &x; b"


def test_bytes_that_are_not_what_the_document_says():
    data = '<?xml version="1.0" encoding="utf-8"?><nitf><body><body.content><p>Café</p></body.content></body></nitf>'
    found = read_document(data.encode("cp1252"), "a.xml")
    assert (found.text, found.notes) == ("Café", ("no UTF-8; read as cp1252 by its bytes",))
    assert read_document(data.replace("utf-8", "iso-8859-1").encode("latin-1"), "a.xml").text == "Café"
    assert read_document(data.replace("utf-8", "utf-16").encode("utf-16"), "a.xml").text == "Café"
