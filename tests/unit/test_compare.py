"""Groups held against each other: numbers worked by hand, simulations, and files that hold nothing to compare."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from stance.errors import ReadError, UsageError
from stance.export.comparison import COLUMNS, comparison_csv, comparison_json, comparison_text
from stance.study.compare import FEWEST, compare
from stance.study.effects import cliffs_delta, correct
from stance.study.groups import NO_VALUE, Gathered, gather
from stance.study.scores_file import ScoreRow


def row(doc: str, score: float, group: str = "A", actor: str = "Obama", **columns: str) -> ScoreRow:
    """Return a row of scores."""
    label = "negative" if score < 0 else "positive" if score > 0 else "neutral"
    return ScoreRow(
        doc, actor, "1", "x", label, actor, {"group": group, "score": str(score), **columns}, f"s.csv:{doc}"
    )


def of(values: dict[str, list[list[float]]]) -> Gathered:
    """Gather articles given as lists of scores by group."""
    return gather(
        [
            row(f"{group}{number}", score, group)
            for group, articles in values.items()
            for number, scores in enumerate(articles)
            for score in scores
        ],
        "group",
    )


def test_means_and_shares_by_hand() -> None:
    found = compare(of({"A": [[0.5, -0.5, 1.0], [0.0]], "B": [[-1.0]]}), resamples=200)
    first, second = found.means
    assert (first.group, first.articles, first.sentences, first.mean) == ("A", 2, 4, 0.25)
    assert (first.negative, first.neutral, first.positive) == (0.25, 0.25, 0.5)
    assert (second.mean, second.ci_low, second.ci_high) == (-1.0, None, None)
    assert first.small
    (contrast,) = found.contrasts
    assert (contrast.group, contrast.other, contrast.difference) == ("A", "B", 1.25)
    assert (contrast.p, contrast.p_corrected, contrast.small) == (None, None, True)


def test_voices_and_abstained() -> None:
    rows = [
        row("a", -0.5, voice="author"),
        row("a", 0.5, voice="quoted"),
        row("a", 0.25, voice="quoted"),
        row("a", 0.9, voice="mixed", abstained="true"),
    ]
    (mean,) = compare(gather(rows, "group"), resamples=100).means
    assert (mean.author_mean, mean.quoted_mean, mean.abstained, mean.sentences) == (-0.5, 0.375, 0.25, 3)
    (alone,) = compare(gather(rows[3:], "group"), resamples=100).means
    assert (alone.mean, alone.sentences, alone.abstained) == (None, 0, 1.0)


def test_a_plain_difference_is_found_and_no_difference_is_not() -> None:
    far = {"A": [[0.8, 0.6]] * 8, "B": [[-0.8, -0.6]] * 8}
    (contrast,) = compare(of(far), resamples=999).contrasts
    assert contrast.p is not None
    assert contrast.p < 0.01
    assert contrast.delta == 1.0
    same = {"A": [[0.1], [-0.1]] * 4, "B": [[0.1], [-0.1]] * 4}
    (contrast,) = compare(of(same), resamples=999).contrasts
    assert contrast.p == 1.0
    assert contrast.delta == 0.0


def test_each_group_against_all_others_or_each_other() -> None:
    values = {name: [[place / 10, -0.1]] * FEWEST for place, name in enumerate("ABC")}
    found = compare(of(values), resamples=100)
    assert [(one.group, one.other) for one in found.contrasts] == [("A", ""), ("B", ""), ("C", "")]
    found = compare(of(values), resamples=100, pairs=True)
    assert [(one.group, one.other) for one in found.contrasts] == [("A", "B"), ("A", "C"), ("B", "C")]
    assert compare(of({"A": [[0.1]]}), resamples=100).contrasts == ()


def test_too_many_pairs_are_refused() -> None:
    values = {f"g{number:03}": [[0.1]] for number in range(70)}
    assert len(compare(of(values), resamples=100).contrasts) == 70
    with pytest.raises(UsageError, match=r"--pairs: 2,415 pairs of groups"):
        compare(of(values), resamples=100, pairs=True)


def test_groups_inside_of_articles_are_exchanged_there() -> None:
    # Each article is kind or unkind to everybody; inside of it, the quoted are always a little kinder.
    level = [-0.8, -0.4, 0.0, 0.4, 0.7] * 4
    rows = [
        row(f"d{number}", value + extra, voice)
        for number, value in enumerate(level)
        for voice, extra in (("author", 0.0), ("quoted", 0.1))
    ]
    gathered = gather(rows, "group")
    assert not gathered.nested
    (contrast,) = compare(gathered, resamples=999).contrasts
    assert contrast.difference == pytest.approx(-0.1)
    assert contrast.p is not None
    assert contrast.p < 0.01


def test_the_same_seed_gives_the_same_numbers() -> None:
    values = of({"A": [[0.1, 0.5], [-0.4]] * 5, "B": [[0.3], [0.2, -0.9]] * 5})
    assert compare(values, resamples=200) == compare(values, resamples=200)
    assert compare(values, resamples=200) != compare(values, resamples=200, seed=1)


def simulated(chance: np.random.Generator, articles: int) -> dict[str, list[list[float]]]:
    """Two groups without a difference, of articles whose sentences resemble each other."""
    return {
        name: [
            np.clip(chance.normal(level, 0.3, chance.integers(2, 12)), -1, 1).tolist()
            for level in chance.normal(0.0, 0.25, articles)
        ]
        for name in "AB"
    }


def test_intervals_cover_and_tests_stay_quiet() -> None:
    chance = np.random.default_rng(7)
    runs = 150
    covered = alarms = 0
    for _ in range(runs):
        found = compare(of(simulated(chance, 20)), resamples=199)
        mean = found.means[0]
        assert mean.ci_low is not None
        assert mean.ci_high is not None
        covered += mean.ci_low <= 0.0 <= mean.ci_high
        alarms += (found.contrasts[0].p or 1.0) <= 0.05
    # 150 runs: two standard errors are 0.036. benchmark/comparison.py takes more.
    assert 0.91 <= covered / runs <= 0.99
    assert alarms / runs <= 0.09


@pytest.mark.parametrize(
    ("first", "second", "delta"),
    [([1, 2], [0], 1.0), ([0], [1, 2], -1.0), ([1], [1], 0.0), ([0, 2], [1], 0.0), ([], [1], 0.0)],
)
def test_cliffs_delta(first: list[float], second: list[float], delta: float) -> None:
    assert cliffs_delta(np.array(first, dtype=float), np.array(second, dtype=float)) == delta


def test_corrections_by_hand() -> None:
    values = [0.01, 0.04, 0.03, 0.5]
    assert correct(values, "holm") == pytest.approx([0.04, 0.09, 0.09, 0.5])
    assert correct(values, "bh") == pytest.approx([0.04, 0.16 / 3, 0.16 / 3, 0.5], abs=1e-6)
    assert correct(values, "none") == values
    assert correct([], "holm") == []
    with pytest.raises(ValueError, match="bonferroni"):
        correct(values, "bonferroni")


@pytest.mark.parametrize(
    ("period", "group"),
    [
        ("day", "2016-05-09"),
        ("week", "2016-W19"),
        ("month", "2016-05"),
        ("quarter", "2016-Q2"),
        ("year", "2016"),
    ],
)
def test_periods(period: str, group: str) -> None:
    assert gather([row("a", 0.1, "2016-05-09")], "group", period).groups == (group,)


@pytest.mark.parametrize(
    ("rows", "period", "message"),
    [
        ([row("a", 0.1, "soon")], "month", "s.csv:a: 'soon' is no date"),
        ([row("a", 0.1)], "century", "--period century: give day, week"),
        ([row("a", float("nan"))], None, "s.csv:a: 'nan' is no score from -1 to 1"),
        ([row("a", 7.0)], None, "'7.0' is no score from -1 to 1"),
        ([row("a", 0.1)._replace(label="good")], None, "'good' is no label"),
        (
            [row("a", 0.1)._replace(columns={"source": "x"})],
            None,
            "--by group: no such column; there are source",
        ),
        ([row(str(number), 0.1, str(number)) for number in range(1_001)], None, "over 1000 groups"),
    ],
)
def test_rows_that_cannot_be_compared(rows: list[ScoreRow], period: str | None, message: str) -> None:
    with pytest.raises((UsageError, ReadError)) as caught:
        gather(rows, "group", period)
    assert message in str(caught.value)


def test_rows_without_a_value_are_a_group() -> None:
    assert gather([row("a", 0.1, "")], "group").groups == (NO_VALUE,)


def test_what_is_written() -> None:
    values = {"A\x1b[31m": [[0.5, -0.1]] * 6, "=B": [[-0.5]] * 6, "C": [[0.0]]}
    found = compare(of(values), resamples=100)
    text = comparison_text(found).decode()
    assert "\x1b" not in text
    assert "all others" in text
    assert "too small" in text
    data = json.loads(comparison_json(found))
    assert data["schema"] == "stance.comparison/1"
    assert [one["group"] for one in data["means"]] == ["=B", "A\x1b[31m", "C"]
    lines = comparison_csv(found).decode().splitlines()
    assert lines[0] == ",".join(COLUMNS)
    assert len(lines) == 1 + len(found.means) + len(found.contrasts)
    assert lines[1].startswith("mean,Obama,'=B,,6,6,-0.5,")
    assert not any(math.isnan(one.difference) for one in found.contrasts)
