"""PDF: the text of each page, by pypdf. Page numbers and hyphens at line ends stay: what is read is what is shown.

pypdf has limits of its own, made for documents of any kind; an article needs less. It bounds a stream and a page; here the
whole document is bounded, too.
"""

import io
import logging
from typing import Any

from pypdf import PdfReader, apply_configuration
from pypdf.errors import PyPdfError

from stance.errors import ReadError
from stance.reading.formats import Extracted

MAX_PAGES = 2_000
_MAX_CHARS = 20_000_000
_MAX_LINE = 1_000
_MAX_STEPS = 500_000  # of drawing, of which pypdf does some fifty thousand a second
_MAX_STREAM = 8 * 1024 * 1024
_LIMITS: dict[str, Any] = {
    "zlib_maximum_output_length": _MAX_STREAM,
    "lzw_maximum_output_length": _MAX_STREAM,
    "run_length_maximum_output_length": _MAX_STREAM,
    "brotli_maximum_output_length": _MAX_STREAM,
    "array_based_stream_maximum_output_length": _MAX_STREAM,
    "stream_decoding_work_maximum_length": 8 * _MAX_STREAM,
    "stream_parsing_work_maximum_count": 2 * _MAX_STEPS,
    "maximum_declared_stream_length": 4 * _MAX_STREAM,  # pictures are not unpacked
}
_END = b"%%EOF"


def read(data: bytes, name: str) -> Extracted:
    """Take the text out of a PDF.

    Raises:
        ReadError: It is encrypted, damaged, too long, or has only images.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns about much that does not matter here
    try:
        with apply_configuration(**_LIMITS):
            return _read(data, name)
    except ReadError:
        raise
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        OSError,
        RecursionError,
    ) as error:
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        raise ReadError(f"{name}: a damaged PDF ({reason}); save it anew or as .txt") from None


def _read(data: bytes, name: str) -> Extracted:
    # pypdf looks for the end line by line, from the last one on.
    end = data.rfind(_END)
    if end < 0:
        raise ReadError(f"{name}: a damaged PDF (it has no end); get it again")
    reader = PdfReader(io.BytesIO(data[: end + len(_END)]), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise ReadError(f"{name}: it is encrypted; save it without a password")
    count = len(reader.pages)
    if count > MAX_PAGES:
        raise ReadError(f"{name}: {count:,} pages, over the limit of {MAX_PAGES:,}; split it")
    pages: list[str] = []
    size = steps = 0

    def step(*_: Any) -> None:
        nonlocal steps
        steps += 1
        if steps > _MAX_STEPS:
            raise ReadError(
                f"{name}: over {_MAX_STEPS:,} steps of drawing; split it, or save its text as .txt"
            )

    for page in reader.pages:
        pages.append(page.extract_text(visitor_operand_before=step).strip())
        size += len(pages[-1])
        if size > _MAX_CHARS:
            raise ReadError(f"{name}: over {_MAX_CHARS:,} characters; split it")
    text = "\n\n".join(page for page in pages if page)
    if not text:
        raise ReadError(f"{name}: no text in its {count:,} pages, only images; have them read by OCR first")
    about = reader.metadata
    title, author = (about.title, about.author) if about else (None, None)
    return Extracted(text, _line(title), author=_line(author))


def _line(value: str | None) -> str:
    return str(value or "").strip()[:_MAX_LINE]
