"""The lexicon alone as a classifier: cues added up by their tie to the actor. No training, nothing hidden."""

from __future__ import annotations

import math
from dataclasses import dataclass

from stance.categories import Role
from stance.classify.linear import softmax
from stance.framing.candidates import parties
from stance.framing.prepared import Prepared
from stance.framing.relations import relate
from stance.language.words import Tokens
from stance.records import Candidate, Evidence, Verdict

# What a cue counts for by its tie to the actor. A cue without a tie counts a little, because the light reading of word
# order misses ties; alone it never outweighs neutral. These four numbers were set by a coarse look at coded articles.
FAR_WEIGHT = 0.8
UNTIED_WEIGHT = 0.3
SLOPE = 1.1
THRESHOLD = 1.1


@dataclass(frozen=True, slots=True)
class LexiconClassifier:
    """Sums cues. Log-odds against neutral: SLOPE * sum - THRESHOLD for positive, mirrored for negative."""

    name: str = "lexicon"
    model: str = "lexicon/1"
    evidence: str = "contributions"

    def judge(self, prepared: Prepared) -> list[Verdict]:
        """Judge the candidates of one article, in order."""
        text, tokens = prepared.article.text, prepared.tokens
        return [self._judge_one(text, tokens, candidate) for candidate in prepared.candidates]

    def _judge_one(self, text: str, tokens: Tokens, candidate: Candidate) -> Verdict:
        targets, others = parties(tokens, candidate)
        evidence = []
        for cue in candidate.cues:
            relation = relate(cue, tokens.lower, targets, others, candidate.first, candidate.last)
            if relation.role is Role.NONE:
                value = max((cue.agent, cue.patient, cue.bearer), key=abs) * cue.factor * UNTIED_WEIGHT
            else:
                value = relation.value * (1.0 if relation.near else FAR_WEIGHT)
            if value:
                evidence.append(
                    Evidence(cue.start, cue.end, text[cue.start : cue.end], 2 * SLOPE * value, "cue")
                )
        total = math.fsum(item.contribution for item in evidence) / 2
        p_negative, p_neutral, p_positive = softmax(-total - THRESHOLD, total - THRESHOLD)
        evidence.sort(key=lambda item: (-abs(item.contribution), item.start))
        return Verdict(p_negative, p_neutral, p_positive, 0.0, 2 * total, tuple(evidence))
