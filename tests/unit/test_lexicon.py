"""Lexicon files: their format, their errors, and how entries match."""

from pathlib import Path

import pytest

from stance.errors import LexiconError
from stance.language.lexicon import Lexicon, load_lexicon
from stance.language.patterns import BASE, MAX_GAP, PARTICIPLE, PAST, PROGRESSIVE, THIRD, Index
from stance.language.words import words_of
from stance.resources import data_folder

VERBS = "entry\tpos\tagent\tpatient\tbearer\tnote\n"
MODIFIERS = "entry\tpos\tkind\tfactor\tnote\nnot\tfixed\tnegator\t-1\t\n"
SPEECH = "entry\tpos\tkind\tnote\nsay\tverb\tneutral\t\n"


def folder(path: Path, *lines: str, modifiers: str = MODIFIERS, speech: str = SPEECH) -> Path:
    (path / "verbs.tsv").write_text(VERBS + "".join(line + "\n" for line in lines))
    (path / "modifiers.tsv").write_text(modifiers)
    (path / "speech.tsv").write_text(speech)
    return path


def test_a_lexicon_of_ones_own(tmp_path: Path) -> None:
    lexicon = load_lexicon(folder(tmp_path, "# a comment", "dither\tverb\t-1\t\t\tto waver"))
    entry = lexicon.entries[0]
    assert (entry.entry, entry.part, entry.agent, entry.patient, entry.bearer) == ("dither", "verb", -1, 0, 0)
    assert (entry.file, entry.line, entry.note) == ("verbs.tsv", 3, "to waver")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("dither\tverb\t-1\t\t", "5 columns"),
        ("dither\tverb\t-1\t\t\tnote\tmore", "7 columns"),
        ("", "1 columns"),
        ("Dither\tverb\t-1\t\t\t", "lower case"),
        (" dither\tverb\t-1\t\t\t", "lower case"),
        ("dither  about\tverb\t-1\t\t\t", "single spaces"),
        ("dither\tparticle\t-1\t\t\t", "part of speech"),
        ("dither\tverb\t-4\t\t\t", "-3 to 3"),
        ("dither\tverb\t1.5\t\t\t", "-3 to 3"),
        ("dither\tverb\tbad\t\t\t", "-3 to 3"),
        ("dither\tverb\t\t\t\t", "nothing about anybody"),
        ("_ dither\tverb\t-1\t\t\t", "gap"),
        ("dither _\tverb\t-1\t\t\t", "gap"),
        ("dither _ _ about\tverb\t-1\t\t\t", "gap"),
        ("a _ b _ c _ d _ e\tverb\t-1\t\t\t", "gap"),
    ],
)
def test_a_line_that_breaks_the_format_is_named(tmp_path: Path, line: str, reason: str) -> None:
    with pytest.raises(LexiconError, match=reason) as caught:
        load_lexicon(folder(tmp_path, line))
    assert "verbs.tsv:2" in str(caught.value)


@pytest.mark.parametrize(
    ("second", "reason"),
    [("dither\tverb\t-1\t\t\t", "stands twice"), ("dither\tverb\t2\t\t\t", "contradicts itself")],
)
def test_an_entry_stands_once(tmp_path: Path, second: str, reason: str) -> None:
    with pytest.raises(LexiconError, match=reason):
        load_lexicon(folder(tmp_path, "dither\tverb\t-1\t\t\t", second))


def test_one_word_may_be_two_parts_of_speech(tmp_path: Path) -> None:
    lexicon = load_lexicon(folder(tmp_path, "dither\tverb\t-1\t\t\t", "dither\tnoun\t-1\t\t\t"))
    assert {reading.item.part for reading in lexicon.evaluative.single("dither")} == {"verb", "noun"}


@pytest.mark.parametrize(
    ("modifiers", "reason"),
    [
        ("entry\tpos\tkind\n", "header"),
        ("", "empty"),
        ("entry\tpos\tkind\tfactor\tnote\nnot\tadverb\tnegator\t-1\t\n", "part of speech"),
        ("entry\tpos\tkind\tfactor\tnote\nnot\tfixed\tdenier\t-1\t\n", "kind"),
        ("entry\tpos\tkind\tfactor\tnote\nnot\tfixed\tnegator\tnan\t\n", "factor"),
        ("entry\tpos\tkind\tfactor\tnote\nnot\tfixed\tnegator\t9\t\n", "factor"),
    ],
)
def test_modifiers_are_checked(tmp_path: Path, modifiers: str, reason: str) -> None:
    with pytest.raises(LexiconError, match=reason):
        load_lexicon(folder(tmp_path, "dither\tverb\t-1\t\t\t", modifiers=modifiers))


@pytest.mark.parametrize("line", ["say\tadverb\tneutral\t", "say\tverb\tloud\t"])
def test_reporting_words_are_checked(tmp_path: Path, line: str) -> None:
    with pytest.raises(LexiconError, match="known are"):
        load_lexicon(folder(tmp_path, "dither\tverb\t-1\t\t\t", speech=f"entry\tpos\tkind\tnote\n{line}\n"))


@pytest.mark.parametrize("name", ["verbs.tsv", "modifiers.tsv", "speech.tsv"])
def test_a_missing_file_is_an_error(tmp_path: Path, name: str) -> None:
    (folder(tmp_path, "dither\tverb\t-1\t\t\t") / name).unlink()
    with pytest.raises(LexiconError):
        load_lexicon(tmp_path)


def test_a_file_that_is_no_utf8_is_an_error(tmp_path: Path) -> None:
    (folder(tmp_path, "dither\tverb\t-1\t\t\t") / "verbs.tsv").write_bytes(b"\xff\xfe")
    with pytest.raises(LexiconError, match="UTF-8"):
        load_lexicon(tmp_path)


def test_the_digest_follows_the_contents(tmp_path: Path) -> None:
    first = load_lexicon(folder(tmp_path, "dither\tverb\t-1\t\t\t")).digest
    assert load_lexicon(folder(tmp_path, "dither\tverb\t-1\t\t\t")).digest == first
    assert load_lexicon(folder(tmp_path, "dither\tverb\t-2\t\t\t")).digest != first


def index(*entries: str, part: str = "verb") -> Index[str]:
    return Index((entry, entry, part) for entry in entries)


def match(table: Index[str], text: str) -> str | None:
    """The words of the longest match that begins at the text's first word."""
    words = words_of(text)
    found = table.longest(words, 0, len(words))
    return None if found is None else " ".join(words[place] for place in found[1])


@pytest.mark.parametrize(
    ("word", "form"),
    [("steal", BASE), ("steals", THIRD), ("stole", PAST), ("stolen", PARTICIPLE), ("stealing", PROGRESSIVE)],
)
def test_a_reading_knows_its_form(word: str, form: str) -> None:
    assert [reading.form for reading in index("steal").single(word)] == [form]


def test_a_word_that_is_no_form_has_no_reading() -> None:
    assert index("steal").single("steel") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gave him a free pass", "gave a free pass"),
        ("gives the ruler of a state a free pass", "gives a free pass"),
        ("gave the old king a free pass", "gave a free pass"),
        ("gave a king a free pass", "gave a free pass"),
        ("gave a free pass", None),
        ("gave him. A free pass", None),
        ("gave . him a free pass", None),
        ("give", None),
    ],
)
def test_gaps(text: str, expected: str | None) -> None:
    assert match(index("give _ a free pass"), text) == expected


def test_a_gap_of_its_greatest_length() -> None:
    table = index("take _ to task")
    assert match(table, "took " + "very " * MAX_GAP + "to task") == "took to task"
    assert match(table, "took " + "very " * (MAX_GAP + 1) + "to task") is None


def test_a_gap_tries_again_where_the_rest_does_not_match() -> None:
    assert match(index("take _ to task"), "took him to court to task") == "took to task"


def test_the_longest_entry_wins() -> None:
    table = index("back down", "back down from _ threat")
    assert match(table, "backed down from its threat") == "backed down from threat"
    assert match(table, "backed down from its plan") == "backed down"


def test_a_match_ends_before_the_sentence_does() -> None:
    words = words_of("back down")
    assert index("back down").longest(words, 0, 1) is None


@pytest.mark.parametrize(
    ("entry", "part", "text"),
    [
        ("witch hunt", "noun", "witch hunts"),
        ("slap in the face", "noun", "slaps in the face"),
        ("about-face", "verb", "about-faced"),
        ("be caught red-handed", "verb", "was caught red-handed"),
        ("all but lie*", "verb", "all but lied"),
        ("so-called", "phrase", "so-called"),
    ],
)
def test_which_word_of_an_expression_inflects(entry: str, part: str, text: str) -> None:
    assert match(index(entry, part=part), text) == " ".join(words_of(text))


@pytest.mark.parametrize(
    ("entry", "part", "text"), [("witch hunt", "noun", "witches hunt"), ("so far", "fixed", "sos far")]
)
def test_which_word_does_not(entry: str, part: str, text: str) -> None:
    assert match(index(entry, part=part), text) is None


@pytest.fixture(scope="module")
def built_in() -> Lexicon:
    return load_lexicon(data_folder("lexicons"))


def test_the_built_in_entries_keep_their_own_rules(built_in: Lexicon) -> None:
    assert len(built_in.entries) > 5_000
    for entry in built_in.entries:
        assert any((entry.agent, entry.patient, entry.bearer)), entry
        if entry.part == "adv":
            assert not entry.patient, entry


def test_every_built_in_entry_matches_itself(built_in: Lexicon) -> None:
    lost = []
    for entry in built_in.entries:
        words = words_of(entry.entry.replace("*", "").replace("_", "something"))
        if len(words) == 1:
            found = any(reading.item is entry for reading in built_in.evaluative.single(words[0]))
        else:
            found = (
                any(reading.item is entry for reading in built_in.evaluative.at(words[0])[1])
                and built_in.evaluative.longest(words, 0, len(words)) is not None
            )
        if not found:
            lost.append(entry.entry)
    assert lost == []


def test_no_entry_names_an_actor(built_in: Lexicon) -> None:
    names = {
        "obama",
        "trump",
        "putin",
        "russia",
        "russian",
        "america",
        "american",
        "kremlin",
        "washington",
        "moscow",
    }
    named = [entry.entry for entry in built_in.entries if names & set(words_of(entry.entry))]
    # Homographs, which match only where nobody is mentioned.
    assert named == ["play russian roulette with", "trump up"]
