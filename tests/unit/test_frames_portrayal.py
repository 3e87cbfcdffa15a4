"""As what a sentence portrays an actor; beside each tie one that is none. All sentences are made up."""

from __future__ import annotations

import pytest

from stance.categories import Axis
from stance.pipeline import analyze
from stance.reading.text import article_from_text
from stance.resources import Resources, load_resources


@pytest.fixture(scope="module")
def resources() -> Resources:
    """With the default classifier: the words that its scores rest on count, too."""
    return load_resources()


def portrayal(resources: Resources, text: str, actor: str) -> dict[str, float]:
    """Return an actor's values by axis in a text of one sentence."""
    (score,) = (
        score for score in analyze(article_from_text(text, id="x"), resources).scores if score.actor == actor
    )
    return {one.axis.value: one.value for one in score.portrayal}


@pytest.mark.parametrize(
    ("text", "actor", "pole"),
    [
        ("Obama bullied the town.", "Obama", "hostile"),
        ("The town was bullied by Obama.", "Obama", "hostile"),
        ("Trump lied to the public.", "Trump", "deceitful"),
        ("Trump is a liar.", "Trump", "deceitful"),
        ("They called Trump a liar.", "Trump", "deceitful"),
        ("Obama capitulated.", "Obama", "weak"),
        ("Obama was outmaneuvered by the general.", "Obama", "weak"),
        ("The senator outmaneuvered Obama.", "Obama", "weak"),
        ("Trump bungled the response.", "Trump", "incompetent"),
        ("Trump's incompetence was plain.", "Trump", "incompetent"),
        ("Trump showed incompetence.", "Trump", "incompetent"),
        ("Russian troops killed nine villagers.", "Russia", "perpetrator"),
        ("Nine Russian tourists were killed.", "Russia", "victim"),
        ("Russia violated the treaty.", "Russia", "illegitimate"),
        ("Russia's illegal annexation was condemned.", "Russia", "illegitimate"),
        ("Obama's policy is based on antagonism.", "Obama", "hostile"),
        ("Obama launched an unlawful attack on the town.", "Obama", "hostile"),
    ],
)
def test_who_is_what(resources: Resources, text: str, actor: str, pole: str) -> None:
    poles = {Axis(axis).pole(value) for axis, value in portrayal(resources, text, actor).items()}
    assert pole in poles


@pytest.mark.parametrize(
    ("text", "actor", "pole"),
    [
        ("Critics of Obama lied to the public.", "Obama", "deceitful"),
        ("Obama met a liar.", "Obama", "deceitful"),
        ("Trump's opponents lied to the public.", "Trump", "deceitful"),
        ("Obama spoke, and the general lied.", "Obama", "deceitful"),
        ("Trump denied that he had lied.", "Trump", "deceitful"),
        ("Russia did not attack the town.", "Russia", "hostile"),
        ("Russia did not attack the town.", "Russia", "cooperative"),
        ("The general killed nine villagers in Russia.", "Russia", "perpetrator"),
    ],
)
def test_who_is_not(resources: Resources, text: str, actor: str, pole: str) -> None:
    poles = {Axis(axis).pole(value) for axis, value in portrayal(resources, text, actor).items()}
    assert pole not in poles


def test_what_is_denied_of_a_trait_turns_it(resources: Resources) -> None:
    assert portrayal(resources, "Obama is not weak.", "Obama")["strength"] > 0


def test_values_are_the_sum_of_their_evidence_in_bounds(resources: Resources) -> None:
    text = "Trump lied to the voters and deceived the court and betrayed the town."
    (score,) = analyze(article_from_text(text, id="x"), resources).scores
    honesty = next(one for one in score.portrayal if one.axis is Axis.HONESTY)
    assert honesty.value == -1.0
    assert sum(item.value for item in honesty.evidence) < -1.0
    assert [abs(item.value) for item in honesty.evidence] == sorted(
        (abs(item.value) for item in honesty.evidence), reverse=True
    )
    assert all(text[item.start : item.end] == item.text for item in honesty.evidence)


def test_what_contradicts_the_label_is_left_out(resources: Resources) -> None:
    praised = "Trump cooperated with the committee."
    assert portrayal(resources, praised, "Trump")["cooperation"] > 0
    blamed = (
        "Trump cooperated with a murderer, a shameful, disgraceful, despicable and corrupt betrayal by Trump."
    )
    (score,) = analyze(article_from_text(blamed, id="x"), resources).scores
    assert score.label < 0
    assert all(one.value < 0 for one in score.portrayal)
