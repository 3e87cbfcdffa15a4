"""Which words are reporting verbs where they stand: no nouns, no participles, no names.

The lexicon lists verbs of speech and thought; a word that is also something else is told by its neighbours, and by its part
of speech where these say nothing. Between words in marks and their speaker, verbs stand that no list knows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stance.language.inflection import looks_plural
from stance.language.lexicon import Lexicon
from stance.language.patterns import BASE, OTHER, PARTICIPLE, PAST, PROGRESSIVE, THIRD
from stance.language.speakers import is_adverb
from stance.language.tagger import load_tagger
from stance.language.words import Tokens, word_set

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
AUXILIARIES = word_set(
    """is are was were am has have had do does did will would can could may might must shall should isn't
    aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't cannot
    couldn't shouldn't 'll 'd 're 've"""
)
NO_VERB_AFTER = word_set(
    """the a an this these those his her its their our my your 's no any some every each another such of in
    on by with for against from at under over between without into about and or more most very to"""
)
_PLURAL = word_set(
    """i we you they people men women police who which that and or not never also , children media"""
)
_JUDGING = frozenset({"accusing", "approving"})
_NOT_INVERTING = word_set(
    "show find indicate imply signal prove demonstrate establish mean document determine mark reflect detail reveal"
)
_DENYING = word_set("not never didn't doesn't don't won't wouldn't couldn't cannot can't nor")
_NOUNS = frozenset({"N", "J"})
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


class SpeechVerbs:
    """The reporting verbs of an article, sentence by sentence.

    Args:
        tokens: The article's tokens.
        lexicon: Holds the reporting words.
        covered: Tokens of names, which are no verbs.
    """

    def __init__(self, tokens: Tokens, lexicon: Lexicon, covered: set[int]) -> None:
        self._tokens = tokens
        self._lexicon = lexicon
        self._covered = covered
        self._sentence = (0, 0)
        self._codes: list[str] | None = None
        self.headlines: set[int] = set()  # tokens whose capitals say nothing

    def among(self, first: int, end: int) -> Iterator[SpeechVerb]:
        """Yield the reporting verbs of a sentence, whose tokens are `first` to `end`, exclusive."""
        self._sentence, self._codes = (first, end), None
        if _in_title_case(self._tokens.surface[first:end]):
            self.headlines.update(range(first, end))
        index = first
        lower, begins = self._tokens.lower, self._lexicon.reporting.at
        while index < end:
            verb = None
            word = lower[index]
            listed = begins(word)
            if (listed[0] or listed[1]) and index not in self._covered:
                verb = self._verb(index, first, end)
            if verb is None and word.endswith("ed") and index not in self._covered:
                verb = self._unlisted(index, first, end)
            if verb is not None:
                yield verb
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
        if index == first or words[index - 1] in NO_VERB_AFTER or words[index - 1] in _PASSIVE:
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

    def _is_writing(self, index: int) -> bool:
        return self._tokens.lower[index].removesuffix("s") in _WRITINGS

    def _stands_as_verb(self, index: int, first: int, form: str) -> bool:
        """Whether a word that is also a noun, a participle or a name is a verb here."""
        word, before = self._tokens.lower[index], self._tokens.lower[index - 1] if index > first else ""
        if index > first and self._tokens.surface[index][:1].isupper() and word not in _CAPITALISED:
            return index in self.headlines and form in {THIRD, PAST}
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


def _is_plural(word: str) -> bool:
    """Whether a verb in its base form may follow a word."""
    if word in _PLURAL or word in AUXILIARIES or is_adverb(word):
        return True
    return looks_plural(word)


def _in_title_case(words: Sequence[str]) -> bool:
    """Whether the longer words of a sentence begin with capitals, as in headlines; they tell no names."""
    longer = [word for word in words if len(word) > 3 and word.isalpha()]
    return len(longer) > 3 and sum(1 for word in longer if word[0].isupper()) >= 0.8 * len(longer)
