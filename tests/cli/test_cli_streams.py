"""stdout and stderr: full, closed, nobody reading, a terminal; colours; signals; no network."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import time

import pytest
from stance_process import ARTICLE, ARTICLES, COMMAND, CONTROL, LEXICON, environment, heed_interrupts, stance

COMMANDS = {
    "help": ("--help",),
    "text": ("analyze", ARTICLE, *LEXICON),
    "json": ("analyze", ARTICLE, *LEXICON, "--format", "json"),
    "csv": ("analyze", ARTICLE, *LEXICON, "--format", "csv"),
    "many": ("analyze", *sorted(ARTICLES.glob("*.txt")), *LEXICON, "--format", "jsonl"),
    "segment": ("segment", ARTICLE),
    "roster": ("roster", "list"),
    "lexicon": ("lexicon", "list"),
}


def shell(script, *arguments, **changes):
    return subprocess.run(
        ["bash", "-c", script, "bash", *COMMAND, *map(str, arguments)],
        capture_output=True, text=True, check=False, env=environment(**changes), timeout=120,
    )  # fmt: skip


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk(name, unbuffered):
    done = shell('"$@" > /dev/full', *COMMANDS[name], PYTHONUNBUFFERED=unbuffered)
    assert done.returncode == 2
    assert (
        done.stderr
        == "stance: standard output: no space left on the disk; free some or choose another place\n"
    )


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_nobody_reads(name, unbuffered):
    done = shell('"$@" | true; echo "${PIPESTATUS[0]}"', *COMMANDS[name], PYTHONUNBUFFERED=unbuffered)
    assert done.stderr == ""
    assert done.stdout in ({"0\n", "1\n"} if name == "help" else {"0\n"})


@pytest.mark.parametrize("name", ["many", "lexicon", "text"])
def test_only_the_head_is_read(name):
    done = shell('"$@" | head -n 1 | cut -c 1-60', *COMMANDS[name])
    assert done.stderr == ""
    assert done.stdout.count("\n") == 1


def test_stdout_is_closed():
    done = shell('"$@" >&-', *COMMANDS["json"])
    assert done.returncode == 2
    assert done.stderr == "stance: standard output: it is closed; give a file with --output\n"
    assert shell('"$@" >&-', *COMMANDS["text"]).returncode == 2


def test_stdin_is_closed():
    done = shell('"$@" <&-', "analyze", "-", *LEXICON)
    assert done.returncode == 1
    assert "standard input" in done.stderr


def test_stderr_is_closed_or_full():
    for script in ('"$@" 2>&-', '"$@" 2>/dev/full'):
        done = shell(script, "analyze", "nowhere", *LEXICON)
        assert (done.returncode, done.stdout) == (1, "")


def test_a_full_device_as_output():
    done = stance("analyze", ARTICLE, *LEXICON, "-o", "/dev/full")
    assert (done.code, done.out) == (2, "")
    assert done.err == "stance: /dev/full: no space left on the disk; free some or choose another place\n"


def test_a_file_that_may_not_grow(tmp_path):
    # As on a full disk, but nobody has to be root for it: files of at most 8 KiB.
    script = 'ulimit -f 8; "$@"'
    done = shell(script, "analyze", ARTICLE, *LEXICON, "--format", "json", "-o", tmp_path / "o")
    assert done.returncode == 2
    assert done.stderr == f"stance: {tmp_path}/o: larger than a file may be there; choose another place\n"
    assert list(tmp_path.iterdir()) == []


def on_terminal(*arguments, **changes):
    """Run with stdout on a terminal and return what it shows."""
    ours, theirs = pty.openpty()
    shown = b""
    environ = environment(TERM=changes.pop("TERM", "xterm-256color"), **changes)
    with subprocess.Popen([*COMMAND, *map(str, arguments)], stdout=theirs, stderr=theirs, env=environ):
        os.close(theirs)
        try:
            while chunk := os.read(ours, 65536):
                shown += chunk
        except OSError:
            pass  # the terminal is closed when the process ends
        os.close(ours)
    return shown.decode().replace("\r\n", "\n")


def test_colours():
    assert "\x1b[" in on_terminal(*COMMANDS["text"])
    plain = on_terminal(*COMMANDS["text"], NO_COLOR="1")
    assert not any(f"\x1b[{code}m" in plain for code in (31, 34, 91, 94))
    assert "\x1b" not in on_terminal(*COMMANDS["text"], TERM="dumb", NO_COLOR="1")
    assert "\x1b" not in stance(*COMMANDS["text"]).out


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "csv"])
def test_a_terminal_obeys_nothing_of_a_text(tmp_path, form):
    path = tmp_path / "\x1b[31m[red]\x9b.txt"
    path.write_text("Obama \x1b]0;x\x07lied \x9b31m \u202e[/red]\x00 to Russia.\n\nTrump \x1b[2J won praise.")
    shown = on_terminal("analyze", path, *LEXICON, "--format", form)
    assert "lied" in shown
    assert not CONTROL.search(shown)
    shown = on_terminal("segment", path)
    assert not CONTROL.search(shown)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_consoles_of_few_characters(encoding):
    done = stance(*COMMANDS["text"], PYTHONIOENCODING=encoding)
    assert done.code == 0
    done.raw.decode(encoding)
    assert stance(*COMMANDS["json"], PYTHONIOENCODING=encoding).raw == stance(*COMMANDS["json"]).raw


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signals_while_reading(number, code):
    with subprocess.Popen(
        [*COMMAND, "analyze", "-", *LEXICON],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(),
        preexec_fn=heed_interrupts,
    ) as process:  # fmt: skip
        time.sleep(1.5)
        process.send_signal(number)
        began = time.monotonic()
        code_found = process.wait(timeout=30)
        assert time.monotonic() - began < 2
        assert code_found == code
        assert process.stdout.read() == process.stderr.read() == b""


def test_no_network(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(
        "import socket\n"
        "def refuse(*arguments, **options):\n    raise SystemExit('a socket was opened')\n"
        "socket.socket.__init__ = refuse\nsocket.socketpair = refuse\n"
    )
    path = {"PYTHONPATH": f"{tmp_path}{os.pathsep}{environment()['PYTHONPATH']}"}
    for command in (*COMMANDS.values(), ("batch", ARTICLES, "-o", tmp_path / "o.csv", *LEXICON)):
        assert stance(*command, **path).code == 0
