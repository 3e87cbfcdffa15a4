"""One document of a batch: read, analysed, made into bytes; or the reason why not."""

from __future__ import annotations

import hashlib
import os
import traceback
import zlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from stance.errors import OutputError, ReadError, StanceError
from stance.export.csv import csv_bytes, score_rows, summary_rows
from stance.export.json import analysis_json
from stance.pipeline import analyze
from stance.reading.formats import Extracted, read_document
from stance.reading.metadata import METADATA, Metadata
from stance.reading.text import article_from_extracted, read_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stance.batch.texts import TextFolder
    from stance.batch.walk import Document
    from stance.reading.containers import Item
    from stance.records import Analysis, Article
    from stance.resources import Resources

Format = Literal["csv", "jsonl", "parquet", "sqlite"]

ENDED = "every worker of the cluster that tried it ended"  # a cluster does not say of what
_LEVEL = 1  # of compression: rows are full of repetition, and the first level finds most of it


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a document has no result: a row of the failures file."""

    id: str
    path: str
    error: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a document.

    Attributes:
        data: Its rows as they stand in the output, packed with zlib: workers have time for it, the one who leads has not.
        summaries: The rows of its summaries, packed; those of JSON Lines are in `data`.
        sentences, scores: How many it has.
        remarks: Whether the reading had something to remark.
        failure: Why there is no result, if there is none.
        digest: SHA-256 of its bytes; empty if they could not be read.
        broken: Why nothing that comes after it can be done either; empty if all is well.
    """

    data: bytes = b""
    summaries: bytes = b""
    sentences: int = 0
    scores: int = 0
    remarks: bool = False
    failure: Failure | None = None
    digest: str = ""
    broken: str = ""


def digest_of(data: bytes) -> str:
    """Return by what a document's bytes are known again."""
    return hashlib.sha256(data).hexdigest()


def failure(id: str, path: str, error: Exception, name: str = "") -> Failure:  # noqa: A002
    """Return why a document failed, parted into what is wrong and what to do; `name` is that inside of a container."""
    if isinstance(error, StanceError):
        problem, _, remedy = str(error).removeprefix(f"{name or path}: ").partition("; ")
        return Failure(id, path, problem, remedy)
    if isinstance(error, MemoryError):
        return Failure(id, path, "not enough memory for this document", "split it or give fewer --workers")
    text = " ".join(str(error).split())[:200]
    reason = f"unforeseen {type(error).__name__}" + (f": {text}" if text else "")
    return Failure(
        id, path, reason, "please report this with the document; STANCE_DEBUG=1 shows where it happened"
    )


def serialize(analysis: Analysis, form: Format, parents: Mapping[str, str], *, raw: bool = False) -> bytes:
    """Return an analysis as lines of a CSV or JSON Lines file; what is typed later is raw CSV on the way."""
    if form == "jsonl":
        return analysis_json(analysis)
    return csv_bytes(score_rows(analysis, parents), raw=raw or form != "csv")


def serialize_summaries(
    analysis: Analysis, form: Format, parents: Mapping[str, str], *, raw: bool = False
) -> bytes:
    """Return the summaries of an analysis as lines of CSV; JSON Lines have them in the analysis."""
    return b"" if form == "jsonl" else csv_bytes(summary_rows(analysis, parents), raw=raw or form != "csv")


@dataclass(frozen=True, slots=True)
class Work:
    """What a worker does with a document. It never raises: whatever goes wrong becomes a failure."""

    resources: Resources
    form: Format
    parents: dict[str, str]
    source: str = ""
    date: str = ""
    raw: bool = False
    max_chars: int = 0  # no limit
    texts: TextFolder | None = None

    def __call__(self, document: Document) -> Outcome:
        """Read, analyse and serialise one document."""
        if document.problem:
            return Outcome(failure=Failure(document.id, document.path, document.problem, document.remedy))
        digest, name = "", document.item.name if document.item else ""
        try:
            data = document.data
            if data is None:
                data = b"" if document.item else read_bytes(Path(document.path))
            digest = digest_of_document(document, data)
            article = self._article(document, data)
            if 0 < self.max_chars < len(article.text):
                raise ReadError(
                    f"{name or document.path}: {len(article.text):,} characters, over the limit of {self.max_chars:,}; "
                    "give a larger --max-chars or split it"
                )
            analysis = analyze(article, self.resources)
            if self.texts:
                self.texts.save(document.id, article.text)
            return Outcome(
                zlib.compress(serialize(analysis, self.form, self.parents, raw=self.raw), _LEVEL),
                zlib.compress(serialize_summaries(analysis, self.form, self.parents, raw=self.raw), _LEVEL),
                len(analysis.sentences),
                len(analysis.scores),
                bool(article.notes),
                digest=digest,
            )
        except OutputError as error:
            return Outcome(
                failure=failure(document.id, document.path, error), digest=digest, broken=str(error)
            )
        except Exception as error:  # noqa: BLE001, RUF100 - a bad document is a row, not an end
            if os.environ.get("STANCE_DEBUG") and not isinstance(error, StanceError):
                traceback.print_exc()
            return Outcome(failure=failure(document.id, document.path, error, name), digest=digest)

    def _article(self, document: Document, data: bytes) -> Article:
        item = document.item
        given = document.given.over(Metadata(source=self.source, date=self.date))
        if item is None:
            found = read_document(data, document.path)
        else:
            given = given.over(Metadata.of(item))
            found = (
                Extracted(item.text) if item.text is not None else read_document(item.data or b"", item.name)
            )
        return article_from_extracted(found, id=document.id, path=document.path, given=given)


def digest_of_document(document: Document, data: bytes) -> str:
    """Return by what a document is known again: its bytes, or all that a container has of it; and what was given of it.

    Args:
        document: The document.
        data: The bytes of its file; not looked at if it stands in a container.
    """
    item = document.item
    found = digest_of(data) if item is None else _digest_of_item(item)
    if not document.given:
        return found
    return digest_of(f"{found} {document.given!r}".encode("utf-8", "surrogatepass"))


def _digest_of_item(item: Item) -> str:
    parts = (item.text, item.data, item.name, *(getattr(item, name) for name in METADATA))
    return digest_of(repr(parts).encode("utf-8", "surrogatepass"))


def with_data(document: Document) -> Document:
    """Return a document with the bytes of its file, or with the reason why they cannot be read; the words are `Work`'s."""
    if document.problem or document.item:
        return document
    try:
        return replace(document, data=read_bytes(Path(document.path)))
    except Exception as error:  # noqa: BLE001, RUF100 - a bad document is a row, not an end
        found = failure(document.id, document.path, error)
        return replace(document, problem=found.error, remedy=found.remedy)


def died(document: Document, cause: str) -> Outcome:
    """Return the outcome of a document whose worker died over it, again and again, or was too slow."""
    remedy = "most often memory ran out: give fewer --workers or split the document"
    if cause.startswith("it took longer"):
        remedy = "give a larger --timeout or split the document"
    elif cause.startswith(ENDED):
        remedy = "most often memory ran out: give the cluster's workers more, or split the document"
    return Outcome(failure=Failure(document.id, document.path, cause, remedy))
