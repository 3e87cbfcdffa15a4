"""Progress and summary of a batch, on stderr."""

from __future__ import annotations

import contextlib
import sys
import time
from typing import TYPE_CHECKING

from stance.batch.local import State, Summary
from stance.batch.outputs import failures_path
from stance.cli.messages import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_REFRESH_SECONDS = 0.1
_LINE_SECONDS = 15.0  # between the lines of a run whose stderr is a file
_MOST_NAME = 40


@contextlib.contextmanager
def progress_bar(*, quiet: bool) -> Iterator[Callable[[State], None]]:
    """Show how far a batch is while the block runs: a bar on a terminal, else a line now and then.

    Yields:
        What to call with the state.
    """
    if quiet or sys.stderr is None:
        yield lambda _: None
    elif sys.stderr.isatty():
        with _bar() as progress:
            yield progress
    else:
        yield _lines()


def _lines() -> Callable[[State], None]:
    started = shown = time.monotonic()

    def progress(state: State) -> None:
        nonlocal shown
        now = time.monotonic()
        if now - shown >= _LINE_SECONDS and state.done < state.total:
            shown = now
            say(_line(state, now - started))

    return progress


def _line(state: State, seconds: float) -> str:
    """Return one line: documents, failures, rate, time left, the last document."""
    rate = (state.done - state.kept) / seconds if seconds > 0 else 0.0
    left = f", {_duration((state.total - state.done) / rate)} left" if rate > 0 else ""
    failures = f", {_count(state.failures, 'failure')}" if state.failures else ""
    return (
        f"{state.done:,} of {state.total:,} documents{failures}, {rate:.1f} a second{left}: {state.current}"
    )


def _duration(seconds: float) -> str:
    hours, rest = divmod(round(seconds), 3600)
    minutes, rest = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{rest:02}"


@contextlib.contextmanager
def _bar() -> Iterator[Callable[[State], None]]:
    from rich.console import Console  # noqa: PLC0415 - terminals only need it
    from rich.markup import escape  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    from stance.report.safe import one_line  # noqa: PLC0415

    bar = Progress(
        TextColumn("stance"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[failures]}{task.fields[current]}"),
        console=Console(stderr=True),
        transient=True,
        # A thread that refreshes would be copied half into the worker processes.
        auto_refresh=False,
    )
    task = bar.add_task("", total=None, rate="", failures="", current="")
    started = shown = time.monotonic()

    def progress(state: State) -> None:
        nonlocal shown
        now = time.monotonic()
        if state.done in {0, state.total} or now - shown >= _REFRESH_SECONDS:
            shown = now
            rate = f"{(state.done - state.kept) / (now - started):.0f} documents/s" if now > started else ""
            bar.update(
                task,
                completed=state.done,
                total=state.total,
                rate=rate,
                failures=f"{_count(state.failures, 'failure')} " if state.failures else "",
                current=escape(one_line(state.current)[-_MOST_NAME:]),
                refresh=True,
            )

    with bar:
        yield progress


def summary_lines(summary: Summary, output: Path, seconds: float) -> list[str]:
    """Return what is said at the end of a batch."""
    rate = f", {(summary.documents - summary.kept) / seconds:.0f} a second" if seconds > 0 else ""
    lines = [
        f"{_count(summary.documents, 'document')}, {_count(summary.sentences, 'sentence')}, "
        f"{_count(summary.scores, 'score')}, {_count(summary.failures, 'failure')} "
        f"in {seconds:.1f} seconds{rate}",
        f"scores are in {output}",
    ]
    if summary.kept:
        lines.append(f"{_count(summary.kept, 'document')} had been done by the earlier run")
    if summary.changed:
        lines.append(
            f"{_count(summary.changed, 'document')} had changed since the earlier run, or the instrument had: done anew"
        )
    if summary.unmatched:
        lines.append(
            f"{_count(summary.unmatched, 'row')} of the metadata {'is' if summary.unmatched == 1 else 'are'} of no document "
            "here; an id is a path below the folder, in a file of many articles with # and a key"
        )
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
