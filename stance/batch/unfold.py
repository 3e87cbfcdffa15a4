"""From the files of a folder to its documents: containers are unfolded, everything gets its number."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from stance.batch.walk import Document
from stance.batch.work import failure
from stance.errors import ReadError
from stance.export.csv import COLUMNS, FAILURE_COLUMNS
from stance.reading.containers import Columns, holds_many, unfold
from stance.reading.metadata import NOTHING
from stance.reading.tables import parquet_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from stance.batch.sidecar import Sidecar

_HEAD = list(COLUMNS[:5])
_OUTPUTS = (",".join(_HEAD).encode(), ",".join(FAILURE_COLUMNS).encode())
_ANALYSIS = b'{"schema":"stance.analysis/'


def documents_of(
    files: Iterable[Document], columns: Columns, sidecar: Sidecar | None = None
) -> Iterator[Document]:
    """Yield the documents of files, numbered in order; those in containers one by one.

    A document whose id another one had before is one with a problem: its rows could not be told apart. Scores that stance
    wrote into the folder are no documents.

    Args:
        files: As `find_documents` gives them.
        columns: Which columns of tables hold what.
        sidecar: What is known of documents beside their texts.
    """
    seen: set[str] = set()
    place = 0
    for file in files:
        for document in _inside(file, columns):
            if document.id in seen:
                problem = "another document has the same id"
                document = replace(  # noqa: PLW2901
                    document,
                    id=f"{document.id} ({place})",
                    problem=problem,
                    remedy="give each its own id",
                    item=None,
                )
            seen.add(document.id)
            given = sidecar.of(document.id) if sidecar else NOTHING
            yield replace(document, place=place, given=given)
            place += 1


def _inside(file: Document, columns: Columns) -> Iterator[Document]:
    path = Path(file.path)
    if file.problem or not path.is_file() or not holds_many(path):
        yield file
        return
    if _is_output(file):
        return
    empty = True
    try:
        for item in unfold(Path(file.path), file.path, columns):
            empty = False
            yield Document(f"{file.id}#{item.key}", file.path, item.problem, item.remedy, item=item)
    except ReadError as error:
        problem, _, remedy = str(error).removeprefix(f"{file.path}: ").partition("; ")
        yield replace(file, problem=problem, remedy=remedy)
    except Exception as error:  # noqa: BLE001, RUF100 - a bad file is a row, not an end
        row = failure(file.id, file.path, error)
        yield replace(file, problem=row.error, remedy=row.remedy)
    else:
        if empty:
            remedy = "check that the right file was given"
            yield replace(file, problem="no article is in this file", remedy=remedy)


def _is_output(file: Document) -> bool:
    """Whether a file is what stance wrote."""
    if file.path.lower().endswith(".parquet"):
        return parquet_columns(Path(file.path))[: len(_HEAD)] == _HEAD
    try:
        with Path(file.path).open("rb") as stream:
            return stream.read(200).startswith((*_OUTPUTS, _ANALYSIS))
    except OSError:
        return False
