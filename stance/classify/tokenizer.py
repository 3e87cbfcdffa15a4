"""WordPiece by the `tokenizers` library: from texts to ids with offsets, nothing in a text being special."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from stance.classify.windows import Encode, Tokenized, Vocabulary
from stance.errors import ModelError, UsageError

INSTALL = "pip install 'stance[neural]'"
_FIRST = ("<s>", "[CLS]")
_SEPARATOR = ("</s>", "[SEP]")
_MASK = ("<mask>", "[MASK]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def load_tokenizer(data: bytes, path: Path) -> tuple[Encode, Vocabulary]:
    """Make a tokenizer of the content of a `tokenizer.json`.

    Args:
        data: The content.
        path: Where it was read, for messages.

    Returns:
        A function from texts to ids and offsets, and the ids that are no words. Slots follow the vocabulary.

    Raises:
        UsageError: The library is not installed.
        ModelError: It is no tokenizer, or one without the tokens that an encoder needs.
    """
    # Workers share the machine by articles; threads of the library's own would only be in their way.
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    try:
        from tokenizers import Tokenizer  # noqa: PLC0415 - an extra
    except ImportError:
        raise UsageError(f"the neural classifier needs the library tokenizers; {INSTALL}") from None
    try:
        tokenizer: Any = Tokenizer.from_str(data.decode("utf-8"))
    except Exception as error:
        raise ModelError(f"{path}: no tokenizer ({error})") from None
    tokenizer.no_truncation()
    tokenizer.no_padding()
    # "[SEP]" in an article is five characters, not the end of a sentence.
    tokenizer.encode_special_tokens = True

    def encode(texts: list[str]) -> list[Tokenized]:
        # The library takes no lone surrogates; another character in their place keeps every offset.
        clean = [_SURROGATE.sub("\ufffd", text) for text in texts]
        return [
            (found.ids, found.offsets) for found in tokenizer.encode_batch(clean, add_special_tokens=False)
        ]

    first, separator, mask = (_id(tokenizer, names, path) for names in (_FIRST, _SEPARATOR, _MASK))
    return encode, Vocabulary(first, separator, mask, tokenizer.get_vocab_size())


def _id(tokenizer: Any, names: tuple[str, ...], path: Path) -> int:
    for name in names:
        found = tokenizer.token_to_id(name)
        if found is not None:
            return int(found)
    raise ModelError(f"{path}: a tokenizer without {' or '.join(names)}; give one of BERT's kind")
