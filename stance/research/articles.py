"""Whole coded articles as labelled candidates: the pipeline's own candidates, matched with the codes.

A folder of coded articles holds `articles.jsonl` (`{"id", "title", "outlet", "date", "text"}`) and `codes.jsonl`, a row a
sentence: `{"doc", "start", "end", "codes": {actor: {"label", "voice", "confidence"}}}`, offsets in code points.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from stance.actors.mentions import Found
from stance.errors import DataError
from stance.framing.candidates import build_candidates
from stance.framing.prepared import Prepared
from stance.pipeline import prepare
from stance.reading.text import article_from_text
from stance.records import Candidate, Mention, MentionKind, Sentence
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
    """

    label: int
    voice: str
    confidence: int = SURE
    mention: str = ""


@dataclass(frozen=True, slots=True)
class CodedArticle:
    """An article as the pipeline prepared it, with the codes.

    Attributes:
        codes: By place of a coded sentence in `spans` and actor.
        spans: The coded sentences' offsets.
        matches: For each of the pipeline's sentences, the coded sentence that overlaps it most, or None.
    """

    prepared: Prepared
    spans: tuple[tuple[int, int], ...]
    codes: dict[tuple[int, str], Code]
    matches: tuple[int | None, ...]

    @property
    def id(self) -> str:
        """The article's id."""
        return self.prepared.article.id


def is_coded_folder(path: Path) -> bool:
    """Whether a path is a folder of coded articles."""
    return (path / "articles.jsonl").is_file() and (path / "codes.jsonl").is_file()


def read_coded(folder: Path, resources: Resources) -> Iterator[CodedArticle]:
    """Read and prepare the coded articles of a folder, in file order.

    Raises:
        DataError: A file is missing or breaks the format.
    """
    coded: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for _, row in _objects(folder / "codes.jsonl", ("doc", "start", "end", "codes")):
        coded[row["doc"]].append(row)
    for where, row in _objects(folder / "articles.jsonl", ("id", "text")):
        text = row["text"]
        article = article_from_text(
            text,
            id=row["id"],
            title=row.get("title", ""),
            source=row.get("outlet", ""),
            date=row.get("date", ""),
        )
        spans, codes = [], {}
        for place, sentence in enumerate(sorted(coded[row["id"]], key=lambda item: item["start"])):
            if not 0 <= sentence["start"] < sentence["end"] <= len(text):
                raise DataError(f"{where}: a coded sentence lies outside its article's text")
            spans.append((sentence["start"], sentence["end"]))
            for actor, code in sentence["codes"].items():
                codes[place, actor] = Code(
                    code["label"],
                    code.get("voice", ""),
                    code.get("confidence", SURE),
                    code.get("mention", ""),
                )
        prepared = prepare(article, resources)
        yield CodedArticle(prepared, tuple(spans), codes, _match(prepared.sentences, spans))


def _objects(path: Path, keys: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read ({error})") from None
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line)
            complete = all(key in row for key in keys)
        except (ValueError, TypeError, RecursionError):
            complete = False
        if not complete:
            raise DataError(f"{path}:{number}: expected an object with {', '.join(keys)}")
        yield f"{path}:{number}", row


def _match(sentences: Sequence[Sentence], spans: Sequence[tuple[int, int]]) -> tuple[int | None, ...]:
    ends = [end for _, end in spans]
    found: list[int | None] = []
    for sentence in sentences:
        best, most = None, 0
        place = bisect_left(ends, sentence.start)
        while place < len(spans) and spans[place][0] < sentence.end:
            overlap = min(spans[place][1], sentence.end) - max(spans[place][0], sentence.start)
            if overlap > most:
                best, most = place, overlap
            place += 1
        found.append(best)
    return tuple(found)


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
        start = _locate(prepared.article.text, sentence, code.mention)
        if start is None:
            first, last = prepared.tokens.between(sentence.start, sentence.end)
            kind = prepared.kinds[actor]
            bare.append(Candidate(sentence, actor, kind, (), (), (), first, last))
        else:
            extra.append(Mention(actor, start, start + len(code.mention), sentence.id, MentionKind.PRONOUN))
    mentions = tuple(sorted((*prepared.mentions, *extra), key=lambda found: (found.start, found.end)))
    candidates = build_candidates(
        prepared.tokens,
        prepared.sentences,
        Found(mentions, prepared.forms),
        prepared.quotations,
        prepared.cues,
        resources.roster,
    )
    full = replace(prepared, mentions=mentions, candidates=(*candidates, *bare))
    return replace(article, prepared=full)


def _locate(text: str, sentence: Sentence, words: str) -> int | None:
    """Return where the words stand in a sentence as whole words, as written or else in any case."""
    if not words:
        return None
    span = text[sentence.start : sentence.end]
    for flags in (0, re.IGNORECASE):
        match = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", span, flags)
        if match:
            return sentence.start + match.start()
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
                article.id,
                code.confidence,
            )
