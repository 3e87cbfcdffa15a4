"""What each block of an article is; beside each rule a look-alike that it must leave alone. All texts are made up."""

import pytest

from stance.reading.layout import find_blocks, find_title
from stance.records import BlockKind

TITLE, STANDFIRST, HEADING = BlockKind.TITLE, BlockKind.STANDFIRST, BlockKind.HEADING
BYLINE, BODY, CAPTION = BlockKind.BYLINE, BlockKind.BODY, BlockKind.CAPTION
TAGS, BOILERPLATE = BlockKind.TAGS, BlockKind.BOILERPLATE

PARAGRAPH = (
    "The two ministers met for three hours in a hotel by the lake and left through different doors. "
    "Neither of them wanted to speak to the reporters who had waited in the rain since the morning."
)


def kinds(text: str) -> list[BlockKind]:
    return [block.kind for block in find_blocks(text)]


def contents(text: str) -> list[str]:
    return [text[block.start : block.end] for block in find_blocks(text)]


def within(line: str) -> BlockKind:
    """The kind of a line between a title with one paragraph and another paragraph."""
    text = f"A quiet meeting by the lake\n\n{PARAGRAPH}\n\n{line}\n\n{PARAGRAPH}\n"
    return kinds(text)[2]


def test_the_parts_of_an_article() -> None:
    text = (
        "A quiet meeting by the lake\n\n"
        "Ministers talk for three hours and say nothing\n\n"
        "By Ann Kettle\n\n"
        f"{PARAGRAPH}\n\nWhat happens next\n\n{PARAGRAPH}\n\n"
        "Image caption The hotel by the lake\n\n"
        "Follow us on Facebook\n\n"
        "Lake Ministers Geneva"
    )
    assert kinds(text) == [TITLE, STANDFIRST, BYLINE, BODY, HEADING, BODY, CAPTION, BOILERPLATE, TAGS]
    assert find_title(text, find_blocks(text)) == "A quiet meeting by the lake"


def test_blocks_hold_all_that_is_not_white_space_and_count_from_one() -> None:
    text = f"  Title here \r\n\r\n\t{PARAGRAPH}  \n\n\n  Last line.\x0c"
    assert contents(text) == ["Title here", PARAGRAPH, "Last line."]
    assert [block.paragraph for block in find_blocks(text)] == [1, 2, 3]


@pytest.mark.parametrize("text", ["", " \n\t\r\n ", "\x0c\u2028"])
def test_nothing_gives_no_block(text: str) -> None:
    assert find_blocks(text) == ()
    assert find_title(text, ()) == ""


@pytest.mark.parametrize("text", ["One line only", "One Line Only", "One line only.", PARAGRAPH])
def test_one_line_only_is_body_and_no_title(text: str) -> None:
    assert kinds(text) == [BODY]


@pytest.mark.parametrize(
    "first", ["Ministers meet by the lake", "Ministers meet by the lake.", "Will they meet?"]
)
def test_a_short_first_line_is_the_title_with_or_without_a_stop(first: str) -> None:
    assert kinds(f"{first}\n\n{PARAGRAPH}")[0] is TITLE


def test_a_quotation_on_the_first_line_is_the_title_of_an_interview() -> None:
    assert kinds(f"“We were tired. Nobody slept in that hotel.”\n\n{PARAGRAPH}\n")[0] is TITLE
    attributed = "“We were tired. Nobody slept,” said the porter, who had seen them go."
    assert kinds(f"{attributed}\n\n{PARAGRAPH}\n")[0] is BODY


def test_a_long_first_sentence_is_no_title() -> None:
    assert kinds(f"{PARAGRAPH}\n\n{PARAGRAPH}") == [BODY, BODY]


@pytest.mark.parametrize(
    "line",
    [
        "Image copyright EPIX",
        "Image caption The hotel by the lake",
        "Media caption The minister's arrival",
        "FILE PHOTO: The minister arrives for talks, May 3, 2016. REUTERS/Lee Brook",
        "FILE - In this May 3 photo the minister waves to a crowd.",
        "Photo: Ann Kettle",
        "Pictured: the hotel by the lake",
        "The minister waves to a crowd. (Photo by Ann Kettle)",
        "The minister waves to a crowd in Bern, May 3, 2016. REUTERS/Lee Brook",
        "The minister waves to a crowd. (AP Photo/Lee Brook)",
        "The minister waves to a crowd. AFP/Getty Images",
        "A guard at the hotel. Handout via the ministry.",
        "A guard at the hotel. Getty Images",
        "Ann Kettle and Lee Brook Ann Kettle and Lee Brook",
    ],
)
def test_captions(line: str) -> None:
    assert within(line) is CAPTION


@pytest.mark.parametrize(
    "line",
    [
        "NEW YORK (Reuters) - Support for the minister fell to a new low in May, a poll showed on Friday.",
        "BERN (AP) — The minister left the hotel without a word on Friday, his office said.",
        "Reuters/Ipsos, which tracked the opinion of 2,000 adults in May, found that few had noticed.",
        "The Reuters/Ipsos poll of 2,000 adults found that few had noticed the meeting.",
        "Filed too late, the complaint was rejected by a court in Bern.",
        "Files that the court released on Monday name three ministers.",
        "Picture a lake with two ministers in one boat who do not speak.",
        "The case (filed in 2016) was closed by a court on Monday.",
        "Getty Images sued the ministry over a photograph of the lake.",
        "The painter called the picture of the lake his worst.",
    ],
)
def test_no_captions(line: str) -> None:
    assert within(line) is BODY


def test_a_caption_repeated_on_the_next_line_is_a_caption_again() -> None:
    text = f"A quiet meeting\n\n{PARAGRAPH}\n\nImage caption The hotel by the lake\nThe hotel by the lake\n\n{PARAGRAPH}"
    assert kinds(text)[2:4] == [CAPTION, CAPTION]


@pytest.mark.parametrize(
    "line",
    [
        "By Ann Kettle",
        "By ANN KETTLE and LEE BROOK",
        "by Ann Kettle | May 3, 2016",
        "By the Associated Press",
        "Written by Ann Kettle",
        "Posted on May 3, 2016",
        "Published: 3 May 2016",
        "3 May 2016",
        "May 3, 2016 at 9:15",
        "Tuesday, May 3",
    ],
)
def test_bylines(line: str) -> None:
    assert within(line) is BYLINE


@pytest.mark.parametrize(
    "line",
    [
        "By next week the lake will be frozen.",
        "By Friday the ministers had left.",
        "By the time he left, it rained.",
    ],
)
def test_no_bylines(line: str) -> None:
    assert within(line) is BODY


@pytest.mark.parametrize(
    "line",
    [
        "Follow us on Facebook",
        "Follow @annkettle",
        "Read more: ministers at play",
        "Advertisement",
        "Share this | Print",
        "Copyright 2016 The Lake Post",
        "© The Lake Post",
        "(Reporting by Ann Kettle; Editing by Lee Brook)",
        "Editor's note: the lake was misspelled.",
        "https://example.org/lake",
        "* * *",
        "------",
    ],
)
def test_boilerplate(line: str) -> None:
    assert within(line) is BOILERPLATE


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement spending fell by a tenth in May.",
        "Copyright law protects the picture of the lake.",
        "Subscribers to the paper wrote angry letters.",
        "Followers of the minister wept.",
        "Readers wanted more.",
    ],
)
def test_no_boilerplate(line: str) -> None:
    assert within(line) is BODY


@pytest.mark.parametrize("line", ["Tags: lake, ministers, Bern", "Filed under: lake, ministers", "Topics"])
def test_tags(line: str) -> None:
    assert within(line) is TAGS


def test_names_at_the_end_are_tags_and_in_the_middle_a_heading() -> None:
    text = f"A quiet meeting\n\n{PARAGRAPH}\n\nMinisters Lake Bern\n\n{PARAGRAPH}\n\nMinisters Lake Bern"
    assert kinds(text) == [TITLE, BODY, HEADING, BODY, TAGS]


def wrap(text: str, width: int = 60) -> str:
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "\n".join([*lines, line])


def test_hard_wrapped_prose_is_one_block_a_paragraph() -> None:
    text = f"A quiet meeting\n\n{wrap(PARAGRAPH)}\n\n{wrap(PARAGRAPH)}\n"
    assert contents(text) == ["A quiet meeting", wrap(PARAGRAPH), wrap(PARAGRAPH)]


def test_hard_wrapped_prose_without_blank_lines_breaks_where_a_line_ended_early() -> None:
    first = PARAGRAPH + " So they left."
    text = f"A quiet meeting\n{wrap(first)}\n{wrap(PARAGRAPH)}"
    assert contents(text) == ["A quiet meeting", wrap(first), wrap(PARAGRAPH)]


def test_names_at_the_start_of_a_wrapped_line_are_no_byline() -> None:
    text = (
        "A quiet meeting\n\n"
        "The paper was signed in a hotel by the lake late on Friday night\n"
        "by Minister Anders Holm, who had come alone and would not speak to\n"
        "May 3, 2016, remained the date on the paper, though it was wrong.\n"
    )
    assert kinds(text) == [TITLE, BODY]


def test_lines_without_blank_ones_are_blocks_of_their_own() -> None:
    text = f"A quiet meeting\nby Ann Kettle\n{PARAGRAPH}\n{PARAGRAPH}\nImage caption The lake"
    assert kinds(text) == [TITLE, BYLINE, BODY, BODY, CAPTION]


def test_list_items_are_blocks_of_their_own() -> None:
    text = (
        f"A quiet meeting\n\n{PARAGRAPH}\n\n- they met,\n- they left.\n\n1. Nobody spoke.\n2. Nobody asked."
    )
    assert contents(text)[2:] == ["- they met,", "- they left.", "1. Nobody spoke.", "2. Nobody asked."]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x85"])
def test_line_ends_of_all_systems(end: str) -> None:
    text = f"A quiet meeting{end}{end}{PARAGRAPH}{end}{PARAGRAPH}"
    assert contents(text) == ["A quiet meeting", PARAGRAPH, PARAGRAPH]


def test_what_can_portray_nobody_does_not_speak() -> None:
    assert {kind for kind in BlockKind if not kind.speaks} == {TAGS, BYLINE, BOILERPLATE}
