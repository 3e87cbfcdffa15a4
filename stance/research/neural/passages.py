"""Training passages: windows of articles and lone rows, each candidate with the probabilities to learn."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from stance.classify.slots import sentence_parts
from stance.classify.windows import (
    NUMBERS,
    Encode,
    Encoded,
    Vocabulary,
    by_sentence,
    encode_article,
    passages,
    plan,
)
from stance.framing.prepared import Prepared
from stance.records import MentionKind
from stance.research.data import SURE, Example, Probabilities
from stance.research.neural.logits import candidate_key

# What a coder's choice says of the truth: who is sure errs rarely, and who hesitates between polar and neutral
# hesitates at that border, hardly ever at the other end.
_SURE = 0.95
_ARGUABLE = 0.75
_ACROSS = 0.03
_BESIDE = (0.14, 0.11)
# Share of words hidden in training, so that a hidden word is nothing new when evidence is sought.
MASKED = 0.05
AS_WRITTEN = 0.4  # share of passages in which pronouns stay as written: analysis does not resolve them all


class Target(NamedTuple):
    """What to learn of a candidate; `weight` counts it more or less than others."""

    probabilities: Probabilities
    weight: float = 1.0


class Item(NamedTuple):
    """What is read off a passage for one candidate: a key, positions of its slots, its sentence, what to learn."""

    key: str
    marks: tuple[int, ...]
    first: int
    last: int
    target: Target


class TrainingPassage(NamedTuple):
    """A sequence of token ids and its items."""

    ids: list[int]
    items: list[Item]


@dataclass(frozen=True, slots=True)
class Document:
    """A text in tokens, and what is known of its candidates.

    Attributes:
        group: For cross-validation.
        sentences: With all mentions as slots; `written`: with pronouns left as they are.
        targets: By place among the candidates.
    """

    id: str
    group: str
    prepared: Prepared
    sentences: list[Encoded]
    written: list[Encoded]
    targets: dict[int, Target] = field(default_factory=dict)

    def key(self, candidate: int) -> str:
        """Name a candidate across documents."""
        return candidate_key(self.id, self.prepared.candidates[candidate])


def coded_probabilities(label: int, confidence: int = SURE) -> Probabilities:
    """Return what a code says of the truth, as probabilities of negative, neutral and positive."""
    if confidence >= SURE:
        rest = (1 - _SURE) / 2
        return (
            _SURE if label < 0 else rest,
            _SURE if label == 0 else rest,
            _SURE if label > 0 else rest,
        )
    if label == 0:
        return (_BESIDE[0], _ARGUABLE, _BESIDE[1])
    near, far = 1 - _ARGUABLE - _ACROSS, _ACROSS
    return (_ARGUABLE, near, far) if label < 0 else (far, near, _ARGUABLE)


def document(
    prepared: Prepared, encode: Encode, group: str = "", targets: Mapping[int, Target] | None = None
) -> Document:
    """Turn a prepared text into tokens."""
    pronouns = frozenset(mention for mention in prepared.mentions if mention.kind is MentionKind.PRONOUN)
    sentences = encode_article(prepared, encode)
    written = encode_article(prepared, encode, sentence_parts(prepared, pronouns)) if pronouns else sentences
    id_ = prepared.article.id
    return Document(id_, group or id_, prepared, sentences, written, dict(targets or {}))


def labelled_documents(found: Iterable[Example], encode: Encode) -> Iterator[Document]:
    """Turn labelled examples into documents; those that follow each other in one text become one."""
    last: Document | None = None
    for example in found:
        if last is None or last.prepared is not example.prepared:
            if last is not None:
                yield last
            last = document(example.prepared, encode, example.group)
        target = Target(coded_probabilities(example.label, example.confidence))
        last.targets[example.number] = target
    if last is not None:
        yield last


class Layout(NamedTuple):
    """How articles are cut: most tokens of a window's own sentences, and of what precedes them."""

    body: int
    context: int


def make_passages(
    documents: Iterable[Document],
    vocabulary: Vocabulary,
    layout: Layout,
    chance: random.Random | None = None,
) -> list[TrainingPassage]:
    """Cut documents into passages.

    Args:
        documents: What to cut; candidates without a target are not read off.
        vocabulary: Ids of what is no word.
        layout: How to cut.
        chance: For training: varies the cuts, the numbers of slots and whether pronouns are slots. None for prediction.
    """
    found = []
    for one in documents:
        numbers = list(range(NUMBERS))
        first, sentences = 0, one.sentences
        if chance is not None:
            chance.shuffle(numbers)
            first = layout.body - chance.randrange(layout.body // 2)
            sentences = one.written if chance.random() < AS_WRITTEN else one.sentences
        wanted = by_sentence(one.prepared.candidates)
        for window in plan(sentences, wanted, layout.body, layout.context, first):
            for passage in passages(window, one.prepared.kinds, wanted, vocabulary, numbers):
                items = [
                    Item(one.key(reading.candidate), reading.marks, reading.first, reading.last, target)
                    for reading in passage.readings
                    if (target := one.targets.get(reading.candidate)) is not None
                ]
                if items:
                    ids = passage.ids if chance is None else _hide(passage.ids, vocabulary, chance)
                    found.append(TrainingPassage(ids, items))
    return found


def _hide(ids: Sequence[int], vocabulary: Vocabulary, chance: random.Random) -> list[int]:
    """Replace some words by the masking token; slots and what is no word stay."""
    fixed = (vocabulary.first, vocabulary.separator)
    return [
        vocabulary.mask if id_ < vocabulary.slots and id_ not in fixed and chance.random() < MASKED else id_
        for id_ in ids
    ]


def batches(
    found: Sequence[TrainingPassage], tokens: int, chance: random.Random | None = None
) -> list[list[TrainingPassage]]:
    """Group passages of like length.

    Args:
        found: The passages.
        tokens: Most tokens of a batch, padding counted; a longer passage is a batch of its own.
        chance: Shuffles them; None keeps an order by length.
    """
    noise = [chance.random() * 16 if chance else 0.0 for _ in found]
    order = sorted(range(len(found)), key=lambda place: len(found[place].ids) + noise[place])
    groups: list[list[TrainingPassage]] = []
    longest = 0
    for place in order:
        longest = max(longest, len(found[place].ids))
        if not groups or (len(groups[-1]) + 1) * longest > tokens:
            groups.append([])
            longest = len(found[place].ids)
        groups[-1].append(found[place])
    if chance:
        chance.shuffle(groups)
    return groups
