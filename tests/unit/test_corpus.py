"""The corpus keeps what its datasheet promises."""

from __future__ import annotations

import json
import tomllib
from collections import Counter

import pytest
from nltk.metrics.agreement import AnnotationTask

from stance.reading.text import read_article
from stance.records import BlockKind
from stance.research.data import read_rows
from stance.resources import data_folder

CORPUS = data_folder("corpus")
FILES = sorted((CORPUS / "sentences").glob("*.jsonl"))
ROWS = [json.loads(line) for path in FILES for line in path.read_text(encoding="utf-8").splitlines()]
CODES = [
    json.loads(line)
    for path in sorted((CORPUS / "codes").glob("*.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()
]
ACTORS = {"US", "Russia", "Obama", "Trump"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_rows_keep_the_format_that_training_reads(path):
    assert len(read_rows(path)) > 300


def test_every_row_says_whom_it_is_about_and_what_it_tests():
    for row in ROWS:
        assert row["actor"] in ACTORS
        assert row["voice"] in {"author", "quoted", "mixed"}
        assert row["construction"]
        assert row["topic"]


def test_ids_and_pairs_of_sentence_and_actor_are_unique():
    assert len({row["id"] for row in ROWS}) == len(ROWS)
    assert len({(row["text"], row["actor"]) for row in ROWS}) == len(ROWS)


def test_actors_are_even_and_two_thirds_are_neutral():
    actors = Counter(row["actor"] for row in ROWS)
    assert set(actors) == ACTORS
    assert max(actors.values()) <= 1.2 * min(actors.values())
    neutral = sum(row["label"] == 0 for row in ROWS) / len(ROWS)
    assert 0.6 <= neutral <= 0.72


@pytest.mark.parametrize("actor", sorted(ACTORS))
def test_no_actor_is_blamed_or_praised_more_than_the_others(actor):
    labels = Counter(row["label"] for row in ROWS if row["actor"] == actor)
    assert 0.7 <= labels[1] / labels[-1] <= 1.4


def test_no_frame_occurs_often():
    """Openings with their actors left out: a frame that comes again and again teaches nothing."""
    frames = Counter(
        " ".join(row["text"].replace(row["target"], "X").split()[:5])
        for row in {row["text"]: row for row in ROWS}.values()
    )
    assert max(frames.values()) <= 3


def test_codes_quote_no_text_and_stay_inside_their_sentence():
    assert len(CODES) > 4000
    for row in CODES:
        assert set(row) == {"doc", "article", "start", "end", "codes"}
        assert row["codes"]
        for actor, code in row["codes"].items():
            assert actor in ACTORS
            assert code["label"] in {-1, 0, 1}
            assert code["voice"] in {"author", "quoted", "mixed"}
            assert code["confidence"] in {1, 2}
            for name in code.keys() - {"label", "voice", "confidence"}:
                start, end = code[name]
                assert row["start"] <= start < end <= row["end"]


def test_no_sentence_is_coded_twice():
    assert len({(row["doc"], row["start"]) for row in CODES}) == len(CODES)


def test_articles_are_those_of_the_index():
    index = tomllib.loads((CORPUS / "articles" / "index.toml").read_text(encoding="utf-8"))["article"]
    assert {entry["file"] for entry in index} == {path.name for path in (CORPUS / "articles").glob("*.txt")}
    assert len(index) >= 12
    assert len({entry["outlet"] for entry in index}) >= 12


@pytest.mark.parametrize("path", sorted((CORPUS / "articles").glob("*.txt")), ids=lambda path: path.stem)
def test_articles_have_a_title_and_body(path):
    article = read_article(path)
    kinds = Counter(block.kind for block in article.blocks)
    assert article.title
    assert kinds[BlockKind.TITLE] == 1
    assert kinds[BlockKind.BODY] >= 1


def test_the_second_coding_agrees_as_the_datasheet_says():
    lines = (CORPUS / "second-coding.tsv").read_text(encoding="utf-8").splitlines()[1:]
    second = {id_: (int(label), voice) for id_, label, voice, _ in (line.split("\t") for line in lines)}
    assert set(second) == {row["id"] for row in ROWS}
    # The first codes of the rows on which the two differ were replaced by 0.
    first_codes = {"c-0038": -1, "e-0310": -1}
    task = AnnotationTask(distance=lambda one, other: float(one - other) ** 2)
    task.load_array(
        (coder, row["id"], label)
        for row in ROWS
        for coder, label in (
            ("first", first_codes.get(row["id"], row["label"])),
            ("second", second[row["id"]][0]),
        )
    )
    assert task.alpha() == pytest.approx(0.996, abs=0.0006)
    assert all(row["label"] in {second[row["id"]][0], 0} for row in ROWS)
