"""Whose voice a portrayal is: the author's, somebody quoted, or both."""

from __future__ import annotations

from collections.abc import Sequence

from stance.records import Candidate, Quotation, QuotationKind, Speaker, Voice

_MOSTLY = 0.8


def voice_of(
    candidate: Candidate, quotations: Sequence[Quotation], strongest: tuple[int, int] | None
) -> tuple[Voice, Speaker | None]:
    """Say who portrays an actor in a sentence.

    Args:
        candidate: The sentence and actor.
        quotations: The quotations that overlap the sentence.
        strongest: The span of the strongest cue, None if there is none.

    Returns:
        The voice, and the speaker where it is not the author and was found.
    """
    sentence = candidate.sentence
    own = [span for span in quotations if span.start < sentence.end and span.end > sentence.start]
    if not own:
        return Voice.AUTHOR, None
    speaker = next((span.speaker for span in own if span.speaker is not None), None)
    covered = sum(min(span.end, sentence.end) - max(span.start, sentence.start) for span in own)
    anchors = [(mention.start, mention.end) for mention in candidate.mentions]
    inside = [_inside(start, own) for start, _ in anchors]
    if strongest is not None:
        cue_inside = _inside(strongest[0], own)
        if cue_inside and not all(inside) and any(span.kind is QuotationKind.MIXED for span in own):
            return Voice.MIXED, speaker
        return (Voice.QUOTED, speaker) if cue_inside else (Voice.AUTHOR, None)
    if covered >= _MOSTLY * (sentence.end - sentence.start) or all(inside):
        return Voice.QUOTED, speaker
    return (Voice.MIXED, speaker) if any(inside) else (Voice.AUTHOR, None)


def _inside(place: int, quotations: Sequence[Quotation]) -> bool:
    return any(span.start <= place < span.end for span in quotations)
