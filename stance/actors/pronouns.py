"""Whom "he", "she" and "I" mean, where it is plain; precision before recall.

Deterministic, in the way of sieves (Lee et al. 2011): the one person of fitting gender before the pronoun in its sentence,
or else whom the sentences before leave in mind. Wherever another person could be meant, nobody is. Inside quotation
marks "I" is the speaker, and "he" is not. First what the narrator says is read, which tells who speaks; then what is quoted.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from stance.actors.mentions import Found
from stance.actors.pairs import find_leaders
from stance.actors.persons import DESCRIBED, Naming, Person, Persons, Reading
from stance.actors.seen import Seen
from stance.actors.speaking import Lead, Speaking
from stance.language.words import Tokens, word_set
from stance.records import ActorKind, Mention, MentionKind, Quotation, QuotationKind, Rule, Sentence, Speaker

_THIRD = {
    word: pronoun
    for pronoun, words in (
        ("he", word_set("he him his himself")),
        ("she", word_set("she her hers herself")),
        ("they", word_set("they them their theirs themselves")),
    )
    for word in words
}
_POSSESSORS = word_set("his her their")
_SUBJECTS = word_set("he she they")
_FIRST = word_set("i me my mine myself i'm i've i'll i'd")
_POINTING = _FIRST | _THIRD.keys()
_MOST_DESCRIBED = 4  # words: "the South Carolina senator"
_INDEFINITE = word_set("a an another one")
_GOVERNING = word_set("of for to from with")
_POSSESSIVE = word_set("'s ' ’")
_REACH = 4  # sentences back to look for whom they leave in mind
_PARAGRAPHS = 1
_ROUNDS = 2


class Resolved(NamedTuple):
    """Pronouns that mention persons of the roster, in order, and the quotations with their speakers by name."""

    mentions: tuple[Mention, ...]
    quotations: tuple[Quotation, ...]


def resolve_pronouns(
    text: str,
    tokens: Tokens,
    sentences: Sequence[Sentence],
    found: Found,
    quotations: Sequence[Quotation],
    naming: Naming,
) -> Resolved:
    """Find the pronouns that mention persons of the roster, and the names of speakers whom the text calls "he" or "she".

    Args:
        text: The article's text.
        tokens: Its tokens.
        sentences: Its sentences, in order.
        found: Mentions by name and office, and all forms.
        quotations: The article's quotations, in order.
        naming: The roster, of which persons with `pronoun` are looked for, and given names.
    """
    finder = _Finder(text, tokens, sentences, found, naming)
    # Who speaks tells whom the sentences around mean, and that in turn tells further speakers.
    for _ in range(_ROUNDS):
        finder.begin(quotations)
        finder.find_named_speakers()
        finder.read_narration()
        finder.name_speakers()
        if finder.quotations == list(quotations):
            break
        quotations = finder.quotations
    finder.read_quotations()
    found_here = [*finder.found, *find_leaders(tokens, finder.read, found.mentions)]
    return Resolved(tuple(sorted(found_here, key=lambda one: one.start)), tuple(finder.quotations))


class _Finder:
    """The passes over an article."""

    def __init__(
        self,
        text: str,
        tokens: Tokens,
        sentences: Sequence[Sentence],
        found: Found,
        naming: Naming,
    ) -> None:
        roster = naming.roster
        self._text = text
        self._tokens = tokens
        self._kinds = roster.kinds
        self._wanted = {actor.id: actor.pronoun for actor in roster.actors if actor.pronoun}
        self._persons = Persons(tokens, found, naming)
        self._mentions = found.mentions
        self._names: dict[str, tuple[int, int]] = {}  # the longest name of each person, in tokens
        self._named_at: dict[str, list[tuple[int, int]]] = defaultdict(list)  # all of them, in order
        self.read = [self._reading(sentence) for sentence in sentences if sentence.speaks]
        self._read_starts = [read.sentence.start for read in self.read]

    def begin(self, quotations: Sequence[Quotation]) -> None:
        """Begin a round with the speakers that are known so far."""
        self.quotations = list(quotations)
        self._marked = [
            place for place, one in enumerate(quotations) if one.kind is not QuotationKind.INDIRECT
        ]
        self._starts = [quotations[place].start for place in self._marked]
        self._said_by: dict[int, str] = {}  # by place of a quotation, the key of its speaker
        # By the place where words without marks begin, the key of their speaker and the token of the verb.
        self._begun: dict[int, tuple[str, int]] = {}
        self._meant: dict[int, str] = {}  # by token of a pronoun
        self._narrated = [Seen() for _ in self.read]
        self._named = [Seen() for _ in self.read]
        self._leads: list[Lead | None] = [None] * len(self.read)
        self.found: list[Mention] = []

    def _reading(self, sentence: Sentence) -> Reading:
        first, end = self._tokens.between(sentence.start, sentence.end)
        persons = self._persons.among(first, end)
        for person in persons:
            self._named_at[person.key].append((person.token, person.last))
            length = self._names.get(person.key, (0, -1))
            if person.last - person.token > length[1] - length[0]:
                self._names[person.key] = (person.token, person.last)
        named = {person.token for person in persons}
        lower = self._tokens.lower
        places = [token for token in range(first, end) if token in named or lower[token] in _POINTING]
        return Reading(sentence, first, end, persons, places)

    def _quotation(self, token: int) -> int | None:
        """Return the place of the quotation in marks that a token stands in."""
        start = self._tokens.starts[token]
        place = bisect_right(self._starts, start) - 1
        if place >= 0 and start < self.quotations[self._marked[place]].end:
            return self._marked[place]
        return None

    def find_named_speakers(self) -> None:
        """Note the speakers whom their quotation names."""
        ends = {person.last: person for read in self.read for person in read.persons}
        begins = {person.token: person for person in ends.values()}
        for place, quotation in enumerate(self.quotations):
            if quotation.speaker is not None:
                first, end = self._tokens.between(quotation.speaker.start, quotation.speaker.end)
                key = self._head(ends.get(end - 1), begins.get(first), first)
                if key is not None:
                    self._said_by[place] = key
                    if quotation.kind is QuotationKind.INDIRECT and quotation.cue is not None:
                        cue, _ = self._tokens.between(*quotation.cue)
                        self._begun[quotation.start] = key, cue

    def read_narration(self) -> None:
        """Resolve the pronouns outside of quotation marks."""
        for number, read in enumerate(self.read):
            narrated, named = self._narrated[number], self._named[number]
            ahead: dict[str, str | None] = {}
            places = {person.token: person for person in read.persons}
            subject = any(one.subject and self._quotation(one.token) is None for one in read.persons)
            for token in read.places:
                person = places.get(token)
                if person is not None:
                    self._pass(person, number)
                    continue
                word = self._tokens.lower[token]
                pronoun = _THIRD.get(word)
                if pronoun is None or self._quotation(token) is not None:
                    continue
                keys = narrated.fitting(pronoun)
                rule = Rule.HERE if keys else Rule.SENTENCES
                if keys:
                    # "Trump said he would": the only person so far. Two are one too many to tell, but for the words
                    # with which somebody begins to speak: "Graham, who will hear Barr, said he expected".
                    key = keys[0] if len(keys) == 1 else self._speaks_of_himself(number, token, keys)
                elif word in _POSSESSORS and subject:
                    continue  # it may point ahead: "During his time in Finland, the minister ..."
                else:
                    if pronoun not in ahead:
                        ahead[pronoun] = self._in_mind(number, pronoun)
                    key = ahead[pronoun]
                if key is not None:
                    self._mean(token, key, pronoun, read.sentence, rule)
                    # Whom a pronoun means stays in mind, as if named.
                    for seen in (narrated, named):
                        self._note(key, seen, subject=word in _SUBJECTS)
                    if word in _SUBJECTS and self._leads[number] is None:
                        self._leads[number] = Lead(key, token, token)
            if self._leads[number] is None:
                self._leads[number] = self._described_lead(number)

    def _speaks_of_himself(self, number: int, token: int, keys: Sequence[str]) -> str | None:
        """Return the speaker of reported words that begin with a pronoun, if it may mean him."""
        speaker, cue = self._begun.get(self._tokens.starts[token], ("", 0))
        if speaker not in keys:
            return None
        # "Trump told Obama that he would not pay": either.
        persons = self.read[number].persons
        after = bisect_right(persons, cue, key=lambda person: person.token)
        return None if after < len(persons) and persons[after].token < token else speaker

    def _described_lead(self, number: int) -> Lead | None:
        """Return whom a sentence that begins with "the judge", or "but the judge", is about."""
        read = self.read[number]
        lower = self._tokens.lower
        for token in range(read.first, min(read.first + 2, read.end - 1)):
            if lower[token] != "the":
                continue
            stop = min(read.end, token + _MOST_DESCRIBED)
            last = next((place for place in range(token + 1, stop) if lower[place] in DESCRIBED), None)
            # "the senator's aide" is somebody else.
            if last is not None and self._is_introduced(number, lower[last]):
                return None
            if last is not None and _POSSESSIVE.isdisjoint(lower[last + 1 : last + 2]):
                key = self._in_mind(number, "he") or self._in_mind(number, "she")
                return Lead(key, token, last) if key is not None else None
        return None

    def _is_introduced(self, number: int, noun: str) -> bool:
        """Whether "the senator" is one whom a sentence shortly before calls "a senator"."""
        for back in range(number, max(-1, number - 1 - _REACH), -1):
            read = self.read[back]
            words = self._tokens.lower[read.first : read.end]
            if any(
                word == noun and words[place - 1] in _INDEFINITE for place, word in enumerate(words) if place
            ):
                return True
        return False

    def _pass(self, person: Person, number: int) -> None:
        """Note a person who is named in a sentence."""
        self._note(person.key, self._named[number], subject=person.subject)
        if self._quotation(person.token) is None:
            self._note(person.key, self._narrated[number], subject=person.subject)
            if person.subject and self._leads[number] is None:
                self._leads[number] = Lead(person.key, person.token, person.last)

    def _note(self, key: str, seen: Seen, *, subject: bool) -> None:
        seen.add(key, self._persons.pronoun(key), subject=subject)

    def _before(self, number: int) -> Iterator[int]:
        """Yield the places of the sentences before one that it may look back to, the nearest first."""
        here = self.read[number].sentence
        for back in range(number - 1, max(-1, number - 1 - _REACH), -1):
            if here.paragraph - self.read[back].sentence.paragraph > _PARAGRAPHS:
                return
            yield back

    def _in_mind(self, number: int, pronoun: str) -> str | None:
        """Return whom the sentences before one leave in mind: their subject, or the only person."""
        for back in self._before(number):
            # Whoever speaks is who stays in mind, not those of whom he spoke.
            speaker = self._speaker_at(self.read[back].first) if self._narrated[back].empty else None
            if speaker is not None:
                return speaker if self._persons.pronoun(speaker) in {pronoun, ""} else None
            seen = self._named[back] if self._narrated[back].empty else self._narrated[back]
            keys = seen.fitting(pronoun)
            if keys:
                # Several persons, none of them the plain subject: the next "he" could be any.
                return keys[0] if len(keys) == 1 else seen.subject(pronoun)
        return None

    def name_speakers(self) -> None:
        """Say who each speaker is, and put names in the place of pronouns."""
        for place, quotation in enumerate(self.quotations):
            if quotation.speaker is not None and place not in self._said_by:
                first, _ = self._tokens.between(quotation.speaker.start, quotation.speaker.end)
                key = self._meant.get(first) or self._described(quotation.speaker)
                if key is not None:
                    self._said_by[place] = key
        speaking = Speaking(
            self._text,
            self._tokens,
            [read.sentence for read in self.read],
            self._leads,
            self._mentions,
            self._names,
        )
        self.quotations, self._said_by = speaking.name(self.quotations, self._said_by)
        self._speak_for_actors()

    def _head(self, ending: Person | None, beginning: Person | None, first: int) -> str | None:
        """Return the person whom a nominal names: at its end, if not after "of", or at its beginning, if not as an owner."""
        if ending is not None and ending.token >= first:
            before = self._tokens.lower[ending.token - 1] if ending.token > first else ""
            return None if before in _GOVERNING else ending.key
        if beginning is None:
            return None
        after = self._tokens.lower[beginning.last + 1 : beginning.last + 2]
        return beginning.key if _POSSESSIVE.isdisjoint(after) else None

    def _described(self, speaker: Speaker) -> str | None:
        """Return whom "the senator" means: the one person whom the sentences before leave in mind."""
        words = speaker.text.lower().split()
        if speaker.actor or not 2 <= len(words) <= _MOST_DESCRIBED or words[0] != "the":
            return None
        if words[-1] not in DESCRIBED or words[-2:] == ["attorney", "general"]:
            return None
        number = bisect_right(self._read_starts, speaker.start) - 1
        if self._is_introduced(number, words[-1]):
            return None
        seen = self._narrated[number]
        found = {key for pronoun in ("he", "she") for key in seen.fitting(pronoun)}
        found = found or {
            key for pronoun in ("he", "she") if (key := self._in_mind(number, pronoun)) is not None
        }
        return found.pop() if len(found) == 1 else None

    def _speak_for_actors(self) -> None:
        """Say of speakers whom the text calls an actor's: "White House press secretary Josh Earnest", then "Earnest"."""
        actors: dict[str, str] = {}
        for place, key in self._said_by.items():
            speaker = self.quotations[place].speaker
            if speaker is not None and speaker.actor:
                actors.setdefault(key, speaker.actor)
        for place, key in self._said_by.items():
            speaker = self.quotations[place].speaker
            actor = key if key in self._kinds else actors.get(key)
            if speaker is not None and speaker.actor is None and actor is not None:
                self.quotations[place] = replace(
                    self.quotations[place], speaker=replace(speaker, actor=actor)
                )

    def read_quotations(self) -> None:
        """Resolve the pronouns inside of quotation marks."""
        for number, read in enumerate(self.read):
            here, inside = Seen(), defaultdict[int, Seen](Seen)
            before: dict[tuple[int, str], str | None] = {}
            places = {person.token: person.key for person in read.persons}
            for token in read.places:
                word = self._tokens.lower[token]
                key = places.get(token) or self._meant.get(token)
                place = self._quotation(token) if key or word in _FIRST or word in _THIRD else None
                if key is None and place is not None:
                    if word in _FIRST:
                        self._first_person(token, place, read.sentence)
                        continue
                    pronoun, speaker = _THIRD[word], self._said_by.get(place, "")
                    keys = inside[place].fitting(pronoun, speaker) or here.fitting(pronoun, speaker)
                    if keys:
                        key = keys[0] if len(keys) == 1 else None
                    else:
                        if (place, pronoun) not in before:
                            before[place, pronoun] = self._spoken_of(number, pronoun, speaker)
                        key = before[place, pronoun]
                    if key is not None:
                        self._mean(token, key, pronoun, read.sentence, Rule.QUOTED)
                        self._note(key, self._named[number], subject=False)
                if key is not None:
                    self._note(key, here, subject=False)
                    if place is not None:
                        self._note(key, inside[place], subject=False)

    def _first_person(self, token: int, place: int, sentence: Sentence) -> None:
        speaker = self.quotations[place].speaker
        actor = speaker.actor if speaker else None
        if speaker is not None and actor is not None and self._kinds.get(actor) is ActorKind.PERSON:
            self._add(token, actor, sentence, (speaker.start, speaker.end), Rule.SPEAKER)

    def _speaker_at(self, token: int) -> str | None:
        """Return whose words, in marks, a token is among, as far as his name is known."""
        place = self._quotation(token)
        return self._said_by.get(place) if place is not None else None

    def _spoken_of(self, number: int, pronoun: str, speaker: str) -> str | None:
        """Return whom a quotation means by a pronoun: the one whom the sentences before have named beside the speaker."""
        for back in self._before(number):
            keys = self._named[back].fitting(pronoun, speaker)
            if keys:
                return keys[0] if len(keys) == 1 else None
        return None

    def _mean(self, token: int, key: str, pronoun: str, sentence: Sentence, rule: Rule) -> None:
        self._meant[token] = key
        if self._wanted.get(key) == pronoun:
            names = self._named_at[key]
            first, last = names[max(0, bisect_left(names, (token, token)) - 1)]
            self._add(token, key, sentence, (self._tokens.starts[first], self._tokens.ends[last]), rule)

    def _add(
        self, token: int, actor: str, sentence: Sentence, antecedent: tuple[int, int], rule: Rule
    ) -> None:
        start, end = self._tokens.starts[token], self._tokens.ends[token]
        self.found.append(Mention(actor, start, end, sentence.id, MentionKind.PRONOUN, antecedent, rule))
