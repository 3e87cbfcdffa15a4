"""Speed beside baselines, whole processes, in one run; read the ratios, since machines differ.

    python benchmark/speed.py --data FOLDER

Commands take turns, so that a machine that slows down slows all of them. FOLDER holds `unlabelled/articles.jsonl`.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

BARE_TYPER = """
import typer
app = typer.Typer()
@app.command()
def main(name: str = "x") -> None:
    print(name)
app()
"""

PUNKT_AND_VADER = """
import csv, pathlib, sys
from nltk.tokenize.punkt import PunktSentenceTokenizer
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
punkt, vader = PunktSentenceTokenizer(), SentimentIntensityAnalyzer()
with open(sys.argv[2], "w", newline="", encoding="utf-8") as out:
    rows = csv.writer(out)
    for path in sorted(pathlib.Path(sys.argv[1]).glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        for start, end in punkt.span_tokenize(text):
            rows.writerow([path.name, start, end, vader.polarity_scores(text[start:end])["compound"]])
"""


def seconds(command: Sequence[str]) -> float:
    """Return the wall time of a command that must succeed."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def race(commands: dict[str, Sequence[str]], runs: int) -> dict[str, float]:
    """Return the median wall time of each command, run in turns after one warm-up each."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name, command in commands.items():
            taken = seconds(command)
            if turn:
                times[name].append(taken)
    return {name: statistics.median(taken) for name, taken in times.items()}


def write_articles(source: Path, folder: Path, count: int) -> list[Path]:
    """Write the first articles of a JSONL file as text files."""
    written = []
    with source.open(encoding="utf-8") as lines:
        for number, line in zip(range(count), lines, strict=False):
            path = folder / f"{number:05}.txt"
            path.write_text(json.loads(line)["text"], encoding="utf-8")
            written.append(path)
    return written


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    python = sys.executable
    stance = str(Path(python).with_name("stance"))
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "articles"
        folder.mkdir()
        articles = write_articles(options.data / "unlabelled" / "articles.jsonl", folder, options.articles)
        bare = Path(work) / "bare.py"
        bare.write_text(BARE_TYPER, encoding="utf-8")
        peers = Path(work) / "peers.py"
        peers.write_text(PUNKT_AND_VADER, encoding="utf-8")
        cold = race(
            {
                "python -c pass": [python, "-c", "pass"],
                "bare typer --help": [python, str(bare), "--help"],
                "stance --help": [stance, "--help"],
                "one article as a report": [stance, "analyze", str(articles[0])],
                "one article as JSON": [stance, "analyze", "--format", "json", str(articles[0])],
            },
            options.runs,
        )
        print("Cold start (medians)\n")
        nothing, typer = cold["python -c pass"], cold["bare typer --help"]
        for name, taken in cold.items():
            print(
                f"{name:32}{taken * 1000:8.0f} ms {taken / nothing:7.1f} x python {taken / typer:7.2f} x bare typer"
            )
        out = str(Path(work) / "out.csv")
        batches = race(
            {
                "Punkt and VADER": [python, str(peers), str(folder), str(Path(work) / "peers.csv")],
                "stance batch --workers 1": [
                    stance,
                    "batch",
                    str(folder),
                    "-o",
                    out,
                    "--workers",
                    "1",
                    "--quiet",
                ],
                "stance batch --workers 2": [
                    stance,
                    "batch",
                    str(folder),
                    "-o",
                    out,
                    "--workers",
                    "2",
                    "--quiet",
                ],
            },
            max(3, options.runs // 2),
        )
        print(f"\nBatch of {len(articles)} articles (medians, whole process)\n")
        baseline = batches["Punkt and VADER"]
        for name, taken in batches.items():
            rate = f"{len(articles) / taken:9.0f} articles/s"
            print(f"{name:32}{taken:8.2f} s {rate} {baseline / taken:7.2f} x the speed of Punkt and VADER")


if __name__ == "__main__":
    main()
