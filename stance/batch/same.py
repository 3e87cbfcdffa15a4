"""Whether another process computes as this one does: the same code, and the same libraries that read documents."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from stance import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_PACKAGE = Path(__file__).resolve().parent.parent
# What a document's rows depend on and stance does not bring along.
_READERS = ("charset-normalizer", "lxml", "pypdf", "python-docx", "trafilatura", "zstandard")
_ENCODERS = ("onnxruntime", "tokenizers")
_STANCE, _PYTHON, _MISSING = "stance", "Python", "missing"


def libraries(*, neural: bool) -> tuple[str, ...]:
    """Return the libraries that results depend on; an encoder's are two more."""
    return (*_READERS, *(_ENCODERS if neural else ()))


def environment(names: Sequence[str]) -> dict[str, str]:
    """Return what results depend on beside lexicons, roster and model: the versions of stance, Python and libraries."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"  # Unicode's tables are a minor version's
    return {_STANCE: code_version(), _PYTHON: python, **{name: _version(name) for name in names}}


def difference(expected: Mapping[str, str]) -> str:
    """Return in what this process differs from another's environment, and what to do; empty if in nothing."""
    here = environment([name for name in expected if name not in {_STANCE, _PYTHON}])
    for name, wanted in expected.items():
        there = here[name]
        if there != wanted:
            return f"{name} is {there} there and {wanted} on the client; install the same"
    return ""


@cache
def code_version() -> str:
    """Return stance's version with a hash of its code: between two releases, one version may be many."""
    digest = hashlib.sha256()
    for path in sorted((*_PACKAGE.rglob("*.py"), *_PACKAGE.glob("language/*.json"))):
        digest.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\0")
        digest.update(path.read_bytes())
    return f"{__version__} ({digest.hexdigest()[:8]})"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return _MISSING
