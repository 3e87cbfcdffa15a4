"""Whether the encoder's evidence carries its scores: deletion curves (Samek et al. 2017), against random order.

    python benchmark/faithfulness.py --data FOLDER [--articles N]

For every candidate that the encoder calls polar in coded articles, the spans that its evidence names are hidden one after
the other, the weightiest first; what is printed is which share of the log-odds is left. A random order of the
sentence's spans shows what any hiding does.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from stance.classify.neural import NeuralClassifier, load_neural
from stance.classify.occlusion import Span, spans_by_sentence
from stance.classify.windows import Passage
from stance.framing.prepared import Prepared
from stance.records import Verdict
from stance.research.coded import read_coded
from stance.resources import BUILT_IN_MODELS, load_resources

STEPS = 5
ORDERS = 5
SMALLEST = 0.5  # log-odds; smaller ones have nothing to lose


@dataclass(frozen=True, slots=True)
class Curves:
    """Shares of the log-odds that are left after each step, for the order of the evidence and for random ones."""

    evidence: list[float]
    chance: list[float]


def margin(row: Sequence[float]) -> float:
    """Return the log-odds of positive against negative."""
    return row[2] - row[0]


def curves(
    classifier: NeuralClassifier, prepared: Prepared, passage: Passage, verdicts: Sequence[Verdict]
) -> list[Curves]:
    """Return the curves of a passage's polar candidates."""
    begin = classifier.logits(passage)
    spans = spans_by_sentence(prepared, passage)
    found = []
    for place, (reading, row) in enumerate(zip(passage.readings, begin, strict=True)):
        own = spans[reading.first]
        if max(row) == row[1] or abs(margin(row)) < SMALLEST or len(own) < 2:
            continue

        def left(hidden: Sequence[Span], place: int = place, start: float = margin(row)) -> float:
            positions = {position for span in hidden for position in span.positions}
            ids = [
                classifier.vocabulary.mask if position in positions else id_
                for position, id_ in enumerate(passage.ids)
            ]
            return margin(classifier.logits(passage, ids)[place]) / start

        weights = {(item.start, item.end): item.contribution for item in verdicts[reading.candidate].evidence}
        sign = 1 if margin(row) > 0 else -1
        order = sorted(own, key=lambda span: -sign * weights.get((span.start, span.end), 0.0))
        steps = range(1, min(STEPS, len(own)) + 1)
        chance = random.Random(reading.candidate)  # noqa: S311 - an order, no secret
        shuffles = [chance.sample(own, len(own)) for _ in range(ORDERS)]
        found.append(
            Curves(
                [left(order[:step]) for step in steps],
                [fmean(left(shuffle[:step]) for shuffle in shuffles) for step in steps],
            )
        )
    return found


def main() -> None:
    """Print the curves."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--articles", type=int, default=40)
    options = parser.parse_args()
    classifier = load_neural(BUILT_IN_MODELS / "neural")
    resources = load_resources(classifier="lexicon")
    found: list[Curves] = []
    for number, article in enumerate(read_coded(options.data / "whole_articles", resources)):
        if number == options.articles:
            break
        verdicts = classifier.judge(article.prepared)
        for passage in classifier.passages_of(article.prepared):
            found.extend(curves(classifier, article.prepared, passage, verdicts))
    print(f"Share of the log-odds left after hiding spans, {len(found)} polar candidates\n")
    print(f"{'spans hidden':16}{'by evidence':>12}{'at random':>12}")
    for step in range(STEPS):
        by_evidence = [curve.evidence[step] for curve in found if len(curve.evidence) > step]
        at_random = [curve.chance[step] for curve in found if len(curve.chance) > step]
        print(f"{step + 1:<16}{fmean(by_evidence):12.3f}{fmean(at_random):12.3f}")


if __name__ == "__main__":
    main()
