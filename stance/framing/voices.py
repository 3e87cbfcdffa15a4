"""Whose voice a portrayal is: the author's, somebody quoted, or both."""

from __future__ import annotations

from collections.abc import Sequence

from stance.records import Candidate, Cue, Quotation, QuotationKind, Speaker, Voice

_MOST_MENTIONS = 16


def voice_of(candidate: Candidate, strongest: Cue | None) -> tuple[Voice, Speaker | None]:
    """Say who portrays an actor in a sentence.

    Args:
        candidate: The sentence and actor, with the quotations that overlap it.
        strongest: The cue that decides most, None if no cue decides anything.

    Returns:
        The voice, and the speaker where it is not the author and was found.
    """
    # What the author's own verb vouches for, the author says: "emails showed that".
    own = [span for span in candidate.quotations if not span.factive]
    if not own:
        return Voice.AUTHOR, None
    speaker = _speaker(candidate, own)
    inside = [_inside(own, mention.start) for mention in candidate.mentions[:_MOST_MENTIONS]]
    spoken = strongest is not None and _inside(own, strongest.start)
    if all(inside):
        return Voice.QUOTED, speaker
    if any(inside):
        # Mixed only where the author, too, says something of the actor.
        own_words = strongest is not None and not spoken
        return (Voice.MIXED if own_words else Voice.QUOTED), speaker
    # "We will see," Obama said: that he said it, the author says.
    speaks = speaker is not None and speaker.actor == candidate.actor
    marked = [span for span in own if span.kind is not QuotationKind.INDIRECT]
    borrowed = strongest is not None and not speaks and _inside(marked, strongest.start)
    return (Voice.QUOTED, speaker) if borrowed else (Voice.AUTHOR, None)


def _speaker(candidate: Candidate, quotations: Sequence[Quotation]) -> Speaker | None:
    """Return who speaks of the actor: in the quotation that holds his first mention, else in the first with a speaker."""
    place = candidate.mentions[0].start if candidate.mentions else candidate.sentence.start
    here = [span for span in quotations if span.speaker is not None and span.start <= place < span.end]
    known = here or [span for span in quotations if span.speaker is not None]
    return known[0].speaker if known else None


def _inside(quotations: Sequence[Quotation], place: int) -> bool:
    return any(span.start <= place < span.end for span in quotations)
