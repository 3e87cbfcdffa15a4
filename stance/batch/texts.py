"""The texts of a batch as they were read, in a folder: what the offsets of the results point into."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from stance.errors import UsageError
from stance.export.files import output_error, unfinished

# Says that the files of a folder are texts that stance kept, so that no run takes them for documents.
MARK = ".stance-texts"
_MARK_TEXT = (
    b"Texts as stance read them (stance batch --save-text); no run takes them for documents of its own.\n"
)
_LONGEST = 200  # of a name; most disks take 255 bytes
_HEAD = 120
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class TextFolder:
    """A folder for texts, each under a name that follows from its document's id and from no other.

    Attributes:
        path: The folder, without symbolic links.
        folds: Whether the disk takes capital and small letters for the same.
    """

    path: str
    folds: bool = False

    def place(self, id: str) -> Path:  # noqa: A002 - the name of the contract's field
        """Return where a document's text is kept."""
        return Path(self.path, name_of(id, folds=self.folds))

    def has(self, id: str) -> bool:  # noqa: A002
        """Whether a document's text is there, and whole: none is empty, but a power cut may leave an empty file."""
        place = self.place(id)
        try:
            return not place.is_symlink() and place.is_file() and place.stat().st_size > 0
        except OSError:
            return False

    def save(self, id: str, text: str) -> None:  # noqa: A002
        """Keep a text, whole or not at all. What cannot be in UTF-8, half a character, becomes U+FFFD: offsets stay.

        Raises:
            OutputError: The disk is full or failed, or something is in the way.
        """
        place = self.place(id)
        # Renaming replaces a symbolic link that somebody put there; writing would follow it out of the folder.
        temporary = unfinished(place)
        try:
            temporary.write_bytes(_SURROGATES.sub("\ufffd", text).encode("utf-8"))
            temporary.replace(place)
        except OSError as error:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise output_error(str(place), error) from None


def name_of(id: str, *, folds: bool = False) -> str:  # noqa: A002
    """Return the name of the file for a document's text.

    The id as in an address (RFC 3986: letters, digits and `_.-~` stay, everything else becomes `%` and its bytes in UTF-8),
    with `.txt`. Of a name that would be longer than 200 the first 120 letters, `+` and the SHA-256 of the id. Where `folds`
    says that the disk knows no capital letters, the same for ids that have some.
    """
    name = quote(id, safe="", errors="surrogatepass")
    if len(name) > _LONGEST or (folds and id != id.lower()):
        digest = hashlib.sha256(id.encode("utf-8", "surrogatepass")).hexdigest()
        name = f"{name[:_HEAD]}+{digest}"
    return f"{name}.txt"


def open_text_folder(path: Path, documents: Path) -> TextFolder:
    """Make a folder for texts, or go on with one, and make sure that it can be written to.

    Args:
        path: The folder. It is made if it is not there.
        documents: The folder of the documents, which it must not be, nor hold.

    Raises:
        UsageError: It is the folder of the documents, holds that, or holds files of somebody else.
        OutputError: It cannot be made or written to.
    """
    real, inner = os.path.realpath(path), os.path.realpath(documents)
    if inner == real or inner.startswith(real.rstrip(os.sep) + os.sep):
        raise UsageError(f"--save-text {path}: the documents are in this folder; name another")
    try:
        with contextlib.suppress(FileExistsError):
            Path(real).mkdir()
        names = os.listdir(real)  # noqa: PTH208 - names are all that is looked at
    except OSError as error:
        raise output_error(str(path), error) from None
    mark = Path(real, MARK)
    if MARK not in names:
        if names:
            raise UsageError(f"--save-text {path}: there are other files in this folder; name a new one")
        try:
            mark.write_bytes(_MARK_TEXT)
        except OSError as error:
            raise output_error(str(path), error) from None
    return TextFolder(real, _folds(path, real))


def _folds(path: Path, real: str) -> bool:
    """Say whether capital and small letters are the same on a disk, by a file that is written for that."""
    probe = unfinished(Path(real, MARK))
    try:
        probe.write_bytes(_MARK_TEXT)
        folds = probe.with_name(probe.name.upper()).exists()
        probe.unlink()
    except OSError as error:
        raise output_error(str(path), error) from None
    return folds
