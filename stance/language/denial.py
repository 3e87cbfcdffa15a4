"""What is denied because a clause about it is denied: "denied that he lied", "no evidence that he lied"."""

from __future__ import annotations

from collections.abc import Sequence

from stance.language.words import word_set

_DENYING = word_set(
    """deny denies denied denying reject rejects rejected rejecting dispute disputes disputed disputing refute refutes
    refuted refuting rebut rebuts rebutted dismiss dismisses dismissed dismissing disavow disavows disavowed disavowing
    debunk debunks debunked doubt doubts doubted doubting denial denials false untrue myth"""
)
_CLAIMS = word_set(
    """suggestion suggestions idea ideas claim claims notion notions allegation allegations accusation accusations charge
    charges view theory argument assertion assertions belief evidence proof indication sign reports report rumor rumors"""
)
Links = Sequence[Sequence[tuple[int, str]]]


def spread_denial(words: Sequence[str], heads: Links, negated: frozenset[int]) -> frozenset[int]:
    """Let a denial reach what is denied.

    Args:
        words: A sentence's words in lower case.
        heads: For each word its heads with the link's label, see `structure.py`.
        negated: Places that a particle denies.

    Returns:
        The places that are denied in the end; a denial of a denial is none.
    """
    if not negated and _DENYING.isdisjoint(words):
        return negated
    found = set(negated)
    for place, links in enumerate(heads):
        governors = [
            head for head, label in links if label == "x" or (label == "r" and words[head] in _CLAIMS)
        ]
        if any(_denies(governor, words, heads, found) for governor in governors):
            found ^= {place}
    return frozenset(found)


def _denies(governor: int, words: Sequence[str], heads: Links, negated: set[int]) -> bool:
    """Whether a word denies the clause that it governs: by itself, by being denied, or as what somebody denies."""
    denied = (words[governor] in _DENYING) != (governor in negated)
    if words[governor] not in _CLAIMS:
        return denied
    return denied or any(
        words[head] in _DENYING and head not in negated for head, label in heads[governor] if label == "O"
    )
