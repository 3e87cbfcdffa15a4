"""Which party of a cue an actor is: its agent, its patient, its bearer; read off the links of the sentence's structure.

Beside the plain links (subject, object, possessor, complement) a few ways of two and three links are known: light verbs
("launched an attack": who launches it attacks; "faces an attack": who faces it is attacked), complements of an object
("called him weak"), and what an actor has or does ("Russia's illegal annexation", "his policy is reckless").
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from stance.categories import Role
from stance.language.words import word_set

_DOING = word_set(
    """ignite ignites ignited igniting spark sparks sparked trigger triggers triggered start starts started starting
    provoke provokes provoked aim aims aimed aiming launch launches launched launching make makes made making carry
    carries carried carrying commit commits committed committing wage wages waged waging conduct conducts conducted
    conducting order orders ordered mount mounts mounted mounting begin begins began stage stages staged staging show
    shows showed shown showing display displays displayed displaying have has had having demonstrate demonstrates
    demonstrated practice practise practices engage pursue pursues pursued pursuing offer offers offered offering give
    gives gave given giving issue issues issued issuing unleash unleashes unleashed lead leads led run runs ran do
    does did doing take takes took taken taking perpetrate perpetrated sponsor sponsored direct directed orchestrate
    orchestrated use uses used using exercise exercised wield wields wielded deliver delivers delivered impose imposes
    imposed authorize authorized adopt adopted continue continued continues keep keeps kept propose proposed"""
)
_UNDERGOING = word_set(
    """face faces faced facing suffer suffers suffered suffering endure endures endured receive receives received
    receiving get gets got getting win wins won winning earn earns earned draw draws drew drawn undergo underwent
    sustain sustained survive survived survives attract attracted invite invited incur incurred weather weathered
    experience experienced"""
)
_SETTING_OUT = word_set(
    """try tries tried trying seek seeks sought seeking want wants wanted wanting attempt attempts attempted attempting
    vow vows vowed threaten threatens threatened threatening plan plans planned planning continue continues continued
    continuing begin begins began help helps helped helping manage manages managed agree agrees agreed promise
    promises promised aim aims aimed intend intends intended move moves moved moving rush rushes rushed go goes went
    going work works worked working push pushes pushed pushing keep keeps kept keeping decide decides decided choose
    chooses chose use uses used using"""
)
_NOT_DOING = word_set(
    """refuse refuses refused refusing fail fails failed failing decline declines declined declining avoid avoids avoided
    avoiding neglect neglects neglected hesitate hesitates hesitated forget forgets forgot"""
)
_AGAINST = word_set(
    """critic critics opponent opponents rival rivals foe foes enemy enemies adversary adversaries accuser accusers
    detractor detractors challenger challengers victim victims neighbor neighbors neighbour neighbours attacker
    attackers successor successors predecessor predecessors"""
)
_BUILT = word_set(
    "based built founded rooted grounded steeped anchored mired"
)  # "a policy based on antagonism"
_LACKING = word_set(
    "lack lacks lacked lacking lose loses lost losing avoid avoids avoided reject rejects rejected refuse"
)
_TOWARD = frozenset({"on", "against", "for", "toward", "to", "at", "with", "over", "into"})
_OUT_OF = frozenset({"from", "in"})

FULL, INDIRECT = 1.0, 0.7


class Tie(NamedTuple):
    """A party that an actor is to a cue, and how much of the cue's value reaches him, -1 to 1."""

    role: Role
    share: float


NO_TIE = Tie(Role.NONE, 0.0)


def tie_of(part: str, path: tuple[str, ...], way: tuple[str, ...], *, state: bool = False) -> tuple[Tie, ...]:
    """Return the parties that an actor may be to a cue, the likeliest first; the cue's values decide among them.

    Args:
        part: The cue's part of speech.
        path: Labels of the links from the actor to the cue: plain upwards, with `-` downwards.
        way: The words that the path goes through, the actor and the cue left out.
        state: Whether the actor is a state: "Russian invaders" are Russia's people, "Trump allies" are not Trump.
    """
    if part == "verb":
        if path == ("S", "-x"):
            # "tried to undermine"; "refused to disclose" discloses nothing (implicatives, Karttunen 1971).
            if way[0] in _NOT_DOING:
                return (Tie(Role.AGENT, -INDIRECT),)
            return (Tie(Role.AGENT, INDIRECT),) if way[0] in _SETTING_OUT else ()
        found = _VERBS.get(path, ())
        return () if len(path) == 2 and way[0] in _AGAINST else found
    if part == "noun":
        return _noun(path, way, state=state)
    if part == "adj":
        return _adjective(path, way)
    if path in {("S", "-v"), ("-v",)}:
        return _OWNS
    if path in {("m", "S", "-v"), ("p", "S", "-v")} and way[0] not in _AGAINST:
        return (Tie(Role.AGENT, INDIRECT), Tie(Role.ATTRIBUTE, INDIRECT))
    return ()


_VERBS: Mapping[tuple[str, ...], tuple[Tie, ...]] = {
    ("S",): (Tie(Role.AGENT, FULL), Tie(Role.ATTRIBUTE, FULL)),
    ("S", "-j"): (Tie(Role.AGENT, FULL), Tie(Role.ATTRIBUTE, FULL)),  # "came and lied"
    # Verbs as nouns: "Russian meddling", "U.S. sanctions".
    ("p",): (Tie(Role.AGENT, FULL),),
    ("m",): (Tie(Role.AGENT, FULL),),
    ("by",): (Tie(Role.AGENT, FULL),),
    ("O",): (Tie(Role.PATIENT, FULL),),
    # What somebody's troops, laws or staff do, he does; what is done to his people is done to him.
    ("m", "S"): (Tie(Role.AGENT, INDIRECT),),
    ("p", "S"): (Tie(Role.AGENT, INDIRECT),),
    ("m", "O"): (Tie(Role.PATIENT, INDIRECT),),
    ("p", "O"): (Tie(Role.PATIENT, INDIRECT),),
}

_OWNS = (Tie(Role.AGENT, FULL), Tie(Role.ATTRIBUTE, FULL))
_HAS = (Tie(Role.AGENT, FULL),)
_IS = (Tie(Role.ATTRIBUTE, FULL), Tie(Role.AGENT, FULL))


def _noun(path: tuple[str, ...], way: tuple[str, ...], *, state: bool) -> tuple[Tie, ...]:
    if path == ("m",):
        return _OWNS if state else _HAS
    if path in {("p",), ("by",)}:
        return _HAS
    if path == ("of",):
        return (Tie(Role.PATIENT, FULL), *_HAS)
    if len(path) == 1 and path[0] in _TOWARD:
        return (Tie(Role.PATIENT, FULL),)
    if len(path) == 1 and path[0] in _OUT_OF:
        return (Tie(Role.AGENT, INDIRECT),)
    if path in {("a",), ("-a",), ("S", "-c"), ("O", "-c"), ("O", "-as"), ("c",)}:
        return _IS
    if (
        path in {("p", "O", "-on"), ("m", "O", "-on"), ("p", "O", "-in"), ("m", "O", "-in")}
        and way[1] in _BUILT
    ):
        return (Tie(Role.AGENT, INDIRECT),)
    if path == ("S", "-O"):
        if way[0] in _DOING:
            return _HAS
        if way[0] in _UNDERGOING:
            return (Tie(Role.PATIENT, FULL),)
        if way[0] in _LACKING:
            return (Tie(Role.AGENT, -FULL),)
    return ()


def _adjective(path: tuple[str, ...], way: tuple[str, ...]) -> tuple[Tie, ...]:
    # "is unqualified" may be read as a passive, "is misleading" as a verb.
    if path in {("-m",), ("S", "-c"), ("O", "-c"), ("O", "-as"), ("c",), ("-a",), ("O",), ("S",)}:
        return (Tie(Role.ATTRIBUTE, FULL),)
    if path in {
        ("p", "-m"),
        ("m", "-m"),
        ("p", "S", "-c"),
        ("m", "S", "-c"),
        ("a", "-m"),
        ("-a", "-m"),
        ("S", "-c", "-m"),
    }:
        share = FULL if "a" in path[0] or path == ("S", "-c", "-m") else INDIRECT
        return (Tie(Role.ATTRIBUTE, share),)
    if path == ("S", "-O", "-m") and way[0] in _DOING:
        return (Tie(Role.ATTRIBUTE, INDIRECT),)
    return ()
