"""Writing a model folder as a whole: a reader sees the old model or the new one, never half of either."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from stance.errors import OutputError


def write_model_folder(output: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder beside `output` and move it into place.

    Args:
        output: The model folder; what was there before is replaced.
        files: Contents by name.

    Raises:
        OutputError: `output` is a file or a folder of something else, or the disk refuses.
    """
    if (
        output.exists()
        and not (output / "manifest.json").is_file()
        and (not output.is_dir() or any(output.iterdir()))
    ):
        raise OutputError(f"{output}: exists and is no model folder; choose another --output")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{output.name}.", dir=output.parent) as work:
            fresh, old = Path(work) / "new", Path(work) / "old"
            fresh.mkdir()
            for name, content in files.items():
                (fresh / name).write_bytes(content)
            if output.exists():
                output.rename(old)
            try:
                fresh.rename(output)
            except OSError:
                if old.exists():
                    old.rename(output)
                raise
            shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"{output}: the model cannot be written ({reason}); check space and permission"
        ) from None
