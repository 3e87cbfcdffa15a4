"""What holds of mentions in any text: spans, order, sentences, kinds, and linear time."""

import pytest
from hostile import SHAPES, TEXTS, is_linear
from hypothesis import given
from hypothesis import strategies as st
from looking import Look

from stance.actors.mentions import Context, find_mentions
from stance.actors.roster import surface_words
from stance.actors.roster_file import parse_roster
from stance.errors import RosterError
from stance.language.words import tokenize
from stance.records import Sentence, SentenceKind
from stance.resources import Resources

DATES = st.sampled_from(["", "2012-05-01", "2018-05-01", "2018-05", "no date", "\ud800"])


@given(text=TEXTS, date=DATES)
def test_mentions_are_spans_of_their_sentences(
    look: Look, resources: Resources, text: str, date: str
) -> None:
    found = look(text, date)
    sentences = {sentence.id: sentence for sentence in found.sentences}
    order = {actor: number for number, actor in enumerate(resources.roster.ids)}
    for mention in found.mentions:
        sentence = sentences[mention.sentence]
        assert sentence.start <= mention.start < mention.end <= len(text)
        assert mention.start < sentence.end
        words = text[mention.start : mention.end]
        assert words == words.strip() != ""
    keys = [(mention.start, mention.end, order[mention.actor]) for mention in found.mentions]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)
    assert look(text, date).mentions == found.mentions


@given(text=TEXTS)
def test_small_letters_name_no_actor(look: Look, text: str) -> None:
    small = text.lower()
    words = {small[mention.start : mention.end] for mention in look(small).mentions}
    assert words.isdisjoint({"obama", "trump", "russia", "america", "washington", "moscow", "us"})


@given(
    text=TEXTS,
    forms=st.lists(
        st.text(st.characters(exclude_categories=()), min_size=1, max_size=12), min_size=1, max_size=4
    ),
)
def test_any_form_is_found_where_it_stands_alone_or_refused(text: str, forms: list[str]) -> None:
    entry = {"id": "A", "name": "A", "kind": "person", "forms": {"name": forms}}
    try:
        roster = parse_roster({"schema": "stance.roster/1", "actor": [entry]})
    except RosterError as error:
        assert "\n" not in str(error).replace(repr("\n"), "")
        return
    for form in forms:
        words = surface_words(form)
        assert roster.longest(words, 0, len(words)) is not None
        article = f"{form} {text}"
        tokens = tokenize(article)
        whole = (Sentence(1, 1, 0, len(article), SentenceKind.BODY),)
        mentions = find_mentions(tokens, whole, roster, Context()).mentions
        assert all(mention.actor == "A" for mention in mentions)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))
def test_time_is_linear_in_the_length(resources: Resources, shape: str) -> None:
    def find(text: str) -> None:
        # One sentence, however long: what the segmenter does is not measured here.
        sentence = Sentence(1, 1, 0, len(text), SentenceKind.BODY)
        find_mentions(tokenize(text), (sentence,), resources.roster, resources.context())

    assert is_linear(find, shape)
