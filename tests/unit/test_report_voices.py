"""The table of who speaks of whom: rows, means, and what does not fit."""

from dataclasses import replace

from test_report_terminal import MADE, shown

from stance.records import Analysis, Score, Speaker, Voice


def quoted(made: Analysis, *speakers: Speaker | None) -> Analysis:
    """Put the first scores into the mouths of speakers."""
    scores: list[Score] = list(made.scores)
    for place, speaker in enumerate(speakers):
        scores[place] = replace(scores[place], voice=Voice.QUOTED, speaker=speaker)
    return replace(made, scores=tuple(scores))


def table(made: Analysis, width: int = 80) -> list[str]:
    lines = shown(made, width).splitlines()
    begin = next((place for place, line in enumerate(lines) if line.startswith("Who speaks")), len(lines))
    end = next((place for place in range(begin, len(lines)) if not lines[place].strip()), len(lines))
    return lines[begin:end]


def test_each_speaker_has_a_row_and_the_author_comes_first() -> None:
    made = quoted(MADE, Speaker("Ada Quill", 0, 9), Speaker("Lavrov", 0, 6, "Russia"), None)
    rows = [line.split() for line in table(made)[2:]]
    assert [row[0] for row in rows] == ["the", "Ada", "Russia", "nobody"]
    assert rows[0][:2] == ["the", "author"]
    assert rows[1][-1] == rows[2][-1] == "(1)"
    assert rows[1][2].startswith("−")
    assert rows[2][1].startswith("+")


def test_hardly_any_quotation_makes_no_table() -> None:
    assert table(MADE) == []
    assert table(quoted(MADE, Speaker("Ada Quill", 0, 9))) == []


def test_what_does_not_fit_is_named() -> None:
    made = quoted(MADE, Speaker("Ada Quill", 0, 9), Speaker("Lavrov", 0, 6, "Russia"))
    narrow = table(made, 30)
    assert "Not shown: Russia." in " ".join(narrow)
    assert all(len(line) <= 30 for line in narrow)
    assert "Not shown" not in " ".join(table(made, 80))


def test_a_speaker_cannot_reach_the_terminal() -> None:
    made = quoted(MADE, Speaker("[red]\x1b[5mAda", 0, 9), Speaker("[red]\x1b[5mAda", 0, 9))
    assert "\x1b" not in "".join(table(made))
    assert "[red]" in "".join(table(made))
