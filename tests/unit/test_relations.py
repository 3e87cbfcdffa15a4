"""What an actor is to a cue; beside each tie a sentence that has none. All sentences are made up."""

import pytest
from looking import Look

from stance.categories import Role
from stance.framing.candidates import token_spans
from stance.framing.relations import Relation, relate


def relation(look: Look, text: str, entry: str, actor: str) -> Relation:
    """The tie between the one cue of an entry and an actor."""
    found = look(text)
    (candidate,) = (candidate for candidate in found.candidates if candidate.actor == actor)
    (cue,) = (cue for cue in candidate.cues if cue.entry == entry)
    targets = token_spans(found.tokens, candidate.mentions)
    others = [span for span in token_spans(found.tokens, candidate.others) if span not in targets]
    return relate(cue, found.tokens.lower, targets, others, candidate.first, candidate.last)


@pytest.mark.parametrize(
    ("text", "entry", "actor", "role", "sign"),
    [
        ("Obama bullied the town.", "bully", "Obama", Role.AGENT, -1),
        ("The town was bullied by Obama.", "bully", "Obama", Role.AGENT, -1),
        ("Obama has never bullied the town.", "bully", "Obama", Role.AGENT, 1),
        ("Critics blasted Trump.", "blast", "Trump", Role.PATIENT, -1),
        ("Trump was blasted by critics.", "blast", "Trump", Role.PATIENT, -1),
        ("Trump was exonerated.", "exonerate", "Trump", Role.PATIENT, 1),
        ("Obama praised Trump.", "praise", "Trump", Role.PATIENT, 1),
        ("They gave Trump a pat on the back and praised Obama.", "praise", "Obama", Role.PATIENT, 1),
        ("Obama's failure was plain.", "failure", "Obama", Role.ATTRIBUTE, -1),
        ("Obama’s stunning failure was plain.", "failure", "Obama", Role.ATTRIBUTE, -1),
        ("The failure of Obama was plain.", "failure", "Obama", Role.ATTRIBUTE, -1),
        ("Obama is a liar.", "liar", "Obama", Role.ATTRIBUTE, -1),
        ("Obama is no liar.", "liar", "Obama", Role.ATTRIBUTE, 1),
        ("Trump seems reckless.", "reckless", "Trump", Role.ATTRIBUTE, -1),
        ("The reckless Trump spoke.", "reckless", "Trump", Role.ATTRIBUTE, -1),
        ("Obama, a courageous man, spoke.", "courageous", "Obama", Role.ATTRIBUTE, 1),
        ("Praise for Obama came late.", "praise", "Obama", Role.PATIENT, 1),
        ("Russia's crackdown went on.", "crackdown", "Russia", Role.AGENT, -1),
        ("The crackdown by Russia went on.", "crackdown", "Russia", Role.AGENT, -1),
        ("They took Obama to task.", "take _ to task", "Obama", Role.PATIENT, -1),
        ("Obama clumsily spoke.", "clumsily", "Obama", Role.AGENT, -1),
        ("Russia, which invaded the land, spoke.", "invade", "Russia", Role.AGENT, -1),
        ("Trump, after a long day, lied.", "lie", "Trump", Role.AGENT, -1),
        ("Trump, who lied, spoke.", "lie", "Trump", Role.AGENT, -1),
    ],
)
def test_ties(look: Look, text: str, entry: str, actor: str, role: Role, sign: int) -> None:
    found = relation(look, text, entry, actor)
    assert (found.role, found.near) == (role, True)
    assert found.value * sign > 0


@pytest.mark.parametrize(
    ("text", "entry", "actor"),
    [
        ("Critics of Russia lied.", "lie", "Russia"),
        ("Obama spoke, and Trump lied.", "lie", "Obama"),
        ("Obama lied, and Trump spoke.", "lie", "Trump"),
        ("Obama's critics lied.", "lie", "Obama"),
        ("The talks with Obama failed.", "fail", "Obama"),
        ("Obama praised Trump.", "praise", "Obama"),
        ("Obama blasted Trump.", "blast", "Obama"),
        ("Russia was bullied by Obama.", "bully", "Russia"),
        ("Trump met the reckless guard of Obama.", "reckless", "Obama"),
        ("A reckless attack on Obama came.", "reckless", "Obama"),
        ("Trump said the guard, an old man, had lied.", "lie", "Trump"),
        ("They praised Obama's dog.", "praise", "Obama"),
    ],
)
def test_no_near_tie(look: Look, text: str, entry: str, actor: str) -> None:
    found = relation(look, text, entry, actor)
    assert found.role is Role.NONE or not found.near


def test_two_actors_of_a_kind_swap_their_ties(look: Look) -> None:
    one = relation(look, "Obama bullied Trump.", "bully", "Obama")
    other = relation(look, "Trump bullied Obama.", "bully", "Trump")
    assert one == other


def test_the_strongest_of_several_mentions_counts(look: Look) -> None:
    found = relation(look, "Obama spoke; the reckless Obama left.", "reckless", "Obama")
    assert (found.role, found.near) == (Role.ATTRIBUTE, True)


def test_values_are_bounded(look: Look) -> None:
    found = relation(look, "Trump is an absolutely utter liar.", "liar", "Trump")
    assert -4.5 <= found.value < 0


def test_candidates_pair_each_sentence_with_its_actors_in_roster_order(look: Look) -> None:
    found = look("Trump met Obama in Russia. It rained. Obama left.")
    assert [(candidate.sentence.id, candidate.actor) for candidate in found.candidates] == [
        (1, "Russia"),
        (1, "Obama"),
        (1, "Trump"),
        (3, "Obama"),
    ]
    first = found.candidates[0]
    assert {mention.actor for mention in first.others} == {"Obama", "Trump"}


def test_tags_and_bylines_are_no_candidates(look: Look) -> None:
    text = "Leaders meet by the lake\n\nBy Ann Kettle\n\nThe leaders met for hours and left.\n\nTags: Trump, Obama"
    assert look(text).candidates == ()
