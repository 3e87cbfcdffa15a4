"""An article before any judgement: all that has been found in it, which is all that a classifier may look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from stance.framing.masking import Readings
from stance.language.words import Tokens
from stance.records import NO_NAMES, ActorKind, Article, Candidate, Cue, Mention, Names, Quotation, Sentence


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article with everything found in it that a classifier needs.

    Attributes:
        forms: Token ranges (inclusive) of every form of the roster in the text, mentions or not.
        kinds: The kind of each actor of the run.
        names: Which tokens are names, whoever bears them.
        readings: What has been read of masked sentences so far.
    """

    article: Article
    sentences: tuple[Sentence, ...]
    tokens: Tokens
    mentions: tuple[Mention, ...]
    forms: tuple[tuple[int, int], ...]
    quotations: tuple[Quotation, ...]
    cues: tuple[Cue, ...]
    candidates: tuple[Candidate, ...]
    kinds: Mapping[str, ActorKind]
    names: Names = NO_NAMES
    readings: Readings = field(default_factory=Readings, compare=False)
