"""Reading the files of a model folder: bounded, checked against the manifest, never executed."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from stance.errors import ModelError

MAX_MANIFEST_BYTES = 4 * 1024 * 1024


def read_model_file(path: Path, most: int, digest: object) -> bytes:
    """Read a file of a model.

    Args:
        path: The file.
        most: Most bytes that it may have.
        digest: The SHA-256 that the manifest names, in hexadecimal.

    Raises:
        ModelError: It is missing, unreadable, too large, or not what the manifest names.
    """
    data = _read(path, most)
    if hashlib.sha256(data).hexdigest() != digest:
        raise ModelError(f"{path}: its content does not match the manifest; restore the file or train anew")
    return data


def manifest_of(folder: Path, schema: str | None = None) -> dict[str, Any]:
    """Read a model folder's manifest.

    Args:
        folder: The model folder.
        schema: The schema that it must name; any if None.

    Raises:
        ModelError: It is missing, no JSON object, or of another schema.
    """
    path = folder / "manifest.json"
    parsed = parse_json(_read(path, MAX_MANIFEST_BYTES), path)
    if not isinstance(parsed, dict):
        raise ModelError(f"{path}: no manifest; train the model anew")
    if schema is not None and parsed.get("schema") != schema:
        raise ModelError(
            f"{folder}: manifest.json does not say schema {schema!r}; train the model with this stance"
        )
    return parsed


def parse_json(data: bytes, path: Path) -> Any:
    """Parse a file's content.

    Raises:
        ModelError: It is no JSON.
    """
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise ModelError(f"{path}: no valid JSON; restore the file or train anew") from None


def _read(path: Path, most: int) -> bytes:
    try:
        if path.stat().st_size > most:
            raise ModelError(f"{path}: over the limit of {most >> 20} MiB for a model file")
        return path.read_bytes()
    except FileNotFoundError:
        raise ModelError(
            f"{path}: missing; a model folder holds manifest.json and the files it names"
        ) from None
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror})") from None
