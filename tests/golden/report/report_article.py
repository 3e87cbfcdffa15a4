"""A constructed article with constructed scores, so that a golden shows the report and no classifier."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from statistics import fmean

from stance.actors.roster import Actor, Roster
from stance.categories import Axis, Function, Generic, Issue, Role
from stance.frame_records import AxisEvidence, Frames, FunctionSpan, GenericShare, IssueShare, Portrayal
from stance.frames.story import portrayal_of, role_of
from stance.records import (
    ActorKind,
    ActorSummary,
    Analysis,
    Article,
    Evidence,
    Instrument,
    Label,
    Mention,
    MentionKind,
    Score,
    Sentence,
    SentenceKind,
    Speaker,
    Voice,
)

ROSTER = Roster(
    (
        Actor("US", "United States", ActorKind.STATE),
        Actor("Russia", "Russia", ActorKind.STATE),
        Actor("Obama", "Barack Obama", ActorKind.PERSON),
        Actor("Trump", "Donald Trump", ActorKind.PERSON),
    ),
    {},
)
INTERCEPT = -0.12


@dataclass(frozen=True)
class Judged:
    """One actor in one sentence: his words there, the spans that count, the probability of neutral."""

    actor: str
    mention: str
    spans: dict[str, float] = field(default_factory=dict)
    neutral: float = 0.15
    kind: MentionKind = MentionKind.NAME
    speaker: str = ""
    speaker_actor: str | None = None
    voice: Voice = Voice.AUTHOR
    abstained: bool = False
    hedged: bool = False
    negated: bool = False
    axes: dict[Axis, float] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()


J = Judged
Q = Voice.QUOTED
METONYM, DEMONYM, PRONOUN, INSTITUTION = (
    MentionKind.METONYM, MentionKind.DEMONYM, MentionKind.PRONOUN, MentionKind.INSTITUTION,
)  # fmt: skip
LINES: list[tuple[int, str, list[Judged]]] = [
    (1, "Russia praised, Washington scolded at the Reykjavik harbour talks",
     [J("Russia", "Russia", {"praised": 2.1}), J("US", "Washington", {"scolded": -1.9}, kind=METONYM)]),
    (2, "Delegations met for nine hours in a converted fish hall.", []),
    (2, "The United States arrived with forty people and Russia with six.",
     [J("US", "United States", neutral=0.8), J("Russia", "Russia", neutral=0.8)]),
    (2, "Nobody had thought of chairs.", []),
    (3, "The American delegation bungled the opening, then blamed the “incompetent”\ninterpreters for it.",
     [J("US", "American", {"bungled": -2.4, "blamed": -1.1}, kind=DEMONYM, axes={Axis.COMPETENCE: -0.67})]),
    (3, "Moscow kept its word on the ice charts, which surprised its critics.",
     [J("Russia", "Moscow", {"kept its word": 2.2, "critics": -0.6}, kind=METONYM, axes={Axis.HONESTY: 1.0})]),
    (4, "“President Trump has handled this with patience and skill,” said Senator Ada Quill.",
     [J("Trump", "President Trump", {"patience": 1.3, "skill": 1.2}, voice=Q,
        speaker="Senator Ada Quill")]),
    (4, "“He is a bully, and a clumsy one,” said the mayor of Tromsø, who once\nshared a sauna with him.",
     [J("Trump", "He", {"bully": -2.2, "clumsy": -1.4}, kind=PRONOUN, voice=Q,
        axes={Axis.COOPERATION: -1.0, Axis.COMPETENCE: -0.5},
        speaker="the mayor of Tromsø")]),
    (4, "Mr. Obama, long out of office, was not there.", [J("Obama", "Obama", neutral=0.9)]),
    (5, "Russia rescued eleven American sailors in March, a fact the White\nHouse has been slow to admit.",
     [J("Russia", "Russia", {"rescued": 2.6}, axes={Axis.COOPERATION: 0.67}, issues=(Issue.WELFARE,)),
      J("US", "White\nHouse", {"slow to admit": -1.5, "rescued": -0.5}, kind=INSTITUTION)]),
    (5, "It published the rescue’s log the same day.", [J("Russia", "It", neutral=0.7, kind=PRONOUN)]),
    (6, "“Russia humiliated the United States, and we all watched,” a Danish observer said.",
     [J("Russia", "Russia", {"humiliated": -0.9}, neutral=0.4, voice=Q, speaker="a Danish observer"),
      J("US", "United States", {"humiliated": -2.0}, voice=Q, speaker="a Danish observer",
        axes={Axis.STRENGTH: -1.0})]),
    (6, "The hall smelled of cod.", []),
    (6, "Mr. Trump may have saved the evening by leaving early, as even his aides concede.",
     [J("Trump", "Trump", {"saved": 1.4, "concede": -0.4}, neutral=0.35, hedged=True)]),
    (7, "Mr. Obama’s old plan was neither cruel nor stupid.",
     [J("Obama", "Obama", {"cruel": 0.8, "stupid": 0.7}, neutral=0.45, negated=True)]),
    (7, "He had warned of just such an evening.",
     [J("Obama", "He", {"warned": -0.3}, neutral=0.5, abstained=True, kind=PRONOUN)]),
    (8, "According to the Kremlin, Washington lied about the depth of the harbour.",
     [J("US", "Washington", {"lied": -2.7}, kind=METONYM, voice=Q, speaker="the Kremlin",
        speaker_actor="Russia", axes={Axis.HONESTY: -1.0})]),
    (8, "The charts put it at nine metres.", []),
    (8, "Talks resume in the autumn, with chairs.", []),
]  # fmt: skip
INTERVALS = {"US": (-0.83, -0.28), "Russia": (0.06, 0.65), "Obama": (0.0, 0.34), "Trump": (-0.71, 0.69)}


def build() -> tuple[Analysis, Roster]:
    """Lay the lines out as an article and turn the judgements into records."""
    text, sentences, mentions, scores = "", [], [], []
    paragraph = 0
    for number, (block, line, judged) in enumerate(LINES, start=1):
        text += ("\n\n" if block != paragraph else " ") if text else ""
        paragraph = block
        start = len(text)
        text += line
        kind = SentenceKind.HEADLINE if number == 1 else SentenceKind.BODY
        sentences.append(Sentence(number, block, start, len(text), kind))
        for item in judged:
            score = _score(number, start, text, item)
            scores.append(score)
            mentions.append(score.mention)
    article = Article(
        id="reykjavik",
        text=text,
        path="reykjavik.txt",
        encoding="cp1252",
        title=LINES[0][1],
        source="The Harbour Gazette",
        date="2017-05-11",
        notes=("2 bytes were no cp1252 and were replaced by U+FFFD.",),
    )
    instrument = Instrument("0.1.0", "linear", "1+0123456789ab", "c409a0373346", "c1b49479d642")
    summaries = tuple(_summary(actor.id, scores) for actor in ROSTER.actors)
    frames = _frames(text, len(sentences))
    return (
        Analysis(
            article, instrument, tuple(sentences), tuple(mentions), (), (), tuple(scores), summaries, frames
        ),
        ROSTER,
    )


def _frames(text: str, sentences: int) -> Frames:
    """Frame the article as diplomacy and welfare, with three clauses that do something."""

    def span(words: str) -> tuple[int, int]:
        at = text.index(words)
        return at, at + len(words)

    blamed, slow = (
        "then blamed the “incompetent”\ninterpreters for it",
        "a fact the White\nHouse has been slow to admit",
    )
    lied = "Washington lied about the depth of the harbour"
    functions = (
        FunctionSpan(Function.CAUSE, 5, *span(blamed), (), span("blamed")),
        FunctionSpan(Function.JUDGEMENT, 10, *span(slow), ("US",), span("slow to admit")),
        FunctionSpan(Function.PROBLEM, 17, *span(lied), ("US",), span("lied")),
    )
    issues = dict.fromkeys((1, 2, 3, 7, 12), (Issue.DIPLOMACY,))
    issues |= {10: (Issue.WELFARE,), 11: (Issue.WELFARE,)}
    shares = [
        IssueShare(issue, len(numbers) / sentences, tuple(numbers))
        for issue in (Issue.DIPLOMACY, Issue.WELFARE)
        if (numbers := [number for number, own in issues.items() if issue in own])
    ]
    generic = tuple(
        GenericShare(frame, share / sentences) for frame, share in zip(Generic, (5, 3, 2, 1, 0), strict=True)
    )
    return Frames(tuple(shares), generic, functions, issues)


def _score(number: int, start: int, text: str, item: Judged) -> Score:
    def span(words: str) -> tuple[int, int]:
        at = text.index(words, start)
        return at, at + len(words)

    evidence = [Evidence(*span(words), words, value, "cue") for words, value in item.spans.items()]
    evidence.append(Evidence(start, len(text), "", 0.05 if item.spans else 0.12, "context"))
    logit = math.fsum([INTERCEPT, *(part.contribution for part in evidence)])
    positive = (1 - item.neutral) / (1 + math.exp(-logit))
    negative = 1 - item.neutral - positive
    chances = {Label.NEUTRAL: item.neutral, Label.NEGATIVE: negative, Label.POSITIVE: positive}
    label = max(chances, key=lambda choice: chances[choice])
    speaker = Speaker(item.speaker, *span(item.speaker), item.speaker_actor) if item.speaker else None
    return Score(
        sentence=number,
        actor=item.actor,
        label=label,
        score=positive - negative,
        p_negative=negative,
        p_neutral=item.neutral,
        p_positive=positive,
        confidence=chances[label],
        abstained=item.abstained,
        voice=item.voice,
        speaker=speaker,
        role=Role.AGENT if item.spans else Role.NONE,
        negated=item.negated,
        hedged=item.hedged,
        mention=Mention(item.actor, *span(item.mention), number, item.kind),
        intercept=INTERCEPT,
        evidence=tuple(evidence),
        portrayal=tuple(
            Portrayal(axis, value, (AxisEvidence(*span(words), words, value, Role.AGENT),))
            for (axis, value), words in zip(item.axes.items(), item.spans, strict=False)
        ),
        issues=item.issues,
    )


def _summary(actor: str, scores: list[Score]) -> ActorSummary:
    own = [score for score in scores if score.actor == actor]
    kept = [score for score in own if not score.abstained]
    low, high = INTERVALS[actor]

    def mean(voice: Voice) -> float | None:
        values = [score.score for score in kept if score.voice is voice]
        return fmean(values) if values else None

    labels = [score.label for score in kept]
    role, role_sentences = role_of(own)
    return ActorSummary(
        actor,
        len(own),
        fmean(score.score for score in kept),
        low,
        high,
        labels.count(Label.NEGATIVE),
        labels.count(Label.NEUTRAL),
        labels.count(Label.POSITIVE),
        len(own) - len(kept),
        mean(Voice.AUTHOR),
        mean(Voice.QUOTED),
        portrayal_of(own),
        role,
        role_sentences,
    )
