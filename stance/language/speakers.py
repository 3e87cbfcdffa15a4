"""Who speaks: the nominal beside a reporting verb, whole, with its title and its "of" phrases.

No parser: a nominal is walked to its edge, where a clause begins or ends. What cannot be found is left open.
"""

from stance.language.words import Tokens, word_set

# Nobody whom a text could quote: the author, the reader, people in general, and nobody.
_NOBODY = word_set("i we you one none nobody everyone everybody anyone anybody someone somebody let")
_PRONOUNS = word_set("he she they it")
_OBJECTS = word_set("him her them us me himself herself itself themselves")
_REFLEXIVE = word_set("himself herself itself themselves")
_RELATIVE = word_set("who which that")
DAYS = word_set("monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow")
MONTHS = word_set("january february march april may june july august september october november december")
_TITLES = word_set(
    """mr mrs ms dr gen sen rep gov lt col adm capt sgt prof rev st jr sr mme maj cmdr hon del sens reps gens amb atty
    cpl brig pres messrs"""
)
_AUXILIARIES = word_set(
    """is are was were be been being am has have had having do does did will would can could may might must
    shall should isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't
    can't cannot couldn't shouldn't"""
)
_BE = word_set("is are was were be been being am isn't aren't wasn't weren't")
_ADVERBS = word_set(
    """also later then once never not even still now just only always often again already soon recently
    once earlier first"""
)
_CONNECTING = word_set(
    """yet however nevertheless nonetheless meanwhile instead moreover furthermore besides then therefore thus hence
    otherwise afterward afterwards indeed likewise overall anyway so asked"""
)
_NO_START = _ADVERBS | {"back"}  # "reported back in January"
_NO_ADVERBS = word_set(
    """rally ally family reply italy july supply assembly bully monopoly anomaly homily butterfly belly
    jelly lily"""
)
_DETERMINERS = word_set("the a an this that his her its their our my your")
_EDGES = _AUXILIARIES | word_set(
    """that who which whom whose what when where while why how if whether as than because although though
    since until unless and or but nor yet so after before during , . ; : ? ! ( ) [ ] — – -- ... … / |"""
)
_PREPOSITIONS = word_set(
    """of for in on at to from with by under over against about into near between among amid through within
    across"""
)
_INSIDE = word_set("of for at in to on from with by")
_CARRIERS = word_set("go goes went going gone continue continues continued expected set due had has likely")
_REACH = 14
_MOST_NAMES = 3
_MOST_JOINED = 4


def is_adverb(word: str) -> bool:
    """Whether a lower-case word has the ending of an adverb and is no noun that happens to have it."""
    return word.endswith("ly") and len(word) > 4 and word not in _NO_ADVERBS


def is_nobody(tokens: Tokens, nominal: tuple[int, int]) -> bool:
    """Whether a nominal names nobody whom a text could quote: "I", "no one", "nobody in Washington"."""
    words = tokens.lower
    first, last = (words[index].partition("'")[0] for index in nominal)
    if last in _NOBODY or words[nominal[0] : nominal[0] + 2] == ["no", "one"]:
        return True
    return first in _NOBODY and first != "one"


def nominal_before(
    tokens: Tokens, verb: int, floor: int, *, progressive: bool = False
) -> tuple[int, int] | None:
    """Return the inclusive tokens of a verb's subject, or None.

    Args:
        tokens: The article's tokens.
        verb: Index of the verb.
        floor: The sentence's first token.
        progressive: Whether the verb ends in -ing. It has a subject of its own only with a form of "be"; any
            other verb is passive after one, and the subject of a passive does not speak.
    """
    if progressive and not (verb > floor and tokens.lower[verb - 1] in _BE):
        return None
    last = _skip_back(tokens.lower, verb - 1, floor, progressive=progressive)
    if last is not None and tokens.lower[last] in _RELATIVE:
        last -= 1 + (last > floor and tokens.lower[last - 1] == ",")
        last -= last > floor and tokens.lower[last] in DAYS
    elif last is not None and tokens.lower[last] == ",":
        comma = last
        last = _before_apposition(tokens.lower, comma, floor)
        if last is not None and _is_full_name(tokens, last + 2, comma):
            last = comma - 1  # "His top spokesman, Josh Earnest, said"
    if last is None or last < floor or not _is_word(tokens, last):
        return None
    first, last = _walk_left(tokens, last, floor)
    antecedent = _antecedent(tokens, first, floor)
    if antecedent is not None:
        first, last = _walk_left(tokens, antecedent, floor)
    named = _named_before(tokens, first, floor)
    return named or _without_lead(tokens, first, last)


def nominal_after(tokens: Tokens, verb: int, end: int) -> tuple[int, int] | None:
    """Return the inclusive tokens of the subject that follows its verb ("said Mr. Lavrov"), or None."""
    words = tokens.lower
    first = last = verb + 1
    if first >= end or not _is_word(tokens, first) or words[first] in _PREPOSITIONS or words[first] in DAYS:
        return None
    if words[first] in _NO_START or (
        words[first] in {"this", "last"} and words[last + 1 : last + 2] != ["one"]
    ):
        return None  # "said earlier this week", "said last month"
    if _is_pronoun(words[first]):
        return first, first
    while last + 1 < end and last - first < _REACH:
        word = words[last + 1]
        if word == "." and last + 2 < end and abbreviates(tokens, last):
            last += 1
            continue
        if word in _EDGES and not _joins_names(tokens, last + 1, end):
            break
        if (
            word in DAYS
            or (word in _PREPOSITIONS and word not in {"of", "for"})
            or _is_object(tokens, last + 1)
        ):
            break
        last += 1
    while last > first and words[last] in _PREPOSITIONS:
        last -= 1
    return first, last


def _skip_back(words: list[str], last: int, floor: int, *, progressive: bool) -> int | None:
    """Step over what may stand between a subject and its verb: adverbs, auxiliaries, days, "went on to"."""
    while last >= floor:
        word = words[last]
        if word in _BE and not progressive:
            return None
        if word in DAYS and last - 1 >= floor and words[last - 1] == "on":
            last -= 2
        elif word == "to":
            carrier = next(
                (
                    place
                    for place in range(last - 1, max(floor, last - 3) - 1, -1)
                    if words[place] in _CARRIERS
                ),
                None,
            )
            if carrier is None:
                return None
            last, progressive = carrier - 1, True
        elif (
            word in _AUXILIARIES or word in _ADVERBS or word in _REFLEXIVE or word in DAYS or is_adverb(word)
        ):
            last -= 1
        else:
            return last
    return None


def _before_apposition(words: list[str], comma: int, floor: int) -> int | None:
    """Return the token before the comma that opens an insertion: "Peskov, the spokesman, said"."""
    for place in range(comma - 1, max(floor, comma - 30), -1):
        if words[place] == "," and not words[place - 1].isdigit():
            return place - 1
        if words[place] in {".", ";", ":", "?", "!", '"', "“", "”", "(", ")"}:
            return None
    return None


def _is_full_name(tokens: Tokens, first: int, end: int) -> bool:
    """Whether tokens are two or three words with capitals and nothing else."""
    return 2 <= end - first <= _MOST_NAMES and all(
        word[0].isupper() and word.isalpha() for word in tokens.surface[first:end]
    )


def _walk_left(tokens: Tokens, last: int, floor: int) -> tuple[int, int]:
    words = tokens.lower
    if _is_pronoun(words[last]):
        return last, last
    first = last
    while first > floor and last - first < _REACH:
        word = words[first - 1]
        if word == "." and first - 2 >= floor and abbreviates(tokens, first - 2):
            first -= 1
            continue
        if word in _EDGES and not _joins_names(tokens, first - 1, last + 1):
            break
        if (
            _is_pronoun(word)
            or (_is_object(tokens, first - 1) and word != "her")
            or not _is_inner(tokens, first - 1)
        ):
            break
        first -= 1
    return first, last


def _antecedent(tokens: Tokens, first: int, floor: int) -> int | None:
    """Return the noun whose "who" clause a nominal ends: "a man who asked not to be named said"."""
    for place in range(first - 1, max(floor, first - 1 - _REACH), -1):
        word = tokens.lower[place]
        if word in {"who", "which"}:
            return place - 1 if _is_word(tokens, place - 1) else None
        if word in _EDGES and word not in _AUXILIARIES and word != "and":
            return None
    return None


def _named_before(tokens: Tokens, first: int, floor: int) -> tuple[int, int] | None:
    """Return the name whose apposition begins at a token: "Lindsey Graham, chairman of the committee, which ..., said"."""
    surface, words = tokens.surface, tokens.lower
    noun = words[first]
    if first > floor and words[first - 1] == "and":
        # "Penny Nance, CEO and president of ..."
        near = range(first - 2, max(floor, first - 2 - _MOST_JOINED), -1)
        first = next((place + 1 for place in near if words[place] == ","), first)
    before = first - 2
    if before < floor or words[first - 1] != "," or noun in _EDGES or not noun.isalpha():
        return None
    if not (surface[first].islower() or surface[first].isupper()):
        return None  # a list of names
    if not surface[before][:1].isupper() or words[before] in DAYS or words[before] in MONTHS:
        return None
    begin, last = _walk_left(tokens, before, floor)
    if _is_pronoun(words[first]) or (begin == last == floor and not _stands_for_somebody(words[last])):
        return None  # "Nevertheless, he said"
    # What a preposition governs is a place or a time, and a list of names has more commas.
    governed = any(words[index] in _PREPOSITIONS for index in range(begin, last + 1))
    listed = begin > floor and words[begin - 1] in {",", "and", "or"}
    return None if governed or listed else (begin, last)


def _stands_for_somebody(word: str) -> bool:
    """Whether a word that begins a sentence before a comma may be a name."""
    return not (is_adverb(word) or word in _ADVERBS or word in _CONNECTING)


def _without_lead(tokens: Tokens, first: int, last: int) -> tuple[int, int] | None:
    """Drop a place or time that leads the clause: of "In Moscow officials", "officials" speak."""
    words = tokens.lower
    if words[first] in _PREPOSITIONS:
        # "At the same time the minister": what a second article opens is the subject.
        for index in range(last, first + 1, -1):
            if words[index] in _DETERMINERS and words[index - 1] not in _PREPOSITIONS:
                return index, last
    while first <= last and (
        words[first] in _PREPOSITIONS or words[first] in _ADVERBS or words[first] in DAYS
    ):
        led = words[first] in _PREPOSITIONS
        first += 1
        while (
            led
            and first <= last
            and (tokens.surface[first][:1].isupper() or words[first] in {"the", "'s", "a"})
        ):
            first += 1
    return (first, last) if first <= last else None


def _is_pronoun(word: str) -> bool:
    return word in _PRONOUNS or word.partition("'")[0] in {"i", "we", "you"}


def _is_object(tokens: Tokens, index: int) -> bool:
    return tokens.lower[index] in _OBJECTS and tokens.surface[index] != "US"


def _is_word(tokens: Tokens, index: int) -> bool:
    word = tokens.lower[index]
    return word[0].isalnum() and word not in _EDGES and not _is_object(tokens, index)


def _is_inner(tokens: Tokens, index: int) -> bool:
    word = tokens.lower[index]
    return word[0].isalnum() or word in {"'s", "-", "'", "&", "%"}


def abbreviates(tokens: Tokens, index: int) -> bool:
    """Whether the full stop after a token belongs to it: a title or an initial."""
    return tokens.lower[index] in _TITLES or (
        len(tokens.surface[index]) == 1 and tokens.surface[index].isupper()
    )


def _joins_names(tokens: Tokens, index: int, end: int) -> bool:
    """Whether "and" stands between two names, as in "Health and Human Services"."""
    neighbours = tokens.surface[index - 1 : index] + tokens.surface[index + 1 : index + 2]
    return tokens.lower[index] == "and" and index + 1 < end and all(word[:1].isupper() for word in neighbours)
