"""Accuracy and speed of the sentence segmenter beside nltk's Punkt, untrained and with our parameters.

``python benchmark/segmentation.py [--data FOLDER] [--errors NAME] [--hostile]``: the folder holds
``golden_rules.jsonl``, ``pragmatic_spec.jsonl``, ``gum_train.jsonl`` and ``ewt_dev.jsonl`` with rows
``{"id", "text", "sentences", "spans"?}``. *Exact* counts rows whose list of sentences is equal; F1 is of
sentence ends, the offsets of the last character that is not white space, pooled over documents. Punkt,
which does not look at blank lines, is given one paragraph at a time.
"""

import argparse
import json
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

from stance.language.segment import SegmenterParameters, load_parameters, segment

Spans = list[tuple[int, int]]
Segmenter = Callable[[str], Spans]
EXACT = ("golden_rules", "pragmatic_spec")
ENDS = ("gum_train", "ewt_dev")
# Kiss & Strunk's flags: seen in lower case inside a sentence, in upper case at its start.
_LOWER_AND_OPENING = 32 | 2
_PARAGRAPH = re.compile(r"\S(?:(?!\n\s*\n)[\s\S])*")
_HOSTILE = {
    "a. ": "a. ",
    "!?": "!?",
    '"': '"',
    "(": "(",
    "...": "...",
    "A.": "A.",
    "digits": "7",
    "newlines": "\n",
    "one word": "x",
    "nested quotes": "“‘\"'",
    "names": "Trump Putin ",
    "pronouns": "he She ",
    "spaces": " ",
    ". . .": ". ",
    'A."': 'Stop."A',
    "lines": "a b\n",
    "1) 2)": "1) a 2) b ",
    "? Name": '"Why?" Trump ',
    "U.S. ": "U.S. Trump ",
    "a.B": "week.The",
}


def punkt(parameters: SegmenterParameters | None) -> Segmenter:
    """Builds Punkt, untrained or with the learned lists.

    Args:
        parameters: The lists; None for an untrained Punkt.

    Returns:
        A function from text to spans.
    """
    learned = PunktParameters()
    if parameters is not None:
        learned.abbrev_types = set(parameters.abbreviations)
        learned.collocations = set(parameters.collocations)
        learned.sent_starters = set(parameters.sentence_starters)
        learned.ortho_context = defaultdict(int, dict.fromkeys(parameters.ordinary_words, _LOWER_AND_OPENING))
    tokenizer = PunktSentenceTokenizer(learned)

    def spans(text: str) -> Spans:
        found: Spans = []
        for paragraph in _PARAGRAPH.finditer(text):
            begin = paragraph.start()
            found += [(begin + start, begin + end) for start, end in tokenizer.span_tokenize(paragraph[0])]
        return found

    return spans


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Reads the rows of a JSONL file, and places the sentences of those without spans by searching for them.

    Args:
        path: The file.

    Returns:
        The rows, each with ``spans``.

    Raises:
        OSError: The file cannot be read.
        ValueError: A sentence does not occur in its text.
    """
    rows: list[dict[str, Any]] = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for row in rows:
        if row.get("spans"):
            continue
        at, row["spans"] = 0, []
        for sentence in row["sentences"]:
            at = row["text"].index(sentence, at)
            row["spans"].append((at, at + len(sentence)))
            at += len(sentence)
    return rows


def strings(text: str, spans: Spans) -> list[str]:
    """The sentences as stripped strings."""
    return [stripped for start, end in spans if (stripped := text[start:end].strip())]


def ends(text: str, spans: Spans) -> set[int]:
    """The offsets of the last characters that are not white space."""
    return {start + len(text[start:end].rstrip()) for start, end in spans if text[start:end].strip()}


def exact(segmenter: Segmenter, rows: list[dict[str, Any]]) -> int:
    """Counts the rows whose sentences are found exactly."""
    return sum(
        strings(row["text"], segmenter(row["text"])) == [sentence.strip() for sentence in row["sentences"]]
        for row in rows
    )


def end_f1(segmenter: Segmenter, rows: list[dict[str, Any]]) -> tuple[float, float, float]:
    """Precision, recall and F1 of sentence ends, pooled."""
    right = found = gold = 0
    for row in rows:
        predicted, expected = ends(row["text"], segmenter(row["text"])), ends(row["text"], row["spans"])
        right += len(predicted & expected)
        found += len(predicted)
        gold += len(expected)
    precision, recall = right / max(found, 1), right / max(gold, 1)
    return precision, recall, 2 * right / max(found + gold, 1)


def speed(segmenter: Segmenter, texts: list[str], repeats: int = 3) -> float:
    """Millions of characters a second, the best of some runs."""
    best = float("inf")
    for _ in range(repeats):
        begin = time.perf_counter()
        for text in texts:
            segmenter(text)
        best = min(best, time.perf_counter() - begin)
    return sum(map(len, texts)) / best / 1e6


def show_errors(segmenter: Segmenter, rows: list[dict[str, Any]]) -> None:
    """Prints every end that is missing (-) or too many (+), with what stands around it."""
    for row in rows:
        text = row["text"]
        predicted, expected = ends(text, segmenter(text)), ends(text, row["spans"])
        for offset in sorted(predicted ^ expected):
            sign = "+" if offset in predicted else "-"
            left, right = text[max(0, offset - 60) : offset], text[offset : offset + 40]
            print(f"{sign} {row['id']}: {left!r} | {right!r}")


def show_hostile(segmenter: Segmenter) -> None:
    """Prints the seconds that hostile shapes take at 10 KB, 100 KB and 1 MB."""
    print(f"\n{'shape':15}{'10 KB':>9}{'100 KB':>9}{'1 MB':>9}{'ratio':>8}")
    for name, shape in _HOSTILE.items():
        taken = []
        for size in (10_000, 100_000, 1_000_000):
            text = (shape * (size // len(shape) + 1))[:size]
            runs = []
            for _ in range(3):
                begin = time.perf_counter()
                segmenter(text)
                runs.append(time.perf_counter() - begin)
            taken.append(min(runs))
        print(f"{name:15}" + "".join(f"{seconds:9.4f}" for seconds in taken) + f"{taken[2] / taken[1]:8.1f}")


def main(arguments: list[str] | None = None) -> int:
    """Prints one table: ours, untrained Punkt, Punkt with our parameters.

    Args:
        arguments: Command line; None for ``sys.argv``.

    Returns:
        The exit code: 2 where the data folder is missing.
    """
    repository = Path(__file__).resolve().parent.parent
    parser = argparse.ArgumentParser(description="Measure the sentence segmenter.")
    parser.add_argument("--data", type=Path, default=repository.parent / "shared" / "data" / "segmentation")
    parser.add_argument("--errors", choices=(*EXACT, *ENDS), help="print the errors of ours on one file")
    parser.add_argument("--hostile", action="store_true", help="print the times of hostile shapes")
    options = parser.parse_args(arguments)
    if not options.data.is_dir():
        print(f"{options.data}: no such folder; say where the data is with --data", file=sys.stderr)
        return 2
    if options.errors:
        show_errors(segment, read_rows(options.data / f"{options.errors}.jsonl"))
        return 0
    rows = {name: read_rows(options.data / f"{name}.jsonl") for name in (*EXACT, *ENDS)}
    columns = {"ours": segment, "Punkt": punkt(None), "Punkt + ours": punkt(load_parameters())}
    print(f"{'':34}" + "".join(f"{name:>27}" for name in columns))
    for name in EXACT:
        label = f"{name}, exact of {len(rows[name])}"
        print(f"{label:34}" + "".join(f"{exact(segmenter, rows[name]):27}" for segmenter in columns.values()))
    for name in ENDS:
        cells = [
            "{:.4f} / {:.4f} / {:.4f}".format(*end_f1(segmenter, rows[name]))
            for segmenter in columns.values()
        ]
        print(f"{name + ', ends P / R / F1':34}" + "".join(f"{cell:>27}" for cell in cells))
    texts = [row["text"] for name in ENDS for row in rows[name]]
    print(
        f"{'million characters a second':34}" + "".join(f"{speed(s, texts):27.1f}" for s in columns.values())
    )
    if options.hostile:
        show_hostile(segment)
    return 0


if __name__ == "__main__":
    sys.exit(main())
