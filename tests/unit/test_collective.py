"""The rest of an article moves a sentence, by a rule that is the same for all actors."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.classify.collective import NO_COLLECTIVE, Collective, collective_from_json

BLAME, NEUTRAL, PRAISE = (0.7, 0.2, 0.1), (0.1, 0.8, 0.1), (0.1, 0.2, 0.7)
RULE = Collective(pull=1.0, boldness=2.0, reserve=2.0, score=0.0, polar=0.4)


def test_other_sentences_pull():
    (blamed, praised) = (RULE.shifts(["A", "A"], [NEUTRAL, said])[0] for said in (BLAME, PRAISE))
    assert blamed[0] > blamed[1]
    assert praised[1] > praised[0]
    # One point times the difference from the mean, over the other and the two that count as average.
    assert blamed == pytest.approx((2 * 0.4 / 3 + 0.6 / 3, 2 * 0.4 / 3 - 0.6 / 3))


def test_a_sentence_does_not_pull_itself_nor_another_actor():
    assert RULE.shifts(["A"], [BLAME]) == [(0.0, 0.0)]
    assert RULE.shifts(["A", "B", "C"], [BLAME, PRAISE, BLAME]) == [(0.0, 0.0)] * 3
    assert RULE.shifts([], []) == []


def test_more_sentences_pull_more():
    few = RULE.shifts(["A"] * 2, [NEUTRAL, BLAME])[0]
    many = RULE.shifts(["A"] * 9, [NEUTRAL] + [BLAME] * 8)[0]
    assert many[0] - many[1] > few[0] - few[1] > 0


def test_without_numbers_nothing_moves():
    assert NO_COLLECTIVE.shifts(["A", "A"], [BLAME, PRAISE]) == [(0.0, 0.0)] * 2


probabilities = st.tuples(st.floats(0.01, 1), st.floats(0.01, 1), st.floats(0.01, 1)).map(
    lambda three: tuple(one / sum(three) for one in three)
)


@given(st.lists(st.tuples(st.sampled_from("AB"), probabilities), max_size=12))
def test_exchanging_two_actors_exchanges_their_shifts(items):
    actors, said = [one for one, _ in items], [one for _, one in items]
    exchanged = ["B" if actor == "A" else "A" for actor in actors]
    assert RULE.shifts(exchanged, said) == RULE.shifts(actors, said)
    assert all(math.isfinite(value) for shift in RULE.shifts(actors, said) for value in shift)


def test_it_is_read_as_it_was_written():
    assert collective_from_json(RULE.to_json()) == RULE


@pytest.mark.parametrize(
    "change", [{"pull": math.nan}, {"reserve": -1.0}, {"score": "x"}, {"polar": None}, {"boldness": math.inf}]
)
def test_what_is_wrong_is_refused(change):
    with pytest.raises((TypeError, KeyError, ValueError)):
        collective_from_json({**RULE.to_json(), **change})
    with pytest.raises((TypeError, KeyError)):
        collective_from_json({})
