"""The seam that every classifier fills."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from stance.language.words import Tokens
from stance.records import Candidate, Verdict


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

    def judge(self, text: str, tokens: Tokens, candidates: Sequence[Candidate]) -> list[Verdict]:
        """Judge the candidates of one article, in order."""
        ...
