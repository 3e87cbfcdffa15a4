"""What `stance analyze` is given: bad files, odd texts, hostile names."""

from __future__ import annotations

import json
import os

import pytest
from stance_process import ARTICLE, CONTROL, LEXICON, stance

BAD = {
    "empty": (b"", "empty"),
    "white": (b" \t\r\n\x0c\n", "empty"),
    "binary": (bytes(range(256)) * 100, "binary"),
    "zip": (b"PK\x03\x04abc", "zip"),
    "pdf": (b"%PDF-1.7 abc", "PDF"),
}


@pytest.mark.parametrize("name", BAD)
def test_the_only_file_is_bad(tmp_path, name):
    data, reason = BAD[name]
    (tmp_path / name).write_bytes(data)
    done = stance("analyze", name, *LEXICON, cwd=tmp_path)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"stance: {name}: ")
    assert reason in done.err
    assert done.err.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nowhere", "no such file"),
        ("folder", "stance batch"),
        ("fifo", "regular"),
        ("loop", "symbolic links"),
        ("", "folder"),
    ],
)
def test_what_is_no_file(tmp_path, name, reason):
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "fifo")
    done = stance("analyze", name, *LEXICON, cwd=tmp_path)
    assert (done.code, done.out) == (1, "")
    assert reason in done.err


def test_one_bad_among_several(tmp_path):
    (tmp_path / "empty.txt").touch()
    done = stance("analyze", tmp_path / "empty.txt", ARTICLE, tmp_path / "none", *LEXICON, "--format", "csv")
    assert done.code == 1
    assert done.err.count("\n") == 2
    assert done.out.startswith("doc_id,")
    assert "oped-korean-knot" in done.out


def test_all_bad_writes_no_file(tmp_path):
    done = stance("analyze", tmp_path / "none", *LEXICON, "-o", tmp_path / "o")
    assert done.code == 1
    assert list(tmp_path.iterdir()) == []


GOOD = {
    "one-word": b"x" * 10_000_000,
    "nul": b"\0Obama lied.\0" + b"a. " * 30_000 + b"\0",
    "utf-16": "Obama lied about Russia.".encode("utf-16-le"),
    "utf-16-be": "Obama lied about Russia.".encode("utf-16-be"),
    "cr-only": b"Title\r\rObama lied.\r\rTrump won praise.\r",
    "cp1252": b"\x93Obama lied,\x94 said Mr. Caf\xe9.",
    "surrogate": b"Obama lied \xed\xa0\x80.",
    "escapes": b"Obama lied \x1b[31mred\x1b]0;title\x07 \xc2\x9b31m [/red] [bold]x[/] \xe2\x80\xae.",
}


@pytest.mark.parametrize("name", GOOD)
def test_odd_texts(tmp_path, name):
    (tmp_path / name).write_bytes(GOOD[name])
    for form in ("text", "json", "csv"):
        done = stance("analyze", name, *LEXICON, "--format", form, cwd=tmp_path)
        assert done.code == 0
        if form != "csv":
            assert not CONTROL.search(done.out)
        assert not CONTROL.search(done.err)
    found = json.loads(stance("analyze", name, *LEXICON, "--format", "json", cwd=tmp_path).out)
    assert bool(found["scores"]) == (name != "one-word")


def test_notes_on_the_encoding_are_said_unless_quiet(tmp_path):
    (tmp_path / "a").write_bytes(GOOD["utf-16"])
    assert "utf-16-le" in stance("analyze", tmp_path / "a", *LEXICON, "--format", "csv").err
    assert stance("analyze", tmp_path / "a", *LEXICON, "--format", "csv", "--quiet").err == ""


@pytest.mark.parametrize(
    "name", ["\x1b[31m", "[red][bold]", "a\nb", "\x9b31m\u202e", os.fsdecode(b"\xff\xfe")]
)
def test_names_are_harmless(tmp_path, name):
    missing = stance("analyze", name, *LEXICON, cwd=tmp_path)
    assert missing.code == 1
    (tmp_path / name).write_text("Obama lied.")
    for form in ("text", "json", "csv"):
        done = stance("analyze", name, *LEXICON, "--format", form, cwd=tmp_path)
        assert (done.code, done.err) == (0, "")
        assert form == "csv" or not CONTROL.search(done.out)
    assert not CONTROL.search(missing.err)
    assert missing.err.count("\n") == 1
