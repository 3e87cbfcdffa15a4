"""The way of an article through stance: the order of the steps, and nothing else."""

from __future__ import annotations

from stance.actors.definites import find_definites
from stance.actors.first_person import find_first_person
from stance.actors.mentions import Found, find_mentions
from stance.actors.names import find_names
from stance.actors.pairs import find_joined
from stance.actors.persons import Naming
from stance.actors.pronouns import resolve_pronouns
from stance.actors.state_pronouns import find_state_pronouns
from stance.categories import Role
from stance.classify.interface import Classifier
from stance.classify.linear import strongest_cue
from stance.framing.candidates import build_candidates, parties
from stance.framing.cues import find_cues
from stance.framing.prepared import Prepared
from stance.framing.relations import relate
from stance.framing.voices import voice_of
from stance.language.quotations import find_quotations
from stance.language.segment import segment
from stance.language.words import Tokens, tokenize
from stance.records import Analysis, Article, Candidate, Cue, Label, Mention, Score, Sentence, Verdict
from stance.resources import Resources
from stance.statistics import summarize


def split_sentences(article: Article) -> tuple[Sentence, ...]:
    """Segment each block of an article; sentence ids count from 1."""
    found: list[Sentence] = []
    for block in article.blocks:
        for start, end in segment(article.text, block.start, block.end):
            found.append(
                Sentence(
                    len(found) + 1, block.paragraph, start, end, block.kind.sentence_kind, block.kind.speaks
                )
            )
    return tuple(found)


def prepare(article: Article, resources: Resources) -> Prepared:
    """Take an article through segmenting, actors, quotations and cues to the candidates.

    Args:
        article: The article with its layout.
        resources: Lexicons and roster of the run.
    """
    text, lexicon, roster = article.text, resources.lexicon, resources.roster
    sentences = split_sentences(article)
    tokens = tokenize(text)
    found = find_mentions(tokens, sentences, roster, resources.context(article.date))
    mentions = found.mentions
    quotations = find_quotations(text, tokens, sentences, article.blocks, mentions, lexicon)
    naming = Naming(roster, resources.given_names, resources.places)
    pronouns, quotations = resolve_pronouns(text, tokens, sentences, found, quotations, naming)
    ours = find_first_person(tokens, sentences, quotations, roster, article.date)
    definites = find_definites(tokens, sentences, mentions, resources.countries, roster)
    states = find_state_pronouns(tokens, sentences, mentions, quotations, roster)
    joined = find_joined(tokens, sentences, mentions)
    every = (*mentions, *pronouns, *ours, *definites, *states, *joined)
    mentions = tuple(sorted(every, key=lambda mention: (mention.start, mention.end)))
    # Only sentences that can portray an actor are searched; in most articles that is half of them.
    concerned = {mention.sentence for mention in mentions}
    portraying = [sentence for sentence in sentences if sentence.id in concerned and sentence.speaks]
    names = frozenset(token for first, last in found.forms for token in range(first, last + 1))
    cues = find_cues(tokens, portraying, lexicon.evaluative, lexicon.modifying, names)
    every_name = find_names(tokens, portraying, resources.countries)
    found = Found(mentions, found.forms, names=every_name)
    candidates = build_candidates(tokens, sentences, found, quotations, cues, roster)
    return Prepared(
        article,
        sentences,
        tokens,
        mentions,
        found.forms,
        quotations,
        cues,
        candidates,
        roster.kinds,
        every_name,
    )


def analyze(article: Article, resources: Resources) -> Analysis:
    """Analyse one article.

    Args:
        article: The article with its layout.
        resources: Lexicons, roster and classifier of the run.

    Returns:
        Everything that stance says about it. The same article and resources give the same analysis, always.
    """
    found = prepare(article, resources)
    scores = judge_prepared(found, resources.classifier, resources.min_confidence)
    scores, frames = resources.framing.frame(found, scores)
    return Analysis(
        article,
        resources.instrument,
        found.sentences,
        found.mentions,
        found.quotations,
        found.cues,
        scores,
        summarize(scores, resources.roster.ids),
        frames,
    )


def judge_prepared(
    prepared: Prepared, classifier: Classifier, min_confidence: float = 0.0
) -> tuple[Score, ...]:
    """Judge a prepared article's candidates and add voice, role and evidence.

    Args:
        prepared: The article before judgement.
        classifier: Judges it.
        min_confidence: Scores with a confidence under this, in [0, 1], are marked as abstained.
    """
    verdicts = classifier.judge(prepared)
    return tuple(
        _score(prepared.tokens, candidate, verdict, min_confidence)
        for candidate, verdict in zip(prepared.candidates, verdicts, strict=True)
    )


def _score(
    tokens: Tokens,
    candidate: Candidate,
    verdict: Verdict,
    min_confidence: float,
) -> Score:
    probabilities = {
        Label.NEGATIVE: verdict.negative,
        Label.NEUTRAL: verdict.neutral,
        Label.POSITIVE: verdict.positive,
    }
    # A tie goes to the label that claims less.
    label = max((Label.NEUTRAL, Label.NEGATIVE, Label.POSITIVE), key=lambda choice: probabilities[choice])
    index = strongest_cue(candidate, verdict.evidence)
    cue = candidate.cues[index] if index is not None else None
    voice, speaker = voice_of(candidate, cue)
    confidence = probabilities[label]
    return Score(
        sentence=candidate.sentence.id,
        actor=candidate.actor,
        label=label,
        score=verdict.positive - verdict.negative,
        p_negative=verdict.negative,
        p_neutral=verdict.neutral,
        p_positive=verdict.positive,
        confidence=confidence,
        abstained=confidence < min_confidence,
        voice=voice,
        speaker=speaker,
        role=_role(tokens, candidate, cue),
        negated=cue.negated if cue else False,
        hedged=cue.hedged if cue else False,
        mention=_main_mention(candidate),
        intercept=verdict.intercept,
        evidence=verdict.evidence,
    )


def _role(tokens: Tokens, candidate: Candidate, cue: Cue | None) -> Role:
    if cue is None:
        return Role.NONE
    targets, others = parties(tokens, candidate)
    return relate(cue, tokens.lower, targets, others, candidate.first, candidate.last).role


def _main_mention(candidate: Candidate) -> Mention:
    """Return the mention that names the actor most plainly: the longest, the earliest among equals."""
    return max(candidate.mentions, key=lambda mention: (mention.end - mention.start, -mention.start))
