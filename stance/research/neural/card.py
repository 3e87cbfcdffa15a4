"""The model card that goes with a trained encoder (Mitchell et al. 2019): what was trained on what, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def model_card(manifest: Mapping[str, Any]) -> str:
    """Return the card of a manifest as Markdown."""
    training = manifest["training"]
    lines = [
        "# Model card: neural",
        "",
        f"An encoder that says how a sentence portrays an actor whose name it never sees; stance {manifest['version']}, "
        f"windows of version {manifest['windows_version']}.",
        "",
        "## Trained on",
        "",
        *(f"- {source['name']}: SHA-256 `{source['sha256']}`" for source in training["data"]),
        "",
        "## Started from",
        "",
        f"- teacher: {training['base']['name']}, `model.safetensors` SHA-256 `{training['base']['sha256']}`",
    ]
    if training["student"]:
        lines.append(
            f"- student: {training['student']['name']}, `model.safetensors` SHA-256 `{training['student']['sha256']}`"
        )
    lines += ["", "## Measured on articles that were not trained on", ""]
    for kind, figures in manifest["figures"].items():
        if kind == "held_rows":
            continue
        lines += [f"{kind.capitalize()}:", ""]
        for where, name in (("placed", "place of the actor given"), ("end_to_end", "from the text alone")):
            values = ", ".join(
                f"{key.replace('_', ' ')} {value:.3f}"
                for key, value in figures[where].items()
                if value is not None
            )
            lines.append(f"- {name}: {values}")
        lines.append("")
    held = manifest["figures"].get("held_rows", {})
    if "macro_f1" in held:
        lines += [f"Lone sentences held back, {held['n']} of them: macro F1 {held['macro_f1']:.3f}.", ""]
    lines += [
        "## Limits",
        "",
        "Meant for means over many sentences and for finding passages worth reading, in English news. One sentence's label "
        "is no judgement until somebody has read it. Actors' names are hidden, topics are not: what a topic usually "
        "goes with, the model expects.",
    ]
    return "\n".join(lines) + "\n"
