"""Reporting verbs where they report, and the clause of what they report.

A reporting verb followed by a noun phrase reports nothing ("he mentioned other issues"): it takes "that", or,
if it is one of those that take a bare clause, a subject and a verb of its own ("she said the strike had
failed").
"""

from collections.abc import Sequence
from dataclasses import dataclass

from stance.language.inflection import looks_plural
from stance.language.irregular import IRREGULAR
from stance.language.lexicon import Lexicon
from stance.language.patterns import BASE, OTHER, PARTICIPLE, PAST, PROGRESSIVE, THIRD
from stance.language.speakers import DAYS, MONTHS, abbreviates, is_adverb
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
        self.verbs: list[SpeechVerb] = []
        for sentence in sentences:
            first, end = tokens.between(sentence.start, sentence.end)
            if _in_title_case(tokens.surface[first:end]):
                self._headlines.update(range(first, end))
            index = first
            while index < end:
                verb = None if index in covered else self._verb(index, first, end)
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
        if not readings or not self._stands_as_verb(index, first, readings[0].form):
            return None
        lemma = readings[0].item.entry
        if lemma == "document" and readings[0].form == THIRD:
            return None  # "court documents"
        if lemma == "read" and (index == first or not self._is_writing(index - 1)):
            return None  # a person reads what others wrote
        bare = lemma in _BARE or lemma == "point out"
        kind = readings[0].item.kind
        return SpeechVerb(
            index,
            last,
            readings[0].form,
            bare,
            lemma in _TELLING,
            kind in _JUDGING,
            kind == "factive",
            lemma not in _NOT_INVERTING,
            not _DENYING.isdisjoint(self._tokens.lower[max(first, index - 2) : index]),
        )

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
        if (
            form == BASE
            and before == "that"
            and not (index - 2 >= first and looks_plural(self._tokens.lower[index - 2]))
        ):
            return False  # "that report", not "officials that report"
        return before not in _NOMINAL_BEFORE or form == OTHER

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
        if verb.bare and self.is_clause(place, end):
            return place
        if verb.telling:
            return self._after_hearer(place, end)
        return self._after_adjunct(place, end) if verb.bare else None

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
