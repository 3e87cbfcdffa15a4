"""Whose voice a portrayal is: the author's, somebody quoted, or both."""

from __future__ import annotations

from stance.records import Candidate, Cue, Speaker, Voice

_MOSTLY = 0.7
_MOST_MENTIONS = 16


def voice_of(candidate: Candidate, strongest: Cue | None) -> tuple[Voice, Speaker | None]:
    """Say who portrays an actor in a sentence.

    Args:
        candidate: The sentence and actor, with the quotations that overlap it.
        strongest: The cue that decides most, None if no cue decides anything.

    Returns:
        The voice, and the speaker where it is not the author and was found.
    """
    sentence, own = candidate.sentence, candidate.quotations
    if not own:
        return Voice.AUTHOR, None
    speaker = next((span.speaker for span in own if span.speaker is not None), None)
    inside = [_inside(candidate, mention.start) for mention in candidate.mentions[:_MOST_MENTIONS]]
    if all(inside) or _covered(candidate) >= _MOSTLY * (sentence.end - sentence.start):
        return Voice.QUOTED, speaker
    if strongest is not None and _inside(candidate, strongest.start):
        return Voice.QUOTED, speaker
    return (Voice.MIXED, speaker) if any(inside) else (Voice.AUTHOR, None)


def _covered(candidate: Candidate) -> int:
    """Return how many characters of the sentence stand in quotations; nested ones count once."""
    sentence = candidate.sentence
    total, place = 0, sentence.start
    for span in sorted(candidate.quotations, key=lambda span: span.start):
        start, end = max(span.start, place), min(span.end, sentence.end)
        if end > start:
            total += end - start
            place = end
    return total


def _inside(candidate: Candidate, place: int) -> bool:
    return any(span.start <= place < span.end for span in candidate.quotations)
