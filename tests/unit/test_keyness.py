"""Keyness, proposals for the lexicon, and scores read back."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from stance.errors import ReadError, UsageError
from stance.export.csv import COLUMNS, csv_bytes, parents_of, score_rows
from stance.export.json import analysis_json
from stance.pipeline import analyze
from stance.reading.text import article_from_text
from stance.records import Label
from stance.resources import Resources
from stance.study.key_words import compare_words, propose, strongest
from stance.study.keyness import count_words, keyness
from stance.study.scores_file import ScoreRow, read_scores


def test_keyness_against_the_formula() -> None:
    # Worked by hand after Monroe et al. (2008): counts 10 of 100 and 5 of 200, a prior of 30 words shaped by the sum.
    found = {key.word: key for key in keyness({"a": 10, "b": 90}, {"a": 5, "b": 195}, prior=30)}
    own = 30 * 15 / 300
    odds = math.log((10 + own) / (100 + 30 - 10 - own)) - math.log((5 + own) / (200 + 30 - 5 - own))
    assert found["a"].log_odds == pytest.approx(odds)
    assert found["a"].z == pytest.approx(odds / math.sqrt(1 / (10 + own) + 1 / (5 + own)))
    assert found["a"].z > 0 > found["b"].z


def test_a_rare_word_is_not_key() -> None:
    found = keyness({"rare": 1, "often": 40, "same": 500}, {"often": 10, "same": 500})
    assert found[0].word == "often"


def test_keyness_is_the_same_the_other_way_round() -> None:
    first, second = {"a": 3, "b": 4, "c": 1}, {"a": 1, "b": 9}
    here = {key.word: key.z for key in keyness(first, second)}
    there = {key.word: key.z for key in keyness(second, first)}
    assert all(here[word] == pytest.approx(-there[word]) for word in here)


def test_empty_groups_have_no_key_words() -> None:
    assert keyness({}, {"a": 1}) == []
    assert keyness({"a": 1}, {}) == []
    assert keyness({"a": 2}, {"a": 3})[0].z == pytest.approx(0, abs=1)
    with pytest.raises(ValueError, match="prior"):
        keyness({"a": 1}, {"a": 1}, prior=0)
    assert count_words([["a", "b"], ["a"]]) == {"a": 2, "b": 1}


def row(
    sentence: str, label: str = "negative", source: str = "A", actor: str = "Obama", number: str = "1"
) -> ScoreRow:
    """Return a row of scores."""
    return ScoreRow("d", actor, number, sentence, label, actor, {"source": source}, "x")


def rows() -> list[ScoreRow]:
    """Sentences with an odd word on one side each."""
    return [
        *(row("We saw Obama wibble there", number=f"n{place}") for place in range(40)),
        *(row("We saw Obama yodel", "positive", "B", number=f"p{place}") for place in range(40)),
        *(row("We saw Obama walk", "neutral", "C", number=f"z{place}") for place in range(400)),
    ]


def test_words_that_the_lexicon_lacks(resources: Resources) -> None:
    found = {(one.key.word, one.label) for one in propose(rows(), resources.lexicon)}
    assert found == {("wibble", Label.NEGATIVE), ("yodel", Label.POSITIVE)}
    assert propose(rows(), resources.lexicon, actor="Trump") == []
    assert propose([], resources.lexicon) == []
    assert all("Obama" in one.example for one in propose(rows(), resources.lexicon))


def test_words_of_one_group() -> None:
    first, second = strongest(compare_words(rows(), by="source", first="A", second="B"), 2)
    assert first[0].word == "wibble"
    assert second[0].word == "yodel"
    assert compare_words(rows(), by="source", first="A")[0].word == "wibble"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"by": "outlet", "first": "A"}, "no such column; there are source"),
        (
            {"by": "source", "first": "Z"},
            "--first: no sentence in this group; values of source are 'A', 'B', 'C'",
        ),
        ({"by": "source", "first": "A", "second": "Z"}, "--second: no sentence"),
    ],
)
def test_groups_that_are_not_there(arguments: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        compare_words(rows(), **arguments)
    assert message in str(caught.value)


TEXT = '=Obama bullied "the town", and Trump, 1,000 said. Russian troops killed nine. He left.'


def test_scores_come_back_as_they_were(tmp_path: Path, resources: Resources) -> None:
    analysis = analyze(article_from_text(TEXT, id="x", source="Out, let"), resources)
    table = tmp_path / "s.csv"
    table.write_bytes(csv_bytes([COLUMNS, *score_rows(analysis, parents_of(resources.roster))]))
    lines = tmp_path / "s.jsonl"
    lines.write_bytes(analysis_json(analysis) + b"\n")
    from_table, from_lines = list(read_scores(table)), list(read_scores(lines))
    assert [one[:6] for one in from_table] == [one[:6] for one in from_lines]
    assert from_table[0].sentence == '=Obama bullied "the town", and Trump, 1,000 said.'
    for here, there in zip(from_table, from_lines, strict=True):
        assert here.columns["source"] == there.columns["source"] == "Out, let"
        assert here.columns["issues"] == there.columns["issues"]
        for axis in ("cooperation", "victimhood"):
            assert here.columns[axis] == there.columns.get(axis, "")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("s.txt", b"", "give scores as .csv, .jsonl, .parquet, .sqlite"),
        ("none.csv", None, "no such file; scores come from `stance batch FOLDER -o none.csv`"),
        ("s.csv", b"", "its header lacks doc_id"),
        ("s.csv", b"a,b\n1,2\n", "its header lacks doc_id"),
        ("s.csv", b"doc_id,actor,sentence_id,sentence,label\n1,2\n", "s.csv:2: another number of cells"),
        ("s.csv", b"\xff\xfe\x00", "cannot be read"),
        ("s.csv", b'doc_id,actor,sentence_id,sentence,label\n1,2,3,"x"y,4\n', "no CSV"),
        ("s.jsonl", b"{}\n", "s.jsonl:1: no analysis"),
        ("s.jsonl", b"[" * 100_000, "s.jsonl:1: no analysis"),
        ("s.sqlite", b"nothing of the kind", "no database of scores"),
        ("s.parquet", b"nothing of the kind", "no Parquet file"),
    ],
)
def test_files_that_hold_no_scores(tmp_path: Path, name: str, content: bytes | None, message: str) -> None:
    if name.endswith("parquet"):
        pytest.importorskip("pyarrow")
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises((ReadError, UsageError)) as caught:
        list(read_scores(path))
    assert message in str(caught.value)
    assert name in str(caught.value)


def test_abstained_scores_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    path.write_text(
        "doc_id,actor,sentence_id,sentence,label,abstained\nd,Obama,1,x,neutral,true\nd,Obama,2,y,neutral,false\n"
    )
    assert [one.sentence for one in read_scores(path)] == ["y"]


def test_the_analysis_object_is_what_is_read(resources: Resources) -> None:
    found = json.loads(analysis_json(analyze(article_from_text(TEXT, id="x"), resources)))
    assert found["frames"]["issues"] == sorted(found["frames"]["issues"], key=lambda one: -one["share"])
