"""The clause of what a reporting verb reports.

A reporting verb followed by a noun phrase reports nothing ("he mentioned other issues"): it takes "that", or,
if it is one of those that take a bare clause, a subject and a verb of its own ("she said the strike had
failed").
"""

from collections.abc import Sequence

from stance.language.irregular import IRREGULAR
from stance.language.lexicon import Lexicon
from stance.language.patterns import BASE, PAST, THIRD
from stance.language.speakers import DAYS, MONTHS, abbreviates, is_adverb
from stance.language.speech_verbs import AUXILIARIES, NO_VERB_AFTER, SpeechVerb, SpeechVerbs
from stance.language.words import Tokens, word_set
from stance.records import Sentence

_NOMINATIVE = word_set("he she they we i there")
_ADJUNCT_HEADS = word_set("on in at during after before by via over through with from to as")
_ADVERBS = word_set(
    """again also later today yesterday tomorrow then once early late last this week month year ago"""
)
_CLAUSE_ENDS = word_set(
    """, . ; : ? ! ( ) — – -- " “ ” « » that who which whom whose what how why when while where because as
    if after before since until unless although though whether than but so"""
)
# What may follow "that" and open a clause all the same.
_AFTER_THAT = word_set('“ " « if when while after since although unless as before because what how')
_QUOTES = word_set("\" “ ” « » ‘ ’ '")
_NO_SUBJECT = AUXILIARIES | word_set(
    """of in on by with for against from at under over between without into about and or to through during
    via as not near across"""
)
_FINITE = frozenset(
    form for lemma, cells in IRREGULAR.items() for form in (lemma, *cells[0], *cells[1]) if len(form) > 2
)
_SAY = frozenset({"said", "says"})
_MIN_SAID = 5  # tokens
_NO_SAID = (
    _ADJUNCT_HEADS
    | DAYS
    | _ADVERBS
    | word_set(
        """so it he she they you we i the a an his her of in on at about for during when while it's nothing little much more
    something anything everything goodbye yes no such"""
    )
)
_TENSED = frozenset({BASE, THIRD, PAST})
_MAX_SUBJECT = 14
_MAX_HEARER = 8


class Reporting:
    """The reporting verbs of an article, in order, and what follows them.

    Args:
        tokens: The article's tokens.
        sentences: Its sentences, in order.
        lexicon: Holds the reporting words.
        names: The tokens of names, inclusive.
    """

    def __init__(
        self,
        tokens: Tokens,
        sentences: Sequence[Sentence],
        lexicon: Lexicon,
        names: Sequence[tuple[int, int]],
    ) -> None:
        self._tokens = tokens
        self._lexicon = lexicon
        found = SpeechVerbs(
            tokens, lexicon, {index for first, last in names for index in range(first, last + 1)}
        )
        self._headlines = found.headlines
        self.verbs = [
            verb
            for sentence in sentences
            for verb in found.among(*tokens.between(sentence.start, sentence.end))
        ]

    def is_noun(self, index: int) -> bool:
        """Whether a word is a noun that stands for what somebody said: "claim", "warning"."""
        singles = self._lexicon.reporting.single(self._tokens.lower[index])
        return any(reading.item.part == "noun" for reading in singles)

    def clause_after(self, verb: SpeechVerb, end: int) -> int | None:
        """Return the first token of the clause that a verb reports, or None if a mere noun phrase follows.

        Args:
            verb: The reporting verb.
            end: The token after the sentence's last.
        """
        words = self._tokens.lower
        place = self._after_adverbs(verb.last + 1, end)
        if place < end and words[place] == ":" and verb.bare and verb.form == PAST:
            return place + 1 if place + 1 < end else None
        if place >= end:
            return None
        if words[place] == "that":
            return self._after_that(place, end)
        if verb.bare and (self.is_clause(place, end) or self._is_said(verb, place, end)):
            return place
        if verb.telling:
            return self._after_hearer(place, end)
        return self._after_adjunct(place, end) if verb.bare else None

    def _is_said(self, verb: SpeechVerb, place: int, end: int) -> bool:
        """Whether words after "said" are reported though no verb among them is known: "said findings reflect a divide"."""
        words = self._tokens.lower
        if words[verb.first] not in _SAY or verb.first != verb.last or end - place < _MIN_SAID:
            return False
        stretch = words[place : place + _MIN_SAID - 1]
        return (
            words[place].isalpha()
            and self._tokens.surface[place][0].islower()
            and place == verb.last + 1
            and _NO_SAID.isdisjoint(words[place : place + 1])
            and _CLAUSE_ENDS.isdisjoint(stretch)
        )

    def _after_that(self, place: int, end: int) -> int | None:
        """Step over "that", unless it is a pronoun: "he said that on Monday"."""
        following = self._tokens.lower[place + 1] if place + 1 < end else "."
        return None if following in _CLAUSE_ENDS - _AFTER_THAT else place + 1

    def _after_adverbs(self, place: int, end: int) -> int:
        words = self._tokens.lower
        while place < end:
            word = words[place]
            if word == "on" and place + 1 < end and words[place + 1] in DAYS:
                place += 2
            elif word in DAYS or word in MONTHS or word in _ADVERBS or is_adverb(word):
                # "said this week that", but "said this was"
                if word in {"this", "last"} and not (
                    place + 1 < end and words[place + 1] in {"week", "month", "year"} | DAYS
                ):
                    break
                place += 1
            else:
                break
        return place

    def _after_adjunct(self, place: int, end: int) -> int | None:
        """Step over "in a statement", "at a news conference in Geneva"."""
        words = self._tokens.lower
        if words[place] not in _ADJUNCT_HEADS or (
            words[place] == "to" and words[place + 2 : place + 3] != ["that"]
        ):
            return None
        return self._clause_opener(place + 1, end)

    def _after_hearer(self, place: int, end: int) -> int | None:
        """Step over "reporters", "the council", "a rally near Jacksonville"."""
        words = self._tokens.lower
        if words[place] in _CLAUSE_ENDS or words[place] in {"to", "of", "about"}:
            return None
        opener = self._clause_opener(place + 1, end)
        if opener is not None:
            return opener
        hearer = place + 1 + (words[place] in {"the", "a", "his", "her", "their"})
        hearer = self._after_adverbs(hearer, end)
        return hearer if hearer < end and self.is_clause(hearer, end) else None

    def _clause_opener(self, place: int, end: int) -> int | None:
        words = self._tokens.lower
        for index in range(place, min(end, place + _MAX_HEARER)):
            if words[index] == "that":
                return self._after_that(index, end)
            if words[index] in _NOMINATIVE:
                return index
            if words[index] in _CLAUSE_ENDS or words[index] == "to":
                return None
        return None

    def is_clause(self, place: int, end: int) -> bool:
        """Whether a subject and a finite verb begin at a token."""
        words = self._tokens.lower
        if place + 1 >= end or words[place] in _CLAUSE_ENDS or words[place] in _NO_SUBJECT:
            return False
        if words[place] == "it" and words[place + 1] in {"are", "were", "have", "do"}:
            return False  # "officials who deny it are lying"
        if words[place] in _NOMINATIVE:
            return True
        for index in range(place + 1, min(end, place + _MAX_SUBJECT)):
            if words[index] == "and" and index + 1 < end and words[index + 1] in _NOMINATIVE:
                return False
            if words[index] in _CLAUSE_ENDS - _QUOTES and not (
                words[index] == "." and abbreviates(self._tokens, index - 1)
            ):
                return False
            if self.is_finite(index):
                return True
        return False

    def has_finite_verb(self, first: int, end: int) -> bool:
        """Whether a stretch of words holds a finite verb, as a clause does."""
        return any(self.is_finite(index) for index in range(first + 1, end))

    def is_finite(self, index: int) -> bool:
        """Whether a word may be a finite verb where it stands."""
        word, before = self._tokens.lower[index], self._tokens.lower[index - 1]
        if self._tokens.surface[index][0].isupper() and index not in self._headlines:
            return False  # a name, or the month of May
        if word in AUXILIARIES:
            return True
        if word == "'s":
            return before in {"it", "that", "there", "he", "she", "what", "who"}
        if before in NO_VERB_AFTER:
            return False
        if word in _FINITE or (word.endswith("ed") and len(word) > 4):
            return True
        evaluative, reporting = self._lexicon.evaluative.single(word), self._lexicon.reporting.single(word)
        return any(reading.item.part == "verb" and reading.form in _TENSED for reading in evaluative) or any(
            reading.item.part == "verb" and reading.form in _TENSED for reading in reporting
        )
