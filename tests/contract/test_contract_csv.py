"""The CSV contract: columns, their order, docs/csv.md, and that CSV and JSON say the same."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from stance.categories import Axis
from stance.export.csv import (
    COLUMNS,
    FAILURE_COLUMNS,
    SUMMARY_COLUMNS,
    csv_bytes,
    parents_of,
    restore,
    score_rows,
)
from stance.export.json import analysis_object
from stance.pipeline import analyze
from stance.reading.text import read_article
from stance.resources import data_folder, load_resources

CONTRACT = (
    "doc_id, path, source, date, title, sentence_id, paragraph, start, end, sentence, kind, actor, actor_parent, mention, "
    "mention_kind, voice, speaker, speaker_actor, label, score, p_negative, p_neutral, p_positive, confidence, abstained, "
    "role, negated, hedged, issues, cooperation, strength, competence, honesty, legitimacy, victimhood, evidence, "
    "classifier, model, lexicons, roster"
).split(", ")
ARTICLES = sorted((data_folder("corpus") / "articles").glob("*.txt"))
DOCS = (Path(__file__).parents[2] / "docs/csv.md").read_text("utf-8")


def test_columns():
    assert list(COLUMNS) == CONTRACT


def test_every_column_is_explained_in_order():
    scores, rest = DOCS.split("## Summaries")
    summaries, failures = rest.split("## Failures")
    for text, columns in ((scores, COLUMNS), (summaries, SUMMARY_COLUMNS), (failures, FAILURE_COLUMNS)):
        cells = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
        assert [name for cell in cells for name in re.findall("`(.*?)`", cell)] == list(columns)


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_csv_says_what_json_says(path):
    resources = load_resources(classifier="lexicon")
    analysis = analyze(read_article(path, source="Outlet", date="2016-02-18"), resources)
    found = analysis_object(analysis)
    data = csv_bytes([COLUMNS, *score_rows(analysis, parents_of(resources.roster))]).decode("utf-8")
    rows = [
        {column: restore(cell) for column, cell in row.items()}
        for row in csv.DictReader(io.StringIO(data, newline=""))
    ]
    assert len(rows) == len(found["scores"])
    article, sentences = found["article"], {sentence["id"]: sentence for sentence in found["sentences"]}
    for row, score in zip(rows, found["scores"], strict=True):
        sentence = sentences[score["sentence"]]
        assert (row["doc_id"], row["path"], row["title"]) == (
            article["id"],
            article["path"],
            article["title"],
        )
        assert (row["source"], row["date"]) == ("Outlet", "2016-02-18")
        assert row["sentence"] == article["text"][sentence["start"] : sentence["end"]]
        assert [int(row[key]) for key in ("sentence_id", "paragraph", "start", "end")] == [
            sentence[key] for key in ("id", "paragraph", "start", "end")
        ]
        for key in ("score", "p_negative", "p_neutral", "p_positive", "confidence"):
            assert float(row[key]) == score[key]
        for key in ("actor", "label", "voice", "role"):
            assert row[key] == score[key]
        for key in ("abstained", "negated", "hedged"):
            assert row[key] == json.dumps(score[key])
        assert json.loads(row["evidence"]) == score["evidence"]
        assert row["issues"] == ";".join(score["issues"])
        assert {axis: float(row[axis]) for axis in map(str, Axis) if row[axis]} == score["portrayal"]
        assert row["speaker"] == (score["speaker"] or {"text": ""})["text"]
        assert row["kind"] == sentence["kind"]
        mentions = [
            (item["start"], item["end"])
            for item in found["mentions"]
            if item["sentence"] == score["sentence"] and item["actor"] == score["actor"]
        ]
        assert row["mention"] in {article["text"][start:end] for start, end in mentions}
        for key in ("classifier", "model", "lexicons", "roster"):
            assert row[key] == found["instrument"][key]
