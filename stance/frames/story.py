"""The story that an article tells: who is what in it, as what it treats its matter, how each actor is portrayed in all.

Roles are read off what the sentences say of an actor and never off who he is (compare the roles of SemEval-2025 task 10:
Piskorski et al. 2025). An actor of whom the article says too little is a bystander.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from stance.categories import Axis, Function, Generic, Issue, StoryRole
from stance.frame_records import AxisMean, Frames, FunctionSpan, GenericShare, IssueShare
from stance.frames.issues import Framed
from stance.records import Label, Score

FEWEST = 2  # sentences from which an article has a frame, and an actor a part in its story
LEAST_SHARE = 0.1  # of an article's sentences, from which a frame is the article's
_PART = 0.25  # of an actor's sentences that have to show him in a role
PLAIN = 0.15  # score from which a sentence counts for or against an actor
_OFTENER = 2  # times as often as in the contrary one


def portrayal_of(scores: Sequence[Score]) -> tuple[AxisMean, ...]:
    """Return an actor's mean on each axis of which his sentences speak, with these sentences, the most telling first.

    Args:
        scores: The actor's scores in one article.
    """
    found: dict[Axis, list[tuple[float, int]]] = {}
    for score in scores:
        for one in score.portrayal:
            found.setdefault(one.axis, []).append((one.value, score.sentence))
    means = []
    for axis in Axis:
        values = found.get(axis)
        if values:
            mean = math.fsum(value for value, _ in values) / len(values)
            # The sentence shown for a mean should say what the mean says.
            values.sort(key=lambda one: (-one[0] if mean >= 0 else one[0], one[1]))
            means.append(AxisMean(axis, round(mean, 6), tuple(number for _, number in values)))
    return tuple(means)


def role_of(scores: Sequence[Score]) -> tuple[StoryRole, tuple[int, ...]]:
    """Return what an actor is in the story, and the sentences that it rests on.

    A *victim* suffers twice as often as he harms or is blamed; an *antagonist* is shown doing wrong or coming off badly in a
    quarter of his sentences at least, and twice as often as well; a *protagonist* the other way round; a *bystander* none.

    Args:
        scores: The actor's scores in one article.
    """
    kept = [score for score in scores if not score.abstained]
    suffering, doing_ill, doing_well = [], [], []
    for score in kept:
        values = {one.axis: one.value for one in score.portrayal}
        deeds = math.fsum(value for axis, value in values.items() if axis is not Axis.VICTIMHOOD)
        harm = values.get(Axis.VICTIMHOOD, 0.0)
        if harm > 0:
            suffering.append(score.sentence)
        elif (score.label is Label.NEGATIVE and score.score <= -PLAIN) or (
            score.label is Label.NEUTRAL and deeds + harm <= -1.0
        ):
            doing_ill.append(score.sentence)
        elif (score.label is Label.POSITIVE and score.score >= PLAIN) or (
            score.label is Label.NEUTRAL and deeds >= 1.0
        ):
            doing_well.append(score.sentence)
    options = (
        (StoryRole.VICTIM, suffering, len(doing_ill)),
        (StoryRole.ANTAGONIST, doing_ill, len(doing_well)),
        (StoryRole.PROTAGONIST, doing_well, len(doing_ill)),
    )
    for role, sentences, against in options:
        if len(sentences) >= max(FEWEST, _PART * len(kept)) and len(sentences) >= _OFTENER * against:
            return role, tuple(sentences)
    return StoryRole.BYSTANDER, ()


def frames_of(
    speaking: int,
    framed: Mapping[int, Framed],
    functions: Sequence[FunctionSpan],
    scores: Iterable[Score],
) -> Frames:
    """Gather the frames of an article.

    Args:
        speaking: How many of its sentences can frame anything: all but tags and bylines.
        framed: The frames of each sentence that has any.
        functions: What its clauses do.
        scores: Its scores; hostile deeds are part of a conflict.
    """
    by_issue: dict[Issue, list[int]] = {}
    for number, own in framed.items():
        for issue in own.issues:
            by_issue.setdefault(issue, []).append(number)
    shares = [
        IssueShare(issue, round(len(numbers) / speaking, 6), tuple(numbers))
        for issue, numbers in by_issue.items()
        if len(numbers) >= min(FEWEST, speaking) and len(numbers) >= LEAST_SHARE * speaking
    ]
    order = list(Issue)
    shares.sort(key=lambda one: (-one.share, order.index(one.issue)))
    by_sentence = {number: own.issues for number, own in framed.items() if own.issues}
    return Frames(tuple(shares), _generic(speaking, framed, functions, scores), tuple(functions), by_sentence)


def _generic(
    speaking: int, framed: Mapping[int, Framed], functions: Sequence[FunctionSpan], scores: Iterable[Score]
) -> tuple[GenericShare, ...]:
    sentences: dict[Generic, set[int]] = {frame: set() for frame in Generic}
    for number, own in framed.items():
        for frame in own.generic:
            sentences[frame].add(number)
        if Issue.MORALITY in own.issues:
            sentences[Generic.MORALITY].add(number)
        if Issue.ECONOMY in own.issues:
            sentences[Generic.ECONOMIC_CONSEQUENCES].add(number)
    for span in functions:
        if span.function in {Function.CAUSE, Function.REMEDY}:
            sentences[Generic.RESPONSIBILITY].add(span.sentence)
        elif span.function is Function.JUDGEMENT:
            sentences[Generic.MORALITY].add(span.sentence)
    for score in scores:
        if any(one.axis is Axis.COOPERATION and one.value < 0 for one in score.portrayal):
            sentences[Generic.CONFLICT].add(score.sentence)
    return tuple(
        GenericShare(frame, round(len(numbers) / speaking, 6) if speaking else 0.0)
        for frame, numbers in sentences.items()
    )
