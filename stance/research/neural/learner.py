"""One kind of encoder in training: its network, its tokens, and all texts in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import torch

from stance.classify.neural import TOKENIZER
from stance.classify.tokenizer import load_tokenizer
from stance.classify.windows import Encode, Vocabulary
from stance.errors import ModelError
from stance.research.neural.material import Material, Texts, encode_texts
from stance.research.neural.network import Network, load_base, starting_words


@dataclass(slots=True)
class Learner:
    """One kind of encoder with everything in its tokens.

    Attributes:
        base: The folder it starts from.
        network: Its network; steps load what they need into it.
    """

    base: Path
    encode: Encode
    vocabulary: Vocabulary
    material: Material
    network: Network
    _fresh: dict[str, torch.Tensor] = field(default_factory=dict)

    def restart(self) -> None:
        """Give the network back its pretrained weights."""
        self.network.float()
        self.network.load_state_dict(self._fresh)

    def state(self) -> dict[str, torch.Tensor]:
        """Return a copy of the network's weights."""
        return {key: value.clone() for key, value in self.network.state_dict().items()}

    def lean(self, towards: Mapping[str, torch.Tensor], share: float) -> None:
        """Average the network's weights with others, which count a share (Wortsman et al. 2022)."""
        own = self.network.state_dict()
        self.network.load_state_dict(
            {key: torch.lerp(value, towards[key], share) for key, value in own.items()}
        )


def make_learner(base: Path, texts: Texts) -> Learner:
    """Load an encoder to start from and put all texts into its tokens.

    Raises:
        ModelError: The folder holds no encoder, or one of another kind.
    """
    path = base / TOKENIZER
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror}); give a whole encoder") from None
    encode, vocabulary = load_tokenizer(content, path)
    starts = {kind: [_only(encode, word, base) for word in words] for kind, words in starting_words().items()}
    torch.manual_seed(1)
    network = load_base(base, vocabulary.slots, starts)
    fresh = {key: value.clone() for key, value in network.state_dict().items()}
    return Learner(base, encode, vocabulary, encode_texts(texts, encode), network, fresh)


def _only(encode: Encode, word: str, base: Path) -> int:
    ids = encode([word])[0][0]
    if len(ids) != 1:
        raise ModelError(f"{base}: its vocabulary lacks plain English words; give an English encoder")
    return ids[0]
