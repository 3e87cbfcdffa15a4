"""Whole coded articles as labelled candidates: the pipeline's own candidates, matched with the codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from stance.actors.mentions import Found
from stance.framing.candidates import build_candidates
from stance.framing.prepared import Prepared
from stance.records import Candidate, Mention, MentionKind
from stance.research.data import SURE, Example
from stance.resources import Resources


@dataclass(frozen=True, slots=True)
class Code:
    """What a coder decided on one sentence and actor.

    Attributes:
        label: -1, 0 or 1.
        voice: `author`, `quoted` or `mixed`.
        confidence: 2 where sure, 1 where it could be argued.
        mention: The words that refer to the actor, empty where they were not coded.
        cue: Offsets of the words that carry a polar portrayal, None where they were not coded.
    """

    label: int
    voice: str
    confidence: int = SURE
    mention: str = ""
    cue: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class CodedArticle:
    """An article as the pipeline prepared it, with the codes.

    Attributes:
        group: The same for articles with the same text, which cross-validation must not part.
        codes: By place of a coded sentence in `spans` and actor.
        spans: The coded sentences' offsets.
        matches: For each of the pipeline's sentences, the coded sentence that overlaps it most, or None.
    """

    prepared: Prepared
    group: str
    spans: tuple[tuple[int, int], ...]
    codes: dict[tuple[int, str], Code]
    matches: tuple[int | None, ...]

    @property
    def id(self) -> str:
        """The article's id."""
        return self.prepared.article.id


def placed(article: CodedArticle, resources: Resources) -> CodedArticle:
    """Return an article with its actors at the places that the coders gave, beside those that the pipeline finds.

    Where the pipeline misses an actor, the coded words become a mention, or, if there are none, a candidate without any:
    how portrayal is judged can then be trained and measured apart from how actors are found.
    """
    prepared = article.prepared
    sentence_of: dict[int, tuple[int, int]] = {}
    for number, place in enumerate(article.matches):
        if place is not None:
            sentence, span = prepared.sentences[number], article.spans[place]
            overlap = min(sentence.end, span[1]) - max(sentence.start, span[0])
            sentence_of[place] = max(sentence_of.get(place, (0, 0)), (overlap, -number))
    seen = {
        (article.matches[candidate.sentence.id - 1], candidate.actor) for candidate in prepared.candidates
    }
    extra: list[Mention] = []
    bare: list[Candidate] = []
    for (place, actor), code in article.codes.items():
        if (place, actor) in seen or place not in sentence_of:
            continue
        sentence = prepared.sentences[-sentence_of[place][1]]
        if not sentence.speaks:
            continue
        start = locate(prepared.article.text, (sentence.start, sentence.end), code.mention)
        if start is None:
            first, last = prepared.tokens.between(sentence.start, sentence.end)
            kind = prepared.kinds[actor]
            bare.append(Candidate(sentence, actor, kind, (), (), (), first, last, names=prepared.names))
        else:
            extra.append(Mention(actor, start, start + len(code.mention), sentence.id, MentionKind.PRONOUN))
    mentions = tuple(sorted((*prepared.mentions, *extra), key=lambda found: (found.start, found.end)))
    candidates = build_candidates(
        prepared.tokens,
        prepared.sentences,
        Found(mentions, prepared.forms, names=prepared.names),
        prepared.quotations,
        prepared.cues,
        resources.roster,
    )
    full = replace(prepared, mentions=mentions, candidates=(*candidates, *bare))
    return replace(article, prepared=full)


def locate(text: str, span: tuple[int, int], words: str) -> int | None:
    """Return where words stand in a span of a text as whole words, as written or else in any case; None if nowhere."""
    if not words:
        return None
    inside = text[span[0] : span[1]]
    for flags in (0, re.IGNORECASE):
        match = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", inside, flags)
        if match:
            return span[0] + match.start()
    return None


def labelled(article: CodedArticle) -> Iterator[Example]:
    """Yield the candidates of an article that the coders coded too."""
    prepared = article.prepared
    for number, candidate in enumerate(prepared.candidates):
        place = article.matches[candidate.sentence.id - 1]
        code = article.codes.get((place, candidate.actor)) if place is not None else None
        if code is not None:
            yield Example(
                f"{article.id}/{candidate.sentence.id}/{candidate.actor}",
                prepared,
                number,
                code.label,
                article.group,
                code.confidence,
                code.cue,
            )
