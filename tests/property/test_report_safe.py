"""No text, of an article, a roster or an instrument, reaches a terminal unescaped or breaks a report."""

from __future__ import annotations

import io
import unicodedata
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from stance.actors.roster import Actor, Roster
from stance.categories import Role
from stance.records import (
    ActorKind,
    ActorSummary,
    Analysis,
    Article,
    Evidence,
    Instrument,
    Label,
    Mention,
    MentionKind,
    Score,
    Sentence,
    SentenceKind,
    Speaker,
    Voice,
)
from stance.report.look import MIN_WIDTH
from stance.report.safe import one_line, visible
from stance.report.terminal import render

# Any code point at all, lone surrogates too, and what attacks are made of more often than chance would.
# fmt: off
HOSTILE = st.sampled_from([
    "\x1b[2J", "\x1b]8;;http://x\x07", "\x9b31m", "\x00", "\u202e", "\u2066", "\u200b", "\ufeff", "\ud800",
    "[/red]", "[bold]", ":smile:", "\r", "\n", "\t", " ", "漢", "👩‍👩‍👧", "e\u0301", "w" * 300, "\u2028",
    "\ue000", "\x85",
])
# fmt: on
ANY = st.lists(st.one_of(HOSTILE, st.characters(codec=None)), max_size=30).map("".join)
ENCODINGS = st.sampled_from(["utf-8", "ascii", "latin-1", "cp437", "cp1252", "shift_jis", "gb18030"])


def harmful(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@given(ANY, ENCODINGS)
def test_what_is_visible_is_harmless_and_can_be_encoded(text: str, encoding: str) -> None:
    shown = visible(text, encoding)
    assert not any(map(harmful, shown))
    shown.encode(encoding)
    assert not any(map(harmful, one_line(text, encoding)))


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E)), ENCODINGS)
def test_plain_text_stays_as_it_is(text: str, encoding: str) -> None:
    assert visible(text, encoding) == text


@given(ANY)
def test_nothing_is_hidden(text: str) -> None:
    assert len(visible(text)) >= len(text)


@st.composite
def analyses(draw: st.DrawFn) -> tuple[Analysis, Roster]:
    """Analyses whose every string is hostile and whose spans lie anywhere, also where they should not."""
    text = draw(ANY)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=4)) | {0, len(text)})
    sentences = tuple(
        Sentence(number, number, start, end, draw(st.sampled_from(SentenceKind)))
        for number, (start, end) in enumerate(pairwise(cuts), start=1)
    )
    actors = draw(st.lists(ANY.filter(bool), min_size=1, max_size=4, unique=True))
    spot = st.integers(0, len(text) + 3)
    part = st.floats(0, 1)
    scores = []
    for sentence in sentences:
        for actor in draw(st.lists(st.sampled_from(actors), max_size=3, unique=True)):
            mention = Mention(actor, draw(spot), draw(spot), sentence.id, draw(st.sampled_from(MentionKind)))
            evidence = tuple(
                Evidence(draw(spot), draw(spot), draw(ANY), draw(st.floats(-30, 30)), kind)
                for kind in draw(
                    st.lists(st.sampled_from(["cue", "words", "mention", "context"]), max_size=3)
                )
            )
            scores.append(
                Score(
                    sentence=sentence.id,
                    actor=actor,
                    label=draw(st.sampled_from(Label)),
                    score=draw(st.floats(-1, 1)),
                    p_negative=draw(part),
                    p_neutral=draw(part),
                    p_positive=draw(part),
                    confidence=draw(part),
                    abstained=draw(st.booleans()),
                    voice=draw(st.sampled_from(Voice)),
                    speaker=draw(
                        st.none() | st.builds(Speaker, ANY, spot, spot, st.none() | st.sampled_from(actors))
                    ),
                    role=draw(st.sampled_from(Role)),
                    negated=draw(st.booleans()),
                    hedged=draw(st.booleans()),
                    mention=mention,
                    intercept=draw(st.floats(-30, 30)),
                    evidence=evidence,
                )
            )
    count = st.integers(0, 10**7)
    mean = st.floats(-1, 1)
    summaries = tuple(
        ActorSummary(
            actor,
            draw(count),
            draw(mean),
            *draw(st.sampled_from([(None, None), (-1.0, 1.0), (-0.2, 0.1), (0.3, 0.3)])),
            draw(count),
            draw(count),
            draw(count),
            draw(count),
            draw(st.none() | mean),
            draw(st.none() | mean),
        )
        for actor in dict.fromkeys(score.actor for score in scores)
    )
    article = Article(
        draw(ANY), text, draw(ANY), draw(ANY), draw(ANY), draw(ANY), draw(ANY), (), (draw(ANY),)
    )
    instrument = Instrument(draw(ANY), draw(ANY), draw(ANY), draw(ANY), draw(ANY))
    mentions = tuple(score.mention for score in scores)
    roster = Roster(tuple(Actor(actor, draw(ANY) or "x", ActorKind.STATE) for actor in actors), {})
    shown = summaries if draw(st.booleans()) else ()
    return Analysis(article, instrument, sentences, mentions, (), (), tuple(scores), shown), roster


@given(analyses(), st.sampled_from([1, 7, 24, 40, 66, 80, 110, 140, 250]), ENCODINGS, st.booleans())
def test_no_analysis_breaks_a_report(
    made: tuple[Analysis, Roster], width: int, encoding: str, explain: bool
) -> None:
    analysis, roster = made
    data = io.BytesIO()
    file = io.TextIOWrapper(data, encoding=encoding, newline="\n")
    render(analysis, Console(file=file, width=width, _environ={}), explain=explain, roster=roster)
    file.flush()
    for line in data.getvalue().decode(encoding).split("\n"):
        assert not any(map(harmful, line))
        assert line == line.rstrip(" ")
        assert cell_len(line) <= max(width, MIN_WIDTH)
