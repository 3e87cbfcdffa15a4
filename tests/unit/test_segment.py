"""Beside each rule what it must split (the bar) and what it must not (no bar); all texts are made up."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from stance.errors import ModelError
from stance.language.segment import SegmenterParameters, load_parameters, segment


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in segment(text)]


def check(marked: str) -> None:
    expected = [part.strip() for part in marked.split("|")]
    assert sentences(marked.replace("|", "")) == expected


@pytest.mark.parametrize(
    "marked",
    [
        "The talks began. |They will last a week.",
        "Did it work? |It did! |Nobody was surprised.",
        "He has 600. |She has none.",
        "The vote was held in 2016. |20 members stayed away.",
        "Prices rose by 3.5 percent. |Wages did not.",
        "They bought version 2.0.1 of the system. |It failed.",
        "It cost $1.50. |Then it cost $2.",
        "“Not now.” |“When then?”",
        "The plan stalled (nobody knew why). |A new one followed.",
        "The plan stalled. |(Nobody knew why.) |A new one followed.",
        "The minister left.[3] |The aide stayed.[4][5] |The guard slept.",
        "Как он ушёл? |Никто не знает. |Все молчат.",
        "結果が出た。|発表は明日だ。",
    ],
)
def test_plain_marks(marked: str) -> None:
    check(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "Mr. Weller met Mrs. Bardell and Dr. Slammer.",
        "Gen. Harris and Sen. Mills wrote to Gov. Long and Rep. Short.",
        "The letter reached Lt. Col. Brown in St. Petersburg.",
        "“Mr. Speaker,” she said.",
        "Prof. The-Nguyen came.",
        "It is Roe v. Wade vs. the rest.",
        "They sold metals, e.g. Tin and lead, i.e. Cheap ones.",
        "He works for Pitt & Co. in Leeds and Hall Inc. of Ohio.",
        "He works for Pitt & Co. |She works for Hall Inc. |They never met.",
        "Please call Smith Jr. or Smith Sr. at once.",
        "It honors Adam Smith Jr. |The family was pleased.",
        "Tables, chairs, etc. were sold.",
        "They sold tables, chairs, etc. |Buyers came from afar.",
        "He lives on Main St. |The street is quiet.",
        "Sgt. Troy and Cpl. Nym drove down Sunset Blvd. with care.",
        "Rep. Ann Lee (D-N.Y.) said so.",
        "Sens. Ann Lee (D-Calif.) and Bob Ray (R-S.C.) agreed.",
        "Charles (Ind.) voted no. |The others abstained.",
    ],
)
def test_abbreviations(marked: str) -> None:
    check(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "They moved to the U.S. |The court agreed.",
        "They moved to the U.S. |Officials were pleased.",
        "They moved to the U.S. |However, they came back.",
        "They moved to the U.S. |“We like it,” they said.",
        "They moved to the U.S. |Trump said nothing.",
        "They moved to the U.K. |It was raining.",
        "On Sunday top U.S. Republicans said so, and so did likely U.S. Voters.",
        "The U.S. Senate voted, and so did the U.S. House.",
        "The U.S. President met the U.N. Secretary-General and the U.S. Ambassador.",
        "The U.S. government and the U.S.-led alliance told the U.S. to wait.",
        "They went to the U.S. Military Academy and met the U.S. First Lady.",
        "The U.S. European Command is in Stuttgart.",
        "The U.S. (and its allies) agreed; the U.S., too.",
        "In the U.S. Trump won.",
        "She lives in Washington, D.C. |A judge lives next door.",
        "The D.C. Circuit ruled.",
        "“We love the U.S.” |The crowd cheered.",
        "Is this the U.S.? |It is the U.S.! |Good.",
        "The C.I.A. and the F.B.I. Director disagreed.",
        "He holds a Ph.D. |She holds an M.D. |Neither works.",
    ],
)
def test_acronyms(marked: str) -> None:
    check(marked)


@pytest.mark.parametrize(
    "headline",
    [
        "U.S. Will Send Troops to Northern Border",
        "Poll of Likely U.S. Voters Shows Tight Race",
        "Letter Is Blow to U.S. Democrats",
        "Envoy arrives in U.S. After Long Delay in Talks",
    ],
)
def test_headlines_capitalise_what_they_like(headline: str) -> None:
    check(headline)


@pytest.mark.parametrize(
    "marked",
    [
        "J. R. Smith met George W. Hale and E. Jean Brown.",
        "J.R. Smith and T.S. Brown came.",
        "You and I. |Did he know?",
        "Albert I. Jones knew.",
        "His chief of staff, I. Lewis Black, knew.",
        "They fought in World War I. |It lasted four years.",
        "This is Plan B. |It will not work.",
        "Samuel L. “Jack” Hill and “P.T.” Barnes sang.",
        "H. R. 1280 passed.",
    ],
)
def test_initials(marked: str) -> None:
    check(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "On Jan. 5 and Sept. 11 nothing happened.",
        "It began in Jan. |The rest followed.",
        "He is No. 5 on the list, see p. 12 and Fig. 3 or Vol. II.",
        "He said no. |Then he left.",
        "Prop. 64 and Art. IV were read.",
        "See N°. 12.5 for details.",
        "They met at 5 a.m. and left at 6 p.m. sharp.",
        "They met at 5 p.m. |The doors were shut.",
        "The call came at 5 p.m. |Mr. Hale was asleep.",
        "At 5 a.m. Mr. Hale woke up.",
        "It starts at 9 p.m. Eastern, or 6 p.m. Pacific time.",
        "It was deleted at 6 a.m. Wednesday.",
    ],
)
def test_dates_numbers_and_times(marked: str) -> None:
    check(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "“Why?” he asked. |“Why not?” she said.",
        '"Why?" he asked. |"Why not?" she said.',
        "'Stop!' cried the guard.",
        "“Why now?” Mr. Hale asked. |Nobody knew.",
        "“Sad!” Hale tweeted on Monday.",
        "“Sad!” Robert J. Hale Jr. tweeted.",
        "“Are we happy?” Senate candidate Ann Hale asked a crowd in Ohio.",
        "“Are we happy?” |Hale said he was not sure.",
        "“We won!” |The crowd cheered.",
        "He asked, “Why?” |The minister did not answer.",
        "“It is over.” |Hale said he would resign.",
        "“It is great.” she said.",
        "He said, “We lost. |We will win.”",
        "He said: “No” . |“Yes”, she said.",
        'He said , " it is over . " |They left .',
        "Leave me alone! he yelled.",
        "She works at Yahoo! in Dublin.",
        "Really?! |Yes!! |What???",
        "Are you sure (really?) that it works?",
        "The crisis ended, he wrote in “What Now?”. |Nobody read it.",
    ],
)
def test_quotations_and_calls(marked: str) -> None:
    check(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "He was ... tired … and left.",
        "He was tired... |The others were not.",
        "He was tired… |The others were not.",
        "I never meant that.... |She knew.",
        "The thing is . . . I did not know.",
        "Well ... I did not know.",
        "It was the... Austrian who won.",
        "“The rules [...] will change,” he said.",
        "They are tireless. |… They never stop.",
        "It was weakened . . . and lost. . . .",
        "It ended with a stop . . . . |Another began.",
        "He stopped. |He began. ...",
    ],
)
def test_ellipses(marked: str) -> None:
    check(marked)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It began last week.The minister knew.", ["It began last week.", "The minister knew."]),
        ("It began last week.Mr. Hale knew.", ["It began last week.", "Mr. Hale knew."]),
        ("It cost 1,000.That is a lot.", ["It cost 1,000.", "That is a lot."]),
        ("They found it.Eighty members left.", ["They found it.", "Eighty members left."]),
        ("Did it begin?They knew.", ["Did it begin?", "They knew."]),
        ('He said "we lost."And he left.', ['He said "we lost."', "And he left."]),
        ('They lost."We did not," he said.', ["They lost.", '"We did not," he said.']),
        ("They lost.“We did not,” he said.", ["They lost.", "“We did not,” he said."]),
        ("We will go....The rest will stay.", ["We will go....", "The rest will stay."]),
    ],
)
def test_missing_space(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Write to Jane.Doe@example.com or see www.Example.Org.",
        "See https://www.example.50.com/new.Html?a=1.B for more.",
        "Booking.Com and Node.Js and St.Louis are names.",
        "He speaks !Kung and uses Y!J.",
        "The .22 rifle, the 3.5 version and 10:30 are no ends.",
    ],
)
def test_stops_inside_words(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    "marked",
    [
        "WASHINGTON (Reuters) - The minister left on Friday.",
        "ALEXANDRIA, Va. (AP) — The judge left. |So did the clerk.",
        "CHARLOTTE, N.C. — Delegates met.",
        "Enough is enough! |— Ann Hale (@annhale) May 3",
        "“Enough is enough!” — Ann Hale, Ohio",
        "They went to the U.S. |— Ann Hale (@annhale) May 3",
        "They never .... |— Ann Hale (@annhale) May 3",
        "It did not work. |— The second plan did.",
        "Sad! https://t.co/abc",
        "I like it. :) |The rest is fine.",
        "This is fine. :-) |That is not.",
        "iPhone sales fell. |iPads sold well.",
        "i like it. |you do not. |nobody does.",
        "He praised the admin. officials.",
        "They stayed. |they had nowhere to go.",
        "P.S. I love it.",
        "Q. Who was it? |A. The butler.",
    ],
)
def test_news_and_letters(marked: str) -> None:
    check(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "1. The first 2. The second 3. The third",
        "1.) The first. |2.) The second.",
        "a) one |b) two |c) three",
        "• 9. The first |• 10. The second",
        "(a) It is so. |(b) It is not.",
        "There were two: he lost by 2. |Then he won.",
        "Payment for 1. above and for 2. below is due.",
    ],
)
def test_lists_in_a_line(marked: str) -> None:
    if marked.startswith("1. The first 2."):
        assert sentences(marked) == ["1. The first", "2. The second", "3. The third"]
    else:
        check(marked)


def test_a_blank_line_always_ends_a_sentence() -> None:
    assert sentences("The talks\n\nwent on\r\n \r\nand on\u2029and on.") == [
        "The talks",
        "went on",
        "and on",
        "and on.",
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028"])
def test_wrapped_prose_goes_on(newline: str) -> None:
    lines = [
        "The minister of foreign affairs of the republic told Mr.",
        "Hale on Tuesday that the talks about the border, which",
        "began in the spring, had ended. They will be resumed by",
        "W. Brown — if at all — when the snow melts.",
    ]
    found = [" ".join(sentence.split()) for sentence in sentences(newline.join(lines))]
    assert len(found) == 2
    assert found[0].endswith("had ended.")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Minister leaves\nBy Ann Hale\nThe minister left on Friday. He flew.", 4),
        ("milk\nbread\nbutter, eggs\n", 3),
        ("What to bring:\n- a coat\n- a hat\n* an umbrella", 4),
        ("1. Bring a coat\n2. Bring a hat", 2),
        ("Header 1.2; Attachment Z\n\td. Log\n\tAttachment A", 3),
        ("He spoke of the\nborder", 1),
        ("Ann Hale: Who was it?\nBob Ray: nobody.", 2),
    ],
)
def test_short_lines_end(text: str, count: int) -> None:
    assert len(segment(text)) == count


def test_part_of_a_text_keeps_the_offsets_of_the_whole() -> None:
    text = "One. Two. Three. Four."
    assert segment(text, 5, 16) == [(5, 9), (10, 16)]
    assert segment(text, 5) == [(5, 9), (10, 16), (17, 22)]
    assert segment(text, -5) == [(17, 22)]
    assert segment(text, 9, 3) == []
    assert segment("") == segment(" \n\n\t") == []


def test_own_parameters_replace_the_learned_ones() -> None:
    text = "Er liest u.a. Die Zeit und bzgl. Dem anderen nichts."
    assert len(segment("Sie liest zzt. Nichts.", parameters=SegmenterParameters())) == 1
    assert len(segment(text, parameters=SegmenterParameters(abbreviations=frozenset({"bzgl"})))) == 1


def test_learned_parameters() -> None:
    known = load_parameters()
    assert {"u.s", "d.c", "gen", "sen"} <= known.abbreviations
    assert ("u.s", "senate") in known.collocations
    assert {"however", "the"} <= known.sentence_starters
    assert "officials" in known.ordinary_words
    assert load_parameters() is known


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe",
        b"{",
        b"[]",
        b'{"schema": "other"}',
        b'{"schema": "stance.segmenter/1"}',
        b'{"schema": "stance.segmenter/1", "abbreviations": [1], "sentence_starters": [],'
        b' "ordinary_words": [], "opening_names": [], "collocations": []}',
        b'{"schema": "stance.segmenter/1", "abbreviations": [], "sentence_starters": [],'
        b' "ordinary_words": [], "opening_names": [], "collocations": ["three words here"]}',
        b"[" * 100_000,
    ],
)
def test_bad_parameter_files_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "punkt.json"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=r"punkt\.json"):
        load_parameters(path)


def test_parameters_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "punkt.json"
    lists = {"abbreviations": ["xyz"], "sentence_starters": [], "ordinary_words": [], "opening_names": []}
    path.write_text(
        json.dumps({"schema": "stance.segmenter/1", "collocations": ["xyz abc"], **lists}), "utf-8"
    )
    assert load_parameters(path) == SegmenterParameters(frozenset({"xyz"}), frozenset({("xyz", "abc")}))
    with pytest.raises(OSError, match="absent"):
        load_parameters(tmp_path / "absent.json")


def test_segmenting_imports_no_heavy_library() -> None:
    code = (
        "import sys; from stance.language.segment import segment; segment('One. Two.');"
        "sys.exit(bool({'nltk', 'sklearn', 'numpy'} & set(sys.modules)))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
