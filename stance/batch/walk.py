"""Which documents a folder holds, in an order that does not depend on the disk."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from stance.batch.texts import MARK
from stance.errors import UsageError
from stance.export.files import UNFINISHED
from stance.reading.containers import is_container
from stance.reading.formats import is_known
from stance.reading.metadata import NOTHING, Metadata

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from stance.reading.containers import Item


@dataclass(frozen=True, slots=True)
class Document:
    """A document to analyse, or a place in the folder that cannot be read at all.

    Attributes:
        id: Path relative to the folder, with slashes; in a container, that path, `#` and the document's key.
        path: The path as the user knows it: the folder as given, and the way from there.
        problem: What is wrong with it, found already on the way; empty if nothing is.
        remedy: What to do about the problem.
        place: Its number in the input.
        item: What a container has of it; None of a file of its own.
        given: What a table of metadata says of it; goes before what it says of itself.
        data: The bytes of its file, if they were read on the way; None if whoever analyses it reads them.
    """

    id: str
    path: str
    problem: str = ""
    remedy: str = ""
    place: int = 0
    item: Item | None = None
    given: Metadata = NOTHING
    data: bytes | None = None


def find_documents(folder: Path, pattern: str = "", *, leave_out: Collection[Path] = ()) -> list[Document]:
    """Find all files below a folder that may hold documents, sorted by id.

    A symbolic link to a file is followed. One to a folder is followed if it leads out of `folder`, once; what
    is inside is found at its own place, and a link back to where the walk comes from is a problem. Folders of texts that
    stance kept hold no documents.

    Args:
        folder: Where to look.
        pattern: What names look like, as in a shell, case included; may name folders, such as `2016/*.txt`. If empty,
            whatever a reader knows by its ending.
        leave_out: Files and folders that are no documents, such as the output.

    Raises:
        UsageError: The pattern is none, or there is no such folder.
    """
    try:
        PurePosixPath("x").match(pattern or "*")
    except ValueError:
        raise UsageError(f"--pattern {pattern!r}: give names as a shell would, such as '*.txt'") from None
    if not folder.is_dir():
        there = os.path.lexists(folder)
        what = (
            "this is no folder; use `stance analyze` for files" if there else "no such folder; check the path"
        )
        raise UsageError(f"{folder}: {what}")
    walk = _Walk(folder, pattern, {os.path.realpath(path) for path in leave_out})
    return sorted(walk.documents(), key=lambda document: document.id)


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder still to be looked into; `id` ends in a slash, `real` has no symbolic links."""

    path: str
    id: str
    real: str


class _Walk:
    """A walk without recursion: a tree may be deeper than Python's stack."""

    def __init__(self, folder: Path, pattern: str, leave_out: set[str]) -> None:
        self._root = os.path.realpath(folder)
        self._pending = [_Folder(str(folder), "", self._root)]
        self._pattern = pattern
        self._leave_out = leave_out
        self._outside: set[str] = set()

    def documents(self) -> Iterator[Document]:
        while self._pending:
            folder = self._pending.pop()
            try:
                with os.scandir(folder.path) as entries:
                    listed = sorted(entries, key=lambda entry: entry.name)
            except OSError as error:
                refused = isinstance(error, PermissionError)
                remedy = "check its mode with ls -ld" if refused else "check the path and the disk"
                problem = f"this folder cannot be listed ({error.strerror or error})"
                yield Document(folder.id or "./", folder.path, problem, remedy)
                continue
            if folder.id and any(entry.name == MARK for entry in listed):
                continue
            for entry in listed:
                yield from self._entry(folder, entry)

    def _entry(self, folder: _Folder, entry: os.DirEntry[str]) -> Iterator[Document]:
        # Ids are UTF-8 whatever the locale says of file names.
        name = os.fsencode(entry.name).decode("utf-8", "surrogateescape")
        id_ = folder.id + name
        try:
            is_folder, is_link = entry.is_dir(), entry.is_symlink()
        except OSError as error:
            problem = f"cannot be looked at ({error.strerror or error})"
            yield Document(id_, entry.path, problem, "remove or mend the symbolic link")
            return
        if not (self._is_wanted(folder, entry, id_) if not is_folder else self._is_open(folder, entry)):
            return
        if _has_surrogates(name):
            yield Document(id_, entry.path, "the name is not UTF-8", "rename it")
        elif not is_folder:
            yield Document(id_, entry.path)
        elif not is_link:
            self._pending.append(_Folder(entry.path, id_ + "/", f"{folder.real}{os.sep}{entry.name}"))
        else:
            yield from self._linked_folder(folder, entry, id_)

    def _is_wanted(self, folder: _Folder, entry: os.DirEntry[str], id_: str) -> bool:
        wanted = PurePosixPath(id_).match(self._pattern) if self._pattern else _is_readable(id_)
        if not wanted or entry.name == MARK:
            return False
        # Resolving the path of every document would cost a look at the disk for each of its parts.
        real = os.path.realpath(entry.path) if entry.is_symlink() else f"{folder.real}{os.sep}{entry.name}"
        return real not in self._leave_out

    def _is_open(self, folder: _Folder, entry: os.DirEntry[str]) -> bool:
        """Whether a folder is looked into: not one that is an output, or was to become one."""
        return not entry.name.startswith(UNFINISHED) and (
            f"{folder.real}{os.sep}{entry.name}" not in self._leave_out
        )

    def _linked_folder(self, folder: _Folder, entry: os.DirEntry[str], id_: str) -> Iterator[Document]:
        real = os.path.realpath(entry.path)
        if _inside(folder.real, real):
            problem = "a symbolic link back to a folder that it is in"
            yield Document(
                id_, entry.path, problem, "remove the link; what it leads to is read at its own place"
            )
        elif not _inside(real, self._root) and not any(_inside(real, seen) for seen in self._outside):
            self._outside.add(real)
            self._pending.append(_Folder(entry.path, id_ + "/", real))


def _is_readable(name: str) -> bool:
    return is_known(name) or is_container(name)


def _inside(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _has_surrogates(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False
