"""Candidates: each sentence with each actor that it concerns, and everything a classifier may look at."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from stance.actors.roster import Roster
from stance.language.words import Tokens
from stance.records import Candidate, Cue, Mention, Quotation, Sentence


def build_candidates(
    tokens: Tokens,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    quotations: Sequence[Quotation],
    cues: Sequence[Cue],
    roster: Roster,
) -> tuple[Candidate, ...]:
    """Pair sentences with the actors that they mention.

    Args:
        tokens: The article's tokens.
        sentences: Its sentences; those that cannot portray anybody (tags, bylines) get no candidate.
        mentions: Mentions of all actors.
        quotations: The article's quotations, in order.
        cues: Its cues, in order.
        roster: Gives the actors' kinds and order.

    Returns:
        Candidates by sentence, then in roster order.
    """
    by_sentence: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_sentence[mention.sentence].append(mention)
    kinds = {actor.id: actor.kind for actor in roster.actors}
    cue_starts = [cue.start for cue in cues]
    quotation_starts = [quotation.start for quotation in quotations]
    longest = max((quotation.end - quotation.start for quotation in quotations), default=0)
    alone = len(sentences) == 1
    found = []
    for sentence in sentences:
        here = by_sentence.get(sentence.id)
        if not here or not sentence.speaks:
            continue
        first, last = tokens.between(sentence.start, sentence.end)
        own_cues = tuple(cues[bisect_left(cue_starts, sentence.start) : bisect_left(cue_starts, sentence.end)])
        low = bisect_left(quotation_starts, sentence.start - longest)
        high = bisect_left(quotation_starts, sentence.end)
        quoted = tuple(
            (quotation.start, quotation.end) for quotation in quotations[low:high] if quotation.end > sentence.start
        )
        present = {mention.actor for mention in here}
        for actor in roster.ids:
            if actor in present:
                own = tuple(mention for mention in here if mention.actor == actor)
                others = tuple(mention for mention in here if mention.actor != actor)
                found.append(Candidate(sentence, actor, kinds[actor], own, others, own_cues, first, last, quoted, alone))
    return tuple(found)


def token_spans(tokens: Tokens, mentions: Sequence[Mention]) -> tuple[tuple[int, int], ...]:
    """Return the inclusive token ranges of mentions, each once, in order."""
    spans = set()
    for mention in mentions:
        first, end = tokens.between(mention.start, mention.end)
        spans.add((first, max(first, end - 1)))
    return tuple(sorted(spans))
