"""Exclamation marks, question marks and ellipses, and who said the quotation that ends with one."""

from stance.language.segment_context import (
    DASHES,
    FIRST_PERSON,
    OPENERS,
    QUOTES,
    Mark,
    Unit,
    goes_on_after_dash,
    is_signature,
    is_small,
    next_word,
    token_before,
)
from stance.language.segment_words import (
    AFTER_SPEECH,
    EXCLAIMED_NAMES,
    FUNCTION,
    OPEN_ENDED,
    ROLES,
    SPEECH,
    TITLES,
)


def ends_after_call(unit: Unit, mark: Mark) -> bool:
    """Says whether a sentence ends at a run with a question or exclamation mark.

    Args:
        unit: The unit.
        mark: The run and its surroundings; something follows in the unit.
    """
    text = unit.text
    first, start, end, close, after = mark
    opener, word = next_word(text, after, unit.end)
    if text[after] in ",;:)":
        return False
    if text[start] == "!" and token_before(text, first, start).lower() in EXCLAIMED_NAMES:
        return word[:1].isupper() and word.lower() in FUNCTION
    if is_small(word):
        bare = (
            close == end
            and not opener
            and word not in {"the", "this", "that", "these", "those", "and", "but"}
        )
        return bare and unit.careless("", word) and not _says(text, after, unit.end)
    if opener[:1] in DASHES:
        return not goes_on_after_dash(unit, after, word)
    if close > end and text[close - 1] in QUOTES:
        return bool(opener) or not _attributes(text, after, unit.end)
    if close > end and text[close - 1] in ")]" and _inside(text, first, start):
        return word.lower() in FUNCTION or bool(opener)
    return True


def _inside(text: str, first: int, start: int) -> bool:
    """Whether the bracket that closes here was opened inside a sentence."""
    opened = max(
        text.rfind("(", max(first, start - 200), start), text.rfind("[", max(first, start - 200), start)
    )
    return opened > first


def _says(text: str, at: int, stop: int) -> bool:
    """Whether a verb of saying follows within three words: ``Leave me alone! he yelled.``."""
    return any(word.rstrip(".,:;!") in SPEECH for word in text[at : min(stop, at + 50)].split()[:3])


def _in_name(word: str) -> bool:
    return len(word) == 1 or word.lower() in TITLES or word in {"Jr", "Sr"}


def _attributes(text: str, at: int, stop: int) -> bool:
    """Whether a speaker follows who said the quotation before: ``"Why?" Mr. Smith asked.``."""
    words = text[at : min(stop, at + 120)].split()[:8]
    if not words or words[0].lower() in FUNCTION:
        return False
    for position, word in enumerate(words):
        bare = word.rstrip(".,:;!?")
        if position and bare in SPEECH:
            break
        if not (word[0].isupper() or bare in ROLES) or (word[-1] in ".,:;!?" and not _in_name(bare)):
            return False
    else:
        return False
    if word[-1] in ".,;":
        return True
    rest = words[position + 1 :]
    if bare in {"asked", "told"} and not any(following[0] in OPENERS for following in rest):
        return True
    if word[-1] == ":" or not rest:
        return False
    bare = rest[0].rstrip(".,;")
    return bare.lower() in AFTER_SPEECH or bare.endswith("ly") or (bare[:1].isupper() and bare != rest[0])


def end_after_ellipsis(unit: Unit, mark: Mark) -> int | None:
    """Says where a sentence ends at an ellipsis: three dots or more, spaced or not, or the character.

    Args:
        unit: The unit.
        mark: The ellipsis and its surroundings; something follows in the unit.

    Returns:
        The end of the sentence; None if it goes on.
    """
    text = unit.text
    first, start, end, close, after = mark
    apart = start > first and text[start - 1].isspace()
    opener, word = next_word(text, after, unit.end)
    if start > first and text[start - 1] in "[(":
        return close if word[:1].isupper() and word.lower() in FUNCTION and not opener else None
    if is_signature(unit, after):
        return close
    if not word or not word[0].isupper() or (opener and opener[0] not in OPENERS):
        return None
    run = text[start:end]
    if " ." in run and run.count(".") > 3:
        # Four spaced stops are a full stop and an omission: attached to its word, the stop closes the
        # sentence, and the omission opens the next one.
        return close if apart or not run.startswith(". .") else start + 1
    if word in FIRST_PERSON and not opener:
        return None
    if close > end and text[close - 1] in QUOTES:
        return None if _attributes(text, after, unit.end) else close
    if apart:
        return close if word.lower() in FUNCTION or opener else None
    return None if token_before(text, first, start).lower() in OPEN_ENDED else close
