"""The start: help, version, completion, what is imported, how defects are said."""

from __future__ import annotations

import subprocess
import sys

import pytest
from stance_process import ARTICLE, COMMAND, LEXICON, environment, stance

from stance import __version__

COMMANDS = [
    ("analyze",),
    ("batch",),
    ("segment",),
    ("train",),
    ("evaluate",),
    ("roster",),
    ("lexicon",),
    ("roster", "list"),
]
SLOW = {"sklearn", "nltk", "numpy", "scipy", "pandas", "joblib", "charset_normalizer"}


def imported(*arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "stance", *map(str, arguments)],
        capture_output=True, text=True, check=True, env=environment(),
    )  # fmt: skip
    return {
        line.rsplit("|", 1)[1].strip() for line in done.stderr.splitlines() if line.startswith("import time:")
    }


def tops(modules: set[str]) -> set[str]:
    return {module.split(".")[0] for module in modules}


def test_version():
    done = stance("--version")
    assert (done.code, done.out, done.err) == (0, f"stance {__version__}\n", "")


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_names_all_commands(option):
    done = stance(option)
    assert (done.code, done.err) == (0, "")
    assert all(command[0] in done.out for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_of_commands(command):
    done = stance(*command, "--help")
    assert (done.code, done.err) == (0, "")
    assert "Usage: stance " + " ".join(command) in done.out


def test_no_command():
    done = stance()
    assert (done.code, done.out) == (2, "")
    assert "Usage: stance" in done.err


@pytest.mark.parametrize("arguments", [("analyse",), ("roster",), ("roster", "show"), ("--nonsense",)])
def test_no_such_command(arguments):
    done = stance(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("stance: ")
    assert "--help" in done.err


def test_help_imports_nothing_slow():
    modules = imported("--help")
    assert not tops(modules) & (SLOW | {"rich", "multiprocessing"})
    assert {module for module in modules if module.startswith("stance.") and ".cli" not in module} <= {
        "stance.errors"
    }


def test_analysing_imports_nothing_slow():
    assert not tops(imported("analyze", ARTICLE, *LEXICON)) & SLOW
    assert "rich" not in tops(imported("analyze", ARTICLE, *LEXICON, "--format", "csv"))


def test_completion():
    done = stance(_STANCE_COMPLETE="complete_bash", COMP_WORDS="stance seg", COMP_CWORD="1")
    assert done.out.split() == ["segment"]


@pytest.mark.parametrize("debug", [False, True])
def test_defects(debug):
    # A defect in the program, put there for this test.
    script = (
        "import sys\nimport stance.pipeline\nfrom stance.cli import main\n"
        "def broken(*a, **k): raise IndexError('odd \\x1b[31m')\n"
        "stance.pipeline.analyze = broken\n"
        f"sys.argv = ['stance', 'analyze', {str(ARTICLE)!r}, '--classifier', 'lexicon']\nsys.exit(main())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True, text=True, check=False, env=environment(**({"STANCE_DEBUG": "1"} if debug else {})),
    )  # fmt: skip
    assert done.returncode == 1
    if debug:
        assert "Traceback" in done.stderr
    else:
        assert done.stderr.count("\n") == 1
        assert "unforeseen IndexError" in done.stderr
        assert "please report" in done.stderr
        assert "\x1b" not in done.stderr


def test_run_as_a_module_and_as_a_script_are_the_same():
    script = [sys.executable, "-c", "import sys; from stance.cli import main; sys.exit(main())", "--version"]
    done = subprocess.run(script, capture_output=True, text=True, check=True, env=environment())
    assert done.stdout == subprocess.run(
        [*COMMAND, "--version"], capture_output=True, text=True, check=True, env=environment()
    ).stdout  # fmt: skip
