"""How a batch grows with workers and on a Dask cluster, in one run; read the ratios, since machines differ.

    python benchmark/scaling.py --data articles.jsonl

One worker, two workers and a Dask cluster of two take turns over the same articles, whole processes, after one warm-up each.
The file holds `{"text": ...}` a line. The extra `stance[dask]` must be installed.
"""

from __future__ import annotations

import argparse
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

from speed import write_articles

from stance.batch.cluster import process
from stance.batch.journal import Journal
from stance.batch.walk import Document, find_documents
from stance.batch.work import Outcome, Work, died, digest_of
from stance.export.csv import parents_of
from stance.resources import load_resources

ARCHIVE = 100_000_000
CORES = 1_000
BATCHES = 500  # that do nothing, to see what one costs
BATCH = 16  # articles, as `stance.batch.cluster` sends them where an article takes some ten milliseconds
LED = 5_000  # articles that take no time, to see what leading costs
SAMPLE = 50  # articles of which the packed rows are weighed


class Measured(NamedTuple):
    """What was measured: seconds and bytes.

    Attributes:
        article: Of a worker, for an article.
        led: Of the command's processor, for an article.
        per_batch: Of client, scheduler and workers together, for a batch that does nothing.
        rows: Bytes of CSV for an article.
        packed: Bytes in the journal for an article.
    """

    article: float
    led: float
    per_batch: float
    rows: float
    packed: float


class Ready(Work):
    """Work that takes no time, and gives as many bytes as an article's."""

    def __call__(self, document: Document) -> Outcome:
        """Return rows that nobody can pack any more."""
        return Outcome(
            os.urandom(self.max_chars), sentences=30, scores=20, digest=digest_of(document.data or b"")
        )


def race(commands: dict[str, list[str]], rounds: int) -> dict[str, float]:
    """Return the median wall time of each command, run in turns after one warm-up each."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name, command in commands.items():
            start = time.perf_counter()
            code = subprocess.run(command, check=False).returncode
            if code not in {0, 1}:  # 1: some documents failed
                raise SystemExit(f"{' '.join(command)}: exit code {code}")
            if turn:
                times[name].append(time.perf_counter() - start)
    return {name: statistics.median(taken) for name, taken in times.items()}


def serve() -> None:
    """Run a cluster of two worker processes until standard input ends."""
    from distributed import LocalCluster  # noqa: PLC0415 - an extra

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as running:
        print(running.scheduler_address, flush=True)
        sys.stdin.read()


@contextmanager
def cluster() -> Iterator[str]:
    """Run a cluster in a process of its own, so that what a client takes can be told from what a scheduler takes."""
    command = [sys.executable, __file__, "--serve"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None  # noqa: S101 - it is a pipe
        yield running.stdout.readline().strip()


def seconds_per_batch(address: str, size: int) -> float:
    """Return what a batch that does nothing takes client, scheduler and workers, a few under way at a time."""
    from distributed import Client, as_completed  # noqa: PLC0415 - an extra

    data = os.urandom(size)
    with Client(address) as client:
        start = time.perf_counter()
        waiting = [client.submit(len, data, key=f"nothing-{number}", pure=False) for number in range(8)]
        running = as_completed(waiting, with_results=True)
        for number, _ in enumerate(running, start=len(waiting)):
            if number < BATCHES:
                running.add(client.submit(len, data, key=f"nothing-{number}", pure=False))
        return (time.perf_counter() - start) / BATCHES


def lead(address: str, folder: Path, journal: Path) -> tuple[float, float]:
    """Return what an article costs the process that leads, and how many bytes its rows have in the journal.

    Args:
        address: Of the cluster.
        folder: Where articles are.
        journal: A file to write.
    """
    resources = load_resources()
    found = find_documents(folder)
    work = Work(resources, "csv", parents_of(resources.roster))
    packed = statistics.mean(len(work(document).data) for document in found[:SAMPLE])
    ready = Ready(resources, "csv", {}, max_chars=round(packed))
    documents = (
        Document(str(place), one.path, place=place) for place, one in enumerate(islice(cycle(found), LED))
    )
    with Journal(journal, resume=False) as kept:
        done = process(documents, ready, died, address)
        next(done)  # what starts once does not count
        start = time.process_time()
        for document, outcome in done:
            kept.put(document.place, document.id, outcome, "")
        return (time.process_time() - start) / LED, packed


def main() -> None:
    """Print the tables."""
    if "--serve" in sys.argv:
        serve()
        return
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work, cluster() as address:
        folder, single = Path(work) / "articles", Path(work) / "single"
        folder.mkdir()
        single.mkdir()
        articles = write_articles(options.data, folder, options.articles)
        write_articles(options.data, single, 1)
        output = Path(work) / "scores.csv"
        batch = [sys.executable, "-m", "stance", "batch", "--quiet", "-o", str(output)]
        ways = {
            "one worker": ["--workers", "1"],
            "two workers": ["--workers", "2"],
            "Dask, two workers": ["--dask", address],
        }
        starts = {f"start: {name}": [*batch, str(single), *way] for name, way in ways.items()}
        taken = race(
            {**starts, **{name: [*batch, str(folder), *way] for name, way in ways.items()}}, options.rounds
        )
        rows = output.stat().st_size / len(articles)
        text = statistics.mean(path.stat().st_size for path in articles)
        per_batch = seconds_per_batch(address, round(BATCH * text))
        led, packed = lead(address, folder, Path(work) / "journal")
    print(f"{len(articles)} articles of {text:,.0f} bytes, medians of {options.rounds} rounds\n")
    print("| way | seconds | of that start | documents/s | to one worker | to two workers |")
    print("|---|---|---|---|---|---|")
    # What starts once does not count: a batch of a million does not notice it.
    net = {name: taken[name] - taken[f"start: {name}"] for name in ways}
    for name in ways:
        speeds = f"{net['one worker'] / net[name]:.2f} | {net['two workers'] / net[name]:.2f}"
        start = taken[f"start: {name}"]
        print(f"| {name} | {taken[name]:.1f} | {start:.1f} | {len(articles) / net[name]:.0f} | {speeds} |")
    print_archive(Measured(net["one worker"] / len(articles), led, per_batch, rows, packed))


def print_archive(one: Measured) -> None:
    """Print what a hundred million articles take."""
    days = ARCHIVE * one.article / CORES / 86_400
    print(f"\n{ARCHIVE:,} articles, worked out from one run on this machine\n")
    print("| what | an article | all |")
    print("|---|---|---|")
    print(f"| a worker | {one.article * 1000:.1f} ms | {ARCHIVE * one.article / 3600:,.0f} core hours |")
    print(f"| {CORES:,} such workers | | {days:.2f} days ({days * 24:.1f} hours) |")
    print(
        f"| the command that leads | {one.led * 1000:.2f} ms | {ARCHIVE * one.led / 3600:,.0f} hours, if one led all |"
    )
    print(f"| CSV | {one.rows:,.0f} bytes | {one.rows * ARCHIVE / 1e12:.2f} TB |")
    print(f"| journal | {one.packed:,.0f} bytes | {one.packed * ARCHIVE / 1e12:.2f} TB |")
    share = one.per_batch / (BATCH * one.article)
    print(
        f"\nOne command keeps {one.article / one.led:,.0f} workers busy; {CORES:,} need "
        f"{math.ceil(CORES * one.led / one.article)} commands. A batch that does nothing takes "
        f"{one.per_batch * 1000:.1f} ms, {share:.1%} of what {BATCH} articles take a worker."
    )


if __name__ == "__main__":
    main()
