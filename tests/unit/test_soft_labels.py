"""Soft labels: written for uncoded articles, read back, learned by the regression."""

import json
from pathlib import Path

import pytest

from stance.errors import DataError, UsageError
from stance.research.soft_labels import read_soft_labels, soft_examples, write_soft_labels
from stance.research.train import train
from stance.resources import Resources, data_folder

ARTICLES = [
    {
        "id": "a",
        "text": "Obama lied to everybody. Nothing else happened.\n\nTrump praised Russia.",
        "date": "2018-01-01",
    },
    {"id": "b", "text": "The US and Russia met. Critics of Obama laughed."},
]


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    path = tmp_path / "texts.jsonl"
    path.write_text("".join(f"{json.dumps(article)}\n" for article in ARTICLES))
    return path


def test_every_candidate_gets_a_row_and_is_found_again(
    texts: Path, tmp_path: Path, resources: Resources
) -> None:
    output = tmp_path / "soft.jsonl"
    count = write_soft_labels(texts, output, "lexicon")
    rows = [json.loads(line) for line in output.read_text().splitlines()]
    assert [(row["doc"], row["actor"]) for row in rows] == [
        ("a", "Obama"), ("a", "Russia"), ("a", "Trump"), ("b", "US"), ("b", "Russia"), ("b", "Obama"),
    ]  # fmt: skip
    assert count == len(rows)
    for row in rows:
        assert row["p_negative"] + row["p_neutral"] + row["p_positive"] == pytest.approx(1, abs=1e-3)
        text = next(article["text"] for article in ARTICLES if article["id"] == row["doc"])
        assert text[row["start"] : row["end"]].endswith(".")
    found = list(soft_examples(texts, output, resources))
    assert [item.example.candidate.actor for item in found] == [row["actor"] for row in rows]
    assert found[0].example.label == -1


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        "[]",
        "{}",
        '{"doc": "a", "start": 0, "actor": "US", "p_negative": 0.5, "p_neutral": 0.5, "p_positive": 0.5}',
        '{"doc": "a", "start": 0, "actor": "US", "p_negative": NaN, "p_neutral": 0.5, "p_positive": 0.5}',
        '{"doc": "a", "start": 0, "actor": "US", "p_negative": -1, "p_neutral": 1, "p_positive": 1}',
    ],
)
def test_a_line_that_is_no_soft_label_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "soft.jsonl"
    path.write_text(f"{line}\n")
    with pytest.raises(DataError, match=r"soft\.jsonl:1: no soft label"):
        read_soft_labels(path)


def test_the_regression_learns_from_soft_labels(texts: Path, tmp_path: Path) -> None:
    data = [data_folder("corpus") / "sentences" / "constructed-a.jsonl"]
    soft = tmp_path / "soft.jsonl"
    write_soft_labels(texts, soft, "lexicon")
    rows = [json.loads(line) for line in soft.read_text().splitlines()]
    pushed = [{**row, "p_negative": 0.0, "p_neutral": 0.0, "p_positive": 1.0} for row in rows]
    weights = []
    for name, told in (("as judged", rows), ("pushed", pushed)):
        soft.write_text("".join(f"{json.dumps(row)}\n" for row in told))
        vectors = _many(tmp_path)
        train(data, tmp_path / name, texts=vectors, soft=soft)
        weights.append((tmp_path / name / "weights.json").read_bytes())
        sources = json.loads((tmp_path / name / "manifest.json").read_text())["data"]
        assert sources[-1]["examples"] == len(rows)
    assert weights[0] != weights[1]


def _many(folder: Path) -> Path:
    """Return the articles with enough text beside them to learn word vectors from."""
    corpus = data_folder("corpus") / "articles"
    more = [
        {"id": path.stem, "text": path.read_text(encoding="utf-8")} for path in sorted(corpus.glob("*.txt"))
    ]
    path = folder / "many.jsonl"
    path.write_text("".join(f"{json.dumps(article)}\n" for article in [*ARTICLES, *more, *more, *more]))
    return path


def test_soft_labels_need_their_texts(texts: Path, tmp_path: Path) -> None:
    data = [data_folder("corpus") / "sentences" / "constructed-a.jsonl"]
    with pytest.raises(UsageError, match="--text"):
        train(data, tmp_path / "m", soft=texts)
