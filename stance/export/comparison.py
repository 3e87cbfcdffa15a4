"""A comparison as a table to read, as JSON, and as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from stance.export.csv import Cell, csv_bytes
from stance.export.json import json_bytes
from stance.report.safe import one_line

if TYPE_CHECKING:
    from stance.study.compare import Comparison, Contrast, GroupMean

SCHEMA = "stance.comparison/1"
COLUMNS = (
    "kind", "actor", "group", "other", "articles", "sentences", "value", "ci_low", "ci_high",
    "negative", "neutral", "positive", "author_mean", "quoted_mean", "abstained",
    "p", "p_corrected", "delta", "small",
)  # fmt: skip
ALL_OTHERS = "all others"


def comparison_json(found: Comparison) -> bytes:
    """Return a comparison as JSON: `means` and `contrasts`, with what they were made with."""
    return json_bytes(
        {
            "schema": SCHEMA,
            "by": found.by,
            "resamples": found.resamples,
            "seed": found.seed,
            "correction": found.correction,
            "means": [asdict(one) for one in found.means],
            "contrasts": [asdict(one) for one in found.contrasts],
        },
        indent=2,
    )


def comparison_csv(found: Comparison) -> bytes:
    """Return a comparison as CSV: a row a mean (`kind` mean) and a row a difference (contrast); empty is not measured."""
    return csv_bytes([COLUMNS, *map(_mean_row, found.means), *map(_contrast_row, found.contrasts)])


def _mean_row(one: GroupMean) -> Sequence[Cell]:
    return (
        "mean", one.actor, one.group, "", one.articles, one.sentences, one.mean, one.ci_low, one.ci_high,
        one.negative, one.neutral, one.positive, one.author_mean, one.quoted_mean, one.abstained,
        None, None, None, _truth(one.small),
    )  # fmt: skip


def _contrast_row(one: Contrast) -> Sequence[Cell]:
    return (
        "contrast", one.actor, one.group, one.other, None, None, one.difference, one.ci_low, one.ci_high,
        None, None, None, None, None, None, one.p, one.p_corrected, one.delta, _truth(one.small),
    )  # fmt: skip


def _truth(value: bool) -> str:
    return "true" if value else "false"


def comparison_text(found: Comparison) -> bytes:
    """Return a comparison as tables, an actor after the other."""
    made = f"{found.resamples:,} draws, {_CORRECTED[found.correction]}"
    parts = [
        f"Mean scores by {one_line(found.by)}, with 95% intervals over articles",
        f"Differences with p values of a permutation of articles ({made})",
    ]
    for actor in dict.fromkeys(one.actor for one in found.means):
        means = [one for one in found.means if one.actor == actor]
        parts.append(f"\n{one_line(actor)}\n" + _lines(_MEANS, map(_mean_cells, means)))
        contrasts = [one for one in found.contrasts if one.actor == actor]
        if contrasts:
            parts.append("\n" + _lines(_CONTRASTS, map(_contrast_cells, contrasts)))
        else:
            parts.append("\nonly one group; nothing to hold it against")
    if any(one.small for one in found.means):
        parts.append("\n* fewer than five articles: too small to be tested")
    return ("\n".join(parts) + "\n").encode("utf-8")


_CORRECTED = {
    "holm": "corrected after Holm",
    "bh": "corrected after Benjamini and Hochberg",
    "none": "not corrected",
}
_MEANS = (
    "group",
    "articles",
    "sentences",
    "mean",
    "95%",
    "neg",
    "neu",
    "pos",
    "author",
    "quoted",
    "abstained",
)
_CONTRASTS = ("group", "against", "difference", "95%", "p", "corrected", "Cliff's delta")


def _lines(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Lay cells out: the first to the left, the others to the right."""
    cells = [list(map(one_line, row)) for row in (header, *rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    left = 2 if header is _CONTRASTS else 1
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place < left else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    )


def _number(value: float | None, digits: int = 2) -> str:
    return "" if value is None else f"{value:+.{digits}f}"


def _between(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f"{low:+.2f} to {high:+.2f}"


def _mean_cells(one: GroupMean) -> Sequence[str]:
    shares = (f"{share:.0%}" for share in (one.negative, one.neutral, one.positive))
    return (
        one.group + " *" * one.small, f"{one.articles:,}", f"{one.sentences:,}", _number(one.mean),
        _between(one.ci_low, one.ci_high), *shares, _number(one.author_mean), _number(one.quoted_mean),
        f"{one.abstained:.0%}",
    )  # fmt: skip


def _contrast_cells(one: Contrast) -> Sequence[str]:
    return (
        one.group, one.other or ALL_OTHERS, _number(one.difference), _between(one.ci_low, one.ci_high),
        "too small" if one.p is None else f"{one.p:.4f}", "" if one.p_corrected is None else f"{one.p_corrected:.4f}",
        _number(one.delta),
    )  # fmt: skip
