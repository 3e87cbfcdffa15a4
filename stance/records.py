"""The records that flow through stance: frozen, without input or output, without behaviour beyond plain facts.

All offsets are Unicode code points into `Article.text`, the text exactly as decoded; `end` is exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import NamedTuple

from stance.categories import Issue, Role, StoryRole
from stance.frame_records import AxisMean, Frames, Portrayal


class SentenceKind(StrEnum):
    """Where a sentence stands: the `kind` of the JSON and CSV contracts."""

    HEADLINE = "headline"
    BODY = "body"
    CAPTION = "caption"


class BlockKind(StrEnum):
    """What a block of lines is in the layout of an article."""

    TITLE = "title"
    STANDFIRST = "standfirst"
    HEADING = "heading"
    BYLINE = "byline"
    BODY = "body"
    CAPTION = "caption"
    TAGS = "tags"
    BOILERPLATE = "boilerplate"

    @property
    def sentence_kind(self) -> SentenceKind:
        """The contract's kind for the sentences of such a block."""
        if self in {BlockKind.TITLE, BlockKind.STANDFIRST, BlockKind.HEADING}:
            return SentenceKind.HEADLINE
        return SentenceKind.BODY if self is BlockKind.BODY else SentenceKind.CAPTION

    @property
    def speaks(self) -> bool:
        """Whether sentences of such a block can portray anybody; tags, bylines and footers cannot."""
        return self not in {BlockKind.TAGS, BlockKind.BYLINE, BlockKind.BOILERPLATE}


class ActorKind(StrEnum):
    """Kinds of actor; the classifier may know the kind, never the name."""

    PERSON = "person"
    STATE = "state"


class MentionKind(StrEnum):
    """How a mention refers to its actor."""

    NAME = "name"
    ALIAS = "alias"
    DEMONYM = "demonym"
    METONYM = "metonym"
    INSTITUTION = "institution"
    OFFICIAL = "official"
    ROLE = "role"
    PRONOUN = "pronoun"
    GROUP = "group"


class Rule(StrEnum):
    """By which rule a mention means its actor."""

    FORM = "named"
    OFFICE = "office held then"
    HERE = "the one before it in its sentence"
    SENTENCES = "whom the sentences before are about"
    SPEAKER = "the speaker himself"
    QUOTED = "of whom the speaker speaks"
    HOME = "the state whose press it is"
    LAST = "the state last spoken of"
    PAIR = "the two named before"
    STAFF = "officials spoken of before"


class QuotationKind(StrEnum):
    """Direct: whole sentences in marks; mixed: words in marks inside reported speech; indirect: no marks."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class Voice(StrEnum):
    """Who portrays the actor: the author, somebody quoted, or both in one sentence."""

    AUTHOR = "author"
    QUOTED = "quoted"
    MIXED = "mixed"


class Label(IntEnum):
    """A portrayal's sign."""

    NEGATIVE = -1
    NEUTRAL = 0
    POSITIVE = 1

    @property
    def word(self) -> str:
        """The label as JSON and CSV write it."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Block:
    """A run of lines with one function in the layout; `paragraph` counts blocks from 1."""

    start: int
    end: int
    kind: BlockKind
    paragraph: int


@dataclass(frozen=True, slots=True)
class Article:
    """A document as read.

    Attributes:
        id: Unique in a run; the file's stem, or its path relative to the batch folder.
        path: Where it was read from, `-` for standard input, empty for text given in memory.
        text: The text as decoded, untouched; all offsets point into it.
        encoding: The encoding it was decoded with, in lower case, as Python names it.
        title: The headline, empty if none was recognised.
        source: Outlet, empty if unknown.
        date: ISO 8601 date of publication, empty if unknown.
        author: Who wrote it, empty if unknown.
        url: Where it was published, empty if unknown.
        notes: What the reader should know about the reading (replaced bytes, a guessed encoding).
    """

    id: str
    text: str
    path: str = ""
    encoding: str = "utf-8"
    title: str = ""
    source: str = ""
    date: str = ""
    author: str = ""
    url: str = ""
    blocks: tuple[Block, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; `id` counts from 1 through the article, `paragraph` is its block's."""

    id: int
    paragraph: int
    start: int
    end: int
    kind: SentenceKind
    speaks: bool = True


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that refers to an actor.

    Attributes:
        sentence: The id of the sentence that holds it.
        antecedent: Where the text names whom words that name nobody mean: of "he", the name before it; None of a name.
        rule: By which rule the words mean the actor; `stance.actors.confidence` says how often it is right.
    """

    actor: str
    start: int
    end: int
    sentence: int
    kind: MentionKind
    antecedent: tuple[int, int] | None = None
    rule: Rule = Rule.FORM


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks in a quotation: the words that name him, and the roster actor where it is one."""

    text: str
    start: int
    end: int
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """What somebody said, with the span of the reporting cue ("said", "according to") where there is one.

    `factive` says that the cue makes it the author's word too: "revealed that", "admitted that".
    """

    start: int
    end: int
    kind: QuotationKind
    speaker: Speaker | None = None
    cue: tuple[int, int] | None = None
    factive: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """A matched lexicon entry.

    Attributes:
        first, last: Token indexes in the article, inclusive.
        entry: The entry's lemma form.
        part: Part of speech of the entry: verb, noun, adj or adv.
        agent, patient, bearer: How that party comes off, -3 to 3, 0 where the entry says nothing.
        factor: What negation, hedges and intensifiers make of it; 1.0 as it stands, negative if turned.
        negated, hedged: Whether a negator or a hedge governs it.
        passive: Whether it is a verb in the passive.
    """

    start: int
    end: int
    first: int
    last: int
    entry: str
    part: str
    agent: int
    patient: int
    bearer: int
    factor: float = 1.0
    negated: bool = False
    hedged: bool = False
    passive: bool = False


class Names(NamedTuple):
    """Tokens that are names, whoever bears them, and those among them that name a state or its people."""

    tokens: frozenset[int] = frozenset()
    states: frozenset[int] = frozenset()


NO_NAMES = Names()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence and one actor that it concerns, with all that a classifier may look at.

    Token indexes are the article's; `first` to `last` (exclusive) is the sentence. `forms` are the token ranges
    (inclusive) of all names of the roster in it, mentions or not, `names` all names in the article. `alone` says that
    there is no article around it.
    """

    sentence: Sentence
    actor: str
    kind: ActorKind
    mentions: tuple[Mention, ...]
    others: tuple[Mention, ...]
    cues: tuple[Cue, ...]
    first: int
    last: int
    quotations: tuple[Quotation, ...] = ()
    forms: tuple[tuple[int, int], ...] = ()
    alone: bool = False
    names: Names = NO_NAMES


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span and what it adds to the log-odds of positive against negative.

    Attributes:
        kind: `cue`, `words`, `mention`, `context` (the rest of the sentence) or `article` (what the article's other
            sentences say of the actor); the span of the last two is the whole sentence. `excerpt` says which part of a very
            long sentence was read; it adds nothing.
    """

    start: int
    end: int
    text: str
    contribution: float
    kind: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a classifier says of one candidate.

    Attributes:
        negative, neutral, positive: Probabilities that add up to 1.
        intercept: The part of the log-odds that no span carries.
        evidence: Spans by falling size of contribution.
        logit: log(positive / negative) = intercept + the sum of *all* contributions.
    """

    negative: float
    neutral: float
    positive: float
    intercept: float
    logit: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """How one sentence portrays one actor: a row of the CSV.

    `portrayal` has only the axes of which the sentence speaks, `issues` the frames under which it looks at its matter.
    """

    sentence: int
    actor: str
    label: Label
    score: float
    p_negative: float
    p_neutral: float
    p_positive: float
    confidence: float
    abstained: bool
    voice: Voice
    speaker: Speaker | None
    role: Role
    negated: bool
    hedged: bool
    mention: Mention
    intercept: float = 0.0
    evidence: tuple[Evidence, ...] = ()
    portrayal: tuple[Portrayal, ...] = ()
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class ActorSummary:
    """An actor over an article. Means of scores in [-1, 1]; None where nothing was measured.

    `portrayal` has the axes of which the article speaks; `role_sentences` are those that the role rests on.
    """

    actor: str
    sentences: int
    mean: float | None
    ci_low: float | None
    ci_high: float | None
    negative: int
    neutral: int
    positive: int
    abstained: int
    author_mean: float | None
    quoted_mean: float | None
    portrayal: tuple[AxisMean, ...] = ()
    role: StoryRole = StoryRole.BYSTANDER
    role_sentences: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Instrument:
    """Which instrument measured: versions and content hashes, so that a number can be traced.

    `evidence` says how evidence is found: `contributions` or `occlusion`.
    """

    version: str
    classifier: str
    model: str
    lexicons: str
    roster: str
    evidence: str = "contributions"


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that stance says about one article."""

    article: Article
    instrument: Instrument
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    quotations: tuple[Quotation, ...]
    cues: tuple[Cue, ...]
    scores: tuple[Score, ...]
    actors: tuple[ActorSummary, ...] = ()
    frames: Frames = field(default_factory=Frames)
