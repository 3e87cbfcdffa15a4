"""Who says it: direct, mixed and indirect quotations with their speakers.

Words in marks are a quotation if somebody is said to say them, or if they are too many for a title or a
nickname. Speech without marks is found by reporting verbs with a clause, and by phrases such as "according
to". A speaker is the nominal next to the reporting verb; one that is not found is left open, not guessed.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from stance.language.attribution import STOPS, Attribution
from stance.language.lexicon import Lexicon
from stance.language.patterns import PAST
from stance.language.quotation_marks import MARKS, Marked, marked_spans
from stance.language.reported import Reporting
from stance.language.speakers import DAYS, MONTHS, is_adverb, is_nobody, nominal_after
from stance.language.speech_verbs import SpeechVerb
from stance.language.words import Tokens, word_set
from stance.records import Block, Mention, Quotation, QuotationKind, Sentence, Speaker

_MAX_ATTRIBUTION = 200  # characters between a quotation and the verb that reports it
_MIN_WORDS = 4  # in marks that no verb reports
_MIN_REPORTED = 3  # without marks
_MAX_TAIL = 12
_MAX_INSERTION = 9
_MAX_JUDGED = 40
_CLOSING = word_set(". ? ! ; : , … ... — – --")
_AFTER_TAIL = word_set(
    """and but as while when adding noting citing referring speaking who which where though although"""
)
_LEADS = word_set(
    """in on at after before during for with as when while if since by from to under over speaking asked"""
)
_ADJUNCTS = word_set("from to on in at during after before by via over through last this earlier later again")


def find_quotations(
    text: str,
    tokens: Tokens,
    sentences: Sequence[Sentence],
    blocks: Iterable[Block],
    mentions: Sequence[Mention],
    lexicon: Lexicon,
) -> tuple[Quotation, ...]:
    """Find the quotations of an article.

    Args:
        text: The article's text.
        tokens: Its tokens.
        sentences: Its sentences.
        blocks: Its layout; a quotation does not run over a block's end.
        mentions: Mentions of actors, to say which actor speaks.
        lexicon: Holds the reporting words.

    Returns:
        Quotations in order of place. Spans of direct and mixed ones include their marks.
    """
    if not sentences:
        return ()
    marked = marked_spans(text, [block for block in blocks if block.kind.speaks])
    names = [tokens.between(mention.start, mention.end) for mention in mentions]
    reporting = Reporting(tokens, sentences, lexicon, [(first, end - 1) for first, end in names])
    attribution = Attribution(text, tokens, mentions, marked, reporting)
    found = [
        *_Marks(text, tokens, sentences, attribution).find(marked),
        *_Reports(tokens, reporting, attribution, lexicon).find(sentences),
    ]
    found.sort(key=lambda quotation: (quotation.start, -quotation.end))
    return tuple(_within(found))


def _within(found: Sequence[Quotation]) -> Iterator[Quotation]:
    """Yield quotations, those in marks with the speaker of the reported words that they are part of, if they have none."""
    around: Quotation | None = None
    for quotation in found:
        if quotation.kind is QuotationKind.INDIRECT:
            around = quotation
        elif quotation.speaker is None and around is not None and quotation.end <= around.end + 1:
            yield replace(quotation, speaker=around.speaker, cue=around.cue)
            continue
        yield quotation


class _Marks:
    """Quotations between marks: direct and mixed ones."""

    def __init__(
        self, text: str, tokens: Tokens, sentences: Sequence[Sentence], attribution: Attribution
    ) -> None:
        self._text = text
        self._tokens = tokens
        self._sentences = sentences
        self._starts = [sentence.start for sentence in sentences]
        self._attribution = attribution

    def find(self, marked: Iterable[Marked]) -> Iterator[Quotation]:
        """Yield the quotations between marks; scare quotes, titles and nicknames are none."""
        previous: tuple[Marked, Quotation] | None = None
        for span in marked:
            quotation = self._quotation(span)
            if quotation is None:
                continue
            if quotation.speaker is None and previous is not None and self._goes_on(previous[0], span):
                quotation = replace(quotation, speaker=previous[1].speaker)
            previous = span, quotation
            yield quotation

    def _quotation(self, span: Marked) -> Quotation | None:
        tokens = self._tokens
        first, last = tokens.between(span.start, span.end)
        words = sum(1 for word in tokens.lower[first:last] if word[0].isalnum())
        verb = self._verb_near(span) if words else None
        if words < _MIN_WORDS:
            if verb is not None and not self._is_spoken(span, verb):
                verb = self._verb_near(span, before_only=True)
            if verb is None and not self._ends(span, words):
                return self._claimed(span) if words else None
        body = self._text[span.start : span.end].strip(MARKS + " ")
        whole = body[:1].isupper() and words >= _MIN_WORDS
        kind = QuotationKind.DIRECT if whole else QuotationKind.MIXED
        if verb is None:
            return self._claimed(span) or Quotation(span.start, span.end, kind)
        cue = (tokens.starts[verb.first], tokens.ends[verb.last])
        speaker = self._attribution.speaker(verb, self._sentence_at(cue[0]))
        return Quotation(span.start, span.end, kind, speaker, cue)

    def _claimed(self, span: Marked) -> Quotation | None:
        """Return the words as those of whose claim they are part of, if the sentence says so."""
        found = self._attribution.owner_of_words(span.start, self._sentence_at(span.start))
        if found is None:
            return None
        return Quotation(span.start, span.end, QuotationKind.MIXED, *found)

    def _ends(self, span: Marked, words: int) -> bool:
        """Whether a few words end as a sentence does: “unsafe or unwelcome.” is said, “moment of truth” is a phrase."""
        return words == _MIN_WORDS - 1 and self._text[span.end - 2] in ".!?"

    def _is_spoken(self, span: Marked, verb: SpeechVerb) -> bool:
        """Whether a few words in marks are said: after the verb, or before it and closed as speech is."""
        if self._tokens.starts[verb.first] < span.start:
            return True
        around = self._text[max(span.start, span.end - 2) : span.end + 1]
        return any(mark in around for mark in ",.!?")

    def _goes_on(self, before: Marked, span: Marked) -> bool:
        """Whether a quotation continues the last: after at most one sentence, or in the next block."""
        if span.leads and span.block == before.block + 1:
            return not before.closed
        if span.block != before.block:
            return False
        return bisect_right(self._starts, span.start) - bisect_right(self._starts, before.end - 1) <= 1

    def _verb_near(self, span: Marked, *, before_only: bool = False) -> SpeechVerb | None:
        """Return the reporting verb nearest to the marks, in the sentences where they open and close."""
        tokens = self._tokens
        best, distance = None, _MAX_ATTRIBUTION
        low = max(self._sentence_at(span.start).start, span.start - distance)
        high = min(self._sentence_at(span.end - 1).end, span.end + distance)
        before = self._attribution.verbs_between(*tokens.between(low, span.start))
        after = self._attribution.verbs_between(*tokens.between(span.end, span.end if before_only else high))
        if self._continues(span, before):
            after = []
        for verb in (*before, *after):
            start = tokens.starts[verb.first]
            if start < span.start and (self._is_aside(verb, span) or self._is_inner(verb, before)):
                continue
            if start >= span.end and not verb.inverting and self._follows(verb, span):
                continue
            gap = span.start - tokens.ends[verb.last] if start < span.start else start - span.end
            if gap < distance:
                best, distance = verb, gap
        return best

    def _continues(self, span: Marked, before: Sequence[SpeechVerb]) -> bool:
        """Whether the marks stand in the clause of a verb before them: "who dismissed it as “harassment”, suggested"."""
        if not before:
            return False
        end, _ = self._tokens.between(span.start, span.end)
        between = self._tokens.lower[before[-1].last + 1 : end]
        return len(between) > 0 and STOPS.isdisjoint(between) and between[-1] != "that"

    @staticmethod
    def _is_inner(verb: SpeechVerb, before: Sequence[SpeechVerb]) -> bool:
        """Whether a verb is itself reported: "said the president believes", "said that Mueller did not establish"."""
        return (verb.denied or verb.mental) and any(
            other.first < verb.first and not (other.mental or other.progressive) for other in before
        )

    def _follows(self, verb: SpeechVerb, span: Marked) -> bool:
        """Whether nothing but marks stands between the words in marks and a verb after them."""
        _, end = self._tokens.between(span.start, span.end)
        return not any(word[0].isalnum() for word in self._tokens.lower[end : verb.first])

    def _is_aside(self, verb: SpeechVerb, span: Marked) -> bool:
        """Whether a verb before the marks stands in an aside that is over: "territory, which they consider theirs, has"."""
        words = self._tokens.lower
        if verb.first < 2 or words[verb.first - 2] not in {"which", "what", "whom"}:
            return False
        end, _ = self._tokens.between(span.start, span.end)
        return "," in words[verb.last + 1 : end - 1]

    def _sentence_at(self, place: int) -> Sentence:
        return self._sentences[max(0, bisect_right(self._starts, place) - 1)]


class _Reports:
    """Quotations without marks: indirect ones."""

    def __init__(
        self, tokens: Tokens, reporting: Reporting, attribution: Attribution, lexicon: Lexicon
    ) -> None:
        self._tokens = tokens
        self._reporting = reporting
        self._attribution = attribution
        self._phrases = lexicon.reporting

    def find(self, sentences: Iterable[Sentence]) -> Iterator[Quotation]:
        """Yield speech without marks: "X said (that) ...", "..., X said", "according to X, ..."."""
        for sentence in sentences:
            if sentence.speaks:
                first, end = self._tokens.between(sentence.start, sentence.end)
                found = list(self._by_verbs(first, end))
                yield from found or self._by_phrase(first, end)

    def _by_verbs(self, first: int, end: int) -> Iterator[Quotation]:
        tokens, reached = self._tokens, first
        for verb in self._attribution.verbs_between(first, end):
            if verb.first < reached:
                continue
            spans = self._reported(verb, first, end) or self._judged(verb, first, end)
            nominal = self._attribution.nominal(verb, first, end) if spans else None
            if not spans or (nominal is not None and is_nobody(tokens, nominal)):
                continue
            speaker = self._attribution.as_speaker(*nominal) if nominal is not None else None
            cue = (tokens.starts[verb.first], tokens.ends[verb.last])
            yield from self._quotations(spans, speaker, cue, factive=verb.factive)
            reached = spans[-1][1] + 1

    def _reported(self, verb: SpeechVerb, first: int, end: int) -> list[tuple[int, int]]:
        """Return the inclusive token spans that a verb reports: a clause after it, or what it interrupts."""
        words = self._tokens.lower
        start = self._reporting.clause_after(verb, end)
        subject = self._attribution.subject(verb, first)
        if start is not None:
            marked = words[start - 1] in {"that", ":"}
            # "Panetta, who served him as secretary, said the president was": the subject is before the insertion.
            inserted = verb.first > first and words[verb.first - 1] == "," and verb.form == PAST
            return [(start, end - 1)] if marked or subject or verb.progressive or inserted else []
        following = verb.last + 1 + (words[verb.last + 1 : verb.last + 2] == [","])
        if following < end and self._attribution.token_in_marks(following):
            return []
        if not verb.finite or not (verb.bare or verb.telling):
            return []
        if subject is not None and subject[0] > first and words[subject[0] - 1] == ",":
            comma, rest = subject[0] - 1, verb.last + 1
        elif self._attribution.is_inserted(verb.first, first):
            return []
        elif verb.first > first and words[verb.first - 1] == ",":
            after = nominal_after(self._tokens, verb.last, end)
            comma, rest = verb.first - 1, after[1] + 1 if after else end + 1
        else:
            return []
        if verb.telling and rest < end and words[rest] not in _CLOSING:
            rest = self._after_hearer(rest, end)
        return self._around(first, comma, rest, end) if rest <= end else []

    def _judged(self, verb: SpeechVerb, first: int, end: int) -> list[tuple[int, int]]:
        """Return what a verb that judges says of its object: "Democrats blasted the president over his plan"."""
        words = self._tokens.lower
        if not (verb.judging and verb.finite) or self._attribution.subject(verb, first) is None:
            return []
        stop = min(end, verb.last + 1 + _MAX_JUDGED)
        last = next((at for at in range(verb.last + 1, stop) if words[at] in STOPS), stop) - 1
        return [(verb.last + 1, last)] if last > verb.last else []

    def _after_hearer(self, place: int, end: int) -> int:
        """Step over the hearer of "..., an official told the council on Friday"."""
        words = self._tokens.lower
        stop = min(end, place + _MAX_TAIL)
        return next((at for at in range(place, stop) if words[at] in _CLOSING or self._is_adjunct(at)), stop)

    def _around(self, first: int, comma: int, rest: int, end: int) -> list[tuple[int, int]]:
        """Divide a sentence that a reporting clause interrupts at `comma`, or ends."""
        words = self._tokens.lower
        if rest < end and words[rest] not in _CLOSING and not self._is_adjunct(rest):
            return []
        stop = min(end, rest + _MAX_INSERTION)
        resume = next((place + 1 for place in range(rest, stop) if words[place] == ","), end)
        if resume + 1 < end and words[resume] not in _AFTER_TAIL:
            before = next((at + 1 for at in range(comma - 1, first - 1, -1) if words[at] in STOPS), first)
            clause = self._reporting.has_finite_verb(before, comma) or self._reporting.is_finite(resume)
            return [(before, comma - 1)] * clause + [(resume, end - 1)]
        if end - rest > _MAX_TAIL:
            return []
        # Verbs that no list knows, as in "The agency plans a review, officials said", are told by length.
        long = comma - first >= _MIN_WORDS and words[first] not in _LEADS
        return [(first, comma - 1)] if long or self._reporting.has_finite_verb(first, comma) else []

    def _is_adjunct(self, place: int) -> bool:
        word = self._tokens.lower[place]
        return word in DAYS or word in MONTHS or word in _ADJUNCTS or is_adverb(word)

    def _by_phrase(self, first: int, end: int) -> Iterator[Quotation]:
        """Yield what a sentence attributes by a phrase: "according to X", "in X's view", "as X put it"."""
        tokens, words = self._tokens, self._tokens.lower
        for index in range(first, end):
            found = self._phrases.longest(words, index, end)
            if found is None or found[0].item.part != "phrase" or self._attribution.token_in_marks(index):
                continue
            span = self._attribution.speaker_of_phrase(found[1], end)
            if span is None or is_nobody(tokens, span):
                continue
            rest = max(span[1], found[1][-1]) + 1
            before, after = (first, index - 1), (rest, end - 1)
            spans = [before] if index - first >= _MIN_REPORTED else [after]
            if index > first and words[index - 1] == "," and rest + 2 < end and words[rest] == ",":
                spans = [before, after]
            cue = (tokens.starts[index], tokens.ends[found[1][-1]])
            yield from self._quotations(spans, self._attribution.as_speaker(*span), cue)
            return

    def _quotations(
        self,
        spans: Iterable[tuple[int, int]],
        speaker: Speaker | None,
        cue: tuple[int, int],
        *,
        factive: bool = False,
    ) -> Iterator[Quotation]:
        """Yield spans as indirect quotations, unless hardly a word of them stands outside marks."""
        tokens = self._tokens
        kept = [trimmed for span in spans if (trimmed := self._trim(*span)) is not None]
        if sum(self._words_outside_marks(*span) for span in kept) >= _MIN_REPORTED:
            for first, last in kept:
                start, end = tokens.starts[first], tokens.ends[last]
                yield Quotation(start, end, QuotationKind.INDIRECT, speaker, cue, factive)

    def _trim(self, first: int, last: int) -> tuple[int, int] | None:
        """Leave out the marks that close and separate clauses."""
        words = self._tokens.lower
        while first <= last and words[last] in _CLOSING:
            last -= 1
        while first <= last and words[first] in _CLOSING:
            first += 1
        return (first, last) if first <= last else None

    def _words_outside_marks(self, first: int, last: int) -> int:
        marks = self._attribution
        places = range(first, last + 1)
        return sum(1 for at in places if self._tokens.lower[at][0].isalnum() and not marks.token_in_marks(at))
