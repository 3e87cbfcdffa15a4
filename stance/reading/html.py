"""Pages: the main text, without navigation, by trafilatura (Barbaresi 2021)."""

from trafilatura import bare_extraction
from trafilatura.settings import Document

from stance.errors import ReadError
from stance.reading.formats import Extracted

MAX_BYTES = 8 * 1024 * 1024


def read(data: bytes, name: str) -> Extracted:
    """Take the main text out of a page, with its title, date, site, author and address.

    Raises:
        ReadError: It is too large, or no article is in it.
    """
    if len(data) > MAX_BYTES:
        raise ReadError(f"{name}: a page of over {MAX_BYTES // 2**20} MiB; save its text as .txt")
    found = bare_extraction(data, with_metadata=True, include_comments=False, include_tables=False)
    if not isinstance(found, Document) or not (found.text or "").strip():
        raise ReadError(f"{name}: no article was found in this page; save its text as .txt")
    return Extracted(
        found.text or "",
        found.title or "",
        found.date or "",
        found.sitename or "",
        found.author or "",
        found.url or "",
    )
