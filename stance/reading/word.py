"""Word documents (.docx): their paragraphs, by python-docx."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.opc.exceptions import OpcError
from docx.table import Table
from lxml.etree import LxmlError

from stance.errors import ReadError
from stance.reading.formats import MAX_BYTES, Extracted

_ENCRYPTED = b"\xd0\xcf\x11\xe0"  # an OLE file: Word's old format, and the wrapping of encrypted new ones


def read(data: bytes, name: str) -> Extracted:
    """Take the paragraphs out of a document, with the title and the author that it gives itself.

    Raises:
        ReadError: It is encrypted, damaged, no Word document, or unfolds to more than 64 MiB.
    """
    if data.startswith(_ENCRYPTED):
        raise ReadError(f"{name}: encrypted, or in Word's old format; save it as .docx without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            size = sum(part.file_size for part in package.infolist())
            macros = any(part.filename.endswith("vbaProject.bin") for part in package.infolist())
        if size > MAX_BYTES:
            raise ReadError(f"{name}: unfolds to over {MAX_BYTES // 2**20} MiB; save its text as .txt")
        document = Document(io.BytesIO(data))
        text = "\n".join(_paragraphs(document))
        about = document.core_properties
        title, author = (about.title or "").strip(), (about.author or "").strip()
    except (
        zipfile.BadZipFile,
        OpcError,
        LxmlError,
        KeyError,
        ValueError,
        OSError,
        NotImplementedError,
        RuntimeError,
    ):
        raise ReadError(f"{name}: damaged, or no Word document; save it as .docx or .txt") from None
    notes = ("the document holds macros; they were not opened",) if macros else ()
    return Extracted(text, title, author=author, notes=notes)


def _paragraphs(document: Any) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                yield "\t".join(cell.text for cell in row.cells)
        else:
            yield block.text
