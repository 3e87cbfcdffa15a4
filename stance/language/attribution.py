"""Whom a reporting verb attributes its words to, and which roster actor that is."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from stance.language.quotation_marks import Marked
from stance.language.reported import Reporting
from stance.language.speakers import is_nobody, nominal_after, nominal_before
from stance.language.speech_verbs import SpeechVerb
from stance.language.words import Tokens, word_set
from stance.records import Mention, MentionKind, Sentence, Speaker

STOPS = word_set(', . ; : ? ! — – -- ( ) " “ ” « »')
# Kinds of mention that speak for their actor through somebody: "a Kremlin spokesman", "Pentagon officials".
_SPEAKING = frozenset({MentionKind.INSTITUTION, MentionKind.METONYM, MentionKind.OFFICIAL})
_AGAINST = word_set("critic critics opponent opponents rival rivals enemy enemies foe foes opposed")
_OF = word_set("of for to from")
_JOINING = word_set("and but or ,")
_POSSESSIVES = word_set("his her their its whose")
_TELLING = word_set("tell tells told remind reminds reminded inform informs informed assure assures assured")
_MAX_JOINED = 3
_RELATIVES = frozenset({"which", "what", "whom"})
_BEFORE_ASIDE = 2
_MAX_INSERTED = 40
_INSERTING = word_set("who which whose a an the asked speaking citing referring responding")
_ENDS = word_set(". ; : ? ! ( )")
_CONJUNCTIONS = frozenset({"and", "but"})
_ARTICLES = word_set("the a an")
_MAX_OWNER = 5
_MAX_OWNED = 16  # tokens between a noun such as "claim" and the words that are claimed


class Attribution:
    """One article's marks, mentions and reporting verbs, indexed so that every look-up is a bisection."""

    def __init__(
        self,
        text: str,
        tokens: Tokens,
        mentions: Sequence[Mention],
        marked: Sequence[Marked],
        reporting: Reporting,
    ) -> None:
        self._text = text
        self._tokens = tokens
        self._mentions = mentions
        self._mention_starts = [mention.start for mention in mentions]
        self._marked = marked
        self._marked_starts = [span.start for span in marked]
        self._reporting = reporting
        self._verbs = [verb for verb in reporting.verbs if not self.token_in_marks(verb.first)]
        self._verb_places = [verb.first for verb in self._verbs]

    def in_marks(self, place: int) -> bool:
        """Whether a place lies between quotation marks."""
        index = bisect_right(self._marked_starts, place) - 1
        return index >= 0 and place < self._marked[index].end

    def token_in_marks(self, index: int) -> bool:
        """Whether a token lies between quotation marks."""
        return self.in_marks(self._tokens.starts[index])

    def verbs_between(self, first: int, end: int) -> list[SpeechVerb]:
        """Return the reporting verbs outside of marks that begin at tokens `first` to `end`, exclusive."""
        low, high = bisect_left(self._verb_places, first), bisect_left(self._verb_places, end)
        return self._verbs[low:high]

    def speaker(self, verb: SpeechVerb, sentence: Sentence) -> Speaker | None:
        """Return who speaks by a verb of a sentence; None if nobody is found or nobody speaks."""
        nominal = self.nominal(verb, *self._tokens.between(sentence.start, sentence.end))
        return None if nominal is None or is_nobody(self._tokens, nominal) else self.as_speaker(*nominal)

    def nominal(self, verb: SpeechVerb, first: int, end: int) -> tuple[int, int] | None:
        """Return the tokens of a verb's subject: before it, after it, or before the verb that it joins.

        A subject follows where the verb follows the words that it reports ("..., said X"); "she praised him,
        adding that" and "he said this and warned that" join verbs.

        Args:
            verb: A reporting verb.
            first: The first token of its sentence.
            end: The token after the sentence's last.
        """
        words = self._tokens.lower
        for _ in range(_MAX_JOINED):
            before = words[verb.first - 1] if verb.first > first else ""
            inverted = before in STOPS or (verb.first > first and self.token_in_marks(verb.first - 1))
            # "X told the paper" has its hearer after the verb, never its speaker.
            hearer = words[verb.first] in _TELLING
            if (
                inverted
                and not hearer
                and not verb.progressive
                and not self.is_inserted(verb.first, first)
                and self._reporting.clause_after(verb, end) is None
            ):
                found = nominal_after(self._tokens, verb.last, end)
                if found is not None:
                    return found
            found = self.subject(verb, first)
            if found is not None:
                return None if self.token_in_marks(found[0]) else found
            previous = self._previous(verb, first)
            if previous is None and verb.progressive and verb.first <= first + 1:
                # "Citing an official, the paper reported": whoever the clause after it is about.
                previous = self._next(verb, end)
                if previous is None or previous.progressive:
                    return None
            elif previous is None and before in _CONJUNCTIONS and not verb.progressive:
                return self._main_subject(verb.first, first)
            elif previous is None or not (verb.progressive or before in _JOINING):
                return None
            while previous is not None and self._is_aside(previous):
                previous = self._previous(previous, first)
            if previous is None:
                return None
            verb = previous
        return None

    def _main_subject(self, verb: int, first: int) -> tuple[int, int] | None:
        """Return the subject of the sentence, which a verb after "and" or "but" shares: "Holm rose and said"."""
        for place in range(first + 1, verb - 1):
            if self.token_in_marks(place):
                return None
            if self._reporting.is_finite(place):
                return nominal_before(self._tokens, place, first)
        return None

    def _is_aside(self, verb: SpeechVerb) -> bool:
        """Whether a verb stands in "which they consider", whose subject speaks of no more than that."""
        return verb.first >= _BEFORE_ASIDE and self._tokens.lower[verb.first - _BEFORE_ASIDE] in _RELATIVES

    def subject(self, verb: SpeechVerb, first: int) -> tuple[int, int] | None:
        """Return the tokens of the nominal before a verb whose sentence begins at token `first`."""
        previous = self._previous(verb, first)
        comma = self._insertion(verb.first, first)
        for _ in range(_MAX_JOINED):
            if previous is not None and (
                self._is_inside(previous, verb) or (comma is not None and previous.first > comma)
            ):
                previous = self._previous(
                    previous, first
                )  # it is inside of the subject: "a man who asked ..."
        floor = previous.last + 1 if previous is not None else first
        marks = bisect_left(self._marked_starts, self._tokens.starts[verb.first]) - 1
        if marks >= 0:
            floor = max(floor, bisect_left(self._tokens.starts, self._marked[marks].end))
        return nominal_before(self._tokens, verb.first, floor, progressive=verb.progressive)

    def _is_inside(self, inner: SpeechVerb, verb: SpeechVerb) -> bool:
        """Whether a verb stands inside of another one's subject: "a man who asked ...", "Peskov, asked about it, said"."""
        before = self._tokens.lower[inner.first - 1]
        return before in {"who", "which"} or (
            before == "," and "," in self._tokens.lower[inner.last + 1 : verb.first]
        )

    def _previous(self, verb: SpeechVerb, first: int) -> SpeechVerb | None:
        index = bisect_left(self._verb_places, verb.first) - 1
        return self._verbs[index] if index >= 0 and self._verb_places[index] >= first else None

    def is_inserted(self, verb: int, first: int) -> bool:
        """Whether an insertion ends right before a verb: "Trump, who has dismissed it, suggested"."""
        return self._insertion(verb, first) is not None

    def _insertion(self, verb: int, first: int) -> int | None:
        """Return the comma at which the insertion begins that ends right before a verb."""
        words = self._tokens.lower
        if verb - 1 <= first or words[verb - 1] != ",":
            return None
        for place in range(verb - 2, max(first, verb - _MAX_INSERTED), -1):
            if words[place] == ",":
                return place if self._opens_insertion(place, verb) else None
            if words[place] in _ENDS:
                return None
        return None

    def _opens_insertion(self, comma: int, verb: int) -> bool:
        """Whether a comma parts a subject from what is said of it: "Nance, who", "Nance, founder and president of"."""
        words = self._tokens.lower
        if words[comma + 1] in _INSERTING:
            return words[comma - 1][0].isalnum()
        named = self._tokens.surface[comma - 1][0].isupper() and self._tokens.surface[comma + 1][0].islower()
        joins = words[comma + 1] in _JOINING or not words[comma + 1].isalpha()
        return named and not joins and not self._reporting.has_finite_verb(comma + 1, verb - 1)

    def _next(self, verb: SpeechVerb, end: int) -> SpeechVerb | None:
        index = bisect_right(self._verb_places, verb.first)
        return self._verbs[index] if index < len(self._verbs) and self._verb_places[index] < end else None

    def as_speaker(self, first: int, last: int) -> Speaker:
        """Return the speaker whom tokens `first` to `last`, inclusive, name."""
        start, end = self._tokens.starts[first], self._tokens.ends[last]
        return Speaker(self._text[start:end], start, end, self._actor(first, last))

    def _actor(self, first: int, last: int) -> str | None:
        """Return the actor who speaks: the one that the nominal ends on, or whose spokesman or body it is."""
        tokens = self._tokens
        if not _AGAINST.isdisjoint(tokens.lower[first : last + 1]):
            return None
        low = bisect_left(self._mention_starts, tokens.starts[first])
        high = bisect_left(self._mention_starts, tokens.ends[last])
        for mention in self._mentions[low:high]:
            begin, after = tokens.between(mention.start, mention.end)
            if after > last + 1 or (after <= last and tokens.lower[after] == "'s"):
                continue  # "Obama's critics"
            governed = begin > first and tokens.lower[begin - 1] in _OF
            if mention.kind in _SPEAKING or (after == last + 1 and not governed):
                return mention.actor
        return None

    def owner_of_words(self, start: int, sentence: Sentence) -> tuple[Speaker, tuple[int, int]] | None:
        """Return who is said to claim what a place is part of, and the noun that says so: "Trump's claim of a “witch hunt”".

        Args:
            start: The place.
            sentence: Its sentence.
        """
        words = self._tokens.lower
        first, end = self._tokens.between(sentence.start, start)
        for index in range(end - 1, max(first, end - _MAX_OWNED), -1):
            if words[index] in STOPS:
                return None
            if not self._reporting.is_noun(index):
                continue
            # "the department's initial public claim"
            near = range(index - 1, max(first, index - 1 - _MAX_JOINED), -1)
            owner = next((at for at in near if words[at] == "'s" or words[at] in _POSSESSIVES), None)
            if owner is None or not all(word.isalpha() for word in words[owner + 1 : index]):
                continue
            span = self._owner(owner, first) if words[owner] == "'s" else (owner, owner)
            if span is None or is_nobody(self._tokens, span):
                return None
            return self.as_speaker(*span), (self._tokens.starts[index], self._tokens.ends[index])
        return None

    def _owner(self, mark: int, first: int) -> tuple[int, int] | None:
        """Return the tokens of who owns what follows a possessive mark: a name, or a noun with its article."""
        surface, words = self._tokens.surface, self._tokens.lower
        place = mark
        while place > first and (surface[place - 1][0].isupper() or words[place - 1] in {".", "-"}):
            place -= 1
        if place == mark:
            near = range(mark - 1, max(first - 1, mark - 1 - _MAX_OWNER), -1)
            place = next((at for at in near if words[at] in _ARTICLES), mark)
        elif place > first and words[place - 1] in _ARTICLES:
            place -= 1
        return (place, mark - 1) if place < mark else None

    def speaker_of_phrase(self, used: tuple[int, ...], end: int) -> tuple[int, int] | None:
        """Return the tokens of the one to whom a phrase attributes: in its gap, or after its "to" or "of"."""
        words = self._tokens.lower
        for before, after in pairwise(used):
            if after == before + 1:
                continue
            owned = words[after - 1] == "'s" or words[after - 1] in _POSSESSIVES
            last = after - 1 - (words[after - 1] == "'s")
            if last <= before or not STOPS.isdisjoint(words[before + 1 : after]):
                return None
            # "in other words" is nobody's.
            return (before + 1, last) if owned or words[used[0]] not in {"in", "from", "by"} else None
        leads = words[used[0]] in {"according", "in", "from"} and words[used[-1]] in {"to", "of"}
        return nominal_after(self._tokens, used[-1], end) if leads else None
