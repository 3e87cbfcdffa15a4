"""Files are whole or not there, whatever fails and whenever."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from stance.errors import OutputError
from stance.export.files import WholeFile, WholeFolder, write_whole


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file(tmp_path):
    write_whole(tmp_path / "a.csv", b"x")
    assert (tmp_path / "a.csv").read_bytes() == b"x"
    assert names(tmp_path) == ["a.csv"]


def test_nothing_is_there_before_the_end(tmp_path):
    with WholeFile(tmp_path / "a.csv") as file:
        file.write(b"x")
        assert not (tmp_path / "a.csv").exists()


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_an_exception_leaves_what_was_there(tmp_path, error):
    (tmp_path / "a.csv").write_bytes(b"old")
    with pytest.raises(error), WholeFile(tmp_path / "a.csv") as file:
        file.write(b"new")
        raise error
    assert (tmp_path / "a.csv").read_bytes() == b"old"
    assert names(tmp_path) == ["a.csv"]


class Faults:
    """Lets the Nth of the system calls that a file needs fail."""

    def __init__(self, monkeypatch, fail_at, code):
        self.calls, self.fail_at, self.code = 0, fail_at, code
        for owner, name in ((os, "fsync"), (Path, "replace"), (Path, "open"), (Path, "chmod")):
            monkeypatch.setattr(owner, name, self.failing(getattr(owner, name)))

    def check(self):
        self.calls += 1
        if self.calls == self.fail_at:
            raise OSError(self.code, os.strerror(self.code))

    def failing(self, call):
        def wrapped(*args, **kwargs):
            self.check()
            result = call(*args, **kwargs)
            return FaultyFile(result, self) if hasattr(result, "write") else result

        return wrapped


class FaultyFile:
    def __init__(self, file, faults):
        self.file, self.faults = file, faults

    def write(self, data):
        self.faults.check()
        return self.file.write(data)

    def flush(self):
        self.faults.check()
        self.file.flush()

    def close(self):
        self.file.close()
        self.faults.check()

    def fileno(self):
        return self.file.fileno()


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EACCES, errno.EROFS])
def test_whatever_fails_what_was_there_stays(tmp_path, monkeypatch, code):
    for fail_at in range(1, 30):
        target = tmp_path / "a.csv"
        target.write_bytes(b"old")
        with monkeypatch.context() as patch:
            faults = Faults(patch, fail_at, code)
            try:
                with WholeFile(target) as file:
                    file.write(b"new")
                    file.write(b"er")
            except OutputError as error:
                assert "\n" not in str(error)
                assert str(error).startswith(f"{target}: ")
                failed = True
            else:
                failed = False
        assert names(tmp_path) == ["a.csv"]
        assert target.read_bytes() == (b"old" if failed else b"newer")
        if not failed:
            assert faults.calls < fail_at
            return
    pytest.fail("never came to an end")


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("folder", "this is a folder"),
        ("nowhere/a.csv", "mkdir -p"),
        ("file/a.csv", "not a folder"),
        ("x" * 300, "shorter"),
    ],
)
def test_targets_that_are_none(tmp_path, name, remedy):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match=remedy):
        WholeFile(tmp_path / name)
    assert names(tmp_path) == ["file", "folder"]


def test_no_permission(tmp_path, monkeypatch):
    target = tmp_path / "a.csv"
    target.write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everywhere
    with pytest.raises(OutputError, match="no permission"):
        WholeFile(target)
    assert target.read_bytes() == b"old"


def test_a_full_device():
    with pytest.raises(OutputError, match="no space left"):
        write_whole(Path("/dev/full"), b"x")
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)


def test_devices_are_not_replaced():
    write_whole(Path("/dev/null"), b"x")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_links_and_modes_are_kept(tmp_path):
    target, link = tmp_path / "a.csv", tmp_path / "link.csv"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link.symlink_to("a.csv")
    write_whole(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_new_file_has_the_usual_mode(tmp_path):
    (tmp_path / "usual").touch()
    write_whole(tmp_path / "a.csv", b"")
    assert (tmp_path / "a.csv").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_the_longest_name(tmp_path):
    write_whole(tmp_path / ("x" * 255), b"x")
    assert names(tmp_path) == ["x" * 255]


def folder_of(path, **files):
    path.mkdir()
    for name, data in files.items():
        (path / f"part-{name}.x").write_text(data)


def test_a_folder_replaces_the_older_one_as_a_whole(tmp_path):
    folder_of(tmp_path / "out", a="old", b="old")
    with WholeFolder(tmp_path / "out", "part-*.x") as folder:
        (folder / "part-a.x").write_text("new")
        assert names(tmp_path / "out") == ["part-a.x", "part-b.x"]
    assert names(tmp_path / "out") == ["part-a.x"]
    assert names(tmp_path) == ["out"]


@pytest.mark.parametrize(("there", "nth"), [(True, 1), (True, 2), (False, 1)])
def test_whichever_rename_of_a_folder_fails_the_older_one_stays(tmp_path, nth, there, monkeypatch):
    if there:
        folder_of(tmp_path / "out", a="old")
    renamed, calls = Path.rename, []

    def rename(self, target):
        calls.append(target)
        if len(calls) == nth:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return renamed(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    with (
        pytest.raises(OutputError, match="disk reports an error"),
        WholeFolder(tmp_path / "out", "part-*.x") as folder,
    ):
        (folder / "part-a.x").write_text("new")
    assert names(tmp_path) == (["out"] if there else [])
    assert not there or (tmp_path / "out" / "part-a.x").read_text() == "old"


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_an_exception_leaves_the_folder_that_was_there(tmp_path, error):
    folder_of(tmp_path / "out", a="old")
    with pytest.raises(error), WholeFolder(tmp_path / "out", "part-*.x") as folder:
        (folder / "part-a.x").write_text("new")
        raise error
    assert (tmp_path / "out" / "part-a.x").read_text() == "old"
    assert names(tmp_path) == ["out"]


def test_no_folder_over_a_file_or_into_nothing(tmp_path):
    (tmp_path / "file").write_text("x")
    for target in (tmp_path / "file", tmp_path / "missing" / "out"):
        with pytest.raises(OutputError):
            WholeFolder(target, "part-*.x")
    assert names(tmp_path) == ["file"]
