"""Accuracy beside baselines, in one run: labelled rows, whole articles from their text alone, segmentation.

    python benchmark/accuracy.py --data FOLDER

FOLDER holds `targets/` (development sets), `whole_articles/`, `unlabelled/` and `segmentation/`. On whole articles the
linear model is trained anew for each of five folds, on the rows and the other folds' articles; its calibration for a
fold is fitted on the others. Nothing here reads a test set.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import segmentation
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from stance.classify.baseline import LexiconClassifier
from stance.classify.linear import LinearClassifier, classifier_from_json, load_linear
from stance.classify.vectors import WordVectors
from stance.framing.prepared import Prepared
from stance.records import Verdict
from stance.research.articles import CodedArticle, labelled, read_coded
from stance.research.data import Example, examples, read_rows
from stance.research.evaluate import judge_all, report
from stance.research.regression import (
    DIMENSIONS,
    Dataset,
    Settings,
    Weights,
    export_weights,
    fit,
    logits,
    rescale,
    subset,
    temperature,
    vectorize,
)
from stance.research.train import gather
from stance.research.unlabelled import read_articles
from stance.research.vectors import learn_vectors
from stance.research.whole_articles import compare, predictions_of
from stance.resources import BUILT_IN_MODELS, Resources, load_resources

FOLDS = 5
DEVELOPMENT = ("newsmtsc_dev_rw.jsonl", "newsmtsc_dev_mt.jsonl")
TRAINING = ("newsmtsc_train.jsonl", "newstsc_train.jsonl")
POLAR_COMPOUND = 0.05  # the threshold that VADER's authors name


class Sentence:
    """Judges by the sentence alone, without its actor: what VADER and a bag of words do."""

    def __init__(self, name: str, of_text: Callable[[Sequence[str]], list[Verdict]]) -> None:
        """Take a name, and a function from texts to verdicts."""
        self.name = name
        self.model = name
        self._of_text = of_text

    def judge(self, prepared: Prepared) -> list[Verdict]:
        """Judge each candidate's sentence."""
        text = prepared.article.text
        spans = [text[found.sentence.start : found.sentence.end] for found in prepared.candidates]
        return self._of_text(spans) if spans else []


def vader() -> Sentence:
    """Return VADER as a classifier."""
    analyzer = SentimentIntensityAnalyzer()

    def of_text(texts: Sequence[str]) -> list[Verdict]:
        found = []
        for text in texts:
            compound = analyzer.polarity_scores(text)["compound"]
            polar = abs(compound) >= POLAR_COMPOUND
            negative, positive = float(polar and compound < 0), float(polar and compound > 0)
            # The compound is kept as the score; the probabilities only carry the label.
            size = abs(compound)
            found.append(_verdict(negative * (0.5 + size / 2), positive * (0.5 + size / 2)))
        return found

    return Sentence("VADER", of_text)


def _verdict(negative: float, positive: float) -> Verdict:
    return Verdict(negative, 1 - negative - positive, positive, 0.0, 0.0)


def bag_of_words(found: Sequence[Example]) -> Sentence:
    """Train a plain bag of words on labelled rows."""
    vectorizer = CountVectorizer(lowercase=True, min_df=3)
    model = LogisticRegression(C=0.1, max_iter=500, class_weight="balanced")
    model.fit(
        vectorizer.fit_transform([example.text for example in found]), [example.label for example in found]
    )

    def of_text(texts: Sequence[str]) -> list[Verdict]:
        return [
            _verdict(float(row[0]), float(row[2])) for row in model.predict_proba(vectorizer.transform(texts))
        ]

    return Sentence("bag of words", of_text)


def development(data: Path, resources: Resources, judges: Sequence[Any]) -> list[tuple[str, list[float]]]:
    """Return macro F1 on each development set and pooled, and calibration error pooled."""
    sets = [list(examples(read_rows(data / "targets" / name), resources)) for name in DEVELOPMENT]
    pooled = [example for found in sets for example in found]
    table = []
    for judge in judges:
        reports = [
            report([example.label for example in found], judge_all(judge, found)) for found in (*sets, pooled)
        ]
        table.append(
            (
                judge.name,
                [*(item["macro_f1"] for item in reports), reports[-1]["accuracy"], reports[-1]["ece"]],
            )
        )
    return table


def folds(
    datasets: Sequence[Dataset], names: list[str], settings: Settings, vectors: WordVectors
) -> dict[str, LinearClassifier]:
    """Return for each article id a classifier that saw neither it nor its codes."""
    articles = datasets[-1]
    groups = np.array([example.group for example in articles.examples])
    splits = list(GroupKFold(FOLDS).split(articles.matrix, groups=groups))
    trained: list[Weights] = []
    unseen_logits = np.zeros((len(groups), 2))
    for number, (seen, unseen) in enumerate(splits, start=1):
        print(f"  fold {number} of {len(splits)}", file=sys.stderr)
        weights = fit([*datasets[:-1], subset(articles, seen)], names, settings)
        unseen_logits[unseen] = logits(weights, subset(articles, unseen))
        trained.append(weights)
    found = {}
    for weights, (seen, unseen) in zip(trained, splits, strict=True):
        calibrated = rescale(weights, 1.0, temperature(unseen_logits[seen], articles.labels[seen]))
        classifier = classifier_from_json(json.loads(export_weights(calibrated, vectors)), "fold")
        for group in set(groups[unseen]):
            found[str(group)] = classifier
    return found


def whole(
    coded: Sequence[CodedArticle], judges: Sequence[tuple[str, Callable[[str], Any]]]
) -> dict[str, dict[str, Any]]:
    """Compare each judge with the codes; a judge is a name and a function from article id to classifier."""
    return {
        name: compare(coded, [predictions_of(article, of_article(article.id)) for article in coded])
        for name, of_article in judges
    }


def calibration(coded: Sequence[CodedArticle], by_article: dict[str, LinearClassifier]) -> dict[str, Any]:
    """Return the report on coded candidates of unseen articles: accuracy, calibration error, coverage."""
    gold: list[int] = []
    verdicts: list[Verdict] = []
    for article in coded:
        classifier = by_article.get(article.id)
        found = list(labelled(article))
        if classifier and found:
            gold.extend(example.label for example in found)
            verdicts.extend(judge_all(classifier, found))
    return report(gold, verdicts)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--corpus", type=Path, default=Path("corpus/sentences"))
    options = parser.parse_args()
    resources = load_resources(classifier="lexicon")
    rows = [
        example
        for name in TRAINING
        for example in examples(read_rows(options.data / "targets" / name), resources)
    ]
    sentence_judges = [vader(), bag_of_words(rows)]

    judges = [*sentence_judges, LexiconClassifier(), load_linear(BUILT_IN_MODELS / "linear")]
    print("Labelled rows: macro F1 on the development sets\n")
    print(f"{'':14}{'real-world':>12}{'multi-target':>14}{'pooled':>9}{'accuracy':>10}{'ECE':>7}")
    for name, values in development(options.data, resources, judges):
        print(f"{name:14}{values[0]:12.3f}{values[1]:14.3f}{values[2]:9.3f}{values[3]:10.3f}{values[4]:7.3f}")

    coded = list(read_coded(options.data / "whole_articles", resources))
    sources = [options.data / "targets" / name for name in TRAINING]
    all_rows, candidates, _ = gather([*sources, options.data / "whole_articles", options.corpus], resources)
    texts = [one.text for one in read_articles(options.data / "unlabelled" / "articles.jsonl")]
    vectors = learn_vectors([*texts, *(example.text for example in all_rows)], DIMENSIONS)
    vectorizer, datasets = vectorize([all_rows, candidates], Settings().minimum, vectors)
    by_article = folds(datasets, list(vectorizer.feature_names_), Settings(), vectors)
    spare = next(iter(by_article.values()))
    named: list[tuple[str, Callable[[str], Any]]] = [
        *((judge.name, lambda _, judge=judge: judge) for judge in sentence_judges),
        ("lexicon", lambda _: LexiconClassifier()),
        ("linear", lambda article: by_article.get(article, spare)),
    ]
    results = whole(coded, named)
    print(f"\nWhole articles, end to end, {len(coded)} articles, cross-validation over articles\n")
    heads = ("presence", "macro F1", "polar F1", "precision", "recall", "sign", "voice", "r", "MAE")
    print(f"{'':14}" + "".join(f"{head:>11}" for head in heads))
    for name, result in results.items():
        polar, means = result["polar"], result["means"]
        figures = (
            result["presence"]["f1"],
            result["macro_f1"],
            polar["f1"],
            polar["precision"],
            polar["recall"],
            result["sign"],
            result["voice"],
            means["r"],
            means["mae"],
        )
        print(f"{name:14}" + "".join(f"{value:11.3f}" for value in figures))
    print("\nPolar F1 by actor, and bias of the actor's mean\n")
    actors = list(results["linear"]["actors"])
    print(f"{'':14}" + "".join(f"{actor:>16}" for actor in actors))
    for name, result in results.items():
        bias = result["means"]["bias"]
        print(
            f"{name:14}"
            + "".join(f"{result['actors'][actor]:9.3f} {bias.get(actor, 0.0):+6.2f}" for actor in actors)
        )
    found = calibration(coded, by_article)
    print(
        f"\nLinear on unseen articles: accuracy {found['accuracy']:.3f}, ECE {found['ece']:.3f}; coverage and accuracy:"
    )
    print(
        "  " + "  ".join(f"{item['coverage']:.2f}: {item['accuracy'] or 0:.3f}" for item in found["coverage"])
    )
    print("\nSentence segmentation\n", flush=True)
    segmentation.main(["--data", str(options.data / "segmentation")])


if __name__ == "__main__":
    main()
