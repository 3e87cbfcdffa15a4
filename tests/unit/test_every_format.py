"""A study as it comes: every format, fifty broken files among them, two workers, killed and resumed."""

from __future__ import annotations

import csv
import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import zstandard
from test_containers import archive, warc
from test_feeds import ATOM, ENTRY, OTHER, rss
from test_formats import page, pdf, word
from test_news import NITF, item, message

ROOT = Path(__file__).parents[2]
TEXT = b"Obama lied about Russia. Trump praised Moscow, and the US was betrayed.\n" * 3
BROKEN = 50


def rows(count: int) -> bytes:
    made = (
        {"id": str(number), "text": f"Obama lied to {number} people. Trump won."} for number in range(count)
    )
    return "".join(json.dumps(row) + "\n" for row in made).encode()


def table(delimiter: str) -> bytes:
    lines = [
        delimiter.join(("id", "text")),
        *(delimiter.join((name, "Obama lied to Russia.")) for name in "ab"),
    ]
    return "\n".join(lines).encode()


def sound() -> dict[str, bytes]:
    """A file of each format, packed ones among them."""
    return {
        "a.txt": TEXT, "a.txt.gz": gzip.compress(TEXT), "a.txt.zst": zstandard.compress(TEXT),
        "a.html": page(), "a.html.gz": gzip.compress(page()), "a.pdf": pdf(), "a.docx": word(),
        "a.csv": table(","), "a.tsv": table("\t"), "many.jsonl": rows(300), "a.jsonl.gz": gzip.compress(rows(3)),
        "a.jsonl.zst": zstandard.compress(rows(3)), "a.ndjson": rows(2),
        "a.warc": warc(("https://paper.example/1", page().decode())),
        "a.warc.gz": gzip.compress(warc(("https://paper.example/2", page().decode()))),
        "a.zip": archive(one_txt=TEXT, two_html=page()), "a.rss": rss(ENTRY, OTHER), "a.atom": ATOM,
        "feed.xml": rss(ENTRY), "nitf.xml": NITF.encode(), "item.xml": item().encode(),
        "message.xml": message(item(guid="x"), item(guid="y")),
    }  # fmt: skip


def broken() -> dict[str, bytes]:
    """Fifty files that cannot be read: cut off, empty, noise, locked, of another kind than they say."""
    chance = random.Random(7)
    good = [(name, data) for name, data in sound().items() if not name.endswith(".txt")]
    made = {
        "empty.txt": b"", "space.txt": b" \n", "binary.txt": bytes(range(256)) * 50, "locked.pdf": pdf(lock="x"),
        "image.pdf": pdf(("",)), "bad.xml": b"<a><b></a>",
    }  # fmt: skip
    while len(made) < BROKEN:
        name, data = chance.choice(good)
        kind = len(made) % 3
        spoiled = (chance.randbytes(400), b"", data[: len(data) // 3])[kind]
        # Two thirds of lines and of plain marks may still be read.
        if kind == 2 and name.endswith(
            (".csv", ".tsv", ".jsonl", ".ndjson", ".html", ".rss", ".atom", "gz", "zst")
        ):
            continue
        made[f"broken-{len(made)}-{name}"] = spoiled
    return made


def start(folder: Path, output: str, *more: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "stance", "batch", "in", "-o", output, "--classifier", "lexicon", "--workers", "2",
         *more],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip


def written(folder: Path, name: str) -> list[bytes]:
    return [(folder / f"{name}.{end}").read_bytes() for end in ("csv", "summaries.csv", "failures.csv")]


@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")
def test_killed_and_resumed_it_gives_what_an_undisturbed_run_gives(tmp_path):
    files = {**sound(), **broken()}
    (tmp_path / "in" / "deep").mkdir(parents=True)
    for number, (name, data) in enumerate(files.items()):
        (tmp_path / "in" / ("deep" if number % 2 else "") / name).write_bytes(data)

    whole = start(tmp_path, "whole.csv")
    said = whole.communicate(timeout=120)[1].decode()
    assert whole.returncode == 1, said
    assert "Traceback" not in said

    # A different moment each time; where the run had ended before, it is begun anew.
    for delay in (0.6, 0.9, 1.2):
        resumed = ["--resume"] if (tmp_path / "cut.csv.journal").exists() else []
        run = start(tmp_path, "cut.csv", *resumed)
        time.sleep(delay)
        os.killpg(run.pid, signal.SIGKILL)
        run.communicate(timeout=30)
    run = start(tmp_path, "cut.csv", "--resume")
    run.communicate(timeout=120)
    assert run.returncode == 1
    assert written(tmp_path, "cut") == written(tmp_path, "whole")

    with (tmp_path / "whole.failures.csv").open(encoding="utf-8", newline="") as lines:
        failures = list(csv.DictReader(lines))
    failed = {Path(row["doc_id"].partition("#")[0]).name for row in failures}
    assert {name for name in broken() if name not in failed} == set()
    assert all(row["error"] and row["remedy"] for row in failures)
    # An entry of the feed that only has a picture is no article, nor is what has no text.
    assert failed - broken().keys() <= {"a.atom"}
    with (tmp_path / "whole.csv").open(encoding="utf-8", newline="") as lines:
        read = {Path(row["doc_id"].partition("#")[0]).name for row in csv.DictReader(lines)}
    assert read == set(sound())
