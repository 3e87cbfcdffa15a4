"""What networks said of candidates, kept in files: no PyTorch here, so that benchmarks read them without it."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from stance.errors import DataError
from stance.records import Candidate

Logits = dict[str, np.ndarray]
"""Of negative, neutral and positive, by `candidate_key`."""

_UNSEEN = re.compile(r"unseen-(?P<kind>[a-z]+)-(?P<fold>\d+)\.npz")
PLACED = "placed/"
"""What keys begin with where the actors' places were given."""


def candidate_key(text: str, candidate: Candidate) -> str:
    """Name a candidate across runs: text, start of the sentence, actor."""
    return f"{text}/{candidate.sentence.start}/{candidate.actor}"


def save_logits(path: Path, logits: Logits) -> None:
    """Write logits to a file, as a whole or not at all."""
    part = path.with_suffix(".part.npz")
    keys = sorted(logits)
    values = np.array([logits[key] for key in keys], dtype=np.float32).reshape(-1, 3)
    np.savez(part, keys=np.array(keys, dtype=np.str_), values=values)
    part.replace(path)


def load_logits(path: Path) -> Logits:
    """Read logits.

    Raises:
        DataError: It is no such file.
    """
    try:
        with np.load(path, allow_pickle=False) as data:
            return dict(zip(data["keys"].tolist(), data["values"], strict=True))
    except (OSError, ValueError, KeyError) as error:
        raise DataError(f"{path}: no logits of stance's ({error}); repeat the training step") from None


def unseen(work: Path, kind: str) -> tuple[Logits, dict[str, int]]:
    """Return what the networks of a kind said of articles that they never saw.

    Args:
        work: The work folder of a training.
        kind: `teacher` or `student`.

    Returns:
        The logits, and the fold of each article.
    """
    logits: Logits = {}
    folds: dict[str, int] = {}
    for path in sorted(work.glob("unseen-*.npz")):
        match = _UNSEEN.fullmatch(path.name)
        if match and match["kind"] == kind:
            found = load_logits(path)
            logits.update(found)
            for key in found:
                folds[key.removeprefix(PLACED).rsplit("/", 2)[0]] = int(match["fold"])
    return logits, folds


def softmax(logits: np.ndarray) -> np.ndarray:
    """Return probabilities along the last axis."""
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=-1, keepdims=True))
