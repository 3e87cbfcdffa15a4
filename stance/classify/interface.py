"""The seam that every classifier fills."""

from __future__ import annotations

from typing import Protocol

from stance.framing.prepared import Prepared
from stance.records import Verdict


class Classifier(Protocol):
    """Says how candidates portray their actor. It must not depend on actors' names, only on their kinds."""

    @property
    def name(self) -> str:
        """`linear`, `lexicon` or a folder's name; goes into every row."""
        ...

    @property
    def model(self) -> str:
        """Version and content hash of the model; goes into every row."""
        ...

    @property
    def evidence(self) -> str:
        """How evidence is found: `contributions` (parts of a sum, exact) or `occlusion` (what hiding a span changes)."""
        ...

    def judge(self, prepared: Prepared) -> list[Verdict]:
        """Judge the candidates of one article, in order."""
        ...
