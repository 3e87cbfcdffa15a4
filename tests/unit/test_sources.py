"""Every lexicon says where it comes from, and every source that is named is there."""

import tomllib

from stance.resources import data_folder

FOLDER = data_folder("lexicons")
SOURCES = tomllib.loads((FOLDER / "sources.toml").read_text(encoding="utf-8"))["source"]


def test_every_file_is_named_once() -> None:
    files = {path.name for path in FOLDER.iterdir() if path.is_file()} - {"README.md", "sources.toml"}
    assert sorted(source["file"] for source in SOURCES) == sorted(files)


def test_every_source_has_title_origin_and_licence() -> None:
    for source in SOURCES:
        assert all(source[key].strip() for key in ("title", "origin", "licence")), source
        assert isinstance(source["reference"], str)


def test_tables_are_sorted_and_hold_nothing_odd() -> None:
    for path in FOLDER.glob("*.tsv"):
        text = path.read_text(encoding="utf-8")
        assert "\r" not in text
        assert text.endswith("\n")
        entries = [line.split("\t")[0] for line in text.splitlines()[1:] if not line.startswith("#")]
        assert entries == sorted(entries), path.name
