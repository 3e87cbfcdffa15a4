"""Where a text mentions the roster's actors: one pass, longest form first."""

import datetime as dt
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from stance.actors.places import is_place
from stance.actors.roster import Form, Roster
from stance.language.words import Tokens, word_set
from stance.records import ActorKind, Mention, MentionKind, Sentence

_MARRIED = frozenset({"mrs", "ms", "miss", "lady", "madame"})
_STATE_WORDS = frozenset({"u.s.", "us", "american", "united", "states"})
_OTHER_OFFICE = word_set("""vice russian ukrainian french chinese mexican turkish syrian egyptian iranian afghan polish venezuelan brazilian
    south north former ex council company university club party bank union league association federation commission
    european class student board team committee republic ivory lithuanian georgian cuban filipino philippine""")
_AFTER_OFFICE = frozenset({"of", "and", "for"})


def find_mentions(
    tokens: Tokens,
    sentences: Sequence[Sentence],
    roster: Roster,
    given_names: frozenset[str],
    date: str = "",
) -> tuple[Mention, ...]:
    """Find all mentions of roster actors by name, alias, institution, official, metonym and office.

    Args:
        tokens: The article's tokens.
        sentences: Its sentences, in order.
        roster: The actors.
        given_names: First names that make a following surname somebody else's.
        date: ISO 8601 date of the article; decides whose "the president" is. If empty, it is the actor whom the
            text itself calls "President" most often.

    Returns:
        Mentions in order of place, then of the roster. A form that stands under two actors gives two.
    """
    if not sentences:
        return ()
    found: list[Mention] = []
    president_votes: Counter[str] = Counter()
    offices: list[int] = []
    starts = [sentence.start for sentence in sentences]
    surface = [word.replace("’", "'") for word in tokens.surface]
    index = 0
    while index < len(surface):
        form = _match(surface, index, roster)
        if form is None:
            if tokens.lower[index] in _OFFICE_WORDS:
                offices.append(index)
            index += 1
            continue
        last = index + len(form.words) - 1
        if form.hits and not _is_somebody_else(surface, tokens.lower, index, form, roster, given_names):
            for actor, kind in form.hits:
                is_state = roster.actor(actor).kind is ActorKind.STATE
                if is_state and (
                    is_place(tokens.lower, index, last, city=kind is MentionKind.METONYM)
                    or _qualifies_a_title(tokens.lower, surface, last)
                ):
                    continue
                found.append(_mention(tokens, sentences, starts, index, last, actor, kind))
            if form.surname_of or form.hits[0][1] is MentionKind.NAME:
                before = tokens.lower[index - 1] if index else ""
                if before in {"president", "pres."} or (before == "." and index > 1 and tokens.lower[index - 2] == "pres"):
                    president_votes[form.hits[0][0]] += 1
        index = last + 1
    found.extend(_office_mentions(tokens, sentences, starts, roster, offices, date, president_votes))
    order = {actor: number for number, actor in enumerate(roster.ids)}
    found.sort(key=lambda mention: (mention.start, mention.end, order[mention.actor]))
    return tuple(found)


_OFFICE_WORDS = frozenset({"president", "president's", "commander"})


def _match(surface: list[str], index: int, roster: Roster) -> Form | None:
    for form in roster.index.get(surface[index], ()):
        words = form.words
        if len(words) == 1 or tuple(surface[index : index + len(words)]) == words:
            return form
    return None


def _mention(
    tokens: Tokens, sentences: Sequence[Sentence], starts: list[int], first: int, last: int, actor: str, kind: MentionKind
) -> Mention:
    start = tokens.starts[first]
    number = max(0, bisect_right(starts, start) - 1)
    return Mention(actor, start, tokens.ends[last], sentences[number].id, kind)


def _is_somebody_else(
    surface: list[str], lower: list[str], index: int, form: Form, roster: Roster, given_names: frozenset[str]
) -> bool:
    """Whether a surname belongs to another person: after another first name, or after Mrs."""
    if not form.surname_of or len(form.words) > 1 or not index:
        return False
    actor = roster.actor(form.surname_of)
    before = surface[index - 1]
    if before == "." and index > 1:
        return lower[index - 2] in _MARRIED
    if before.istitle() and before in actor.given:
        return False
    return before in given_names or before in actor.family or lower[index - 1] in _MARRIED


def _qualifies_a_title(lower: list[str], surface: list[str], last: int) -> bool:
    """Whether a state's name only says which president: "U.S. President Donald Trump" speaks of a person."""
    return lower[last + 1 : last + 2] == ["president"] and surface[last + 2 : last + 3] != [] and surface[last + 2].istitle()


def _office_mentions(
    tokens: Tokens,
    sentences: Sequence[Sentence],
    starts: list[int],
    roster: Roster,
    places: list[int],
    date: str,
    votes: Counter[str],
) -> list[Mention]:
    holder = _holder(roster, date, votes)
    if holder is None:
        return []
    found = []
    for index in places:
        span = _office_span(tokens, index)
        if span is not None:
            found.append(_mention(tokens, sentences, starts, *span, holder, MentionKind.ROLE))
    return found


def _holder(roster: Roster, date: str, votes: Counter[str]) -> str | None:
    """Who is "the president" of the roster's state in this text."""
    holders = [actor.id for actor in roster.actors if any(office.title == "president" for office in actor.offices)]
    try:
        day = dt.date.fromisoformat(date[:10]) if date else None
    except ValueError:
        day = None
    if day is not None:
        return next((actor.id for actor in roster.actors if actor.held("president", day)), None)
    voted = [(votes[actor], actor) for actor in holders if votes[actor]]
    # An even vote decides nothing: no guess is presented as a fact.
    if not voted or len([count for count, _ in voted if count == max(voted)[0]]) > 1:
        return None
    return max(voted)[1]


def _office_span(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """Return the tokens of "the president" where it stands alone for its holder, or None."""
    lower, surface = tokens.lower, tokens.surface
    if lower[index] == "commander":
        if lower[index : index + 4] != ["commander", "in", "chief"] and lower[index : index + 5] != ["commander", "-", "in", "-", "chief"]:
            return None
        return None if not index or lower[index - 1] not in {"the", "our", "this"} else (index - 1, index)
    if not index:
        return None
    before = lower[index - 1]
    after = lower[index + 1] if index + 1 < len(lower) else ""
    next_surface = surface[index + 1] if index + 1 < len(surface) else ""
    # "President Putin", "the president of France", "the president-elect": somebody else, or named anyway.
    if next_surface[:1].isupper() or after in _AFTER_OFFICE or (after == "-" and lower[index + 2 : index + 3] == ["elect"]):
        return None
    if before in {"the", "our", "this", "america's"}:
        return index - 1, index
    if before in _STATE_WORDS and index > 1 and lower[index - 2] in {"the", "united", "sitting"}:
        return index - 1, index
    return None
