"""What a run has done, kept on disk while it runs: whatever ends it, the next run goes on from there.

A SQLite file beside the output, committed every few documents. Each document is there with the hash of its bytes, with the
instrument that judged it, and with its rows as they will stand in the output, or with its failure. The output is put
together from it at the end, in the order of the input. The file is locked as long as a run has it.
"""

from __future__ import annotations

import contextlib
import sqlite3
import time
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from stance.batch.work import Failure, Outcome
from stance.errors import OutputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

_SCHEMA = 2
_EVERY_DOCUMENTS = 50  # between commits: a commit costs more than analysing an article
_EVERY_SECONDS = 2.0
_BATCH = 200

_TABLES = """
CREATE TABLE about (schema INTEGER NOT NULL);
CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    place INTEGER NOT NULL,
    digest TEXT NOT NULL,
    instrument TEXT NOT NULL,
    data BLOB,
    summaries BLOB,
    sentences INTEGER NOT NULL DEFAULT 0,
    scores INTEGER NOT NULL DEFAULT 0,
    remarks INTEGER NOT NULL DEFAULT 0,
    path TEXT NOT NULL DEFAULT '',
    error TEXT NOT NULL DEFAULT '',
    remedy TEXT NOT NULL DEFAULT ''
);
"""


class Known(NamedTuple):
    """What an earlier run has of a document."""

    digest: str
    instrument: str


class Totals(NamedTuple):
    """What the documents of a run come to."""

    documents: int
    failures: int
    sentences: int
    scores: int
    remarks: int


def journal_path(output: Path) -> Path:
    """Return where the journal of a run is kept: `scores.csv.journal` beside `scores.csv`."""
    return output.with_name(f"{output.name}.journal")


class Journal:
    """The journal of a run; used in a `with` block, which commits what is done even if it ends by an error.

    Args:
        path: Its file.
        resume: Whether to go on with a run that an earlier journal has.

    Raises:
        UsageError: An earlier run did not end and is not to be resumed, another run has the journal, or the file is
            none that this stance can go on with.
        OutputError: It cannot be written.
    """

    def __init__(self, path: Path, *, resume: bool) -> None:
        self._path = path
        self._pending = 0
        self._committed = time.monotonic()
        try:
            self._base = sqlite3.connect(path, isolation_level=None, timeout=0.2)
            try:
                self._open(resume=resume)
            except BaseException:
                self._base.close()
                raise
        except sqlite3.Error as error:
            raise self._error(error) from None

    def _open(self, *, resume: bool) -> None:
        self._base.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._base.execute("PRAGMA journal_mode = WAL")
        self._base.execute("PRAGMA synchronous = NORMAL")
        self._base.execute("BEGIN EXCLUSIVE")
        tables = {name for (name,) in self._base.execute("SELECT name FROM sqlite_master")}
        if "documents" not in tables:
            if tables:
                raise UsageError(
                    f"{self._path}: no journal of stance; choose another --output or move this file"
                )
            for statement in _TABLES.strip().split(";\n"):
                self._base.execute(statement)
            self._base.execute("INSERT INTO about VALUES (?)", (_SCHEMA,))
        elif not resume:
            (done,) = self._base.execute("SELECT count(*) FROM documents").fetchone()
            raise UsageError(
                f"{self._path}: an earlier run did not end, {done:,} documents are done; "
                "give --resume to go on with it, or delete this file to begin anew"
            )
        else:
            (schema,) = self._base.execute("SELECT schema FROM about").fetchone()
            if schema != _SCHEMA:
                raise UsageError(
                    f"{self._path}: the journal of another version of stance ({schema}, this one has {_SCHEMA}); "
                    "go on with that version, or delete this file to begin anew"
                )
        # Documents that are no longer there are not in the output.
        self._base.execute("UPDATE documents SET place = -1")
        self._base.execute("COMMIT")
        self._base.execute("BEGIN")

    def known(self, id: str) -> Known | None:  # noqa: A002
        """Return what an earlier run has of a document; failures are not kept, they are tried again."""
        row = self._run(
            "SELECT digest, instrument FROM documents WHERE id = ? AND data IS NOT NULL", (_storable(id),)
        ).fetchone()
        return Known(*row) if row else None

    def _run(self, statement: str, values: tuple[Any, ...] = ()) -> sqlite3.Cursor:
        try:
            return self._base.execute(statement, values)
        except sqlite3.Error as error:
            raise self._error(error) from None

    def keep(self, place: int, id: str) -> None:  # noqa: A002
        """Take over what an earlier run has of a document, at its place in this run's input."""
        self._run("UPDATE documents SET place = ? WHERE id = ?", (place, _storable(id)))
        self._tick()

    def put(self, place: int, id: str, outcome: Outcome, instrument: str) -> None:  # noqa: A002
        """Note what came of a document.

        Raises:
            OutputError: The disk is full or failed.
        """
        failure = outcome.failure or Failure(id, "", "", "")
        row = (
            _storable(id),
            place,
            outcome.digest,
            instrument,
            None if outcome.failure else outcome.data,
            None if outcome.failure else outcome.summaries,
            outcome.sentences,
            outcome.scores,
            outcome.remarks,
            _storable(failure.path),
            _storable(failure.error),
            _storable(failure.remedy),
        )
        self._run("INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        self._tick()

    def _tick(self) -> None:
        self._pending += 1
        now = time.monotonic()
        if self._pending >= _EVERY_DOCUMENTS or now - self._committed >= _EVERY_SECONDS:
            self.commit()
            self._committed = now

    def commit(self) -> None:
        """Make sure that what was noted is on disk.

        Raises:
            OutputError: The disk is full or failed.
        """
        self._run("COMMIT")
        self._run("BEGIN")
        self._pending = 0

    def totals(self) -> Totals:
        """Return what the documents of this run come to."""
        row = self._run(
            "SELECT count(data), count(*) - count(data), total(sentences), total(scores), total(remarks) "
            "FROM documents WHERE place >= 0"
        ).fetchone()
        return Totals(*(int(value) for value in row))

    def results(self) -> Iterator[bytes]:
        """Yield the rows of each document, in the order of the input."""
        return self._unpacked("data")

    def summaries(self) -> Iterator[bytes]:
        """Yield the rows of each document's summaries, in the order of the input."""
        return self._unpacked("summaries")

    def _unpacked(self, column: str) -> Iterator[bytes]:
        for (data,) in self._rows(column, "data IS NOT NULL"):
            try:
                yield zlib.decompress(data)
            except zlib.error as error:
                raise UsageError(f"{self._path}: damaged ({error}); delete it to begin anew") from None

    def failures(self) -> Iterator[Failure]:
        """Yield the failures, in the order of the input."""
        for row in self._rows("id, path, error, remedy", "data IS NULL"):
            yield Failure(*(_restored(value) for value in row))

    def _rows(self, columns: str, condition: str) -> Iterator[tuple[Any, ...]]:
        query = f"SELECT {columns} FROM documents WHERE place >= 0 AND {condition} ORDER BY place"  # noqa: S608
        try:
            self._base.execute("CREATE INDEX IF NOT EXISTS by_place ON documents (place)")
            cursor = self._base.execute(query)
            while rows := cursor.fetchmany(_BATCH):
                yield from rows
        except sqlite3.Error as error:
            raise self._error(error) from None

    def close(self) -> None:
        """Commit and let go of the file, which goes if there is nothing in it."""
        empty = False
        with contextlib.suppress(sqlite3.Error):
            (empty,) = self._base.execute("SELECT NOT EXISTS (SELECT 1 FROM documents)").fetchone()
            self._base.execute("COMMIT")
        with contextlib.suppress(sqlite3.Error):
            self._base.close()
        if empty:
            self._delete()

    def remove(self) -> None:
        """Close and delete the file: the run has ended, its output is in its place."""
        self.close()
        self._delete()

    def _delete(self) -> None:
        for path in (self._path, *(self._path.with_name(self._path.name + end) for end in ("-wal", "-shm"))):
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)

    def _error(self, error: Exception) -> OutputError | UsageError:
        text = str(error)
        if "locked" in text:
            return UsageError(
                f"{self._path}: another run is writing this output; wait for it, or choose another --output"
            )
        if "full" in text:
            return OutputError(f"{self._path}: no space left on the disk; free some, then give --resume")
        if "open" in text or "readonly" in text:
            return OutputError(
                f"{self._path}: cannot be made or written there; check the folder and its mode, or choose another --output"
            )
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
            return UsageError(f"{self._path}: damaged, or no journal ({text}); delete it to begin anew")
        return OutputError(f"{self._path}: cannot be written ({text}); check the disk, then give --resume")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _storable(text: str) -> str:
    """Return a text that SQLite takes: names that are no UTF-8 hold lone surrogates, which it refuses."""
    return text.encode("utf-8", "surrogatepass").decode("latin-1")


def _restored(text: str) -> str:
    return text.encode("latin-1").decode("utf-8", "surrogatepass")
