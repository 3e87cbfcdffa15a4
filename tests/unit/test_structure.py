"""Who does what to whom; all sentences are made up."""

from __future__ import annotations

import time

import pytest

from stance.language.structure import read_structure
from stance.language.tagger import load_tagger
from stance.language.words import tokenize


def links(text: str) -> set[tuple[str, str, str]]:
    """The links of a sentence as words: dependent, label, head."""
    tokens = tokenize(text)
    found = read_structure(tokens.lower, load_tagger().tag(tokens.lower, tokens.surface, {}))
    return {
        (tokens.surface[place], label, tokens.surface[head])
        for place, heads in enumerate(found.heads)
        for head, label in heads
    }


def denied(text: str) -> set[str]:
    tokens = tokenize(text)
    found = read_structure(tokens.lower, load_tagger().tag(tokens.lower, tokens.surface, {}))
    return {tokens.surface[place] for place in found.negated}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Smith praised Jones.", {("Smith", "S", "praised"), ("Jones", "O", "praised")}),
        ("Jones was praised by Smith.", {("Smith", "S", "praised"), ("Jones", "O", "praised")}),
        ("Smith has never been forgiven.", {("Smith", "O", "forgiven")}),
        ("Smith mocked a reporter and then lied.", {("Smith", "S", "mocked"), ("Smith", "S", "lied")}),
        ("Smith is a liar.", {("Smith", "S", "is"), ("liar", "c", "is")}),
        ("Critics called Smith weak.", {("Smith", "O", "called"), ("weak", "c", "called")}),
        (
            "Smith, a weak leader, caved.",
            {("leader", "a", "Smith"), ("weak", "m", "leader"), ("Smith", "S", "caved")},
        ),
        (
            "The senator who attacked Smith resigned.",
            {("Smith", "O", "attacked"), ("senator", "S", "resigned")},
        ),
        ("Smith's failure angered Jones.", {("Smith", "p", "failure"), ("Jones", "O", "angered")}),
        ("The failure of Smith was obvious.", {("Smith", "of", "failure"), ("obvious", "c", "was")}),
        ("Jones said Smith had betrayed the voters.", {("Smith", "S", "betrayed"), ("Jones", "S", "said")}),
        ("Jones said that Smith lied.", {("Smith", "S", "lied"), ("Jones", "S", "said")}),
        ("“Smith lied,” said Jones.", {("Smith", "S", "lied"), ("Jones", "S", "said")}),
        ("Officials urged Smith to resign.", {("Smith", "O", "urged"), ("Smith", "S", "resign")}),
        ("Smith refused to resign.", {("Smith", "S", "refused"), ("Smith", "S", "resign")}),
        ("Officials accused Smith of lying.", {("Smith", "O", "accused"), ("Smith", "S", "lying")}),
        ("Accused of corruption, Smith resigned.", {("Smith", "O", "Accused"), ("Smith", "S", "resigned")}),
        ("The attack on Smith by Jones failed.", {("Smith", "on", "attack"), ("Jones", "by", "attack")}),
        ("Smith and Jones lied.", {("Smith", "S", "lied"), ("Jones", "S", "lied")}),
        ("Critics of Smith applauded.", {("Smith", "of", "Critics"), ("Critics", "S", "applauded")}),
        ("Smith's refusal to pay hurt Jones.", {("Smith", "S", "pay")}),
        ("The man Smith attacked is ill.", {("Smith", "S", "attacked")}),
    ],
)
def test_links(text, expected):
    assert expected <= links(text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("The senator who attacked Smith resigned.", ("Smith", "S", "resigned")),
        ("Critics of Smith lied.", ("Smith", "S", "lied")),
        ("Smith's critics lied.", ("Smith", "S", "lied")),
        ("Jones said Smith lied.", ("Jones", "S", "lied")),
        ("Smith met Jones, and Brown lied.", ("Smith", "S", "lied")),
        ("In the town of Smith, Jones lied.", ("Smith", "S", "lied")),
    ],
)
def test_what_is_somebody_elses(text, wrong):
    assert wrong not in links(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Smith did not lie.", {"lie"}),
        ("Smith never lied.", {"lied"}),
        ("Smith isn't weak.", {"isn't"}),
        ("Smith lied.", set()),
        ("Smith is no liar.", {"liar"}),
        ("Smith denied that Jones lied.", {"lied"}),
        ("Smith did not deny that Jones lied.", {"deny"}),
        ("They found no evidence that Jones lied.", {"evidence", "lied"}),
        ("He rejected the suggestion that Jones has been weak.", {"been"}),
        ("They did not find that Jones lied.", {"find", "lied"}),
        ("Smith said that Jones lied.", set()),
    ],
)
def test_denial(text, words):
    assert denied(text) == words


@pytest.mark.parametrize(
    "piece",
    [
        "who said that ",
        "the man of ",
        "and Smith, ",
        "to ",
        "' ",
        "( ",
        "lied and ",
        "lied ",
        "who lied ",
        "'s ",
        "not ",
        ", ",
        "\U0001f600 ",
    ],
)
def test_time_grows_with_the_length_and_no_faster(piece):
    def seconds(times: int) -> float:
        tokens = tokenize("Smith " + piece * times)
        found = load_tagger().tag(tokens.lower, tokens.surface, {})
        best = 9.0
        for _ in range(3):
            start = time.perf_counter()
            read_structure(tokens.lower, found)
            best = min(best, time.perf_counter() - start)
        return best

    # Quadratic would be 64 times; a busy machine makes the rest uneven.
    assert seconds(8000) < 32 * seconds(1000) + 0.05


def test_every_link_has_two_ends():
    text = "Smith, who was accused of lying, said Jones's allies had “never” told the truth; nobody believed him."
    tokens = tokenize(text)
    found = read_structure(tokens.lower, load_tagger().tag(tokens.lower, tokens.surface, {}))
    up = {(place, head, label) for place, heads in enumerate(found.heads) for head, label in heads}
    down = {(place, head, label) for head, some in enumerate(found.dependents) for place, label in some}
    assert up == down
    assert up
