"""What `stance train` does for each kind of classifier, with the options that belong to it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from stance.errors import UsageError

Folders = tuple[Path | None, Path | None, Path | None]
"""Base, student and work folder."""

INSTALL = "pip install 'stance[train]'"


def train_linear(
    data: Sequence[Path],
    output: Path,
    text: Path | None,
    soft: Path | None,
    folders: Folders,
    progress: Callable[[str], None],
) -> None:
    """Train the regression.

    Raises:
        UsageError: An option is given that only encoders have.
    """
    for name, value in zip(("--base", "--student", "--work"), folders, strict=True):
        if value is not None:
            raise UsageError(f"{name} belongs to --classifier neural; leave it out, or add that")
    from stance.research.train import train  # noqa: PLC0415 - imports scikit-learn

    train(data, output, texts=text, soft=soft, progress=progress)


def train_encoder(
    data: Sequence[Path],
    output: Path,
    text: Path | None,
    soft: Path | None,
    folders: Folders,
    progress: Callable[[str], None],
) -> None:
    """Train an encoder.

    Raises:
        UsageError: The base is missing, an option is given that only the regression has, or the extra is not installed.
    """
    base, student, work = folders
    if soft is not None:
        raise UsageError("--soft-labels belongs to --classifier linear; an encoder makes its own from --text")
    if base is None:
        raise UsageError("--classifier neural needs --base FOLDER, a pretrained encoder to start from")
    try:
        import onnx  # noqa: F401, PLC0415
        import torch  # noqa: F401, PLC0415 - an extra
        import transformers  # noqa: F401, PLC0415
    except ImportError as error:
        raise UsageError(f"training an encoder needs the library {error.name}; {INSTALL}") from None
    from stance.research.neural.command import Request, train_neural  # noqa: PLC0415

    train_neural(Request(data, output, base, student, text, work), progress)
