"""The categories of framing: as what an actor, a matter and a story are told. `docs/codebook.md` says what each means."""

from __future__ import annotations

from enum import StrEnum


class Axis(StrEnum):
    """A portrayal axis: what an actor is portrayed as lies between two poles, -1 and 1."""

    COOPERATION = "cooperation"
    STRENGTH = "strength"
    COMPETENCE = "competence"
    HONESTY = "honesty"
    LEGITIMACY = "legitimacy"
    VICTIMHOOD = "victimhood"

    @property
    def poles(self) -> tuple[str, str]:
        """The words for its ends, -1 and 1."""
        return _POLES[self]

    def pole(self, value: float) -> str:
        """Return the word for the end that a value leans to."""
        return self.poles[value > 0]


_POLES = {
    Axis.COOPERATION: ("hostile", "cooperative"),
    Axis.STRENGTH: ("weak", "strong"),
    Axis.COMPETENCE: ("incompetent", "competent"),
    Axis.HONESTY: ("deceitful", "honest"),
    Axis.LEGITIMACY: ("illegitimate", "legitimate"),
    Axis.VICTIMHOOD: ("perpetrator", "victim"),
}


class Issue(StrEnum):
    """An issue frame: a dimension under which a text looks at its matter (Boydstun et al. 2014)."""

    ECONOMY = "economy"
    RESOURCES = "resources"
    MORALITY = "morality"
    FAIRNESS = "fairness"
    LAW = "law"
    POLICY = "policy"
    SECURITY = "security"
    WELFARE = "welfare"
    IDENTITY = "identity"
    OPINION = "opinion"
    POLITICS = "politics"
    DIPLOMACY = "diplomacy"


class Generic(StrEnum):
    """A generic frame of news (Semetko and Valkenburg 2000)."""

    CONFLICT = "conflict"
    RESPONSIBILITY = "responsibility"
    HUMAN_INTEREST = "human_interest"
    MORALITY = "morality"
    ECONOMIC_CONSEQUENCES = "economic_consequences"


class Function(StrEnum):
    """What a text does by framing (Entman 1993)."""

    PROBLEM = "problem"
    CAUSE = "cause"
    JUDGEMENT = "judgement"
    REMEDY = "remedy"


class Role(StrEnum):
    """What the actor is to the strongest cue: its doer, the one acted upon, the one described, or nothing."""

    AGENT = "agent"
    PATIENT = "patient"
    ATTRIBUTE = "attribute"
    NONE = "none"


class StoryRole(StrEnum):
    """What an actor is in the story that an article tells."""

    PROTAGONIST = "protagonist"
    ANTAGONIST = "antagonist"
    VICTIM = "victim"
    BYSTANDER = "bystander"
