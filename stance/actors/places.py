"""When a capital's name, or a state's, is just a place.

"In Washington, a court said" speaks of a city; "pressure on Washington" of a government. What decides is the
word before the name, and for "to" and "from" what was moving.
"""

from collections.abc import Sequence

from stance.language.words import Tokens, word_set

# Before a city these make it a place, whatever came before.
_LOCATIVE = word_set("in at near outside around throughout via downtown central inside")
# After these, "at" aims: "hit back at Moscow".
_AIMED = word_set(
    """aimed anger angry back dig digs directed finger fingers frustrated frustration furious fury jab jabs mad out outrage
    outraged pointed rage shot shots swipe swipes"""
)
_AT_BUILDING = word_set("at outside inside near")
_TOWARD = word_set("to from into for through toward towards leaving left reached")
# A name after "to" or "from" is a place when somebody moves.
_MOTION = word_set(
    """arrive arrived arrives arriving back came come comes coming drive drove fled flee flew flies flight flights fly
    flying go goes going gone headed heading home journey marched moved moving relocate relocated return returned
    returning returns rushed sent street streets summoned tour train travel traveled traveling travelled travelling
    trip trips went visit visits visited voyage way miles kilometers hours minutes reporting reported broadcast live
    dispatched recalled shuttled invited speaking"""
)
_PLACE_HEADS = word_set(
    """airport airports area based bureau correspondent court hotel hotels museum office region resident residents
    streets street suburb suburbs subway metro restaurant restaurants university time native"""
)
_PARTS = word_set("city outskirts streets center centre part suburb suburbs")
_DASHES = word_set("— – -- -")
# What may stand between the place and the dash of a dateline outside of brackets, besides numbers and marks.
_DATELINE_WORDS = word_set(
    """jan feb mar apr may jun june jul july aug sept sep oct nov dec january february march april august september
    october november december monday tuesday wednesday thursday friday saturday sunday d.c dc d.c. reuters ap afp tass
    upi russia"""
)
_DATELINE_REACH = 12


def is_place(lower: Sequence[str], first: int, last: int, *, city: bool, building: bool = False) -> bool:
    """Say whether the name at tokens `first` to `last` (inclusive) is a place and no actor.

    Args:
        lower: The article's tokens in lower case.
        first: Index of the name's first token.
        last: Index of its last token.
        city: Whether the name is a metonym, a city or a seat; a state's own name is never a mere place.
        building: Whether it is an institution, whose name may stand for its house: "at the White House".

    Returns:
        True for a mere place.
    """
    after = lower[last + 1] if last + 1 < len(lower) else ""
    if not (city or building) or after == "'s":
        return False
    lead = first - 1 - (first > 1 and lower[first - 1] == "the")
    before = lower[lead] if lead >= 0 else ""
    if before == "at" and lead and lower[lead - 1] in _AIMED:
        return False
    if building:
        return before in _AT_BUILDING
    if before in _LOCATIVE or (before == "of" and lead and lower[lead - 1] in _PARTS):
        return True
    if after in _PLACE_HEADS or list(lower[last + 1 : last + 3]) == ["-", "based"]:
        return True
    if before in _TOWARD:
        return before in {"leaving", "left", "reached"} or not _MOTION.isdisjoint(
            lower[max(0, lead - 4) : lead]
        )
    return before in {"visit", "visited", "visiting", "visits"}


def is_dateline(tokens: Tokens, last: int, end: int) -> bool:
    """Say whether a name that opens a sentence is where a dispatch comes from.

    "MOSCOW (Reuters) -", "WASHINGTON —", "Washington, Jan. 5 -"; not "Washington-Moscow ties".

    Args:
        tokens: The article's tokens.
        last: Index of the name's last token.
        end: The token after the sentence's last.
    """
    bracket = False
    for index in range(last + 1, min(end, last + 1 + _DATELINE_REACH)):
        word = tokens.lower[index]
        if word in _DASHES:
            # A hyphen joins words; a dash stands apart.
            return word != "-" or tokens.ends[index - 1] < tokens.starts[index]
        if word in {"(", ")"}:
            bracket = word == "("
        elif not (bracket or word in {",", ".", "/"} or word.isdigit() or word in _DATELINE_WORDS):
            return False
    return False
