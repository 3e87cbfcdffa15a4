"""Which words evaluate, in which reading and how changed. All sentences are made up."""

import pytest
from looking import Look

from stance.records import Cue


def cues(look: Look, text: str) -> list[Cue]:
    return list(look(text).cues)


def cue(look: Look, text: str, entry: str) -> Cue:
    """The one cue of an entry in a text."""
    found = [cue for cue in look(text).cues if cue.entry == entry]
    assert len(found) == 1, [cue.entry for cue in look(text).cues]
    return found[0]


@pytest.mark.parametrize(
    ("text", "entry", "words"),
    [
        ("They bullied him.", "bully", "bullied"),
        ("The smears went on.", "smear", "smears"),
        ("They gave him a free pass.", "give _ a free pass", "gave him a free pass"),
        ("They took the old man to task.", "take _ to task", "took the old man to task"),
        ("It was a slap in the face.", "slap in the face", "slap in the face"),
        ("He was exonerated.", "exonerate", "exonerated"),
        ("A LIAR spoke.", "liar", "LIAR"),
    ],
)
def test_a_cue_spans_its_words(look: Look, text: str, entry: str, words: str) -> None:
    found = cue(look, text, entry)
    assert text[found.start : found.end] == words


@pytest.mark.parametrize(
    "text",
    [
        "They met.",
        "The war went on.",
        "They gave him, the ruler of a land, nothing.",
        "They took him to court.",
    ],
)
def test_plain_words_are_none(look: Look, text: str) -> None:
    assert cues(look, text) == []


def test_an_expression_leaves_its_words_to_no_other_cue(look: Look) -> None:
    assert [found.entry for found in cues(look, "They gave him a free pass.")] == ["give _ a free pass"]


def test_no_expression_takes_an_actors_name(look: Look) -> None:
    assert cues(look, "Trump up in polls.") == []
    assert [found.entry for found in cues(look, "They trumped up the charge.")] == ["trump up"]


def test_no_expression_runs_over_the_end_of_a_sentence(look: Look) -> None:
    assert "take _ to task" not in {
        found.entry for found in cues(look, "What it took. To task us was wrong.")
    }


@pytest.mark.parametrize(
    ("text", "entry", "part"),
    [
        ("The attack failed to come.", "attack", "noun"),
        ("Their reckless attack went on.", "attack", "noun"),
        ("An attack on the town went on.", "attack", "noun"),
        ("Russian attacks on the town went on.", "attack", "noun"),
        ("They attack the town.", "attack", "verb"),
        ("They will attack the town.", "attack", "verb"),
        ("He attacks the town.", "attack", "verb"),
        ("Critics attack the town.", "attack", "verb"),
        ("They attacked the town.", "attack", "verb"),
        ("Praise for him came late.", "praise", "noun"),
        ("His lies were many.", "lie", "noun"),
        ("He lies.", "lie", "verb"),
        ("It was a lie.", "lie", "noun"),
        ("They did not lie.", "lie", "verb"),
    ],
)
def test_noun_and_verb_are_told_apart(look: Look, text: str, entry: str, part: str) -> None:
    assert cue(look, text, entry).part == part


@pytest.mark.parametrize(
    ("text", "entry", "passive"),
    [
        ("He was praised.", "praise", True),
        ("He has been praised.", "praise", True),
        ("He was never once publicly praised.", "praise", True),
        ("He got praised.", "praise", True),
        ("The man praised by all left.", "praise", True),
        ("He praised them.", "praise", False),
        ("He has praised them.", "praise", False),
        ("He was glad and praised them.", "praise", False),
    ],
)
def test_the_passive(look: Look, text: str, entry: str, passive: bool) -> None:
    assert cue(look, text, entry).passive is passive


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("He lied.", False),
        ("He did not lie.", True),
        ("He didn't lie.", True),
        ("He didn’t lie.", True),
        ("He never lied.", True),
        ("He never, it seems, lied.", False),
        ("He did not speak but lied.", False),
        ("He did not speak. He lied.", False),
        ("He did not, on that long and rainy day in May, lie.", False),
        ("He lied, not she.", False),
        ("Nobody lied.", True),
        ("He is not one who lied.", False),
    ],
)
def test_the_scope_of_a_negator(look: Look, text: str, negated: bool) -> None:
    found = cue(look, text, "lie")
    assert found.negated is negated
    assert (found.factor < 0) is negated


def test_two_negators_turn_twice(look: Look) -> None:
    found = cue(look, "He never did not lie.", "lie")
    assert not found.negated
    assert found.factor > 0


@pytest.mark.parametrize(
    ("text", "hedged"),
    [
        ("He lied.", False),
        ("He may have lied.", True),
        ("He allegedly lied.", True),
        ("If he lied, they left.", True),
        ("Perhaps they left. He lied.", False),
        ("Perhaps, they left, but he lied.", False),
    ],
)
def test_hedges(look: Look, text: str, hedged: bool) -> None:
    found = cue(look, text, "lie")
    assert found.hedged is hedged
    assert (0 < found.factor < 1) is hedged


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("He was reckless.", 1.0, 1.0),
        ("He was very reckless.", 1.01, 1.5),
        ("He was utterly reckless.", 1.01, 1.5),
        ("He was slightly reckless.", 0.01, 0.99),
        ("A very old and reckless man spoke.", 1.0, 1.0),
        ("He was totally and utterly and absolutely and completely reckless.", 1.0, 1.5),
    ],
)
def test_degrees_reach_two_words_and_are_bounded(look: Look, text: str, low: float, high: float) -> None:
    assert low <= cue(look, text, "reckless").factor <= high


def test_british_spelling_is_found(look: Look) -> None:
    assert cue(look, "They dishonoured the treaty.", "dishonor").part == "verb"


def test_cues_come_in_order_and_nothing_comes_of_nothing(look: Look) -> None:
    found = cues(look, "He lied. They bullied him, and she praised the reckless man.")
    assert [cue.entry for cue in found] == ["lie", "bully", "praise", "reckless"]
    assert cues(look, "") == []
