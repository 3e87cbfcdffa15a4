"""The instrument does not know whom it measures: actors of one kind can change places."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.classify.features import extract, names_of
from stance.framing.masking import OTHER, TARGET, mask
from stance.pipeline import analyze, prepare
from stance.reading.text import article_from_text, read_article
from stance.resources import data_folder, load_resources

PAIRS = [("Obama", "Trump"), ("Russia", "America")]
SENTENCES = [
    "{0} blasted {1} for a reckless and cowardly retreat.",
    "{1}'s failure haunts {0}, critics of {0} say.",
    "{0} failed. {1} did not, and a relieved crowd cheered. Again {0} lied to everybody, and {1} to nobody.",
    "Allies of {0} were betrayed by {1}, who never apologized.",
    "“{0} is a liar,” the senator said of {1}'s rival.",
    "Did {1} deceive {0}? Nobody praised {0}.",
    "{0} and {1} met in Geneva; {1} was hailed as a peacemaker.",
    "Unlike {0}, {1} kept every promise, the paper wrote.",
]


@pytest.fixture(scope="module", params=["linear", "neural"])
def resources(request):
    return load_resources(classifier=request.param)


@pytest.fixture(scope="module")
def linear():
    return load_resources(classifier="linear")


@pytest.mark.parametrize(("first", "second"), PAIRS)
@pytest.mark.parametrize("frame", SENTENCES)
def test_swapping_two_actors_swaps_their_scores_exactly(resources, frame, first, second):
    ids = {"America": "US"}
    here = _scores(frame.format(first, second), resources)
    there = _scores(frame.format(second, first), resources)
    swap = {ids.get(first, first): ids.get(second, second), ids.get(second, second): ids.get(first, first)}
    assert here
    assert {(number, swap[actor]): value for (number, actor), value in here.items()} == there


@pytest.mark.parametrize(
    "path", sorted((data_folder("corpus") / "articles").glob("*.txt")), ids=lambda path: path.stem
)
def test_swapping_the_presidents_in_an_article_swaps_their_scores_exactly(resources, path):
    text = re.sub(
        r"\b(?:President |Mr\.? )?(?:Barack Obama|Obama|Donald J?\.? ?Trump|Trump)\b",
        _surname,
        read_article(path).text,
    )
    # Families, firms and offices by date belong to one of the two only; what is left must be symmetrical.
    if re.search(
        r"president|Tower|Jr\b|Michelle|Melania|Ivanka|administration|White House|campaign|team", text
    ):
        text = re.sub(
            r"(?i)\bpresident\b|Tower|Jr\b|Michelle|Melania|Ivanka|administration|White House|campaign|team",
            "",
            text,
        )
    exchange = {"Obama": "Trump", "Trump": "Obama", "OBAMA": "TRUMP", "TRUMP": "OBAMA"}
    swapped = re.sub("|".join(exchange), lambda match: exchange[match.group()], text)
    here, there = _scores(text, resources), _scores(swapped, resources)
    swap = {"Obama": "Trump", "Trump": "Obama"}
    assert {(number, swap.get(actor, actor)): value for (number, actor), value in here.items()} == there


OTHERS = {"Ukraine": "China", "China": "Syria", "Syria": "Iran", "Iran": "Germany", "Germany": "Ukraine"}
OTHERS_OF_A_KIND = [
    "Merkel praised {0}, and {1} lied to Merkel.",
    "{0} betrayed Merkel. Did Merkel deceive {1}?",
]


@pytest.mark.parametrize(
    "path", sorted((data_folder("corpus") / "articles").glob("*.txt")), ids=lambda path: path.stem
)
def test_states_outside_the_roster_can_change_places(linear, path):
    text = read_article(path).text
    swapped = re.sub(rf"\b(?:{'|'.join(OTHERS)})\b", lambda match: OTHERS[match.group()], text)
    assert _scores(swapped, linear) == _scores(text, linear)


@pytest.mark.parametrize("frame", OTHERS_OF_A_KIND)
@pytest.mark.parametrize("name", ["Hollande", "Assad", "Clinton", "Hitler", "Gandhi"])
def test_what_a_name_stands_for_is_not_known(linear, frame, name):
    text = frame.format("Obama", "Trump")
    scores = _scores(text, linear)
    assert scores
    assert _scores(text.replace("Merkel", name), linear) == scores


def _surname(match: re.Match[str]) -> str:
    return "Obama" if "Obama" in match.group() else "Trump"


def _scores(text, resources):
    """Return all that is said of each actor in each sentence, and, as sentence 0, his part in the story."""
    analysis = analyze(article_from_text(text, id="x"), resources)
    said = {
        (score.sentence, score.actor): (
            score.score,
            tuple((one.axis, one.value, one.evidence) for one in score.portrayal),
        )
        for score in analysis.scores
    }
    for summary in analysis.actors:
        said[0, summary.actor] = (
            summary.mean,
            (summary.portrayal, summary.role, summary.role_sentences),
        )
    return {key: (score, _without_places(rest)) for key, (score, rest) in said.items()}


def _without_places(said):
    """Leave offsets out of evidence: names are of different lengths."""
    return tuple(
        (one[0], one[1], tuple((item.text, item.value, item.role) for item in one[2]))
        if isinstance(one, tuple)
        and len(one) == 3
        and isinstance(one[2], tuple)
        and hasattr(one[2][0], "role")
        else one
        for one in said
    )


@given(
    st.lists(
        st.sampled_from(
            "Obama Trump Russia America Donald Ivanka the president failed to praise critics of lied and , . by".split()
        ),
        max_size=25,
    )
)
def test_no_feature_holds_the_name_of_an_actor(words):
    resources = load_resources_once()
    prepared = prepare(article_from_text(" ".join(words), id="x"), resources)
    for candidate in prepared.candidates:
        masked = mask(prepared.tokens, candidate)
        assert {TARGET}.issubset({unit.word for unit in masked.units})
        features = extract(prepared.tokens, candidate, masked)
        for name in (name for key, _, _, _ in features for name in names_of(key)):
            assert not re.search(
                r"obama|trump|russia|america|donald|ivanka",
                name.replace(TARGET, "").replace(OTHER, ""),
                re.IGNORECASE,
            )


_CACHE = []


def load_resources_once():
    if not _CACHE:
        _CACHE.append(load_resources(classifier="lexicon"))
    return _CACHE[0]
