"""Where a text mentions the roster's actors: one pass over each sentence, longest form first."""

import datetime as dt
from collections import Counter
from collections.abc import Container, Sequence
from typing import NamedTuple

from stance.actors.places import is_dateline, is_place
from stance.actors.roster import Form, Roster, Term
from stance.language.words import Tokens, word_set
from stance.records import NO_NAMES, ActorKind, Mention, MentionKind, Names, Rule, Sentence

_MARRIED = word_set("mrs ms miss lady madame")
_STATE_WORDS = word_set("u.s. us american united states")
_OFFICE_WORDS = word_set("president commander potus")
# "The president and chief executive", "the president for Latin America": heads of something else.
_FIRMS = word_set("ceo chief chairman chairwoman chair founder co director publisher editor general owner")
_FOR_WHAT = word_set("life global public international corporate government external strategy research")
# Institutions that are also a house: "at the White House", but "opinions at the State Department".
_HOUSES = word_set("house office wing pentagon congress senate duma embassy court parliament")
_DAYS = word_set("monday tuesday wednesday thursday friday saturday sunday")
# Forms of a state's that also mean whoever holds its office.
_ADMINISTRATIONS = frozenset(
    tuple(form.split())
    for form in (
        "the administration",
        "this administration",
        "current administration",
        "administration officials",
        "administration official",
    )
)
_AHEAD = 8  # tokens that tell of what somebody is president
_BEFORE_OFFICE = dt.timedelta(days=80)  # from an election in early November to the oath in January
_ACTING = frozenset({MentionKind.INSTITUTION, MentionKind.OFFICIAL})
_OTHER_OFFICES = word_set(
    "senator senators sen rep representative gov governor congressman congresswoman candidate professor"
)
_FORMER = word_set("former ex onetime erstwhile")
_DETERMINERS = word_set("the our this america's")


class Context(NamedTuple):
    """What decides whom a form mentions here.

    Attributes:
        date: ISO 8601 date of the article; decides whose "the president" is, and who is an official. If empty, the
            president is the one whom the text itself calls so most often, if he is in the roster.
        given_names: First names that make a following surname somebody else's.
        elsewhere: Countries, their peoples, and regions: before an office or a body they make it another state's.
    """

    date: str = ""
    given_names: Container[str] = frozenset()
    elsewhere: Container[str] = frozenset()


class Found(NamedTuple):
    """Mentions, and the token ranges (inclusive) of every form of the roster in the text.

    The forms also hold namesakes, places and exclusions: no mentions, but names that a classifier must not see. Among them
    are the names of `officials`, whether they served when the text was written or not. `names` are all names, whoever bears
    them; they are found apart (`stance.actors.names`).
    """

    mentions: tuple[Mention, ...]
    forms: tuple[tuple[int, int], ...]
    officials: tuple[tuple[int, int], ...] = ()
    names: Names = NO_NAMES


def find_mentions(
    tokens: Tokens,
    sentences: Sequence[Sentence],
    roster: Roster,
    context: Context,
) -> Found:
    """Find all mentions of roster actors by name, alias, institution, official, metonym and office.

    Args:
        tokens: The article's tokens.
        sentences: Its sentences, in order.
        roster: The actors.
        context: What decides whom a form mentions in this article.

    Returns:
        Mentions in order of place, then of the roster; a form that stands under two actors gives two. With them the
        places of all forms, mentions or not.
    """
    finder = _Finder(tokens, roster, context)
    date = context.date
    for sentence in sentences:
        finder.look_at(sentence)
    holder = _holder(roster, date, finder.votes)
    found = [
        *finder.found,
        *finder.officials(_times(roster, date, holder)),
        *finder.offices(holder),
        *finder.elected(_elect(roster, date)),
    ]
    order = {actor: number for number, actor in enumerate(roster.ids)}
    found.sort(key=lambda mention: (mention.start, mention.end, order[mention.actor]))
    return Found(tuple(found), tuple(finder.forms), tuple(finder.named))


class _Finder:
    """The pass over an article, with what it collects on the way.

    Attributes:
        found: Mentions by form.
        forms: Token ranges of all forms, mentions or not.
        named: Token ranges of officials' names.
        votes: How often the text calls an actor "President"; others count under an empty id.
    """

    def __init__(self, tokens: Tokens, roster: Roster, context: Context) -> None:
        self._tokens = tokens
        self._surface = [
            word if word.isascii() else word.replace("’", "'").replace("ʼ", "'") for word in tokens.surface
        ]
        self._roster = roster
        self._given_names = context.given_names
        self._elsewhere = context.elsewhere
        # A first name alone is no mention, nor is an account's name, but both tell whom a text is about.
        self._first_names = frozenset(
            name
            for actor in roster.actors
            for name in actor.given | actor.family
            if len(name) > 1  # not the initial of "Donald J.", nor its stop
        )
        self._begins = self._first_names | roster.beginnings
        self._offices: list[tuple[int, int, Sentence, MentionKind]] = []
        self._served: list[tuple[Mention, list[Term]]] = []
        self._elects: list[tuple[int, int, Sentence]] = []
        self.named: list[tuple[int, int]] = []
        self.found: list[Mention] = []
        self.forms: list[tuple[int, int]] = []
        self.votes: Counter[str] = Counter()

    def look_at(self, sentence: Sentence) -> None:
        """Collect the mentions and offices of a sentence."""
        first, end = self._tokens.between(sentence.start, sentence.end)
        index = first
        surface, lower, begins = self._surface, self._tokens.lower, self._begins
        while index < end:
            # Nearly all words begin nothing.
            if surface[index] not in begins and lower[index] not in _OFFICE_WORDS:
                index += 1
                continue
            form = self._roster.longest(surface, index, end)
            if form is None:
                if self._surface[index] in self._first_names or self._tokens.lower[index] == "potus":
                    self.forms.append((index, index))
                self._note_office(index, first, end, sentence)
                index += 1
                continue
            last = index + len(form.words) - 1
            self.forms.append((index, last))
            if form.terms:
                self.named.append((index, last))
            if tuple(self._tokens.lower[index : last + 1]) in _ADMINISTRATIONS:
                self._offices.append((index, last, sentence, MentionKind.INSTITUTION))
            if form.hits and not self._is_somebody_else(form, index, first):
                self._note_title(form, index, first)
                for actor, kind in form.hits:
                    if not self._is_no_actor(actor, kind, (index, last), (first, end)):
                        mention = self._mention(index, last, actor, kind, sentence)
                        terms = [term for term in form.terms if term.actor == actor]
                        if terms and kind is MentionKind.OFFICIAL:
                            self._served.append((mention, terms))
                        else:
                            self.found.append(mention)
            index = last + 1

    def officials(self, times: Sequence[tuple[dt.date, dt.date | None]]) -> list[Mention]:
        """Return the mentions of officials who served in one of some stretches of time; all of them if there is none."""
        return [
            mention
            for mention, terms in self._served
            if not times or any(term.meets(*time) for term in terms for time in times)
        ]

    def offices(self, holder: str | None) -> list[Mention]:
        """Return the mentions by office, once it is known who held it."""
        if holder is None:
            return []
        return [
            self._mention(first, last, holder, kind, sentence, Rule.OFFICE)
            for first, last, sentence, kind in self._offices
        ]

    def elected(self, elect: str | None) -> list[Mention]:
        """Return the mentions of the president-elect, once it is known who that was."""
        if elect is None:
            return []
        return [
            self._mention(first, last, elect, MentionKind.ROLE, sentence, Rule.OFFICE)
            for first, last, sentence in self._elects
        ]

    def _mention(
        self,
        first: int,
        last: int,
        actor: str,
        kind: MentionKind,
        sentence: Sentence,
        rule: Rule = Rule.FORM,
    ) -> Mention:
        start, end = self._tokens.starts[first], self._tokens.ends[last]
        return Mention(actor, start, end, sentence.id, kind, rule=rule)

    def _note_title(self, form: Form, index: int, first: int) -> None:
        if index > first and (form.surname_of or form.hits[0][1] is MentionKind.NAME):
            before = self._tokens.lower[index - 1]
            abbreviated = before == "." and index > first + 1 and self._tokens.lower[index - 2] == "pres"
            if before == "president" or abbreviated:
                self.votes[form.hits[0][0]] += 1

    def _note_office(self, index: int, first: int, end: int, sentence: Sentence) -> None:
        if self._tokens.lower[index] in _OFFICE_WORDS:
            span = _office_span(self._tokens, index, first, end)
            if span is not None:
                self._offices.append((*span, sentence, MentionKind.ROLE))
            elif self._tokens.lower[index + 1 : index + 3] == ["-", "elect"]:
                named = index + 3 < end and self._tokens.surface[index + 3][:1].isupper()
                if not named and index > first and self._tokens.lower[index - 1] in _DETERMINERS:
                    self._elects.append((index - 1, index + 2, sentence))

    def _is_somebody_else(self, form: Form, index: int, first: int) -> bool:
        """Whether a surname belongs to another person: after another first name, or after Mrs."""
        if not form.surname_of or len(form.words) > 1 or index == first:
            return False
        actor = self._roster.actor(form.surname_of)
        place = index - 1
        if self._surface[place] == "." and place > first:
            place -= 1
            if len(self._surface[place]) == 1 and place > first:
                place -= 1  # the initial of "Fred C. Trump"
        before = self._surface[place]
        if before in actor.given:
            return False
        return before in self._given_names or before in actor.family or self._tokens.lower[place] in _MARRIED

    def _is_no_actor(
        self, actor: str, kind: MentionKind, span: tuple[int, int], bounds: tuple[int, int]
    ) -> bool:
        """Whether a form of a state's is a mere place, or says only which president is meant."""
        if self._roster.actor(actor).kind is not ActorKind.STATE:
            return False
        (first, last), (opening, end) = span, bounds
        if kind in _ACTING and self._is_of_another(first, opening):
            return True
        if kind is MentionKind.OFFICIAL and _is_former(self._tokens.lower, first, opening):
            return True
        city = kind is MentionKind.METONYM
        if city and first == opening and is_dateline(self._tokens, last, end):
            return True
        # "U.S. President Donald Trump" speaks of a person.
        titled = self._tokens.lower[last + 1 : last + 2] == ["president"] and last + 2 < end
        if titled and self._surface[last + 2][0].isupper() and self._tokens.lower[last + 2] not in _DAYS:
            return True
        # "The president of the United States" is a person too.
        if tuple(self._tokens.lower[max(opening, first - 3) : first]) == ("president", "of", "the"):
            return True
        building = kind is MentionKind.INSTITUTION and self._tokens.lower[last] in _HOUSES
        return is_place(self._tokens.lower, first, last, city=city, building=building)

    def _is_of_another(self, first: int, opening: int) -> bool:
        """Whether an office or body is another state's: "Kentucky's attorney general", "Chinese government officials"."""
        place = first - 1
        if place - 1 >= opening and self._surface[place].istitle() and self._surface[place - 1] == "'s":
            place -= 1  # "Kentucky's Democratic"
        if place - 1 >= opening and self._surface[place] == "'s":
            place -= 1
        return place >= opening and self._surface[place] in self._elsewhere


def _is_former(lower: Sequence[str], first: int, opening: int) -> bool:
    """Whether an official has left or is not there yet: "the former secretary of state", "ex-CIA director", "Sen. Kerry"."""
    place = first - 1
    if place > opening and lower[place] == ".":
        return lower[place - 1] in _OTHER_OFFICES  # "Sen. Kerry"; a stop after "former" would end a sentence
    place -= place > opening and lower[place] == "-"
    return place >= opening and (lower[place] in _FORMER or lower[place] in _OTHER_OFFICES)


def day_of(date: str) -> dt.date | None:
    """Return the day of an ISO 8601 date or date and time, None where there is none."""
    try:
        return dt.date.fromisoformat(date[:10]) if date else None
    except ValueError:
        return None


def _holder(roster: Roster, date: str, votes: Counter[str]) -> str | None:
    """Who is "the president" of the roster's state in this text."""
    day = day_of(date)
    if day is not None:
        return next((actor.id for actor in roster.actors if actor.held("president", day)), None)
    holders = {
        actor.id for actor in roster.actors if any(office.title == "president" for office in actor.offices)
    }
    voted = sorted(((count, actor) for actor, count in votes.items() if actor in holders), reverse=True)
    # An even vote decides nothing: no guess is presented as a fact.
    if not voted or (len(voted) > 1 and voted[0][0] == voted[1][0]):
        return None
    return voted[0][1]


def _times(roster: Roster, date: str, holder: str | None) -> list[tuple[dt.date, dt.date | None]]:
    """Return when a text may have been written: on its day, or else while the president whom it names was in office."""
    day = day_of(date)
    if day is not None:
        return [(day, day + dt.timedelta(days=1))] if day < dt.date.max else []
    offices = roster.actor(holder).offices if holder is not None else ()
    return [(office.start, office.end) for office in offices if office.title == "president"]


def _elect(roster: Roster, date: str) -> str | None:
    """Who was elected president of the roster's state and not yet in office on a day."""
    day = day_of(date)
    if day is None:
        return None
    return next(
        (
            actor.id
            for actor in roster.actors
            for office in actor.offices
            if office.title == "president" and day < office.start <= day + _BEFORE_OFFICE
        ),
        None,
    )


def _office_span(tokens: Tokens, index: int, first: int, end: int) -> tuple[int, int] | None:
    """Return the tokens of "the president" where it stands alone for its holder, or None.

    Args:
        tokens: The article's tokens.
        index: Where "president", "commander" or "potus" stands.
        first: The sentence's first token.
        end: The token after its last.
    """
    lower = tokens.lower
    if lower[index] == "potus":
        return index, index
    if index == first:
        return None
    before, after = lower[index - 1], lower[index + 1 : min(end, index + _AHEAD)]
    if lower[index] == "commander":
        length = next((len(rest) for rest in _IN_CHIEF if tuple(after[: len(rest)]) == rest), 0)
        return (index - 1, index + length) if length and before in {"the", "our", "this"} else None
    # "President Putin", "the president of France", "the president-elect": somebody else, or named anyway.
    named = index + 1 < end and tokens.surface[index + 1][:1].isupper() and after[0] not in _DAYS
    if named or after[:2] == ["-", "elect"]:
        return None
    if before == "." and index - 2 >= first and lower[index - 2] == "mr":
        return index - 2, index  # "Mr. President", to his face
    if after and _is_of_something_else(tokens, index + 1, end):
        return None
    if before in _DETERMINERS:
        return index - 1, index
    if before in _STATE_WORDS and index - 2 >= first and lower[index - 2] in {"the", "united", "sitting"}:
        return index - 1, index
    return None


def _is_of_something_else(tokens: Tokens, index: int, end: int) -> bool:
    """Whether what follows "the president" says of what he is one: a firm, another state."""
    lower, surface = tokens.lower, tokens.surface
    word, rest = lower[index], lower[index + 1 : min(end, index + _AHEAD)]
    if word == "of":
        return not any(tuple(rest[: len(whole)]) == whole for whole in _WHOLE_STATE)
    if not rest:
        return False
    if word == "and":
        return rest[0] in _FIRMS
    return word == "for" and (rest[0] in _FOR_WHAT or surface[index + 1][0].isupper())


_WHOLE_STATE = (("the", "united", "states"), ("the", "u.s."), ("the", "us"), ("the", "usa"))
_IN_CHIEF = (("in", "chief"), ("-", "in", "-", "chief"))
