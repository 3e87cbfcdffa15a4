"""Many small whole numbers as text: base64 of their bytes, which reads many times faster than JSON's decimals."""

from __future__ import annotations

import base64
import binascii
import sys
from array import array

BYTES, PAIRS = "b", "h"
"""Type codes: numbers of eight bits, and of sixteen."""
LIMITS = {BYTES: 127, PAIRS: 32_767}


def pack(values: array[int]) -> str:
    """Return whole numbers as text, the same on every machine."""
    if sys.byteorder == "big":
        values = array(values.typecode, values)
        values.byteswap()
    return base64.b64encode(values.tobytes()).decode("ascii")


def unpack(text: str, typecode: str) -> array[int]:
    """Read what `pack` wrote.

    Raises:
        ValueError: The text is not base64 of such numbers.
    """
    values = array(typecode)
    try:
        values.frombytes(base64.b64decode(text, validate=True))
    except (TypeError, AttributeError, binascii.Error) as error:
        raise ValueError("no packed numbers") from error
    if sys.byteorder == "big":
        values.byteswap()
    return values
