"""Ways from an actor to the words that may portray him; all sentences are made up."""

from __future__ import annotations

import pytest

from stance.classify.paths import LONGEST, paths_from
from stance.framing.masking import TARGET, Readings, mask
from stance.language.structure import Structure
from stance.pipeline import prepare
from stance.reading.text import article_from_text


def ways(resources, text: str, actor: str) -> dict[str, str]:
    """For each word its way from an actor."""
    prepared = prepare(article_from_text(text, id="x"), resources)
    (candidate,) = (one for one in prepared.candidates if one.actor == actor)
    masked = mask(prepared.tokens, candidate)
    found = paths_from(masked.targets, masked.structure)
    return {masked.units[place].word: path for place, path in found.items()}


@pytest.mark.parametrize(
    ("text", "actor", "expected"),
    [
        ("Obama betrayed the farmers.", "Obama", {"betrayed": "S", "farmers": "S-O"}),
        ("Obama was betrayed by the farmers.", "Obama", {"betrayed": "O", "farmers": "O-S"}),
        ("Obama is a coward.", "Obama", {"coward": "S-c"}),
        ("Obama is not a coward.", "Obama", {"coward": "!S-c"}),
        ("Obama never betrayed the farmers.", "Obama", {"betrayed": "!S"}),
        (
            "Obama's failure angered the farmers.",
            "Obama",
            {"failure": "p", "angered": "pS", "farmers": "pS-O"},
        ),
        ("Critics of Obama lied.", "Obama", {"critics": "of", "lied": "ofS"}),
        ("Obama betrayed Trump.", "Obama", {"betrayed": "S", "OTHER": "S-O"}),
        ("Obama betrayed Trump.", "Trump", {"betrayed": "O", "OTHER": "O-S"}),
        ("The reckless Obama spoke.", "Obama", {"reckless": "-m"}),
    ],
)
def test_ways(resources, text, actor, expected):
    assert expected.items() <= ways(resources, text, actor).items()


def test_the_actor_is_on_no_way():
    structure = Structure([[(1, "S")], [], [(1, "O")]], [[], [(0, "S"), (2, "O")], []], frozenset())
    assert paths_from([0, 2], structure) == {1: "S"}


def test_ways_end_after_a_few_links():
    count = 40
    heads = [[(place + 1, "x")] if place + 1 < count else [] for place in range(count)]
    dependents = [[(place - 1, "x")] if place else [] for place in range(count)]
    assert sorted(paths_from([0], Structure(heads, dependents, frozenset()))) == [1, 2, 3]
    assert LONGEST == 3


def test_mentions_are_one_unit_whatever_their_length(resources):
    prepared = prepare(
        article_from_text("The United States of America betrayed Donald Trump.", id="x"), resources
    )
    for candidate in prepared.candidates:
        masked = mask(prepared.tokens, candidate)
        assert sum(unit.word == TARGET for unit in masked.units) == 1
        assert "betrayed" in [unit.word for unit in masked.units]


def test_a_structure_is_read_once_for_the_actors_of_a_sentence(resources):
    prepared = prepare(article_from_text("Obama met Trump. Trump met Obama.", id="x"), resources)
    kept = Readings()
    first, second, third, fourth = (mask(prepared.tokens, one, kept).structure for one in prepared.candidates)
    assert first is second
    assert third is fourth
    assert first is not third
    assert len(kept.structures) == 2
