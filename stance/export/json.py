"""An analysis as the object `stance.analysis/1`. Its schema is docs/schema/analysis.schema.json."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stance.frame_records import Frames
    from stance.records import ActorSummary, Analysis, Quotation, Score, Sentence, Speaker

SCHEMA = "stance.analysis/1"
DECIMALS = 6

# JSON escapes C0 controls by itself. These it leaves alone, and a terminal obeys them or breaks lines there.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def analysis_object(analysis: Analysis) -> dict[str, Any]:
    """Return an analysis as the contract's object of plain dictionaries and lists."""
    article, instrument = analysis.article, analysis.instrument
    sentences = {sentence.id: sentence for sentence in analysis.sentences}
    return {
        "schema": SCHEMA,
        "instrument": {
            "version": instrument.version,
            "classifier": instrument.classifier,
            "model": instrument.model,
            "lexicons": instrument.lexicons,
            "roster": instrument.roster,
            "evidence": instrument.evidence,
        },
        "article": {
            "id": article.id,
            "path": article.path,
            "title": article.title,
            "source": article.source,
            "date": article.date,
            "author": article.author,
            "url": article.url,
            "text": article.text,
            "words": count_words(article.text),
        },
        "sentences": [
            {
                "id": sentence.id,
                "paragraph": sentence.paragraph,
                "start": sentence.start,
                "end": sentence.end,
                "kind": sentence.kind.value,
                "issues": [issue.value for issue in analysis.frames.by_sentence.get(sentence.id, ())],
            }
            for sentence in analysis.sentences
        ],
        "mentions": [
            {
                "actor": mention.actor,
                "start": mention.start,
                "end": mention.end,
                "sentence": mention.sentence,
                "kind": mention.kind.value,
            }
            for mention in analysis.mentions
        ],
        "quotations": [_quotation(quotation) for quotation in analysis.quotations],
        "scores": [_score(score, sentences[score.sentence]) for score in analysis.scores],
        "actors": [_summary(summary) for summary in analysis.actors],
        "frames": _frames(analysis.frames),
    }


def analysis_json(analysis: Analysis, *, indent: int | None = None) -> bytes:
    """Return an analysis as UTF-8 JSON with a line end.

    Args:
        analysis: What to write.
        indent: Spaces of indentation; everything on one line if None, as JSON Lines want it.
    """
    return json_bytes(analysis_object(analysis), indent=indent)


def json_bytes(value: Any, *, indent: int | None = None) -> bytes:
    """Return any value as UTF-8 JSON with a line end, free of characters that a terminal obeys."""
    text = (
        compact_json(value)
        if indent is None
        else json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    )
    text = _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    # A lone surrogate becomes `\udc80`, which is also how JSON escapes it: it reads back equal.
    return text.encode("utf-8", "backslashreplace") + b"\n"


def compact_json(value: Any) -> str:
    """Return a value as JSON without superfluous spaces, as the CSV's `evidence` is written."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def evidence_objects(score: Score, sentence: Sentence) -> list[dict[str, Any]]:
    """Return a score's evidence as plain dictionaries; contributions add up to ln(p_positive / p_negative).

    What the classifier says without any word comes as kind `intercept` over the whole sentence. Words that speak on a
    portrayal axis follow, with the axis as their kind: they add nothing to the log-odds; `value` is what they add on
    the axis, `role` what the actor is to them.
    """
    parts = [(item.start, item.end, item.text, item.contribution, item.kind) for item in score.evidence]
    if score.intercept:
        parts.append((sentence.start, sentence.end, "", score.intercept, "intercept"))
    found: list[dict[str, Any]] = [
        {"start": start, "end": end, "text": text, "contribution": number(contribution), "kind": kind}
        for start, end, text, contribution, kind in parts
    ]
    for one in score.portrayal:
        found += (
            {
                "start": item.start,
                "end": item.end,
                "text": item.text,
                "contribution": 0.0,
                "kind": one.axis.value,
                "value": number(item.value),
                "role": item.role.value,
            }
            for item in one.evidence
        )
    return found


def count_words(text: str) -> int:
    """Count runs between white space that hold a letter or a digit."""
    return sum(any(character.isalnum() for character in word) for word in text.split())


def number(value: float) -> float:
    """Round for output. Zero has no sign there, or equal results could differ in their bytes."""
    return round(value, DECIMALS) + 0.0


def optional(value: float | None) -> float | None:
    """Round what was measured; None stays None."""
    return None if value is None else number(value)


def _speaker(speaker: Speaker | None) -> dict[str, Any] | None:
    if speaker is None:
        return None
    return {"text": speaker.text, "start": speaker.start, "end": speaker.end, "actor": speaker.actor}


def _quotation(quotation: Quotation) -> dict[str, Any]:
    return {
        "start": quotation.start,
        "end": quotation.end,
        "kind": quotation.kind.value,
        "speaker": _speaker(quotation.speaker),
        "cue": {"start": quotation.cue[0], "end": quotation.cue[1]} if quotation.cue else None,
    }


def _score(score: Score, sentence: Sentence) -> dict[str, Any]:
    return {
        "sentence": score.sentence,
        "actor": score.actor,
        "label": score.label.word,
        "score": number(score.score),
        "p_negative": number(score.p_negative),
        "p_neutral": number(score.p_neutral),
        "p_positive": number(score.p_positive),
        "confidence": number(score.confidence),
        "abstained": score.abstained,
        "voice": score.voice.value,
        "speaker": _speaker(score.speaker),
        "role": score.role.value,
        "portrayal": {one.axis.value: number(one.value) for one in score.portrayal},
        "issues": [issue.value for issue in score.issues],
        "negated": score.negated,
        "hedged": score.hedged,
        "evidence": evidence_objects(score, sentence),
    }


def _summary(summary: ActorSummary) -> dict[str, Any]:
    return {
        "actor": summary.actor,
        "sentences": summary.sentences,
        "mean": optional(summary.mean),
        "ci_low": optional(summary.ci_low),
        "ci_high": optional(summary.ci_high),
        "negative": summary.negative,
        "neutral": summary.neutral,
        "positive": summary.positive,
        "author_mean": optional(summary.author_mean),
        "quoted_mean": optional(summary.quoted_mean),
        "portrayal": {one.axis.value: number(one.mean) for one in summary.portrayal},
        "story_role": summary.role.value,
        "story_sentences": list(summary.role_sentences),
    }


def _frames(frames: Frames) -> dict[str, Any]:
    return {
        "issues": [
            {"issue": one.issue.value, "share": number(one.share), "sentences": list(one.sentences)}
            for one in frames.issues
        ],
        "generic": {one.frame.value: number(one.share) for one in frames.generic},
        "functions": [
            {
                "function": span.function.value,
                "sentence": span.sentence,
                "start": span.start,
                "end": span.end,
                "actors": list(span.actors),
                "cue": {"start": span.cue[0], "end": span.cue[1]},
            }
            for span in frames.functions
        ],
    }
