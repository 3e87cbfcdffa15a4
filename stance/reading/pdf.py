"""PDF: the text of each page, by pypdf. Page numbers and hyphens at line ends stay: what is read is what is shown."""

import io
import logging

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from stance.errors import ReadError
from stance.reading.formats import Extracted

MAX_PAGES = 2_000
_MAX_CHARS = 20_000_000


def read(data: bytes, name: str) -> Extracted:
    """Take the text out of a PDF.

    Raises:
        ReadError: It is encrypted, damaged, too long, or has only images.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns about much that does not matter here
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReadError(f"{name}: it is encrypted; save it without a password")
        count = len(reader.pages)
        if count > MAX_PAGES:
            raise ReadError(f"{name}: {count:,} pages, over the limit of {MAX_PAGES:,}; split it")
        pages: list[str] = []
        size = 0
        for page in reader.pages:
            pages.append(page.extract_text().strip())
            size += len(pages[-1])
            if size > _MAX_CHARS:
                raise ReadError(f"{name}: over {_MAX_CHARS:,} characters; split it")
        about = reader.metadata
        title, author = (str(about.title or ""), str(about.author or "")) if about else ("", "")
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
    text = "\n\n".join(page for page in pages if page)
    if not text:
        raise ReadError(f"{name}: no text in its {count:,} pages, only images; have them read by OCR first")
    return Extracted(text, title.strip(), author=author.strip())
