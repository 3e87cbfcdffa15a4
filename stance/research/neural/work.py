"""The folder in which a training keeps what it has done, so that it goes on after being stopped."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from stance.errors import ModelError, OutputError, UsageError
from stance.research.neural.logits import Logits, load_logits, save_logits
from stance.research.neural.network import Network


class Work:
    """Finished steps of one training.

    Args:
        folder: Made if it is missing.
        plan: What the training is made of: data, base, settings. A folder of another plan is refused.

    Raises:
        UsageError: The folder holds another training.
        OutputError: It cannot be made.
    """

    def __init__(self, folder: Path, plan: dict[str, Any]) -> None:
        self.folder, self.plan = folder, plan
        path = folder / "plan.json"
        text = json.dumps(plan, indent=1, sort_keys=True) + "\n"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if path.is_file():
                if path.read_text(encoding="utf-8") != text:
                    raise UsageError(
                        f"{folder}: holds the steps of a training on other data or settings; give another --work"
                    )
            else:
                path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise OutputError(f"{folder}: cannot be used for checkpoints ({error.strerror})") from None

    def checkpoint(self, name: str) -> Path:
        """Return where a step saves its state while it runs."""
        return self.folder / f"{name}.checkpoint"

    def has(self, name: str) -> bool:
        """Whether a network or logits of that name are finished."""
        return any((self.folder / f"{name}{ending}").is_file() for ending in (".safetensors", ".npz"))

    def save_network(self, name: str, network: Network) -> None:
        """Keep a network."""
        state = {key: value for key, value in network.state_dict().items() if not key.startswith("words.")}
        part = self.folder / f"{name}.part"
        save_file({key: value.contiguous() for key, value in state.items()}, part)
        part.replace(self.folder / f"{name}.safetensors")

    def load_network(self, name: str, network: Network) -> None:
        """Give a network the weights of a kept one.

        Raises:
            ModelError: The file is broken.
            UsageError: It is of another network.
        """
        network.float()
        path = self.folder / f"{name}.safetensors"
        try:
            state = load_file(path)
        except (OSError, SafetensorError) as error:
            raise ModelError(
                f"{path}: cannot be read ({error}); remove it, and the step is done anew"
            ) from None
        missing, unexpected = network.load_state_dict(state, strict=False)
        if unexpected or any(not key.startswith("words.") for key in missing):
            raise UsageError(f"{self.folder}: {name} is of another network; give another --work")

    def save_logits(self, name: str, logits: Logits) -> None:
        """Keep logits."""
        save_logits(self.folder / f"{name}.npz", logits)

    def load_logits(self, name: str) -> Logits:
        """Return kept logits."""
        return load_logits(self.folder / f"{name}.npz")
