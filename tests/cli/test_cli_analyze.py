"""`stance analyze` as a process: exit codes, streams, bad inputs."""

from __future__ import annotations

import csv
import io
import json

import pytest
from stance_process import ARTICLE, ARTICLES, CONTROL, LEXICON, stance

from stance.export.csv import COLUMNS


def test_report():
    done = stance("analyze", ARTICLE, *LEXICON)
    assert (done.code, done.err) == (0, "")
    assert "Korean Knot" in done.out
    assert "United States" in done.out
    assert done.out.endswith("\n")
    assert "\x1b" not in done.out


def test_explain_says_more():
    assert len(stance("analyze", ARTICLE, *LEXICON, "--explain").out) > len(
        stance("analyze", ARTICLE, *LEXICON).out
    )


@pytest.mark.parametrize("width", ["40", "80", "200"])
def test_width(width):
    lines = stance("analyze", ARTICLE, *LEXICON, "--width", width).out.split("\n")
    assert max(map(len, lines)) <= int(width)


def test_json():
    done = stance(
        "analyze", ARTICLE, *LEXICON, "--format", "json", "--source", "Outlet", "--date", "2018-06-27"
    )
    assert (done.code, done.err) == (0, "")
    found = json.loads(done.out)
    assert found["article"]["id"] == "oped-korean-knot"
    assert found["article"]["path"] == str(ARTICLE)
    assert (found["article"]["source"], found["article"]["date"]) == ("Outlet", "2018-06-27")


def test_jsonl_is_json_by_line():
    files = sorted(ARTICLES.glob("*.txt"))[:3]
    done = stance("analyze", *files, *LEXICON, "--format", "jsonl")
    lines = done.out.split("\n")[:-1]
    assert [json.loads(line)["article"]["id"] for line in lines] == [path.stem for path in files]
    assert json.loads(lines[1]) == json.loads(stance("analyze", files[1], *LEXICON, "--format", "json").out)


def test_csv_of_several_files_has_one_header():
    files = sorted(ARTICLES.glob("*.txt"))[:3]
    done = stance("analyze", *files, *LEXICON, "--format", "csv")
    rows = list(csv.reader(io.StringIO(done.out, newline="")))
    assert rows[0] == list(COLUMNS)
    assert {row[0] for row in rows[1:]} == {path.stem for path in files}
    assert rows.count(list(COLUMNS)) == 1


def test_reports_one_after_the_other():
    files = sorted(ARTICLES.glob("*.txt"))[:2]
    both = stance("analyze", *files, *LEXICON).out
    assert both == "\n".join(stance("analyze", path, *LEXICON).out for path in files)


def test_standard_input():
    done = stance("analyze", "-", *LEXICON, "--format", "json", stdin=ARTICLE.read_bytes())
    found, same = (
        json.loads(done.out),
        json.loads(stance("analyze", ARTICLE, *LEXICON, "--format", "json").out),
    )
    assert (found["article"].pop("id"), found["article"].pop("path")) == ("stdin", "-")
    del same["article"]["id"], same["article"]["path"]
    assert found == same


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "csv"])
def test_output_is_what_stdout_would_be(tmp_path, form):
    arguments = ("analyze", ARTICLE, *LEXICON, "--format", form, "--width", "90")
    done = stance(*arguments, "-o", tmp_path / "o")
    assert (done.code, done.out, done.err) == (0, "", "")
    assert (tmp_path / "o").read_bytes() == stance(*arguments).raw


def test_formulas(tmp_path):
    (tmp_path / "=a.txt").write_text("-Obama lied.\n")
    done = stance("analyze", "=a.txt", *LEXICON, "--format", "csv", cwd=tmp_path)
    assert done.out.split("\n")[1].startswith("'=a,'=a.txt,")
    raw = stance("analyze", "=a.txt", *LEXICON, "--format", "csv", "--raw-csv", cwd=tmp_path)
    assert raw.out.split("\n")[1].startswith("=a,=a.txt,")


def test_min_confidence():
    found = json.loads(stance("analyze", ARTICLE, *LEXICON, "--format", "json", "--min-confidence", "1").out)
    assert all(score["abstained"] for score in found["scores"])
    assert all(actor["mean"] is None for actor in found["actors"])


def test_roster_of_ones_own(tmp_path):
    (tmp_path / "r.toml").write_text(
        'schema = "stance.roster/1"\n[[actor]]\nid = "K"\nname = "Kim"\nkind = "person"\n[actor.forms]\nname = ["Kim"]\n'
    )
    done = stance("analyze", ARTICLE, *LEXICON, "--format", "json", "--roster", tmp_path / "r.toml")
    assert {mention["actor"] for mention in json.loads(done.out)["mentions"]} == {"K"}


def test_equal_stems_get_their_paths(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.txt").write_text("Obama lied.")
    done = stance("analyze", "a/x.txt", "b/x.txt", "a/x.txt", *LEXICON, "--format", "jsonl", cwd=tmp_path)
    ids = [json.loads(line)["article"]["id"] for line in done.out.split("\n")[:-1]]
    assert ids == ["a/x.txt", "b/x.txt"]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ((), "FILE"),
        (("x", "--format", "xml"), "xml"),
        (("x", "--nonsense"), "--nonsense"),
        (("x", "--\x1b[31m"), "No such option"),
        (("x", "--date", "2018-02-30"), "--date"),
        (("x", "--date", "20180227"), "--date"),
        (("x", "--date", "2018-W09-2"), "--date"),
        (("x", "--min-confidence", "2"), "--min-confidence"),
        (("x", "--min-confidence", "nan"), "--min-confidence"),
        (("x", "--min-confidence", "much"), "--min-confidence"),
        (("x", "--width", "0"), "--width"),
        (("x", "--classifier", "none"), "--classifier"),
        (("x", "--roster", "none"), "none"),
        (("x", "y", "--format", "json"), "jsonl"),
        (("x", "-o", "nowhere/o"), "mkdir"),
        (("x", "-o", "."), "folder"),
        (("x", "-o", "x"), "input"),
    ],
    ids=str,
)
def test_usage(tmp_path, arguments, word):
    (tmp_path / "x").write_text("Obama lied.")
    (tmp_path / "y").write_text("Obama lied.")
    classifier = () if "--classifier" in arguments else LEXICON
    done = stance("analyze", *arguments, *classifier, cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("stance: ")
    assert done.err.count("\n") == 1
    assert word in done.err
    assert not CONTROL.search(done.err)
    assert (tmp_path / "x").read_text() == "Obama lied."


def test_the_same_bytes_wherever_it_runs():
    arguments = ("analyze", ARTICLE, *LEXICON, "--format", "jsonl")
    expected = stance(*arguments).raw
    for changes in ({"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "99"}, {"LC_ALL": "C"}, {"TZ": "Asia/Tokyo"},
                    {"PYTHONUNBUFFERED": "1"}, {"PYTHONIOENCODING": "ascii"}):  # fmt: skip
        assert stance(*arguments, **changes).raw == expected
