"""Accuracy beside baselines, in one run: labelled rows, whole articles, speed, segmentation.

    python benchmark/accuracy.py --data FOLDER [--work FOLDER]

`--data` holds `targets/` (development sets), `whole_articles/`, `unlabelled/` and `segmentation/`. On whole articles
every classifier is measured on articles that it never saw: the linear model is trained anew for each of five folds, on
the rows and the other folds' articles. Encoders take hours to train; `--work` is the folder in which `stance train
--classifier neural` kept its steps, with what each fold's teacher and student said of that fold's articles, and with
soft labels of uncoded articles by a teacher that saw none of the coded ones. Calibration for a fold is fitted on the
others. Nothing here reads a test set.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import segmentation
from baselines import bag_of_words, vader
from frames import whole_articles as portrayals
from intervals import at_coverage, intervals
from unseen import folds_of, linear_by_article, neural_by_article

from stance.classify.baseline import LexiconClassifier
from stance.classify.interface import Classifier
from stance.classify.linear import load_linear
from stance.classify.neural import NeuralClassifier
from stance.errors import StanceError
from stance.framing.prepared import Prepared
from stance.pipeline import analyze, split_sentences
from stance.reading.text import article_from_text
from stance.records import Verdict
from stance.research.articles import CodedArticle, labelled, placed
from stance.research.coded import read_coded
from stance.research.data import Example, examples, read_rows
from stance.research.evaluate import judge_all, report
from stance.research.evidence import cue_overlap
from stance.research.neural.logits import PLACED
from stance.research.neural.measure import placed_predictions
from stance.research.populations import Population, rationales, vectorize
from stance.research.regression import DIMENSIONS, Settings
from stance.research.soft_labels import judged_populations, soft_examples
from stance.research.train import gather
from stance.research.unlabelled import read_articles
from stance.research.vectors import learn_vectors
from stance.research.whole_articles import compare, predictions_of
from stance.resources import BUILT_IN_MODELS, Resources, load_classifier, load_resources

DEVELOPMENT = ("newsmtsc_dev_rw.jsonl", "newsmtsc_dev_mt.jsonl")
TRAINING = ("newsmtsc_train.jsonl", "newstsc_train.jsonl")
HEADS = ("presence", "macro F1", "polar F1", "precision", "recall", "sign", "voice", "r", "MAE", "ECE")
TIMED_ARTICLES = 40
SWAPPED = 500  # sentences
EXCHANGE = {"Obama": "Trump", "Trump": "Obama"}
NAMES = re.compile(r"\b(?:Obama|Trump)\b")
# What only one of the two has: first names, offices by date, a family, houses, an administration of its own.
UNEQUAL = re.compile(
    r"(?i)president|barack|donald|tower|\bjr\b|michelle|malia|sasha|melania|ivanka|eric|barron"
    r"|administration|white house|campaign|team|obamacare|hotel|organization|foundation|university"
)
SOFT_LABELS = "soft-labels.jsonl"  # in the work folder of a training of encoders

OfArticle = Callable[[str], Any]
"""From an article's id to a classifier that did not see it."""


@dataclass(frozen=True, slots=True)
class Judge:
    """A classifier under its name: from the text alone, and with the actors' places given."""

    name: str
    found: OfArticle
    placed: OfArticle


def same(classifier: Any) -> Judge:
    """Return a judge that needs no folds."""
    return Judge(classifier.name, lambda _: classifier, lambda _: classifier)


def built_in() -> list[Classifier]:
    """Return stance's own classifiers; neural only where its libraries are installed."""
    found: list[Classifier] = [LexiconClassifier(), load_linear(BUILT_IN_MODELS / "linear")]
    try:
        found.append(load_classifier("neural"))
    except StanceError as error:
        print(f"without neural: {error}")
    return found


def development(data: Path, resources: Resources, judges: Sequence[Any]) -> None:
    """Print macro F1 on each development set and pooled, and calibration error pooled."""
    sets = [list(examples(read_rows(data / "targets" / name), resources)) for name in DEVELOPMENT]
    pooled = [example for found in sets for example in found]
    print("Labelled rows: macro F1 on the development sets\n")
    print(f"{'':20}{'real-world':>12}{'multi-target':>14}{'pooled':>9}{'accuracy':>10}{'ECE':>7}")
    for judge in judges:
        parts = [
            report([example.label for example in found], judge_all(judge, found)) for found in (*sets, pooled)
        ]
        scores = [part["macro_f1"] for part in parts]
        print(
            f"{judge.name:20}{scores[0]:12.3f}{scores[1]:14.3f}{scores[2]:9.3f}"
            f"{parts[-1]['accuracy']:10.3f}{parts[-1]['ece']:7.3f}"
        )


def whole(title: str, coded: Sequence[CodedArticle], judges: Sequence[Judge], *, given: bool) -> None:
    """Print how each judge compares with the codes."""
    print(f"\n{title}\n")
    print(f"{'':20}" + "".join(f"{head:>10}" for head in HEADS))
    results = {}
    for judge in judges:
        of_article = judge.placed if given else judge.found
        predict = placed_predictions if given else predictions_of
        result = compare(coded, [predict(article, of_article(article.id)) for article in coded])
        results[judge.name] = result
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
            calibration(coded, of_article)["ece"],
        )
        print(f"{judge.name:20}" + "".join(f"{value:10.3f}" for value in figures))
    print("\nPolar F1, share of equal signs where both are polar, and bias of the mean, by actor\n")
    actors = sorted({actor for article in coded for _, actor in article.codes})
    print(f"{'':20}" + "".join(f"{actor:>20}" for actor in actors))
    for name, result in results.items():
        bias = result["means"]["bias"]
        print(
            f"{name:20}"
            + "".join(
                f"{result['actors'][actor]:8.3f} {result['signs'].get(actor, 0.0):5.2f} {bias.get(actor, 0.0):+5.2f}"
                for actor in actors
            )
        )


def calibration(coded: Sequence[CodedArticle], of_article: OfArticle) -> dict[str, Any]:
    """Return the report on coded candidates of unseen articles: accuracy, calibration error, coverage."""
    gold: list[int] = []
    verdicts: list[Verdict] = []
    for article in coded:
        found = [example for example in labelled(article) if example.candidate.mentions]
        own = replace(
            article.prepared,
            candidates=tuple(item for item in article.prepared.candidates if item.mentions),
        )
        said = of_article(article.id).judge(own)
        gold.extend(example.label for example in found)
        verdicts.extend(said[example.number] for example in found)
    return report(gold, verdicts)


def evidence(coded: Sequence[CodedArticle], judges: Sequence[Judge], ours: Sequence[Classifier]) -> None:
    """Print how often the strongest evidence is what the coder named; of the encoder, the one that ships is asked."""
    print("\nEvidence: polar rows with a coded cue that the strongest span overlaps\n")
    print(f"{'':20}{'rows':>10}{'overlap':>10}{'any word':>10}")
    asked = {judge.name: judge.placed for judge in judges if judge.name in {"lexicon", "linear"}}
    asked.update({one.name: same(one).placed for one in ours if one.name == "neural"})
    for name, of_article in asked.items():
        found: list[Example] = []
        said: list[Verdict] = []
        for article in coded:
            rows = [one for one in labelled(article) if one.cue and one.label and one.candidate.mentions]
            if rows:
                kept = tuple(one for one in article.prepared.candidates if one.mentions)
                verdicts = of_article(article.id).judge(replace(article.prepared, candidates=kept))
                place = {(one.sentence.id, one.actor): number for number, one in enumerate(kept)}
                found.extend(rows)
                said.extend(verdicts[place[one.candidate.sentence.id, one.candidate.actor]] for one in rows)
        overlap = cue_overlap(found, said)
        print(f"{name:20}{overlap.count:10}{overlap.share:10.3f}{overlap.chance:10.3f}")


def symmetry(texts: Path, judges: Sequence[Classifier]) -> None:
    """Print the largest difference that exchanging two names makes in sentences that name one or both."""
    resources = load_resources(classifier="lexicon")
    written: list[str] = []
    for _, text, _ in read_articles(texts):
        for sentence in split_sentences(article_from_text(text, id="x")):
            found = text[sentence.start : sentence.end]
            if NAMES.search(found) and not UNEQUAL.search(found):
                written.append(found)
        if len(written) >= SWAPPED:
            written = written[:SWAPPED]
            break
    print(f"\nExchanging two names in {len(written)} sentences: largest difference of a score\n")
    for judge in judges:
        own = replace(resources, classifier=judge)
        largest = 0.0
        for here_written in written:
            here, there = (
                {score.actor: score.score for score in analyze(article_from_text(one, id="x"), own).scores}
                for one in (here_written, NAMES.sub(lambda match: EXCHANGE[match.group()], here_written))
            )
            for actor, other in EXCHANGE.items():
                largest = max(largest, abs(here.get(actor, 0.0) - there.get(other, 0.0)))
        print(f"{judge.name:20}{largest:10.1e}")


def speed(coded: Sequence[CodedArticle], judges: Sequence[Any]) -> None:
    """Print how many candidates each classifier judges a second, evidence included, and the size of its model."""
    print(
        "\nSpeed on one core with evidence (in brackets without, where that is a step of its own), and size\n"
    )
    articles = [article.prepared for article in coded[:TIMED_ARTICLES]]
    count = sum(len(article.candidates) for article in articles)
    for judge in judges:
        begin = time.perf_counter()
        for article in articles:
            judge.judge(article)
        seconds = time.perf_counter() - begin
        folder = BUILT_IN_MODELS / judge.name
        size = sum(path.stat().st_size for path in folder.iterdir()) if folder.is_dir() else 0
        bare = f"({bare_speed(judge, articles):.0f})" if isinstance(judge, NeuralClassifier) else ""
        print(f"{judge.name:20}{count / seconds:10.0f} {bare:>6} candidates/s{size / 1e6:10.1f} MB")


def bare_speed(classifier: NeuralClassifier, articles: Sequence[Prepared]) -> float:
    """Return how many candidates a second the encoder judges when nobody asks for evidence."""
    begin = time.perf_counter()
    for article in articles:
        for passage in classifier.passages_of(article):
            classifier.logits(passage)
    return sum(len(article.candidates) for article in articles) / (time.perf_counter() - begin)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--corpus", type=Path, default=Path("corpus/sentences"))
    parser.add_argument("--codes", type=Path, default=Path("corpus/codes"))
    parser.add_argument("--work", type=Path, help="the work folder of a training of encoders")
    options = parser.parse_args()
    resources = load_resources(classifier="lexicon")
    rows = [
        example
        for name in TRAINING
        for example in examples(read_rows(options.data / "targets" / name), resources)
    ]
    baselines = [vader(), bag_of_words(rows)]
    ours = built_in()
    development(options.data, resources, [*baselines, *ours])

    coded = list(read_coded(options.data / "whole_articles", resources))
    at_place = [placed(article, resources) for article in coded]
    judges = [*map(same, [*baselines, ours[0]]), *trained(options, resources, coded, at_place)]
    count = f"{len(coded)} articles, cross-validation over articles"
    whole(f"Whole articles from their text alone, {count}", coded, judges, given=False)
    whole(f"Whole articles, the actor's place given, {count}", at_place, judges, given=True)
    seen = {judge.name: judge.found for judge in judges if judge.name in {"lexicon", "linear", "neural"}}
    outlets = {
        str(row["id"]): str(row.get("outlet", ""))
        for row in map(
            json.loads, (options.data / "whole_articles" / "articles.jsonl").read_text("utf-8").splitlines()
        )
    }
    intervals(coded, outlets, seen)
    at_coverage(coded, seen)
    print("\nPortrayal axes on whole articles, classifiers that did not see the article\n", flush=True)
    for name, found in seen.items():
        portrayals(name, coded, resources.framing, found)
    evidence(at_place, judges, ours)
    symmetry(options.data / "unlabelled" / "articles.jsonl", ours)
    speed(coded, [*baselines, *ours])
    print("\nSentence segmentation\n", flush=True)
    segmentation.main(["--data", str(options.data / "segmentation")])


def trained(
    options: argparse.Namespace,
    resources: Resources,
    coded: Sequence[CodedArticle],
    at_place: Sequence[CodedArticle],
) -> list[Judge]:
    """Return judges trained without the article that they judge."""
    texts = options.data / "unlabelled" / "articles.jsonl"
    sources = [*(options.data / "targets" / name for name in TRAINING), options.data / "whole_articles"]
    all_rows, candidates, _ = gather([*sources, options.corpus, options.codes], resources, texts=texts)
    words = [*(one.text for one in read_articles(texts)), *(example.text for example in all_rows)]
    vectors = learn_vectors(words, DIMENSIONS)
    fold_of = folds_of(coded, options.work)
    populations = [
        Population(all_rows, articles=False),
        Population(candidates, articles=True),
        rationales(candidates),
    ]
    soft = options.work / SOFT_LABELS if options.work else None
    if soft is None or not soft.is_file():
        print("linear without soft labels: they are in the work folder of a training of encoders, --work")
    else:
        populations.extend(judged_populations(list(soft_examples(texts, soft, resources))))
    settings = Settings()
    vectorizer, datasets = vectorize(populations, settings.minimum, settings.sharpness, vectors)
    names = list(vectorizer.feature_names_)
    classifiers = linear_by_article(datasets, names, vectors, fold_of)
    judges = [Judge("linear", classifiers.__getitem__, classifiers.__getitem__)]
    if options.work:
        for kind, name in (("student", "neural"), ("teacher", "teacher")):
            found = neural_by_article(options.work, kind, coded)
            given = neural_by_article(options.work, kind, at_place, PLACED)
            judges.append(Judge(name, found.__getitem__, given.__getitem__))
    return judges


if __name__ == "__main__":
    main()
