"""The lexicons of frames: what is refused, with file and line. All entries are made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from stance.categories import Axis, Function, Generic, Issue
from stance.errors import LexiconError
from stance.frames.lexicon import load_frame_lexicon
from stance.language.lexicon import Entry
from stance.research.lexicon_check import check_lexicons, explain_word
from stance.resources import data_folder, load_resources

AXES = [f"zig{axis.value}\tverb\t{axis.value}\t-2\t\t\tnote" for axis in Axis]
FRAMES = [
    f"zag{frame.value}\tnoun\t{frame.value}\t2\tnote"
    for frame in (*Issue, Generic.CONFLICT, Generic.HUMAN_INTEREST)
]
FUNCTIONS = [f"zog{function.value}\tnoun\t{function.value}\tbearer\tnote" for function in Function]


def folder(
    path: Path, axes: list[str] = AXES, frames: list[str] = FRAMES, functions: list[str] = FUNCTIONS
) -> Path:
    """Write the three files with their headers."""
    for name, header, lines in (
        ("axes", "entry\tpos\taxis\tagent\tpatient\tbearer\tnote", axes),
        ("issues", "entry\tpos\tframe\tweight\tnote", frames),
        ("functions", "entry\tpos\tfunction\tholder\tnote", functions),
    ):
        (path / f"{name}.tsv").write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return path


def test_what_is_read(tmp_path: Path) -> None:
    more = ["dither\tverb\tstrength\t-2\t\t\tnote", "dither\tverb\tcompetence\t-1\t\t\tnote"]
    known = Entry("dither", "verb", -1, 0, 0, "", "verbs.tsv", 2)
    lexicon = load_frame_lexicon(folder(tmp_path, [*AXES, *more]), [known])
    assert lexicon.axes["dither", "verb"] == {Axis.STRENGTH: (-2, 0, 0), Axis.COMPETENCE: (-1, 0, 0)}
    # What the evaluative lexicon has is matched there already.
    assert not lexicon.portraying.single("dither")
    assert [reading.item.entry for reading in lexicon.portraying.single("zigstrength")] == ["zigstrength"]
    (reading,) = lexicon.matter.single("zagsecurity")
    assert reading.item.weights == ((Issue.SECURITY, 2),)
    (reading,) = lexicon.matter.single("zogcause")
    assert reading.item.functions == ((Function.CAUSE, "bearer"),)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("x\tverb\tbravery\t1\t\t\tn", "axes.tsv:8: unknown axis 'bravery'; known are cooperation, strength"),
        ("x\tword\tstrength\t1\t\t\tn", "axes.tsv:8: part of speech 'word'"),
        ("x\tverb\tstrength\t4\t\t\tn", "axes.tsv:8: agent, patient and bearer are whole numbers"),
        ("x\tverb\tstrength\t\t\t\tn", "axes.tsv:8: 'x' says nothing about anybody"),
        ("x\tverb\tstrength\t1\t\tn", "axes.tsv:8: 6 columns where 7 belong"),
        (AXES[1], "axes.tsv:8: 'zigstrength' (verb, strength) stands twice; see line 3"),
        (
            AXES[1].replace("-2", "2"),
            "axes.tsv:8: 'zigstrength' (verb, strength) contradicts itself; see line 3",
        ),
    ],
)
def test_axes_that_are_refused(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(LexiconError) as caught:
        load_frame_lexicon(folder(tmp_path, [*AXES, line]), [])
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("x\tnoun\tsport\t1\tn", "issues.tsv:16: unknown issue 'sport'; known are economy"),
        ("x\tnoun\tlaw\t4\tn", "issues.tsv:16: weight '4' is not 1, 2 or 3"),
        (
            FRAMES[0].replace("\t2\t", "\t1\t"),
            "issues.tsv:16: 'zageconomy' (noun, economy) contradicts itself; see line 2",
        ),
    ],
)
def test_issues_that_are_refused(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(LexiconError) as caught:
        load_frame_lexicon(folder(tmp_path, frames=[*FRAMES, line]), [])
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("x\tnoun\tadvice\t\tn", "functions.tsv:6: unknown function 'advice'"),
        ("x\tnoun\tcause\tnobody\tn", "functions.tsv:6: holder 'nobody'; known are agent, patient, bearer"),
        (
            FUNCTIONS[1].replace("bearer", "agent"),
            "functions.tsv:6: 'zogcause' (noun, cause) contradicts itself",
        ),
    ],
)
def test_functions_that_are_refused(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(LexiconError) as caught:
        load_frame_lexicon(folder(tmp_path, functions=[*FUNCTIONS, line]), [])
    assert message in str(caught.value)


def test_a_category_without_entries_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"axes.tsv: no entry for 'victimhood'; add some"):
        load_frame_lexicon(folder(tmp_path, axes=AXES[:-1]), [])
    with pytest.raises(LexiconError, match=r"issues.tsv: no entry for 'economy'"):
        load_frame_lexicon(folder(tmp_path, frames=FRAMES[1:]), [])
    with pytest.raises(LexiconError, match=r"functions.tsv: no entry for 'remedy'"):
        load_frame_lexicon(folder(tmp_path, functions=FUNCTIONS[:-1]), [])
    with pytest.raises(LexiconError, match=r"axes.tsv: this lexicon is missing"):
        load_frame_lexicon(tmp_path / "nowhere", [])


def test_stances_own_are_sound_and_explained() -> None:
    assert check_lexicons(data_folder("lexicons")).findings == ()
    resources = load_resources(classifier="lexicon")
    lines = explain_word(resources.lexicon, "bullied", resources.framing.frames)
    assert any("cooperation: agent hostile" in line for line in lines)
    assert any(
        "problem of its bearer" in line
        for line in explain_word(resources.lexicon, "threat", resources.framing.frames)
    )
