"""Soft labels: written for uncoded articles, read back, learned by the regression."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from stance.errors import DataError, UsageError
from stance.pipeline import prepare
from stance.reading.text import article_from_text
from stance.research.cast import cast_of, widen
from stance.research.populations import vectorize
from stance.research.soft_labels import (
    ALONE_OF_ARTICLE,
    cast_row,
    judged_populations,
    read_soft_labels,
    soft_examples,
    soft_row,
    write_soft_labels,
)
from stance.research.train import train
from stance.resources import Resources, data_folder, load_resources

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


def test_sentences_are_also_judged_alone(texts: Path, tmp_path: Path, resources: Resources) -> None:
    long = [f"Sentence {number} says that Obama lied to Trump again and again." for number in range(40)]
    with texts.open("a") as more:
        more.write(json.dumps({"id": "c", "text": " ".join(long)}) + "\n")
    output = tmp_path / "soft.jsonl"
    write_soft_labels(texts, output, "linear", alone=True)
    rows = [json.loads(line) for line in output.read_text().splitlines()]
    alone = [row for row in rows if row.get("alone")]
    # Too short a sentence is not judged alone, and of a long article only some are, far from each other.
    assert {row["doc"] for row in alone} == {"c"}
    starts = sorted({row["start"] for row in alone})
    assert len(starts) <= ALONE_OF_ARTICLE
    text = " ".join(long)
    assert starts[-1] > len(text) / 2
    both = {(row["start"], row["actor"]): row for row in rows if row["doc"] == "c" and not row.get("alone")}
    for row in alone:
        lone = prepare(article_from_text(text[row["start"] : row["end"]], id="x"), load_resources())
        verdicts = load_resources().classifier.judge(lone)
        own = {one.actor: said for one, said in zip(lone.candidates, verdicts, strict=True)}[row["actor"]]
        assert row["p_negative"] == pytest.approx(own.negative, abs=1e-4)
        assert row["p_negative"] != both[row["start"], row["actor"]]["p_negative"]
    populations = judged_populations(list(soft_examples(texts, output, resources)))
    assert [one.articles for one in populations] == [True, False]
    assert len(populations[1].examples) == len(alone)


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


def test_a_wider_cast_and_sentences_read_alone_are_found_again(tmp_path: Path, resources: Resources) -> None:
    texts = tmp_path / "texts.jsonl"
    text = "Paul Ryan lied. Ryan met Trump in China."
    texts.write_text("".join(json.dumps({"id": id_, "text": text}) + "\n" for id_ in ("a", "b")))
    cast = cast_of(data_folder("lexicons") / "roster.toml", [text, "Paul Ryan. " * 20], resources.given_names)
    assert "Paul Ryan" in {entry["id"] for entry in cast}
    wider = replace(resources, roster=widen(data_folder("lexicons") / "roster.toml", cast))
    rows = [cast_row(cast, ["a"])]
    for id_, own in (("a", wider), ("b", resources)):
        for candidate in prepare(article_from_text(text, id=id_), own).candidates:
            rows.append(soft_row(candidate, id_, (0.5, 0.25, 0.25)))
            rows.append(soft_row(candidate, id_, (0.25, 0.25, 0.5), alone=True))
    path = tmp_path / "soft.jsonl"
    path.write_text("\n".join(rows) + "\n")
    found = list(soft_examples(texts, path, resources))
    assert [(one.example.group, one.example.candidate.actor) for one in found if one.alone] == [
        ("a", "Paul Ryan"), ("a", "Trump"), ("a", "Paul Ryan"), ("a", "China"), ("b", "Trump"),
    ]  # fmt: skip
    assert {one.alone: one.probabilities[0] for one in found} == {False: 0.5, True: 0.25}
    whole, alone = judged_populations(found)
    assert (whole.articles, alone.articles) == (True, False)
    assert len(whole.examples) == len(alone.examples) == 5


@pytest.mark.parametrize("cast", [[7], [{"id": "x"}], [{"id": "Obama", "name": "Obama", "kind": "person"}]])
def test_a_cast_that_is_no_roster_is_named(tmp_path: Path, resources: Resources, cast: list[object]) -> None:
    path = tmp_path / "soft.jsonl"
    path.write_text(json.dumps({"cast": cast, "wide": []}) + "\n")
    texts = tmp_path / "texts.jsonl"
    texts.write_text("")
    with pytest.raises(DataError, match=r"soft\.jsonl:1: the cast is no list of roster entries"):
        list(soft_examples(texts, path, resources))


def test_what_a_judge_says_counts_as_much_as_it_is_probable(
    texts: Path, tmp_path: Path, resources: Resources
) -> None:
    path = tmp_path / "soft.jsonl"
    write_soft_labels(texts, path, "lexicon")
    told = list(soft_examples(texts, path, resources))
    sure = [replace(one, probabilities=(0.0, 1.0, 0.0)) for one in told]
    open_ = [replace(one, probabilities=(0.4, 0.4, 0.2)) for one in told]
    for said, labels in ((sure, [0] * len(told)), (open_, [-1, 0, 1] * len(told))):
        (dataset,) = vectorize(judged_populations(said), 2, 1.0)[1]
        assert dataset.labels.tolist() == labels
        assert dataset.judged
        assert dataset.weights.sum() == pytest.approx(len(told))
    sharp = vectorize(judged_populations(open_), 2, 2.0)[1][0]
    assert sharp.weights[:3].tolist() == pytest.approx([4 / 9, 4 / 9, 1 / 9])


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
