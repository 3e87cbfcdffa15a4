"""What a reader must find in a report, whatever its layout."""

from __future__ import annotations

import io
import math
import re
import subprocess
import sys
import time
from dataclasses import replace

import pytest
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
from stance.report.cards import portrayal
from stance.report.strip import lay_out
from stance.report.terminal import render

ROSTER = Roster(
    (
        Actor("US", "United States", ActorKind.STATE),
        Actor("Russia", "Russia", ActorKind.STATE),
        Actor("Fans", "[bold] Fans \x1b[5m", ActorKind.STATE),
    ),
    {},
)


def score(text: str, number: int, start: int, judged: tuple[str, float, str]) -> Score:
    actor, logit, word = judged
    neutral = 0.2
    positive = (1 - neutral) / (1 + math.exp(-logit))
    negative = 1 - neutral - positive
    at = text.index(word, start) if word else start
    return Score(
        sentence=number,
        actor=actor,
        label=Label(0 if abs(logit) < 0.3 else math.copysign(1, logit)),
        score=positive - negative,
        p_negative=negative,
        p_neutral=neutral,
        p_positive=positive,
        confidence=max(negative, positive),
        abstained=False,
        voice=Voice.AUTHOR,
        speaker=None,
        role=Role.AGENT,
        negated=False,
        hedged=False,
        mention=Mention(actor, start, start + 2, number, MentionKind.NAME),
        intercept=0.1,
        evidence=(Evidence(at, at + len(word), word, logit - 0.1, "cue"),) if word else (),
    )


def analysis(lines: list[str], judged: list[tuple[int, str, float, str]], **changes: object) -> Analysis:
    """Make an analysis of sentences and (sentence, actor, logit, word) judgements."""
    text = " ".join(lines)
    starts = [len(" ".join(lines[:index])) + bool(index) for index in range(len(lines))]
    sentences = tuple(
        Sentence(index + 1, 1, start, start + len(line), SentenceKind.BODY)
        for index, (start, line) in enumerate(zip(starts, lines, strict=True))
    )
    scores = tuple(score(text, item[0], starts[item[0] - 1], item[1:]) for item in judged)
    summaries = []
    for actor in dict.fromkeys(item.actor for item in scores):
        labels = [item.label for item in scores if item.actor == actor]
        mean = sum(item.score for item in scores if item.actor == actor) / len(labels)
        counts = (labels.count(Label.NEGATIVE), labels.count(Label.NEUTRAL), labels.count(Label.POSITIVE))
        summaries.append(ActorSummary(actor, len(labels), mean, None, None, *counts, 0, mean, None))
    made = Analysis(
        Article("a", text, title="The title"),
        Instrument("9.9", "linear", "m1", "l1", "r1"),
        sentences,
        tuple(item.mention for item in scores),
        (),
        (),
        scores,
        tuple(summaries),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def shown(made: Analysis, width: int = 80, *, explain: bool = False, **options: object) -> str:
    file = io.StringIO()
    console = Console(file=file, width=width, _environ={}, **options)  # type: ignore[arg-type]
    render(made, console, explain=explain, roster=ROSTER)
    return file.getvalue()


LINES = ["US lied again.", "Nothing here.", "Russia helped the US a lot.", "US sat there."]
MADE = analysis(
    LINES, [(1, "US", -2.0, "lied"), (3, "Russia", 2.5, "helped"), (3, "US", 0.1, ""), (4, "US", 0.0, "")]
)


def test_the_heading_says_what_was_read() -> None:
    article = replace(
        MADE.article, source="The Gazette", date="2017-05-11", encoding="cp1252", notes=("2 bytes replaced",)
    )
    head = shown(replace(MADE, article=article)).splitlines()[:3]
    assert head[0] == "The title"
    assert head[1] == "The Gazette · 11 May 2017 · 4 sentences · 14 words · read as cp1252"
    assert head[2] == "Note: 2 bytes replaced"


def test_an_article_without_a_title_is_named_by_its_file() -> None:
    made = replace(MADE, article=replace(MADE.article, title="", path="news/a.txt", date="May 2017"))
    assert shown(made).splitlines()[:2] == ["news/a.txt", "May 2017 · 4 sentences · 14 words"]


@pytest.mark.parametrize(
    ("mean", "interval", "counts", "words"),
    [
        (0.0, (0.0, 0.0), (0, 3, 0), "neutral"),
        (0.04, (0.01, 0.2), (0, 3, 0), "neutral"),
        (0.2, (0.01, 0.3), (0, 3, 1), "slightly positive"),
        (0.1498, (0.01, 0.2), (0, 3, 1), "slightly positive"),
        (0.14, (0.01, 0.2), (0, 3, 1), "neutral"),
        (-0.3, (-0.5, -0.1), (3, 1, 0), "negative"),
        (-0.2, (-0.3, -0.1), (0, 4, 0), "neutral"),
        (-0.3, (-0.7, 0.1), (3, 4, 0), "negative, uncertain"),
        (0.02, (-0.5, 0.5), (2, 1, 2), "mixed"),
        (0.02, (-0.5, 0.5), (1, 40, 1), "neutral"),
        (0.5, (None, None), (0, 0, 1), "positive, 1 sentence"),
        (None, (None, None), (0, 0, 0), "not measured"),
    ],
)
def test_portrayals_in_words(
    mean: float | None, interval: tuple[float | None, float | None], counts: tuple[int, int, int], words: str
) -> None:
    made = ActorSummary("US", sum(counts), mean, *interval, *counts, 0, None, None)
    assert portrayal(made)[1] == words


def test_a_card_has_mean_interval_counts_and_voices() -> None:
    summary = ActorSummary("US", 7, -0.21, -0.35, -0.08, 3, 2, 1, 1, -0.25, 0.1)
    report = shown(replace(MADE, actors=(summary,)))
    for words in ("United States", "7 sentences", "▼ slightly negative", "−0.21", "95%: −0.35 to −0.08"):
        assert words in report
    for words in (
        "▼ 3 negative",
        "· 2 neutral",
        "▲ 1 positive",
        "? 1 abstained",
        "author −0.25",
        "quoted +0.10",
    ):
        assert words in report


def test_cards_stand_beside_each_other_where_there_is_room() -> None:
    def titles(width: int) -> int:
        return sum("───" in line and "sentence" in line for line in shown(MADE, width).splitlines())

    assert (titles(40), titles(80)) == (2, 1)


def test_the_strip_has_a_sign_for_each_sentence_and_blanks_for_absence() -> None:
    lines = shown(MADE).splitlines()
    strip = lines.index(next(line for line in lines if line.startswith("The course")))
    assert lines[strip + 1] == "United States  ▼   · ·"
    assert lines[strip + 2] == "Russia             ▲"


def test_the_strip_is_hollow_where_only_somebody_quoted_speaks() -> None:
    quoted = tuple(replace(item, voice=Voice.QUOTED) for item in MADE.scores)
    report = shown(replace(MADE, scores=quoted))
    assert "United States  ▽   · ·" in report
    assert "▽△ only in quotation" in report


def test_long_articles_are_wrapped_and_longer_ones_binned() -> None:
    assert lay_out(30, 65).stride == 2
    assert lay_out(60, 65).columns == 60
    wrapped = lay_out(68, 65)
    assert (wrapped.size, wrapped.columns) == (1, 40)
    binned = lay_out(8_000, 65)
    assert binned.size * binned.count >= 8_000
    assert binned.count <= 65
    for room in range(1, 80):
        for sentences in range(1, 400):
            grid = lay_out(sentences, room)
            assert grid.columns * grid.stride <= max(room, 1)
            assert grid.size * grid.count >= sentences


def test_telling_sentences_come_strongest_first_with_evidence_and_voice() -> None:
    report = shown(MADE)
    told = report[report.index("strongest first") :]
    assert told.index("[▲helped]") < told.index("[▼lied]")
    assert "▲ Russia positive +0.68, by the author\n      + helped" in told
    assert "· United States neutral" in told
    assert "sat there" not in told
    assert "Not shown: 1 neutral sentence." in told


def test_a_speaker_is_named_with_his_actor_and_a_mention_with_its_words() -> None:
    text = MADE.article.text
    changed = replace(
        MADE.scores[0],
        voice=Voice.QUOTED,
        speaker=Speaker("Moscow", 0, 2, "Russia"),
        mention=Mention("US", 0, text.index(" "), 1, MentionKind.METONYM),
        hedged=True,
    )
    report = shown(replace(MADE, scores=(changed, *MADE.scores[1:])))
    assert "▽ United States (“US”) negative −0.61, in the words of “Moscow” (Russia)," in report
    assert "hedged" in report


@pytest.mark.parametrize(("weight", "named"), [(-3.0, True), (-0.2, False), (3.0, True)])
def test_what_the_article_says_elsewhere_is_named_where_it_weighs_most(weight: float, named: bool) -> None:
    one = analysis(["Russia failed."], [(1, "Russia", -1.0, "failed")])
    before = one.scores[0]
    added = Evidence(0, 14, "", weight, "article")
    report = shown(replace(one, scores=(replace(before, evidence=(*before.evidence, added)),)))
    assert ("rest of the article" in report) == named
    assert named == (f"{'+' if weight > 0 else '−'} rest of the article   − failed" in report)


def test_a_word_good_for_one_and_bad_for_another_has_both_signs() -> None:
    made = analysis(["Russia beat the US."], [(1, "Russia", 2.0, "beat"), (1, "US", -2.0, "beat")])
    assert "[▲▼beat]" in shown(made)


def test_many_sentences_are_cut_and_counted() -> None:
    lines = [f"US lied {number}." for number in range(40)]
    made = analysis(lines, [(number, "US", -2.0, "lied") for number in range(1, 41)])
    report = shown(made)
    assert report.count("[▼lied]") == 3
    assert "Not shown: 37 more sentences of this kind. --explain shows all." in report
    assert shown(made, explain=True).count("[▼lied]") == 40


def test_explanations_add_up() -> None:
    report = shown(MADE, explain=True)
    assert re.search(r"lied +cue +−2\.100 +█+▌?│", report)
    assert re.search(r"intercept +\+0\.100", report)
    assert re.search(r"sum +−2\.000 = ln\(0\.0954 / 0\.705\)", report)
    wrong = replace(MADE.scores[0], intercept=3.0)
    assert "the evidence is not complete" in " ".join(
        shown(replace(MADE, scores=(wrong,)), explain=True).split()
    )


def test_nothing_found_says_what_to_do() -> None:
    empty = replace(MADE, scores=(), mentions=(), actors=())
    report = " ".join(shown(empty).split())
    assert "No actor of the roster is mentioned in this article." in report
    assert "Looked for: United States, Russia, [bold] Fans ␛[5m." in report
    assert "--roster FILE" in report
    assert "Tags, bylines and footers" in shown(replace(MADE, scores=(), actors=()))
    assert "This article is empty." in shown(replace(empty, article=Article("a", " \n")))


def test_all_neutral_says_so() -> None:
    made = analysis(["US sat."], [(1, "US", 0.0, "")])
    assert "No sentence portrays an actor well or badly" in shown(made)


def test_the_instrument_closes_the_report() -> None:
    last = shown(MADE).splitlines()[-1]
    assert last == "stance 9.9 · classifier linear m1 · lexicons l1 · roster r1"


def test_a_file_gets_no_escapes_and_no_trailing_blanks() -> None:
    for explain in (False, True):
        report = shown(MADE, explain=explain)
        assert "\x1b" not in report
        assert all(line == line.rstrip() for line in report.splitlines())


def test_hostile_names_never_become_markup_or_escapes() -> None:
    made = analysis(["[/red] \x1b]8;;x\x07 hated \u202e it."], [(1, "Fans", -2.0, "hated")])
    report = shown(made, force_terminal=True, color_system="standard")
    # All escapes left are rich's own: colour and weight.
    assert "\x1b" not in re.sub(r"\x1b\[[0-9;]*m", "", report)
    assert "[bold] Fans ␛[5m" in report
    assert "<U+202E>" in report
    assert "\x07" not in report


def test_without_colour_signs_and_weight_remain() -> None:
    report = shown(MADE, force_terminal=True, color_system="standard", no_color=True)
    codes = set(re.findall(r"\x1b\[([0-9;]*)m", report))
    assert codes <= {"0", "1", "4"}
    assert "▼lied" in re.sub(r"\x1b\[[0-9;]*m", "", report)


def test_colours_are_two_of_the_sixteen_and_never_dim() -> None:
    report = shown(MADE, force_terminal=True, color_system="standard")
    codes = {code for group in re.findall(r"\x1b\[([0-9;]*)m", report) for code in group.split(";")}
    assert codes <= {"0", "1", "4", "91", "94"}


def test_an_endless_sentence_is_cut() -> None:
    made = analysis(["US lied " + "x" * 100_000], [(1, "US", -2.0, "lied")])
    report = shown(made)
    assert len(report) < 5_000
    assert "(99,108 more characters)" in " ".join(report.split())


def test_a_summary_takes_no_longer_than_reading_it() -> None:
    lines = [f"US lied {number} times, {'and so on ' * 8}." for number in range(10_000)]
    text = " ".join(lines)
    made = analysis(["US lied."], [(1, "US", -2.0, "lied")])
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    first = made.scores[0]
    made = replace(
        made,
        article=replace(made.article, text=text),
        sentences=tuple(
            Sentence(number, 1, start, start + len(line), SentenceKind.BODY)
            for number, (start, line) in enumerate(zip(starts, lines, strict=True), start=1)
        ),
        scores=tuple(
            replace(
                first,
                sentence=number,
                evidence=(replace(first.evidence[0], start=start + 3, end=start + 7),),
                mention=replace(first.mention, start=start, end=start + 2, sentence=number),
            )
            for number, start in enumerate(starts, start=1)
        ),
    )
    begun = time.perf_counter()
    shown(made)
    assert time.perf_counter() - begun < 2


def test_reports_need_no_heavy_library() -> None:
    code = (
        "import sys, stance.report.terminal, stance.report.picture\n"
        "print([name for name in ('numpy', 'sklearn', 'nltk') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
