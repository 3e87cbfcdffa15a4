"""What many tests share: the built-in resources, loaded once, and a close look at a text.

Hypothesis tries 100 examples a test, 500 where the environment says CI, and 10,000 with
`--hypothesis-profile=long`.
"""

import os
from dataclasses import replace

import pytest
from hypothesis import settings
from looking import Look

from stance.framing.cues import find_cues
from stance.framing.prepared import Prepared
from stance.pipeline import prepare
from stance.reading.text import article_from_text
from stance.resources import Resources, load_resources

# No deadline: the first example of a test loads lexicons, and test machines are busy.
settings.register_profile("quick", max_examples=100, deadline=None)
settings.register_profile("ci", max_examples=500, deadline=None)
settings.register_profile("long", max_examples=10_000, deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "quick")


@pytest.fixture(scope="session")
def resources() -> Resources:
    """The built-in lexicons and roster, with the classifier that needs no model."""
    return load_resources(classifier="lexicon")


@pytest.fixture(scope="session")
def look(resources: Resources) -> Look:
    """Take a text, and a date if it matters, through every step before judgement."""

    def prepared(text: str, date: str = "") -> Prepared:
        found = prepare(article_from_text(text, id="test", date=date), resources)
        # The pipeline looks for cues where an actor is; tests of cues alone need none.
        tokens = {
            place
            for mention in found.mentions
            for place in range(*found.tokens.between(mention.start, mention.end))
        }
        return replace(
            found,
            cues=find_cues(
                found.tokens,
                found.sentences,
                resources.lexicon.evaluative,
                resources.lexicon.modifying,
                frozenset(tokens),
            ),
        )

    return prepared
