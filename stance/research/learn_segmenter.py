"""Learns the segmenter's parameters from unlabelled text and writes them to a plain JSON file.

``python -m stance.research.learn_segmenter TEXT... -o stance/language/punkt.json``, where a TEXT is a
``.txt`` file, a folder of such files, or JSONL with a field ``text``. nltk's ``PunktTrainer`` (Kiss &
Strunk 2006) finds abbreviations, collocations and sentence starters; filters and two word lists of our own
follow, because a statistic of a few thousand articles also brings up what happened once.
"""

import argparse
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from nltk.tokenize.punkt import PunktTrainer

from stance.errors import DataError
from stance.language.segment_parameters import SCHEMA
from stance.language.segment_words import FUNCTION, TITLES

_PLAIN_QUOTES: Final = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "—": " — ", "–": " – ", "…": "...", "\u200b": " "}
)
_PARTY: Final = re.compile(r"^[rdi]-")
_TYPE: Final = re.compile(r"[a-z]{1,5}|[a-z](?:\.[a-z]{1,2})+")
_WORD: Final = r"[^\W\d_][^\W\d_'’-]*(?:['’-][^\W\d_]+)*"
_OPENING: Final = re.compile(rf"(?:(?<=[a-z]{{4}}[.?!] )|(?<=[a-z]{{3}}\.[”\"] )|^)[\"“]?({_WORD})")
_INSIDE: Final = re.compile(rf"(?<=[a-z,] )({_WORD})")
_NATION: Final = re.compile(rf"\b(?:U\.S\.|U\.K\.|US|UK) ({_WORD})")
_PROSE_LENGTH: Final = 60
_MIN_ABBREVIATION: Final = 3
_MIN_OPENINGS: Final = 2
_MIN_SURE_OPENINGS: Final = 15
_MIN_NAME_OPENINGS: Final = 10
_LOWER_TO_CAPITAL: Final = 10
_INTERNAL_SHARE: Final = 0.3


def read_texts(paths: Iterable[Path]) -> Iterator[str]:
    """Reads plain texts and the ``text`` fields of JSONL files, folders in sorted order.

    Args:
        paths: Files and folders.

    Yields:
        One text a document.

    Raises:
        OSError: A file cannot be read.
        DataError: A line of a JSONL file is not an object with a string ``text``.
    """
    for path in paths:
        files = sorted(path.glob("*.txt")) if path.is_dir() else [path]
        for file in files:
            raw = file.read_bytes()
            if file.suffix != ".jsonl":
                yield _decode(raw)
                continue
            for number, line in enumerate(raw.decode("utf-8").splitlines(), start=1):
                row = json.loads(line)
                if not isinstance(row, dict) or not isinstance(row.get("text"), str):
                    raise DataError(f"{file}:{number}: no string field 'text'")
                yield row["text"]


def _decode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


class _Counts:
    """How often words open a sentence, stand inside one in lower case or capitalised, or follow a nation."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.opening: Counter[str] = Counter()
        self.lower: Counter[str] = Counter()
        self.capital: Counter[str] = Counter()
        self.nation: Counter[str] = Counter()
        for text in texts:
            for line in text.splitlines():
                # Headlines and captions capitalise what they like; only prose tells.
                if len(line) < _PROSE_LENGTH or line.rstrip()[-1:] not in '.!?"”':
                    continue
                self.opening.update(word for word in _OPENING.findall(line) if word[0].isupper())
                for word in _INSIDE.findall(line):
                    (self.lower if word[0].islower() else self.capital)[word.lower()] += 1
                self.nation.update(word.lower() for word in _NATION.findall(line) if word[0].isupper())
        opening: Counter[str] = Counter()
        for word, count in self.opening.items():
            opening[word.lower()] += count
        self.opening = opening

    def ordinary(self) -> list[str]:
        return sorted(
            word
            for word, count in self.opening.items()
            if count >= _MIN_OPENINGS and self.lower[word] >= _LOWER_TO_CAPITAL * max(self.capital[word], 0.2)
        )

    def starters(self, trained: Iterable[str]) -> list[str]:
        """Sentence starters, without what is as often capitalised inside a sentence (names, ``Second``)."""
        return sorted(word for word in trained if word.isalpha() and self.capital[word] <= self.opening[word])

    def opens(self, word: str) -> bool:
        """Whether a capital on this word after ``U.S.`` rather opens a sentence than goes on with a name."""
        count = self.opening[word]
        return count >= _MIN_SURE_OPENINGS and max(self.nation[word] * 5, self.capital[word]) * 2 <= count

    def names(self) -> list[str]:
        return sorted(
            word
            for word, count in self.opening.items()
            if count >= _MIN_NAME_OPENINGS
            and self.nation[word] * 10 <= count
            and self.lower[word] < count
            and len(word) > 1
            and word not in TITLES - {"mr", "mrs", "ms"}
        )


def _abbreviations(trained: Iterable[str], text: str) -> list[str]:
    """Keeps types that are short, frequent and followed by what goes on: a small letter, a figure."""
    candidates = {_PARTY.sub("", entry) for entry in trained}
    candidates = {entry for entry in candidates if _TYPE.fullmatch(entry)}
    total: Counter[str] = Counter()
    internal: Counter[str] = Counter()
    for match in re.finditer(
        r"(?<![\w.])([A-Za-z](?:\.[A-Za-z]{1,2})+|[A-Za-z]{1,5})\.(?=([,;:]?\s?)(\S))", text
    ):
        entry = match[1].lower()
        if entry in candidates:
            total[entry] += 1
            internal[entry] += bool(match[2].strip()) or match[3].islower() or match[3].isdigit()
    return sorted(
        entry
        for entry in candidates
        if total[entry] >= _MIN_ABBREVIATION
        and (
            entry in TITLES
            or len(entry) == 1
            or "." in entry
            or internal[entry] >= _INTERNAL_SHARE * total[entry]
        )
    )


def learn(texts: list[str]) -> dict[str, object]:
    """Learns parameters from texts.

    Args:
        texts: Documents; their order does not matter for the lists, only for the hash.

    Returns:
        What goes into the parameter file.
    """
    joined = "\n\n".join(texts).translate(_PLAIN_QUOTES)
    trainer = PunktTrainer()
    trainer.INCLUDE_ABBREV_COLLOCS = True
    # British pages write "Mr" without the stop, American ones with it: the penalty for both forms would
    # throw out every title.
    trainer.IGNORE_ABBREV_PENALTY = True
    trainer.train(joined, finalize=True)
    trained = trainer.get_params()
    counts = _Counts(texts)
    abbreviations = _abbreviations(trained.abbrev_types, joined)
    # A title or an initial never ends a sentence before a name, so what follows it need not be listed.
    kept = {entry for entry in abbreviations if entry not in TITLES and len(entry) > 1}
    collocations = {
        (first, second)
        for first, second in ((_PARTY.sub("", one), two.rstrip(".")) for one, two in trained.collocations)
        if first in kept and second.isalpha() and second not in FUNCTION and not counts.opens(second)
    }
    names = counts.names()
    collocations |= {
        ("u.s", word)
        for word, count in counts.nation.items()
        if count >= _MIN_OPENINGS and word.isalpha() and word not in FUNCTION and not counts.opens(word)
    }
    collocations -= {("u.s", name) for name in names}
    return {
        "schema": SCHEMA,
        "method": "nltk PunktTrainer (Kiss & Strunk 2006), filtered; see stance/research/learn_segmenter.py",
        "documents": len(texts),
        "sha256": hashlib.sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest(),
        "abbreviations": abbreviations,
        "collocations": sorted(f"{first} {second}" for first, second in collocations),
        "sentence_starters": counts.starters(trained.sent_starters),
        "ordinary_words": counts.ordinary(),
        "opening_names": names,
    }


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line; see the module's docstring.

    Args:
        arguments: The arguments; None for ``sys.argv``.

    Returns:
        The exit code.
    """
    parser = argparse.ArgumentParser(description="Learn the sentence segmenter's parameters.")
    parser.add_argument(
        "texts", nargs="+", type=Path, help="text files, folders of them, JSONL with a field text"
    )
    parser.add_argument("-o", "--output", required=True, type=Path)
    options = parser.parse_args(arguments)
    learned = learn(list(read_texts(options.texts)))
    options.output.write_text(json.dumps(learned, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sizes = ", ".join(f"{len(value)} {name}" for name, value in learned.items() if isinstance(value, list))
    sys.stderr.write(f"{options.output}: {sizes}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
