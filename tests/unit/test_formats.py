"""Documents in other formats than plain text: what is read, and what is refused with a reason. All texts are made up."""

from __future__ import annotations

import gzip
import io
import sys
import zipfile

import docx
import pytest
import zstandard
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from stance.errors import ReadError
from stance.reading.formats import is_known, read_document, suffix_of
from stance.reading.text import article_from_bytes

PARAGRAPHS = (
    "Obama met the Russian minister on Monday, and the talks went on until late in the evening of that day.",
    "The minister praised the president for his patience, while senators called the meeting a failure.",
    "Nobody in the hall expected that the two sides would sign anything before the end of the week.",
)


def page(body: str = "".join(f"<p>{text}</p>" for text in PARAGRAPHS), head: str = "") -> bytes:
    return (
        f"<html><head><title>Talks</title>{head}</head><body><nav><a href='/'>Home</a> <a href='/x'>World</a></nav>"
        f"<article><h1>Talks in the hall</h1>{body}</article><footer>Contact us</footer></body></html>"
    ).encode()


def word(paragraphs=PARAGRAPHS, title="", author="") -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.core_properties.title, document.core_properties.author = title, author
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def pdf(texts=PARAGRAPHS, *, lock: str = "", title: str = "", author: str = "") -> bytes:
    writer = PdfWriter()
    names = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    font = DictionaryObject({NameObject(key): NameObject(value) for key, value in names.items()})
    for text in texts:
        sheet = writer.add_blank_page(900, 400)
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 20 300 Td ({text}) Tj ET".encode() if text else b"")
        fonts = DictionaryObject({NameObject("/F1"): font})
        sheet[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        sheet[NameObject("/Contents")] = writer._add_object(stream)
    if title or author:
        writer.add_metadata({"/Title": title, "/Author": author})
    if lock:
        writer.encrypt(lock)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_a_page_gives_its_main_text_title_date_and_site():
    head = '<meta property="og:site_name" content="The Paper"><meta property="article:published_time" content="2016-02-18">'
    found = read_document(page(head=head), "a.html")
    assert all(text in found.text for text in PARAGRAPHS)
    assert "Home" not in found.text
    assert "Contact" not in found.text
    assert (found.title, found.date, found.source) == ("Talks in the hall", "2016-02-18", "The Paper")


def test_a_word_document_gives_its_paragraphs_and_title():
    found = read_document(word(title="Talks"), "a.docx")
    assert found.text == "\n".join(PARAGRAPHS)
    assert found.title == "Talks"


def test_tables_of_a_word_document_are_read_in_their_place():
    document = docx.Document()
    document.add_paragraph("Before.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "left", "right"
    document.add_paragraph("After.")
    stream = io.BytesIO()
    document.save(stream)
    assert read_document(stream.getvalue(), "a.docx").text == "Before.\nleft\tright\nAfter."


def test_a_pdf_gives_the_text_of_its_pages():
    found = read_document(pdf(title="Talks"), "a.pdf")
    assert found.text == "\n\n".join(PARAGRAPHS)
    assert found.title == "Talks"


@pytest.mark.parametrize(
    ("name", "pack"),
    [("a.txt.gz", gzip.compress), ("a.TXT.ZST", zstandard.ZstdCompressor().compress)],
    ids=["gz", "zst"],
)
def test_packed_text(name, pack):
    assert read_document(pack(b"Obama lied."), name).text == "Obama lied."


def test_all_frames_of_a_packed_text_are_read():
    frames = [zstandard.compress(text) for text in (b"Obama ", b"", b"lied.")]
    skipped = b"\x50\x2a\x4d\x18\x03\0\0\0abc"  # a frame that holds no data
    assert read_document(skipped.join(frames), "a.txt.zst").text == "Obama lied."


def test_what_an_article_is_given_goes_before_what_the_document_says():
    data = page(head='<meta property="og:site_name" content="The Paper">')
    article = article_from_bytes(data, id="a", path="a.html", source="Mine", date="2015-01-01")
    assert (article.source, article.date, article.title) == ("Mine", "2015-01-01", "Talks in the hall")
    assert article_from_bytes(data, id="a", path="a.html").source == "The Paper"


def bomb(size=70 * 1024 * 1024) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"0" * size)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.pdf", b"%PDF-1.4 and no more", "a damaged PDF"),
        ("a.pdf", pdf()[:700], "a damaged PDF"),
        ("a.pdf", b"", "a damaged PDF"),
        ("a.pdf", pdf(lock="secret"), "encrypted"),
        ("a.pdf", pdf(texts=["", ""]), "no text in its 2 pages, only images"),
        ("a.docx", b"PK\x03\x04 and no more", "damaged, or no Word document"),
        ("a.docx", word()[:900], "damaged, or no Word document"),
        ("a.docx", b"\xd0\xcf\x11\xe0 and more", "encrypted, or in Word's old format"),
        ("a.docx", bomb(), "unfolds to over 64 MiB"),
        ("a.docx", word([]), "the document is empty"),
        ("a.docm", word(), "macros"),
        ("a.doc", b"x", "save it as .docx"),
        (
            "a.rss",
            b"<rss/>",
            "a .rss file holds many articles; give the folder that it is in to `stance batch`",
        ),
        ("a.csv.gz", gzip.compress(b"text\nObama lied.\n", mtime=0), "a .csv file holds many articles"),
        ("a.html", b"", "no article was found"),
        ("a.html", b"<p>x</p>", "no article was found"),
        ("a.html", b"\0" * 1000, "binary data"),
        ("a.html", gzip.compress(page(), mtime=0), "a gzip file"),
        ("a.html", page(body="<p>x" * 60_000), "over 50,000 tags"),
        ("a.html", page(body="<p>" + "日" * 3_000_000).decode().encode("utf-16"), "a page of over 8 MiB"),
        ("a.html", page(body="<p>x</p>" * 1_200_000), "a page of over 8 MiB"),
        ("a.txt.gz", gzip.compress(b"Obama lied." * 1000, mtime=0)[:-30], "damaged or cut off"),
        ("a.txt.gz", b"Obama lied.", "damaged or cut off"),
        ("a.txt.gz", gzip.compress(b"0" * 70_000_000, mtime=0), "unfolds to over 32 MiB"),
        ("a.txt.zst", b"Obama lied.", "damaged"),
        ("a.txt.zst", zstandard.compress(b"Obama lied." * 1000)[:-1], "cut off"),
        ("a.txt.zst", zstandard.compress(b"Obama lied.") + zstandard.compress(b"Twice.")[:-3], "cut off"),
        ("a.txt.zst", zstandard.compress(b"Obama lied.") + b"more", "damaged"),
        ("a.txt.zst", zstandard.ZstdCompressor().compress(b"0" * 70_000_000), "unfolds to over 32 MiB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "data",
)
def test_what_is_refused(name, data, reason):
    with pytest.raises(ReadError, match=reason) as caught:
        read_document(data, name)
    message = str(caught.value)
    assert message.startswith(f"{name}: ")
    assert "; " in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("name", "library", "extra"),
    [
        ("a.html", "trafilatura", "html"),
        ("a.pdf", "pypdf", "pdf"),
        ("a.docx", "docx", "docx"),
        ("a.txt.zst", "zstandard", "zstd"),
        ("a.xml", "lxml", "feeds"),
    ],
)
def test_a_missing_library_is_named_with_its_extra(monkeypatch, name, library, extra):
    monkeypatch.setitem(sys.modules, library, None)
    for module in ("html", "pdf", "word", "news", "newsml", "nitf", "xml", "markup", "zstd"):
        monkeypatch.delitem(sys.modules, f"stance.reading.{module}", raising=False)
    with pytest.raises(ReadError, match=rf"needs the library {library}; pip install 'stance\[{extra}\]'"):
        read_document(b"x", name)


def test_endings():
    assert suffix_of("2016/A.TXT.gz") == ".txt"
    assert suffix_of("no ending") == suffix_of(".hidden") == suffix_of("a.b/c") == ""
    assert is_known("a.Html")
    assert not is_known("a.csv")
    # What has no known ending is read as text, as ever.
    assert read_document(b"Obama lied.", "notes").text == "Obama lied."


def test_documents_say_who_wrote_them_and_where_they_stand():
    head = '<meta name="author" content="Jane Doe"><link rel="canonical" href="https://paper.example/talks">'
    found = read_document(page(head=head), "a.html")
    assert (found.author, found.url) == ("Jane Doe", "https://paper.example/talks")
    assert read_document(pdf(author="Jane Doe"), "a.pdf").author == "Jane Doe"
    assert read_document(word(author="Jane Doe"), "a.docx").author == "Jane Doe"
    assert read_document(word(), "a.docx").author == ""


def test_an_article_has_author_and_url():
    article = article_from_bytes(page(head='<meta name="author" content="Jane Doe">'), id="a", path="a.html")
    assert (article.author, article.url) == ("Jane Doe", "")


@pytest.mark.parametrize(
    ("said", "encoding", "notes"),
    [
        ('<meta charset="iso-8859-2">', "iso-8859-2", 0),
        ("<META content='text/html; charset=windows-1250' http-equiv=Content-Type>", "windows-1250", 0),
        ('<meta charset="iso-8859-2">', "utf-8", 0),
        ("", "utf-8", 0),
        ("", "utf-8-sig", 0),
        ("", "utf-16", 0),
        ('<meta charset="nonsense">', "utf-8", 0),
        ('<meta charset="utf-8">', "cp1252", 1),
        ("", "cp1252", 1),
    ],
)
def test_pages_are_decoded_as_they_say_or_as_any_text(said, encoding, notes):
    words = "Café “déjà vu”" if encoding == "cp1252" else "Kraków, Łódź"
    body = f"<p>The minister went to {words} on Monday, and the talks went on until late in the evening.</p>"
    found = read_document(page(body, said).decode().encode(encoding), "a.html")
    assert words in found.text
    assert found.encoding in {encoding, "utf-8", "utf-16-le"}
    assert len(found.notes) == notes


def test_what_is_longer_in_a_page_than_any_text_is_left_out():
    head = f'<script type="application/ld+json">{"[" * 300_000}</script><meta name="author" content="{"a, " * 30_000}">'
    picture = (
        f'<p>One <img alt="a > b" src="data:image/png;base64,{"A" * 100_000}">picture, said the minister.</p>'
    )
    crowded = f"<p x='>' {' '.join(f'a{number}=1' for number in range(500))}>Nothing is lost, said the minister.</p>"
    don_t = "<p title=Don't>It doesn't end, said the minister.</p>"
    found = read_document(
        page(don_t + picture + crowded + "".join(f"<p>{text}</p>" for text in PARAGRAPHS), head), "a.html"
    )
    assert found.author == ""
    assert "It doesn't end, said the minister." in found.text
    assert "One picture, said the minister." in found.text
    assert "Nothing is lost, said the minister." in found.text
    assert all(text in found.text for text in PARAGRAPHS)


def test_macros_are_not_opened_and_that_is_said():
    stream = io.BytesIO(word())
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    found = read_document(stream.getvalue(), "a.docx")
    assert found.text == "\n".join(PARAGRAPHS)
    assert found.notes == ("the document holds macros; they were not opened",)


def test_a_cell_that_spans_columns_is_read_once():
    document = docx.Document()
    table = document.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "Obama lied."
    for place, text in enumerate(("a", "b", "c")):
        table.cell(1, place).text = text
    stream = io.BytesIO()
    document.save(stream)
    assert read_document(stream.getvalue(), "a.docx").text == "Obama lied.\na\tb\tc"
