"""Learned parameters of the segmenter: a frozen record and the plain file it is read from."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from stance.errors import ModelError

DEFAULT_FILE: Final = Path(__file__).with_name("punkt.json")
SCHEMA: Final = "stance.segmenter/1"
_LISTS: Final = ("abbreviations", "sentence_starters", "ordinary_words", "opening_names")


@dataclass(frozen=True, slots=True)
class SegmenterParameters:
    """What unlabelled text taught about abbreviations and sentence starts; all entries are lower-case.

    The method is Kiss & Strunk (2006), "Unsupervised Multilingual Sentence Boundary Detection",
    Computational Linguistics 32(4), as nltk's ``PunktTrainer`` implements it; their orthographic heuristic
    is learned as two lists of words with counts behind them, because every word of a newspaper stands
    capitalised in some headline.

    Attributes:
        abbreviations: Types that end in a full stop because they are abbreviations, without it (``u.s``).
        collocations: Pairs (abbreviation, next word) that hang together across the stop: ``u.s senate``.
        sentence_starters: Words that stand after a sentence end far more often than chance.
        ordinary_words: Words that open sentences and are hardly ever capitalised inside one.
        opening_names: Names that open sentences and do not follow a country's abbreviation as part of a name.
    """

    abbreviations: frozenset[str] = frozenset()
    collocations: frozenset[tuple[str, str]] = frozenset()
    sentence_starters: frozenset[str] = frozenset()
    ordinary_words: frozenset[str] = frozenset()
    opening_names: frozenset[str] = frozenset()


@lru_cache(maxsize=8)
def load_parameters(path: Path | None = None) -> SegmenterParameters:
    """Reads learned parameters; the result is cached per path.

    Args:
        path: A file that ``stance.research.learn_segmenter`` wrote; None for the one that ships with stance.

    Returns:
        The parameters.

    Raises:
        OSError: The file cannot be read.
        ModelError: It is not JSON of schema ``stance.segmenter/1``, or an entry has the wrong type; the
            message names the file and the field.
    """
    source = DEFAULT_FILE if path is None else path
    try:
        data = json.loads(source.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise ModelError(f"{source}: not a JSON file: {error}") from error
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise ModelError(f"{source}: schema is not {SCHEMA!r}")
    lists = {name: _strings(source, name, data.get(name)) for name in _LISTS}
    pairs = [tuple(pair.split(" ")) for pair in _strings(source, "collocations", data.get("collocations"))]
    if any(len(pair) != 2 for pair in pairs):
        raise ModelError(f"{source}: collocations: an entry is not two words")
    return SegmenterParameters(collocations=frozenset((pair[0], pair[1]) for pair in pairs), **lists)


def _strings(source: Path, name: str, value: object) -> frozenset[str]:
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise ModelError(f"{source}: {name}: not a list of strings")
    return frozenset(value)
