"""Sources of training data: which files a user's paths mean, and the hash that tells them apart in a manifest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from stance.errors import DataError, UsageError
from stance.research.coded import is_coded_folder


def sources_of(data: Sequence[Path]) -> Iterator[Path]:
    """Yield the files of labelled rows and the folders of coded articles that paths mean, in order.

    Args:
        data: JSONL files, folders of them, folders of coded articles.

    Raises:
        UsageError: There is no path.
        DataError: A folder holds neither.
    """
    if not data:
        raise UsageError("train: give at least one file or folder of labelled data")
    for path in data:
        if path.is_dir() and not is_coded_folder(path):
            files = sorted(path.glob("*.jsonl"))
            if not files:
                raise DataError(f"{path}: no .jsonl files in this folder")
            yield from files
        else:
            yield path


def digest_of(source: Path) -> str:
    """Return the SHA-256 of a file, or of a folder of coded articles, in hexadecimal.

    Raises:
        DataError: A file cannot be read.
    """
    files = [source / "articles.jsonl", source / "codes.jsonl"] if is_coded_folder(source) else [source]
    digest = hashlib.sha256()
    for path in files:
        try:
            with path.open("rb") as content:
                while chunk := content.read(1 << 20):
                    digest.update(chunk)
        except OSError as error:
            raise DataError(f"{path}: cannot be read ({error.strerror}); check the path") from None
    return digest.hexdigest()
