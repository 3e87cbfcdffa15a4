"""Word vectors: what lets a weight learned for "praised" speak for "lauded", which training never saw.

Vectors come from co-occurrence in unlabelled news (`stance.research.vectors`). The classifier stays linear: a vector only
spreads weight over words, so every contribution still belongs to a word of the text. Eight bits a number keep the
table small; a word's weights are worked out when a text first uses it.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul
from typing import Any

from stance.classify.packed import BYTES, pack, unpack

SCALE = 127.0
# Feature prefixes (see `features`) whose words are spread, and the group of vector weights that each uses.
GROUPS = {
    "w": 0,
    "Lc": 1,
    "Rc": 2,
    "L1": 3,
    "R1": 4,
    "L2": 5,
    "L3": 5,
    "R2": 6,
    "R3": 6,
    "d:S": 7,
    "d:O": 8,
    "d:S-c": 9,
    "d:-m": 9,
    "d:-a": 9,
    "d:m": 10,
    "d:p": 10,
    "d:of": 10,
    "d:S-O": 11,
}
GROUP_COUNT = 12


@dataclass(frozen=True, slots=True)
class WordVectors:
    """Vectors of `dimensions` numbers from -1 to 1, as signed bytes over 127, one after the other."""

    dimensions: int
    place: dict[str, int]
    values: array[int]

    def of(self, word: str) -> Sequence[int] | None:
        """Return a word's vector as signed bytes, None if the word has none."""
        place = self.place.get(word)
        if place is None:
            return None
        return self.values[place * self.dimensions : (place + 1) * self.dimensions]

    def to_json(self) -> dict[str, Any]:
        """Return the table as JSON values."""
        return {
            "dimensions": self.dimensions,
            "words": list(self.place),
            "values": pack(self.values),
        }


NO_VECTORS = WordVectors(0, {}, array(BYTES))


def vectors_from_json(data: Any) -> WordVectors:
    """Read a table that `to_json` wrote.

    Raises:
        ValueError: The table is of the wrong shape.
    """
    try:
        dimensions, words = data["dimensions"], data["words"]
        values = unpack(data["values"], BYTES)
    except (TypeError, KeyError) as error:
        raise ValueError("no table of word vectors") from error
    if (
        not isinstance(dimensions, int)
        or not 0 <= dimensions <= 4096
        or len(values) != dimensions * len(words)
    ):
        raise ValueError("the table of word vectors is of the wrong shape")
    return WordVectors(dimensions, {word: place for place, word in enumerate(words)}, values)


def dot(vector: Sequence[int], weights: Sequence[float]) -> float:
    """Return the product of a vector in bytes and weights, in the unit of the weights."""
    return float(sum(map(mul, vector, weights))) / SCALE
