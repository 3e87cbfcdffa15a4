"""Documents of a folder: in one order, each once, oddities by name."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from stance.batch.walk import find_documents
from stance.errors import UsageError


def make(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def ids(folder, *arguments, **options):
    return [document.id for document in find_documents(folder, *arguments, **options)]


def problems(folder):
    return {document.id: document.problem for document in find_documents(folder) if document.problem}


def test_order_is_that_of_relative_paths(tmp_path):
    make(tmp_path, "b.txt", "a/z.txt", "a-b.txt", "a.txt", "B.txt", "a/b/c.txt", "é.txt")
    found = ids(tmp_path)
    assert found == sorted(found)
    assert found == ["B.txt", "a-b.txt", "a.txt", "a/b/c.txt", "a/z.txt", "b.txt", "é.txt"]


def test_paths_begin_as_the_folder_was_given(tmp_path, monkeypatch):
    make(tmp_path, "in/a/b.txt")
    monkeypatch.chdir(tmp_path)
    document = find_documents(Path("in"))[0]
    assert (document.id, document.path) == ("a/b.txt", "in/a/b.txt")


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.txt", ["a.txt", "x/b.txt", "x/y/c.txt"]),
        ("*.TXT", ["d.TXT"]),
        ("x/*.txt", ["x/b.txt"]),
        ("[ab].*", ["a.txt", "x/b.txt"]),
        ("*", ["a.txt", "d.TXT", "e.md", "x/b.txt", "x/y/c.txt"]),
    ],
)
def test_patterns(tmp_path, pattern, expected):
    make(tmp_path, "a.txt", "d.TXT", "e.md", "x/b.txt", "x/y/c.txt")
    assert ids(tmp_path, pattern) == expected


def test_without_a_pattern_it_is_what_can_be_read(tmp_path):
    for name in ("a.txt", "b.HTML", "c.jsonl.gz", "d.exe", "e", "f.md"):
        (tmp_path / name).touch()
    assert [one.id for one in find_documents(tmp_path)] == ["a.txt", "b.HTML", "c.jsonl.gz"]
    assert [one.id for one in find_documents(tmp_path, "*.md")] == ["f.md"]


@pytest.mark.parametrize(("name", "remedy"), [("nowhere", "no such folder"), ("file", "stance analyze")])
def test_no_folder(tmp_path, name, remedy):
    make(tmp_path, "file")
    with pytest.raises(UsageError, match=remedy):
        find_documents(tmp_path / name)


def test_what_is_left_out(tmp_path):
    make(tmp_path, "a.csv", "b.csv", "x/a.csv")
    (tmp_path / "c.csv").symlink_to("a.csv")
    assert ids(tmp_path, "*.csv", leave_out=[tmp_path / "x" / ".." / "a.csv"]) == ["b.csv", "x/a.csv"]


def test_links_to_files_are_followed(tmp_path):
    make(tmp_path, "in/a.txt", "out.txt")
    (tmp_path / "in/b.txt").symlink_to("../out.txt")
    assert ids(tmp_path / "in") == ["a.txt", "b.txt"]


def test_links_to_folders(tmp_path):
    make(tmp_path, "in/sub/a.txt", "out/deep/b.txt")
    (tmp_path / "in/again").symlink_to("sub")
    (tmp_path / "in/out").symlink_to("../out")
    (tmp_path / "in/out2").symlink_to("../out/deep")
    (tmp_path / "out/back").symlink_to("../in")
    found = ids(tmp_path / "in")
    assert found[-1] == "sub/a.txt"
    assert sum(id_.endswith("b.txt") for id_ in found) >= 1
    assert sum(id_.endswith("a.txt") for id_ in found) == 1
    assert problems(tmp_path / "in") == {}


def test_loops(tmp_path):
    make(tmp_path, "in/sub/a.txt")
    (tmp_path / "in/here").symlink_to(".")
    (tmp_path / "in/sub/up").symlink_to("..")
    (tmp_path / "in/sub/above").symlink_to("../..")
    (tmp_path / "in/self.txt").symlink_to("self.txt")
    (tmp_path / "in/self").symlink_to("self")
    found = problems(tmp_path / "in")
    assert sorted(found) == ["here", "self", "self.txt", "sub/above", "sub/up"]
    assert ids(tmp_path / "in") == sorted([*found, "sub/a.txt"])


def test_a_dangling_link_is_a_document_that_fails_later(tmp_path):
    (tmp_path / "a.txt").symlink_to("nowhere")
    assert ids(tmp_path) == ["a.txt"]


def test_names_that_are_not_utf8(tmp_path):
    for name in (b"\xff.txt", b"\xff.md"):
        Path(os.fsdecode(bytes(tmp_path) + b"/" + name)).touch()
    Path(os.fsdecode(bytes(tmp_path) + b"/\xfe")).mkdir()
    assert problems(tmp_path) == {"\udcff.txt": "the name is not UTF-8", "\udcfe": "the name is not UTF-8"}


def test_names_that_look_like_options_are_documents(tmp_path):
    make(tmp_path, "-rf.txt", "--help.txt")
    assert ids(tmp_path) == ["--help.txt", "-rf.txt"]
    assert problems(tmp_path) == {}


def test_a_folder_that_cannot_be_listed(tmp_path, monkeypatch):
    make(tmp_path, "a.txt", "secret/b.txt")
    listing = os.scandir

    def refusing(path):
        if str(path).endswith("secret"):
            raise PermissionError(13, "Permission denied")
        return listing(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert ids(tmp_path) == ["a.txt", "secret/"]
    assert problems(tmp_path) == {"secret/": "this folder cannot be listed (Permission denied)"}


def test_a_folder_deeper_than_pythons_stack(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for _ in range(1200):
        Path("d").mkdir()
        os.chdir("d")
    Path("a.txt").touch()
    os.chdir(tmp_path)
    try:
        assert ids(Path())[0].endswith("d/a.txt")
    finally:
        # pytest's own cleaning is recursive.
        subprocess.run(["rm", "-r", tmp_path / "d"], check=True)
