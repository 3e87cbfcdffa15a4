"""Labelled data: rows of `{"id", "text", "target", "start", "end", "label"}`, read, checked, made into candidates."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stance.actors.mentions import find_mentions
from stance.actors.names import find_names
from stance.errors import DataError
from stance.framing.candidates import token_spans
from stance.framing.cues import find_cues
from stance.framing.prepared import Prepared
from stance.language.words import Tokens, tokenize
from stance.records import ActorKind, Article, Candidate, Mention, MentionKind, Sentence, SentenceKind
from stance.resources import Resources

PRONOUNS = frozenset(
    "he she it they him her them his its their i we us you who himself herself themselves".split()
)
MAX_LINE_CHARS = 1_000_000
SURE = 2

Probabilities = tuple[float, float, float]
"""Of negative, neutral and positive."""


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled sentence and target; `label` is -1, 0 or 1; `group` is the document, for cross-validation."""

    id: str
    text: str
    target: str
    start: int
    end: int
    label: int
    group: str


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled candidate of a prepared text.

    Attributes:
        number: Its place among the text's candidates.
        label: -1, 0 or 1.
        group: The document, for cross-validation.
        confidence: 2 where the coder was sure, 1 where it could be argued.
        cue: Offsets of the words that carry a polar portrayal, None where they were not coded.
    """

    id: str
    prepared: Prepared
    number: int
    label: int
    group: str
    confidence: int = SURE
    cue: tuple[int, int] | None = None

    @property
    def text(self) -> str:
        """The whole text."""
        return self.prepared.article.text

    @property
    def tokens(self) -> Tokens:
        """The text's tokens."""
        return self.prepared.tokens

    @property
    def candidate(self) -> Candidate:
        """The candidate itself."""
        return self.prepared.candidates[self.number]


def read_rows(path: Path) -> list[Row]:
    """Read a JSONL file of labelled rows.

    Raises:
        DataError: The file cannot be read, or a line breaks the format; the message names file and line.
    """
    rows = []
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    rows.append(_row(line, f"{path}:{number}"))
    except FileNotFoundError:
        raise DataError(f"{path}: no such file; check the path") from None
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read as UTF-8 text ({error})") from None
    if not rows:
        raise DataError(f"{path}: no rows; expected one JSON object a line")
    return rows


def _row(line: str, where: str) -> Row:
    if len(line) > MAX_LINE_CHARS:
        raise DataError(f"{where}: a line of over {MAX_LINE_CHARS} characters; is this JSONL of sentences?")
    try:
        data: Any = json.loads(line)
    except (ValueError, RecursionError):
        raise DataError(f"{where}: no valid JSON") from None
    if not isinstance(data, dict):
        raise DataError(f"{where}: expected an object with id, text, target, start, end, label")
    missing = [key for key in ("id", "text", "target", "start", "end", "label") if key not in data]
    if missing:
        raise DataError(f"{where}: `{missing[0]}` is missing")
    text, start, end, label = data["text"], data["start"], data["end"], data["label"]
    if not isinstance(text, str) or not all(isinstance(value, int) for value in (start, end, label)):
        raise DataError(f"{where}: text must be a string, start, end and label whole numbers")
    if not 0 <= start < end <= len(text) or text[start:end] != data["target"]:
        raise DataError(f"{where}: text[{start}:{end}] is not the target {data['target']!r}")
    if label not in (-1, 0, 1):
        raise DataError(f"{where}: label {label}; give -1, 0 or 1")
    id_ = str(data["id"])
    group = str(data.get("doc") or _document_of(id_))
    return Row(id_, text, data["target"], start, end, label, group)


def _document_of(id_: str) -> str:
    """Return what a row shares with the others of its article: the first three parts of an id like NewsMTSC's."""
    parts = id_.split("_")
    return "_".join(parts[:3]) if len(parts) > 4 else id_


def examples(rows: list[Row], resources: Resources) -> Iterator[Example]:
    """Make a candidate of each row: the target's mentions, other roster actors, cues.

    All mentions of the roster actor that the target names, or all repeats of a target that is a name, are masked too.
    """
    for row in rows:
        tokens = tokenize(row.text)
        sentence = Sentence(1, 1, 0, len(row.text), SentenceKind.BODY)
        found = find_mentions(tokens, [sentence], resources.roster, resources.context())
        mentions = found.mentions
        own = [mention for mention in mentions if mention.start < row.end and row.start < mention.end]
        actor = own[0].actor if own else ""
        targets = (
            [mention for mention in mentions if mention.actor == actor] if actor else _repeats(row, tokens)
        )
        if not any(mention.start < row.end and row.start < mention.end for mention in targets):
            targets.append(_mention(row, row.start, row.end))
        others = [
            mention
            for mention in mentions
            if all(mention.end <= target.start or target.end <= mention.start for target in targets)
        ]
        kind = resources.roster.actor(actor).kind if actor else ActorKind.PERSON
        spans = (*token_spans(tokens, targets), *found.forms)
        names = frozenset(token for first, last in spans for token in range(first, last + 1))
        cues = find_cues(tokens, [sentence], resources.lexicon.evaluative, resources.lexicon.modifying, names)
        own_mentions = tuple(sorted(targets, key=lambda mention: mention.start))
        candidate = Candidate(
            sentence, actor or row.target, kind, own_mentions, tuple(others),
            cues, 0, len(tokens), forms=found.forms, alone=True,
            names=find_names(tokens, [sentence], resources.countries),
        )  # fmt: skip
        prepared = Prepared(
            Article(row.id, row.text), (sentence,), tokens, (*own_mentions, *others), found.forms, (), cues, (candidate,),
            {**resources.roster.kinds, candidate.actor: kind},
        )  # fmt: skip
        yield Example(row.id, prepared, 0, row.label, row.group)


def _mention(row: Row, start: int, end: int) -> Mention:
    kind = MentionKind.PRONOUN if row.target.lower() in PRONOUNS else MentionKind.NAME
    return Mention(row.target, start, end, 1, kind)


def _repeats(row: Row, tokens: Tokens) -> list[Mention]:
    """Return every place where the target's words stand, if they are a name and no pronoun."""
    if row.target.lower() in PRONOUNS or not row.target[:1].isupper():
        return [_mention(row, row.start, row.end)]
    wanted = tokenize(row.target).lower
    found = []
    index = 0
    while index < len(tokens):
        if tokens.lower[index : index + len(wanted)] == wanted:
            found.append(_mention(row, tokens.starts[index], tokens.ends[index + len(wanted) - 1]))
            index += len(wanted)
        else:
            index += 1
    return found
