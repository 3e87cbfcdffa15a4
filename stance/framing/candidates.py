"""Candidates: each sentence with each actor that it concerns, and everything a classifier may look at."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence

from stance.actors.mentions import Found
from stance.actors.roster import Roster
from stance.language.words import Tokens
from stance.records import Candidate, Cue, Mention, Quotation, Sentence

Spans = tuple[tuple[int, int], ...]
"""Token ranges, inclusive, in order."""


def build_candidates(
    tokens: Tokens,
    sentences: Sequence[Sentence],
    found: Found,
    quotations: Sequence[Quotation],
    cues: Sequence[Cue],
    roster: Roster,
) -> tuple[Candidate, ...]:
    """Pair sentences with the actors that they mention.

    Args:
        tokens: The article's tokens.
        sentences: Its sentences; those that cannot portray anybody (tags, bylines) get no candidate.
        found: Mentions of all actors, where forms of the roster stand, and which tokens are names.
        quotations: The article's quotations, in order.
        cues: Its cues, in order.
        roster: Gives the actors' kinds and order.

    Returns:
        Candidates by sentence, then in roster order.
    """
    by_sentence: dict[int, list[Mention]] = defaultdict(list)
    for mention in found.mentions:
        by_sentence[mention.sentence].append(mention)
    cue_starts = [cue.start for cue in cues]
    speech = _by_sentence(sentences, quotations)
    alone = len(sentences) == 1
    candidates = []
    for sentence in sentences:
        here = by_sentence.get(sentence.id)
        if not here or not sentence.speaks:
            continue
        first, last = tokens.between(sentence.start, sentence.end)
        own_cues = tuple(
            cues[bisect_left(cue_starts, sentence.start) : bisect_left(cue_starts, sentence.end)]
        )
        forms = found.forms[bisect_left(found.forms, (first, 0)) : bisect_left(found.forms, (last, 0))]
        present = {mention.actor for mention in here}
        for actor in roster.ids:
            if actor in present:
                own = tuple(mention for mention in here if mention.actor == actor)
                others = tuple(mention for mention in here if mention.actor != actor)
                candidates.append(
                    Candidate(
                        sentence,
                        actor,
                        roster.kinds[actor],
                        own,
                        others,
                        own_cues,
                        first,
                        last,
                        tuple(speech[sentence.id]),
                        forms,
                        alone,
                        found.names,
                    )
                )
    return tuple(candidates)


def parties(tokens: Tokens, candidate: Candidate) -> tuple[Spans, Spans]:
    """Return the token ranges of a candidate's actor and of the other actors; where they share words, the actor's."""
    targets = token_spans(tokens, candidate.mentions)
    own = set(targets)
    return targets, tuple(span for span in token_spans(tokens, candidate.others) if span not in own)


def _by_sentence(
    sentences: Sequence[Sentence], quotations: Sequence[Quotation]
) -> dict[int, list[Quotation]]:
    """Return the quotations that overlap each sentence, by its id."""
    found: dict[int, list[Quotation]] = defaultdict(list)
    ends = [sentence.end for sentence in sentences]
    for quotation in quotations:
        place = bisect_right(ends, quotation.start)
        while place < len(sentences) and sentences[place].start < quotation.end:
            found[sentences[place].id].append(quotation)
            place += 1
    return found


def token_spans(tokens: Tokens, mentions: Sequence[Mention]) -> tuple[tuple[int, int], ...]:
    """Return the inclusive token ranges of mentions, each once, in order."""
    spans = set()
    for mention in mentions:
        first, end = tokens.between(mention.start, mention.end)
        spans.add((first, max(first, end - 1)))
    return tuple(sorted(spans))
