"""Whether evidence points where coders do: the words that they named as carrying a portrayal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from stance.framing.masking import is_telling
from stance.records import Verdict
from stance.research.data import Example

SPANS = frozenset({"cue", "words", "mention"})
"""Kinds of evidence that are words of the text."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Agreement with coded cues.

    Attributes:
        count: Polar rows whose cue was coded and in which evidence names a span.
        share: Share of them in which the strongest span overlaps the cue, in [0, 1].
        chance: The share that any telling word of the sentence would have.
    """

    count: int
    share: float
    chance: float


def cue_overlap(examples: Sequence[Example], verdicts: Sequence[Verdict]) -> Overlap:
    """Compare the strongest span of each verdict with the coded cue.

    Args:
        examples: Coded candidates; those without a cue, and neutral ones, are passed over.
        verdicts: What was said of each.
    """
    hits: list[float] = []
    chances: list[float] = []
    for example, verdict in zip(examples, verdicts, strict=True):
        spans = [item for item in verdict.evidence if item.kind in SPANS]
        if not example.label or example.cue is None or not spans:
            continue
        start, end = example.cue
        strongest = max(spans, key=lambda item: abs(item.contribution))
        hits.append(strongest.start < end and start < strongest.end)
        candidate, tokens = example.candidate, example.tokens
        telling = [
            tokens.starts[place] < end and start < tokens.ends[place]
            for place in range(candidate.first, candidate.last)
            if is_telling(tokens.lower[place])
        ]
        chances.append(fmean(telling) if telling else 0.0)
    if not hits:
        return Overlap(0, 0.0, 0.0)
    return Overlap(len(hits), fmean(hits), fmean(chances))
