from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from stance.actors.roster import Actor, Roster
from stance.records import ActorKind, Analysis, Article, Instrument
from stance.report.picture import export_svg

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

ROSTER = Roster((Actor("US", "United States", ActorKind.STATE),), {})
ANALYSIS = Analysis(
    Article("a", "Nobody.", title="<script>alert(1)</script> & \x00\ud800"),
    Instrument("1", "lexicon", "m", "l", "r"),
    (),
    (),
    (),
    (),
    (),
)


def test_a_picture_is_the_same_each_time_whatever_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export_svg(ANALYSIS, tmp_path / "a.svg", roster=ROSTER)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("COLUMNS", "33")
    export_svg(ANALYSIS, tmp_path / "b.svg", roster=ROSTER)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


def test_a_picture_is_sound_and_asks_for_nothing(tmp_path: Path) -> None:
    for light in (False, True):
        export_svg(ANALYSIS, tmp_path / "a.svg", roster=ROSTER, width=60, light=light)
        text = (tmp_path / "a.svg").read_text(encoding="utf-8")
        root = ET.fromstring(text)  # noqa: S314 - our own picture
        assert not [node for node in root.iter() if node.tag.endswith("script")]
        assert "&lt;script&gt;" in text
        assert "@font-face" not in text
        assert "url(" not in text.replace("url(#", "")
        assert text.count("http") == 1  # the namespace
