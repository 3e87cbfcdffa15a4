"""Word documents (.docx): their paragraphs, by python-docx."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.opc.exceptions import OpcError
from docx.table import Table, _Cell
from lxml.etree import LxmlError

from stance.errors import ReadError
from stance.reading.formats import MAX_BYTES, Extracted

_MAX_XML = 16 * 1024 * 1024
_MAX_TAGS = 300_000  # python-docx makes an object of each
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
            honest = _honest(package, name)
            macros = any(part.filename.endswith("vbaProject.bin") for part in package.infolist())
        document = Document(honest)
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


def _honest(package: zipfile.ZipFile, name: str) -> io.BytesIO:
    """Return the package with nothing in its parts but what they say they hold.

    One that says that it holds less would be unpacked as a whole before it is cut, a gigabyte of it.
    """
    parts = package.infolist()
    texts = [part for part in parts if part.filename.lower().endswith((".xml", ".rels"))]
    if sum(part.file_size for part in parts) > MAX_BYTES:
        raise ReadError(f"{name}: unfolds to over {MAX_BYTES // 2**20} MiB; save its text as .txt")
    if sum(part.file_size for part in texts) > _MAX_XML:
        raise ReadError(f"{name}: text of over {_MAX_XML // 2**20} MiB; save it as .txt")
    tags = 0
    honest = io.BytesIO()
    with zipfile.ZipFile(honest, "w") as copy:
        for part in parts:
            with package.open(part) as stream:
                content = stream.read(part.file_size)
            tags += content.count(b"<") if part in texts else 0
            if tags > _MAX_TAGS:
                raise ReadError(f"{name}: over {_MAX_TAGS:,} tags in its text; save it as .txt")
            copy.writestr(part.filename, content)
    return honest


def _paragraphs(document: Any) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                # `row.cells` has a cell as often as it says that it is wide, be it a hundred million times.
                yield "\t".join(_Cell(cell, block).text for cell in row._tr.tc_lst)
        else:
            yield block.text
