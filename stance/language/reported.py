"""Reporting verbs where they report, and the clause of what they report.

A reporting verb followed by a noun phrase reports nothing ("he mentioned other issues"): it takes "that", or,
if it is one of those that take a bare clause, a subject and a verb of its own ("she said the strike had
failed").
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from stance.language.inflection import looks_plural
from stance.language.irregular import IRREGULAR
from stance.language.lexicon import Lexicon
from stance.language.patterns import BASE, OTHER, PARTICIPLE, PAST, PROGRESSIVE, THIRD
from stance.language.speakers import DAYS, MONTHS, abbreviates, is_adverb
from stance.language.tagger import load_tagger
from stance.language.words import Tokens, word_set
from stance.records import Sentence

# Verbs that take a clause without "that".
_BARE = word_set(
    """say think believe claim insist add warn argue note maintain contend suspect assert admit acknowledge
    concede confirm deny announce predict report suggest hope fear guess reckon declare explain complain
    tweet conclude estimate expect allege stress vow pledge promise swear agree know remark recall joke
    quip state testify disclose reveal observe emphasize respond reply retort counter speculate assume
    indicate recognize boast find charge show signal imply determine"""
)
# Verbs that take a hearer before the clause.
_TELLING = word_set("tell inform remind assure notify warn advise brief promise")
# Verbs even with a capital; any other capital in running text begins a name ("States", "Post").
_CAPITALISED = word_set("says said tells told")
_NOMINAL_BEFORE = word_set(
    """the a an this these those his her its their our my your 's ' - no any some every each another such many
    several more most few of in on by with for against from at under over between without into about new"""
)
_NOT_SPEAKING = word_set("stop stops start starts keep keeps begin avoid from without of about for")
_CARRIERS = word_set("on continue continues continued expected go goes went going set due")
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
_AUXILIARIES = word_set(
    """is are was were am has have had do does did will would can could may might must shall should isn't
    aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't cannot
    couldn't shouldn't 'll 'd 're 've"""
)
_NO_VERB_AFTER = word_set(
    """the a an this these those his her its their our my your 's no any some every each another such of in
    on by with for against from at under over between without into about and or more most very to"""
)
_NO_SUBJECT = _AUXILIARIES | word_set(
    """of in on by with for against from at under over between without into about and or to through during
    via as not near across"""
)
_PLURAL = word_set(
    """i we you they people men women police who which that and or not never also , children media"""
)
_FINITE = frozenset(
    form for lemma, cells in IRREGULAR.items() for form in (lemma, *cells[0], *cells[1]) if len(form) > 2
)
_JUDGING = frozenset({"accusing", "approving"})
_NOT_INVERTING = word_set(
    "show find indicate imply signal prove demonstrate establish mean document determine mark reflect detail reveal"
)
_DENYING = word_set("not never didn't doesn't don't won't wouldn't couldn't cannot can't nor")
_NOUNS = frozenset({"N", "J"})
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
_BEFORE_SUBJECT = word_set(
    "the a an this that his her its their our my who which they we you i he she it people"
)
_CAUSING = word_set("have let make help see hear watch")
_TO = word_set("to will would could should must might may can")
_MOST_CAUSED = 10
_NAMING = word_set("call dub label term")
_INDEFINITE = frozenset({"a", "an"})
_MENTAL = word_set(
    """believe think hope fear expect suspect assume guess consider know doubt regard view deem presume reckon imagine
    anticipate wonder want suppose surmise"""
)
_PASSIVE = word_set(
    "be is are was were been being get gets got isn't aren't wasn't weren't when as having has had have not"
)
_OPENING_MARKS = frozenset('"“')
_CLOSING_MARKS = frozenset('"”')
_SPEECH_ENDS = frozenset({",", "?", "!"})
_AFTER_SAID = word_set(", . in on to at after as while when during before of about later again")
_MOST_SAYING = 7  # tokens of a subject between words in marks and a verb
# What may be said to read so and so.
_WRITINGS = word_set(
    """statement report letter tweet post message email memo note sign banner headline caption text line point summary
    resolution indictment complaint lawsuit article editorial order petition document transcript label inscription
    notice ad advertisement passage sentence paragraph description entry title"""
)
_TENSED = frozenset({BASE, THIRD, PAST})
_MAX_SUBJECT = 14
_MAX_HEARER = 8


@dataclass(frozen=True, slots=True)
class SpeechVerb:
    """A reporting verb at tokens `first` to `last`, inclusive.

    Attributes:
        bare: Whether a clause may follow it without "that".
        telling: Whether a hearer may stand between.
        judging: Whether it says by itself what was said of its object: "blasted", "praised".
        inverting: Whether its subject may follow words in marks: '"...," said Lavrov', but not "showed".
        mental: Whether it reports what somebody thinks, which somebody else may say: "said the president believes".
        denied: Whether it is negated: "did not say".
        factive: Whether who uses it vouches for what is reported: "revealed", "admitted" (Kiparsky and Kiparsky 1970).
    """

    first: int
    last: int
    form: str
    bare: bool
    telling: bool
    judging: bool = False
    factive: bool = False
    inverting: bool = True
    denied: bool = False
    mental: bool = False

    @property
    def finite(self) -> bool:
        """Whether it may be a finite verb with a subject of its own."""
        return self.form in {BASE, THIRD, PAST, PARTICIPLE}

    @property
    def progressive(self) -> bool:
        """Whether it ends in -ing: "adding that ...", whose speaker is the sentence's last."""
        return self.form == PROGRESSIVE


class Reporting:
    """The reporting verbs of an article, in order, and what follows them."""

    def __init__(
        self,
        tokens: Tokens,
        sentences: Sequence[Sentence],
        lexicon: Lexicon,
        names: Sequence[tuple[int, int]],
    ) -> None:
        self._tokens = tokens
        self._lexicon = lexicon
        covered = {index for first, last in names for index in range(first, last + 1)}
        self._headlines: set[int] = set()
        self._sentence, self._codes = (0, 0), cast("list[str] | None", None)
        self.verbs: list[SpeechVerb] = []
        for sentence in sentences:
            first, end = tokens.between(sentence.start, sentence.end)
            if _in_title_case(tokens.surface[first:end]):
                self._headlines.update(range(first, end))
            self._sentence, self._codes = (first, end), None
            index = first
            while index < end:
                verb = None
                if index not in covered:
                    verb = self._verb(index, first, end) or self._unlisted(index, first, end)
                if verb is not None:
                    self.verbs.append(verb)
                    index = verb.last
                index += 1

    def _verb(self, index: int, first: int, end: int) -> SpeechVerb | None:
        word = self._tokens.lower[index]
        single, longer = self._lexicon.reporting.at(word)
        if not single and not longer:
            return None
        last = index
        readings = [reading for reading in single if reading.item.part == "verb"]
        found = self._lexicon.reporting.longest(self._tokens.lower, index, end) if longer else None
        if found is not None and found[0].item.part == "verb":
            readings, last = [found[0]], found[1][-1]
        # One form may be past and participle: the first reading of the verb's own order is the plainer one.
        if not readings:
            return None
        lemma = readings[0].item.entry
        # "read" is its own past: "a note read", which no plural has to go before.
        form = PAST if lemma == "read" and readings[0].form == BASE else readings[0].form
        if not self._stands_as_verb(index, first, form):
            return None
        if (
            lemma in _NAMING
            and self._tokens.lower[index - 1] != ","
            and not _INDEFINITE.isdisjoint(self._tokens.lower[max(first, index - 3) : index - 1])
        ):
            return None  # "a book called My Own Words"
        if lemma == "document" and readings[0].form == THIRD:
            return None  # "court documents"
        if lemma == "read" and (index == first or not self._is_writing(index - 1)):
            return None  # a person reads what others wrote
        bare = lemma in _BARE or lemma == "point out"
        kind = readings[0].item.kind
        return SpeechVerb(
            index,
            last,
            form,
            bare,
            lemma in _TELLING,
            kind in _JUDGING,
            kind == "factive",
            lemma not in _NOT_INVERTING,
            not _DENYING.isdisjoint(self._tokens.lower[max(first, index - 2) : index]),
            lemma in _MENTAL,
        )

    def _unlisted(self, index: int, first: int, end: int) -> SpeechVerb | None:
        """Return a verb that no list knows, where it can only introduce marks or follow them: "the senator joshed"."""
        words, surface = self._tokens.lower, self._tokens.surface
        if not (words[index].endswith("ed") and len(words[index]) > 4 and surface[index].islower()):
            return None
        if index == first or words[index - 1] in _NO_VERB_AFTER or words[index - 1] in _PASSIVE:
            return None
        introduces = (
            words[index + 1 : index + 2] in ([","], [":"])
            and not _OPENING_MARKS.isdisjoint(words[index + 2 : index + 3])
            and surface[index + 3 : index + 4] != []
            and surface[index + 3][0].isupper()
        )
        if not introduces:
            after = words[index + 1] if index + 1 < end else "."
            if after not in _AFTER_SAID:
                return None
            place = index - 1
            while place > first and index - place <= _MOST_SAYING and words[place][0].isalnum():
                place -= 1
            if words[place] not in _CLOSING_MARKS or place == index - 1 or place <= first:
                return None
            if words[place - 1] not in _SPEECH_ENDS:
                return None
        return SpeechVerb(index, index, PAST, bare=False, telling=False)

    def is_noun(self, index: int) -> bool:
        """Whether a word is a noun that stands for what somebody said: "claim", "warning"."""
        singles = self._lexicon.reporting.single(self._tokens.lower[index])
        return any(reading.item.part == "noun" for reading in singles)

    def _is_writing(self, index: int) -> bool:
        return self._tokens.lower[index].removesuffix("s") in _WRITINGS

    def _stands_as_verb(self, index: int, first: int, form: str) -> bool:
        """Whether a word that is also a noun, a participle or a name is a verb here."""
        word, before = self._tokens.lower[index], self._tokens.lower[index - 1] if index > first else ""
        if index > first and self._tokens.surface[index][:1].isupper() and word not in _CAPITALISED:
            return index in self._headlines and form in {THIRD, PAST}
        if form == PROGRESSIVE and before in _NOT_SPEAKING:
            return False
        if before == "to":
            return index - 2 >= first and self._tokens.lower[index - 2] in _CARRIERS
        if form == BASE and before and not _is_plural(before):
            return False  # "a state senator": a verb in its base form wants a plural before it
        if form == BASE and self._is_made_to(index, first):
            return False  # "love to have him testify"
        if (
            form == BASE
            and before == "that"
            and not (index - 2 >= first and looks_plural(self._tokens.lower[index - 2]))
        ):
            return False  # "that report", not "officials that report"
        if before in _NOMINAL_BEFORE and form != OTHER:
            return False
        # "court documents", "questions and answers": nouns, unless a subject with its article or a name comes before.
        if form not in {BASE, THIRD} or word in _CAPITALISED or not before or not before[0].isalpha():
            return True
        if self._tokens.surface[index - 1][0].isupper() or not _BEFORE_SUBJECT.isdisjoint(
            self._tokens.lower[max(first, index - 3) : index]
        ):
            return True
        return self._code(index) not in _NOUNS

    def _is_made_to(self, index: int, first: int) -> bool:
        """Whether a bare verb belongs to whom somebody makes or lets do it."""
        words = self._tokens.lower
        return any(
            words[place] in _CAUSING and words[place - 1] in _TO
            for place in range(index - 2, max(first, index - _MOST_CAUSED), -1)
        )

    def _code(self, index: int) -> str:
        """Return the part of speech of a word of the sentence that is read."""
        first, end = self._sentence
        if self._codes is None:
            self._codes = load_tagger().tag(
                self._tokens.lower[first:end], self._tokens.surface[first:end], {}
            )
        return self._codes[index - first]

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
        if word in _AUXILIARIES:
            return True
        if word == "'s":
            return before in {"it", "that", "there", "he", "she", "what", "who"}
        if before in _NO_VERB_AFTER:
            return False
        if word in _FINITE or (word.endswith("ed") and len(word) > 4):
            return True
        evaluative, reporting = self._lexicon.evaluative.single(word), self._lexicon.reporting.single(word)
        return any(reading.item.part == "verb" and reading.form in _TENSED for reading in evaluative) or any(
            reading.item.part == "verb" and reading.form in _TENSED for reading in reporting
        )


def _is_plural(word: str) -> bool:
    """Whether a verb in its base form may follow a word."""
    if word in _PLURAL or word in _AUXILIARIES or is_adverb(word):
        return True
    return looks_plural(word)


def _in_title_case(words: Sequence[str]) -> bool:
    """Whether the longer words of a sentence begin with capitals, as in headlines; they tell no names."""
    longer = [word for word in words if len(word) > 3 and word.isalpha()]
    return len(longer) > 3 and sum(1 for word in longer if word[0].isupper()) >= 0.8 * len(longer)
