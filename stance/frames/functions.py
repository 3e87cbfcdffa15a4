"""What a sentence does: names a problem or its cause, judges, or says what should be done (Entman 1993), and of whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from stance.categories import Function, Role
from stance.frame_records import FunctionSpan
from stance.frames.lexicon import FIXED, FrameEntry
from stance.frames.ties import tie_of
from stance.frames.ways import View
from stance.framing.candidates import parties
from stance.framing.cues import BREAKS
from stance.framing.relations import relate
from stance.language.words import Tokens
from stance.records import Candidate, Cue, Sentence

_ROLES = {"agent": Role.AGENT, "patient": Role.PATIENT, "bearer": Role.ATTRIBUTE}
_IMPERSONAL = frozenset({"it", "there"})
_MOST = 6  # in one sentence; what has more is a list


class Doing(NamedTuple):
    """Words of a sentence that do something: tokens `first` to `last`, inclusive, and whom it is about by the lexicon."""

    function: Function
    holder: str
    part: str
    first: int
    last: int


def find_functions(matches: Iterable[tuple[FrameEntry, int, int]], words: Sequence[str]) -> list[Doing]:
    """Return the words by which a sentence does what framing does, in order.

    Args:
        matches: Entries that stand in it, with first and last token.
        words: The article's tokens in lower case. "It should be naive to expect" calls upon nobody.
    """
    found = [
        Doing(function, holder, entry.part, first, last)
        for entry, first, last in matches
        for function, holder in entry.functions
        if entry.part != FIXED or holder != "agent" or not first or words[first - 1] not in _IMPERSONAL
    ]
    return found[:_MOST]


def holds(doing: Doing, tokens: Tokens, candidate: Candidate, view: View) -> bool:
    """Whether an actor is the party that the words are about: who is held responsible, judged, called upon.

    Args:
        doing: The words.
        tokens: The article's tokens.
        candidate: The actor in the sentence.
        view: The sentence as seen from him.
    """
    if not doing.holder:
        return False
    role = _ROLES[doing.holder]
    if doing.part != FIXED:
        ties = (
            tie
            for place in view.places(doing.first, doing.last)
            for way in view.ways.get(place, ())
            if not way.denied
            for tie in tie_of(doing.part, way.labels, way.words, state=view.state)
        )
        wanted = {Role.ATTRIBUTE, Role.AGENT} if role is Role.ATTRIBUTE else {role}
        return any(tie.role in wanted and tie.share > 0 for tie in ties)
    governed = [
        head
        for place in view.places(doing.first, doing.last)
        for head, label in view.masked.structure.heads[place]
        if label == "aux"
    ]
    links = {way.labels for head in governed for way in view.ways.get(head, ())}
    if role is Role.AGENT and links & {("S",), ("O",)}:
        # "Russia and the US should act": both are subjects of what the modal governs; in a passive, nobody is called upon.
        return ("S",) in links
    targets, others = parties(tokens, candidate)
    cue = _as_cue(doing, tokens, role)
    relation = relate(cue, tokens.lower, targets, others, candidate.first, candidate.last)
    return relation.near and relation.role is role


def _as_cue(doing: Doing, tokens: Tokens, role: Role) -> Cue:
    """Return words that do not inflect, "should" or "because of", as a verb that speaks of one party."""
    return Cue(
        tokens.starts[doing.first],
        tokens.ends[doing.last],
        doing.first,
        doing.last,
        "",
        "verb",
        int(role is Role.AGENT),
        int(role is Role.PATIENT),
        int(role is Role.ATTRIBUTE),
    )


def span_of(doing: Doing, tokens: Tokens, sentence: Sentence) -> tuple[int, int]:
    """Return the clause that the words stand in, as code points: from break to break."""
    words = tokens.lower
    first, end = tokens.between(sentence.start, sentence.end)
    start = doing.first
    while start > first and words[start - 1] not in BREAKS:
        start -= 1
    last = doing.last
    while last + 1 < end and words[last + 1] not in BREAKS:
        last += 1
    return tokens.starts[start], tokens.ends[last]


def function_spans(
    tokens: Tokens, sentence: Sentence, doings: Sequence[Doing], actors: Sequence[Sequence[str]]
) -> Iterator[FunctionSpan]:
    """Yield what a sentence does: a span for each clause and function, with the actors whom it is about.

    Args:
        tokens: The article's tokens.
        sentence: The sentence.
        doings: Its words that do something.
        actors: For each of them whom it is about.
    """
    seen: dict[tuple[Function, int, int], list[int]] = {}
    for index, doing in enumerate(doings):
        start, end = span_of(doing, tokens, sentence)
        seen.setdefault((doing.function, start, end), []).append(index)
    for (function, start, end), places in seen.items():
        about = dict.fromkeys(actor for place in places for actor in actors[place])
        first = doings[places[0]]
        yield FunctionSpan(
            function,
            sentence.id,
            start,
            end,
            tuple(about),
            (tokens.starts[first.first], tokens.ends[first.last]),
        )
