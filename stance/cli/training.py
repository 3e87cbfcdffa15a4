"""What `stance train` does for each kind of classifier, with the options that belong to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from stance.errors import UsageError

INSTALL = "pip install 'stance[train]'"


@dataclass(frozen=True, slots=True)
class Options:
    """The command's options: what both kinds have, and what one of them has."""

    data: Sequence[Path]
    output: Path
    text: Path | None
    soft: Path | None
    base: Path | None
    student: Path | None
    work: Path | None


def train_linear(options: Options, progress: Callable[[str], None]) -> None:
    """Train the regression.

    Raises:
        UsageError: An option is given that only encoders have.
    """
    for name in ("base", "student", "work"):
        if getattr(options, name) is not None:
            raise UsageError(f"--{name} belongs to --classifier neural; leave it out, or add that")
    from stance.research.train import train  # noqa: PLC0415 - imports scikit-learn

    train(options.data, options.output, texts=options.text, soft=options.soft, progress=progress)


def train_encoder(options: Options, progress: Callable[[str], None]) -> None:
    """Train an encoder.

    Raises:
        UsageError: The base is missing, an option is given that only the regression has, or the extra is not installed.
    """
    if options.soft is not None:
        raise UsageError("--soft-labels belongs to --classifier linear; an encoder makes its own from --text")
    if options.base is None:
        raise UsageError("--classifier neural needs --base FOLDER, a pretrained encoder to start from")
    try:
        import onnx  # noqa: F401, PLC0415 - an extra, like the next two
        import torch  # noqa: F401, PLC0415
        import transformers  # noqa: F401, PLC0415
    except ImportError as error:
        raise UsageError(f"training an encoder needs the library {error.name}; {INSTALL}") from None
    from stance.research.neural.command import Request, train_neural  # noqa: PLC0415

    request = Request(options.data, options.output, options.base, options.student, options.text, options.work)
    train_neural(request, progress)
