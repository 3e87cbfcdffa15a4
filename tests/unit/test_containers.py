"""Files that hold many articles. All texts are made up."""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
import zlib
from pathlib import Path

import pyarrow
import pytest
import zstandard
from pyarrow import parquet

from stance.batch.unfold import documents_of
from stance.batch.walk import Document, find_documents
from stance.errors import ReadError
from stance.export.csv import COLUMNS, FAILURE_COLUMNS
from stance.reading import tables
from stance.reading.containers import Columns, unfold

ROWS = [
    {
        "uid": "a",
        "body": "Obama lied.",
        "headline": "One",
        "pub_date": "2016-02-18T10:00:00Z",
        "outlet": "The Paper",
        "byline": "Jane Doe",
        "link": "https://paper.example/a",
    },
    {
        "uid": "b",
        "body": "Trump won\npraise, and more.",
        "headline": 'Two, "so"',
        "pub_date": "2016/02/19",
        "outlet": "",
        "byline": "",
        "link": "",
    },
]
EXPECTED = [
    ("a", "Obama lied.", "One", "2016-02-18", "The Paper", "Jane Doe", "https://paper.example/a"),
    ("b", "Trump won\npraise, and more.", 'Two, "so"', "2016-02-19", "", "", ""),
]


def table(delimiter: str) -> bytes:
    lines = [delimiter.join(ROWS[0])]
    lines += [delimiter.join('"' + value.replace('"', '""') + '"' for value in row.values()) for row in ROWS]
    return ("\ufeff" + "\r\n".join(lines)).encode()


def lines() -> bytes:
    return "\n".join(json.dumps(row) for row in ROWS).encode()


def columnar() -> bytes:
    stream = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist(ROWS), stream)
    return stream.getvalue()


def archive(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name.replace("_", "."), data)
    return stream.getvalue()


def warc(*pages: tuple[str, str | bytes], more: str = "") -> bytes:
    records = []
    for address, page in pages:
        body = page.encode() if isinstance(page, str) else page
        http = (
            f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{more}Content-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2016-02-18T10:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{address}>\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(http)}\r\n\r\n"
        ).encode()
        records.append(head + http + b"\r\n\r\n")
    return b"".join(records)


def items(folder: Path, name: str, data: bytes, **named: str) -> list:
    path = folder / name
    path.write_bytes(data)
    return list(unfold(path, name, Columns(named)))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", table(",")),
        ("a.tsv", table("\t")),
        ("a.jsonl", lines()),
        ("a.ndjson", lines() + b"\n\n"),
        ("a.jsonl.gz", gzip.compress(lines(), mtime=0)),
        ("a.jsonl.zst", zstandard.ZstdCompressor().compress(lines())),
        ("a.csv.zst", zstandard.ZstdCompressor().compress(table(","))),
        ("a.parquet", columnar()),
    ],
    ids=lambda value: value if isinstance(value, str) else "data",
)
def test_tables(tmp_path, name, data):
    found = items(tmp_path, name, data)
    assert [
        (one.key, one.text, one.title, one.date, one.source, one.author, one.url) for one in found
    ] == EXPECTED


def test_several_authors_and_paragraphs_are_put_together(tmp_path):
    row = {
        "text": ["Obama lied.", "Trump won."],
        "authors": ["Jane Doe", "John Roe"],
        "url": "https://x.example/1",
    }
    (found,) = items(tmp_path, "a.jsonl", json.dumps(row).encode())
    assert (found.text, found.author) == ("Obama lied.\n\nTrump won.", "Jane Doe, John Roe")
    # Without an id of its own a row is told by its address.
    assert (found.key, found.url) == ("https://x.example/1", "https://x.example/1")


def test_columns_can_be_named(tmp_path):
    data = b'{"text": "wrong", "t": "right", "n": 7}'
    (found,) = items(tmp_path, "a.jsonl", data, text="t", id="n", author="t", url="text")
    assert (found.key, found.text, found.author, found.url) == ("7", "right", "right", "wrong")
    with pytest.raises(ReadError, match="no column 'x'; there are 'uid'"):
        items(tmp_path, "a.csv", table(","), text="x")


def test_a_field_of_five_megabytes(tmp_path):
    (found,) = items(tmp_path, "a.csv", b"text\n" + b"x" * 5_000_000)
    assert found.text is not None
    assert len(found.text) == 5_000_000


def test_a_zip_file_gives_what_can_be_read(tmp_path):
    found = items(
        tmp_path, "a.zip", archive(b_txt=b"Obama lied.", a_html=b"<p>x</p>", c_exe=b"MZ", d_zip=archive())
    )
    assert [(one.key, one.data, one.name) for one in found] == [
        ("a.html", b"<p>x</p>", "a.html"),
        ("b.txt", b"Obama lied.", "b.txt"),
        ("d.zip", None, ""),
    ]
    assert found[2].problem == "a file of many articles inside of an archive"


def test_a_web_archive_gives_its_pages(tmp_path):
    data = warc(("http://x/1", "<p>one</p>"), ("http://x/2", "<p>two</p>"))
    for name, packed in (("a.warc", data), ("a.warc.gz", gzip.compress(data, mtime=0))):
        found = items(tmp_path, name, packed)
        assert [(one.key, one.data, one.url) for one in found] == [
            ("http://x/1", b"<p>one</p>", "http://x/1"),
            ("http://x/2", b"<p>two</p>", "http://x/2"),
        ]


PAGE = b"<p>Obama lied.</p>" * 20
CHUNKED = b"%x;x=1\r\n%b\r\n%X\r\n%b\r\n0\r\n\r\n" % (100, PAGE[:100], len(PAGE) - 100, PAGE[100:])
BARE = zlib.compressobj(9, zlib.DEFLATED, -15)


@pytest.mark.parametrize(
    ("data", "header"),
    [
        (PAGE, ""),
        (CHUNKED, "Transfer-Encoding: chunked"),
        (PAGE, "Transfer-Encoding: chunked"),
        (gzip.compress(PAGE, mtime=0), "Content-Encoding: gzip"),
        (zlib.compress(PAGE), "content-encoding: Deflate"),
        (BARE.compress(PAGE) + BARE.flush(), "Content-Encoding: deflate"),
        (PAGE, "Content-Encoding: gzip"),
        (PAGE, "Content-Encoding: nonsense"),
    ],
    ids=str,
)
def test_pages_are_unwrapped_as_their_servers_wrapped_them(tmp_path, data, header):
    archived = warc(("http://x/1", data), ("http://x/2", data), more=f"{header}\r\n" if header else "")
    assert [one.data for one in items(tmp_path, "a.warc", archived)] == [PAGE, PAGE]


@pytest.mark.parametrize(
    ("cut", "keys", "lost"),
    [
        (0, ["http://x/1", "http://x/2"], []),
        (3, ["http://x/1", "http://x/2"], []),
        (100, ["http://x/1"], ["http://x/2"]),
        (len(PAGE) + 100, ["http://x/1"], []),
        (len(PAGE) + 230, ["http://x/1"], []),
        (len(PAGE) + 400, [], ["http://x/1"]),
    ],
)
@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress], ids=["plain", "gzip", "zstd"])
def test_a_web_archive_that_is_cut_off(tmp_path, cut, keys, lost, pack):
    """Where there is nothing that packed it, nothing but its last bytes says that there was more."""
    whole = warc(("http://x/1", PAGE), ("http://x/2", PAGE))
    path = tmp_path / f"a.warc{ {bytes: '', gzip.compress: '.gz'}.get(pack, '.zst') }"
    path.write_bytes(pack(whole[: len(whole) - cut]))
    found, said = [], ""
    try:
        for one in unfold(path, path.name, Columns()):
            found.append(one)  # noqa: PERF402 - extend() takes nothing of what fails later
    except ReadError as error:
        said = str(error)
    assert [one.key for one in found if not one.problem] == keys
    assert [one.key for one in found if one.problem == "cut off"] == lost
    assert said == (f"{path.name}: cut off after {len(keys) + len(lost)} pages; get it again" if cut else "")


def test_a_web_archive_whose_packing_is_cut_off(tmp_path):
    for name, data in (("a.warc.gz", gzip.compress), ("b.warc.zst", zstandard.compress)):
        with pytest.raises(ReadError, match="cut off"):
            items(tmp_path, name, data(warc(("http://x/1", os.urandom(5_000))))[:-20])


def test_a_web_archive_with_names_that_are_none(tmp_path):
    (found,) = items(tmp_path, "a.warc", warc(("http://x/1", PAGE), more="X-\xe4\xff: y\r\n"))
    assert found.data == PAGE


def test_rows_that_cannot_be_read_are_items_with_a_problem(tmp_path):
    data = (
        b'{"text": "one"}\nno json\n[1]\n{"a": 1}\n{"text": " "}\n{"text": null}\n'
        + b"[" * 9_000
        + b'\n{"text": "two"}'
    )
    found = items(tmp_path, "a.jsonl", data)
    assert [one.text for one in found if not one.problem] == ["one", "two"]
    assert [one.key for one in found if one.problem] == ["2", "3", "4", "5", "6", "7"]
    assert all(one.remedy for one in found if one.problem)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.csv", b"a,b\n1,2\n", "no column holds the text"),
        ("a.csv", b"", "no column holds the text"),
        ("a.csv", b"text" + b"," * 20_000 + b"\nx\n", "over 10,000 columns"),
        ("a.csv", b"text\n" + b"x" * 9_000_000 + b"\n", "field larger than field limit"),
        ("a.csv", b"text\n\xff\xfe\n", "not UTF-8 after row 0"),
        ("a.csv", b"text\none\n" + b"x\0y\n" * 3 + b"\xff", "not UTF-8"),
        ("a.parquet", b"PAR1 and no more", "damaged, or no Parquet file"),
        ("a.parquet", columnar()[:-20], "damaged, or no Parquet file"),
        ("a.zip", b"PK and no more", "damaged, or no zip file"),
        ("a.jsonl.gz", gzip.compress(lines() * 9_000, mtime=0)[:-30], "damaged, cut off"),
        ("a.jsonl.gz", lines(), "damaged, cut off"),
        ("a.jsonl.zst", lines(), "damaged"),
        ("a.jsonl.zst", zstandard.compress(lines())[:-1], "cut off"),
        ("a.csv.gz", gzip.compress(b"text\n" + b"0" * 70_000_000, mtime=0), "a line of over 16 MiB"),
        ("a.jsonl.gz", gzip.compress(b"0" * 70_000_000, mtime=0), "a line of over 16 MiB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "data",
)
def test_files_that_cannot_be_read(tmp_path, name, data, reason):
    with pytest.raises(ReadError, match=reason) as caught:
        items(tmp_path, name, data)
    assert str(caught.value).startswith(f"{name}: ")
    assert "\n" not in str(caught.value)


def test_a_bomb_in_a_zip_file_is_a_problem_of_its_own(tmp_path):
    found = items(tmp_path, "a.zip", archive(a_txt=b"0" * 70_000_000, b_txt=b"Obama lied."))
    assert [one.problem for one in found] == ["over the limit of 32 MiB", ""]


def test_documents_have_numbers_and_ids_of_their_own(tmp_path):
    (tmp_path / "a.txt").write_text("Obama lied.")
    (tmp_path / "b.jsonl").write_bytes(lines() + b'\n{"uid": "a", "body": "Once more."}\n')
    (tmp_path / "c.csv").write_bytes(b"x\n")
    found = list(documents_of(find_documents(tmp_path), Columns()))
    assert [(one.id, one.place, one.problem) for one in found] == [
        ("a.txt", 0, ""),
        ("b.jsonl#a", 1, ""),
        ("b.jsonl#b", 2, ""),
        ("b.jsonl#a (3)", 3, "another document has the same id"),
        ("c.csv", 4, "no column holds the text"),
    ]


def test_scores_of_an_earlier_run_are_no_documents(tmp_path):
    (tmp_path / "scores.csv").write_text(",".join(COLUMNS) + "\n")
    (tmp_path / "scores.failures.csv").write_text(",".join(FAILURE_COLUMNS) + "\n")
    (tmp_path / "scores.jsonl").write_text('{"schema":"stance.analysis/1"}\n')
    files = find_documents(tmp_path)
    assert len(files) == 3
    assert list(documents_of(files, Columns())) == []


def test_whatever_goes_wrong_with_a_container_is_a_row_and_not_the_end(tmp_path, monkeypatch):
    (tmp_path / "a.jsonl").write_bytes(lines())
    (tmp_path / "b.txt").write_text("Obama lied.")
    unfolding = tables.json_lines

    def failing(*arguments):
        yield next(unfolding(*arguments))
        raise KeyError("a defect of a library")

    monkeypatch.setattr(tables, "json_lines", failing)
    found = list(documents_of(find_documents(tmp_path), Columns()))
    assert [one.id for one in found] == ["a.jsonl#a", "a.jsonl", "b.txt"]
    assert found[1].problem == "unforeseen KeyError: 'a defect of a library'"
    assert found[1].remedy.startswith("please report this")


def test_columns_of_the_same_name_and_short_rows(tmp_path):
    found = items(tmp_path, "a.csv", b"\n\ntitle,text,text,source\nA,one,two,S\n\nB,three,four\nC\n")
    assert [(one.key, one.title, one.text, one.source) for one in found] == [
        ("1", "A", "two", "S"),
        ("2", "B", "four", ""),
        ("3", "", None, ""),
    ]


def test_a_container_that_is_gone_is_a_document_that_cannot_be_read(tmp_path):
    gone = Document("a.csv", str(tmp_path / "a.csv"))
    assert list(documents_of([gone], Columns())) == [gone]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jsonl", b""),
        ("a.jsonl.gz", gzip.compress(b"", mtime=0)),
        ("a.csv", b"id,text\n"),
        ("a.zip", archive(a_png=b"x")),
    ],
)
def test_a_file_without_any_article_is_said(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    (found,) = documents_of(find_documents(tmp_path), Columns())
    assert (found.id, found.problem) == (name, "no article is in this file")
    assert found.remedy
