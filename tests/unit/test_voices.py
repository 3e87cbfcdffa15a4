"""Whose voice a portrayal is. All sentences are made up."""

import pytest
from looking import Look

from stance.framing.voices import voice_of
from stance.records import Voice


def voice(look: Look, text: str, actor: str, cue: str = "") -> tuple[str, str]:
    prepared = look(text)
    candidate = next(one for one in prepared.candidates if one.actor == actor)
    strongest = next((one for one in candidate.cues if cue and text[one.start : one.end] == cue), None)
    assert bool(cue) == (strongest is not None)
    found, speaker = voice_of(candidate, strongest)
    return found.value, speaker.text if speaker else ""


@pytest.mark.parametrize(
    ("text", "actor", "cue", "expected"),
    [
        ("Obama failed them all.", "Obama", "failed", ("author", "")),
        ("“Obama failed them all,” Paul Quill said.", "Obama", "failed", ("quoted", "Paul Quill")),
        ("Paul Quill said that Obama failed them all.", "Obama", "failed", ("quoted", "Paul Quill")),
        # That he said it, the author says.
        ("“We failed them all,” Obama said.", "Obama", "failed", ("author", "")),
        ("Obama said that the plan failed them all.", "Obama", "failed", ("author", "")),
        # The author vouches for it.
        ("Emails showed that Obama failed them all.", "Obama", "failed", ("author", "")),
        # The words are a critic's, the sentence is not.
        ("Paul Quill called Obama “a shameless liar to us all” and left.", "Obama", "liar", ("quoted", "Paul Quill")),
        ("Critics blasted Obama over the plan.", "Obama", "", ("quoted", "Critics")),
        # Blame by the author beside words of somebody else.
        ("Obama lied when he said that Paul Quill saw him.", "Obama", "lied", ("author", "")),
    ],
)  # fmt: skip
def test_voices(look: Look, text: str, actor: str, cue: str, expected: tuple[str, str]) -> None:
    assert voice(look, text, actor, cue) == expected


def test_a_mention_in_and_out_of_marks_is_mixed_where_the_author_judges_too(look: Look) -> None:
    text = "Obama lied shamelessly, and “Obama went home at last,” Paul Quill said."
    assert voice(look, text, "Obama", "lied") == (Voice.MIXED.value, "Paul Quill")
