"""Which state "our country" means, and a speaker's "we"; precision before recall.

"Our country", "this nation", "our allies" mean the speaker's state: in a quotation the state for which its speaker acts,
elsewhere the home state of the press that the roster was made for. "We" means a state only in the mouth of its officials
and of whoever holds its office on the article's date.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from stance.actors.mentions import day_of
from stance.actors.roster import Roster
from stance.language.words import Tokens, word_set
from stance.records import ActorKind, Mention, MentionKind, Quotation, QuotationKind, Rule, Sentence, Speaker

_WE = word_set("we us our ours ourselves we're we've we'll we'd")
_OF_OURS = word_set(
    """country nation republic democracy union homeland constitution government military troops soldiers veterans
    border borders economy allies enemies adversaries founders democracy elections election values laws history
    institutions founding"""
)
_OF_THIS = word_set("country nation republic")
_BETWEEN = word_set(
    "own great beloved good dear entire whole national federal closest oldest young armed constitutional"
)
# Whatever describes them: "our imperfect union".
_STRONG = word_set("country nation republic democracy union homeland constitution founders")
_OTHER_UNIONS = word_set(
    "labor labour trade trades credit student students teachers soviet european customs western"
)
_MOST_DESCRIBING = 2
# "Our foreign policy": these say whose, whatever follows.
_NATIONAL = word_set("national federal")
_FOREIGN_OFFICES = word_set("foreign minister chancellor king queen ayatollah emir shah premier sheikh")


class _Place(NamedTuple):
    """Words that may mean a state: their tokens, and whether they are more than "we"."""

    first: int
    last: int
    country: bool


def find_first_person(
    tokens: Tokens,
    sentences: Sequence[Sentence],
    quotations: Sequence[Quotation],
    roster: Roster,
    date: str = "",
) -> tuple[Mention, ...]:
    """Find where the first person plural mentions a state of the roster.

    Args:
        tokens: The article's tokens.
        sentences: Its sentences, in order.
        quotations: Its quotations, in order.
        roster: The actors; a state with `home` is meant where nobody else speaks.
        date: ISO 8601 date of the article, empty if unknown.

    Returns:
        Mentions, of kind group for "our country" and pronoun for "we", in order.
    """
    home = next((actor.id for actor in roster.actors if actor.home), None)
    marked = [quotation for quotation in quotations if quotation.kind is not QuotationKind.INDIRECT]
    starts = [quotation.start for quotation in marked]
    found = []
    for sentence in sentences:
        if not sentence.speaks:
            continue
        first, end = tokens.between(sentence.start, sentence.end)
        for place in _places(tokens.lower, first, end):
            start = tokens.starts[place.first]
            number = bisect_right(starts, start) - 1
            quotation = marked[number] if number >= 0 and start < marked[number].end else None
            state = _state(roster, quotation, date, home, country=place.country)
            if state is not None:
                kind = MentionKind.GROUP if place.country else MentionKind.PRONOUN
                speaker = quotation.speaker if quotation is not None else None
                said_by = (speaker.start, speaker.end) if speaker is not None else None
                rule = Rule.SPEAKER if speaker is not None and speaker.actor is not None else Rule.HOME
                found.append(Mention(state, start, tokens.ends[place.last], sentence.id, kind, said_by, rule))
    return tuple(found)


def _places(lower: Sequence[str], first: int, end: int) -> list[_Place]:
    places = []
    token = first
    while token < end:
        word = lower[token].replace("’", "'")
        if word in {"our", "this"}:
            heads = _OF_OURS if word == "our" else _OF_THIS
            last = token + 1
            while last < end and lower[last] in _BETWEEN and last - token < 3 and lower[last] not in heads:
                last += 1
            if word == "our" and (last >= end or lower[last] not in heads):
                last = _described_country(lower, token, end) or last
            if last < end and lower[last] in heads:
                places.append(_Place(token, last, country=True))
                token = last + 1
                continue
            if word == "our" and token + 1 < end and lower[token + 1] in _NATIONAL:
                places.append(_Place(token, token + 1, country=True))
                token += 2
                continue
        if word in _WE and not _is_idiom(lower, token):
            places.append(_Place(token, token, country=False))
        token += 1
    return places


def _described_country(lower: Sequence[str], token: int, end: int) -> int | None:
    """Return the place of the head where "our" and an adjective or two say "country": "our imperfect union"."""
    for last in range(token + 2, min(end, token + 2 + _MOST_DESCRIBING)):
        if not lower[last - 1].isalpha():
            return None
        if lower[last] in _STRONG:
            return last if lower[last - 1] not in _OTHER_UNIONS else None
    return None


def _is_idiom(lower: Sequence[str], token: int) -> bool:
    """Whether "we" means nobody: "we'll see what happens", "as we know"."""
    after = [word.replace("’", "'") for word in lower[token : token + 3]]
    return (
        after[:2] in (["we'll", "see"], ["we", "know"])
        or after == ["we", "will", "see"]
        or after[:2] == ["we", "all"]
    )


def _state(
    roster: Roster, quotation: Quotation | None, date: str, home: str | None, *, country: bool
) -> str | None:
    """Return the state that words mean, or None."""
    if quotation is None:
        return home if country else None
    if quotation.speaker is None or quotation.speaker.actor is None:
        return home if country and not _is_foreign(quotation.speaker) else None
    actor = roster.actor(quotation.speaker.actor)
    if actor.kind is ActorKind.STATE:
        return actor.id
    if country:
        own = next((office.state for office in actor.offices), None) or actor.parent or home
    else:
        day = day_of(date)
        own = next(
            (
                office.state
                for office in actor.offices
                if day is not None and office.start <= day and (office.end is None or day < office.end)
            ),
            None,
        )
    return own if own in roster.kinds else None


def _is_foreign(speaker: Speaker | None) -> bool:
    """Whether a speaker outside the roster plainly speaks for another state."""
    return speaker is not None and any(
        word in _FOREIGN_OFFICES for word in speaker.text.lower().replace("-", " ").split()
    )
