"""Which state "the government", "the nation" and "the agency" mean; precision before recall.

"The government" and "the country's" mean the home state of the press where no other country was named since it was;
"the agency", "the bureau" and "the department" mean the state of an institution that was named shortly before.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from stance.actors.pairs import find_states
from stance.actors.roster import Roster
from stance.language.words import Tokens, word_set
from stance.records import ActorKind, Mention, MentionKind, Rule, Sentence

_BODIES = word_set("agency bureau department")
_COUNTRIES = word_set("nation country republic")
_WHOLE = word_set("government nation republic")  # "the country" is mostly a place, but for "the country's"
_STAFF = "officials"
_REACH = 3  # sentences
_FAR = 6


def find_definites(
    tokens: Tokens,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    countries: frozenset[str],
    roster: Roster,
) -> tuple[Mention, ...]:
    """Find descriptions that mean a state of the roster.

    Args:
        tokens: The article's tokens.
        sentences: Its sentences, in order.
        mentions: Mentions by name, in order.
        countries: Names and demonyms of the world's countries, by which another state is told.
        roster: The actors; the state with `home` is the press's own.

    Returns:
        Mentions of kind institution for a government or an agency, of kind group for a nation, in order.
    """
    home = next((actor.id for actor in roster.actors if actor.home), None)
    # Whatever mentions a state of the roster, and other countries: the last of them is the state that is spoken of.
    spoken = [
        (mention.start, mention.end, mention.actor, mention.sentence, mention.kind is MentionKind.INSTITUTION)
        for mention in mentions
        if roster.kinds[mention.actor] is ActorKind.STATE
    ]
    taken = {start for start, *_ in spoken}
    spoken += [
        (tokens.starts[index], tokens.ends[index], "", -1, False)
        for index, word in enumerate(tokens.surface)
        if word in countries and tokens.starts[index] not in taken
    ]
    spoken.sort()
    starts = [start for start, *_ in spoken]
    numbers = {sentence.id: number for number, sentence in enumerate(sentences)}
    staff = _introduced(tokens, sentences, mentions)
    found: list[Mention] = []
    for number, sentence in enumerate(sentences):
        if not sentence.speaks:
            continue
        first, end = tokens.between(sentence.start, sentence.end)
        found.extend(_staff(tokens, sentence, first, staff.get(number, ())))
        found.extend(find_states(tokens, sentences, number, spoken, starts))
        for index in range(first + 1, end):
            word = tokens.lower[index]
            if tokens.lower[index - 1] != "the" or not (
                word == "government" or word in _BODIES or word in _COUNTRIES
            ):
                continue
            place = bisect_right(starts, tokens.starts[index]) - 1
            if place < 0:
                continue
            named, stop, actor, where, institution = spoken[place]
            after = tokens.lower[index + 1] if index + 1 < end else ""
            back = number - numbers.get(where, -_FAR - 1)
            if tokens.surface[index] == "Nation":
                back = 0  # with a capital it is the home state, however long ago that was named
            if not actor or after in {"of", "in"}:
                continue
            kind = None
            if word in _BODIES:
                kind = MentionKind.INSTITUTION if institution and back <= _REACH else None
            elif actor == home and back <= _FAR and (word in _WHOLE or after == "'s"):
                kind = MentionKind.INSTITUTION if word == "government" else MentionKind.GROUP
            if kind is not None:
                start, close = tokens.starts[index - 1], tokens.ends[index]
                found.append(Mention(actor, start, close, sentence.id, kind, (named, stop), Rule.LAST))
    return tuple(found)


def _introduced(
    tokens: Tokens, sentences: Sequence[Sentence], mentions: Sequence[Mention]
) -> dict[int, list[Mention]]:
    """Return for each sentence, by its place, whose officials were spoken of in the few sentences before it."""
    by_sentence: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        _, end = tokens.between(mention.start, mention.end)
        if tokens.lower[end - 1] == _STAFF:
            by_sentence[mention.sentence].append(mention)
    found: dict[int, list[Mention]] = {}
    last: tuple[int, list[Mention]] | None = None
    for number, sentence in enumerate(sentences):
        if last is not None and number - last[0] <= _FAR:
            found[number] = last[1]
        if sentence.id in by_sentence:
            last = number, by_sentence[sentence.id]
    return found


def _staff(
    tokens: Tokens, sentence: Sentence, first: int, introduced: Sequence[Mention]
) -> Iterator[Mention]:
    """Yield the mentions by "officials" or "the officials" at the beginning of a sentence."""
    last = first + (tokens.lower[first : first + 1] == ["the"])
    if introduced and tokens.lower[last : last + 1] == [_STAFF]:
        start, end = tokens.starts[first], tokens.ends[last]
        for mention in introduced:
            named = (mention.start, mention.end)
            yield Mention(mention.actor, start, end, sentence.id, MentionKind.OFFICIAL, named, Rule.STAFF)
