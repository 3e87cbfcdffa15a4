"""Learns the tagger's lists and weights from tagged sentences and writes them to a plain JSON file.

``python -m stance.research.learn_tagger TAGGED -o stance/language/tagger.json``, where a line of TAGGED is a JSON pair of
words, as ``stance.language.words.tokenize`` makes them, and tags of the Penn Treebank (Marcus et al. 1993). The tags may be
another tagger's: what ships was learned from news tagged by Honnibal's averaged perceptron (2013, MIT licence), so the
figures that this prints say how well that tagger is followed, not how often it is right.
"""

import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from stance.errors import DataError
from stance.language.tagger import (
    MARK,
    NAME,
    NUMBER,
    Tagger,
    auxiliary_after,
    capitals_say_nothing,
    context,
    is_name,
    tagger_from_json,
)

CODES: Final = {
    **dict.fromkeys(("NN", "NNS"), "N"),
    **dict.fromkeys(("NNP", "NNPS"), NAME),
    **dict.fromkeys(("VB", "VBP"), "V"),
    "VBZ": "Z",
    "VBD": "D",
    "VBN": "B",
    "VBG": "G",
    "MD": "M",
    **dict.fromkeys(("JJ", "JJR", "JJS"), "J"),
    **dict.fromkeys(("RB", "RBR", "RBS"), "R"),
    **dict.fromkeys(("PRP", "EX"), "P"),
    "PRP$": "S",
    **dict.fromkeys(("DT", "PDT"), "T"),
    "IN": "I",
    "RP": "L",
    "CC": "C",
    "TO": "O",
    **dict.fromkeys(("WDT", "WP", "WP$"), "W"),
    "WRB": "Q",
    "CD": NUMBER,
    "POS": "A",
}
"""Codes of the tagger for tags of the Penn Treebank; marks have MARK, what is left has OTHER."""
OTHER: Final = "F"
EPOCHS: Final = 5
HELD: Final = 10  # one sentence in so many is measured on
MIN_COUNT: Final = 4  # of a word
MIN_SHARE: Final = 0.03  # of a word's uses that a code must have
MIN_FEATURE: Final = 20
LARGEST: Final = 50  # weights are whole numbers, the largest this
MOST_OPEN: Final = 4
SEED: Final = 1


class Tagged(NamedTuple):
    """A sentence with the code of each word."""

    words: list[str]
    surface: list[str]
    codes: list[str]


def read_tagged(path: Path) -> Iterator[Tagged]:
    """Read tagged sentences.

    Raises:
        DataError: A line is no pair of equally long lists of strings.
    """
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                surface, tags = json.loads(line)
                fine = len(surface) == len(tags) and all(isinstance(word, str) and word for word in surface)
            except (ValueError, TypeError):
                fine = False
            if not fine:
                raise DataError(f"{path}:{number}: no pair of words and tags")
            words = [word.lower().replace("’", "'") for word in surface]
            codes = [
                CODES.get(tag, OTHER) if word[0].isalnum() or word == "'s" else MARK
                for word, tag in zip(words, tags, strict=True)
            ]
            yield Tagged(words, surface, codes)


def learn(sentences: Sequence[Tagged]) -> dict[str, Any]:
    """Learn word lists and weights.

    Args:
        sentences: At least some thousands.

    Returns:
        The tagger as JSON values; see `stance.language.tagger.tagger_from_json`.
    """
    lists = _lists(sentences)
    tagger = tagger_from_json({**lists, "weights": {}})
    return {**lists, "weights": _weights(sentences, tagger)}


def _lists(sentences: Sequence[Tagged]) -> dict[str, Any]:
    words: dict[str, Counter[str]] = defaultdict(Counter)
    endings: dict[str, Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for word, surface, code in zip(*sentence, strict=True):
            # A name inside a sentence is known by its capital; here it would only hide the word's other codes.
            if word[0].isalpha() and not (code == NAME and surface[0].isupper()):
                words[word][code] += 1
    for word, counts in words.items():
        if sum(counts.values()) <= MIN_COUNT * 2:
            endings[word[-3:]].update(counts)
    known = {word: _open(counts) for word, counts in words.items() if sum(counts.values()) >= MIN_COUNT}
    ends = {ending: _open(counts) for ending, counts in endings.items() if sum(counts.values()) >= MIN_COUNT}
    return {"words": _by_codes(known), "endings": _by_codes(ends)}


def _open(counts: Counter[str]) -> str:
    total = sum(counts.values())
    codes = [
        code
        for code, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        if count >= MIN_SHARE * total
    ]
    return "".join(codes[:MOST_OPEN])


def _by_codes(found: dict[str, str]) -> dict[str, str]:
    groups: dict[str, list[str]] = defaultdict(list)
    for word, codes in sorted(found.items()):
        groups[codes].append(word)
    return {codes: " ".join(words) for codes, words in sorted(groups.items())}


def _weights(sentences: Sequence[Tagged], lists: Tagger) -> dict[str, dict[str, int]]:
    """Train the averaged perceptron (Collins 2002) on the words that the lists leave open."""
    totals: dict[tuple[str, str], float] = defaultdict(float)
    stamps: dict[tuple[str, str], int] = defaultdict(int)
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    seen: Counter[str] = Counter()
    step = 0
    order = list(range(len(sentences)))
    chance = random.Random(SEED)  # noqa: S311 - an order, no secret
    for epoch in range(EPOCHS):
        chance.shuffle(order)
        for number in order:
            for names, options, truth in _open_places(sentences[number], lists):
                if epoch == 0:
                    seen.update(names)
                step += 1
                guess = _best(weights, names, options)
                if guess == truth or truth not in options:
                    continue
                for name in names:
                    for code, change in ((truth, 1.0), (guess, -1.0)):
                        key = (name, code)
                        value = weights[name].get(code, 0.0)
                        totals[key] += (step - stamps[key]) * value
                        stamps[key] = step
                        weights[name][code] = value + change
    averaged: dict[str, dict[str, int]] = {}
    largest = 0.0
    means = {}
    for name, codes in weights.items():
        for code, value in codes.items():
            mean = (totals[name, code] + (step - stamps[name, code]) * value) / max(1, step)
            means[name, code] = mean
            largest = max(largest, abs(mean))
    for (name, code), mean in sorted(means.items()):
        rounded = round(mean * LARGEST / largest)
        if rounded and seen[name] >= MIN_FEATURE:
            averaged.setdefault(name, {})[code] = rounded
    return averaged


def _best(weights: dict[str, dict[str, float]], names: Sequence[str], options: str) -> str:
    scores = dict.fromkeys(options, 0.0)
    for name in names:
        for code, weight in weights.get(name, {}).items():
            if code in scores:
                scores[code] += weight
    return max(options, key=scores.__getitem__)


def _open_places(sentence: Tagged, lists: Tagger) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Yield the features, options and code of each word that the lists leave open, after the true codes before it."""
    words, surface, codes = sentence
    titled = capitals_say_nothing(surface, {})
    options = [lists.options(word) for word in words]
    before, last, auxiliary = MARK, MARK, "-"
    for place, word in enumerate(words):
        choice = options[place]
        named = is_name(word, surface[place], choice, first=last == MARK, titled=titled)
        if not named and len(choice) > 1:
            around = (words[place - 1] if place else "", words[place + 1] if place + 1 < len(words) else "")
            after = options[place + 1] if place + 1 < len(words) else MARK
            yield context(word, last, before, auxiliary, around, after), choice, codes[place]
        auxiliary = auxiliary_after(word, codes[place], auxiliary)
        before, last = last, codes[place]


def measure(tagger: Tagger, sentences: Sequence[Tagged]) -> dict[str, float]:
    """Return the share of words whose code is the given one: of all words, and of nouns and verbs among them."""
    right: Counter[str] = Counter()
    count: Counter[str] = Counter()
    for sentence in sentences:
        for found, code in zip(tagger.tag(sentence.words, sentence.surface, {}), sentence.codes, strict=True):
            kinds = ["all", code]
            for kind in kinds:
                count[kind] += 1
                right[kind] += found == code
    return {kind: right[kind] / count[kind] for kind in sorted(count)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn, measure on held-back sentences, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("tagged", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    chosen = parser.parse_args(arguments)
    sentences = list(read_tagged(chosen.tagged))
    learned = learn([one for number, one in enumerate(sentences) if number % HELD])
    figures = measure(tagger_from_json(learned), sentences[::HELD])
    sys.stderr.write(" ".join(f"{kind} {share:.3f}" for kind, share in figures.items()) + "\n")
    chosen.output.write_text(
        json.dumps(learned, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
