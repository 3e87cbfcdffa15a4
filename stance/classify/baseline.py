"""The lexicon alone as a classifier: cues with a tie to the actor, added up. No training, nothing hidden."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from stance.classify.linear import softmax
from stance.framing.candidates import token_spans
from stance.framing.relations import relate
from stance.language.words import Tokens
from stance.records import Candidate, Evidence, Role, Verdict

# A far tie is right about half as often as a near one. One plain cue (2) near the actor has to outweigh neutral,
# one slight cue (1) has not; the two constants below do just that and were not fitted to any data.
FAR_WEIGHT = 0.4
SLOPE = 1.1
THRESHOLD = 1.6


@dataclass(frozen=True, slots=True)
class LexiconClassifier:
    """Sums related cues. Log-odds against neutral: SLOPE * sum - THRESHOLD for positive, mirrored for negative."""

    name: str = "lexicon"
    model: str = "lexicon/1"

    def judge(self, text: str, tokens: Tokens, candidates: Sequence[Candidate]) -> list[Verdict]:
        """Judge candidates of one article, in order."""
        return [self._judge_one(text, tokens, candidate) for candidate in candidates]

    def _judge_one(self, text: str, tokens: Tokens, candidate: Candidate) -> Verdict:
        targets = token_spans(tokens, candidate.mentions)
        others = tuple(span for span in token_spans(tokens, candidate.others) if span not in targets)
        evidence = []
        for cue in candidate.cues:
            relation = relate(cue, tokens.lower, targets, others, candidate.first, candidate.last)
            if relation.role is not Role.NONE:
                value = relation.value * (1.0 if relation.near else FAR_WEIGHT)
                evidence.append(Evidence(cue.start, cue.end, text[cue.start : cue.end], 2 * SLOPE * value, "cue"))
        total = math.fsum(item.contribution for item in evidence) / 2
        p_negative, p_neutral, p_positive = softmax(-total - THRESHOLD, total - THRESHOLD)
        evidence.sort(key=lambda item: (-abs(item.contribution), item.start))
        return Verdict(p_negative, p_neutral, p_positive, 0.0, 2 * total, tuple(evidence))
