"""What stance is measured against: VADER and a bag of words, which see a sentence without its actor."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from stance.framing.prepared import Prepared
from stance.records import Verdict
from stance.research.data import Example

POLAR_COMPOUND = 0.05  # the threshold that VADER's authors name


class Sentence:
    """Judges by the sentence alone, without its actor."""

    evidence = "contributions"

    def __init__(self, name: str, of_text: Callable[[Sequence[str]], list[Verdict]]) -> None:
        """Take a name, and a function from texts to verdicts."""
        self.name = name
        self.model = name
        self._of_text = of_text

    def judge(self, prepared: Prepared) -> list[Verdict]:
        """Judge each candidate's sentence."""
        text = prepared.article.text
        spans = [text[found.sentence.start : found.sentence.end] for found in prepared.candidates]
        return self._of_text(spans) if spans else []


def vader() -> Sentence:
    """Return VADER as a classifier."""
    analyzer = SentimentIntensityAnalyzer()

    def of_text(texts: Sequence[str]) -> list[Verdict]:
        found = []
        for text in texts:
            compound = analyzer.polarity_scores(text)["compound"]
            polar = abs(compound) >= POLAR_COMPOUND
            negative, positive = float(polar and compound < 0), float(polar and compound > 0)
            # The compound is kept as the score; the probabilities only carry the label.
            size = abs(compound)
            found.append(_verdict(negative * (0.5 + size / 2), positive * (0.5 + size / 2)))
        return found

    return Sentence("VADER", of_text)


def _verdict(negative: float, positive: float) -> Verdict:
    return Verdict(negative, 1 - negative - positive, positive, 0.0, 0.0)


def bag_of_words(found: Sequence[Example]) -> Sentence:
    """Train a plain bag of words on labelled rows."""
    vectorizer = CountVectorizer(lowercase=True, min_df=3)
    model = LogisticRegression(C=0.1, max_iter=500, class_weight="balanced")
    model.fit(
        vectorizer.fit_transform([example.text for example in found]), [example.label for example in found]
    )

    def of_text(texts: Sequence[str]) -> list[Verdict]:
        return [
            _verdict(float(row[0]), float(row[2])) for row in model.predict_proba(vectorizer.transform(texts))
        ]

    return Sentence("bag of words", of_text)
