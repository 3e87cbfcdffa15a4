"""As what an actor is portrayed: values on the portrayal axes, from the lexicon and from who is what to its words.

Whether somebody is hostile or weak, a word says of one of its parties and not of whoever stands beside it (connotation
frames, Rashkin, Singh and Choi 2016; power and agency, Sap et al. 2017). The actor's name is masked before anything is read.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from stance.categories import Axis, Role
from stance.frame_records import AxisEvidence, Portrayal
from stance.frames.lexicon import FrameLexicon, Parties
from stance.frames.ties import NO_TIE, tie_of
from stance.frames.ways import View
from stance.framing.masking import NAME, OTHER, STATE
from stance.language.chunks import NEGATORS
from stance.language.words import word_set
from stance.records import Cue, Score

STRONGEST = 3.0  # a value that says hardly anything else
SHOWN_FROM = 0.2  # of 1: less is no portrayal
SURE = 0.5  # confidence of a label from which the cues that it rests on are taken to be about the actor
TELLING = 0.8  # log-odds that such a cue has to add
SEEN = 1  # links up to which the structure is trusted to see a tie if there is one
UNTIED = 0.7  # what then reaches him of a cue's value
LIKELY = 0.4  # probability of the other sign from which it can contradict a portrayal
# Labels of links by which somebody is the doer, the sufferer, or the aim of a noun of action.
_DOERS, _SUFFERERS, _AIMS = (
    frozenset({"S", "p", "by"}),
    frozenset("O"),
    frozenset({"of", "on", "against", "toward"}),
)
_NAMED = frozenset({NAME, OTHER, STATE})
_PRONOUNS = word_set("i he she it we you they this that these those who which")  # they may mean the actor
# Who is said not to be weak is called strong; who is said not to have attacked is not thereby called cooperative.
_OF_DEEDS = frozenset({Axis.COOPERATION, Axis.VICTIMHOOD})


def portray(
    cues: Sequence[Cue], view: View, lexicon: FrameLexicon, text: str, score: Score
) -> tuple[Portrayal, ...]:
    """Return the actor's portrayal on each axis of which the sentence speaks.

    Args:
        cues: Matches in the sentence of entries that the lexicon has an axis for.
        view: The sentence as seen from the actor.
        lexicon: The lexicons of frames.
        text: The article's text.
        score: How the sentence portrays the actor on the whole, and on which words that rests. What plainly contradicts it
            is left out, since something is misread: "chose to sit down with a murderer" calls nobody cooperative.

    Returns:
        In the order of `Axis`; values in [-1, 1].
    """
    found: dict[Axis, list[AxisEvidence]] = {}
    weighs = {(item.start, item.end): item.contribution for item in score.evidence if item.kind == "cue"}
    for cue in cues:
        axes = lexicon.axes[cue.entry, cue.part]
        said = list(_says(cue, axes, view))
        if not said:
            said = list(_named(cue, axes, view, score, weighs.get((cue.start, cue.end), 0.0)))
        for axis, value, role in said:
            found.setdefault(axis, []).append(
                AxisEvidence(cue.start, cue.end, text[cue.start : cue.end], value, role)
            )
    portrayals = []
    for axis in Axis:
        evidence = found.get(axis)
        if evidence:
            value = _bounded(math.fsum(item.value for item in evidence))
            if abs(value) >= SHOWN_FROM and not _contradicted(axis, value, score):
                evidence.sort(key=lambda item: (-abs(item.value), item.start))
                portrayals.append(Portrayal(axis, value, tuple(evidence)))
    return tuple(portrayals)


def _contradicted(axis: Axis, value: float, score: Score) -> bool:
    """Whether the score says that the sentence means the contrary. A victim may come off well or badly."""
    if axis is Axis.VICTIMHOOD and value > 0:
        return False
    own, other = score.p_negative, score.p_positive
    if value > 0:
        own, other = other, own
    return other >= LIKELY and other > 2 * own


def _says(cue: Cue, axes: Mapping[Axis, Parties], view: View) -> Iterator[tuple[Axis, float, Role]]:
    """Yield what a cue says of the actor: axis, value in [-1, 1] and the party that he is."""
    options = sorted(
        (way for place in view.places(cue.first, cue.last) for way in view.ways.get(place, ())),
        key=lambda way: len(way.labels),
    )
    for axis, (agent, patient, bearer) in axes.items():
        values = {
            Role.AGENT: agent,
            Role.PATIENT: patient,
            # The author of a clumsy deed is clumsy, and who is called an attacker attacks.
            Role.ATTRIBUTE: bearer or (agent if cue.part != "verb" else 0),
        }
        if cue.part in {"adj", "adv"} and not agent:
            values[Role.AGENT] = bearer
        tie = next(
            (
                tie
                for way in options
                for tie in tie_of(cue.part, way.labels, way.words, state=view.state)
                if values.get(tie.role)
            ),
            NO_TIE,
        )
        if tie is NO_TIE:
            continue
        # "have no mandate" has its denial in itself.
        denied = (
            any(way.denied for way in options) and not cue.negated and NEGATORS.isdisjoint(cue.entry.split())
        )
        factor = _factor(cue, axis, denied=denied)
        if tie.share < 0 and axis in _OF_DEEDS:
            factor = 0.0
        if factor:
            yield axis, _bounded(values[tie.role] / STRONGEST * tie.share * factor), tie.role


def _named(
    cue: Cue, axes: Mapping[Axis, Parties], view: View, score: Score, weight: float
) -> Iterator[tuple[Axis, float, Role]]:
    """Yield what a cue says of an actor to whom no link leads, where the score rests on this very cue.

    The classifier has learned whom words portray where the light reading of structure sees nothing. What the structure does
    see holds: a link that is no tie, a denial, a party that is somebody else.
    """
    sign = int(score.label)
    if not sign or score.confidence < SURE or weight * sign < TELLING or cue.negated:
        return
    places = view.places(cue.first, cue.last)
    if not view.masked.structure.negated.isdisjoint(places):
        return
    if any(len(way.labels) <= SEEN for place in places for way in view.ways.get(place, ())):
        return
    taken = _taken(cue, view)
    for axis, values in axes.items():
        own = [
            value
            for role, value in zip((Role.AGENT, Role.PATIENT, Role.ATTRIBUTE), values, strict=True)
            if value * sign > 0 and role not in taken
        ]
        # Praise makes nobody a victim.
        if own and not (axis is Axis.VICTIMHOOD and sign > 0):
            yield axis, _bounded(max(own, key=abs) / STRONGEST * UNTIED * abs(cue.factor)), Role.NONE


def _taken(cue: Cue, view: View) -> set[Role]:
    """Return the parties of a cue that somebody else is."""
    places = view.places(cue.first, cue.last)
    structure, units = view.masked.structure, view.masked.units
    own = {*places, *view.masked.targets}
    labels = {label for place in places for one, label in structure.dependents[place] if one not in own}
    heads = [(head, label) for place in places for head, label in structure.heads[place] if head not in own]
    taken = set()
    if labels & _DOERS:
        taken.add(Role.AGENT)
    if labels & (_SUFFERERS if cue.part == "verb" else _AIMS):
        taken.add(Role.PATIENT)
    if cue.part == "noun" and "p" in labels:
        taken.add(Role.ATTRIBUTE)
    # "a flourishing Ukraine", "Ukraine is an indispensable partner": it is Ukraine who flourishes and is one.
    nouns = [head for head, label in heads if label == "m"]
    complements = [
        head for noun in (*places, *nouns) for head, label in structure.heads[noun] if label == "c"
    ]
    subjects = [one for head in complements for one, label in structure.dependents[head] if label == "S"]
    if any(units[noun].word in _NAMED for noun in nouns) or any(
        one not in own and units[one].word not in _PRONOUNS for one in subjects
    ):
        taken |= {Role.AGENT, Role.ATTRIBUTE}
    return taken


def _bounded(value: float) -> float:
    return max(-1.0, min(1.0, value))


def _factor(cue: Cue, axis: Axis, *, denied: bool) -> float:
    """Return what negation, hedges and degree leave of a cue on an axis."""
    if denied or cue.negated:
        return 0.0 if axis in _OF_DEEDS or denied else cue.factor
    return cue.factor
