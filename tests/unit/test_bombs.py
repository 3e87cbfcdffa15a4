"""Files that are made to fill memory or to take hours: what reading them takes, measured in a process of its own.

Each is read as a batch reads it, but what is done in two processes there is done in one here.
"""

from __future__ import annotations

import io
import json
import os
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
import zstandard
from test_formats import pdf, word

ROOT = Path(__file__).parents[2]
MIB = 1 << 20
MOST_MEMORY = 300  # MiB
MOST_SECONDS = 10.0  # of the processor: the machine may be busy

READER = """
import json, resource, sys
from pathlib import Path
from stance.batch.unfold import documents_of
from stance.batch.walk import find_documents
from stance.errors import ReadError
from stance.reading.containers import Columns
from stance.reading.formats import read_document
from stance.reading.text import read_bytes

read, problems = 0, []
for one in documents_of(find_documents(Path(sys.argv[1])), Columns()):
    try:
        if one.problem:
            raise ReadError(one.problem)
        if one.item is None:
            read_document(read_bytes(Path(one.path)), one.path)
        elif one.item.text is None:
            read_document(one.item.data or b"", one.item.name)
        read += 1
    except ReadError as error:
        problems.append(str(error))
usage = resource.getrusage(resource.RUSAGE_SELF)
memory = usage.ru_maxrss / 1024
if Path("/proc/self/status").exists():
    # What a process that became this one had counts as this one's there.
    memory = int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) / 1024
print(json.dumps([read, problems[:5], memory, usage.ru_utime + usage.ru_stime]))
"""


def deflated(unit: bytes, times: int, before: bytes = b"", after: bytes = b"", window: int = 15) -> bytes:
    """Pack a unit many times; its packed form is repeated, so that a gigabyte takes no time."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = packer.compress(before) + packer.flush(zlib.Z_FULL_FLUSH)
    body = packer.compress(unit) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = head + body * times + packer.compress(after) + packer.flush()
    if window < 0:
        return packed
    if window == 15:
        return b"\x78\xda" + packed  # without a checksum, which nobody is to reach
    check = zlib.crc32(before)
    for _ in range(times):
        check = zlib.crc32(unit, check)
    size = len(before) + len(unit) * times + len(after)
    end = struct.pack("<II", zlib.crc32(after, check), size & 0xFFFFFFFF)
    return b"\x1f\x8b\x08\0\0\0\0\0\x02\xff" + packed + end


def gz(unit: bytes, times: int, before: bytes = b"", after: bytes = b"") -> bytes:
    return deflated(unit * (MIB // len(unit)), times, before, after, 31)


def objects(*contents: bytes, end: bytes = b"") -> bytes:
    """Make a PDF of its objects, the first of which is the catalogue."""
    out, places = b"%PDF-1.5\n", []
    for number, content in enumerate(contents, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(contents) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<</Size %d/Root 1 0 R%b>>\nstartxref\n%d\n%%%%EOF"
        % (size, table, size, end.replace(b"HERE", str(len(out)).encode()), len(out))
    )


def stream(data: bytes, about: bytes = b"/Filter/FlateDecode") -> bytes:
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (about, len(data), data)


CATALOGUE, PAGES = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
PAGE = (
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R"
    b"/Resources<</Font<</F1 5 0 R>>/XObject<</X 6 0 R>>>>>>"
)
TEXT = b"BT /F1 12 Tf (Obama lied.) Tj ET"


def one_page(content: bytes, form: bytes = b"", pages: bytes = PAGES) -> bytes:
    shape = stream(form, b"/Type/XObject/Subtype/Form/Filter/FlateDecode/Resources<</Font<</F1 5 0 R>>>>")
    return objects(CATALOGUE, pages, PAGE, content, FONT, shape)


def packed_stream(data: bytes) -> bytes:
    return stream(zlib.compress(data, 9))


def package(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def packed_package(name: str, packed: bytes, said: int, crc: int = 0) -> bytes:
    """Make a zip file of one part that is packed already; `said` is the size that it gives itself."""
    raw = name.encode()
    local = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 0, crc, len(packed), said, len(raw), 0) + raw
    entry = struct.pack(
        "<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 8, 0, 0, crc, len(packed), said, len(raw), 0, 0, 0, 0, 0, 0
    )
    start = len(local) + len(packed)
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, len(entry) + len(raw), start, 0)
    return local + packed + entry + raw + end


WORD = zipfile.ZipFile(io.BytesIO(word()))
BODY = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%b</w:body></w:document>'


def docx(body: bytes) -> bytes:
    parts = {name: WORD.read(name) for name in WORD.namelist()}
    return package({**parts, "word/document.xml": BODY % body})


def huge_docx(said: int) -> bytes:
    # With a checksum that is right for what it says that it holds.
    return packed_package(
        "word/document.xml", deflated(b"0" * MIB, 600, window=-15), said, zlib.crc32(b"0" * said)
    )


HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


def record(size: int, http: bytes = HTTP) -> bytes:
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x.example/%d\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%b"
        % (size, size + len(http), http)
    )


PARAGRAPH = (
    b"<p>Obama met the minister on Monday, and the talks went on until late in the evening of that day.</p>"
)
GOOD = b"<html><body><article>" + PARAGRAPH * 9 + b"</article></body></html>"
LAUGHS = b"<!DOCTYPE x [<!ENTITY a0 'ha'>" + b"".join(
    b"<!ENTITY a%d '%b'>" % (number, b"&a%d;" % (number - 1) * 10) for number in range(1, 12)
)
LONG_ENTITY = b"<!DOCTYPE x [<!ENTITY a '" + b"x" * 10_000 + b"'>"


def page(body: bytes, head: bytes = b"") -> bytes:
    return (
        b"<html><head>"
        + head
        + b"</head><body><article>"
        + PARAGRAPH * 9
        + body
        + b"</article></body></html>"
    )


def rss(body: bytes, head: bytes = b"") -> bytes:
    return head + b"<rss version='2.0'><channel><title>T</title>" + body + b"</channel></rss>"


def entry(inner: bytes) -> bytes:
    return rss(b"<item><guid>1</guid><description>Obama lied.</description>" + inner + b"</item>")


def json_line(inner: bytes) -> bytes:
    return b'{"text": "Obama lied.", "more": [' + inner + b"1]}\n"


# What to read: the name, the bytes, how many documents can be read in it, and what is said of the others.
BOMBS = {
    "html of 50 MB": ("a.html", lambda: PARAGRAPH * (50 * MIB // len(PARAGRAPH)), 0, "a page of over 8 MiB"),
    "html of 100,000 nested elements": (
        "a.html",
        lambda: page(b"<div>" * 100_000 + b"</div>" * 100_000),
        0,
        "over 50,000 tags",
    ),
    "html of 20,000 nested elements": (
        "a.html",
        lambda: page(b"<div>" * 20_000 + b"Obama lied." + b"</div>" * 20_000),
        1,
        "",
    ),
    "html with 500,000 attributes": (
        "a.html",
        lambda: page(b"<p " + b" ".join(b"a%d=1" % number for number in range(500_000)) + b">"),
        1,
        "",
    ),
    "html with many tags of many attributes": (
        "a.html",
        lambda: page((b"<p " + b" ".join(b"a%d=1" % number for number in range(6_000)) + b">") * 140),
        1,
        "",
    ),
    "html with endless metadata": (
        "a.html",
        lambda: page(
            b"", b'<script type="application/ld+json">{"author":"' + b"a " * 7 * (MIB // 2) + b'"}</script>'
        ),
        1,
        "",
    ),
    "html with an endless author": (
        "a.html",
        lambda: page(b"", b"<meta name=author content='" + b"aaa, " * (7 * MIB // 5) + b"'>"),
        1,
        "",
    ),
    "html that is packed": ("a.html", lambda: gz(b"0", 1024, GOOD), 0, "a gzip file"),
    "pdf with a stream of 1 GB": (
        "a.pdf",
        lambda: one_page(stream(deflated(b"a" * MIB, 1024, b"BT /F1 12 Tf ("))),
        0,
        "Limit reached while decompressing",
    ),
    "pdf with a stream packed twice": (
        "a.pdf",
        lambda: one_page(
            stream(zlib.compress(deflated(b"a" * MIB, 1024)), b"/Filter[/FlateDecode/FlateDecode]")
        ),
        0,
        "Limit reached while decompressing",
    ),
    "pdf with a stream named a thousand times": (
        "a.pdf",
        lambda: objects(
            CATALOGUE,
            PAGES,
            PAGE.replace(b"4 0 R/R", b"[" + b"4 0 R " * 1000 + b"]/R"),
            packed_stream(b" " * 6 * MIB),
        ),
        0,
        "output bytes",
    ),
    "pdf of a million pages": (
        "a.pdf",
        lambda: one_page(
            packed_stream(TEXT), b"", b"<</Type/Pages/Kids[%b]/Count 1000000>>" % (b"3 0 R " * 1_000_000)
        ),
        0,
        "a damaged PDF",
    ),
    "pdf of 50,000 pages": (
        "a.pdf",
        lambda: one_page(
            packed_stream(TEXT), b"", b"<</Type/Pages/Kids[%b]/Count 1>>" % (b"3 0 R " * 50_000)
        ),
        0,
        "50,000 pages, over the limit of 2,000",
    ),
    "pdf with a tree of ten thousand million pages": (
        "a.pdf",
        lambda: objects(
            CATALOGUE,
            *(
                b"<</Type/Pages/Count 1/Kids[%b]>>" % (b"%d 0 R " % (number + 1) * 10)
                for number in range(2, 12)
            ),
            b"<</Type/Page/MediaBox[0 0 9 9]>>",
        ),
        0,
        "a damaged PDF",
    ),
    "pdf whose pages are their own": (
        "a.pdf",
        lambda: objects(CATALOGUE, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"),
        0,
        "cyclic",
    ),
    "pdf whose table is its own predecessor": (
        "a.pdf",
        lambda: objects(CATALOGUE, PAGES, PAGE, packed_stream(TEXT), FONT, end=b"/Prev HERE"),
        1,
        "",
    ),
    "pdf with a text of 30 MB": (
        "a.pdf",
        lambda: one_page(packed_stream(b"BT (" + b"a" * 30_000_000 + b") Tj ET")),
        0,
        "Limit reached",
    ),
    "pdf with a page of 900,000 words": (
        "a.pdf",
        lambda: one_page(packed_stream(b"BT /F1 12 Tf " + b"(a) Tj " * 900_000 + b"ET")),
        0,
        "maximum number of tokens",
    ),
    "pdf that draws the same thing 100 million times": (
        "a.pdf",
        lambda: one_page(packed_stream(b"/X Do " * 4_900), zlib.compress(b"q Q " * 10_000)),
        0,
        "over 500,000 steps",
    ),
    "pdf without an end": ("a.pdf", lambda: b"%PDF-1.4\n" + b"1 0 obj\n<<" * 3_000_000, 0, "it has no end"),
    "pdf of images": ("a.pdf", lambda: pdf(texts=[""] * 300), 0, "no text in its 300 pages, only images"),
    "pdf with a password": ("a.pdf", lambda: pdf(lock="secret"), 0, "encrypted"),
    "docx of 600 MB": ("a.docx", lambda: huge_docx(600 * MIB), 0, "over 64 MiB"),
    "docx that lies about its size": (
        "a.docx",
        lambda: huge_docx(1_000),
        0,
        "damaged",
    ),
    "docx of 20 MB": ("a.docx", lambda: docx(b"<w:p/>" * (20 * MIB // 6)), 0, "text of over 16 MiB"),
    "docx of a million paragraphs": ("a.docx", lambda: docx(b"<w:p/>" * 1_000_000), 0, "over 300,000 tags"),
    "docx of 200,000 paragraphs": ("a.docx", lambda: docx(b"<w:p/>" * 200_000), 0, "empty"),
    "docx with a cell that is very wide": (
        "a.docx",
        lambda: docx(
            b'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="200000000"/></w:tcPr>'
            b"<w:p><w:r><w:t>Obama lied.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        ),
        1,
        "",
    ),
    "docx that is nested deep": (
        "a.docx",
        lambda: docx(b"<w:sdt>" * 100_000 + b"</w:sdt>" * 100_000),
        0,
        "damaged",
    ),
    "gzip around 1 GB of text": ("a.txt.gz", lambda: gz(b"a", 1024), 0, "unfolds to over 32 MiB"),
    "gzip around a text of wide letters": ("a.txt.gz", lambda: gz(b"a", 31, "😀".encode()), 1, ""),
    "zstd around 1 GB of text": (
        "a.txt.zst",
        lambda: zstandard.compress(b"a" * MIB) * 1024,
        0,
        "over 32 MiB",
    ),
    "gzip around an endless line": (
        "a.jsonl.gz",
        lambda: gz(b"a", 1024, b'{"text": "'),
        0,
        "a line of over 16 MiB",
    ),
    "zstd around an endless line": (
        "a.jsonl.zst",
        lambda: zstandard.compress(b'{"text": "') + zstandard.compress(b"a" * MIB) * 1024,
        0,
        "over 16 MiB",
    ),
    "json of five million lists": (
        "a.jsonl",
        lambda: json_line(b"[]," * 5_000_000),
        0,
        "over 1,000,000 values",
    ),
    "json of a million keys": (
        "a.jsonl",
        lambda: b'{"text":"x",' + b",".join(b'"%07d":1' % number for number in range(1_200_000)) + b"}",
        0,
        "over 1,000,000",
    ),
    "json of eight million numbers": ("a.jsonl", lambda: json_line(b"1," * 8_000_000), 1, ""),
    "csv with a quotation that does not end": (
        "a.csv.gz",
        lambda: gz(b"a\n", 500, b'text\n"'),
        0,
        "field larger than field limit",
    ),
    "csv with an endless line": ("a.csv.gz", lambda: gz(b"a", 1024, b"text\n"), 0, "a line of over 16 MiB"),
    "csv with 15 million columns": ("a.csv.gz", lambda: gz(b",", 15, b"text"), 0, "over 10,000 columns"),
    "csv with 15 million cells in a row": ("a.csv.gz", lambda: gz(b",", 15, b"text,b\nx"), 1, ""),
    "csv with a field of 5 MB": ("a.csv", lambda: b"text\n" + b"x" * 5_000_000, 1, ""),
    "zip of a bomb": (
        "a.zip",
        lambda: packed_package("a.txt", deflated(b"0" * MIB, 500, window=-15), 500 * MIB),
        0,
        "over the limit of 32 MiB",
    ),
    "zip that lies about its size": (
        "a.zip",
        lambda: packed_package("a.txt", deflated(b"0" * MIB, 500, window=-15), 1_000),
        0,
        "damaged in the archive",
    ),
    "zip of zips": (
        "a.zip",
        lambda: package({"b.zip": package({"c.txt": b"Obama lied."}), "d.txt": b"Obama lied."}),
        1,
        "a file of many articles inside of an archive",
    ),
    "warc with a page of 1 GB": (
        "a.warc.gz",
        lambda: gz(b"a", 1024, record(1024 * MIB), b"\r\n\r\n" + record(len(GOOD)) + GOOD + b"\r\n\r\n"),
        1,
        "a page of over 64 MiB",
    ),
    "warc with an endless header": (
        "a.warc.gz",
        lambda: gz(b"a", 1024, b"WARC/1.0\r\nX: "),
        0,
        "Maximum header length",
    ),
    "warc with an endless header of its page": (
        "a.warc.gz",
        lambda: gz(b"a", 1024, record(1024 * MIB, b"HTTP/1.1 200 OK\r\nX: ")),
        0,
        "Maximum header length",
    ),
    "warc with a packed page of 1 GB": (
        "a.warc",
        lambda: (
            record(len(PACKED), HTTP.replace(b"\r\n\r\n", b"\r\nContent-Encoding: gzip\r\n\r\n"))
            + PACKED
            + b"\r\n\r\n"
            + record(len(GOOD))
            + GOOD
            + b"\r\n\r\n"
        ),
        1,
        "a page of over 64 MiB",
    ),
    "feed that laughs": (
        "a.rss",
        lambda: rss(b"<item><description>&a11;</description></item>", LAUGHS + b"]>"),
        0,
        "amplification",
    ),
    "feed that laughs in an attribute": (
        "a.rss",
        lambda: LAUGHS + b"]><rss version='&a11;'></rss>",
        0,
        "no RSS or Atom feed",
    ),
    "feed with a long entity": (
        "a.rss",
        lambda: rss(b"<item><description>" + b"&a;" * 50_000 + b"</description></item>", LONG_ENTITY + b"]>"),
        0,
        "amplification",
    ),
    "feed with an endless author": (
        "a.rss",
        lambda: entry(b"<author>" + b"a" * 7 * MIB + b"</author>"),
        1,
        "",
    ),
    "feed with 60,000 categories": (
        "a.rss",
        lambda: entry(b"".join(b"<category>%d</category>" % number for number in range(60_000))),
        1,
        "",
    ),
    "feed with 200,000 attributes": (
        "a.rss",
        lambda: entry(b"<title " + b" ".join(b"a%d='x'" % number for number in range(200_000)) + b"/>"),
        1,
        "",
    ),
    "feed of 120,000 entries": ("a.rss", lambda: rss(b"<item/>" * 120_000), 0, "the entry has no text"),
    "feed of tags in a text": (
        "a.rss",
        lambda: rss(b"<item><description>" + b"&lt;b>" * 480_000 + b"</description></item>"),
        0,
        "nested",
    ),
    "feed of end tags in a text": (
        "a.rss",
        lambda: rss(
            b"<item><description>" + b"&lt;b>" * 390 + b"&lt;/p>" * 480_000 + b"</description></item>"
        ),
        0,
        "no text",
    ),
    "feed with a long way to its root": (
        "a.rss",
        lambda: b"\n" * 7 * MIB + rss(b""),
        0,
        "no RSS or Atom feed",
    ),
    "nitf that laughs": (
        "a.xml",
        lambda: LAUGHS + b"]><nitf><body><p>&a11;</p></body></nitf>",
        0,
        "amplification",
    ),
    "nitf of 190,000 elements": (
        "a.xml",
        lambda: b"<nitf><body>" + b"<p/>" * 190_000 + b"</body></nitf>",
        0,
        "no text",
    ),
}
PACKED = gz(b"0", 1024)


def measured(folder: Path) -> tuple[int, list[str], float, float]:
    done = subprocess.run(
        [sys.executable, "-c", READER, str(folder)],
        capture_output=True,
        check=False,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    read, problems, memory, seconds = json.loads(done.stdout)
    return read, problems, memory, seconds


@pytest.mark.parametrize("bomb", BOMBS)
def test_what_reading_takes(tmp_path, bomb):
    name, make, expected, reason = BOMBS[bomb]
    (tmp_path / name).write_bytes(make())
    read, problems, memory, seconds = measured(tmp_path)
    assert read == expected, problems
    assert not reason or any(reason in problem for problem in problems), problems
    assert memory < MOST_MEMORY
    assert seconds < MOST_SECONDS


MAKER = """
import pyarrow
from pyarrow import parquet
text = pyarrow.array({texts}, pyarrow.large_string())
table = pyarrow.table({{"text": text.dictionary_encode() if {same} else text}})
parquet.write_table(table, {path!r}, compression="zstd", store_schema=False)
"""


@pytest.mark.parametrize(
    ("texts", "same", "expected"),
    [
        ("['a' * 150_000_000]", False, 0),
        ("['x'] * 1000 + ['a' * 150_000_000]", False, 0),
        ("['a' * 15_000_000] * 64", True, 64),
    ],
    ids=["one text", "among others", "one for many rows"],
)
def test_parquet_with_texts_that_are_too_long(tmp_path, texts, same, expected):
    made = MAKER.format(texts=texts, same=same, path=str(tmp_path / "a.parquet"))
    subprocess.run([sys.executable, "-c", made], check=True)
    assert (tmp_path / "a.parquet").stat().st_size < 20_000
    read, problems, memory, seconds = measured(tmp_path)
    assert read == expected
    assert expected or "a column that unfolds from" in problems[0]
    assert memory < MOST_MEMORY
    assert seconds < MOST_SECONDS
