"""`stance segment`, `roster`, `lexicon`, `evaluate`, `train` as processes."""

from __future__ import annotations

import json
import re
import shutil

import pytest
from stance_process import ARTICLE, ARTICLES, CONTROL, LEXICON, ROOT, stance

SENTENCES = ROOT / "corpus/sentences/constructed-a.jsonl"
ROSTER = 'schema = "stance.roster/1"\n[[actor]]\nid = "K"\nname = "Kim"\nkind = "person"\n[actor.forms]\nname = ["Kim"]\n'


def test_segment_rows():
    done = stance("segment", ARTICLE, "--format", "jsonl")
    text = ARTICLE.read_text("utf-8")
    rows = [json.loads(line) for line in done.out.split("\n")[:-1]]
    assert [row["id"] for row in rows] == list(range(1, len(rows) + 1))
    assert all(list(row) == ["id", "start", "end", "text"] for row in rows)
    assert all(text[row["start"] : row["end"]] == row["text"] for row in rows)


def test_segment_lines():
    done = stance("segment", "-", stdin=b"Mr. Obama lied.\nTrump\x1b[31m won\tpraise! He left.")
    assert done.out == "Mr. Obama lied.\nTrump␛[31m won praise!\nHe left.\n"
    assert stance("segment", "nowhere").code == 1


def test_roster_list():
    done = stance("roster", "list")
    assert [line.split()[0] for line in done.out.splitlines()] == ["id", "US", "Russia", "Obama", "Trump"]


def test_roster_check(tmp_path):
    path = tmp_path / "r.toml"
    path.write_text(ROSTER)
    assert stance("roster", "check", path).code == 0
    path.write_text(ROSTER + ROSTER.split("\n", 1)[1])
    done = stance("roster", "check", path)
    assert (done.code, done.out) == (1, "")
    assert "two actors have the id" in done.err
    path.write_text(
        'schema = "stance.roster/1"\n[[actor]]\nid = "\\u001b[31m"\nname = "x"\nkind = "person"\n'
    )
    assert not CONTROL.search(stance("roster", "check", path).err)
    assert stance("roster", "check", tmp_path / "none").code == 1


def test_roster_explain(tmp_path):
    done = stance("roster", "explain", "The president met Moscow's envoy", "--date", "2014-05-01")
    assert [line.split()[:2] for line in done.out.splitlines()[1:]] == [
        ["Obama", "role"],
        ["Russia", "metonym"],
    ]
    assert "no actor" in stance("roster", "explain", "Nobody was here").out
    (tmp_path / "r.toml").write_text(ROSTER)
    assert "K " in stance("roster", "explain", "Kim left", "--roster", tmp_path / "r.toml").out
    assert stance("roster", "explain", "x", "--date", "x").code == 2


def test_lexicon_list():
    lines = stance("lexicon", "list").out.splitlines()
    assert lines[0].split("\t") == ["entry", "part", "agent", "patient", "bearer", "place"]
    assert len(lines) > 10_000


def test_lexicon_check():
    done = stance("lexicon", "check")
    assert (done.code, done.err) == (0, ""), done.out


@pytest.mark.parametrize(
    ("file", "line", "word"),
    [
        ("verbs.tsv", "blame\tverb\t\t-2\t\tx", "stands twice"),
        ("verbs.tsv", "blame\tverb\t\t2\t\tx", "contradicts itself"),
        ("expressions.tsv", "abject failure\tadj\t\t\t-3\tx", "never matches"),
        ("modifiers.tsv", "almost\tfixed\thedge\t0.5\tx", "contradicts itself"),
        ("speech.tsv", "admit\tverb\tfactive\tadmitted that he had lied", "stands twice"),
        ("verbs.tsv", "blame", "columns"),
    ],
)
def test_lexicon_check_refuses(tmp_path, file, line, word):
    for path in (ROOT / "lexicons").glob("*.tsv"):
        shutil.copy(path, tmp_path)
    with (tmp_path / file).open("a", encoding="utf-8") as lines:
        lines.write(line + "\n")
    done = stance("lexicon", "check", tmp_path)
    assert done.code == 1
    assert file in done.out
    assert word in done.out
    assert "finding" in done.err


def test_lexicon_check_of_another_folder(tmp_path):
    assert stance("lexicon", "check", tmp_path / "none").code == 1


def test_lexicon_explain():
    assert "blast (verb, past): patient -2" in stance("lexicon", "explain", "Blasted").out
    assert "abuse _ power" in stance("lexicon", "explain", "abusing their power").out
    assert "no entry" in stance("lexicon", "explain", "zorp").out
    assert "no entry" in stance("lexicon", "explain", "").out


def test_evaluate(tmp_path):
    done = stance("evaluate", SENTENCES, *LEXICON, "--format", "json", "--predictions", tmp_path / "p.jsonl")
    assert done.code == 0
    found = json.loads(done.out)
    assert list(found) == ["n", "macro_f1", "accuracy", "per_class", "confusion", "ece", "coverage"]
    rows = [json.loads(line) for line in (tmp_path / "p.jsonl").read_text("utf-8").splitlines()]
    assert len(rows) == found["n"]
    assert list(rows[0]) == ["id", "label", "predicted", "score", "p_negative", "p_neutral", "p_positive"]
    assert {row["predicted"] for row in rows} <= {-1, 0, 1}


def test_evaluate_as_text():
    done = stance("evaluate", SENTENCES, *LEXICON)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("654 items: macro F1 ")


def test_data_that_are_none(tmp_path):
    (tmp_path / "d.jsonl").write_text('{"id": 1}\n')
    for command in (
        ("evaluate", "d.jsonl", *LEXICON),
        ("train", "d.jsonl", "-o", "m"),
        ("evaluate", "none", *LEXICON),
    ):
        done = stance(*command, cwd=tmp_path)
        assert (done.code, done.out) == (2, "")
        assert done.err.count("\n") == 1


def test_train_usage(tmp_path):
    assert stance("train", SENTENCES).code == 2
    assert "--base" in stance("train", SENTENCES, "-o", tmp_path / "m", "--classifier", "neural").err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--base", "b"), "--classifier neural"),
        (("--work", "w"), "--classifier neural"),
        (("--soft-labels", "s.jsonl"), "--text"),
        (("--classifier", "neural", "--soft-labels", "s.jsonl", "--base", "b"), "--classifier linear"),
        (("--classifier", "forest"), "forest"),
    ],
)
def test_train_options_that_do_not_fit(tmp_path, arguments, said):
    done = stance("train", SENTENCES, "-o", "m", *arguments, cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert not (tmp_path / "m").exists()


def test_label(tmp_path):
    (tmp_path / "t.jsonl").write_text(json.dumps({"id": "a", "text": "Obama lied. Russia paid."}) + "\n")
    done = stance("label", "t.jsonl", "-o", "s.jsonl", *LEXICON, cwd=tmp_path)
    assert (done.code, done.out) == (0, "")
    assert "2 soft labels" in done.err
    assert [json.loads(line)["actor"] for line in (tmp_path / "s.jsonl").open()] == ["Obama", "Russia"]
    done = stance("label", "none.jsonl", "-o", "s.jsonl", *LEXICON, cwd=tmp_path)
    assert (done.code, done.err.count("\n")) == (2, 1)


def test_train(tmp_path):
    done = stance("train", SENTENCES, "-o", tmp_path / "m", "--quiet")
    assert (done.code, done.out, done.err) == (0, "", "")
    assert stance("analyze", ARTICLE, "--classifier", tmp_path / "m").code == 0


def test_key_words_and_proposals(tmp_path):
    scores = tmp_path / "scores.csv"
    done = stance("batch", ARTICLES, "-o", scores, "--source", "Here", "--quiet", *LEXICON)
    assert done.code == 0
    done = stance("lexicon", "suggest", scores, "--top", "5")
    lines = done.out.splitlines()
    assert done.code == 0
    assert lines[0].split("\t") == ["word", "label", "z", "log_odds", "in", "elsewhere", "example"]
    assert len(lines) <= 6
    values = [float(line.split("\t")[2]) for line in lines[1:]]
    assert values == sorted(values, reverse=True)
    done = stance("keyness", scores, "--by", "doc_id", "--first", "speech-obama-ohio.txt", "--top", "3")
    assert done.code == 0
    groups = [line.split("\t")[0] for line in done.out.splitlines()[1:]]
    assert groups == ["speech-obama-ohio.txt"] * 3 + ["not speech-obama-ohio.txt"] * 3


def test_key_words_of_nothing(tmp_path):
    scores = tmp_path / "scores.csv"
    scores.write_text("doc_id,actor,sentence_id,sentence,label,source\nd,Obama,1,He left,neutral,Here\n")
    done = stance("keyness", scores, "--by", "outlet", "--first", "Here")
    assert (done.code, done.out) == (2, "")
    assert "--by outlet: no such column; there are doc_id, actor" in done.err
    done = stance("keyness", scores, "--by", "source", "--first", "There")
    assert done.code == 2
    assert "values of source are 'Here'" in done.err
    done = stance("lexicon", "suggest", scores)
    assert done.code == 0
    assert "nothing to propose" in done.err
    assert stance("lexicon", "suggest", tmp_path / "none.csv").code in {1, 2}
    scores.write_bytes(b"\x00\xff")
    done = stance("lexicon", "suggest", scores)
    assert done.code in {1, 2}
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("file", "line", "message"),
    [
        ("axes.tsv", "zorp\tverb\tbravery\t1\t\t\tnote", "unknown axis 'bravery'"),
        ("axes.tsv", "lie\tverb\thonesty\t3\t\t\tnote", "'lie' (verb, honesty) contradicts itself"),
        ("issues.tsv", "zorp\tnoun\tsport\t1\tnote", "unknown issue 'sport'"),
        ("functions.tsv", "zorp\tnoun\tcause\tnobody\tnote", "holder 'nobody'"),
    ],
)
def test_lexicons_of_frames_are_checked(tmp_path, file, line, message):
    folder = tmp_path / "lexicons"
    shutil.copytree(ROOT / "lexicons", folder)
    with (folder / file).open("a", encoding="utf-8") as lines:
        lines.write(line + "\n")
    done = stance("lexicon", "check", folder)
    assert done.code == 1
    assert message in done.out
    assert re.search(rf"{file}:\d+", done.out)


def test_compare(tmp_path):
    scores = tmp_path / "scores.csv"
    assert stance("batch", ARTICLES, "-o", scores, "--quiet", *LEXICON).code == 0
    done = stance("compare", scores, "--by", "voice", "--resamples", "200")
    assert (done.code, done.err) == (0, "")
    assert "corrected after Holm" in done.out
    assert "Cliff's delta" in done.out
    done = stance(
        "compare", scores, "--by", "voice", "--actor", "Obama", "--format", "json", "--resamples", "200"
    )
    data = json.loads(done.out)
    assert {one["actor"] for one in data["means"]} == {"Obama"}
    assert sum(one["sentences"] for one in data["means"]) > 10
    out = tmp_path / "c.csv"
    done = stance(
        "compare", scores, "--by", "voice", "--pairs", "--format", "csv", "-o", out, "--resamples", "200"
    )
    assert (done.code, done.out) == (0, "")
    assert out.read_text().startswith("kind,actor,group,other,")
    done = stance("compare", scores, "--by", "title", "--period", "month")
    assert done.code == 2
    assert "is no date" in done.err
    done = stance("compare", scores, "--by", "voice", "--actor", "Nobody")
    assert (done.code, done.out) == (2, "")
    assert "no score of Nobody; there is nothing to compare" in done.err
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    done = stance("compare", tmp_path / "other.csv", "--by", "a")
    assert done.code == 1
    assert "no file of scores; its header lacks doc_id" in done.err
