"""A table of what is known of documents beside their texts."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from stance.batch import outputs
from stance.batch.journal import Journal
from stance.batch.local import Job, run_batch
from stance.batch.sidecar import Sidecar, read_sidecar
from stance.errors import DataError, OutputError
from stance.reading.metadata import NOTHING, Metadata


def table(tmp_path: Path, data: str | bytes, name: str = "about.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_rows_by_id(tmp_path):
    found = read_sidecar(
        table(
            tmp_path,
            '\ufeffTitle, ID ,date,more\r\n"a, ""b""\nc",2016/a.txt,2016-02-18T10:00:00Z,x\r\n\r\n,b.jsonl#é ü,\n',
        )
    )
    assert found.of("2016/a.txt") == Metadata(title='a, "b"\nc', date="2016-02-18")
    assert found.of("b.jsonl#é ü") == found.of("c") == NOTHING
    assert found.unmatched == 0


@pytest.mark.parametrize("name", ["id", "doc_id", "path", "FILE"])
@pytest.mark.parametrize(("ending", "delimiter"), [(".csv", ","), (".tsv", "\t"), (".TAB", "\t")])
def test_columns_and_endings(tmp_path, name, ending, delimiter):
    data = (
        delimiter.join((name, "author", "url"))
        + "\n"
        + delimiter.join(("a.txt", "Jane", "https://x.example"))
    )
    found = read_sidecar(table(tmp_path, data, f"about{ending}"))
    assert found.of("a.txt") == Metadata(author="Jane", url="https://x.example")


def test_rows_of_no_document_are_counted(tmp_path):
    found = read_sidecar(table(tmp_path, "id,source\na,x\nb,y\nc,z\n"))
    for id_ in ("b", "b", "d"):
        found.of(id_)
    assert found.unmatched == 2
    assert Sidecar().unmatched == 0


@pytest.mark.parametrize(
    ("data", "place", "reason"),
    [
        ("", "", "empty"),
        ("\n\n", "", "empty"),
        ("name,date\na,2016-02-18\n", ":1", "no column id, doc_id, path or file; there are 'name', 'date'"),
        ("id;date\na;2016-02-18\n", ":1", "no column id"),
        ("id,text\na,b\n", ":1", "no column title, date, source, author, url"),
        ("id,date\na,2016-02-18\nb,18 Feb 2016\n", ":3", "'18 Feb 2016' is no day; write it as 2018-06-27"),
        ("id,date\na,2016-02-30\n", ":2", "'2016-02-30' is no day"),
        ('id,title\na,"one\ntwo"\nb,x\na,y\n', ":5", "'a' has a row already, in line 2"),
        ('id,title\na,"one\ntwo"\n,x\n', ":4", "no id"),
        (b"id,title\na,x\nb,caf\xe9\n", ":3", "not UTF-8"),
        ("id,title\na,x\n".encode("utf-16"), ":1", "not UTF-8"),
        ("id,title\na,x\nb," + "x" * 5_000_000 + "\n", ":3", "a line of over 1 MiB"),
        ('id,title\na,x\nb,"' + "x\n" * 2_500_000, ":3", "field larger than field limit"),
        ('id,title\na,x\nb,"not closed\nc,d\n', ":3", "unexpected end of data"),
    ],
)
def test_mistakes_are_named_with_their_line(tmp_path, data, place, reason):
    path = table(tmp_path, data)
    before = csv.field_size_limit()
    with pytest.raises(DataError) as caught:
        read_sidecar(path)
    message = str(caught.value)
    assert message.startswith(f"{path}{place}: ")
    assert reason in message
    assert "; " in message
    assert "\n" not in message
    assert len(message) < 400
    assert csv.field_size_limit() == before


def test_a_table_that_cannot_be_opened(tmp_path):
    with pytest.raises(DataError, match="no such file"):
        read_sidecar(tmp_path / "nowhere.csv")
    with pytest.raises(DataError, match="cannot be read"):
        read_sidecar(tmp_path)


@pytest.fixture
def folder(tmp_path):
    """Files and rows; the table lies among them and is no document."""
    place = tmp_path / "in"
    place.mkdir()
    (place / "a.txt").write_text("Obama lied about Russia.")
    (place / "b.txt").write_text("Trump praised Russia.")
    (place / "c.jsonl").write_text(
        json.dumps({"id": 7, "text": "Obama lied.", "title": "Said", "source": "Said", "author": "Said"})
    )
    (place / "about.csv").write_text(
        "id,source,date,title,author,url\n"
        "a.txt,The Paper,2016-02-18,Talks,Jane,https://x.example\n"
        "c.jsonl#7,The Agency,,,,\n"
        "d.txt,x,,,,\n"
    )
    return place


def articles(output):
    return {
        one["id"]: (one["source"], one["date"], one["title"], one["author"], one["url"])
        for one in (json.loads(line)["article"] for line in output.read_text().splitlines())
    }


def test_a_batch(folder, tmp_path, resources):
    job = Job(folder, tmp_path / "o.jsonl", metadata=folder / "about.csv", source="option", date="2015-01-01")
    summary = run_batch(job, resources)
    assert (summary.documents, summary.failures, summary.unmatched) == (3, 0, 1)
    found = articles(tmp_path / "o.jsonl")
    assert found["a.txt"] == ("The Paper", "2016-02-18", "Talks", "Jane", "https://x.example")
    assert found["b.txt"][:2] == ("option", "2015-01-01")
    # What is empty in the table says nothing.
    assert found["c.jsonl#7"] == ("The Agency", "2015-01-01", "Said", "Said", "")


def test_offices_are_held_at_the_date_of_the_table(folder, tmp_path, resources):
    (folder / "a.txt").write_text("The president lied about Russia.")
    actors = set()
    for date in ("2016-02-18", "2018-02-18"):
        (folder / "about.csv").write_text(f"id,date\na.txt,{date}\n")
        run_batch(
            Job(folder, tmp_path / "o.jsonl", pattern="a.txt", metadata=folder / "about.csv"), resources
        )
        (line,) = (tmp_path / "o.jsonl").read_text().splitlines()
        actors.add(tuple(sorted(one["actor"] for one in json.loads(line)["mentions"])))
    assert len(actors) == 2


def test_the_documents_whose_metadata_changed_are_done_anew(folder, tmp_path, resources, monkeypatch):
    job = Job(folder, tmp_path / "o.jsonl", metadata=folder / "about.csv", resume=True)

    def full(*_):
        raise OutputError("no space left")

    with monkeypatch.context() as patch:
        patch.setattr(outputs.Outputs, "assemble", full)
        with pytest.raises(OutputError):
            run_batch(job, resources)
        text = (folder / "about.csv").read_text()
        # One row changed, one came, one went that had said nothing of any document.
        (folder / "about.csv").write_text(text.replace("Jane", "John").replace("d.txt,x", "b.txt,y"))
        with Journal(tmp_path / "o.jsonl.journal", resume=True) as journal:
            assert journal.known("a.txt") is not None
    summary = run_batch(job, resources)
    assert (summary.kept, summary.changed, summary.unmatched) == (1, 2, 0)
    found = articles(tmp_path / "o.jsonl")
    assert (found["a.txt"][3], found["b.txt"][0], found["c.jsonl#7"][0]) == ("John", "y", "The Agency")
