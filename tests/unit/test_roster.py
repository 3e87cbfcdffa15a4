"""Rosters: what is read, and what is refused with which reason."""

import datetime as dt
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from stance.actors.roster import Roster, surface_words
from stance.actors.roster_file import load_roster, parse_roster
from stance.errors import RosterError
from stance.records import ActorKind, MentionKind
from stance.resources import data_folder


def actor(**changes: Any) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": "Kalda", "name": "Kalda", "kind": "state", "forms": {"name": ["Kalda"]}}
    return {key: value for key, value in (entry | changes).items() if value is not None}


def parse(*entries: Any, **changes: Any) -> Roster:
    return parse_roster({"schema": "stance.roster/1", "actor": list(entries), **changes})


def office(start: Any, end: Any = None, **changes: Any) -> dict[str, Any]:
    entry = {"title": "President", "state": "Kalda", "from": start} | (
        {"until": end} if end is not None else {}
    )
    return entry | changes


def test_a_roster_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "roster.toml"
    path.write_text(
        """
        schema = "stance.roster/1"
        [[actor]]
        id = "Kalda"
        name = "Republic of Kalda"
        kind = "state"
        [actor.forms]
        name = ["Kalda"]
        metonym = ["Port Kalda"]
        exclude = ["Kalda Airlines"]
        [[actor]]
        id = "Orm"
        name = "Ida Orm"
        kind = "person"
        parent = "Kalda"
        surname = "Orm"
        given = ["Ida"]
        [actor.forms]
        name = ["Ida Orm", "Orm"]
        [[actor.office]]
        title = "President"
        state = "Kalda"
        from = 2009-01-20
        until = 2017-01-20
        """
    )
    roster = load_roster(path)
    assert roster.ids == ("Kalda", "Orm")
    orm = roster.actor("Orm")
    assert (orm.kind, orm.parent, orm.given) == (ActorKind.PERSON, "Kalda", {"Ida"})
    assert orm.held("president", dt.date(2009, 1, 20)) is not None
    assert orm.held("president", dt.date(2017, 1, 20)) is None
    assert orm.held("chancellor", dt.date(2010, 1, 1)) is None
    found = roster.longest(["Port", "Kalda", "shut"], 0, 3)
    assert found is not None
    assert found.hits == (("Kalda", MentionKind.METONYM),)
    assert roster.longest(["Port", "Kalda"], 0, 1) is None
    excluded = roster.longest(["Kalda", "Airlines"], 0, 2)
    assert excluded is not None
    assert excluded.hits == ()
    with pytest.raises(KeyError):
        roster.actor("Nobody")


def test_the_built_in_roster() -> None:
    roster = load_roster(data_folder("lexicons") / "roster.toml")
    assert roster.ids == ("US", "Russia", "Obama", "Trump")


def test_a_form_under_two_actors_mentions_both() -> None:
    roster = parse(actor(), actor(id="Orm", forms={"institution": ["Kalda"], "name": ["Orm"]}))
    found = roster.longest(["Kalda"], 0, 1)
    assert found is not None
    assert [hit[0] for hit in found.hits] == ["Kalda", "Orm"]


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("Kalda", "KALDA"),
        ("the Council", "The Council"),
        ("the Council", "THE COUNCIL"),
        ("Kalda's Council", "Kalda’s Council"),
        ("Kalda’s Council", "Kalda's Council"),
    ],
)
def test_spellings_of_a_form(form: str, text: str) -> None:
    roster = parse(actor(forms={"name": [form]}))
    words = [word.replace("’", "'") for word in text.replace("’s", " ’s").replace("'s", " 's").split()]
    assert roster.longest(words, 0, len(words)) is not None


@pytest.mark.parametrize(("form", "text"), [("Kalda", "kalda"), ("UK", "uk"), ("Kalda", "Kaldan")])
def test_what_is_no_spelling_of_a_form(form: str, text: str) -> None:
    assert parse(actor(forms={"name": [form]})).longest([text], 0, 1) is None


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        ([], "no .*actor"),
        (["Kalda"], "double brackets"),
        ([actor(), actor()], "two actors have the id 'Kalda'"),
        ([actor(id="")], "needs an `id`"),
        ([actor(id=7)], "needs an `id`"),
        ([actor(id="a\x1b[2J")], "needs an `id`"),
        ([actor(id="x" * 65)], "needs an `id`"),
        ([actor(name=None)], "needs a `name`"),
        ([actor(kind="party")], "person or state"),
        ([actor(kind=None)], "person or state"),
        ([actor(kind=["state"])], "person or state"),
        ([actor(alias=["K"])], "unknown key 'alias'"),
        ([actor(parent="Nowhere")], "unknown parent"),
        ([actor(surname=["Orm"])], "words in quotation marks"),
        ([actor(given="Ida")], "list of words"),
        ([actor(forms=None)], "at least one form"),
        ([actor(forms={})], "at least one form"),
        ([actor(forms={"name": []})], "at least one form"),
        ([actor(forms={"exclude": ["Kalda Airlines"]})], "at least one form"),
        ([actor(forms={"name": ["Kalda"], "nickname": ["K"]})], "unknown kind of form 'nickname'"),
        ([actor(forms={"name": ["Kalda"], "pronoun": ["it"]})], "unknown kind of form 'pronoun'"),
        ([actor(forms={"name": ["Kalda", ""]})], "list of words"),
        ([actor(forms={"name": ["Kalda", " "]})], "list of words"),
        ([actor(forms={"name": ["Kalda", 7]})], "list of words"),
        ([actor(forms={"name": "Kalda"})], "list of words"),
        ([actor(forms={"name": ["Kalda"], "alias": ["Kalda"]})], "under `name` and under `alias`"),
        ([actor(parent="Kalda")], "parents in a circle: Kalda -> Kalda"),
        (
            [actor(id="A", parent="B"), actor(id="B", parent="C"), actor(id="C", parent="B")],
            "parents in a circle: B -> C -> B",
        ),
        ([actor(forms={"name": ["Kalda", "Kal.*"]})], "looks like a pattern"),
        ([actor(forms={"name": ["Kalda", r"K\w+"]})], "looks like a pattern"),
        ([actor(forms={"name": ["Kalda", "Kald[ai]"]})], "looks like a pattern"),
        ([actor(forms={"name": ["Kalda", "(Kalda|Kaldi)"]})], "looks like a pattern"),
        ([actor(forms={"name": ["Kalda", "Kalda$"]})], "looks like a pattern"),
        ([actor(official=3)], "list of tables"),
        ([actor(official=[{"from": dt.date(2009, 1, 20)}])], "needs `names`"),
        ([actor(official=[{"names": ["Ida Orm"]}])], "'Ida Orm': needs `from`"),
        ([actor(official=[{"names": ["Ida Orm"], "from": "2009"}])], "as dates"),
        (
            [actor(official=[{"names": ["Ida Orm"], "office": 1, "from": dt.date(2009, 1, 20)}])],
            "an `office`",
        ),
        ([actor(official=[{"names": ["Ida Orm"], "since": 1}])], "unknown key 'since'"),
        (
            [actor(forms={"name": ["Orm"]}, official=[{"names": ["Orm"], "from": dt.date(2009, 1, 20)}])],
            "under `official with a term` and under `name`",
        ),
        ([actor(office=3)], "double brackets"),
        ([actor(office={"title": "President"})], "double brackets"),
        ([actor(office=[office("2009-01-20")])], "as dates"),
        ([actor(office=[office(dt.datetime(2009, 1, 20, 12, 0))])], "as dates"),
        ([actor(office=[office(dt.date(2009, 1, 20), 2017)])], "as dates"),
        ([actor(office=[office(None)])], "as dates"),
        ([actor(office=[office(dt.date(2009, 1, 20), dt.date(2009, 1, 20))])], "ends before it begins"),
        ([actor(office=[office(dt.date(2009, 1, 20), title="")])], "title"),
        ([actor(office=[office(dt.date(2009, 1, 20), title=None)])], "title"),
        ([actor(office=[office(dt.date(2009, 1, 20), since=1)])], "unknown key 'since'"),
    ],
)
def test_what_is_refused(entries: list[Any], reason: str) -> None:
    with pytest.raises(RosterError, match=reason) as caught:
        parse(*entries)
    assert "\n" not in str(caught.value)
    assert "\x1b" not in str(caught.value)


def test_an_unknown_key_at_the_top() -> None:
    with pytest.raises(RosterError, match="unknown key 'actors'"):
        parse(actor(), actors=[])


@pytest.mark.parametrize("schema", [None, "stance.roster/2", 1])
def test_another_schema(schema: Any) -> None:
    with pytest.raises(RosterError, match="schema"):
        parse_roster({"schema": schema, "actor": [actor()]})


def test_two_holders_of_one_office_at_a_time() -> None:
    first = actor(id="A", office=[office(dt.date(2009, 1, 20), dt.date(2013, 1, 20))])
    late = actor(id="B", office=[office(dt.date(2013, 1, 20))])
    early = actor(id="B", office=[office(dt.date(2013, 1, 19))])
    abroad = actor(id="B", office=[office(dt.date(2013, 1, 19), state="Orm")])
    assert parse(first, late).ids == ("A", "B")
    assert parse(first, abroad).ids == ("A", "B")
    with pytest.raises(RosterError, match="'A' and 'B' both hold the office 'president' on 2013-01-19"):
        parse(first, early)


@pytest.mark.parametrize(
    "text", ["[[actor", "schema = ", "x = " + "9" * 5_000, "x = " + "[" * 5_000, "d = 2009-13-45", "\x00"]
)
def test_a_file_that_is_no_toml(tmp_path: Path, text: str) -> None:
    path = tmp_path / "roster.toml"
    path.write_text(text)
    with pytest.raises(RosterError, match="TOML"):
        load_roster(path)


def test_a_file_that_is_missing_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(RosterError, match="no such roster"):
        load_roster(tmp_path / "none.toml")
    with pytest.raises(RosterError, match="cannot be read"):
        load_roster(tmp_path)
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RosterError, match="cannot be read"):
        load_roster(tmp_path / "binary.toml")


def test_five_thousand_actors_are_read_and_matched_fast() -> None:
    names = [f"Ann Actor{number}" for number in range(5_000)]
    entries = [
        actor(id=name, name=name, kind="person", surname=name[4:], forms={"name": [name, name[4:]]})
        for name in names
    ]
    words = surface_words(names[-1]) * 2_000
    begun = time.process_time()
    roster = parse(*entries)
    found = [roster.longest(words, place, len(words)) for place in range(0, len(words), 3)]
    assert time.process_time() - begun < 2
    assert all(form is not None and form.hits[0][0] == names[-1] for form in found)


def test_the_example_in_the_documentation_is_sound() -> None:
    text = (Path(__file__).parents[2] / "docs" / "roster.md").read_text(encoding="utf-8")
    example = text.partition("```toml\n")[2].partition("```")[0]
    roster = parse_roster(tomllib.loads(example))
    assert roster.ids == ("Kalda", "Reed")
    assert roster.actor("Reed").held("president", dt.date(2016, 1, 1)) is not None
