"""An evaluation as a table."""

from __future__ import annotations

from typing import Any

from stance.cli.tables import table

_NAMES = {"-1": "negative", "0": "neutral", "1": "positive"}


def evaluation_text(result: dict[str, Any]) -> str:
    """Return the object of `stance evaluate --format json` as text."""
    classes = [
        (
            _NAMES.get(label, label),
            *(f"{values[key]:.3f}" for key in ("precision", "recall", "f1")),
            str(values["support"]),
        )
        for label, values in result["per_class"].items()
    ]
    confusion = [
        (_NAMES[label], *map(str, row)) for label, row in zip(_NAMES, result["confusion"], strict=True)
    ]
    coverage = [
        (
            f"{row['min_confidence']:.2f}",
            f"{row['coverage']:.3f}",
            "-" if row["accuracy"] is None else f"{row['accuracy']:.3f}",
        )
        for row in result["coverage"]
    ]
    return "\n\n".join(
        (
            f"{result['n']} items: macro F1 {result['macro_f1']:.3f}, accuracy {result['accuracy']:.3f}, "
            f"expected calibration error {result['ece']:.3f}",
            table(("label", "precision", "recall", "F1", "items"), classes),
            "labelled (rows), predicted (columns)\n" + table(("", *_NAMES.values()), confusion),
            "confidence at least, share kept, accuracy of what is kept\n"
            + table(("confidence", "coverage", "accuracy"), coverage),
        )
    )
