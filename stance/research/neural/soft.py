"""What the teachers said of the unlabelled texts, as soft labels for the regression to learn."""

from __future__ import annotations

from pathlib import Path

from stance.export.files import write_whole
from stance.research.neural.logits import Logits, softmax
from stance.research.neural.material import ALONE, Material, Texts
from stance.research.soft_labels import cast_row, soft_row


def write_told(path: Path, texts: Texts, material: Material, logits: Logits) -> int:
    """Write a row for each candidate that was judged, of whole articles and of sentences read alone.

    Args:
        path: JSONL to write, in the form that `stance train --soft-labels` reads.
        texts: The texts; they name the wider cast.
        material: The same as documents.
        logits: What was said of the candidates.

    Returns:
        How many rows were written.

    Raises:
        OutputError: The file cannot be written.
    """
    rows: list[str] = []
    wide: set[str] = set()
    entries = {str(entry["id"]) for entry in texts.cast}
    for one in (*material.unlabelled, *material.lone):
        doc = one.prepared.article.id
        if entries <= one.prepared.kinds.keys():
            wide.add(doc)
        for number, candidate in enumerate(one.prepared.candidates):
            said = logits.get(one.key(number))
            if said is not None:
                rows.append(soft_row(candidate, doc, softmax(said).tolist(), alone=one.id.startswith(ALONE)))
    lines = [cast_row(texts.cast, wide), *rows]
    write_whole(path, "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass"))
    return len(rows)
