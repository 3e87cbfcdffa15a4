"""Who says what; beside each rule a text in which nobody speaks. All sentences are made up."""

import pytest
from looking import Look

from stance.language.quotations import find_quotations
from stance.records import Quotation, QuotationKind

DIRECT, MIXED, INDIRECT = QuotationKind.DIRECT, QuotationKind.MIXED, QuotationKind.INDIRECT

Row = tuple[str, str, str | None, str | None]


def quotations(look: Look, text: str) -> list[Row]:
    """Kind, words, speaker and cue of each quotation."""
    return [row(text, quotation) for quotation in look(text).quotations]


def row(text: str, found: Quotation) -> Row:
    speaker = found.speaker
    if speaker is not None:
        assert text[speaker.start : speaker.end] == speaker.text
    words = text[found.start : found.end]
    return (
        found.kind.value,
        words,
        speaker.text if speaker else None,
        text[slice(*found.cue)] if found.cue else None,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"The plan is dead," Holm said.', ("direct", '"The plan is dead,"', "Holm", "said")),
        ("“The plan is dead,” Holm said.", ("direct", "“The plan is dead,”", "Holm", "said")),
        ("‘The plan is dead,’ Holm said.", ("direct", "‘The plan is dead,’", "Holm", "said")),
        ("'The plan is dead,' Holm said.", ("direct", "'The plan is dead,'", "Holm", "said")),
        ("«The plan is dead», Holm said.", ("direct", "«The plan is dead»", "Holm", "said")),
        ('"The plan is dead," said Holm.', ("direct", '"The plan is dead,"', "Holm", "said")),
        ('Holm said: "The plan is dead."', ("direct", '"The plan is dead."', "Holm", "said")),
        ('Holm said, "The plan is dead."', ("direct", '"The plan is dead."', "Holm", "said")),
        ('Holm called the plan "dead."', ("mixed", '"dead."', "Holm", "called")),
        ('Holm accused them of "bad faith".', ("mixed", '"bad faith"', "Holm", "accused")),
        ('"No," Holm said.', ("mixed", '"No,"', "Holm", "said")),
        ('A sign read "no plan of ours is dead".', ("mixed", '"no plan of ours is dead"', "A sign", "read")),
    ],
)
def test_words_in_marks(look: Look, text: str, expected: Row) -> None:
    assert quotations(look, text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        'The so-called "peace train" left the town.',
        'Ann "The Rock" Holm left the town.',
        "It’s the ’90s again, and the workers’ union left the town’s hall.",
        "It's the '90s again, and the workers' union left the town's hall.",
        'The board was 6\'2" long and 3" wide.',
        'A lone " mark stood here, and nobody said a word.',
        "Rock 'n' roll left the town.",
    ],
)
def test_scare_quotes_nicknames_and_apostrophes(look: Look, text: str) -> None:
    assert [found for found in quotations(look, text) if found[0] != "indirect"] == []


def test_the_parts_of_a_divided_quotation_have_one_speaker(look: Look) -> None:
    text = '"The plan is dead," Holm said, "and nobody will miss it at all."'
    assert [found[2] for found in quotations(look, text)] == ["Holm", "Holm"]


def test_a_quotation_that_goes_on_keeps_its_speaker(look: Look) -> None:
    text = '"The plan is dead," Holm said. "Nobody will miss it. We can all go home."'
    assert quotations(look, text)[1] == ("direct", '"Nobody will miss it. We can all go home."', "Holm", None)


def test_a_quotation_after_other_sentences_has_no_speaker(look: Look) -> None:
    text = '"The plan is dead," Holm said. It rained. They left. "Nobody will miss that old plan."'
    assert quotations(look, text)[1][2] is None


@pytest.mark.parametrize(("open_", "close"), [("“", "”"), ('"', '"')])
def test_a_quotation_of_several_paragraphs(look: Look, open_: str, close: str) -> None:
    text = (
        f"A plan dies\n\nHolm said: {open_}The plan is dead and we will not mourn it.\n\n"
        f"{open_}We will find another one by the end of the year.{close}"
    )
    found = quotations(look, text)
    assert [entry[0] for entry in found] == ["direct", "direct"]
    assert found[0][1] == f"{open_}The plan is dead and we will not mourn it."
    assert [entry[2] for entry in found] == ["Holm", "Holm"]


def test_nested_marks_belong_to_the_outer_quotation(look: Look) -> None:
    for text in (
        "“He told me ‘no way’ and left the room,” Holm said.",
        "\"He told me 'no way' and left the room,\" Holm said.",
        "“He called it “the end” and left the room,” Holm said.",
    ):
        assert [found[1] for found in quotations(look, text)] == [text[: text.index(" Holm")]]


def test_an_open_mark_ends_with_its_block(look: Look) -> None:
    text = "A plan dies\n\nHolm said: “The plan is dead and buried.\n\nIt rained all day in the town by the lake."
    assert [found[1] for found in quotations(look, text)] == ["“The plan is dead and buried."]


@pytest.mark.parametrize(
    ("text", "words", "speaker", "cue"),
    [
        ("Holm said that the plan was dead.", "the plan was dead", "Holm", "said"),
        ("Holm said the plan was dead.", "the plan was dead", "Holm", "said"),
        ("Holm says he will leave.", "he will leave", "Holm", "says"),
        ("Officials say the plan is dead.", "the plan is dead", "Officials", "say"),
        ("Holm said on Tuesday that the plan was dead.", "the plan was dead", "Holm", "said"),
        ("Holm said Tuesday the plan was dead.", "the plan was dead", "Holm", "said"),
        ("Holm said in a statement that the plan was dead.", "the plan was dead", "Holm", "said"),
        ("Holm told reporters that the plan was dead.", "the plan was dead", "Holm", "told"),
        ("Holm told the council the plan was dead.", "the plan was dead", "Holm", "told"),
        ("Holm told her she was wrong.", "she was wrong", "Holm", "told"),
        ("Holm argued the plan would fail.", "the plan would fail", "Holm", "argued"),
        ("Holm pointed out that the plan was dead.", "the plan was dead", "Holm", "pointed out"),
        ("Holm mentioned that the plan was dead.", "the plan was dead", "Holm", "mentioned"),
        ("Holm emphasised that the plan was dead.", "the plan was dead", "Holm", "emphasised"),
        ("The plan was dead, Holm said.", "The plan was dead", "Holm", "said"),
        ("The plan was dead, said Holm.", "The plan was dead", "Holm", "said"),
        ("The plan was dead, Holm said on Friday.", "The plan was dead", "Holm", "said"),
        ("The plan was dead, an aide told the council.", "The plan was dead", "an aide", "told"),
        ("According to Holm, the plan was dead.", "the plan was dead", "Holm", "According to"),
        (
            "The plan was dead, according to two officials.",
            "The plan was dead",
            "two officials",
            "according to",
        ),
        ("In Holm's view, the plan was dead.", "the plan was dead", "Holm", "In Holm's view"),
        ("As Holm put it, the plan was dead.", "the plan was dead", "Holm", "As Holm put it"),
        ("Minister Says Plan Will Fail This Year", "Plan Will Fail This Year", "Minister", "Says"),
    ],
)
def test_reported_speech(look: Look, text: str, words: str, speaker: str, cue: str) -> None:
    assert quotations(look, text) == [("indirect", words, speaker, cue)]


@pytest.mark.parametrize(
    "text",
    [
        "Many had expected the visit for years.",
        "Russia sees the plan as a threat to its trade.",
        "Holm highlighted key issues of the plan as well.",
        "Holm also mentioned other issues that they had discussed.",
        "They discussed the plan for hours.",
        "Holm rejected the complaint within hours.",
        "Holm called the plan a mistake.",
        "Holm claimed the prize in May.",
        "Holm added sugar to the tea.",
        "Holm told the truth about the plan.",
        "Holm told them to leave the town.",
        "Holm spoke to reporters about the plan for an hour.",
        "Holm said nothing about the plan.",
        "The United States and Holm signed the plan in May.",
        "The State Department signed the plan in May.",
        "The report on the plan was long.",
        "Two million posts by bots were removed.",
        "No one believes the plan will work.",
        "Nobody in town thinks the plan will work.",
        "One believes the plan will work.",
        "I think the plan will work.",
        "We would like to believe that the plan will work.",
        "You say the plan will work.",
        "It is fair to say that the plan will work.",
        "Stop saying the plan will work.",
        "In other words, the plan will work.",
        "In Moscow, officials met for hours.",
        "As expected, the plan failed.",
        "Holm knew the man and he knew her.",
        "Those who deny it are wrong.",
    ],
)
def test_no_reported_speech(look: Look, text: str) -> None:
    assert quotations(look, text) == []


@pytest.mark.parametrize(
    "text",
    [
        'He emphasised that "We have agreed to go on with the plan."',
        '"The plan is dead and buried," he said.',
        'Holm said "the plan is dead and buried".',
        'According to Holm, "the plan is dead and buried".',
    ],
)
def test_a_marked_quotation_is_not_repeated_without_marks(look: Look, text: str) -> None:
    assert [found[0] for found in quotations(look, text)] in (["direct"], ["mixed"])


def test_reported_speech_around_marked_words_is_both(look: Look) -> None:
    found = quotations(look, 'Holm said the plan of the town was "dead".')
    assert [(entry[0], entry[1]) for entry in found] == [
        ("indirect", 'the plan of the town was "dead"'),
        ("mixed", '"dead"'),
    ]


def test_speech_that_a_reporting_clause_interrupts(look: Look) -> None:
    found = quotations(look, "The talks, Holm said on Monday, would go on for weeks.")
    assert [entry[1:] for entry in found] == [
        ("The talks", "Holm", "said"),
        ("would go on for weeks", "Holm", "said"),
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "The Secretary of State Rex Tillerson said the plan was dead.",
            "The Secretary of State Rex Tillerson",
        ),
        (
            "The plan was dead, said the Secretary of State Rex Tillerson.",
            "the Secretary of State Rex Tillerson",
        ),
        (
            "A spokesman for the mayor of the town said the plan was dead.",
            "A spokesman for the mayor of the town",
        ),
        ("Holm, the mayor of the town, said the plan was dead.", "Holm"),
        ("Ann Holm, 71, who owns a boat, said the plan was dead.", "Ann Holm"),
        ("A man who asked not to be named said the plan was dead.", "A man"),
        ("Mr. A. J. Holm said the plan was dead.", "Mr. A. J. Holm"),
        ("The plan was dead, said Gen. Ann Holm in Bern.", "Gen. Ann Holm"),
        ("In Bern the mayor said the plan was dead.", "the mayor"),
        ("The US embassy said the plan was dead.", "The US embassy"),
        ("Health and Human Services said the plan was dead.", "Health and Human Services"),
        ("Holm has also repeatedly said the plan was dead.", "Holm"),
        ("Holm on Tuesday said the plan was dead.", "Holm"),
        ("Holm went on to say that the plan was dead.", "Holm"),
        ("One of the mayors said the plan was dead.", "One of the mayors"),
        ("Holm praised them and warned that the plan was dead.", "Holm"),
        ("Holm praised them, adding that the plan was dead.", "Holm"),
        ("The rally's coverage noted that the plan was dead.", "The rally's coverage"),
        ("She said the plan was dead.", "She"),
    ],
)
def test_a_speaker_is_whole(look: Look, text: str, speaker: str) -> None:
    found = quotations(look, text)
    assert [entry[2] for entry in found] == [speaker]


def test_the_subject_of_a_passive_does_not_speak(look: Look) -> None:
    assert [entry[2] for entry in quotations(look, "Holm was told that the plan was dead.")] == [None]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Obama said the plan was dead.", "Obama"),
        ("President Obama said the plan was dead.", "Obama"),
        ("A Kremlin spokesman said the plan was dead.", "Russia"),
        ("A spokesman for the Kremlin said the plan was dead.", "Russia"),
        ("Pentagon officials said the plan was dead.", "US"),
        ("Sergei Lavrov said the plan was dead.", "Russia"),
        ("Russia said the plan was dead.", "Russia"),
        ("In Obama's view, the plan was dead.", "Obama"),
        ("Critics of Russia said the plan was dead.", None),
        ("Obama's critics said the plan was dead.", None),
        ("Trump lawyer Ann Holm said the plan was dead.", None),
        ("A friend of Obama said the plan was dead.", None),
        ("Holm said Obama was wrong.", None),
    ],
)
def test_which_actor_speaks(look: Look, text: str, actor: str | None) -> None:
    (found,) = look(text).quotations
    assert found.speaker is not None
    assert found.speaker.actor == actor


def test_headlines_and_captions_are_read_and_tags_are_not(look: Look) -> None:
    text = (
        "Holm says the plan will fail\n\nThe council met for hours and left the town by the lake.\n\n"
        "Image caption Holm says the plan will fail\n\nTags: Holm says the plan will fail"
    )
    assert len(quotations(look, text)) == 2


def test_quotations_come_in_order_and_none_of_nothing(look: Look) -> None:
    found = look('Holm said the plan was dead. "It will not be missed," Orm said.').quotations
    assert [quotation.start for quotation in found] == sorted(quotation.start for quotation in found)
    empty = look("")
    assert find_quotations("", empty.tokens, (), (), (), None) == ()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "speaker", "actor"),
    [
        ("Paul Quill came late. “We lost the whole harvest,” he said.", "Paul Quill", None),
        ("Ann Reed met Paul Quill. “We lost the whole harvest,” she said.", "Ann Reed", None),
        ("Barack Obama came late. “We lost the whole harvest,” he said.", "Barack Obama", "Obama"),
        ("Obama went on:\n\n“We lost the whole harvest.”", "Obama", "Obama"),
        ("Paul Quill had this for the crowd: “We lost the whole harvest.”", "Paul Quill", None),
        ("“We lost it all,” Paul Quill said.\n\n“We want the whole harvest back.”", "Paul Quill", None),
        ("Paul Quill rose, a “broken man of few words” to his friends.", "Paul Quill", None),
        ("Senator Paul Quill rose. “We lost the whole harvest,” the senator said.", "Paul Quill", None),
        ("The Farm League met. It said “the whole harvest is lost to us” in May.", "The Farm League", None),
        (
            "Ann Reed spoke. “We lost it all,” she said. “The whole harvest is gone,” the statement said.",
            "Ann Reed",
            None,
        ),
        ("“We lost the whole harvest,” Ann Reed, a farmer from Ohio, told USA TODAY.", "Ann Reed", None),
        (
            "“We lost it,” Paul Quill said. “We want the whole harvest back.” He added: “We want it now.”",
            "Paul Quill",
            None,
        ),
        ("Ann Reed, in harsh and personal terms, rose: “We lost the whole harvest.”", "Ann Reed", None),
        ("“We lost the whole harvest,” Ann Reed, a farmer, said earlier this week.", "Ann Reed", None),
    ],
)
def test_speakers_are_named(look: Look, text: str, speaker: str, actor: str | None) -> None:
    found = [one for one in look(text).quotations if one.kind is not QuotationKind.INDIRECT][-1]
    assert found.speaker is not None
    assert speaker in found.speaker.text
    assert text[found.speaker.start : found.speaker.end] == found.speaker.text
    assert found.speaker.actor == actor


@pytest.mark.parametrize(
    "text",
    [
        "“We lost the whole harvest.”",
        "Rain fell on the fields. “We lost the whole harvest.”",
        "Ann Reed met Paul Quill.\n\nRain fell.\n\nDogs barked.\n\n“We lost the whole harvest.”",
    ],
)
def test_nobody_speaks_where_nothing_tells(look: Look, text: str) -> None:
    (found,) = look(text).quotations
    assert found.speaker is None


def test_an_official_keeps_his_state(look: Look) -> None:
    text = "White House press secretary Josh Quill spoke. “We will pay them all,” Quill said."
    first = "“We will see them all,” White House press secretary Josh Quill said. "
    (_, found) = look(first + "“We will pay them all,” Quill said.").quotations
    assert found.speaker is not None
    assert found.speaker.actor == "US"
    assert look(text).quotations[0].speaker is not None


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("Critics blasted Obama over the plan.", "Obama over the plan", "Critics"),
        ("Paul Quill praised Russia for its patience, but left.", "Russia for its patience", "Paul Quill"),
        ("Democrats have accused Trump of lying.", "Trump of lying", "Democrats"),
    ],
)
def test_what_is_judged_is_spoken_of(look: Look, text: str, words: str, speaker: str) -> None:
    (found,) = look(text).quotations
    assert found.kind is QuotationKind.INDIRECT
    assert text[found.start : found.end] == words
    assert found.speaker is not None
    assert found.speaker.text == speaker


@pytest.mark.parametrize(
    "text", ["Obama was blasted.", "The blasted plan of Obama failed.", "Quill praised it."]
)
def test_nobody_judges_in_a_passive_or_in_few_words(look: Look, text: str) -> None:
    assert look(text).quotations == ()


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # A writing may read so and so; a person reads what others wrote.
        ('There was chaos. "There was no plan at all," the report reads.', "the report"),
        ('A note read: "There was no plan at all."', "A note"),
        ('Citing "a stream of hints from the town", the paper reported that the plan was dead.', "the paper"),
        (
            'As the Tribune reported back in May, that report also "takes issue with all of them".',
            "the Tribune",
        ),
        (
            "Ida Holm, chairwoman of the board, which is set to meet on Monday, said the plan was “dead and gone”.",
            "Ida Holm",
        ),
        ("Penny Nance, founder and president of a league, called it “dead”.", "Penny Nance"),
        ("His top spokesman, Josh Orm, said the mayor believes that “we want to keep it”.", "Josh Orm"),
        ("In the hall, the minister, who met him, said the talks were “good and useful”.", "the minister"),
        ("Nevertheless, Holm said the plan was “dead and gone”.", "Holm"),
        ("Holm himself quickly wrote that the plan was “dead and gone”.", "Holm"),
        ('"The plan is dead," argued Del. Jennifer Foy.', "Del. Jennifer Foy"),
        ("“The plan is dead and gone,” the Republican joshed at a rally.", "the Republican"),
        ("The Republican joshed, “The plan is dead and gone.”", "The Republican"),
        ("Holm said that the board did not find that the town had “dealt in bad faith”.", "Holm"),
        ("Holm, who has dismissed the talks as “mere harassment”, suggested another plan.", "Holm"),
        ("The findings undercut Holm’s claim that he was the target of a “witch hunt”.", "Holm"),
        ("The letter follows the board’s initial claim that Orm “tripped and fell”.", "the board"),
        ("According to the Tribune, the board is expected “to poll the whole town on it”.", "the Tribune"),
        ("After Holm told the board it should “go back to where it came from”, it rose.", "Holm"),
        ("Holm would love to have the mayor and other leaders testify, but said he is “busy”.", "Holm"),
        (
            "“It is a wreck,” an aide who saw the questions to and answers from Director Ann Orm said.",
            "an aide",
        ),
    ],
)
def test_whose_words_in_marks_are(look: Look, text: str, speaker: str) -> None:
    assert [found[2] for found in quotations(look, text) if found[0] != "indirect"] == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "Holm read “War and Peace” on the train.",
        "A book called “My Own Words” lay there.",
        "The court documents list “three men”.",
        "Holm was elected, “Orm” was not.",
    ],
)
def test_what_is_in_marks_and_not_said(look: Look, text: str) -> None:
    assert [found for found in quotations(look, text) if found[2] is not None] == []


def test_a_straight_mark_may_be_closed_by_a_curved_one(look: Look) -> None:
    text = 'He agreed. "The board took no action at all,” Holm said. It rained.'
    assert quotations(look, text) == [("direct", '"The board took no action at all,”', "Holm", "said")]


def test_an_apposition_before_said_is_not_what_is_said(look: Look) -> None:
    text = "Ladd Everitt, a spokesman for the league, said findings reflect a divide."
    assert quotations(look, text) == [("indirect", "findings reflect a divide", "Ladd Everitt", "said")]
