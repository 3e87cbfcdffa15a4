"""The documents that a command line names: read one by one; a bad one is a line on stderr, not the end."""

from __future__ import annotations

import contextlib
import os
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from stance.cli.messages import complain, say, unforeseen
from stance.cli.options import Form
from stance.errors import OutputError, ReadError, StanceError, UsageError
from stance.reading.text import article_from_bytes, read_bytes, read_standard_input

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stance.records import Article

STANDARD_INPUT = Path("-")


def check_files(files: list[Path], form: Form, output: Path | None) -> dict[str, Path]:
    """Return the files by id: each once, under its stem, or under its path where two have the same stem.

    Raises:
        UsageError: JSON for several files, or an output that would replace its input.
    """
    found = list(dict.fromkeys(files))
    if form is Form.JSON and len(found) > 1:
        raise UsageError("--format json is for one file; give --format jsonl for several")
    for path in found:
        with contextlib.suppress(OSError):
            if output is not None and path != STANDARD_INPUT and output.samefile(path):
                raise UsageError(f"--output {output}: this is the input; choose another name")
    stems = {path: "stdin" if path == STANDARD_INPUT else path.stem for path in found}
    often = Counter(stems.values())
    return {stem if often[stem] == 1 else str(path): path for path, stem in stems.items()}


def read_document(
    path: Path,
    id: str | None = None,  # noqa: A002
    *,
    source: str = "",
    date: str = "",
    quiet: bool = False,
) -> Article:
    """Read a file or, for `-`, standard input, and say what was remarkable about the reading.

    Raises:
        ReadError: It cannot be read or is no text.
    """
    if path != STANDARD_INPUT:
        article = article_from_bytes(
            read_bytes(path), id=id or path.stem, path=str(path), source=source, date=date
        )
    elif sys.stdin is None:
        raise ReadError("standard input: it is closed; give a file instead")
    else:
        article = read_standard_input(source=source, date=date)
    if not quiet:
        for note in article.notes:
            say(f"note: {article.path}: {note}")
    return article


@contextlib.contextmanager
def try_document(name: str) -> Iterator[None]:
    """Turn what goes wrong with one document into a line on stderr; what concerns all of them is raised."""
    try:
        yield
    except OutputError:
        raise
    except StanceError as error:
        complain(error)
    except Exception as error:
        if os.environ.get("STANCE_DEBUG"):
            raise
        unforeseen(error, name)
