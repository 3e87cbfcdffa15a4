"""Scores read back from a file that `stance batch` or `stance analyze` wrote: CSV, JSON Lines, Parquet, SQLite."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from stance.errors import ReadError, UsageError
from stance.export.csv import restore

_LARGEST_CELL = 64 * 1024 * 1024
NEEDED = ("doc_id", "actor", "sentence_id", "sentence", "label")
_BATCH = 10_000  # rows of Parquet in memory at a time


class ScoreRow(NamedTuple):
    """A row of scores: what is always needed, and all columns by name as text.

    Attributes:
        place: Where it stands, for messages.
    """

    doc: str
    actor: str
    sentence_id: str
    sentence: str
    label: str
    mention: str
    columns: Mapping[str, str]
    place: str


def read_scores(path: Path, *, abstained: bool = False) -> Iterator[ScoreRow]:
    """Yield the rows of a file of scores, in order.

    Args:
        path: `.csv`, `.jsonl`, `.parquet` or `.sqlite`.
        abstained: Whether to yield scores that abstained, too.

    Raises:
        UsageError: The ending is none of these.
        ReadError: The file cannot be read, or is no file of scores; the message names it, and the line where there is one.
    """
    readers = {".csv": _csv, ".jsonl": _json_lines, ".parquet": _parquet, ".sqlite": _sqlite}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise UsageError(f"{path}: give scores as {', '.join(readers)}")
    if not path.is_file():
        raise ReadError(f"{path}: no such file; scores come from `stance batch FOLDER -o {path.name}`")
    try:
        for place, columns in reader(path):
            if abstained or columns.get("abstained", "false") not in {"true", "1"}:
                yield _row(columns, place)
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"{path}: cannot be read ({error})") from None


def _row(columns: Mapping[str, str], place: str) -> ScoreRow:
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise ReadError(f"{place}: no row of scores; it lacks {', '.join(missing)}")
    return ScoreRow(
        columns["doc_id"],
        columns["actor"],
        columns["sentence_id"],
        columns["sentence"],
        columns["label"],
        columns.get("mention", ""),
        columns,
        place,
    )


def _csv(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    csv.field_size_limit(_LARGEST_CELL)
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, strict=True)
        try:
            if not set(NEEDED) <= set(rows.fieldnames or ()):
                missing = ", ".join(name for name in NEEDED if name not in (rows.fieldnames or ()))
                raise ReadError(f"{path}: no file of scores; its header lacks {missing}")
            for row in rows:
                place = f"{path}:{rows.line_num}"
                if None in row or None in row.values():
                    raise ReadError(f"{place}: another number of cells than the header has")
                yield place, {name: restore(cell) for name, cell in row.items()}
        except csv.Error as error:
            raise ReadError(f"{path}:{rows.line_num}: no CSV ({error})") from None


def _json_lines(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            place = f"{path}:{number}"
            if not line.strip():
                continue
            try:
                analysis = json.loads(line)
                yield from ((place, row) for row in _of_analysis(analysis))
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
                raise ReadError(f"{place}: no analysis; see docs/schema/analysis.schema.json") from None


def _of_analysis(analysis: Mapping[str, Any]) -> list[dict[str, str]]:
    article = analysis["article"]
    text = str(article["text"])
    sentences = {item["id"]: item for item in analysis["sentences"]}
    mentions: dict[tuple[int, str], str] = {}
    for item in analysis["mentions"]:
        key = item["sentence"], item["actor"]
        words = text[item["start"] : item["end"]]
        # The plainest, as in the other formats: the longest, the earliest among equals.
        if len(words) > len(mentions.get(key, "")):
            mentions[key] = words
    rows = []
    for score in analysis["scores"]:
        sentence = sentences[score["sentence"]]
        plain = {key: _as_text(value) for key, value in score.items() if not isinstance(value, (dict, list))}
        rows.append(
            {
                **{key: str(article[key]) for key in ("path", "source", "date", "title")},
                **plain,
                **{axis: str(value) for axis, value in score["portrayal"].items()},
                "doc_id": str(article["id"]),
                "sentence_id": str(score["sentence"]),
                "sentence": text[sentence["start"] : sentence["end"]],
                "kind": str(sentence["kind"]),
                "mention": mentions.get((score["sentence"], score["actor"]), ""),
                "issues": ";".join(score["issues"]),
            }
        )
    return rows


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _parquet(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError:
        raise UsageError(f"{path}: Parquet needs pyarrow; pip install 'stance[parquet]'") from None
    number = 0
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(_BATCH):
                for row in batch.to_pylist():
                    number += 1
                    yield f"{path}, row {number}", {name: _as_text(value) for name, value in row.items()}
    except pa.ArrowException as error:
        raise ReadError(f"{path}: no Parquet file ({str(error)[:100]})") from None


def _sqlite(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    try:
        # As immutable, nothing is written beside it.
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            cursor = database.execute("SELECT * FROM scores ORDER BY rowid")
            names = [column[0] for column in cursor.description]
            for number, values in enumerate(cursor, start=1):
                yield f"{path}, row {number}", _named(names, values)
    except sqlite3.Error as error:
        raise ReadError(f"{path}: no database of scores ({error})") from None


def _named(names: Sequence[str], values: Sequence[Any]) -> dict[str, str]:
    return {name: _as_text(value) for name, value in zip(names, values, strict=True)}
