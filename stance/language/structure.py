"""Who does what to whom: a light reading of a sentence's structure in one pass from left to right.

No parser: chunks of nouns and verbs in the way of Abney (1991), joined by a few rules into links like those of a dependency
grammar. Links carry deep roles: `S` is who acts and `O` who is acted upon, whatever the grammar. Where a preposition
may belong to a noun or to a verb, both links are kept. A reading may be wrong; it is deterministic, and its time grows
with the length of the sentence and no faster.

Labels of links, from dependent to head: `S` agent or subject, `O` patient, `c` complement ("is weak", "called him weak"),
`m` modifier of a noun, `p` possessor, `a` apposition, `j` coordination, `x` infinitive, clause or participle of a verb, `r`
relative or reduced clause of a noun, `v` adverb, `aux` auxiliary, and a preposition by its own name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from stance.language.chunks import NEGATORS, Chunk, find_chunks
from stance.language.denial import spread_denial
from stance.language.tagger import BE
from stance.language.words import word_set

AGENT, PATIENT = "S", "O"
_LINKING = BE | word_set(
    """become becomes became remain remains remained seem seems seemed look looks looked appear appears appeared sound
    sounds sounded feel feels felt stay stays stayed prove proves proved"""
)
_ALWAYS_CLAUSES = word_set("because if although though while whereas unless whether that so")
_MAYBE_CLAUSES = word_set("after before since as until than till once")
_SUBJECT_CONTROL = word_set("promise promised promises threaten threatened threatens vow vowed vows")
_SAYING = word_set(
    """said says asked asks added adds told wrote writes tweeted argued argues warned warns claimed claims noted notes
    insisted explained replied declared concluded recalled"""
)
_OF_OBJECT = word_set("of for from into")
_PREPOSITIONS = word_set(
    "of by against for to with from in on about over at into toward under between like as than"
)
_BRITISH = {"towards": "toward", "amongst": "among"}
_INSERTING = frozenset("()–—") | {"--"}
_DEEPEST = 8  # clauses inside clauses that are looked through; nobody reads deeper either
_RESETTING = frozenset(";:?!.…") | {"..."}


@dataclass(slots=True)
class _Clause:
    """What has been read of a clause so far."""

    kind: str
    parent: _Clause | None = None
    verb: int = -1
    passive: bool = False
    linking: bool = False
    finite: bool = False
    subject: int = -1
    object: int = -1
    antecedent: int = -1
    inverted: bool = False
    waiting: list[tuple[int, str]] = field(default_factory=list)  # participles before their subject


@dataclass(frozen=True, slots=True)
class Structure:
    """Links between the words of a sentence.

    Attributes:
        heads: For each word its heads with the link's label.
        dependents: For each word its dependents with the link's label.
        negated: Places of verbs and adjectives that are denied, by a particle or by who speaks of them.
    """

    heads: list[list[tuple[int, str]]]
    dependents: list[list[tuple[int, str]]]
    negated: frozenset[int]


def read_structure(words: Sequence[str], codes: Sequence[str]) -> Structure:
    """Read the structure of one sentence.

    Args:
        words: Its words in lower case.
        codes: The code of each, as `stance.language.tagger` gives them.
    """
    reader = _Reader(words, codes)
    reader.read()
    return Structure(
        reader.heads, reader.dependents, spread_denial(words, reader.heads, frozenset(reader.negated))
    )


class _Reader:
    """One sentence being read."""

    def __init__(self, words: Sequence[str], codes: Sequence[str]) -> None:
        self.words = words
        self.heads: list[list[tuple[int, str]]] = [[] for _ in words]
        self.dependents: list[list[tuple[int, str]]] = [[] for _ in words]
        self.chunks, inner, self.negated = find_chunks(words, codes)
        for dependent, head, label in inner:
            self.link(dependent, head, label)
        self.clause = _Clause("main")
        self.inserted: _Clause | None = None  # the clause that a dash or bracket has interrupted
        self.preposition = -1
        self.site = -1  # the noun right before the preposition
        self.conjunction = False
        self.comma = False
        self.noun = -1  # the noun chunk right before, if nothing but a comma or conjunction stands between
        self.owner = -1  # a possessor that waits for what it owns
        self.adverbs: list[int] = []

    def link(self, dependent: int, head: int, label: str) -> None:
        if dependent != head and dependent >= 0 and head >= 0 and len(self.heads[dependent]) < 4:
            self.heads[dependent].append((head, label))
            self.dependents[head].append((dependent, label))

    def read(self) -> None:
        """Join the chunks, one after the other."""
        for place, chunk in enumerate(self.chunks):
            if chunk.kind == "n":
                self._noun(place, chunk)
            elif chunk.kind == "v":
                self._verb(chunk)
            elif chunk.kind == "a":
                self._adjective(chunk)
            else:
                self._other(place, chunk)

    def _next(self, place: int) -> Chunk | None:
        """Return the chunk after one, adverbs left out."""
        for chunk in self.chunks[place + 1 : place + 3]:
            if chunk.kind != "R":
                return chunk
        return None

    def _finite_follows(self, place: int) -> bool:
        following = self._next(place)
        return following is not None and following.kind == "v" and following.form == "f"

    def _noun(self, place: int, chunk: Chunk) -> None:
        head = chunk.head
        clause = self.clause
        following = self.chunks[place + 1] if place + 1 < len(self.chunks) else None
        if self.owner >= 0:
            self.link(self.owner, head, "p")
            self.owner = -1
        if following is not None and following.kind == "A":
            self.owner = head
            return
        finite = self._finite_follows(place)
        if self.preposition >= 0:
            self._governed(head, finite)
        elif self.conjunction and self.noun >= 0 and not (finite and clause.verb >= 0):
            self.link(head, self.noun, "j")
            self._share(self.noun, head)
        elif self.comma and self.noun >= 0 and not finite:
            self.link(head, self.noun, "a")
        elif clause.verb < 0:
            clause.subject = head
        elif finite and not self._awaited():
            self._enter("x", subject=head)
        else:
            self._complement(head)
        self.preposition, self.conjunction, self.comma = -1, False, False
        self.noun = head

    def _complement(self, head: int) -> None:
        """Link a noun after its clause's verb."""
        clause = self.clause
        if clause.object >= 0 or clause.linking:
            self.link(head, clause.verb, "c")
        else:
            self.link(head, clause.verb, AGENT if clause.inverted else PATIENT)
        if clause.object < 0:
            clause.object = head

    def _awaited(self) -> bool:
        """Whether a subject outside still waits for its verb, and this clause for its object: "who attacked X lied"."""
        outer = self.clause.parent
        return self.clause.object < 0 and outer is not None and outer.verb < 0 and outer.subject >= 0

    def _share(self, first: int, second: int) -> None:
        """Let the second of two coordinated nouns have the links of the first; the subject's verb is still to come."""
        for head, label in self.heads[first][:2]:
            if label not in {"j", "a"}:
                self.link(second, head, label)
        if self.clause.subject == first:
            self.clause.waiting.append((second, "+"))

    def _governed(self, head: int, finite: bool) -> None:
        """Link a noun after a preposition: to the noun before it, to the verb, or to both where either may be meant."""
        word = self.words[self.preposition]
        clause = self.clause
        if finite and word in _MAYBE_CLAUSES:
            self._enter("x", subject=head)
            return
        label = _BRITISH.get(word, word)
        label = label if label in _PREPOSITIONS else "in"
        if self.site >= 0:
            self.link(head, self.site, label)
            if word == "by" and clause.verb < 0:
                # "the attack on Obama by Trump"
                for outer, kind in self.heads[self.site][:1]:
                    if kind in _PREPOSITIONS:
                        self.link(head, outer, label)
        if clause.verb >= 0 and (word != "of" or self.site < 0):
            deep = AGENT if word == "by" and clause.passive else label
            self.link(head, clause.verb, deep)

    def _enter(self, kind: str, subject: int = -1, antecedent: int = -1) -> None:
        self.clause = _Clause(kind, self.clause, subject=subject, antecedent=antecedent)
        self.noun = -1

    def _verb(self, chunk: Chunk) -> None:
        verb = chunk.head
        if chunk.form == "f":
            self._finite(chunk)
        elif chunk.form == "t":
            self._infinitive_verb(chunk)
        else:
            self._participle(chunk)
        self._settle(verb, chunk)
        self.preposition, self.conjunction, self.comma, self.noun, self.owner = -1, False, False, -1, -1

    def _finite(self, chunk: Chunk) -> None:
        verb = chunk.head
        if self.clause.verb >= 0:
            self.clause = self._next_clause(verb)
        clause = self.clause
        if clause.kind == "r" and clause.antecedent >= 0:
            self.link(verb, clause.antecedent, "r")
            if clause.subject < 0:
                clause.subject = clause.antecedent
            else:
                self.link(clause.antecedent, verb, PATIENT)
        elif clause.kind == "x":
            self.link(verb, clause.antecedent, "x")
            if clause.parent is not None:
                self.link(verb, clause.parent.verb, "x")
        clause.finite = True

    def _next_clause(self, verb: int) -> _Clause:
        """Return the clause of a finite verb that stands where the present clause has one already."""
        clause = self.clause
        if self.comma and not self.conjunction and self.words[verb] in _SAYING:
            # "... , said Smith": what was said is over, and the subject follows.
            return _Clause("main", inverted=True)
        if self.conjunction or self.comma:
            # "lied and resigned": the nearest finite clause shares its subject.
            sharing = clause
            for _ in range(_DEEPEST):
                if sharing.parent is None or sharing.finite:
                    break
                sharing = sharing.parent
            self.link(verb, sharing.verb, "j")
            return _Clause("j", sharing.parent, subject=sharing.subject)
        # A clause inside has ended: "the man who lied resigned".
        outer = clause.parent
        for _ in range(_DEEPEST):
            if outer is None or outer.verb < 0:
                break
            outer = outer.parent
        if outer is not None and outer.verb < 0:
            return outer
        return _Clause("x", clause, subject=self.noun)

    def _infinitive_verb(self, chunk: Chunk) -> None:
        """Link an infinitive, and find who controls it: the object before it, else the subject, else a noun's owner."""
        clause = self.clause
        subject = clause.object if clause.object >= 0 else clause.subject
        if clause.verb >= 0 and self.words[clause.verb] in _SUBJECT_CONTROL:
            subject = clause.subject
        if self.noun >= 0:
            self.link(chunk.head, self.noun, "x")
            if clause.verb < 0:
                # "Russia's failure to act", "the failure of critics to act"
                owners = (one for one, label in self.dependents[self.noun] if label == "p")
                subject = next(owners, self.noun)
        if clause.verb >= 0:
            self.link(chunk.head, clause.verb, "x")
        self.clause = _Clause("t", clause, subject=subject)

    def _participle(self, chunk: Chunk) -> None:
        """Link a participle: after a preposition, as a noun's reduced clause, before its subject, or beside the verb."""
        clause = self.clause
        verb = chunk.head
        if self.preposition >= 0:
            word = self.words[self.preposition]
            if self.site >= 0:
                self.link(verb, self.site, "x")
            if clause.verb >= 0:
                self.link(verb, clause.verb, "x")
            subject = clause.subject
            if word in _OF_OBJECT and clause.object >= 0:
                subject = clause.object
            self.clause = _Clause("t", clause, subject=subject)
            return
        if self.noun >= 0 and not self.comma:
            self.link(verb, self.noun, "r")
            self.clause = _Clause("t", clause, subject=self.noun)
            return
        if clause.verb < 0 and clause.subject < 0:
            clause.waiting.append((verb, PATIENT if chunk.passive else AGENT))
            self.clause = _Clause("w", clause)
            return
        if clause.verb >= 0:
            self.link(verb, clause.verb, "x")
        self.clause = _Clause("t", clause, subject=clause.subject)

    def _settle(self, verb: int, chunk: Chunk) -> None:
        """Give the clause its verb, and the verb its subject and what waited for it."""
        clause = self.clause
        clause.verb, clause.passive = verb, chunk.passive
        clause.linking = self.words[verb] in _LINKING and not chunk.passive
        label = PATIENT if chunk.passive else AGENT
        if clause.subject >= 0:
            self.link(clause.subject, verb, label)
        for waiting, kind in clause.waiting:
            if kind == "+":
                self.link(waiting, verb, label)
            elif clause.subject >= 0:
                self.link(clause.subject, waiting, kind)
        clause.waiting = []
        if chunk.passive:
            clause.object = -1
        for adverb in self.adverbs:
            self.link(adverb, verb, "v")
            if self.words[adverb] in NEGATORS:
                self.negated.add(verb)
        self.adverbs = []

    def _adjective(self, chunk: Chunk) -> None:
        clause = self.clause
        if clause.verb >= 0:
            self.link(chunk.head, clause.verb, "c")
        elif self.noun >= 0:
            self.link(chunk.head, self.noun, "m")
        self.conjunction = self.comma = False

    def _other(self, place: int, chunk: Chunk) -> None:
        code, word = chunk.kind, self.words[chunk.head]
        if code == "R":
            if self.clause.verb >= 0:
                self.link(chunk.head, self.clause.verb, "v")
            else:
                self.adverbs.append(chunk.head)
        elif code in "IO":
            self._preposition(place, chunk, word)
        elif code == "W":
            self._relative()
        elif code == "Q":
            self._enter("x")
        elif code == "C":
            self.conjunction = True
        elif code == "L":
            if self.clause.verb >= 0:
                self.link(chunk.head, self.clause.verb, "v")
        elif code == ".":
            self._mark(word)

    def _preposition(self, place: int, chunk: Chunk, word: str) -> None:
        if word == "that" and self.noun >= 0 and not self.comma and self._verb_follows(place):
            self._relative()
            return
        if word in _ALWAYS_CLAUSES:
            self._enter("x", antecedent=self.noun if word == "that" else -1)
            self.preposition = -1
            return
        self.site = -1 if self.comma else self.noun
        self.preposition = chunk.head
        self.noun = -1
        self.conjunction = False

    def _verb_follows(self, place: int) -> bool:
        following = self._next(place)
        return following is not None and following.kind == "v"

    def _relative(self) -> None:
        self._enter("r" if self.noun >= 0 else "x", antecedent=self.noun)
        self.preposition, self.comma = -1, False

    def _mark(self, word: str) -> None:
        if word == ",":
            self.comma = True
            clause = self.clause
            if clause.parent is not None and clause.verb >= 0 and clause.parent.verb < 0:
                self.clause = clause.parent  # an opening clause, or one inside the subject, has ended
                self.noun = self.clause.subject
                self.comma = False
        elif word in _INSERTING:
            if self.inserted is not None:
                self.clause, self.inserted = self.inserted, None
            else:
                self.inserted = self.clause
                self.clause = _Clause("main")
            self._forget()
        elif word in _RESETTING:
            self.clause, self.inserted = _Clause("main"), None
            self._forget()

    def _forget(self) -> None:
        self.preposition = self.noun = self.owner = self.site = -1
        self.comma = self.conjunction = False
