"""Texts that nobody writes and somebody sends: pieces for hypothesis, and shapes that trap slow code."""

import time
from collections.abc import Callable

from hypothesis import strategies as st

# A shape is repeated up to a length; each traps some quadratic scan.
SHAPES = {
    "stops": "a. ",
    "shouts": "!?",
    "marks": '"',
    "brackets": "(",
    "dots": "...",
    "initials": "A.",
    "digits": "7",
    "newlines": "\n",
    "one word": "x",
    "nested marks": "\"'“‘«",
    "names": "Obama Russia US ",
    "pronouns": "he she they ",
    "apostrophes": "'a ",
    "reports": "Obama, who said, was told that ",
}

_WORDS = """Obama Trump Russia US U.S. us Washington Moscow Kremlin the The president President in to said says that told
    according lied bullied praised not never very liar reckless gave _ a free pass by of 's ’s who and , . ; : ? ! - — ( )
    " ' “ ” ‘ ’ « » Mrs. Michelle Donald J. White House administration anti-American May 5 Image caption Follow us
    REUTERS/Lee By Tags:""".split()
_ODD = [
    "\n",
    "\n\n",
    "\r",
    "\r\n",
    "\u2028",
    "\x85",
    "\x00",
    "\x1b[2J",
    "\ud800",
    "\udfff",
    "\u202e",
    "ʼ",
    "İ",
    "ß",
    "é",
    "日",
]
_PIECES = st.sampled_from([*_WORDS, *_ODD])

TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=120),
    st.lists(_PIECES, max_size=40).map(" ".join),
    st.lists(_PIECES, max_size=30).map("".join),
)


def shaped(shape: str, length: int) -> str:
    """Repeat a shape up to a length."""
    return (shape * (length // len(shape) + 1))[:length]


def seconds(call: Callable[[str], object], text: str) -> float:
    """Processor time of one call."""
    begun = time.process_time()
    call(text)
    return time.process_time() - begun


def is_linear(call: Callable[[str], object], shape: str) -> bool:
    """Whether 1 MB takes at most 15 times what 100 KB take; the clock is too coarse for what is very fast.

    A busy machine can spoil one measurement, and only a slow algorithm spoils all three.
    """
    for _ in range(3):
        short = min(seconds(call, shaped(shape, 100_000)) for _ in range(2))
        if seconds(call, shaped(shape, 1_000_000)) <= max(15 * short, 0.1):
            return True
    return False
