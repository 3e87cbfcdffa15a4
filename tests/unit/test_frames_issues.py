"""Issue frames, functions and the story of an article. All texts are made up."""

from __future__ import annotations

import pytest

from stance.categories import Function, Generic, Issue, StoryRole
from stance.frames.issues import MOST, NOT_FRAMED, find_issues
from stance.frames.lexicon import FrameEntry
from stance.pipeline import analyze
from stance.reading.text import article_from_text
from stance.records import Analysis
from stance.resources import Resources


def analysis(resources: Resources, text: str) -> Analysis:
    """Analyse a text."""
    return analyze(article_from_text(text, id="x"), resources)


def entry(name: str, **weights: int) -> FrameEntry:
    """Return an entry with weights by issue frame."""
    return FrameEntry(name, "noun", tuple((Issue(frame), weight) for frame, weight in weights.items()))


@pytest.mark.parametrize(
    ("entries", "issues"),
    [
        ([], ()),
        ([entry("a", law=1)], ()),
        ([entry("a", law=2)], (Issue.LAW,)),
        ([entry("a", law=1), entry("b", law=1)], (Issue.LAW,)),
        ([entry("a", law=1), entry("a", law=1)], ()),  # a word counts once
        ([entry("a", law=2), entry("b", economy=3)], (Issue.ECONOMY, Issue.LAW)),
        ([entry("a", law=3), entry("b", law=3), entry("c", economy=2)], (Issue.LAW,)),  # in passing
        ([entry("a", law=3, economy=3, security=3, welfare=3)], (Issue.ECONOMY, Issue.LAW)),
    ],
)
def test_which_frames_a_sentence_has(entries: list[FrameEntry], issues: tuple[Issue, ...]) -> None:
    found = find_issues(entries)
    assert found.issues == issues
    assert len(found.issues) <= MOST
    if not entries:
        assert found is NOT_FRAMED


def test_a_state_hints_at_diplomacy_beside_another_hint() -> None:
    hint = entry("a", diplomacy=1)
    assert find_issues([hint], lambda: True).issues == (Issue.DIPLOMACY,)
    assert find_issues([hint], lambda: False).issues == ()
    assert find_issues([entry("b", law=2)], lambda: True).issues == (Issue.LAW,)


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("Unemployment rose and exports fell as the tariffs took hold.", Issue.ECONOMY),
        ("The prosecutor filed an indictment in federal court.", Issue.LAW),
        ("Missile strikes hit the air base as troops advanced.", Issue.SECURITY),
        ("The poll found that his approval rating fell.", Issue.OPINION),
        ("Foreign ministers signed the accord at the summit.", Issue.DIPLOMACY),
        ("Refugees went without food and medicine in the camp.", Issue.WELFARE),
    ],
)
def test_frames_of_a_sentence(resources: Resources, text: str, issue: Issue) -> None:
    found = analysis(resources, text)
    assert issue in found.frames.by_sentence[1]
    assert [share.issue for share in found.frames.issues][:1] == list(found.frames.by_sentence[1][:1])


def test_an_article_without_a_frame(resources: Resources) -> None:
    found = analysis(resources, "He came. She saw Obama. They left.")
    assert found.frames.issues == ()
    assert found.frames.by_sentence == {}
    assert all(share == 0 for _, share in found.frames.generic)
    assert analysis(resources, "").frames.issues == ()


def test_scores_have_the_frames_of_their_sentence(resources: Resources) -> None:
    found = analysis(resources, "The prosecutor filed an indictment against Obama in court. Trump smiled.")
    assert [score.issues for score in found.scores] == [(Issue.LAW,), ()]


@pytest.mark.parametrize(
    ("text", "function", "actors"),
    [
        ("Russia is a threat to its neighbors.", Function.PROBLEM, ("Russia",)),
        ("The critics blamed Obama for the chaos.", Function.CAUSE, ("Obama",)),
        ("Obama caused the chaos.", Function.CAUSE, ("Obama",)),
        ("It was shameful of all of them.", Function.JUDGEMENT, ()),
        ("Trump should apologize.", Function.REMEDY, ("Trump",)),
        ("The senator urged Russia to withdraw.", Function.REMEDY, ("Russia",)),
        ("Russia and the United States should combine their forces.", Function.REMEDY, ("US", "Russia")),
        ("Russia should be punished.", Function.REMEDY, ()),
        ("Trump has to resign.", Function.REMEDY, ("Trump",)),
    ],
)
def test_functions(resources: Resources, text: str, function: Function, actors: tuple[str, ...]) -> None:
    spans = [span for span in analysis(resources, text).frames.functions if span.function is function]
    assert [span.actors for span in spans] == [actors]
    (span,) = spans
    assert span.start <= span.cue[0] < span.cue[1] <= span.end
    assert text[span.start : span.end] in text.rstrip(".")


def test_it_should_calls_upon_nobody(resources: Resources) -> None:
    text = "It should be naive to expect any shift from Trump."
    assert not any(span.function is Function.REMEDY for span in analysis(resources, text).frames.functions)


def test_a_clause_ends_where_the_next_begins(resources: Resources) -> None:
    text = "The talks went on, and Trump should apologize, the senator said."
    (span,) = (
        span for span in analysis(resources, text).frames.functions if span.function is Function.REMEDY
    )
    assert text[span.start : span.end] == "and Trump should apologize"


def roles(resources: Resources, text: str) -> dict[str, tuple[StoryRole, tuple[int, ...]]]:
    """Return what each actor is in a text, and the sentences that it rests on."""
    return {one.actor: (one.role, one.role_sentences) for one in analysis(resources, text).actors}


def test_parts_in_a_story(resources: Resources) -> None:
    text = (
        "Trump lied to the court. Trump betrayed his allies and bullied the witness. Obama was there. "
        "Nine Russian tourists were killed. Four Russian sailors were murdered. Obama left. Obama came back."
    )
    found = roles(resources, text)
    assert found["Trump"] == (StoryRole.ANTAGONIST, (1, 2))
    assert found["Russia"] == (StoryRole.VICTIM, (4, 5))
    assert found["Obama"] == (StoryRole.BYSTANDER, ())


def test_one_sentence_makes_no_part(resources: Resources) -> None:
    assert roles(resources, "Trump lied to the court.")["Trump"] == (StoryRole.BYSTANDER, ())


def test_a_protagonist(resources: Resources) -> None:
    text = (
        "Obama brokered a truce and saved the town. Everybody praised Obama, a brave and honest peacemaker."
    )
    assert roles(resources, text)["Obama"][0] is StoryRole.PROTAGONIST


def test_generic_frames(resources: Resources) -> None:
    found = analysis(
        resources,
        "Trump attacked the governor. The governor is to blame for the chaos. Exports fell as tariffs rose.",
    )
    shares = dict(found.frames.generic)
    assert shares[Generic.CONFLICT] >= 0.333
    assert shares[Generic.RESPONSIBILITY] >= 0.333
    assert shares[Generic.ECONOMIC_CONSEQUENCES] >= 0.333
    assert list(shares) == list(Generic)
