"""Frames against what people coded: portrayal axes, issue frames, functions; beside a majority and a keyword baseline.

    python benchmark/frames.py [--data FOLDER] [--part held-back|rest]

On the third of the constructed sentences that is held back from all work on lexicons and rules, and on as large a part of
sentences of real articles, read in their article. `benchmark/accuracy.py` measures the axes on whole articles.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from stance.categories import Axis, Function, Issue
from stance.classify.interface import Classifier
from stance.frames.find import Framing
from stance.pipeline import analyze, judge_prepared, prepare
from stance.reading.text import article_from_text
from stance.records import Analysis
from stance.research.articles import CodedArticle
from stance.research.frame_corpus import FrameRow, alphas, load_frame_codes, load_frame_rows
from stance.resources import Resources, load_resources

DATE = "2016-06-01"  # of constructed sentences
SIGNS = (-1, 0, 1)


class Found(NamedTuple):
    """What is said of one sentence: signs by actor and axis, issue frames, functions."""

    axes: Mapping[tuple[str, Axis], int]
    issues: frozenset[Issue]
    functions: frozenset[Function]


Judge = Callable[[FrameRow, Found], Found]


def found_in(analysis: Analysis, start: int, end: int) -> Found:
    """Return what an analysis says of a span of its text."""
    numbers = {one.id for one in analysis.sentences if one.start < end and start < one.end}
    values: dict[tuple[str, Axis], float] = {}
    for score in analysis.scores:
        if score.sentence in numbers:
            for one in score.portrayal:
                key = score.actor, one.axis
                values[key] = values.get(key, 0.0) + one.value
    by_sentence = analysis.frames.by_sentence
    return Found(
        {key: (value > 0) - (value < 0) for key, value in values.items()},
        frozenset(issue for number in numbers for issue in by_sentence.get(number, ())),
        frozenset(span.function for span in analysis.frames.functions if span.sentence in numbers),
    )


def by_keyword(row: FrameRow, resources: Resources) -> Found:
    """Return what the words alone say: any word of the lexicon counts, for every actor, whatever it is to him."""
    frames = resources.framing.frames
    prepared = prepare(article_from_text(row.text, id=row.id, date=DATE), resources)
    totals: Counter[Axis] = Counter()
    for cue in resources.framing.words(prepared):
        for axis, values in frames.axes[cue.entry, cue.part].items():
            totals[axis] += max(values, key=abs)
    axes = {
        (actor, axis): (totals[axis] > 0) - (totals[axis] < 0) for actor in row.first.axes for axis in totals
    }
    entries = [entry for entry, _, _ in frames.matter.scan(prepared.tokens.lower, 0, len(prepared.tokens))]
    issues = {frame for entry in entries for frame, _ in entry.weights if isinstance(frame, Issue)}
    functions = {function for entry in entries for function, _ in entry.functions}
    return Found(axes, frozenset(issues), frozenset(functions))


def macro_f1(pairs: Iterable[tuple[int, int]]) -> tuple[float, list[float]]:
    """Return macro F1 over the signs -1, 0 and 1, and the F1 of each, from pairs of coded and found."""
    counts = Counter(pairs)
    scores = []
    for sign in SIGNS:
        hits = counts[sign, sign]
        coded = sum(number for (one, _), number in counts.items() if one == sign)
        found = sum(number for (_, one), number in counts.items() if one == sign)
        scores.append(2 * hits / (coded + found) if coded + found else 0.0)
    return sum(scores) / len(scores), scores


def f1(coded: Sequence[bool], found: Sequence[bool]) -> float:
    """Return the F1 of a category."""
    hits = sum(one and other for one, other in zip(coded, found, strict=True))
    every = sum(coded) + sum(found)
    return 2 * hits / every if every else 0.0


def tables(title: str, rows: Sequence[FrameRow], ours: Sequence[Found], words: Sequence[Found]) -> None:
    """Print the figures of one set of sentences."""
    golds = [row.agreed for row in rows]
    print(f"\n{title}: {len(rows)} sentences\n")
    print(
        f"{'axis':14}{'macro F1':>9}{'keyword':>9}{'majority':>9}{'F1 -1':>8}{'F1 1':>7}{'coded -1':>10}{'coded 1':>8}"
    )
    for axis in Axis:
        coded = [own.get(axis, 0) for gold in golds for own in gold.axes.values()]
        said = [
            one.axes.get((actor, axis), 0)
            for gold, one in zip(golds, ours, strict=True)
            for actor in gold.axes
        ]
        plain = [
            one.axes.get((actor, axis), 0)
            for gold, one in zip(golds, words, strict=True)
            for actor in gold.axes
        ]
        value, signs = macro_f1(zip(coded, said, strict=True))
        keyword = macro_f1(zip(coded, plain, strict=True))[0]
        majority = macro_f1((one, 0) for one in coded)[0]
        print(
            f"{axis.value:14}{value:>9.3f}{keyword:>9.3f}{majority:>9.3f}{signs[0]:>8.2f}{signs[2]:>7.2f}"
            f"{coded.count(-1):>10}{coded.count(1):>8}"
        )
    several(
        "issue frame",
        list(Issue),
        [gold.issues for gold in golds],
        [one.issues for one in ours],
        [one.issues for one in words],
    )
    several(
        "function",
        list(Function),
        [frozenset(gold.functions) for gold in golds],
        [one.functions for one in ours],
        [one.functions for one in words],
    )


def several(
    title: str,
    kinds: Sequence[Any],
    golds: Sequence[frozenset[Any]],
    ours: Sequence[frozenset[Any]],
    words: Sequence[frozenset[Any]],
) -> None:
    """Print the figures of categories of which a sentence has several."""
    commonest = max(kinds, key=lambda kind: sum(kind in gold for gold in golds))
    print(f"\n{title:14}{'F1':>9}{'keyword':>9}{'coded':>8}")

    def of(kind: Any, sets: Sequence[frozenset[Any]]) -> list[bool]:
        return [kind in one for one in sets]

    def pooled(sets: Sequence[frozenset[Any]]) -> list[bool]:
        return [kind in one for one in sets for kind in kinds]

    for kind in kinds:
        coded = of(kind, golds)
        print(
            f"{kind!s:14}{f1(coded, of(kind, ours)):>9.3f}{f1(coded, of(kind, words)):>9.3f}{sum(coded):>8}"
        )
    every = pooled(golds)
    print(f"{'micro':14}{f1(every, pooled(ours)):>9.3f}{f1(every, pooled(words)):>9.3f}{sum(every):>8}")
    print(
        f"{'majority':14}{f1(every, pooled([frozenset({commonest})] * len(golds))):>9.3f}  ({commonest!s} everywhere)"
    )


def agreement(sets: Mapping[str, Sequence[FrameRow]]) -> None:
    """Print the alpha of the two codings by category and set."""
    print("Krippendorff's alpha (nominal) of two codings\n")
    found = {name: alphas(rows) for name, rows in sets.items()}
    print(f"{'':14}" + "".join(f"{name:>12}" for name in found))
    for category in next(iter(found.values())):
        print(f"{category:14}" + "".join(f"{own[category]:>12.2f}" for own in found.values()))


def whole_articles(
    title: str, articles: Sequence[CodedArticle], framing: Framing, classifier_of: Callable[[str], Classifier]
) -> None:
    """Print how often axes fire on neutral and polar rows of coded articles, and whether their signs are the codes'.

    Args:
        title: What is judged.
        articles: The coded articles.
        framing: Finds the axes.
        classifier_of: Gives the classifier for an article, by its id: one that did not learn from it.
    """
    fired: Counter[tuple[bool, bool]] = Counter()
    agree: Counter[tuple[Axis, bool]] = Counter()
    for article in articles:
        scores, _ = framing.frame(
            article.prepared, judge_prepared(article.prepared, classifier_of(article.id))
        )
        for score in scores:
            place = article.matches[score.sentence - 1]
            code = article.codes.get((place, score.actor)) if place is not None else None
            if code is None:
                continue
            fired[code.label != 0, bool(score.portrayal)] += 1
            if code.label:
                for one in score.portrayal:
                    agree[one.axis, (one.value > 0) == (code.label > 0)] += 1
    total = {
        right: sum(number for (_, own), number in agree.items() if own == right) for right in (True, False)
    }
    print(
        f"{title:10}neutral rows with an axis {_share(fired[False, True], fired[False, False])}, polar ones "
        f"{_share(fired[True, True], fired[True, False])}; signs agree in {_share(total[True], total[False])}: "
        + ", ".join(f"{axis.value} {_share(agree[axis, True], agree[axis, False])}" for axis in Axis)
    )


def _share(hits: int, others: int) -> str:
    every = hits + others
    return f"{hits / every:.3f} of {every}" if every else "none"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--corpus", type=Path, default=Path("corpus/frames"))
    parser.add_argument("--part", choices=("held-back", "rest"), default="held-back")
    options = parser.parse_args()
    resources = load_resources()
    sets = load_frame_rows(options.corpus)
    texts = options.data / "unlabelled" / "articles.jsonl"
    articles: dict[str, tuple[str, str]] = {}
    if texts.is_file():
        for line in texts.read_text("utf-8").splitlines():
            row = json.loads(line)
            articles[str(row["id"])] = row["text"], row.get("date") or ""
        coded = load_frame_codes(
            options.corpus / "codes" / "news.jsonl", {key: text for key, (text, _) in articles.items()}
        )
        agreement({**sets, "articles": [code.row for code in coded]})
    else:
        coded = []
        agreement(sets)
    wanted = options.part == "held-back"
    for name, rows in sets.items():
        own = [row for row in rows if row.held_back == wanted]
        ours = [
            found_in(analyze(article_from_text(row.text, id=row.id, date=DATE), resources), 0, len(row.text))
            for row in own
        ]
        tables(f"{name}, {options.part}", own, ours, [by_keyword(row, resources) for row in own])
    codes = [code for code in coded if code.row.held_back == wanted]
    if codes:
        ours = []
        for code in codes:
            text, date = articles[code.doc]
            ours.append(
                found_in(
                    analyze(article_from_text(text, id=code.doc, date=date), resources), code.start, code.end
                )
            )
        rows = [code.row for code in codes]
        tables(f"articles, {options.part}", rows, ours, [by_keyword(row, resources) for row in rows])


if __name__ == "__main__":
    main()
