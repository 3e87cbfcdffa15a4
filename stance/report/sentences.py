"""The sentences that carry the result: for each actor the strongest, each with its evidence and its voice."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from stance.records import Analysis, Label, Mention, MentionKind, Score, Sentence, SentenceKind, Voice
from stance.report.flow import GLUE, Prose, beside, prose
from stance.report.look import COLOURS, WIDE, Look, count, section
from stance.report.marked import WITHOUT_WORDS, marked, telling_evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType
    from rich.table import Table

PER_ACTOR = 3
MAX_SENTENCES = 12
_MAX_NEUTRAL = 6


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence to show: the scores that say something, the strongest first, and who is neutral in it."""

    sentence: Sentence
    scores: tuple[Score, ...]
    neutral: tuple[str, ...]


def choose(analysis: Analysis) -> list[Told]:
    """Choose the sentences that carry the result.

    Returns:
        The three strongest of each actor, at most twelve in all, strongest first, then in the text's order.
    """
    by_actor: dict[str, list[Score]] = {}
    for score in analysis.scores:
        if tells(score):
            by_actor.setdefault(score.actor, []).append(score)
    best: dict[int, float] = {}
    for own in by_actor.values():
        for score in heapq.nsmallest(PER_ACTOR, own, key=_strongest):
            best[score.sentence] = max(best.get(score.sentence, 0.0), abs(score.score))
    chosen = heapq.nsmallest(MAX_SENTENCES, best, key=lambda number: (-best[number], number))
    scores: dict[int, list[Score]] = {number: [] for number in chosen}
    for score in analysis.scores:
        if score.sentence in scores:
            scores[score.sentence].append(score)
    sentences = {sentence.id: sentence for sentence in analysis.sentences if sentence.id in scores}
    return [
        Told(
            sentences[number],
            tuple(sorted((score for score in scores[number] if tells(score)), key=_strongest)),
            tuple(score.actor for score in scores[number] if not tells(score) and not score.abstained),
        )
        for number in chosen
        if number in sentences
    ]


def tells(score: Score) -> bool:
    """Whether a score says that an actor comes off well or badly."""
    return score.label is not Label.NEUTRAL and not score.abstained


def _strongest(score: Score) -> tuple[float, int]:
    return -abs(score.score), score.sentence


def mentions_of(analysis: Analysis, sentences: set[int]) -> dict[int, list[Mention]]:
    """Return the mentions of some sentences, by sentence."""
    found: dict[int, list[Mention]] = {number: [] for number in sentences}
    for mention in analysis.mentions:
        if mention.sentence in found:
            found[mention.sentence].append(mention)
    return found


def voice_phrase(score: Score, look: Look) -> str:
    """Say who portrays the actor."""
    if score.voice is Voice.AUTHOR:
        return "by the author"
    who = ""
    if score.speaker is not None:
        who = look.quoted(score.speaker.text)
        actor = look.name(score.speaker.actor) if score.speaker.actor else ""
        if actor and actor.casefold() not in who.casefold():
            who += f" ({actor})"
    if score.voice is Voice.MIXED:
        return f"by the author and {who or 'in a quotation'}"
    return f"in the words of {who}" if who else "in a quotation"


def verdict(analysis: Analysis, score: Score, sentence: Sentence, look: Look) -> Text:
    """Say of one score whom it is about, how he comes off, and in whose voice."""
    mention = score.mention
    line = Text.assemble((look.name(score.actor), "bold"))
    if mention.kind is not MentionKind.NAME:
        line.append(f" ({look.quoted(analysis.article.text[mention.start : mention.end], 40)})")
    line.append(" ").append(f"{score.label.word} {look.number(score.score)}", f"bold {COLOURS[score.label]}")
    facts = ["abstained"] * score.abstained
    facts += [voice_phrase(score, look)]
    facts += ["in a headline"] * (sentence.kind is SentenceKind.HEADLINE)
    facts += ["negated"] * score.negated + ["hedged"] * score.hedged
    return line.append(f", {', '.join(facts)}")


def words_line(score: Score, look: Look) -> Text:
    """Name the evidence with its signs."""
    line = Text()
    named = telling_evidence(score)
    # Where nothing in the sentence weighs as much as what the article says elsewhere, a reader has to know.
    elsewhere = [item for item in score.evidence if item.kind == "article"]
    if elsewhere and abs(elsewhere[0].contribution) >= max(
        (abs(item.contribution) for item in named), default=0.0
    ):
        named = [*elsewhere, *named]
    for item in named:
        label = Label.POSITIVE if item.contribution > 0 else Label.NEGATIVE
        sign = "+" if item.contribution > 0 else look.glyphs.minus
        line.append("   " if line else "").append(sign, f"bold {COLOURS[label]}")
        # A sign that ended a line without its word would be read with the wrong one.
        line.append(f"{GLUE}{WITHOUT_WORDS.get(item.kind) or look.text(item.text, 60)}")
    return line or Text("the sentence as a whole, no single word")


def signed(score: Score, content: RenderableType, look: Look, width: int) -> Table:
    """Hang a score's content on its sign."""
    sign, style = look.sign_of(score)
    return beside([(Text.assemble((sign, style)), 1), (content, width - 2)], gap=1)


def numbered(sentence: Sentence, look: Look) -> tuple[tuple[Text, int], int]:
    """Return the margin that holds a sentence's number, and the cells left beside it."""
    number = str(sentence.id)
    margin = max(len(number), 2)
    return (Text.assemble((number, "bold")), margin), look.width - margin - 2


def told(analysis: Analysis, item: Told, mentions: Sequence[Mention], look: Look) -> RenderableType:
    """Lay out one sentence with its scores: beside each other on a wide console, else below."""
    margin, room = numbered(item.sentence, look)
    text = Prose(marked(analysis.article.text, item.sentence, mentions, item.scores, look))
    left = room * 56 // 100 if look.width >= WIDE else room
    right = room - left - 2 if look.width >= WIDE else room
    verdicts: list[RenderableType] = [
        signed(
            score,
            Group(Prose(verdict(analysis, score, item.sentence, look)), Prose(words_line(score, look))),
            look,
            right,
        )
        for score in item.scores
    ]
    if item.neutral:
        names = ", ".join(look.name(actor, 30) for actor in item.neutral[:_MAX_NEUTRAL])
        verdicts.append(prose(f"{look.glyphs.neutral} {names} neutral"))
    if look.width >= WIDE:
        return beside([margin, (text, left), (Group(*verdicts), right)])
    return beside([margin, (Group(text, *verdicts), room)])


def telling(analysis: Analysis, look: Look) -> list[RenderableType]:
    """Show the sentences that carry the result, and count the others."""
    chosen = choose(analysis)
    leaning = {score.sentence for score in analysis.scores if tells(score)}
    neutral = {score.sentence for score in analysis.scores if not score.abstained} - leaning
    unsure = {score.sentence for score in analysis.scores} - leaning - neutral
    mentions = mentions_of(analysis, {item.sentence.id for item in chosen})
    title = section("The sentences that carry this result", "strongest first")
    parts: list[RenderableType] = [
        title if chosen else section("No sentence portrays an actor well or badly")
    ]
    for item in chosen:
        parts += [told(analysis, item, mentions[item.sentence.id], look), Text()]
    more = len(leaning) - len(chosen)
    rest = [f"{count(more, 'more sentence')} of this kind"] * (more > 0)
    rest += [f"{count(len(neutral), 'neutral sentence')}"] * bool(neutral)
    rest += [f"{len(unsure):,} too uncertain to call"] * bool(unsure)
    if rest:
        parts.append(prose(f"Not shown: {', '.join(rest)}. --explain shows all."))
    return parts
