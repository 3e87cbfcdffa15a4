"""The records of frames: as what actors are portrayed, and as what an article treats its matter.

Offsets are Unicode code points into `Article.text`; `end` is exclusive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from stance.categories import Axis, Function, Generic, Issue, Role


@dataclass(frozen=True, slots=True)
class AxisEvidence:
    """Words that say something of an actor on a portrayal axis: what they add, -1 to 1, and what he is to them."""

    start: int
    end: int
    text: str
    value: float
    role: Role


@dataclass(frozen=True, slots=True)
class Portrayal:
    """As what a sentence portrays an actor: a value on one axis, -1 to 1, with the words that it rests on."""

    axis: Axis
    value: float
    evidence: tuple[AxisEvidence, ...]


@dataclass(frozen=True, slots=True)
class FunctionSpan:
    """A clause that does what framing does (Entman 1993).

    Attributes:
        start, end: The clause.
        actors: Whom it is about: who poses the problem, is held responsible, is judged, should act; may be empty.
        cue: The words by which it does so.
    """

    function: Function
    sentence: int
    start: int
    end: int
    actors: tuple[str, ...]
    cue: tuple[int, int]


class IssueShare(NamedTuple):
    """An issue frame of an article: in which share of its sentences (0 to 1) and in which of them."""

    issue: Issue
    share: float
    sentences: tuple[int, ...]


class GenericShare(NamedTuple):
    """A generic frame of news: in which share of an article's sentences, 0 to 1."""

    frame: Generic
    share: float


@dataclass(frozen=True, slots=True)
class Frames:
    """As what an article treats its matter.

    Attributes:
        issues: Its issue frames, the widest first; empty where it has none.
        generic: All generic frames, in the order of `Generic`.
        functions: Its clauses that name problems and causes, judge, or call for something, in order.
        by_sentence: The issue frames of each sentence that has any.
    """

    issues: tuple[IssueShare, ...] = ()
    generic: tuple[GenericShare, ...] = ()
    functions: tuple[FunctionSpan, ...] = ()
    by_sentence: Mapping[int, tuple[Issue, ...]] = field(default_factory=dict)


class AxisMean(NamedTuple):
    """An actor's portrayal on one axis over an article.

    Attributes:
        mean: Of the sentences that speak of it, -1 to 1.
        sentences: Their ids, the most telling first.
    """

    axis: Axis
    mean: float
    sentences: tuple[int, ...]
