"""What an encoder reads: slots for names, windows with context, every candidate read off exactly once."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from looking import Look

from stance.classify.slots import sentence_parts
from stance.classify.windows import (
    EMPTY_NUMBER,
    NUMBERS,
    Passage,
    Tokenized,
    Vocabulary,
    by_sentence,
    encode_article,
    passages,
    plan,
)
from stance.framing.prepared import Prepared
from stance.records import ActorKind

WORDS = Vocabulary(first=0, separator=1, mask=2, slots=1000)


def encode(texts: list[str]) -> list[Tokenized]:
    """One token a word; its id tells its length, which is enough to see where it went."""
    found = [list(re.finditer(r"\w+|[^\w\s]", text)) for text in texts]
    return [([10 + len(match[0]) for match in own], [match.span() for match in own]) for own in found]


def read(prepared: Prepared, body: int = 40, context: int = 10) -> list[Passage]:
    wanted = by_sentence(prepared.candidates)
    return [
        passage
        for window in plan(encode_article(prepared, encode), wanted, body, context)
        for passage in passages(window, prepared.kinds, wanted, WORDS)
    ]


def parts(prepared: Prepared) -> list[tuple[str, tuple[str, ...]]]:
    text = prepared.article.text
    return [
        (text[part.start : part.end], part.actors if part.slot else ("text",))
        for own in sentence_parts(prepared)
        for part in own
    ]


def test_names_become_slots_and_everything_else_stays(look: Look) -> None:
    assert parts(look("Mr. Obama's critics met Putin in Moscow, Idaho.")) == [
        ("Mr. ", ("text",)),
        ("Obama", ("Obama",)),
        ("'s critics met ", ("text",)),
        ("Putin", ("Russia",)),
        (" in ", ("text",)),
        ("Moscow, Idaho", ()),
        (".", ("text",)),
    ]


def test_words_that_mention_two_actors_are_one_slot_for_both(look: Look) -> None:
    slots = [found for found in parts(look("The Trump administration paid.")) if found[1] != ("text",)]
    assert slots == [("Trump administration", ("US", "Trump"))]


def test_parts_cover_a_sentence_without_gap(look: Look) -> None:
    prepared = look("Russia and Obama met Mrs. Obama. Trump's tower, not Trump Tower, fell on the US.")
    for sentence, own in zip(prepared.sentences, sentence_parts(prepared), strict=True):
        assert [own[0].start, own[-1].end] == [sentence.start, sentence.end]
        assert all(one.end == other.start for one, other in itertools.pairwise(own))


ARTICLE = "\n\n".join(
    [
        "Obama praised Russia. Nobody else spoke at the long and tedious meeting in the old town hall of the city.",
        "Trump blamed Obama for the failure. He left early.",
        "Nothing happened for a while, as usual.",
        "The US and Russia agreed to meet again next year, somewhere far away from any reporter.",
    ]
    * 3
)


@pytest.mark.parametrize(("body", "context"), [(5, 0), (15, 5), (40, 10), (1000, 0)])
def test_every_candidate_is_read_off_once_at_its_actors_slots(look: Look, body: int, context: int) -> None:
    prepared = look(ARTICLE)
    found = read(prepared, body, context)
    readings = [reading for passage in found for reading in passage.readings]
    assert sorted(reading.candidate for reading in readings) == list(range(len(prepared.candidates)))
    for passage in found:
        assert len(passage.ids) <= body + context + 2 + ARTICLE.count("\n\n")
        assert passage.ids[0] == WORDS.first
        assert passage.ids[-1] == WORDS.separator
        for reading in passage.readings:
            assert reading.marks
            assert all(reading.first <= mark < reading.last for mark in reading.marks)
            assert all(
                WORDS.slots <= passage.ids[mark] < WORDS.slots + EMPTY_NUMBER for mark in reading.marks
            )


def test_context_comes_from_what_precedes_and_is_not_judged_again(look: Look) -> None:
    prepared = look(ARTICLE)
    with_context, without = read(prepared, 15, 5), read(prepared, 15, 0)
    assert [len(passage.readings) for passage in with_context] == [
        len(passage.readings) for passage in without
    ]
    assert all(
        len(one.ids) >= len(other.ids) for one, other in zip(with_context[1:], without[1:], strict=True)
    )
    assert with_context[0].ids == without[0].ids


def test_numbers_go_by_appearance_and_kind(look: Look) -> None:
    ids = read(look("Trump blamed Obama, and Russia blamed Trump and the US."))[0].ids
    slots = [id_ - WORDS.slots for id_ in ids if id_ >= WORDS.slots]
    rank = list(ActorKind).index(ActorKind.STATE)
    assert slots == [0, 1, NUMBERS * rank, 0, NUMBERS * rank + 1]


def test_exchanged_actors_read_the_same(look: Look) -> None:
    here = look("Trump blamed Obama. Russia thanked Trump, not America.")
    there = look("Obama blamed Trump. America thanked Obama, not Russia.")
    assert [passage.ids for passage in read(here)] == [passage.ids for passage in read(there)]
    at = [[reading.marks for reading in passage.readings] for passage in read(here)]
    assert at == [[reading.marks for reading in passage.readings] for passage in read(there)]


def test_a_sentence_longer_than_a_window_is_read_around_its_actor(look: Look) -> None:
    prepared = look("They said that " + "and so on " * 200 + "Obama failed " + "and so on " * 200 + "again.")
    (passage,) = read(prepared, 40, 10)
    (reading,) = passage.readings
    assert len(passage.ids) == 42
    assert passage.ids[reading.marks[0]] == WORDS.slots
    assert reading.piece.first > 500


def test_more_actors_than_numbers_are_read_in_turns_each_with_a_number_of_its_own(look: Look) -> None:
    prepared = look("Obama met Trump.")
    crowd = [f"person {number}" for number in range(2 * NUMBERS)]
    found = _crowd(prepared, crowd)
    judged = [reading.candidate for passage in found for reading in passage.readings]
    assert sorted(judged) == list(range(len(crowd)))
    shared = WORDS.slots + NUMBERS - 1
    for passage in found:
        own = [passage.ids[reading.marks[0]] for reading in passage.readings]
        assert len(set(own)) == len(own)
        assert shared not in own


def _crowd(prepared: Prepared, crowd: Sequence[str]) -> list[Passage]:
    sentence = encode_article(prepared, encode)[0]
    many = replace(
        sentence,
        ids=[-1] * len(crowd),
        starts=list(range(len(crowd))),
        ends=list(range(1, len(crowd) + 1)),
        marks=tuple(enumerate(crowd)),
    )
    wanted = {0: [(name, number) for number, name in enumerate(crowd)]}
    kinds = dict.fromkeys(crowd, ActorKind.PERSON)
    (window,) = plan([many], wanted, 100, 0)
    return list(passages(window, kinds, wanted, WORDS))
