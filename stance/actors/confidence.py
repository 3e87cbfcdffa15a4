"""How sure it is that words mean an actor, by the rule that says so and the kind of mention.

Measured, not felt: in 200 articles coded by hands that did not know the rules, the share of such mentions whose sentence a
coder gives to that actor. A mention that is none to the coder (a name in "U.S.-Mexico border") lowers it as a wrong one
does. The counts are those of the built-in roster; with another roster they are a guide.
"""

from collections.abc import Mapping

from stance.records import Mention, MentionKind, Rule

# Coded so, and found, as `benchmark/reference.py` prints them.
COUNTS: Mapping[tuple[Rule, MentionKind], tuple[int, int]] = {
    (Rule.FORM, MentionKind.ALIAS): (17, 17),
    (Rule.FORM, MentionKind.DEMONYM): (195, 219),
    (Rule.FORM, MentionKind.GROUP): (173, 175),
    (Rule.FORM, MentionKind.INSTITUTION): (915, 1021),
    (Rule.FORM, MentionKind.METONYM): (71, 85),
    (Rule.FORM, MentionKind.NAME): (2173, 2285),
    (Rule.FORM, MentionKind.OFFICIAL): (295, 390),
    (Rule.HERE, MentionKind.PRONOUN): (380, 388),
    (Rule.HOME, MentionKind.GROUP): (35, 37),
    (Rule.LAST, MentionKind.GROUP): (12, 14),
    (Rule.LAST, MentionKind.INSTITUTION): (22, 22),
    (Rule.OFFICE, MentionKind.INSTITUTION): (52, 54),
    (Rule.OFFICE, MentionKind.ROLE): (211, 212),
    (Rule.PAIR, MentionKind.GROUP): (1, 1),
    (Rule.PAIR, MentionKind.PRONOUN): (6, 6),
    (Rule.QUOTED, MentionKind.PRONOUN): (104, 109),
    (Rule.SENTENCES, MentionKind.PRONOUN): (139, 152),
    (Rule.SPEAKER, MentionKind.GROUP): (13, 13),
    (Rule.SPEAKER, MentionKind.PRONOUN): (197, 222),
    (Rule.STAFF, MentionKind.OFFICIAL): (8, 8),
}


def confidence_of(mention: Mention) -> float:
    """Return the probability that a mention is one, in (0, 1); a half for what was never measured.

    One right and one wrong case are added to the counts (the rule of succession, Laplace 1814), so that few cases give no
    certainty.
    """
    right, found = COUNTS.get((mention.rule, mention.kind), (0, 0))
    return (right + 1) / (found + 2)
