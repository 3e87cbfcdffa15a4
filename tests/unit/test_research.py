"""Labelled data, coded articles, measures, word vectors and model folders."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from stance.classify.vectors import dot, vectors_from_json
from stance.errors import DataError, OutputError, UsageError
from stance.records import Evidence, Verdict
from stance.research.articles import labelled
from stance.research.coded import (
    is_coded_folder,
    is_codes_file,
    read_coded,
    read_codes,
    same_texts,
    text_digest,
)
from stance.research.data import examples, read_rows
from stance.research.evaluate import calibration_error, evaluate, predicted, predictions, report
from stance.research.evidence import cue_overlap
from stance.research.model_folder import write_model_folder
from stance.research.populations import feature_bags, rationales
from stance.research.train import train
from stance.research.unlabelled import read_articles
from stance.research.vectors import learn_vectors
from stance.research.whole_articles import compare, macro_f1
from stance.resources import data_folder

CORPUS = data_folder("corpus") / "sentences" / "constructed-a.jsonl"
ROW = {"id": "1", "text": "Ann lied to Bob.", "target": "Ann", "start": 0, "end": 3, "label": -1}


def write(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "no valid JSON"),
        ("[1]", "expected an object"),
        (json.dumps({**ROW, "label": 2}), "give -1, 0 or 1"),
        (json.dumps({**ROW, "end": 4}), "is not the target"),
        (json.dumps({**ROW, "start": 9, "end": 3}), "is not the target"),
        (json.dumps({**ROW, "label": "-1"}), "whole numbers"),
        (json.dumps({key: value for key, value in ROW.items() if key != "text"}), "`text` is missing"),
        ("[" * 100_000, "no valid JSON"),
    ],
)
def test_a_broken_row_is_named_with_file_and_line(tmp_path, line, reason):
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(ROW) + "\n" + line + "\n")
    with pytest.raises(DataError, match=f"rows.jsonl:2: .*{reason}"):
        read_rows(path)


def test_no_rows_and_no_file_are_named(tmp_path):
    with pytest.raises(DataError, match="no rows"):
        read_rows(write(tmp_path / "empty.jsonl"))
    with pytest.raises(DataError, match="no such file"):
        read_rows(tmp_path / "none.jsonl")


def test_rows_of_one_document_share_a_group(tmp_path):
    rows = [{**ROW, "id": f"site_12_3_{number}_Ann_0_3"} for number in (4, 5)]
    assert {row.group for row in read_rows(write(tmp_path / "r.jsonl", *rows))} == {"site_12_3"}


def test_a_repeated_target_is_masked_everywhere(resources, tmp_path):
    text = "Ann Lee lied, and nobody trusts Ann Lee."
    row = {**ROW, "text": text, "target": "Ann Lee", "end": 7}
    example = next(examples(read_rows(write(tmp_path / "r.jsonl", row)), resources))
    assert [text[mention.start : mention.end] for mention in example.candidate.mentions] == [
        "Ann Lee",
        "Ann Lee",
    ]
    assert example.candidate.alone


def test_a_roster_actor_brings_kind_and_others(resources, tmp_path):
    row = {**ROW, "text": "Russia warned Obama.", "target": "Russia", "end": 6}
    candidate = next(examples(read_rows(write(tmp_path / "r.jsonl", row)), resources)).candidate
    assert candidate.kind == "state"
    assert [mention.actor for mention in candidate.others] == ["Obama"]


TEXT = "A title\n\nRussia betrayed its allies. Obama met farmers.\n"


@pytest.fixture
def coded(tmp_path):
    write(
        tmp_path / "articles.jsonl",
        {"id": "a", "title": "A title", "outlet": "O", "date": "2015-01-01", "text": TEXT},
    )
    first, second = TEXT.index("Russia"), TEXT.index("Obama")
    write(
        tmp_path / "codes.jsonl",
        {"doc": "a", "start": 0, "end": 7, "codes": {}},
        {
            "doc": "a",
            "start": first,
            "end": second - 1,
            "codes": {
                "Russia": {"label": -1, "voice": "author", "confidence": 2, "cue": "Betrayed its allies"}
            },
        },
        {
            "doc": "a",
            "start": second,
            "end": len(TEXT) - 1,
            "codes": {"Obama": {"label": 0, "voice": "author", "confidence": 2}},
        },
    )
    return tmp_path


def test_coded_articles_are_matched_with_the_pipelines_sentences(resources, coded):
    assert is_coded_folder(coded)
    article = next(iter(read_coded(coded, resources)))
    assert article.matches == (0, 1, 2)
    assert [(example.candidate.actor, example.label) for example in labelled(article)] == [
        ("Russia", -1),
        ("Obama", 0),
    ]


def test_a_coded_cue_is_found_and_compared_with_evidence(resources, coded):
    (polar, neutral) = labelled(next(iter(read_coded(coded, resources))))
    start = TEXT.index("betrayed")
    assert polar.cue == (start, start + len("betrayed its allies"))
    assert neutral.cue is None

    def verdict(*spans):
        items = [Evidence(*span, "", weight, kind) for *span, weight, kind in spans]
        return Verdict(0.8, 0.1, 0.1, 0.0, -2.0, tuple(items))

    there = (start, start + 8, -2.0, "cue")
    elsewhere = (polar.candidate.sentence.start, start, -1.0, "words")
    whole = (polar.candidate.sentence.start, polar.candidate.sentence.end, -9.0, "context")
    hit = cue_overlap([polar, neutral], [verdict(there, elsewhere, whole), verdict(there)])
    assert (hit.count, hit.share) == (1, 1.0)
    assert 0 < hit.chance < 1
    assert cue_overlap([polar], [verdict((*there[:2], -0.5, "cue"), elsewhere)]).share == 0.0
    assert cue_overlap([polar, neutral], [verdict(whole), verdict()]).count == 0


def test_rationales_are_the_cues_words_alone(resources, coded):
    found = list(labelled(next(iter(read_coded(coded, resources)))))
    population = rationales(found)
    assert [example.label for example in population.examples] == [-1]
    (bag,) = feature_bags(population.examples, rationales_only=True)
    (whole,) = feature_bags(population.examples)
    assert {"w=betrayed", "w=allies", "c:kind=state"} <= bag.keys() < whole.keys()
    assert not rationales([replace(found[1], label=1)]).examples


def codes_alone(tmp_path, text, *sentences):
    """A file of codes: (start, end, codes) of one article."""
    rows = [
        {"doc": "u", "article": text_digest(text), "start": start, "end": end, "codes": codes}
        for start, end, codes in sentences
    ]
    return write(tmp_path / "codes-alone.jsonl", *rows)


NEGATIVE = {"label": -1, "voice": "author", "confidence": 2}
NEUTRAL = {"label": 0, "voice": "author", "confidence": 1}


def test_codes_alone_find_their_texts(resources, tmp_path):
    path = codes_alone(
        tmp_path,
        TEXT,
        (9, len(TEXT) - 1, {"Russia": {**NEGATIVE, "mention": [9, 15], "cue": [16, 24]}, "US": NEUTRAL}),
    )
    texts = write(tmp_path / "t.jsonl", {"id": "x", "text": "Other."}, {"id": "u", "text": TEXT})
    assert is_codes_file(path)
    assert not is_codes_file(texts)
    (article,) = read_codes(path, texts, resources)
    code = article.codes[0, "Russia"]
    assert (article.id, code.mention, code.cue) == ("u", "Russia", (16, 24))
    assert article.codes[0, "US"].cue is None
    with pytest.raises(UsageError, match="--text"):
        list(read_codes(path, None, resources))
    with pytest.raises(DataError, match="not the text"):
        list(read_codes(path, write(tmp_path / "o.jsonl", {"id": "u", "text": "Another text."}), resources))
    with pytest.raises(DataError, match="lacks 1 articles"):
        list(read_codes(path, write(tmp_path / "n.jsonl", {"id": "x", "text": TEXT}), resources))


@pytest.mark.parametrize(
    ("start", "codes"),
    [
        (0, {"Russia": {}}),
        (0, {"Russia": {"label": 2}}),
        (0, {"Russia": "bad"}),
        (0, {"Russia": {**NEGATIVE, "mention": [1]}}),
        (0, {"Russia": {**NEGATIVE, "cue": [1]}}),
        (0, {"Russia": {**NEGATIVE, "cue": [9, 15]}}),
        (0, {"Russia": {**NEGATIVE, "cue": [3, 3]}}),
        (0, ["Russia"]),
        (-1, {}),
        ("0", {}),
    ],
)
def test_a_broken_code_is_named(resources, tmp_path, start, codes):
    path = codes_alone(tmp_path, TEXT, (start, 7, codes))
    texts = write(tmp_path / "t.jsonl", {"id": "u", "text": TEXT})
    with pytest.raises(DataError, match=r"t.jsonl:1: a code of this article breaks the format"):
        list(read_codes(path, texts, resources))


def test_codes_of_fragments_belong_to_their_sentence(resources, tmp_path):
    text = "The plan betrays America, said Mr. Trump on Monday. Nobody heard it."
    cut, end = text.index("Trump"), text.index(" Nobody")
    path = codes_alone(
        tmp_path,
        text,
        (0, cut - 1, {"US": NEUTRAL}),
        (cut, end, {"Trump": NEGATIVE, "US": NEGATIVE}),
        (end + 1, len(text), {}),
    )
    (article,) = read_codes(path, write(tmp_path / "t.jsonl", {"id": "u", "text": text}), resources)
    assert {key: code.label for key, code in article.codes.items()} == {(0, "US"): -1, (0, "Trump"): -1}


def test_articles_with_the_same_text_share_a_group():
    one = "The minister said on Tuesday that the talks had ended without a result and would go on. " * 3
    other = "A court in the north heard the case of three farmers who had sold the same field to a bank."
    found = same_texts(
        [("a", one), ("b", other), ("c", "A new title\n\n" + one), ("d", other.upper()), ("e", "Short.")]
    )
    assert found == {"a": "a", "b": "b", "c": "a", "d": "b", "e": "e"}


def test_measures_of_whole_articles(resources, coded):
    articles = list(read_coded(coded, resources))
    perfect = compare(articles, [{(1, "Russia"): (-1, -0.8, "author"), (2, "Obama"): (0, 0.0, "author")}])
    assert perfect["presence"]["f1"] == perfect["polar"]["f1"] == perfect["voice"] == perfect["sign"] == 1.0
    wrong = compare(articles, [{(1, "Russia"): (1, 0.8, "quoted"), (0, "Trump"): (-1, -0.5, "author")}])
    assert wrong["presence"] == {"f1": 0.5, "precision": 0.5, "recall": 0.5}
    assert wrong["polar"]["f1"] == wrong["voice"] == wrong["sign"] == 0.0


def test_a_broken_coded_folder_is_named(resources, coded):
    (coded / "codes.jsonl").write_text('{"doc": "a"}\n')
    with pytest.raises(DataError, match=r"codes.jsonl:1: .*start"):
        list(read_coded(coded, resources))


def test_macro_f1():
    assert macro_f1([-1, 0, 1], [-1, 0, 1]) == 1.0
    assert macro_f1([-1, -1, 0, 0], [-1, 0, 0, 0]) == pytest.approx((2 / 3 + 0.8 + 0) / 3)


def test_evaluation_has_the_contracts_keys_and_adds_up():
    found = evaluate(CORPUS, "lexicon")
    assert set(found) == {"n", "macro_f1", "accuracy", "per_class", "confusion", "ece", "coverage"}
    assert found["n"] == sum(map(sum, found["confusion"])) == 654
    assert found["accuracy"] == pytest.approx(
        sum(found["confusion"][place][place] for place in range(3)) / 654, abs=1e-6
    )
    assert found["macro_f1"] == pytest.approx(
        sum(item["f1"] for item in found["per_class"].values()) / 3, abs=1e-5
    )
    assert found["coverage"][0]["coverage"] == 1.0


def test_predictions_have_the_contracts_keys():
    row = predictions(CORPUS, "lexicon")[0]
    assert set(row) == {"id", "label", "predicted", "score", "p_negative", "p_neutral", "p_positive"}
    assert row["predicted"] in {-1, 0, 1}


def test_a_tie_goes_to_the_label_that_claims_less():
    assert predicted(Verdict(0.4, 0.4, 0.2, 0, 0)) == 0
    assert predicted(Verdict(0.4, 0.2, 0.4, 0, 0)) == -1


def test_calibration_error_is_the_gap_between_confidence_and_accuracy():
    assert calibration_error([0.75] * 4, [1, 1, 1, 0]) == pytest.approx(0)
    assert calibration_error([0.95] * 4, [0, 0, 0, 0]) == pytest.approx(0.95)
    assert report([0, 0], [Verdict(0.1, 0.8, 0.1, 0, 0)] * 2)["ece"] == pytest.approx(0.2)


def test_words_used_alike_get_like_vectors():
    frames = [
        "the envoy {} the plan at noon",
        "she {} them again and left",
        "critics {} it on monday evening",
    ]
    texts = [frame.format(word) for frame in frames for word in ("slammed", "blasted") for _ in range(20)]
    texts += ["a green boat sailed over cold water near old docks with new ropes"] * 40
    vectors = learn_vectors(texts, 8)
    slammed, blasted, boat = (list(vectors.of(word) or []) for word in ("slammed", "blasted", "boat"))
    assert dot(slammed, blasted) > 0.9 * dot(slammed, slammed)
    assert dot(slammed, boat) < 0.5 * dot(slammed, slammed)
    assert vectors.of("unseen") is None
    again = vectors_from_json(vectors.to_json())
    assert again.of("boat") == vectors.of("boat")


def test_too_little_text_and_no_text_are_refused(tmp_path):
    with pytest.raises(DataError, match="too little text"):
        learn_vectors(["one two three"], 8)
    with pytest.raises(DataError, match="expected an object"):
        list(read_articles(write(tmp_path / "t.jsonl", {"title": "x"})))


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        {"dimensions": 2, "words": ["a"], "values": "AA=="},
        {"dimensions": "2", "words": [], "values": ""},
    ],
)
def test_a_broken_table_of_vectors_is_refused(data):
    with pytest.raises(ValueError, match="vectors"):
        vectors_from_json(data)


def test_training_needs_data_of_all_labels(tmp_path):
    with pytest.raises(DataError, match="only the label"):
        train([write(tmp_path / "r.jsonl", ROW)], tmp_path / "model")
    with pytest.raises(UsageError, match="at least one"):
        train([], tmp_path / "model")
    assert not (tmp_path / "model").exists()


def test_a_model_folder_is_replaced_as_a_whole(tmp_path):
    folder = tmp_path / "model"
    write_model_folder(folder, {"manifest.json": b"1", "old.bin": b"x"})
    write_model_folder(folder, {"manifest.json": b"2"})
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"manifest.json": b"2"}
    assert list(tmp_path.iterdir()) == [folder]


def test_a_folder_of_something_else_is_not_replaced(tmp_path):
    folder = tmp_path / "thesis"
    folder.mkdir()
    (folder / "chapter.txt").write_text("years of work")
    with pytest.raises(OutputError, match="no model folder"):
        write_model_folder(folder, {"manifest.json": b"1"})
    assert (folder / "chapter.txt").exists()
