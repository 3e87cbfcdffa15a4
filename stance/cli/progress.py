"""Progress and summary of a batch, on stderr."""

from __future__ import annotations

import contextlib
import sys
import time
from typing import TYPE_CHECKING

from stance.batch.local import Summary, failures_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_REFRESH_SECONDS = 0.1


@contextlib.contextmanager
def progress_bar(*, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """Show a bar with files, rate and time left while the block runs; nothing if stderr is no terminal.

    Yields:
        What to call with the files done and their number.
    """
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console  # noqa: PLC0415 - terminals only need it
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    bar = Progress(
        TextColumn("stance"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        # A thread that refreshes would be copied half into the worker processes.
        auto_refresh=False,
    )
    task = bar.add_task("", total=None, rate="")
    started = shown = time.monotonic()

    def progress(done: int, total: int) -> None:
        nonlocal shown
        now = time.monotonic()
        if done in {0, total} or now - shown >= _REFRESH_SECONDS:
            shown = now
            rate = f"{done / (now - started):.0f} files/s" if now > started else ""
            bar.update(task, completed=done, total=total, rate=rate, refresh=True)

    with bar:
        yield progress


def summary_lines(summary: Summary, output: Path, seconds: float) -> list[str]:
    """Return what is said at the end of a batch."""
    rate = f", {summary.documents / seconds:.0f} a second" if seconds > 0 else ""
    lines = [
        f"{_count(summary.documents, 'document')}, {_count(summary.sentences, 'sentence')}, "
        f"{_count(summary.scores, 'score')}, {_count(summary.failures, 'failure')} "
        f"in {seconds:.1f} seconds{rate}",
        f"scores are in {output}",
    ]
    if summary.failures:
        lines.append(f"failures are in {failures_path(output)}")
    if summary.remarks:
        lines.append(
            f"the encoding of {_count(summary.remarks, 'document')} had to be guessed or mended; "
            "`stance analyze` says how"
        )
    return lines


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
