"""Soft labels: a classifier's probabilities for unlabelled articles, for another to learn (Hinton et al. 2015)."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from stance.classify.interface import Classifier
from stance.classify.neural import NeuralClassifier
from stance.errors import DataError, RosterError
from stance.export.files import write_whole
from stance.framing.prepared import Prepared
from stance.pipeline import prepare
from stance.reading.text import article_from_text
from stance.records import Candidate
from stance.research.cast import widen
from stance.research.data import Example, Probabilities
from stance.research.populations import Population
from stance.research.unlabelled import read_articles
from stance.resources import Resources, data_folder, load_resources

EVERY = 200  # articles between two lines of progress
ALONE_TOKENS = (8, 100)  # a sentence is judged alone if it has so many tokens
ALONE_OF_ARTICLE = 9  # sentences of an article that are also judged alone


@dataclass(frozen=True, slots=True)
class SoftExample:
    """A candidate and the probabilities to learn; `alone` if its sentence was judged without its article."""

    example: Example
    probabilities: Probabilities
    alone: bool = False


def write_soft_labels(
    texts: Path,
    output: Path,
    classifier: str,
    roster: Path | None = None,
    progress: Callable[[str], None] = lambda _: None,
    *,
    alone: bool = False,
) -> int:
    """Judge unlabelled articles and write a row for each candidate.

    Args:
        texts: JSONL of articles.
        output: JSONL to write: `{"doc", "start", "end", "actor", "p_negative", "p_neutral", "p_positive"}`; sentences that
            were judged without their article also have `"alone": true`.
        classifier: `linear`, `neural`, `lexicon` or a model folder.
        roster: A roster of one's own.
        progress: Called with a line now and then.
        alone: Whether some sentences of each article are also judged without it, for lone sentences to be learned from.

    Returns:
        How many rows were written.

    Raises:
        DataError: A line is no article.
        OutputError: The file cannot be written.
    """
    resources = load_resources(classifier=classifier, roster=roster)
    rows: list[str] = []
    for number, (id_, text, date) in enumerate(read_articles(texts), start=1):
        prepared = prepare(article_from_text(text, id=id_, date=date), resources)
        said = _probabilities(resources.classifier, prepared)
        for candidate, probabilities in zip(prepared.candidates, said, strict=True):
            rows.append(soft_row(candidate, id_, probabilities))
        if alone:
            rows.extend(_rows_alone(prepared, resources))
        if number % EVERY == 0:
            progress(f"{number} articles judged")
    write_whole(output, "".join(f"{row}\n" for row in rows).encode("utf-8", "surrogatepass"))
    return len(rows)


def _rows_alone(prepared: Prepared, resources: Resources) -> Iterator[str]:
    """Judge some sentences of an article as if there were no article around them."""
    article = prepared.article
    spans = {
        (candidate.sentence.start, candidate.sentence.end): None
        for candidate in prepared.candidates
        if ALONE_TOKENS[0] <= candidate.last - candidate.first <= ALONE_TOKENS[1]
    }
    places = list(spans)
    for start, end in places[:: -(-len(places) // ALONE_OF_ARTICLE) or 1]:
        lone = prepare(
            article_from_text(article.text[start:end], id=article.id, date=article.date), resources
        )
        if len(lone.sentences) != 1:
            continue
        here = {one.actor for one in prepared.candidates if one.sentence.start == start}
        for candidate, said in zip(lone.candidates, _probabilities(resources.classifier, lone), strict=True):
            if candidate.actor in here:
                yield soft_row(
                    replace(candidate, sentence=replace(candidate.sentence, start=start, end=end)),
                    article.id,
                    said,
                    alone=True,
                )


def _probabilities(classifier: Classifier, prepared: Prepared) -> list[Probabilities]:
    """Return a classifier's probabilities for each candidate; an encoder's evidence costs most of its time."""
    if isinstance(classifier, NeuralClassifier):
        return classifier.probabilities(prepared)
    return [(one.negative, one.neutral, one.positive) for one in classifier.judge(prepared)]


@dataclass(frozen=True, slots=True)
class SoftLabels:
    """A file of soft labels.

    Attributes:
        cast: Roster entries beside the roster's own, for documents in which more actors were judged.
        wide: These documents.
        said: Probabilities by document, start of the sentence, actor, and whether the sentence was read alone.
    """

    cast: list[dict[str, Any]]
    wide: frozenset[str]
    said: dict[tuple[str, int, str, bool], Probabilities]


def read_soft_labels(path: Path) -> SoftLabels:
    """Read soft labels.

    Raises:
        DataError: The file cannot be read, or a line is no soft label; the message names it.
    """
    said: dict[tuple[str, int, str, bool], Probabilities] = {}
    cast: list[dict[str, Any]] = []
    wide: set[str] = set()
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                try:
                    row = json.loads(line)
                    if number == 1 and "cast" in row:
                        cast, wide = list(row["cast"]), {str(name) for name in row["wide"]}
                        continue
                    key, values = _soft_label(row)
                except (ValueError, TypeError, KeyError, RecursionError):
                    raise DataError(
                        f"{path}:{number}: no soft label; expected doc, start, actor and three probabilities of sum 1"
                    ) from None
                said[key] = values
    except FileNotFoundError:
        raise DataError(f"{path}: no such file; check the path") from None
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read as JSON Lines ({error})") from None
    return SoftLabels(cast, frozenset(wide), said)


def _soft_label(row: Any) -> tuple[tuple[str, int, str, bool], Probabilities]:
    values = (float(row["p_negative"]), float(row["p_neutral"]), float(row["p_positive"]))
    if not all(0 <= value <= 1 for value in values) or not math.isclose(sum(values), 1, abs_tol=0.01):
        raise ValueError("no probabilities")
    return (str(row["doc"]), int(row["start"]), str(row["actor"]), bool(row.get("alone"))), values


def soft_row(candidate: Candidate, doc: str, probabilities: Sequence[float], *, alone: bool = False) -> str:
    """Return the line of a candidate's soft label."""
    row: dict[str, Any] = {
        "doc": doc,
        "start": candidate.sentence.start,
        "end": candidate.sentence.end,
        "actor": candidate.actor,
        "p_negative": round(float(probabilities[0]), 4),
        "p_neutral": round(float(probabilities[1]), 4),
        "p_positive": round(float(probabilities[2]), 4),
    }
    if alone:
        row["alone"] = True
    return json.dumps(row, ensure_ascii=False)


def cast_row(cast: list[dict[str, Any]], wide: Iterable[str]) -> str:
    """Return the first line of a file in whose documents `wide` further actors were judged, those of the cast."""
    return json.dumps({"cast": cast, "wide": sorted(wide)}, ensure_ascii=False)


def soft_examples(texts: Path, labels: Path, resources: Resources) -> Iterator[SoftExample]:
    """Yield the candidates of unlabelled articles for which there are soft labels.

    Raises:
        DataError: A file breaks its format.
    """
    told = read_soft_labels(labels)
    wider = resources
    if told.cast:
        try:
            roster = widen(data_folder("lexicons") / "roster.toml", told.cast)
        except RosterError as error:
            raise DataError(f"{labels}:1: the cast is no list of roster entries ({error})") from None
        wider = replace(resources, roster=roster)
    for id_, text, date in read_articles(texts):
        article = article_from_text(text, id=id_, date=date)
        prepared = prepare(article, wider if id_ in told.wide else resources)
        for number, candidate in enumerate(prepared.candidates):
            for alone in (False, True):
                values = told.said.get((id_, candidate.sentence.start, candidate.actor, alone))
                if values is not None:
                    label = values.index(max(values)) - 1
                    name = f"{id_}/{candidate.sentence.id}/{candidate.actor}"
                    yield SoftExample(Example(name, prepared, number, label, id_), values, alone)


def judged_populations(told: Sequence[SoftExample]) -> list[Population]:
    """Return what was judged in articles and what was judged alone."""
    found = []
    for alone in (False, True):
        own = [one for one in told if one.alone == alone]
        if own:
            said = [one.probabilities for one in own]
            found.append(Population([one.example for one in own], articles=not alone, probabilities=said))
    return found
