"""When a capital's name, or a state's, is just a place.

"In Washington, a court said" speaks of a city; "pressure on Washington" of a government. What decides is the
word before the name, and for "to" and "from" what was moving. The rules look at lower-case tokens only.
"""

from collections.abc import Sequence

from stance.language.words import word_set

# Before a city these make it a place, whatever came before.
_LOCATIVE = frozenset({"in", "at", "near", "outside", "around", "throughout", "via", "downtown", "central", "inside"})
_TOWARD = frozenset({"to", "from", "into", "for", "through", "toward", "towards", "leaving", "left", "reached"})
# A name after "to" or "from" is a place when somebody moves.
_MOTION = word_set("""arrive arrived arrives arriving back came come comes coming drive drove fled flee flew flies flight flights fly
    flying go goes going gone headed heading home journey marched moved moving relocate relocated return returned
    returning returns rushed sent street streets summoned tour train travel traveled traveling travelled travelling
    trip trips went visit visits visited voyage way miles kilometers hours minutes reporting reported broadcast live
    dispatched recalled shuttled invited speaking""")
_PLACE_HEADS = word_set("""airport airports area based bureau correspondent court hotel hotels museum office region resident residents
    streets street suburb suburbs subway metro restaurant restaurants university time native""")


def is_place(lower: Sequence[str], first: int, last: int, *, city: bool) -> bool:
    """Say whether the name at tokens `first` to `last` (inclusive) is a place and no actor.

    Args:
        lower: The article's tokens in lower case.
        first: Index of the name's first token.
        last: Index of its last token.
        city: Whether the name is a city or a building (a metonym); a state's own name is a place less easily.

    Returns:
        True for a mere place.
    """
    before = lower[first - 1] if first else ""
    step = 2
    if before == "the" and first > 1:
        before = lower[first - step]
        step = 3
    after = lower[last + 1] if last + 1 < len(lower) else ""
    if after == "'s":
        return False
    if not city:
        return False
    if _is_dateline(lower, first, last):
        return True
    if before in _LOCATIVE or (before == "of" and first >= step and lower[first - step] in {"city", "outskirts", "streets", "center", "part"}):
        return True
    if after in _PLACE_HEADS or (after == "-" and last + 2 < len(lower) and lower[last + 2] == "based"):
        return True
    if before in _TOWARD:
        window = lower[max(0, first - step - 3) : first - step + 1]
        return before in {"leaving", "left", "reached"} or any(word in _MOTION for word in window)
    return before in {"visit", "visited", "visiting", "visits"}


def _is_dateline(lower: Sequence[str], first: int, last: int) -> bool:
    """Whether a name opens a dispatch: "MOSCOW (Reuters) -", "WASHINGTON --", "Washington, Jan. 5 -"."""
    following = lower[last + 1 : last + 10]
    if not following:
        return False
    if following[0] in {"—", "–", "--", "-"} and (len(following) < 2 or following[0] != "-"):
        return first == 0 or lower[first - 1] in {".", "?", "!", '"', "”"} or lower[first - 1].isalnum() is False
    if following[0] == "(" and ")" in following:
        close = following.index(")")
        return close + 1 < len(following) and following[close + 1] in {"—", "–", "--", "-"}
    return False
