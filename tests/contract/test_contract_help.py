"""What README and docs say of the command line is what `--help` says."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
# The contract's commands, with the options that scripts rely on.
CONTRACT = {
    ("analyze",): ["--format", "--output", "-o", "--roster", "--classifier", "--min-confidence", "--explain",
                   "--source", "--date", "--raw-csv", "--quiet", "--width"],
    ("batch",): ["--output", "-o", "--workers", "--pattern", "--source", "--date", "--classifier", "--roster",
                 "--min-confidence", "--raw-csv", "--quiet", "--metadata", "--save-text"],
    ("segment",): ["--format"],
    ("train",): ["--output", "-o", "--classifier", "--text", "--soft-labels", "--base", "--student", "--work",
                 "--quiet"],
    ("label",): ["--output", "-o", "--classifier", "--roster", "--quiet"],
    ("evaluate",): ["--classifier", "--format", "--predictions"],
    ("roster", "list"): [],
    ("roster", "check"): [],
    ("roster", "explain"): [],
    ("lexicon", "list"): [],
    ("lexicon", "check"): [],
    ("lexicon", "explain"): [],
    ("lexicon", "suggest"): ["--actor", "--top"],
    ("compare",): ["--by", "--period", "--actor", "--pairs", "--correction", "--resamples", "--format", "--output", "-o"],
    ("keyness",): ["--by", "--first", "--second", "--actor", "--top"],
    (): ["--version", "--help", "--install-completion", "--show-completion"],
}  # fmt: skip


@cache
def help_text(*command: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "stance", *command, "--help"], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def options(*command: str) -> frozenset[str]:
    return frozenset(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", help_text(*command)))


@pytest.mark.parametrize("command", CONTRACT, ids=" ".join)
def test_the_contracts_options(command):
    assert set(CONTRACT[command]) <= options(*command)


def spoken() -> list[tuple[str, str]]:
    """Return what pages have in code that begins with `stance`, line by line."""
    found = []
    for page in PAGES:
        text = page.read_text("utf-8").replace("\\\n", " ")
        code = re.findall(r"`([^`\n]+)`", text) + re.findall(r"^ {4}(.+)$|^\$ (.+)$", text, re.MULTILINE)
        lines = [line if isinstance(line, str) else line[0] or line[1] for line in code]
        fenced = [
            line for block in re.findall(r"```\w*\n(.*?)```", text, re.DOTALL) for line in block.split("\n")
        ]
        for line in (*lines, *fenced):
            match = re.match(r"(?:\$ )?stance (.*)", line.strip())
            if match:
                found.append((page.name, match[1].split("  #")[0].split(" | ")[0]))
    return found


def test_pages_name_only_what_help_names():
    for page, line in spoken():
        words = shlex.split(line, comments=True)
        command = [word for word in words[:2] if re.fullmatch("[a-z]+", word)]
        if command and command[0] not in {"roster", "lexicon"}:
            command = command[:1]
        if command and not any(tuple(command) == known[: len(command)] for known in CONTRACT):
            pytest.fail(f"{page}: stance {line}: no such command")
        used = {word.split("=")[0] for word in words if re.match(r"--?[a-z]", word)}
        assert used <= options(*command) | options(), f"{page}: stance {line}"


def test_every_option_has_a_help_text():
    for command in CONTRACT:
        listed = "\n" + help_text(*command).split("Options:\n")[1].split("\n\n")[0]
        # An option without a help text is followed by another option or by nothing.
        for block in re.split(r"\n  (?=-)", listed)[1:]:
            assert re.search(r"\S {2,}\S|\n {6,}\S", block), f"{command}: {block}"
