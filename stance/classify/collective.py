"""What the rest of an article says of an actor: sentences that portray one actor are judged together.

An article that blames somebody in one sentence blames him in others, too, often in words that no model knows. So each
sentence's log-odds move towards what the actor's other sentences in the article came to (collective classification, Neville
and Jensen 2000; Sen et al. 2008), in one round from the scores of the sentences alone. How far is the same for all actors.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Collective:
    """How far the rest of an article moves a sentence.

    Attributes:
        pull: Log-odds that praise gains and blame loses, for each point by which the actor's other sentences score higher
            than sentences do on the whole.
        boldness: Log-odds that both gain against neutral, for each point by which they are likelier to be polar.
        reserve: Sentences that count as average beside them: one other sentence says little.
        score, polar: Mean score (-1 to 1) and mean probability (0 to 1) of being polar over all sentences.
    """

    pull: float = 0.0
    boldness: float = 0.0
    reserve: float = 2.0
    score: float = 0.0
    polar: float = 0.0

    def shifts(
        self, actors: Sequence[str], probabilities: Sequence[tuple[float, float, float]]
    ) -> list[tuple[float, float]]:
        """Return for each candidate of an article what is added to its log-odds of negative and positive against neutral.

        Args:
            actors: Whom each candidate is about.
            probabilities: Of negative, neutral and positive, from the candidate's sentence alone.
        """
        scores: dict[str, float] = {}
        polars: dict[str, float] = {}
        counts: dict[str, int] = {}
        own = [
            (positive - negative - self.score, positive + negative - self.polar)
            for negative, _, positive in probabilities
        ]
        for actor, (score, polar) in zip(actors, own, strict=True):
            scores[actor] = scores.get(actor, 0.0) + score
            polars[actor] = polars.get(actor, 0.0) + polar
            counts[actor] = counts.get(actor, 0) + 1
        found = []
        for actor, (score, polar) in zip(actors, own, strict=True):
            others = counts[actor] - 1
            if not others:
                found.append((0.0, 0.0))
                continue
            size = others + self.reserve
            turn = self.pull * (scores[actor] - score) / size
            stir = self.boldness * (polars[actor] - polar) / size
            found.append((stir - turn, stir + turn))
        return found

    def to_json(self) -> dict[str, float]:
        """Return the numbers by name."""
        return asdict(self)


NO_COLLECTIVE = Collective()


def collective_from_json(data: Any) -> Collective:
    """Read what `to_json` wrote.

    Raises:
        TypeError, KeyError, ValueError: It is of the wrong shape or not finite.
    """
    values = {name: float(data[name]) for name in Collective.__slots__}
    if not all(map(math.isfinite, values.values())) or values["reserve"] < 0:
        raise ValueError("collective")
    return Collective(**values)
