"""Training of the linear classifier: data in, a model folder out. The regression itself is in `regression.py`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from stance import __version__
from stance.classify.features import FEATURES_VERSION
from stance.classify.linear import SCHEMA, SEPARATOR
from stance.classify.vectors import NO_VECTORS
from stance.errors import DataError, UsageError
from stance.research.articles import labelled
from stance.research.coded import is_coded_folder, is_codes_file, read_coded, read_codes
from stance.research.data import Example, examples, read_rows
from stance.research.model_folder import write_model_folder
from stance.research.populations import LABELS, Population, rationales, vectorize
from stance.research.regression import DIMENSIONS, Progress, Settings, calibrate, export_weights, fit
from stance.research.soft_labels import judged_populations, soft_examples
from stance.research.sources import digest_of, sources_of
from stance.research.unlabelled import read_articles
from stance.research.vectors import learn_vectors
from stance.resources import Resources, load_resources


def train(
    data: Sequence[Path],
    output: Path,
    *,
    texts: Path | None = None,
    soft: Path | None = None,
    progress: Progress = lambda _: None,
    settings: Settings | None = None,
) -> dict[str, Any]:
    """Train the linear classifier and write it to a folder.

    Args:
        data: JSONL files of labelled rows, folders of such files, or folders of coded articles.
        output: The model folder to write; an older model there is replaced as a whole.
        texts: JSONL of unlabelled articles (`text` in each), from which word vectors are learned; none if None.
        soft: Soft labels of these articles, learned beside the codes (see `soft_labels`).
        progress: Called with a line at each step.
        settings: Hyperparameters.

    Returns:
        The manifest.

    Raises:
        UsageError: Soft labels without the texts that they belong to.
        DataError: The data break their format, or lack one of the three labels.
        OutputError: The folder cannot be written.
    """
    if soft is not None and texts is None:
        raise UsageError("--soft-labels says something of the articles of --text; give both")
    settings = settings or Settings()
    resources = load_resources(classifier="lexicon")
    rows, articles, sources = gather(data, resources, progress, texts)
    labels = {example.label for example in (*rows, *articles)}
    if labels != set(LABELS):
        raise DataError(f"the data hold only the label(s) {sorted(labels)}; all of -1, 0 and 1 are needed")
    progress(f"{len(rows)} rows and {len(articles)} candidates of coded articles")
    vectors = NO_VECTORS
    if texts is not None:
        progress(f"learning word vectors from {texts.name}")
        vectors = learn_vectors(
            [*(one.text for one in read_articles(texts)), *(example.text for example in rows)], DIMENSIONS
        )
        sources.append({"name": texts.name, "words": len(vectors.place), "sha256": digest_of(texts)})
    populations = [
        Population(rows, articles=False),
        Population(articles, articles=True),
        rationales(articles),
    ]
    if soft is not None and texts is not None:
        told = list(soft_examples(texts, soft, resources))
        progress(f"{len(told)} candidates with soft labels")
        sources.append({"name": soft.name, "examples": len(told), "sha256": digest_of(soft)})
        populations.extend(judged_populations(told))
    vectorizer, datasets = vectorize(populations, settings.minimum, settings.sharpness, vectors)
    progress(f"{len(vectorizer.feature_names_)} features; training")
    weights = fit(datasets, vectorizer.feature_names_, settings)
    calibrated, collective = calibrate(weights, datasets, settings, progress)
    weights_json = export_weights(calibrated, vectors, collective)
    manifest = {
        "schema": SCHEMA,
        "version": __version__,
        "features_version": FEATURES_VERSION,
        "sha256": hashlib.sha256(weights_json).hexdigest(),
        "features": json.loads(weights_json)["names"].count(SEPARATOR) + 1,
        "settings": {name: getattr(settings, name) for name in settings.__slots__},
        "lexicons": resources.lexicon.digest,
        "data": sources,
    }
    write_model_folder(
        output,
        {
            "weights.json": weights_json,
            "manifest.json": (json.dumps(manifest, indent=1) + "\n").encode("utf-8"),
        },
    )
    return manifest


def gather(
    data: Sequence[Path],
    resources: Resources,
    progress: Progress = lambda _: None,
    texts: Path | None = None,
) -> tuple[list[Example], list[Example], list[dict[str, Any]]]:
    """Read all data; return the examples of rows, those of articles, and a record of each source."""
    rows: list[Example] = []
    articles: list[Example] = []
    sources = []
    for part in sources_of(data):
        before = len(rows) + len(articles)
        if is_coded_folder(part):
            articles.extend(
                example for article in read_coded(part, resources) for example in labelled(article)
            )
        elif is_codes_file(part):
            articles.extend(
                example for article in read_codes(part, texts, resources) for example in labelled(article)
            )
        else:
            rows.extend(examples(read_rows(part), resources))
        count = len(rows) + len(articles) - before
        progress(f"{part.name}: {count} examples")
        sources.append({"name": part.name, "examples": count, "sha256": digest_of(part)})
    return rows, articles, sources
