"""The neural classifier: a small encoder in ONNX, run by onnxruntime, that reads each candidate in its context.

What it is trained on and how is `stance.research.neural`; here a model folder is read and run. Every window is run by
itself and on one thread, so a score depends neither on what else is analysed nor on how many workers there are.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stance.classify.linear import softmax
from stance.classify.model_file import manifest_of, read_model_file
from stance.classify.occlusion import Span, evidence_of, spans_by_sentence
from stance.classify.tokenizer import INSTALL, load_tokenizer
from stance.classify.windows import (
    WINDOWS_VERSION,
    Encode,
    Passage,
    Vocabulary,
    by_sentence,
    encode_article,
    passages,
    plan,
)
from stance.errors import ModelError, UsageError
from stance.framing.prepared import Prepared
from stance.records import Verdict

SCHEMA = "stance.neural/1"
GRAPH = "encoder.onnx"
TOKENIZER = "tokenizer.json"
INPUTS = ("ids", "marks", "sentences")
BRANCH = (
    "lone"  # a further input of graphs that read a lone sentence with other weights than one in an article
)
MAX_MODEL_BYTES = 2 * 1024**3
PLAINLY_NEUTRAL = 0.8  # probability of neutral from which on no word is asked what it adds


@dataclass(frozen=True, slots=True)
class Calibration:
    """What turns logits into probabilities: a slope for all, then an addition to neutral."""

    slope: float
    neutral: float

    def apply(self, logits: Sequence[float]) -> tuple[float, float]:
        """Return the log-odds of negative and of positive against neutral."""
        negative, neutral, positive = (self.slope * value for value in logits)
        return negative - neutral - self.neutral, positive - neutral - self.neutral


class NeuralClassifier:
    """An encoder with its tokenizer and calibration.

    Args:
        session: An `onnxruntime.InferenceSession`.
        encode, vocabulary: The tokenizer.
        layout: Most tokens of a window's own sentences, and of what precedes them.
        calibrations: For sentences inside an article, and for lone ones.
        model: Version and content hash.
    """

    name = "neural"
    evidence = "occlusion"

    def __init__(
        self,
        session: Any,
        encode: Encode,
        vocabulary: Vocabulary,
        layout: tuple[int, int],
        calibrations: tuple[Calibration, Calibration],
        model: str,
    ) -> None:
        self._session = session
        self._branches = BRANCH in {value.name for value in session.get_inputs()}
        self._encode = encode
        self.vocabulary = vocabulary
        self._layout = layout
        self._article, self._lone = calibrations
        self.model = model
        self.folder: Path | None = None  # without it, it cannot be sent to another process

    def __reduce__(self) -> tuple[Any, ...]:
        # A session cannot be pickled; the files that it was made of can. They are read again, since few runs need that.
        if self.folder is None:
            raise TypeError("an encoder that was not loaded from a folder cannot be pickled")
        manifest, content = _read(self.folder)
        if _model(manifest) != self.model:
            raise ModelError(f"{self.folder}: the model was changed since it was loaded; run again")
        return _assemble, (manifest, content, self.folder)

    def judge(self, prepared: Prepared) -> list[Verdict]:
        """Judge the candidates of one article, in order."""
        verdicts: dict[int, Verdict] = {}
        for passage in self.passages_of(prepared):
            verdicts.update(self._judge_passage(prepared, passage))
        return [verdicts[number] for number in range(len(prepared.candidates))]

    def probabilities(self, prepared: Prepared) -> list[tuple[float, float, float]]:
        """Return what `judge` says of each candidate; without evidence, a passage is read only once."""
        found: dict[int, tuple[float, float, float]] = {}
        for passage in self.passages_of(prepared):
            calibration = self._calibration(passage)
            for reading, row in zip(passage.readings, self.logits(passage), strict=True):
                found[reading.candidate] = softmax(*calibration.apply(row))
        return [found[number] for number in range(len(prepared.candidates))]

    def passages_of(self, prepared: Prepared) -> Iterator[Passage]:
        """Yield what is read of an article, in order; every candidate is in one passage."""
        wanted = by_sentence(prepared.candidates)
        sentences = encode_article(prepared, self._encode)
        for window in plan(sentences, wanted, *self._layout):
            for passage in passages(window, prepared.kinds, wanted, self.vocabulary):
                if passage.readings:
                    lone = prepared.candidates[passage.readings[0].candidate].alone
                    yield passage._replace(lone=lone)

    def logits(self, passage: Passage, ids: Sequence[int] | None = None) -> list[list[float]]:
        """Run the encoder on a passage; return negative, neutral and positive for each reading.

        Args:
            passage: What is read.
            ids: Other tokens in its place, with some words hidden.
        """
        import numpy as np  # noqa: PLC0415 - onnxruntime needs it, nothing else in analysis does

        length = len(passage.ids)
        marks = np.zeros((len(passage.readings), length), dtype=np.float32)
        sentences = np.zeros((len(passage.readings), length), dtype=np.float32)
        for row, reading in enumerate(passage.readings):
            sentences[row, reading.first : reading.last] = 1 / (reading.last - reading.first)
            places = list(reading.marks or range(reading.first, reading.last))
            marks[row, places] = 1 / len(places)
        feed = {
            "ids": np.array(passage.ids if ids is None else ids, dtype=np.int64),
            "marks": marks,
            "sentences": sentences,
        }
        if self._branches:
            feed["lone"] = np.array(passage.lone)
        found: list[list[float]] = self._session.run(None, feed)[0].tolist()
        if len(found) != len(passage.readings) or not all(
            math.isfinite(value) for row in found for value in row
        ):
            raise ModelError(f"model {self.model}: gives no finite logits; train it anew")
        return found

    def _judge_passage(self, prepared: Prepared, passage: Passage) -> dict[int, Verdict]:
        candidates = prepared.candidates
        odds = [self._calibration(passage).apply(row) for row in self.logits(passage)]
        full = [positive - negative for negative, positive in odds]
        # Where no candidate of a sentence is portrayed, there is nothing to explain; most of the time is saved so.
        telling = {
            reading.first
            for reading, (negative, positive) in zip(passage.readings, odds, strict=True)
            if softmax(negative, positive)[1] < PLAINLY_NEUTRAL
        }
        effects = self._effects(passage, full, spans_by_sentence(prepared, passage, telling))
        found = {}
        for reading, (negative, positive), logit, effect in zip(
            passage.readings, odds, full, effects, strict=True
        ):
            evidence = evidence_of(prepared, candidates[reading.candidate], reading, logit, effect)
            found[reading.candidate] = Verdict(*softmax(negative, positive), 0.0, logit, evidence)
        return found

    def _effects(
        self, passage: Passage, full: Sequence[float], spans: Mapping[int, Sequence[Span]]
    ) -> list[dict[Span, float]]:
        """Return for each reading by how much its log-odds fall when each span of its sentence is hidden.

        Args:
            passage: What is read.
            full: The log-odds of positive against negative with nothing hidden, for each reading.
            spans: What to hide, by the first position of the sentence.
        """
        effects: list[dict[Span, float]] = [{} for _ in passage.readings]
        for turn in range(max(map(len, spans.values()), default=0)):
            # One span of each sentence is hidden at once: what a word does to another sentence is small, and
            # hiding one word at a time would cost as many passes as the window has words.
            ids = list(passage.ids)
            for own in spans.values():
                if turn < len(own):
                    for position in own[turn].positions:
                        ids[position] = self.vocabulary.mask
            for place, (reading, row) in enumerate(
                zip(passage.readings, self.logits(passage, ids), strict=True)
            ):
                own = spans[reading.first]
                if turn < len(own):
                    negative, positive = self._calibration(passage).apply(row)
                    effects[place][own[turn]] = full[place] - (positive - negative)
        return effects

    def _calibration(self, passage: Passage) -> Calibration:
        return self._lone if passage.lone else self._article


def load_neural(folder: Path) -> NeuralClassifier:
    """Read a model folder: `manifest.json`, `encoder.onnx` and `tokenizer.json`.

    Raises:
        UsageError: The extra `stance[neural]` is not installed.
        ModelError: Something is missing, changed since the manifest was written, or of another version.
    """
    return _assemble(*_read(folder), folder)


def _read(folder: Path) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return a model folder's manifest, and the files that it names."""
    manifest = manifest_of(folder, SCHEMA)
    if manifest.get("windows_version") != WINDOWS_VERSION:
        raise ModelError(
            f"{folder}: the model reads windows of version {manifest.get('windows_version')!r}, this stance makes "
            f"{WINDOWS_VERSION}; train it anew with `stance train --classifier neural`"
        )
    digests = manifest.get("sha256")
    if not isinstance(digests, dict):
        raise ModelError(f"{folder}: the manifest names no hashes; restore the folder or train anew")
    content = {}
    for name in (GRAPH, TOKENIZER):
        content[name] = read_model_file(folder / name, MAX_MODEL_BYTES, digests.get(name))
    return manifest, content


def _assemble(manifest: dict[str, Any], content: dict[str, bytes], folder: Path) -> NeuralClassifier:
    """Make a classifier of the files of a model folder, which need not be there any more."""
    try:
        import onnxruntime  # noqa: PLC0415 - an extra
    except ImportError:
        raise UsageError(f"the neural classifier needs the library onnxruntime; {INSTALL}") from None
    encode, vocabulary = load_tokenizer(content[TOKENIZER], folder / TOKENIZER)
    layout, calibrations = _settings(manifest, folder)
    if manifest.get("vocabulary") != vocabulary.slots:
        raise ModelError(
            f"{folder}: the tokenizer is not the one that the model was trained with; restore it"
        )
    session = _session(onnxruntime, content[GRAPH], folder)
    classifier = NeuralClassifier(session, encode, vocabulary, layout, calibrations, _model(manifest))
    classifier.folder = folder
    return classifier


def _model(manifest: dict[str, Any]) -> str:
    digest = hashlib.sha256(json.dumps(manifest["sha256"], sort_keys=True).encode()).hexdigest()
    return f"{manifest.get('version', '0')}+{digest[:12]}"


def _settings(
    manifest: dict[str, Any], folder: Path
) -> tuple[tuple[int, int], tuple[Calibration, Calibration]]:
    try:
        layout = (int(manifest["layout"]["body"]), int(manifest["layout"]["context"]))
        article, lone = (
            Calibration(
                float(manifest["calibration"][name]["slope"]), float(manifest["calibration"][name]["neutral"])
            )
            for name in ("article", "lone")
        )
        fine = layout[0] > 0 and layout[1] >= 0 and sum(layout) <= int(manifest["longest"])
        numbers = (article.slope, article.neutral, lone.slope, lone.neutral)
        fine = fine and all(math.isfinite(value) for value in numbers) and min(article.slope, lone.slope) > 0
    except (KeyError, TypeError, ValueError, OverflowError):
        fine = False
    if not fine:
        raise ModelError(
            f"{folder}: the manifest's layout or calibration is missing or senseless; train anew"
        )
    return layout, (article, lone)


def _session(onnxruntime: Any, graph: bytes, folder: Path) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    # Windows differ in length; an arena would keep the memory of the longest for good.
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    try:
        session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    except Exception:
        raise ModelError(
            f"{folder / GRAPH}: no graph that onnxruntime can run; restore it or train anew"
        ) from None
    inputs = [value.name for value in session.get_inputs()]
    outputs = [value.name for value in session.get_outputs()]
    if inputs not in ([*INPUTS], [*INPUTS, BRANCH]) or outputs != ["logits"]:
        raise ModelError(
            f"{folder / GRAPH}: an ONNX model, but no encoder of stance's; train one with stance"
        )
    return session
