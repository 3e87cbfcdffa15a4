"""Renderings of a constructed article, kept to be looked at.

`STANCE_REGENERATE=1 pytest tests/golden/report` writes them anew; read the difference before keeping it.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from report_article import build
from rich.console import Console

from stance.report.terminal import render

FOLDER = Path(__file__).parent
CASES = [
    ("summary-80.txt", 80, "utf-8", False),
    ("summary-140.txt", 140, "utf-8", False),
    ("summary-ascii-80.txt", 80, "ascii", False),
    ("explain-80.txt", 80, "utf-8", True),
    ("explain-140.txt", 140, "utf-8", True),
]


def rendering(width: int, encoding: str, *, explain: bool) -> str:
    data = io.BytesIO()
    file = io.TextIOWrapper(data, encoding=encoding, newline="\n")
    analysis, roster = build()
    # The environment has no say: not COLUMNS, not FORCE_COLOR.
    render(analysis, Console(file=file, width=width, _environ={}), explain=explain, roster=roster)
    file.flush()
    return data.getvalue().decode(encoding)


@pytest.mark.parametrize(("name", "width", "encoding", "explain"), CASES)
def test_a_report_looks_as_it_did(name: str, width: int, encoding: str, explain: bool) -> None:
    path = FOLDER / name
    shown = rendering(width, encoding, explain=explain)
    if os.environ.get("STANCE_REGENERATE"):
        path.write_text(shown, encoding="utf-8", newline="\n")
    assert shown == path.read_text(encoding="utf-8")
