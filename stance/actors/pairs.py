"""Whom "the two leaders", "they" and "both countries" mean: two whom the text named shortly before, if no third."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from stance.actors.persons import Person, Reading
from stance.language.inflection import looks_plural
from stance.language.words import Tokens, word_set
from stance.records import Mention, MentionKind, Rule, Sentence

_LEADERS = word_set("leaders presidents men")
_THEY = word_set("they them their")
_THIRD = word_set("and or ;")  # there may be a third
_LISTING = word_set(", of between in from to by with for at on against about among like")
_MOST_BETWEEN = 30  # tokens between "X and Y" and "they"
_SHORT = 3
_TWO = word_set("both two")
_PAIRED = word_set("countries nations governments sides powers states capitals")
_PAIR = 2
_STEM = 4  # letters that a country and its people share
_NEAR = 2  # sentences
_MOST_LOOKED = 40  # names that are looked back over: a sentence may be a list of thousands


def find_leaders(
    tokens: Tokens, readings: Sequence[Reading], mentions: Sequence[Mention]
) -> Iterator[Mention]:
    """Yield the mentions by "the two leaders" or "both presidents".

    Args:
        tokens: The article's tokens.
        readings: Its sentences with the persons that they name, in order.
        mentions: Mentions by name, which say for which actor a person stands.
    """
    by_start: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_start[mention.start].append(mention)
    for number, reading in enumerate(readings):
        for token in range(reading.first, reading.end):
            word = tokens.lower[token]
            if word in _LEADERS and token > reading.first and tokens.lower[token - 1] in _TWO:
                first, persons = token - 1, _two_before(readings, number, token)
            elif word in _THEY:
                first, persons = token, _joined_before(tokens, readings, number, token)
            else:
                continue
            begin, close = tokens.starts[first], tokens.ends[token]
            for person in persons:
                start, end = tokens.starts[person.token], tokens.ends[person.last]
                kind = MentionKind.ROLE if person.actor else MentionKind.OFFICIAL
                kind = MentionKind.PRONOUN if word in _THEY else kind
                for mention in by_start.get(start, ()):
                    yield Mention(
                        mention.actor, begin, close, reading.sentence.id, kind, (start, end), Rule.PAIR
                    )


def _two_before(readings: Sequence[Reading], number: int, token: int) -> Sequence[Person]:
    """Return the two persons named before a token in its sentence and the few before it; nobody if there is a third."""
    persons: dict[str, Person] = {}
    left = _MOST_LOOKED
    for before in reversed(readings[max(0, number - _NEAR) : number + 1]):
        named = bisect_left(before.persons, token, key=lambda person: person.token)
        for person in before.persons[max(0, named - left) : named][::-1]:
            persons.setdefault(person.key, person)
            left -= 1
            if len(persons) > _PAIR:
                return ()
    return tuple(persons.values()) if len(persons) == _PAIR else ()


def _joined_before(tokens: Tokens, readings: Sequence[Reading], number: int, token: int) -> Sequence[Person]:
    """Return the two persons whom "they" means: named as "X and Y" just before, and nobody else nor any group since."""
    two = _two_before(readings, number, token)
    if not two:
        return ()
    second, first = two if two[0].token > two[1].token else two[::-1]
    if list(tokens.lower[first.last + 1 : second.token]) != ["and"]:
        return ()
    between = tokens.lower[second.last + 1 : token]
    if len(between) > _MOST_BETWEEN or any(looks_plural(word) and len(word) > _SHORT for word in between):
        return ()
    return two


def find_joined(
    tokens: Tokens, sentences: Sequence[Sentence], mentions: Sequence[Mention]
) -> Iterator[Mention]:
    """Yield the mentions by "they" after two actors that "and" joins: "Trump and his administration showed that they act".

    Args:
        tokens: The article's tokens.
        sentences: Its sentences, in order.
        mentions: Mentions by name, in order.
    """
    by_sentence: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_sentence[mention.sentence].append(mention)
    for sentence in sentences:
        here = by_sentence.get(sentence.id, ())
        if len(here) < _PAIR or not sentence.speaks:
            continue
        _, end = tokens.between(sentence.start, sentence.end)
        spans: dict[tuple[int, int], list[Mention]] = defaultdict(list)
        for mention in here:
            spans[tokens.between(mention.start, mention.end)].append(mention)
        for (first, second), (begin, after) in zip(spans, list(spans)[1:], strict=False):
            joint = [word for word in tokens.lower[second:begin] if word != "the"]
            if joint != ["and"] or (first and tokens.lower[first - 1] in _LISTING):
                continue
            joined = [*spans[first, second], *spans[begin, after]]
            actors = {mention.actor: mention for mention in reversed(joined)}
            for place in range(after, min(end, after + _MOST_BETWEEN)):
                word = tokens.lower[place]
                if word in _THEY:
                    start, close = tokens.starts[place], tokens.ends[place]
                    for actor, named in actors.items():
                        antecedent = (named.start, named.end)
                        yield Mention(
                            actor, start, close, sentence.id, MentionKind.PRONOUN, antecedent, Rule.PAIR
                        )
                elif word in _THIRD or (len(word) > _SHORT and looks_plural(word) and place > after):
                    break


def find_states(
    tokens: Tokens,
    sentences: Sequence[Sentence],
    number: int,
    spoken: Sequence[tuple[int, int, str, int, bool]],
    starts: Sequence[int],
) -> Iterator[Mention]:
    """Yield the mentions by "both countries" or "the two sides" in a sentence.

    Args:
        tokens: The article's tokens.
        sentences: Its sentences, in order.
        number: The place of the sentence among them.
        spoken: Where states are named: start, end, the roster's actor or nothing, and what else is known, in order.
        starts: The starts of `spoken`.
    """
    sentence = sentences[number]
    first, end = tokens.between(sentence.start, sentence.end)
    for index in range(first + 1, end):
        if tokens.lower[index] not in _PAIRED or tokens.lower[index - 1] not in _TWO:
            continue
        floor = sentences[max(0, number - _NEAR)].start
        place = bisect_right(starts, tokens.starts[index]) - 1
        states: dict[str, tuple[int, int, str]] = {}
        last = max(0, place - _MOST_LOOKED)
        while place >= last and starts[place] >= floor and len(states) <= _PAIR:
            start, stop, actor, *_ = spoken[place]
            # "Syria" and "Syrian" are one.
            key = actor or tokens.lower[tokens.between(start, stop)[0]][:_STEM]
            states.setdefault(key, (start, stop, actor))
            place -= 1
        if len(states) == _PAIR:
            begin, close = tokens.starts[index - 1], tokens.ends[index]
            for start, stop, actor in states.values():
                if actor:
                    yield Mention(
                        actor, begin, close, sentence.id, MentionKind.GROUP, (start, stop), Rule.PAIR
                    )
