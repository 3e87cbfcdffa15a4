"""Masking: a candidate's sentence with its actors' names taken out, and its structure read on what is left.

The actor's mentions become `TARGET` and every other roster actor's `OTHER`, each as one unit whatever its length, so two
actors of one kind can change places without anything changing that a classifier sees. Names of others say no more than
that they are names, or a state's: who is not in the roster has no reputation either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from stance.framing.candidates import token_spans
from stance.language.structure import Structure, read_structure
from stance.language.tagger import NAME as NAME_CODE
from stance.language.tagger import POSSESSIVE, PRONOUN, load_tagger
from stance.language.words import Tokens, word_set
from stance.records import Candidate, MentionKind

TARGET, OTHER, NAME, STATE, NUMBER = "TARGET", "OTHER", "NAME", "STATE", "0"
_MASKS = frozenset({TARGET, OTHER, NAME, STATE})
_OWN = word_set("his her their its our my your")

# Words that hardly evaluate by themselves, hedges among them. They count next to the actor and inside pairs and
# triples; alone they would only blur an explanation.
FUNCTION_WORDS = word_set(
    """a an the this that these those some any each every all both either another such one two first last other others
    i me my we us our you your he him his she her it its they them their who whom whose which what when where why how
    is are was were be been being am do does did done has have had having will would shall should can could may might
    must of in on at to from by for with about into onto over under after before between during through since until
    against toward towards within without upon off out up down as than so also just still then there here now today
    and or nor but if because while although though that's it's 's said says say mr mrs ms sen rep gov president
    year years day days week month monday tuesday wednesday thursday friday saturday sunday january february march april
    june july august september october november december 0 OTHER NAME STATE
    seem seems seemed seemingly appear appears appeared apparently perhaps maybe likely probably possibly reportedly
    somewhat rather quite"""
)


class Unit(NamedTuple):
    """One word of the masked sentence and the tokens it stands for, inclusive."""

    word: str
    first: int
    last: int


class Masked(NamedTuple):
    """A candidate's sentence with its actors masked: `targets` are the positions of the actor, links are between units.

    `telling` says of each unit whether it may evaluate by itself.
    """

    units: list[Unit]
    targets: list[int]
    structure: Structure
    telling: list[bool]


Key = tuple[object, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """What has been read of an article's masked sentences, so that nothing is read twice.

    Attributes:
        structures: By sentence and by what is masked in it: the sentence's other actors are often masked alike.
        masked: By sentence and actor.
    """

    structures: dict[Key, Structure] = field(default_factory=dict)
    masked: dict[Key, Masked] = field(default_factory=dict)

    def masked_for(self, tokens: Tokens, candidate: Candidate) -> Masked:
        """Return a candidate's masked sentence, see `mask`."""
        key = (candidate.sentence.id, candidate.actor)
        known = self.masked.get(key)
        if known is None:
            known = self.masked[key] = mask(tokens, candidate, self)
        return known


def unit_places(units: Sequence[Unit]) -> dict[int, int]:
    """Return for each token of a masked sentence the place of its unit."""
    return {token: place for place, unit in enumerate(units) for token in range(unit.first, unit.last + 1)}


def is_telling(word: str) -> bool:
    """Whether a masked word may evaluate by itself: no function word, no mark, no actor."""
    return word not in FUNCTION_WORDS and word != TARGET and word[0].isalnum()


def mask(tokens: Tokens, candidate: Candidate, read: Readings | None = None) -> Masked:
    """Replace the mentions in a candidate's sentence.

    Args:
        tokens: The article's tokens.
        candidate: The candidate.
        read: What has been read of the article, if it is to be kept for its other candidates.

    Returns:
        Units in order. Where mentions of the target and of another actor share their words, the target wins. Forms of
        the roster that mention nobody here (places, namesakes) and all other names become `NAME`, those of states `STATE`.
    """
    spans: dict[int, tuple[int, str]] = {first: (last, NAME) for first, last in candidate.forms}
    for name, mentions in ((OTHER, candidate.others), (TARGET, candidate.mentions)):
        for first, last in token_spans(tokens, mentions):
            spans[first] = (last, name)
    units: list[Unit] = []
    targets: list[int] = []
    lower, index = tokens.lower, candidate.first
    names, states = candidate.names
    # What the lexicon knows stays, capital or not: "a Nazi", "the Forever War".
    cues = {token for cue in candidate.cues for token in range(cue.first, cue.last + 1)}
    while index < candidate.last:
        if index not in spans:
            word = lower[index]
            if index in names and index not in cues:
                word = STATE if index in states else NAME
            elif word[0].isdigit():
                word = NUMBER
            units.append(Unit(word, index, index))
            index += 1
            continue
        last, name = spans[index]
        if name == TARGET:
            targets.append(len(units))
        units.append(Unit(name, index, last))
        index = last + 1
    structure = _structure(tokens, candidate, units, {} if read is None else read.structures)
    return Masked(units, targets, structure, [is_telling(unit.word) for unit in units])


def _structure(
    tokens: Tokens, candidate: Candidate, units: list[Unit], read: dict[Key, Structure]
) -> Structure:
    """Read the masked sentence's structure; of mentions nothing is known but whether they are pronouns."""
    pronouns = {
        mention.start
        for mention in (*candidate.mentions, *candidate.others)
        if mention.kind is MentionKind.PRONOUN
    }
    given: dict[int, str] = {}
    for place, unit in enumerate(units):
        if unit.word in _MASKS:
            pronoun = tokens.starts[unit.first] in pronouns
            owns = tokens.lower[unit.first] in _OWN
            given[place] = (POSSESSIVE if owns else PRONOUN) if pronoun else NAME_CODE
    key = (candidate.first, *((units[place].first, units[place].last, code) for place, code in given.items()))
    known = read.get(key)
    if known is None:
        words = [
            unit.word if place in given else tokens.lower[unit.first] for place, unit in enumerate(units)
        ]
        surface = [tokens.surface[unit.first] for unit in units]
        known = read[key] = read_structure(words, load_tagger().tag(words, surface, given))
    return known
