"""Plain text in any encoding."""

from stance.reading.decoding import decode
from stance.reading.formats import Extracted


def read(data: bytes, name: str) -> Extracted:
    """Decode a document.

    Raises:
        ReadError: It is no text.
    """
    decoded = decode(data, name)
    return Extracted(decoded.text, encoding=decoded.encoding, notes=decoded.notes)
