"""Who is believed where two say something of an article."""

from __future__ import annotations

import json
import zlib
from types import SimpleNamespace

from stance.batch.walk import Document
from stance.batch.work import Work, digest_of_document
from stance.reading.containers import Item
from stance.reading.metadata import METADATA, NOTHING, Metadata
from stance.records import Article


def test_what_is_given_goes_before_what_a_document_says():
    given, said = (
        Metadata(title="One", url="https://x.example"),
        Metadata("Two", "2016-02-18", author="Jane Doe"),
    )
    assert given.over(said) == Metadata("One", "2016-02-18", "", "Jane Doe", "https://x.example")
    assert given.over(NOTHING) == NOTHING.over(given) == given
    assert not NOTHING
    assert Metadata(url="x")
    assert Metadata.of(
        SimpleNamespace(title="t", date="d", source="s", author="a", url="u", more=1)
    ) == Metadata(*"tdsau")


def test_articles_and_items_have_all_of_it():
    for name in METADATA:
        assert getattr(Article("a", ""), name) == getattr(Item("a"), name) == ""


def written(resources, document, **options):
    outcome = Work(resources, "jsonl", {}, **options)(document)
    assert outcome.failure is None
    return json.loads(zlib.decompress(outcome.data))["article"]


def test_a_batch_writes_what_a_container_says(resources):
    item = Item("1", "Obama lied.", title="T", date="2016-02-18", source="S", author="A", url="U")
    article = written(resources, Document("a#1", "a", item=item))
    assert [article[name] for name in METADATA] == ["T", "2016-02-18", "S", "A", "U"]
    article = written(resources, Document("a#1", "a", item=item), source="mine", date="2015-01-01")
    assert [article[name] for name in METADATA] == ["T", "2015-01-01", "mine", "A", "U"]


def test_all_that_a_container_says_is_in_the_digest():
    digests = {
        digest_of_document(Document("a", "a", item=Item("1", "text", **{name: "x"})), b"")
        for name in METADATA
    }
    assert len(digests) == len(METADATA)
