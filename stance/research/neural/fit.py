"""Fitting a network to passages, with checkpoints, and reading predictions off it."""

from __future__ import annotations

import copy
import math
import pickle
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from stance.errors import ModelError
from stance.research.neural.network import Batch, Network
from stance.research.neural.passages import Item, TrainingPassage, batches

Progress = Callable[[str], None]
CHECKPOINT_SECONDS = 300.0
REPORT_SECONDS = 60.0
CLIP = 1.0
WEIGHT_DECAY = 0.01
HEAD_FASTER = 5.0  # the head starts from nothing and learns that much faster
PREDICTION_TOKENS = 8192


@dataclass(frozen=True, slots=True)
class Schedule:
    """How to fit.

    Attributes:
        epochs: Passes over the data.
        rate: Learning rate of the encoder after warming up; it falls linearly to `floor` of that.
        warmup: Share of the steps in which the rate rises.
        tokens: Most tokens of a batch.
        seed: Of everything random.
        frozen: How many of the lowest layers stay as they are.
    """

    epochs: int
    rate: float
    warmup: float = 0.06
    floor: float = 0.0
    tokens: int = 2048
    seed: int = 1
    frozen: int = 0


def collate(found: Sequence[TrainingPassage]) -> tuple[Batch, list[Item]]:
    """Pad passages to a batch; return it with its items in order."""
    length = max(len(passage.ids) for passage in found)
    ids = torch.zeros(len(found), length, dtype=torch.long)
    attention = torch.zeros(len(found), length, dtype=torch.long)
    items = [item for passage in found for item in passage.items]
    rows = torch.tensor([row for row, passage in enumerate(found) for _ in passage.items])
    marks = torch.zeros(len(items), len(found) * length)
    sentences = torch.zeros(len(items), len(found) * length)
    for row, passage in enumerate(found):
        ids[row, : len(passage.ids)] = torch.tensor(passage.ids)
        attention[row, : len(passage.ids)] = 1
    for number, (item, row) in enumerate(zip(items, rows.tolist(), strict=True)):
        start = row * length
        sentences[number, start + item.first : start + item.last] = 1 / (item.last - item.first)
        places = [start + mark for mark in item.marks or range(item.first, item.last)]
        marks[number, places] = 1 / len(places)
    return Batch(ids, attention, marks, sentences, rows), items


class _Masters:
    """Weights in full precision beside a network that computes in bfloat16."""

    def __init__(self, network: Network) -> None:
        self.low = [parameter for parameter in network.parameters() if parameter.requires_grad]
        self.full = [parameter.detach().float().clone() for parameter in self.low]
        names = [name for name, parameter in network.named_parameters() if parameter.requires_grad]
        head = {number for number, name in enumerate(names) if not name.startswith("encoder.")}
        flat = {number for number, parameter in enumerate(self.full) if parameter.ndim <= 1}
        encoder = [number for number in range(len(names)) if number not in head]
        self.groups: list[dict[str, Any]] = [
            {"params": [self.full[number] for number in numbers], "weight_decay": decay, "factor": factor}
            for numbers, decay, factor in (
                (sorted(head), WEIGHT_DECAY, HEAD_FASTER),
                ([number for number in encoder if number not in flat], WEIGHT_DECAY, 1.0),
                ([number for number in encoder if number in flat], 0.0, 1.0),
            )
        ]

    def take_gradients(self) -> None:
        for low, full in zip(self.low, self.full, strict=True):
            full.grad = None if low.grad is None else low.grad.float()
            low.grad = None

    def give_back(self) -> None:
        with torch.no_grad():
            for low, full in zip(self.low, self.full, strict=True):
                low.copy_(full)


def fit(
    network: Network,
    make: Callable[[random.Random], list[TrainingPassage]],
    schedule: Schedule,
    *,
    progress: Progress = lambda _: None,
    checkpoint: Path | None = None,
) -> None:
    """Fit a network; it ends in full precision.

    Args:
        network: What to fit, changed in place.
        make: Makes an epoch's passages.
        schedule: How.
        progress: Called with a line now and then.
        checkpoint: A file to save the state to every few minutes and to go on from; removed at the end.

    Raises:
        ModelError: The loss is not finite, or the checkpoint is none of this fit.
    """
    torch.manual_seed(schedule.seed)
    network.freeze(schedule.frozen)
    network.to(torch.bfloat16).train()
    masters = _Masters(network)
    optimizer = torch.optim.AdamW(masters.groups, lr=schedule.rate, betas=(0.9, 0.98), eps=1e-6, fused=True)
    done = _resume(checkpoint, masters, optimizer)
    if done:
        progress(f"going on from step {done}")
    begin = saved = told = time.monotonic()
    step, losses = 0, 0.0
    count = 0
    total = 0
    for epoch in range(schedule.epochs):
        chance = random.Random(f"{schedule.seed}/{epoch}")  # noqa: S311 - an order, no secret
        groups = batches(make(chance), schedule.tokens, chance)
        total = total or len(groups) * schedule.epochs
        for group in groups:
            step += 1
            if step <= done:
                continue
            _set_rate(optimizer, schedule, step, total)
            losses += _step(network, masters, optimizer, group)
            count += 1
            now = time.monotonic()
            if now - told > REPORT_SECONDS:
                left = (now - begin) / (step - done) * max(0, total - step) / 60
                progress(f"step {step} of {total}, loss {losses / count:.3f}, {left:.0f} minutes left")
                told, losses, count = now, 0.0, 0
            if checkpoint is not None and now - saved > CHECKPOINT_SECONDS:
                _save(checkpoint, masters, optimizer, step)
                saved = now
    network.float().eval()
    with torch.no_grad():
        for parameter, full in zip(masters.low, masters.full, strict=True):
            parameter.copy_(full)
            parameter.grad = None
    if checkpoint is not None:
        checkpoint.unlink(missing_ok=True)


def _set_rate(optimizer: torch.optim.Optimizer, schedule: Schedule, step: int, total: int) -> None:
    rising = min(1.0, step / max(1.0, schedule.warmup * total))
    falling = 1.0 - (1.0 - schedule.floor) * min(1.0, (step - 1) / max(1, total))
    for group in optimizer.param_groups:
        group["lr"] = schedule.rate * group["factor"] * rising * falling


def _step(
    network: Network, masters: _Masters, optimizer: torch.optim.Optimizer, group: Sequence[TrainingPassage]
) -> float:
    batch, items = collate(group)
    wanted = torch.tensor([item.target.probabilities for item in items])
    weights = torch.tensor([item.target.weight for item in items])
    logits = network(batch).float()
    each = -(wanted * torch.log_softmax(logits, dim=1)).sum(dim=1)
    loss = (each * weights).sum() / weights.sum()
    loss.backward()
    masters.take_gradients()
    nn.utils.clip_grad_norm_([full for full in masters.full if full.grad is not None], CLIP)
    optimizer.step()
    masters.give_back()
    value = float(loss.detach())
    if not math.isfinite(value):
        raise ModelError("training went astray: the loss is not finite; lower the learning rate")
    return value


def _save(path: Path, masters: _Masters, optimizer: torch.optim.Optimizer, step: int) -> None:
    fresh = path.with_suffix(".part")
    state = {
        "step": step,
        "weights": masters.full,
        "optimizer": optimizer.state_dict(),
        "chance": torch.get_rng_state(),
    }
    torch.save(state, fresh)
    fresh.replace(path)


def _resume(path: Path | None, masters: _Masters, optimizer: torch.optim.Optimizer) -> int:
    if path is None or not path.is_file():
        return 0
    try:
        state = torch.load(path, weights_only=True)
        with torch.no_grad():
            for full, saved in zip(masters.full, state["weights"], strict=True):
                full.copy_(saved)
        optimizer.load_state_dict(state["optimizer"])
        torch.set_rng_state(state["chance"])
        step = int(state["step"])
    except (OSError, ValueError, TypeError, KeyError, RuntimeError, pickle.UnpicklingError):
        raise ModelError(f"{path}: no checkpoint of this step; remove it, and the step begins anew") from None
    masters.give_back()
    return step


def predict(network: Network, found: Sequence[TrainingPassage]) -> dict[str, np.ndarray]:
    """Return the logits of every item by its key.

    The network computes in bfloat16, three times as fast as in full precision and exact enough to teach and compare.
    """
    logits: dict[str, np.ndarray] = {}
    low = copy.deepcopy(network).eval().to(torch.bfloat16)
    with torch.inference_mode():
        for group in batches(found, PREDICTION_TOKENS):
            batch, items = collate(group)
            rows: Tensor = low(batch).float()
            for item, row in zip(items, rows.numpy(), strict=True):
                logits[item.key] = row.copy()
    return logits
