"""How well a classifier does on labelled rows: F1, calibration, coverage against accuracy."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from stance.classify.interface import Classifier
from stance.framing.prepared import Prepared
from stance.records import Verdict
from stance.research.data import Example, examples, read_rows
from stance.resources import load_resources

LABELS = (-1, 0, 1)
THRESHOLDS = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
BINS = 10


def evaluate(path: Path, classifier: str = "linear") -> dict[str, Any]:
    """Evaluate a classifier on a JSONL file of labelled rows.

    Args:
        path: Rows of `{"id", "text", "target", "start", "end", "label"}`.
        classifier: `linear`, `lexicon` or a model folder.

    Returns:
        `n`, `macro_f1`, `accuracy`, `per_class`, `confusion` (rows gold, columns predicted, in the order -1, 0, 1), `ece`
        (expected calibration error over ten bins of confidence; Naeini et al. 2015) and `coverage`.

    Raises:
        DataError: The rows break their format.
        StanceError: The classifier cannot be loaded.
    """
    found, verdicts = judged(path, classifier)
    return report([example.label for example in found], verdicts)


def predictions(path: Path, classifier: str = "linear") -> list[dict[str, Any]]:
    """Return a row for each labelled row: id, label, predicted, score and the three probabilities."""
    found, verdicts = judged(path, classifier)
    return [
        {
            "id": example.id,
            "label": example.label,
            "predicted": predicted(verdict),
            "score": round(verdict.positive - verdict.negative, 6),
            "p_negative": round(verdict.negative, 6),
            "p_neutral": round(verdict.neutral, 6),
            "p_positive": round(verdict.positive, 6),
        }
        for example, verdict in zip(found, verdicts, strict=True)
    ]


def judged(path: Path, classifier: str) -> tuple[list[Example], list[Verdict]]:
    """Read labelled rows and judge them."""
    resources = load_resources(classifier=classifier)
    found = list(examples(read_rows(path), resources))
    return found, judge_all(resources.classifier, found)


def judge_all(classifier: Classifier, found: Sequence[Example]) -> list[Verdict]:
    """Judge examples, each in its whole text; a text that follows itself is judged once."""
    verdicts: list[Verdict] = []
    last: Prepared | None = None
    judged_last: list[Verdict] = []
    for example in found:
        if example.prepared is not last:
            last, judged_last = example.prepared, classifier.judge(example.prepared)
        verdicts.append(judged_last[example.number])
    return verdicts


def predicted(verdict: Verdict) -> int:
    """Return the label of a verdict as the pipeline decides it: a tie goes to the label that claims less."""
    best = max((verdict.neutral, 0), (verdict.negative, -1), (verdict.positive, -2), key=lambda pair: pair[0])
    return {0: 0, -1: -1, -2: 1}[best[1]]


def confidence(verdict: Verdict) -> float:
    """Return the probability of the chosen label."""
    return max(verdict.negative, verdict.neutral, verdict.positive)


def report(gold: Sequence[int], verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """Compare verdicts with labels; the contract's object."""
    from sklearn.metrics import confusion_matrix, precision_recall_fscore_support  # noqa: PLC0415 - slow to import

    chosen = [predicted(verdict) for verdict in verdicts]
    sure = [confidence(verdict) for verdict in verdicts]
    right = [int(label == choice) for label, choice in zip(gold, chosen, strict=True)]
    scores = precision_recall_fscore_support(gold, chosen, labels=list(LABELS), zero_division=0)
    return {
        "n": len(gold),
        "macro_f1": round(float(scores[2].mean()), 6),
        "accuracy": round(sum(right) / len(right), 6),
        "per_class": {
            str(label): {
                "precision": round(float(scores[0][place]), 6),
                "recall": round(float(scores[1][place]), 6),
                "f1": round(float(scores[2][place]), 6),
                "support": int(scores[3][place]),
            }
            for place, label in enumerate(LABELS)
        },
        "confusion": confusion_matrix(gold, chosen, labels=list(LABELS)).tolist(),
        "ece": round(calibration_error(sure, right), 6),
        "coverage": [_coverage(threshold, sure, right) for threshold in THRESHOLDS],
    }


def calibration_error(sure: Sequence[float], right: Sequence[int]) -> float:
    """Return the expected calibration error: the mean gap between confidence and accuracy, over ten equal bins."""
    bins: list[list[int]] = [[] for _ in range(BINS)]
    for place, value in enumerate(sure):
        bins[min(BINS - 1, int(value * BINS))].append(place)
    gaps = (
        abs(sum(sure[place] for place in members) - sum(right[place] for place in members))
        for members in bins
        if members
    )
    return sum(gaps) / max(1, len(sure))


def _coverage(threshold: float, sure: Sequence[float], right: Sequence[int]) -> dict[str, float | None]:
    kept = [hit for hit, value in zip(right, sure, strict=True) if value >= threshold]
    accuracy = round(sum(kept) / len(kept), 6) if kept else None
    return {
        "min_confidence": threshold,
        "coverage": round(len(kept) / max(1, len(right)), 6),
        "accuracy": accuracy,
    }
