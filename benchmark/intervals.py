"""How far figures hang on the articles that were drawn: intervals, by actor and by side of the outlet."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from statistics import fmean
from typing import Any

from stance.records import Verdict
from stance.research.articles import CodedArticle, labelled
from stance.research.evaluate import confidence, predicted
from stance.research.whole_articles import Counts, predictions_of

RESAMPLES = 1_000
SHARE_KEPT = 0.45
# Where outlets stand as they are commonly described; whatever is in neither list counts as centre.
LEFT = """CNN Vox Kos Guardian Media_Matters Mother_Jones Daily_Beast Vanity_Fair Nation Salon New_York_Times NPR NBC ABC
Politico Gizmodo Washington_Post""".split()
RIGHT = """Fox Townhall Washington_Times CBN Newsmax TheBlaze Daily_Caller American_Mind National_Review Breitbart
Free_Beacon Right New_York_Post HotAir Stossel Reason""".split()

Tally = Mapping[str, Counts]
"""Of one article: hits, false alarms and misses of polar rows, by actor."""


def side_of(outlet: str) -> str:
    """Return `left`, `right` or `centre` for an outlet."""
    for side, names in (("right", RIGHT), ("left", LEFT)):
        if any(name.replace("_", " ") in outlet for name in names):
            return side
    return "centre"


def tally(article: CodedArticle, classifier: Any) -> tuple[Tally, list[tuple[str, float]]]:
    """Return an article's polar rows right and wrong, and each coded row's actor with score minus code."""
    found = predictions_of(article, classifier)
    counts: dict[str, Counts] = defaultdict(Counts)
    gaps = []
    for key in article.codes.keys() | found.keys():
        code = article.codes[key].label if key in article.codes else 0
        label, score, _ = found.get(key, (0, 0.0, ""))
        own = counts[key[1]]
        if code and code == label:
            own.hits += 1
        else:
            own.false += label != 0
            own.missed += code != 0
        if key in article.codes and key in found:
            gaps.append((key[1], score - code))
    return counts, gaps


def interval(tallies: Sequence[Tally], actors: Sequence[str]) -> tuple[float, float, float]:
    """Return polar F1 of some actors and its 95 % percentile bootstrap interval over articles (Efron 1979)."""

    def f1(drawn: Sequence[Tally]) -> float:
        whole = Counts()
        for one in drawn:
            for actor in actors:
                own = one.get(actor)
                if own is not None:
                    whole.hits += own.hits
                    whole.false += own.false
                    whole.missed += own.missed
        return whole.f1

    draw = random.Random(1)  # noqa: S311 - resampling, no secret
    values = sorted(f1(draw.choices(tallies, k=len(tallies))) for _ in range(RESAMPLES))
    return f1(tallies), values[int(0.025 * RESAMPLES)], values[int(0.975 * RESAMPLES) - 1]


def intervals(
    coded: Sequence[CodedArticle], outlets: Mapping[str, str], of_article: Mapping[str, Callable[[str], Any]]
) -> None:
    """Print polar F1 from the text with intervals, by actor and by side, and how far scores lean.

    Args:
        coded: Whole articles.
        outlets: By id of an article.
        of_article: For each classifier's name, from an article's id to one that did not see it.
    """
    print(
        "\nPolar F1 from the text with its 95 % interval over articles, and lean (mean of score minus code)\n"
    )
    actors = sorted({actor for article in coded for _, actor in article.codes})
    for name, judge in of_article.items():
        tallied = [tally(article, judge(article.id)) for article in coded]
        sides = [side_of(outlets[article.id]) for article in coded]
        print(name)
        for title, chosen, wanted in (
            ("all", [True] * len(coded), actors),
            *((actor, [True] * len(coded), [actor]) for actor in actors),
            *((side, [one == side for one in sides], actors) for side in ("left", "centre", "right")),
        ):
            kept = [one for one, there in zip(tallied, chosen, strict=True) if there]
            value, low, high = interval([counts for counts, _ in kept], wanted)
            lean = fmean(gap for _, gaps in kept for actor, gap in gaps if actor in wanted)
            print(f"  {title:10}{value:8.3f}  {low:.3f} to {high:.3f}{lean:+8.2f}{len(kept):6} articles")


def at_coverage(coded: Sequence[CodedArticle], of_article: Mapping[str, Callable[[str], Any]]) -> None:
    """Print the accuracy of the labels that a classifier is surest of."""
    print(f"\nAccuracy of the {SHARE_KEPT:.0%} of coded candidates that a classifier is surest of\n")
    for name, judge in of_article.items():
        rows: list[tuple[float, bool]] = []
        for article in coded:
            verdicts: list[Verdict] = judge(article.id).judge(article.prepared)
            rows.extend(
                (confidence(verdicts[example.number]), predicted(verdicts[example.number]) == example.label)
                for example in labelled(article)
            )
        rows.sort(key=lambda row: -row[0])
        kept = rows[: int(SHARE_KEPT * len(rows))]
        print(f"{name:20}{sum(right for _, right in kept) / len(kept):8.3f} of {len(kept)}")
