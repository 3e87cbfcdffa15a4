"""Soft labels: a classifier's probabilities for unlabelled articles, for another to learn (Hinton et al. 2015)."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from stance.errors import DataError
from stance.export.files import write_whole
from stance.pipeline import prepare
from stance.reading.text import article_from_text
from stance.research.data import Example, Probabilities
from stance.research.unlabelled import read_articles
from stance.resources import Resources, load_resources

EVERY = 200  # articles between two lines of progress


@dataclass(frozen=True, slots=True)
class SoftExample:
    """A candidate and the probabilities to learn."""

    example: Example
    probabilities: Probabilities


def write_soft_labels(
    texts: Path,
    output: Path,
    classifier: str,
    roster: Path | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> int:
    """Judge unlabelled articles and write a row for each candidate.

    Args:
        texts: JSONL of articles.
        output: JSONL to write: `{"doc", "start", "end", "actor", "p_negative", "p_neutral", "p_positive"}`.
        classifier: `linear`, `neural`, `lexicon` or a model folder.
        roster: A roster of one's own.
        progress: Called with a line now and then.

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
        for candidate, verdict in zip(prepared.candidates, resources.classifier.judge(prepared), strict=True):
            row = {
                "doc": id_,
                "start": candidate.sentence.start,
                "end": candidate.sentence.end,
                "actor": candidate.actor,
                "p_negative": round(verdict.negative, 4),
                "p_neutral": round(verdict.neutral, 4),
                "p_positive": round(verdict.positive, 4),
            }
            rows.append(json.dumps(row, ensure_ascii=False))
        if number % EVERY == 0:
            progress(f"{number} articles judged")
    write_whole(output, "".join(f"{row}\n" for row in rows).encode("utf-8", "surrogatepass"))
    return len(rows)


def read_soft_labels(path: Path) -> dict[tuple[str, int, str], Probabilities]:
    """Read soft labels: by document, start of the sentence and actor.

    Raises:
        DataError: The file cannot be read, or a line is no soft label; the message names it.
    """
    found: dict[tuple[str, int, str], Probabilities] = {}
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                try:
                    row = json.loads(line)
                    values = tuple(float(row[name]) for name in ("p_negative", "p_neutral", "p_positive"))
                    key = (str(row["doc"]), int(row["start"]), str(row["actor"]))
                    fine = all(0 <= value <= 1 for value in values) and math.isclose(
                        sum(values), 1, abs_tol=0.01
                    )
                except (ValueError, TypeError, KeyError, RecursionError):
                    fine = False
                if not fine:
                    raise DataError(
                        f"{path}:{number}: no soft label; expected doc, start, actor and three probabilities of sum 1"
                    )
                found[key] = (values[0], values[1], values[2])
    except FileNotFoundError:
        raise DataError(f"{path}: no such file; check the path") from None
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read as JSON Lines ({error})") from None
    return found


def soft_examples(texts: Path, labels: Path, resources: Resources) -> Iterator[SoftExample]:
    """Yield the candidates of unlabelled articles for which there are soft labels.

    Raises:
        DataError: A file breaks its format.
    """
    told = read_soft_labels(labels)
    for id_, text, date in read_articles(texts):
        prepared = prepare(article_from_text(text, id=id_, date=date), resources)
        for number, candidate in enumerate(prepared.candidates):
            values = told.get((id_, candidate.sentence.start, candidate.actor))
            if values is not None:
                label = values.index(max(values)) - 1
                name = f"{id_}/{candidate.sentence.id}/{candidate.actor}"
                yield SoftExample(Example(name, prepared, number, label, id_), values)
