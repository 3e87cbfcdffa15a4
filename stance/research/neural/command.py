"""`stance train --classifier neural`: from data and an encoder to a model folder, with everything measured."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from stance import __version__
from stance.classify.neural import GRAPH, SCHEMA, TOKENIZER, Calibration
from stance.classify.windows import WINDOWS_VERSION
from stance.errors import DataError, ModelError, UsageError
from stance.research.coded import is_codes_file
from stance.research.model_folder import write_model_folder
from stance.research.neural.card import model_card
from stance.research.neural.graph import write_graph
from stance.research.neural.learner import Learner, make_learner
from stance.research.neural.logits import PLACED, Logits, unseen
from stance.research.neural.material import Texts, read_texts
from stance.research.neural.measure import ARTICLE_MARGIN, calibrate, labelled_logits, measure_articles
from stance.research.neural.passages import Document
from stance.research.neural.soft import write_told
from stance.research.neural.training import LONE, Settings, Training, hold_back
from stance.research.neural.work import Work
from stance.research.sources import digest_of, sources_of
from stance.research.whole_articles import macro_f1
from stance.resources import load_resources

SOFT_LABELS = "soft-labels.jsonl"
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Request:
    """What to train.

    Attributes:
        data: JSONL files of labelled rows, folders of such files, folders of coded articles.
        output: The model folder to write.
        base: The encoder to start from: a folder with `config.json`, `model.safetensors`, `tokenizer.json`.
        student: A smaller encoder to distil into; the base itself becomes the model if None.
        texts: JSONL of unlabelled articles, for distillation.
        work: Where steps are kept; beside `output` if None.
        settings: Hyperparameters.
    """

    data: Sequence[Path]
    output: Path
    base: Path
    student: Path | None = None
    texts: Path | None = None
    work: Path | None = None
    settings: Settings = field(default_factory=Settings)


def train_neural(request: Request, progress: Progress = lambda _: None) -> dict[str, Any]:
    """Train, distil, export and measure; a training that was stopped goes on where it was.

    Returns:
        The manifest.

    Raises:
        UsageError: A student or codes without texts, texts without either, or a work folder of another training.
        DataError: The data break their format, or hold no coded articles or no rows.
        ModelError: A base is no encoder that stance can train.
        OutputError: The model cannot be written.
    """
    parts = list(sources_of(request.data))
    needless = request.student is None and not any(is_codes_file(part) for part in parts)
    if (request.texts is None) != needless:
        raise UsageError(
            "--text belongs to --student, which learns from what is said of the texts, and to codes of articles among them"
        )
    resources = load_resources(classifier="lexicon")
    read = [*parts, request.texts] if request.texts else parts
    plan = {
        "stance": __version__,
        "windows_version": WINDOWS_VERSION,
        "data": [{"name": source.name, "sha256": digest_of(source)} for source in read],
        "base": _base(request.base),
        "student": _base(request.student) if request.student else None,
        "settings": asdict(request.settings),
        "lexicons": resources.lexicon.digest,
    }
    work = Work(request.work or request.output.with_name(f"{request.output.name}.work"), plan)
    progress("reading and preparing the data")
    texts = read_texts(parts, request.texts, resources)
    if not texts.rows or len(texts.coded) < 2:
        raise DataError("neural training needs labelled rows and at least two coded articles; give both")
    training = Training(texts, work, request.settings, progress)
    teacher = make_learner(request.base, texts)
    training.teach(teacher)
    if request.student is None:
        learner, name, measured = teacher, training.finish_teacher(teacher), "teacher"
    else:
        told = training.soften(teacher)
        if told:
            count = write_told(work.folder / SOFT_LABELS, texts, teacher.material, told)
            progress(f"{count} soft labels for a linear classifier are in {work.folder / SOFT_LABELS}")
        learner = make_learner(request.student, texts)
        name, measured = training.distil(learner), "student"
        training.measure_students(learner)
    figures = {kind: _figures(texts, training, work, kind) for kind in dict.fromkeys(("teacher", measured))}
    return _export(request, training, learner, (name, measured), figures)


def _figures(texts: Texts, training: Training, work: Work, kind: str) -> dict[str, Any]:
    logits, _ = unseen(work.folder, kind)
    placed = measure_articles(texts.placed, logits, training.fold_of, PLACED)
    found = measure_articles(texts.coded, logits, training.fold_of)
    return {
        "placed": _summary(placed),
        "end_to_end": {"presence_f1": found["presence"]["f1"], **_summary(found)},
    }


def _summary(measured: dict[str, Any]) -> dict[str, Any]:
    return {
        "polar_f1": measured["polar"]["f1"],
        "macro_f1": measured["macro_f1"],
        "sign": measured["sign"],
        "r": measured["means"].get("r"),
        "mae": measured["means"].get("mae"),
        "ece": measured["calibration"]["ece"],
    }


def _export(
    request: Request,
    training: Training,
    learner: Learner,
    names: tuple[str, str],
    figures: dict[str, Any],
) -> dict[str, Any]:
    name, measured = names
    work = training.work
    work.load_network(name, learner.network)
    reads_lone = None
    if work.has(LONE):
        reads_lone = copy.deepcopy(learner.network)
        work.load_network(LONE, reads_lone)
        reads_lone.eval()
    graph = write_graph(learner.network.eval(), reads_lone, eight_bits=True)
    tokenizer = (learner.base / TOKENIZER).read_bytes()
    logits, _ = unseen(work.folder, measured)
    rows, labels, _ = labelled_logits(training.texts.placed, logits, PLACED)
    article = calibrate(rows, labels, ARTICLE_MARGIN)
    logits = work.load_logits(f"held-{LONE if reads_lone else name}")
    held, lone = _lone_calibration(logits, hold_back(learner.material.rows)[1])
    settings = request.settings
    manifest = {
        "schema": SCHEMA,
        "version": __version__,
        "windows_version": WINDOWS_VERSION,
        "sha256": {
            GRAPH: hashlib.sha256(graph).hexdigest(),
            TOKENIZER: hashlib.sha256(tokenizer).hexdigest(),
        },
        "vocabulary": learner.vocabulary.slots,
        "longest": int(learner.network.encoder.config.max_position_embeddings) - 2,
        "layout": {"body": settings.layout.body, "context": settings.layout.context},
        "calibration": {"article": asdict(article), "lone": asdict(lone)},
        "figures": {**figures, "held_rows": held},
        "training": work.plan,
    }
    write_model_folder(
        request.output,
        {
            GRAPH: graph,
            TOKENIZER: tokenizer,
            "manifest.json": (json.dumps(manifest, indent=1) + "\n").encode("utf-8"),
            "model-card.md": model_card(manifest).encode("utf-8"),
        },
    )
    return manifest


def _lone_calibration(logits: Logits, held: Sequence[Document]) -> tuple[dict[str, Any], Calibration]:
    rows, labels = [], []
    for one in held:
        for number, target in one.targets.items():
            if one.key(number) in logits:
                rows.append(logits[one.key(number)])
                labels.append(int(np.argmax(target.probabilities)) - 1)
    if len(set(labels)) < 3:
        return {"n": len(labels)}, Calibration(1.0, 0.0)
    stacked, gold = np.array(rows), np.array(labels)
    chosen = stacked.argmax(axis=1) - 1
    return {"n": len(labels), "macro_f1": macro_f1(gold.tolist(), chosen.tolist())}, calibrate(stacked, gold)


def _base(folder: Path) -> dict[str, Any]:
    path = folder / "model.safetensors"
    if not path.is_file():
        raise ModelError(
            f"{folder}: no encoder; a base holds config.json, model.safetensors and tokenizer.json"
        )
    return {"name": folder.name, "sha256": digest_of(path)}
