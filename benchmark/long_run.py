"""Memory over a long run: a batch over thousands of documents, the resident memory of the run and of each worker.

    python benchmark/long_run.py --data FOLDER [--documents 20000] [--workers 2]

FOLDER holds `unlabelled/articles.jsonl`; its articles are repeated, each with a line of its own. Linux only: memory is read
from /proc. A worker's memory holds what it shares with the run, which loaded the lexicons before it began.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

from stance.batch.local import Job, State, run_batch
from stance.resources import load_resources

SAMPLES = 20
SETTLED = 0.1  # of the documents, after which memory has to be flat


def resident(process: int) -> float:
    """Return a process's resident memory in MB."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def children() -> list[int]:
    """Return the ids of this process's children."""
    own = os.getpid()
    return [int(one) for one in Path(f"/proc/{own}/task/{own}/children").read_text().split()]


def write_articles(source: Path, target: Path, count: int) -> None:
    """Write so many articles as JSON Lines, no two the same."""
    with source.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    with target.open("w", encoding="utf-8") as out:
        for number, text in enumerate(islice(cycle(texts), count)):
            row = {"id": f"{number:06}", "text": f"{text}\n\nThis was number {number}."}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def main() -> None:
    """Print memory as the run goes on, and how it grew."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--classifier", default="linear")
    options = parser.parse_args()
    every = max(1, options.documents // SAMPLES)
    samples: list[tuple[int, float, float]] = []
    began = time.monotonic()

    def look(state: State) -> None:
        if state.done % every == 0 and state.done:
            workers = max(map(resident, children()), default=0.0)
            samples.append((state.done, resident(os.getpid()), workers))
            rate = state.done / (time.monotonic() - began)
            run, worker = samples[-1][1:]
            print(
                f"{state.done:8,} documents  run {run:6.1f} MB  largest worker {worker:6.1f} MB  {rate:6.1f} documents/s",
                flush=True,
            )

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        write_articles(
            options.data / "unlabelled" / "articles.jsonl", folder / "in" / "many.jsonl", options.documents
        )
        job = Job(folder / "in", folder / "scores.csv", workers=options.workers)
        summary = run_batch(job, load_resources(classifier=options.classifier), progress=look)
        size = sum(path.stat().st_size for path in folder.glob("scores*"))
    settled = [one for one in samples if one[0] >= SETTLED * options.documents]
    print(f"\n{summary.documents:,} documents, {summary.scores:,} scores, {size / 1e6:.0f} MB written")
    for place, who in ((1, "run"), (2, "largest worker")):
        first, last = settled[0][place], max(one[place] for one in settled)
        print(
            f"{who}: {first:.1f} MB at {settled[0][0]:,} documents, {last:.1f} MB at most after, {last / first - 1:+.1%}"
        )


if __name__ == "__main__":
    main()
