"""Makes any text fit to be printed on a terminal: nothing in it is obeyed, nothing in it is hidden.

A terminal obeys ESC, OSC and C1 bytes, reorders a line at bidi controls and shows nothing at all of
zero-width characters. rich passes all of them on. Here they become visible: C0 controls as control pictures
(`␛`), the rest by code point (`<U+202E>`). What is left are printable characters and spaces.
"""

from __future__ import annotations

import re
import unicodedata

_NOT_PLAIN = re.compile(r"[^\x20-\x7e]")
_WHITE_SPACE = re.compile(r"[ \t\r\n]+")

# Characters that Python calls printable and that still show nothing (Default_Ignorable_Code_Point): words can
# be hidden or forged with them. VS15 and VS16 (U+FE0E, U+FE0F) stay: they only choose how an emoji looks.
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0d\uffa0\U000e0100-\U000e01ef]"
)

# What a console of few characters shows instead; code points in place of apostrophes could not be read.
_PLAINER = {
    "‘": "'", "’": "'", "‚": ",", "‛": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‹": "'",
    "›": "'", "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "--", "―": "--", "−": "-", "…": "...", "•": "*",
    "·": ".", "\xa0": " ", "\u2009": " ", "\u200a": " ", "\u202f": " ", "€": "EUR", "′": "'", "″": '"',
}  # fmt: skip


def can_encode(text: str, encoding: str) -> bool:
    """Say whether a console of an encoding can show a text; of an unknown encoding only ASCII is expected."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    except (LookupError, ValueError):
        return text.isascii()
    return True


def visible(text: str, encoding: str = "utf-8") -> str:
    """Make every character of a text visible and harmless.

    Args:
        text: Any text, lone surrogates included.
        encoding: What the console can encode; other characters are spelled plainer or by code point.

    Returns:
        Printable characters and spaces only; line breaks and tabs are made visible as well.
    """
    return _NOT_PLAIN.sub(lambda match: _shown(match[0], encoding), text)


def one_line(text: str, encoding: str = "utf-8") -> str:
    """Make a text visible in one line: runs of spaces, tabs and line breaks become one space."""
    return visible(_WHITE_SPACE.sub(" ", text), encoding)


def _shown(character: str, encoding: str) -> str:
    code = ord(character)
    harmless = character.isprintable() and not _INVISIBLE.match(character)
    if harmless or unicodedata.category(character) == "Zs":
        if can_encode(character, encoding):
            return character
        return _PLAINER.get(character, f"<U+{code:04X}>")
    if code <= 0x1F or code == 0x7F:
        picture = chr(0x2421 if code == 0x7F else 0x2400 + code)
        if can_encode(picture, encoding):
            return picture
    return f"<U+{code:04X}>"
