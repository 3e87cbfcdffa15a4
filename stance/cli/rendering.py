"""An analysis as the bytes that `stance analyze` writes."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stance.cli.options import Form
from stance.cli.output import for_terminal, on_terminal
from stance.export.csv import COLUMNS, csv_bytes, parents_of, score_rows
from stance.export.json import analysis_json

if TYPE_CHECKING:
    from stance.records import Analysis
    from stance.resources import Resources

_WIDTH_OF_FILES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """How analyses are written.

    Attributes:
        form: The format.
        resources: The run's roster names actors and their parents.
        to_file: Whether the bytes go to a file; they are the same on every machine then.
        explain: Whether a report takes every score apart.
        raw: Whether CSV keeps strings that a spreadsheet would run as a formula.
        width: Width of a report; the terminal's if None.
    """

    form: Form
    resources: Resources
    to_file: bool = False
    explain: bool = False
    raw: bool = False
    width: int | None = None

    def render(self, analysis: Analysis, *, first: bool) -> bytes:
        """Return the bytes of an analysis; `first` says whether nothing was written before."""
        if self.form is Form.TEXT:
            return self._report(analysis, first=first)
        if self.form is Form.CSV:
            parents = parents_of(self.resources.roster)
            data = csv_bytes([COLUMNS] if first else []) + csv_bytes(
                score_rows(analysis, parents), raw=self.raw
            )
            # CSV has no escapes for what a terminal obeys; a file or a pipe gets the text as it is.
            return for_terminal(data) if not self.to_file and on_terminal() else data
        return analysis_json(analysis, indent=2 if self.form is Form.JSON else None)

    def _report(self, analysis: Analysis, *, first: bool) -> bytes:
        from rich.console import Console  # noqa: PLC0415 - reports only need it

        from stance.report.terminal import render  # noqa: PLC0415

        # rich prints into memory: what becomes of stdout is `stance.cli.output`'s to say.
        for_stdout = not self.to_file and sys.stdout is not None
        memory = io.BytesIO()
        file = io.TextIOWrapper(
            memory, sys.stdout.encoding if for_stdout else "utf-8", errors="backslashreplace", newline=""
        )
        if for_stdout:
            # Where stdout is no terminal, FORCE_COLOR and the like still have their say.
            console = Console(file=file, width=self.width, force_terminal=on_terminal() or None)
        else:
            console = Console(
                file=file, width=self.width or _WIDTH_OF_FILES, force_terminal=False, color_system=None
            )
        render(analysis, console, explain=self.explain, roster=self.resources.roster)
        file.flush()
        return (b"" if first else b"\n") + memory.getvalue().rstrip(b"\n") + b"\n"
