"""Runs the command line as a process of its own, as a shell would."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

COMMAND = [sys.executable, "-m", "stance"]
LEXICON = ("--classifier", "lexicon")
ROOT = Path(__file__).parents[2]
ARTICLES = ROOT / "corpus" / "articles"
ARTICLE = ARTICLES / "oped-korean-knot.txt"
# What a terminal could obey: C0 but for line ends and what colours need, C1, bidi controls.
CONTROL = re.compile("[\x00-\x09\x0b-\x1a\x1c-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|\x1b(?!\\[[0-9;]*m)")


@dataclass(frozen=True)
class Done:
    """What came of a run."""

    code: int
    raw: bytes
    err: str

    @property
    def out(self) -> str:
        return self.raw.decode("utf-8")


def environment(**changes: str) -> dict[str, str]:
    """Return an environment that does not depend on who runs the tests."""
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("LC_", "PYTHON", "STANCE_"))
    }
    for key in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LANG"):
        kept.pop(key, None)
    return {**kept, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", **changes}


def heed_interrupts() -> None:
    """Make a child heed Ctrl-C: a test run that a shell started in the background ignores it, and so would the child."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def stance(*arguments: str | Path, stdin: bytes = b"", cwd: Path | None = None, **changes: str) -> Done:
    """Run stance and wait for it."""
    done = subprocess.run(
        [*COMMAND, *map(os.fspath, arguments)],
        input=stdin,
        capture_output=True,
        check=False,
        cwd=cwd,
        env=environment(**changes),
        timeout=120,
    )
    error = done.stderr.decode("utf-8", "surrogateescape")
    assert "Traceback" not in error, error
    return Done(done.returncode, done.stdout, error)
