"""Texts that a batch keeps: under safe names, never outside of their folder, all of them in the end."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.batch import local, outputs
from stance.batch.local import Job, run_batch
from stance.batch.texts import MARK, TextFolder, name_of, open_text_folder
from stance.batch.walk import find_documents
from stance.errors import OutputError, UsageError

IDS = [
    "a.txt", "A.txt", "a.txt.txt", "2016/a.txt", "2016%2Fa.txt", "2016#a.txt", "..", ".", "../../etc/passwd", "/etc/passwd",
    "b.jsonl#https://x.example/?q=1&r=2", "é.txt", "e\u0301.txt", "x\0y", "a\nb", "~root", "-rf", "con", "x" * 196,
    "x" * 197, "x" * 300, "x" * 300 + "y", "日" * 300, "\udcff.txt", "\ud800", "�", "a+b", "a b", f"{'x' * 120}+{'0' * 64}",
]  # fmt: skip


def test_names_are_safe_and_each_is_of_one_id():
    for folds in (False, True):
        names = [name_of(id_, folds=folds) for id_ in IDS]
        assert len({name.lower() if folds else name for name in names}) == len(IDS)
        for name in names:
            assert len(name.encode()) <= 255
            assert Path(name).name == name
            assert name not in {".", ".."}
            assert name.isascii()
            assert name.isprintable()
    assert name_of("2016/talks.html") == "2016%2Ftalks.html.txt"
    assert name_of("x" * 200) == "x" * 200 + ".txt"
    assert name_of("x" * 201).startswith("x" * 120 + "+")


@given(
    st.lists(
        st.text(st.characters(exclude_categories=()), min_size=1, max_size=250), unique=True, max_size=30
    )
)
def test_no_two_ids_share_a_name(ids):
    assert len({name_of(id_) for id_ in ids}) == len(ids)
    assert len({name_of(id_, folds=True).lower() for id_ in ids}) == len(ids)


def test_the_rule_in_the_manual():
    for id_ in ("2016/a b.txt", "é#1", "\ud800"):
        assert name_of(id_) == quote(id_, safe="", errors="surrogatepass") + ".txt"


def test_whatever_the_id_the_text_is_in_the_folder(tmp_path):
    folder = open_text_folder(tmp_path / "texts", tmp_path / "in")
    for number, id_ in enumerate(IDS):
        assert not folder.has(id_)
        folder.save(id_, f"text {number}")
    for number, id_ in enumerate(IDS):
        assert folder.has(id_)
        assert folder.place(id_).read_text() == f"text {number}"
    assert len(list((tmp_path / "texts").iterdir())) == len(IDS) + 1
    assert [path.name for path in tmp_path.iterdir()] == ["texts"]


def test_a_disk_without_capitals_is_noticed(tmp_path, monkeypatch):
    exists = Path.exists
    monkeypatch.setattr(Path, "exists", lambda path: exists(path.with_name(path.name.lower())))
    assert open_text_folder(tmp_path / "texts", tmp_path / "in").folds
    monkeypatch.undo()
    assert not open_text_folder(tmp_path / "texts", tmp_path / "in").folds


def test_offsets_stay_and_line_ends_too(tmp_path):
    folder = open_text_folder(tmp_path / "texts", tmp_path / "in")
    text = "a\r\nb\rc\x0b\ud800d\udfff 😀"
    folder.save("a", text)
    kept = folder.place("a").read_bytes().decode("utf-8")
    assert kept == text.replace("\ud800", "\ufffd").replace("\udfff", "\ufffd")
    assert len(kept) == len(text)


def test_links_are_replaced_and_not_followed(tmp_path):
    folder = open_text_folder(tmp_path / "texts", tmp_path / "in")
    outside = tmp_path / "outside"
    outside.write_text("mine")
    folder.place("a").symlink_to(outside)
    assert not folder.has("a")
    folder.save("a", "text")
    assert outside.read_text() == "mine"
    assert folder.place("a").read_text() == "text"


def test_an_empty_file_is_no_text(tmp_path):
    folder = open_text_folder(tmp_path / "texts", tmp_path / "in")
    folder.place("a").touch()
    assert not folder.has("a")


def test_what_is_in_the_way_is_an_error_and_leaves_nothing(tmp_path):
    folder = open_text_folder(tmp_path / "texts", tmp_path / "in")
    folder.place("a").mkdir()
    with pytest.raises(OutputError, match="this is a folder"):
        folder.save("a", "text")
    assert sorted(os.listdir(tmp_path / "texts")) == [MARK, "a.txt"]  # noqa: PTH208


def test_folders_that_are_refused(tmp_path):
    documents = tmp_path / "a" / "in"
    documents.mkdir(parents=True)
    (tmp_path / "link").symlink_to(documents)
    for path in (documents, tmp_path / "a", tmp_path / "link"):
        with pytest.raises(UsageError, match="the documents are in this folder"):
            open_text_folder(path, documents)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="there are other files in this folder"):
        open_text_folder(tmp_path / "other", documents)
    with pytest.raises(OutputError, match="mkdir -p"):
        open_text_folder(tmp_path / "nowhere" / "texts", documents)
    with pytest.raises(OutputError, match="a file, not a folder"):
        open_text_folder(tmp_path / "other" / "mine.txt", documents)
    # One that is empty is taken, and again.
    (tmp_path / "empty").mkdir()
    assert open_text_folder(tmp_path / "empty", documents) == open_text_folder(tmp_path / "empty", documents)


def refuse(*_, **__):
    raise PermissionError(13, "Permission denied")


def test_a_folder_that_cannot_be_written_to_is_said_at_once(tmp_path, resources, monkeypatch):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Obama lied.")
    job = Job(tmp_path / "in", tmp_path / "o.csv", save_text=tmp_path / "texts")
    open_text_folder(tmp_path / "texts", tmp_path / "in")
    monkeypatch.setattr(Path, "write_bytes", refuse)
    monkeypatch.setattr(local, "process", refuse)
    with pytest.raises(OutputError, match="texts: no permission to write there"):
        run_batch(job, resources)
    assert not (tmp_path / "o.csv").exists()


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder(tmp_path):
    open_text_folder(tmp_path / "texts", tmp_path / "in")
    (tmp_path / "texts").chmod(0o500)
    with pytest.raises(OutputError, match="no permission to write there"):
        open_text_folder(tmp_path / "texts", tmp_path / "in")


@pytest.fixture
def folder(tmp_path):
    """Files of several kinds, with ids of all sorts; one cannot be read."""
    place = tmp_path / "in"
    (place / "2016").mkdir(parents=True)
    (place / "2016" / "a.txt").write_bytes(b"Obama lied\r\nabout \x93Russia\x94.")
    (place / "empty.txt").touch()
    rows = [
        {"id": f"../{'x' * 300}", "text": "Trump \ud800 won."},
        {"id": "../../b", "text": "Obama won."},
        {"id": "c", "text": ""},
    ]
    (place / "b.jsonl").write_text("\n".join(map(json.dumps, rows)))
    with zipfile.ZipFile(place / "c.zip", "w") as archive:
        archive.writestr(
            "a/b.html", "<article>" + "<p>Obama praised Russia at length, and the talks went on.</p>" * 9
        )
    return place


def test_a_batch_keeps_the_text_of_each_document_that_it_analysed(folder, tmp_path, resources):
    summary = run_batch(Job(folder, tmp_path / "o.jsonl", save_text=tmp_path / "texts", workers=2), resources)
    assert (summary.documents, summary.failures) == (4, 2)
    found = [json.loads(line)["article"] for line in (tmp_path / "o.jsonl").read_text().splitlines()]
    expected = {name_of(one["id"]): one["text"].replace("\ud800", "\ufffd") for one in found}
    kept = {
        path.name: path.read_bytes().decode() for path in (tmp_path / "texts").iterdir() if path.name != MARK
    }
    assert kept == expected
    assert kept["2016%2Fa.txt.txt"] == "Obama lied\r\nabout “Russia”."
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "o.failures.csv", "o.jsonl", "texts"]


def test_texts_inside_the_folder_are_no_documents(folder, resources):
    for options in ({"save_text": folder / "texts"}, {"save_text": folder / "texts"}, {}, {"pattern": "*"}):
        summary = run_batch(Job(folder, folder / "o.csv", **options), resources)
        assert summary.documents == 4
    # But they can be what a run is about.
    assert len(find_documents(folder / "texts")) == 4
    assert len(find_documents(folder / "texts", "*")) == 4


@pytest.mark.parametrize("lost", ["deleted", "emptied", "none kept before", "kept elsewhere"])
def test_in_the_end_all_texts_are_there(folder, tmp_path, resources, monkeypatch, lost):
    texts = tmp_path / "texts"
    first = {"none kept before": None, "kept elsewhere": tmp_path / "elsewhere"}.get(lost, texts)

    def full(*_):
        raise OutputError("no space left")

    with monkeypatch.context() as patch:
        patch.setattr(outputs.Outputs, "assemble", full)
        with pytest.raises(OutputError):
            run_batch(Job(folder, tmp_path / "o.csv", save_text=first), resources)
    if first == texts:
        victim = texts / "2016%2Fa.txt.txt"
        victim.unlink() if lost == "deleted" else victim.write_bytes(b"")
    summary = run_batch(Job(folder, tmp_path / "o.csv", save_text=texts, resume=True), resources)
    assert (summary.documents, summary.failures) == (4, 2)
    assert summary.kept == (3 if first == texts else 0)
    assert summary.changed == (0 if first == texts else 4)
    kept = [path for path in texts.iterdir() if path.name != MARK]
    assert len(kept) == 4
    assert all(path.stat().st_size for path in kept)
    whole = tmp_path / "whole.csv"
    run_batch(Job(folder, whole), resources)
    assert (tmp_path / "o.csv").read_bytes() == whole.read_bytes()


def test_a_full_disk_ends_the_run_and_keeps_what_is_done(folder, tmp_path, resources, monkeypatch):
    saving = TextFolder.save

    def full(self, id_, text):
        if id_ == "c.zip#a/b.html":
            raise OutputError("texts/c: no space left on the disk; free some")
        saving(self, id_, text)

    job = Job(folder, tmp_path / "o.csv", save_text=tmp_path / "texts", workers=1)
    with monkeypatch.context() as patch:
        patch.setattr(TextFolder, "save", full)
        with pytest.raises(OutputError, match="no space left on the disk"):
            run_batch(job, resources)
    assert not (tmp_path / "o.csv").exists()
    summary = run_batch(Job(folder, tmp_path / "o.csv", save_text=tmp_path / "texts", resume=True), resources)
    assert (summary.documents, summary.kept) == (4, 3)
    assert len(list((tmp_path / "texts").iterdir())) == 5
