"""The encoder with its head, in PyTorch: what `graph.py` writes out as ONNX.

A candidate is read off as the mean of its actor's slots, the mean of its sentence and the first token, and a small
head turns these into logits of negative, neutral and positive. Slots are embeddings of their own, beyond the vocabulary.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel
from transformers.utils import logging

from stance.classify.windows import NUMBERS, SLOT_COUNT
from stance.errors import ModelError
from stance.records import ActorKind

ARCHITECTURES = ("bert", "mpnet")
# Ordinary names and states, whose mean is where the slots' embeddings start. The tie of a slot to one of them keeps
# slots apart; their numbers are shuffled in training, so that none keeps a meaning.
_STARTS = {
    ActorKind.PERSON: "smith jones miller brown wilson taylor baker clark",
    ActorKind.STATE: "france germany canada india japan italy spain brazil",
}
_OWN = 0.4
DROPOUT = 0.1


class Batch(NamedTuple):
    """Padded windows and where to read candidates off them.

    Attributes:
        ids: (windows x length) token ids.
        attention: 1 for tokens, 0 for padding.
        marks, sentences: (candidates x windows * length) weights of the means.
        rows: The window of each candidate.
    """

    ids: Tensor
    attention: Tensor
    marks: Tensor
    sentences: Tensor
    rows: Tensor


class Network(nn.Module):
    """An encoder and a head.

    Args:
        encoder: A `transformers` encoder of one of `ARCHITECTURES`.
        vocabulary: Number of word ids; slots have the ids from there on.
    """

    def __init__(self, encoder: nn.Module, vocabulary: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.vocabulary = vocabulary
        width = int(encoder.config.hidden_size)
        self.words: nn.Embedding = encoder.get_input_embeddings()
        # Word embeddings stay as they are: a third of the parameters that a few thousand sentences cannot improve.
        self.words.weight.requires_grad_(requires_grad=False)
        self.slots = nn.Parameter(torch.zeros(SLOT_COUNT, width))
        self.hidden = nn.Linear(3 * width, width)
        self.output = nn.Linear(width, 3)
        self.dropout = nn.Dropout(DROPOUT)
        nn.init.normal_(self.output.weight, std=0.02)
        nn.init.zeros_(self.output.bias)

    def forward(self, batch: Batch) -> Tensor:
        """Return logits (candidates x 3)."""
        slot = batch.ids - self.vocabulary
        embedded = torch.where(
            (slot >= 0).unsqueeze(-1),
            self.slots[slot.clamp(0, SLOT_COUNT - 1)],
            self.words(batch.ids.clamp(max=self.vocabulary - 1)),
        )
        states = self.encoder(inputs_embeds=embedded, attention_mask=batch.attention).last_hidden_state
        flat = states.reshape(-1, states.shape[-1])
        read = torch.cat(
            [
                batch.marks.to(flat.dtype) @ flat,
                batch.sentences.to(flat.dtype) @ flat,
                states[:, 0][batch.rows],
            ],
            dim=1,
        )
        logits: Tensor = self.output(self.dropout(nn.functional.gelu(self.hidden(self.dropout(read)))))
        return logits

    def freeze(self, layers: int) -> None:
        """Let only the layers above the lowest `layers` learn; none of them is held if 0. Word embeddings never learn."""
        low = ("slots", "encoder.embeddings.", "encoder.encoder.relative_attention_bias.")
        held = (*low, *(f"encoder.encoder.layer.{number}." for number in range(layers))) if layers else ()
        for name, parameter in self.named_parameters():
            parameter.requires_grad_(
                parameter is not self.words.weight and not name.startswith(held or ("-",))
            )

    def start_slots(self, ids: Mapping[ActorKind, Sequence[int]]) -> None:
        """Give the slots' embeddings their start: near the mean of ordinary names of their kind."""
        with torch.no_grad():
            means = []
            for rank, kind in enumerate(ActorKind):
                own = self.words.weight[list(ids[kind])]
                mean = own.mean(0)
                means.append(mean)
                self.slots[rank * NUMBERS : (rank + 1) * NUMBERS] = (1 - _OWN) * mean + _OWN * own[:NUMBERS]
            self.slots[-1] = torch.stack(means).mean(0)


def starting_words() -> dict[ActorKind, list[str]]:
    """Return the words whose embeddings the slots start from."""
    return {kind: words.split() for kind, words in _STARTS.items()}


def load_base(folder: Path, vocabulary: int, starts: Mapping[ActorKind, Sequence[int]]) -> Network:
    """Load a pretrained encoder from a folder in Hugging Face's layout and put a fresh head on it.

    Args:
        folder: Holds `config.json`, `model.safetensors` and `tokenizer.json`.
        vocabulary: Number of ids of its tokenizer.
        starts: Ids of `starting_words()`.

    Raises:
        ModelError: It is no such folder, or an encoder of another architecture.
    """
    network = Network(_encoder(folder), vocabulary)
    network.start_slots(starts)
    return network


def _encoder(folder: Path) -> nn.Module:
    # Its reports of unused poolers and its bars would stand between the lines of progress.
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        config = AutoConfig.from_pretrained(folder, local_files_only=True)
        if config.model_type not in ARCHITECTURES:
            raise ModelError(
                f"{folder}: an encoder of type {config.model_type!r}; give one of {', '.join(ARCHITECTURES)}"
            )
        model: nn.Module = AutoModel.from_pretrained(
            folder,
            local_files_only=True,
            use_safetensors=True,
            add_pooling_layer=False,
            # Plain matrix products: on a processor, the fused attention's backward pass takes four times as long.
            attn_implementation="eager",
            # Random numbers for every pair of positions would cost a fifth of the time.
            attention_probs_dropout_prob=0.0,
        )
    except (OSError, ValueError, TypeError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ModelError(f"{folder}: no encoder to start from ({reason})") from None
    return model
