"""Parts of speech; all sentences are made up."""

from __future__ import annotations

import json

import pytest

from stance.errors import DataError
from stance.language.tagger import load_tagger, tagger_from_json
from stance.language.words import tokenize
from stance.research import learn_tagger


def codes(text: str, given: dict[int, str] | None = None) -> str:
    tokens = tokenize(text)
    return "".join(load_tagger().tag(tokens.lower, tokens.surface, given or {}))


@pytest.mark.parametrize(
    ("text", "word", "code"),
    [
        ("They attack the bridge.", "attack", "V"),
        ("The attack failed.", "attack", "N"),
        ("It was condemned by the council.", "condemned", "B"),
        ("The council condemned it.", "condemned", "D"),
        ("She wants to help them.", "to", "O"),
        ("Her help was welcome.", "Her", "S"),
        ("The senator who spoke left.", "who", "W"),
        ("A reckless plan emerged.", "reckless", "J"),
        ("He is lying about it.", "lying", "G"),
        ("The minister's plan failed.", "'s", "A"),
        ("He's a coward.", "'s", "Z"),
        ("They could not recognise it.", "recognise", "V"),
        ("It cost 1,200 dollars.", "1,200", "U"),
        ("Yesterday the mayor met Blorgstein in town.", "Blorgstein", "E"),
    ],
)
def test_words_are_read_in_their_place(text, word, code):
    tokens = tokenize(text)
    assert codes(text)[tokens.surface.index(word)] == code


def test_a_headline_capitalises_what_it_likes():
    assert codes("Mayor Attacks The Council Over Broken Promises")[1] == "Z"


def test_what_is_given_stands_and_decides_about_its_neighbours():
    assert codes("Blasted by critics", {0: "E"})[0] == "E"
    assert codes("X's a coward", {0: "P"})[1] == "Z"
    assert codes("X's coward", {0: "E"})[1] == "A"


@pytest.mark.parametrize("text", ["", "?!", "\u0378 \U0001f600", "A" * 5000, "the " * 5000])
def test_any_text_gets_one_code_a_word(text):
    assert len(codes(text)) == len(tokenize(text))


def _pairs(count):
    frames = [
        (["The", "mayor", "attacked", "critics", "."], ["DT", "NN", "VBD", "NNS", "."]),
        (["The", "plan", "was", "attacked", "."], ["DT", "NN", "VBD", "VBN", "."]),
        (["They", "plan", "to", "run", "."], ["PRP", "VBP", "TO", "VB", "."]),
        (["A", "run", "on", "the", "bank", "."], ["DT", "NN", "IN", "DT", "NN", "."]),
    ]
    return [frames[number % len(frames)] for number in range(count)]


def test_learning_tells_the_uses_of_a_word_apart(tmp_path):
    source, target = tmp_path / "tagged.jsonl", tmp_path / "tagger.json"
    source.write_text("\n".join(json.dumps(pair) for pair in _pairs(400)), encoding="utf-8")
    assert learn_tagger.main([str(source), "-o", str(target)]) == 0
    tagger = tagger_from_json(json.loads(target.read_text(encoding="utf-8")))
    assert set(tagger.options("attacked")) == {"D", "B"}
    for surface, _ in _pairs(4):
        words = [word.lower() for word in surface]
        found = tagger.tag(words, surface, {})
        if "attacked" in words:
            assert found[words.index("attacked")] == ("B" if "was" in words else "D")
        if "plan" in words:
            assert found[words.index("plan")] == ("V" if "they" in words else "N")


@pytest.mark.parametrize("line", ["{", '["a"]', '[["a"], []]', '[[1], ["NN"]]', "7"])
def test_a_line_that_is_no_tagged_sentence_is_named(tmp_path, line):
    source = tmp_path / "tagged.jsonl"
    source.write_text(json.dumps(_pairs(1)[0]) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=":2:"):
        list(learn_tagger.read_tagged(source))
