"""A folder to one file of results, by workers here or on a cluster: what is done is kept, and the next run goes on."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from stance.batch import cluster
from stance.batch.connection import check_dask
from stance.batch.journal import Journal, journal_path
from stance.batch.outputs import Outputs, output_format
from stance.batch.pool import process
from stance.batch.sidecar import Sidecar, read_sidecar
from stance.batch.texts import open_text_folder
from stance.batch.unfold import documents_of
from stance.batch.walk import find_documents
from stance.batch.work import Outcome, Work, died, digest_of, digest_of_document
from stance.errors import OutputError, ReadError, UsageError
from stance.export.csv import parents_of
from stance.reading.containers import Columns
from stance.reading.text import read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from stance.batch.texts import TextFolder
    from stance.batch.walk import Document
    from stance.resources import Resources


@dataclass(frozen=True, slots=True)
class Job:
    """What to analyse and where to write it.

    Attributes:
        folder: Where the documents are.
        output: The file to write; its ending says the format.
        pattern: What the documents' names look like.
        source, date: Outlet and ISO 8601 date of all documents, empty if unknown.
        raw: Whether CSV keeps strings that a spreadsheet would run as a formula.
        workers: How many processes; one for each processor if 0.
        resume: Whether to go on with a run that did not end.
        timeout: Seconds after which a document is given up; no limit if 0.
        columns: Which columns of tables and JSON Lines hold what.
        dask: Address of a Dask scheduler whose cluster does the work; this machine's processes do it if empty.
        max_chars: Characters over which a document is not analysed; no limit but that of reading if 0.
        partition: Rows of each file of a Parquet folder; one file if 0.
        metadata: A table of what is known of documents beside their texts, as `read_sidecar` reads it.
        save_text: A folder to keep the texts in as they were read.
    """

    folder: Path
    output: Path
    pattern: str = ""
    source: str = ""
    date: str = ""
    raw: bool = False
    workers: int = 0
    resume: bool = False
    timeout: float = 0.0
    max_chars: int = 0
    partition: int = 0
    columns: Columns = field(default_factory=Columns)
    metadata: Path | None = None
    save_text: Path | None = None
    dask: str = ""


@dataclass(slots=True)
class State:
    """How far a batch is.

    Attributes:
        total: How many documents there are.
        done: How many of them are done, failures among them.
        failures: How many failed.
        kept: How many were done by an earlier run.
        changed: How many an earlier run had done, but of other bytes or with another instrument.
        current: The document that was done last.
    """

    total: int = 0
    done: int = 0
    failures: int = 0
    kept: int = 0
    changed: int = 0
    current: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of a batch; failed documents are not among `documents`, `unmatched` are rows of metadata of no document."""

    documents: int = 0
    sentences: int = 0
    scores: int = 0
    failures: int = 0
    remarks: int = 0
    kept: int = 0
    changed: int = 0
    unmatched: int = 0


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_batch(
    job: Job, resources: Resources, *, progress: Callable[[State], None] = lambda _: None
) -> Summary:
    """Analyse a folder and write results and failures, in the order of the documents' ids.

    The same documents and resources give the same bytes with any number of workers, here or on a cluster, and whatever
    interrupted a run that was resumed.

    Args:
        job: What to analyse.
        resources: Lexicons, roster and classifier.
        progress: Called before the first document and after each.

    Returns:
        Counts.

    Raises:
        UsageError: The output's ending says no format, the folder is none, no document was found, the journal of an
            earlier run is there and is not to be resumed, or there is no such cluster.
        StanceError: The cluster was lost; what was done is in the journal.
        DataError: The table of metadata cannot be used.
        OutputError: A file cannot be written. Results and failures are then as they were before; what was done is in
            the journal.
    """
    outputs = Outputs(job.output, output_format(job.output, job.partition), job.partition)
    check_cluster(job)
    journal_file = journal_path(job.output)
    sidecar = read_sidecar(job.metadata) if job.metadata else Sidecar()
    own = (*outputs.paths(), *_parts(journal_file), *filter(None, (job.metadata,)))
    files = find_documents(job.folder, job.pattern, leave_out=own)
    if not files:
        what = f"no file matches {job.pattern}" if job.pattern else "no file of a kind that stance reads"
        raise UsageError(f"{job.folder}: {what}; give another --pattern")
    outputs.check()
    texts = open_text_folder(job.save_text, job.folder) if job.save_text else None
    work = Work(
        resources,
        outputs.form,
        parents_of(resources.roster),
        job.source,
        job.date,
        job.raw,
        job.max_chars,
        texts,
    )
    with Journal(journal_file, resume=job.resume) as journal:
        state = State(total=len(files))
        progress(state)
        instrument = _instrument(work)
        todo = _still_to_do(documents_of(files, job.columns, sidecar), journal, instrument, state, texts)
        for document, outcome in _outcomes(job, todo, work):
            if outcome.broken:
                raise OutputError(outcome.broken)
            journal.put(document.place, document.id, outcome, instrument)
            state.done += 1
            state.failures += outcome.failure is not None
            state.current = document.id
            progress(state)
        journal.commit()
        outputs.assemble(journal)
        totals = journal.totals()
        journal.remove()
    return Summary(
        totals.documents,
        totals.sentences,
        totals.scores,
        totals.failures,
        totals.remarks,
        state.kept,
        state.changed,
        sidecar.unmatched,
    )


def check_cluster(job: Job) -> None:
    """Check what is asked of a cluster.

    Raises:
        UsageError: It is something that only this machine's workers can do, or Dask is not installed.
    """
    if not job.dask:
        return
    if job.workers:
        raise UsageError("--workers does not go with --dask: the cluster has its own workers; leave it out")
    if job.timeout:
        raise UsageError(
            "--timeout needs local workers: one of a cluster cannot be stopped over a document; give --max-chars instead"
        )
    if job.save_text:
        raise UsageError(
            "--save-text needs local workers: those of a cluster would write where they are; leave it out"
        )
    check_dask()


def _outcomes(job: Job, documents: Iterator[Document], work: Work) -> Iterator[tuple[Document, Outcome]]:
    """Yield documents with their outcomes as they come, from wherever the work is done."""
    if job.dask:
        return cluster.process(documents, work, died, job.dask)
    workers = job.workers or processors()
    return process(documents, work, died, min(workers, 512), timeout=job.timeout)


def _parts(journal: Path) -> Sequence[Path]:
    return journal, journal.with_name(f"{journal.name}-wal"), journal.with_name(f"{journal.name}-shm")


def _instrument(work: Work) -> str:
    """Return what a document's rows depend on beside its bytes."""
    parts = (
        *asdict(work.resources.instrument).values(),
        work.resources.min_confidence,
        work.form,
        work.source,
        work.date,
        work.raw,
        work.max_chars,
        # A run that kept its texts elsewhere, or nowhere, has not done what this one is to do.
        *((work.texts.path,) if work.texts else ()),
    )
    return digest_of(repr(parts).encode("utf-8", "surrogatepass"))


def _still_to_do(
    documents: Iterable[Document], journal: Journal, instrument: str, state: State, texts: TextFolder | None
) -> Iterator[Document]:
    """Yield the documents of which no earlier run has the rows that this one would write."""
    for document in documents:
        # How many documents a container has is known when it has been read.
        state.total = max(state.total, document.place + 1)
        known = journal.known(document.id)
        if known is not None:
            if known.instrument != instrument or known.digest != _digest(document):
                state.changed += 1
            elif texts is None or texts.has(document.id):
                journal.keep(document.place, document.id)
                state.kept += 1
                state.done += 1
                continue
        yield document


def _digest(document: Document) -> str:
    if document.problem:
        return ""
    try:
        return digest_of_document(document, b"" if document.item else read_bytes(Path(document.path)))
    except ReadError:
        return ""  # it will be a failure, and say why
