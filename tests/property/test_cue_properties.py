"""What holds of cues, quotations and candidates in any text: spans, bounds, ties, and linear time."""

import math
from itertools import pairwise

import pytest
from hostile import SHAPES, TEXTS, is_linear
from hypothesis import given
from looking import Look

from stance.actors.mentions import Found
from stance.categories import Role
from stance.framing.candidates import build_candidates, token_spans
from stance.framing.cues import find_cues
from stance.framing.relations import relate
from stance.language.quotations import find_quotations
from stance.language.words import tokenize
from stance.records import Block, BlockKind, Mention, MentionKind, QuotationKind, Sentence, SentenceKind
from stance.resources import Resources


@given(text=TEXTS)
def test_cues_are_spans_with_bounded_factors(look: Look, text: str) -> None:
    found = look(text)
    used: set[int] = set()
    for cue in found.cues:
        assert 0 <= cue.start < cue.end <= len(text)
        assert (found.tokens.starts[cue.first], found.tokens.ends[cue.last]) == (cue.start, cue.end)
        assert -1.5 <= cue.factor <= 1.5
        assert math.isfinite(cue.factor)
        assert max(abs(cue.agent), abs(cue.patient), abs(cue.bearer)) in {1, 2, 3}
        assert cue.first not in used
        used.add(cue.first)
    starts = [cue.start for cue in found.cues]
    assert starts == sorted(starts)


@given(text=TEXTS)
def test_quotations_are_spans_with_their_speakers(look: Look, text: str) -> None:
    found = look(text).quotations
    for quotation in found:
        assert 0 <= quotation.start < quotation.end <= len(text)
        assert text[quotation.start : quotation.end].strip()
        if quotation.cue is not None:
            start, end = quotation.cue
            assert 0 <= start < end <= len(text)
            assert end <= quotation.start or quotation.end <= start
        if quotation.speaker is not None:
            speaker = quotation.speaker
            assert text[speaker.start : speaker.end] == speaker.text != ""
    marked = [quotation for quotation in found if quotation.kind is not QuotationKind.INDIRECT]
    for before, after in pairwise(marked):
        assert before.end <= after.start
    assert [quotation.start for quotation in found] == sorted(quotation.start for quotation in found)


@given(text=TEXTS)
def test_candidates_hold_what_belongs_to_their_sentence(look: Look, text: str) -> None:
    found = look(text)
    pairs = [(candidate.sentence.id, candidate.actor) for candidate in found.candidates]
    assert len(set(pairs)) == len(pairs)
    for candidate in found.candidates:
        assert candidate.mentions
        assert all(mention.actor == candidate.actor for mention in candidate.mentions)
        assert all(mention.actor != candidate.actor for mention in candidate.others)
        assert candidate.sentence.speaks
        assert all(candidate.first <= cue.first <= cue.last < candidate.last for cue in candidate.cues)
        targets = token_spans(found.tokens, candidate.mentions)
        others = [span for span in token_spans(found.tokens, candidate.others) if span not in targets]
        for cue in candidate.cues:
            tie = relate(cue, found.tokens.lower, targets, others, candidate.first, candidate.last)
            assert -4.5 <= tie.value <= 4.5
            assert (tie.role is Role.NONE) == (tie.value == 0.0)
            assert not (tie.near and tie.role is Role.NONE)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))
def test_time_is_linear_in_the_length(resources: Resources, shape: str) -> None:
    def find(text: str) -> None:
        # One sentence and one block, however long, with a mention now and then.
        tokens = tokenize(text)
        sentences = (Sentence(1, 1, 0, len(text), SentenceKind.BODY),)
        blocks = (Block(0, len(text), BlockKind.BODY, 1),)
        places = range(0, len(tokens), 50)
        mentions = [
            Mention("Obama", tokens.starts[at], tokens.ends[at], 1, MentionKind.NAME) for at in places
        ]
        quotations = find_quotations(text, tokens, sentences, blocks, mentions, resources.lexicon)
        cues = find_cues(
            tokens, sentences, resources.lexicon.evaluative, resources.lexicon.modifying, frozenset(places)
        )
        build_candidates(tokens, sentences, Found(tuple(mentions), ()), quotations, cues, resources.roster)

    assert is_linear(find, shape)
