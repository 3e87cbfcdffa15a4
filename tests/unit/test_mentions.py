"""Who is mentioned; beside each rule a look-alike that mentions nobody. All sentences are made up."""

import time
from dataclasses import replace

import pytest
from looking import Look

from stance.actors.confidence import confidence_of
from stance.records import MentionKind, Rule
from stance.resources import Resources


def mentions(look: Look, text: str, date: str = "") -> list[tuple[str, str]]:
    return [(found.actor, text[found.start : found.end]) for found in look(text, date).mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russia spoke.", [("Russia", "Russia")]),
        ("Obama's plan", [("Obama", "Obama")]),
        ("Obama’s plan", [("Obama", "Obama")]),
        ("OBAMA AND TRUMP MEET IN RUSSIA", [("Obama", "OBAMA"), ("Trump", "TRUMP"), ("Russia", "RUSSIA")]),
        ("US-Russia talks began.", [("US", "US"), ("Russia", "Russia")]),
        ("It told us that the US would leave.", [("US", "US")]),
        ("The U.S. left.", [("US", "U.S.")]),
        ("He lives in the U.S.", [("US", "U.S.")]),
        ("an anti-American speech", [("US", "anti-American")]),
        ("Anti-American speeches", [("US", "Anti-American")]),
        ("pro-Russian rebels", [("Russia", "pro-Russian")]),
        ("Uncle Sam paid.", [("US", "Uncle Sam")]),
        ("Americans paid.", [("US", "Americans")]),
        ("The Kremlin paid.", [("Russia", "The Kremlin")]),
        ("Donald J. Trump paid.", [("Trump", "Donald J. Trump")]),
        ("Mr. Trump paid.", [("Trump", "Trump")]),
        ("Barack Obama paid.", [("Obama", "Barack Obama")]),
        ("The White House paid.", [("US", "White House")]),
        ("Secretary of State Rex Tillerson paid.", [("US", "Secretary of State"), ("US", "Rex Tillerson")]),
        ("Vladimir Putin paid.", [("Russia", "Vladimir Putin")]),
        ("_Trump_ paid.", [("Trump", "Trump")]),
    ],
)
def test_names_and_their_like(look: Look, text: str, expected: list[tuple[str, str]]) -> None:
    assert mentions(look, text) == expected


def test_an_administration_is_the_states_and_its_presidents(look: Look) -> None:
    text = "The Trump administration paid."
    assert mentions(look, text) == [("US", "Trump administration"), ("Trump", "Trump administration")]


@pytest.mark.parametrize(
    "text",
    [
        "It told us nothing.",
        "The Washington Post paid.",
        "THE WASHINGTON POST paid.",
        "He moved to Moscow, Idaho, last year.",
        "Michelle Obama paid.",
        "Mrs. Obama paid.",
        "Mrs Trump paid.",
        "Judd Trump won the frame.",
        "Fred C. Trump built houses.",
        "Kevin Trump paid.",
        "Trump Tower is tall.",
        "Donald Trump Jr. paid.",
        "They trumped the offer.",
        "Obamacare was repealed.",
        "South American farmers paid.",
        "An African-American church was built.",
        "USA Today was sold.",
        "George Washington crossed the river.",
        "A game of Russian roulette ended.",
        "russia and trump in small letters",
    ],
)
def test_namesakes_and_others(look: Look, text: str) -> None:
    assert mentions(look, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("U.S. President Donald Trump paid.", [("Trump", "Donald Trump")]),
        ("U.S. PRESIDENT DONALD TRUMP PAID", [("Trump", "DONALD TRUMP")]),
        ("American President Barack Obama paid.", [("Obama", "Barack Obama")]),
        ("US president Trump paid.", [("Trump", "Trump")]),
        ("U.S. presidents paid.", [("US", "U.S.")]),
    ],
)
def test_a_state_before_a_presidents_name_only_says_which(
    look: Look, text: str, expected: list[tuple[str, str]]
) -> None:
    assert mentions(look, text) == expected


@pytest.mark.parametrize(
    ("date", "holder"),
    [
        ("2009-01-19", []),
        ("2009-01-20", ["Obama"]),
        ("2017-01-19T23:59", ["Obama"]),
        ("2017-01-20", ["Trump"]),
        ("2023-05-01", []),
        ("2026-05-01", ["Trump"]),
    ],
)
def test_the_president_by_date(look: Look, date: str, holder: list[str]) -> None:
    text = "The president signed the bill."
    found = look(text, date).mentions
    assert [mention.actor for mention in found] == holder
    assert all(text[mention.start : mention.end] == "The president" for mention in found)
    assert all(mention.kind is MentionKind.ROLE for mention in found)


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("President Obama came. The president signed.", "Obama"),
        ("President Donald Trump came. The president signed.", "Trump"),
        ("Pres. Obama came. The president signed.", "Obama"),
        ("President Obama met President Trump. The president signed.", None),
        ("Obama came. The president signed.", None),
    ],
)
@pytest.mark.parametrize("date", ["", "May 2016"])
def test_the_president_without_a_date_is_whom_the_text_calls_so(
    look: Look, text: str, holder: str | None, date: str
) -> None:
    roles = [mention.actor for mention in look(text, date).mentions if mention.kind is MentionKind.ROLE]
    assert roles == ([holder] if holder else [])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The president signed.", "The president"),
        ("He met the president's men.", "the president"),
        ("He met the U.S. president.", "U.S. president"),
        ("The president Monday signed.", "The president"),
        ("The president and his men came.", "The president"),
        ("She thanked the president for trying.", "the president"),
        ("The president of the United States signed.", "The president"),
        ("“Thank you, Mr. President,” she said.", "Mr. President"),
        ("Nobody told @POTUS.", "POTUS"),
        ("The commander in chief signed.", "The commander in chief"),
        ("Our commander-in-chief signed.", "Our commander-in-chief"),
    ],
)
def test_offices(look: Look, text: str, words: str) -> None:
    roles = [found for found in look(text, "2016-05-01").mentions if found.kind is MentionKind.ROLE]
    assert [text[found.start : found.end] for found in roles] == [words]


@pytest.mark.parametrize(
    "text",
    [
        "The president of the club signed.",
        "The president and chief executive signed.",
        "The president for Latin Markets signed.",
        "The president for life signed.",
        "Mr. President Smith signed.",
        "The president-elect signed.",
        "The vice president signed.",
        "The former president signed.",
        "The president Smith signed.",
        "A president signed.",
        "The commander signed.",
        "President.",
    ],
)
def test_other_offices(look: Look, text: str) -> None:
    assert mentions(look, text, "2016-05-01") == []


@pytest.mark.parametrize(
    ("date", "text", "expected"),
    [
        ("2016-12-01", "The president-elect signed.", ["Trump"]),
        ("2016-11-08", "Our president-elect signed.", ["Trump"]),
        ("2016-10-01", "The president-elect signed.", []),
        ("2017-01-21", "The president-elect signed.", []),
        ("2008-12-01", "The president-elect signed.", ["Obama"]),
        ("2016-12-01", "The president-elect Smith signed.", []),
        ("2016-12-01", "A president-elect signed.", []),
        ("", "The president-elect signed.", []),
    ],
)
def test_the_president_elect_by_date(look: Look, date: str, text: str, expected: list[str]) -> None:
    assert [actor for actor, _ in mentions(look, text, date)] == expected


def test_many_presidents_take_time_in_proportion(look: Look) -> None:
    def seconds(count: int) -> float:
        begin = time.perf_counter()
        look("the president spoke to " * count)
        return time.perf_counter() - begin

    few, many = (min(seconds(count) for _ in range(3)) for count in (1_600, 16_000))
    assert many < 40 * max(few, 0.01)


def test_no_name_runs_over_the_end_of_a_sentence(look: Look) -> None:
    text = "They all flew to see Washington\n\nPost offices were shut on Monday, as they are on every holiday in May."
    assert ("US", "Washington") in mentions(look, text)


def test_a_mention_belongs_to_its_sentence(look: Look) -> None:
    found = look("Obama came. Trump left.")
    assert [(mention.actor, mention.sentence) for mention in found.mentions] == [("Obama", 1), ("Trump", 2)]


def test_nothing_is_mentioned_in_nothing(look: Look, resources: Resources) -> None:
    assert look("").mentions == ()
    assert resources.roster.longest(["x"], 0, 1) is None


@pytest.mark.parametrize(
    ("date", "text", "expected"),
    [
        ("2015-03-01", "Kerry met Lavrov.", ["Kerry", "Lavrov"]),
        ("2017-01-20", "Kerry met Lavrov.", ["Lavrov"]),
        ("2013-02-01", "Kerry met Lavrov.", ["Kerry", "Lavrov"]),
        ("2003-02-01", "Kerry met Lavrov.", []),
        # Without a date it is whoever served under the president whom the text names.
        ("", "President Obama sent Kerry.", ["Kerry"]),
        ("", "President Trump attacked Kerry.", []),
        ("", "Kerry met Lavrov.", ["Kerry", "Lavrov"]),
    ],
)
def test_officials_serve_from_one_day_to_another(
    look: Look, date: str, text: str, expected: list[str]
) -> None:
    found = [one for one in look(text, date).mentions if one.kind is MentionKind.OFFICIAL]
    assert [text[one.start : one.end] for one in found] == expected


@pytest.mark.parametrize(
    "text",
    [
        "The former secretary of state spoke.",
        "It was said by ex-press secretary Orm.",
        "A former Attorney General wrote a book.",
        "Sen. Kerry wrote a book.",
        "Senator John Kerry wrote a book.",
    ],
)
def test_who_has_left_acts_for_nobody(look: Look, text: str) -> None:
    assert look(text, "2018-03-01").mentions == ()


@pytest.mark.parametrize(
    "text",
    [
        "The Kentucky Senate met.",
        "It was up to California's attorney general.",
        "It was up to Kentucky's Democratic Secretary of State.",
        "West Virginia Secretary of State Ann Orm met them.",
        "Chinese government officials met.",
    ],
)
def test_offices_of_other_states(look: Look, text: str) -> None:
    assert look(text).mentions == ()


def test_every_mention_says_by_which_rule_and_how_sure_it_is(look: Look) -> None:
    text = (
        "Obama met Lavrov. He said that the president is tired. “We leave,” Lavrov said. Both leaders slept."
    )
    found = {text[one.start : one.end]: one for one in look(text, "2015-01-01").mentions}
    assert found["Obama"].rule is Rule.FORM
    assert found["the president"].rule is Rule.OFFICE
    assert found["We"].rule is Rule.SPEAKER
    assert all(0 < confidence_of(one) < 1 for one in found.values())
    assert confidence_of(found["the president"]) > confidence_of(found["Lavrov"])
    assert confidence_of(replace(found["Obama"], rule=Rule.STAFF)) == 0.5
