"""What a training reads: labelled rows, coded articles, unlabelled articles, each in the tokens of one encoder."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from stance.classify.windows import Encode
from stance.framing.prepared import Prepared
from stance.pipeline import prepare
from stance.reading.text import article_from_text
from stance.research.articles import CodedArticle, labelled, placed
from stance.research.cast import cast_of, widen
from stance.research.coded import is_coded_folder, is_codes_file, read_coded, read_codes
from stance.research.data import Example, examples, read_rows
from stance.research.neural.passages import Document, Target, document, labelled_documents
from stance.research.soft_labels import ALONE_OF_ARTICLE, ALONE_TOKENS
from stance.research.unlabelled import read_articles
from stance.resources import Resources, data_folder

UNKNOWN = Target((1 / 3, 1 / 3, 1 / 3))
ALONE = "alone/"
"""What the ids of sentences begin with that are read alone."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Prepared texts, before any tokenizer.

    Attributes:
        rows: Examples of lone sentences.
        coded: Coded articles as the pipeline prepares them.
        placed: The same with actors at the coders' places.
        further: Articles whose codes stand apart from their texts, at the coders' places; never measured on.
        unlabelled: Unlabelled articles, every other with a wider cast.
        cast: The roster entries of that cast.
    """

    rows: list[Example]
    coded: list[CodedArticle]
    placed: list[CodedArticle]
    further: list[CodedArticle]
    unlabelled: list[Prepared]
    cast: list[dict[str, Any]]


def read_texts(parts: Sequence[Path], unlabelled: Path | None, resources: Resources) -> Texts:
    """Read and prepare all data.

    Args:
        parts: JSONL files of labelled rows, folders of coded articles, files of codes of articles in `unlabelled`.
        unlabelled: JSONL of articles.
        resources: Lexicons and roster.

    Raises:
        UsageError: Codes without the articles that they belong to.
        DataError: A file breaks its format.
    """
    rows: list[Example] = []
    coded: list[CodedArticle] = []
    further: list[CodedArticle] = []
    for part in parts:
        if is_coded_folder(part):
            coded.extend(read_coded(part, resources))
        elif is_codes_file(part):
            further.extend(placed(article, resources) for article in read_codes(part, unlabelled, resources))
        else:
            rows.extend(examples(read_rows(part), resources))
    at_place = [placed(article, resources) for article in coded]
    taken = {article.id for article in further}
    cast: list[dict[str, Any]] = []
    texts: list[Prepared] = []
    if unlabelled:
        articles = [article for article in read_articles(unlabelled) if article.id not in taken]
        roster = data_folder("lexicons") / "roster.toml"
        cast = cast_of(roster, (text for _, text, _ in articles), resources.given_names)
        wide = replace(resources, roster=widen(roster, cast))
        for number, (id_, text, date) in enumerate(articles):
            article = article_from_text(text, id=id_, date=date)
            texts.append(prepare(article, wide if number % 2 else resources))
    return Texts(rows, coded, at_place, further, texts, cast)


@dataclass(frozen=True, slots=True)
class Material:
    """All texts in the tokens of one encoder.

    Attributes:
        rows: Lone sentences with labels.
        coded: Coded articles with labels, actors at the coders' places.
        found: The same articles as the pipeline sees them, for measuring from the text alone.
        further: Further coded articles, which are never measured on.
        unlabelled: Unlabelled articles.
        lone: Sentences of these, read alone.
    """

    rows: list[Document]
    coded: list[Document]
    found: list[Document]
    further: list[Document]
    unlabelled: list[Document]
    lone: list[Document]


def encode_texts(texts: Texts, encode: Encode) -> Material:
    """Turn all texts into tokens."""
    unlabelled = [_open(document(prepared, encode)) for prepared in texts.unlabelled]
    return Material(
        rows=list(labelled_documents(texts.rows, encode)),
        coded=_labelled(texts.placed, encode),
        found=[_open(document(article.prepared, encode)) for article in texts.coded],
        further=_labelled(texts.further, encode),
        unlabelled=unlabelled,
        lone=[one for whole in unlabelled for one in _alone(whole)],
    )


def _labelled(articles: Sequence[CodedArticle], encode: Encode) -> list[Document]:
    return [one for article in articles for one in labelled_documents(labelled(article), encode)]


def _open(one: Document) -> Document:
    """Give every candidate a target that says nothing, so that it is read off."""
    return replace(one, targets=dict.fromkeys(range(len(one.prepared.candidates)), UNKNOWN))


def _alone(whole: Document) -> Iterator[Document]:
    """Yield some sentences of an article as documents of their own, the same ones always."""
    concerned = {candidate.sentence.id - 1 for candidate in whole.prepared.candidates}
    fitting = [
        sentence
        for sentence in whole.sentences
        if sentence.place in concerned and ALONE_TOKENS[0] <= len(sentence.ids) <= ALONE_TOKENS[1]
    ]
    fitting.sort(key=lambda sentence: hashlib.sha256(f"{whole.id}/{sentence.place}".encode()).digest())
    for sentence in fitting[:ALONE_OF_ARTICLE]:
        yield replace(
            whole, id=f"{ALONE}{whole.id}/{sentence.place}", sentences=[sentence], written=[sentence]
        )
