"""Who speaks in each quotation: names in the place of pronouns, and speakers whom no reporting verb tells.

What newspapers do tells: "Obama went on:" introduces who speaks next, a quotation that fills a paragraph goes on with the
one before, and words in marks inside of a sentence that nobody else narrates are its subject's. Where none of this holds,
nobody is named.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from stance.language.words import Tokens, word_set
from stance.records import Mention, Quotation, QuotationKind, Sentence, SentenceKind, Speaker

_PRONOUNS = word_set("he she they it")
# "The group said": an organisation that was named before. "The statement said": whoever it was spoke.
_BODIES = word_set(
    """group company organization organisation agency department center centre council committee union newspaper paper
    firm campaign giant outlet network ministry embassy association foundation institute university party court bank"""
)
_WRITINGS = word_set("statement letter post tweet email message memo caption")
_OPENERS = word_set(
    """a an this that these those it he she they we i you in on at after before during for as when while if since by from to
    under over but and or so yet still now then there here what who why how where meanwhile however according
    image photo video"""
)
_ALONE = word_set(
    "he she they it people police men women others many some few most both who everybody somebody"
)
_REACH = 4  # sentences back to look for an organisation
_MOST_WORDS = 8


class Lead(NamedTuple):
    """Whom a sentence is about: the first subject that its narrator names, a person's key or an organisation's tokens."""

    key: str
    first: int
    last: int


class Speaking:
    """The speakers of an article.

    Args:
        text: The article's text.
        tokens: Its tokens.
        sentences: Its sentences that speak, in order.
        leads: For each of them, the person that it is about, or None.
        mentions: Mentions by name, to say which actor an organisation is.
        names: The longest name of each person, in tokens.
    """

    def __init__(
        self,
        text: str,
        tokens: Tokens,
        sentences: Sequence[Sentence],
        leads: Sequence[Lead | None],
        mentions: Sequence[Mention],
        names: Mapping[str, tuple[int, int]],
    ) -> None:
        self._text = text
        self._tokens = tokens
        self._sentences = sentences
        self._starts = [sentence.start for sentence in sentences]
        self._names = names
        self._mentions = mentions
        self._mention_starts = [mention.start for mention in mentions]
        begins = {tokens.between(sentence.start, sentence.end)[0] for sentence in sentences}
        # A word that has its capital inside of a sentence, too, is a name: "Facebook".
        self._proper = {
            word for token, word in enumerate(tokens.surface) if word[:1].isupper() and token not in begins
        }
        self._bodies = [self._body(sentence) for sentence in sentences]
        self._leads = [
            Lead("", *body) if body and (lead is None or lead.first > body[1] + 1) else lead
            for lead, body in zip(leads, self._bodies, strict=True)
        ]

    def name(
        self, quotations: Sequence[Quotation], keys: Mapping[int, str]
    ) -> tuple[list[Quotation], dict[int, str]]:
        """Return the quotations with their speakers, and by place the speaker's key where he is a person.

        Args:
            quotations: In order of place.
            keys: By place of a quotation, the key of its speaker as far as he is known.
        """
        found, known = list(quotations), dict(keys)
        previous: int | None = None
        thing: Speaker | None = None  # what was last quoted that is no person: "the resolution says"
        for place, quotation in enumerate(found):
            speaker, key = quotation.speaker, known.get(place)
            if speaker is not None and key is None and self._is_no_subject(speaker):
                speaker = None
            if speaker is None:
                if quotation.kind is QuotationKind.INDIRECT:
                    found[place] = replace(quotation, speaker=None)
                    continue
                source = self._unattributed(quotation, found[previous] if previous is not None else None)
                if isinstance(source, Lead):
                    speaker, key = self._as_speaker(source), source.key or None
                elif source is not None and previous is not None:
                    speaker, key = source, known.get(previous)
            elif key is None and self._is_body(speaker):
                speaker = self._earlier_body(speaker, thing) or speaker
            elif key is None and previous is not None and self._is_writing(speaker):
                speaker, key = found[previous].speaker or speaker, known.get(previous)
            elif key is not None and _names_nobody(speaker):
                speaker = self._as_speaker(Lead(key, *self._names[key]))
            if key is not None:
                known[place] = key
            elif speaker is not None and not self._is_body(speaker):
                thing = speaker
            found[place] = replace(quotation, speaker=speaker)
            if quotation.kind is not QuotationKind.INDIRECT:
                previous = place
        return found, known

    def _unattributed(self, quotation: Quotation, previous: Quotation | None) -> Lead | Speaker | None:
        """Say who speaks where no verb tells: whom a colon introduces, the sentence's subject, or who spoke last."""
        number = self._sentence(quotation.start)
        before = self._text[max(0, quotation.start - 4) : quotation.start].rstrip()
        if before.endswith(":") or (not before and self._introduced(number)):
            opened = number if before.endswith(":") and not self._opens(number, quotation) else number - 1
            if opened >= 0 and self._leads[opened] is not None:
                return self._leads[opened]
        sentence = self._sentences[number]
        fills = quotation.start - sentence.start <= 1 and quotation.end >= sentence.end - 1
        if not fills and self._leads[number] is not None:
            return self._leads[number]
        if previous is None or not fills:
            return None
        last = self._sentence(max(previous.start, previous.end - 1))
        near = number - last <= 2 and sentence.paragraph - self._sentences[last].paragraph <= 1
        return previous.speaker if near else None

    def _opens(self, number: int, quotation: Quotation) -> bool:
        return quotation.start - self._sentences[number].start <= 1

    def _introduced(self, number: int) -> bool:
        """Whether the sentence before one ends with a colon."""
        if number == 0:
            return False
        end = self._sentences[number - 1].end
        return self._text[max(0, end - 1) : end] == ":"

    def _sentence(self, place: int) -> int:
        return max(0, bisect_right(self._starts, place) - 1)

    def _as_speaker(self, lead: Lead) -> Speaker:
        first, last = self._names.get(lead.key, (lead.first, lead.last))
        start, end = self._tokens.starts[first], self._tokens.ends[last]
        return Speaker(self._text[start:end], start, end, self._actor(start, end))

    def _actor(self, start: int, end: int) -> str | None:
        low = bisect_left(self._mention_starts, start)
        high = bisect_left(self._mention_starts, end)
        return next((mention.actor for mention in self._mentions[low:high]), None)

    def _body(self, sentence: Sentence) -> tuple[int, int] | None:
        """Return the tokens of the organisation that a sentence begins with: "AIPAC also", "The Russian Embassy in"."""
        surface, lower = self._tokens.surface, self._tokens.lower
        if sentence.kind is not SentenceKind.BODY:
            return None  # capitals of headlines tell no names
        first, end = self._tokens.between(sentence.start, sentence.end)
        place = first + (first < end and lower[first] == "the")
        last = place
        while last < end and last - place < _MOST_WORDS and surface[last][:1].isupper():
            last += 1
        count = last - place
        if count == 0 or last >= end or not surface[last][:1].islower() or lower[place] in _OPENERS:
            return None
        return (first, last - 1) if count > 1 or place > first or surface[place] in self._proper else None

    def _is_no_subject(self, speaker: Speaker) -> bool:
        """Whether a word cannot be a subject by itself, as a single thing without an article cannot outside of headlines."""
        word = speaker.text
        if not word.isalpha() or not word.islower() or word.endswith("s") or word in _ALONE:
            return False
        return self._sentences[self._sentence(speaker.start)].kind is SentenceKind.BODY

    def _is_body(self, speaker: Speaker) -> bool:
        words = speaker.text.lower().split()
        return words == ["it"] or (len(words) > 1 and words[0] == "the" and words[-1] in _BODIES)

    def _is_writing(self, speaker: Speaker) -> bool:
        words = speaker.text.lower().split()
        return len(words) > 1 and words[0] in {"the", "his", "her"} and words[-1] in _WRITINGS

    def _earlier_body(self, speaker: Speaker, thing: Speaker | None) -> Speaker | None:
        """Return what "it" or "the group" means: the last that a sentence began with, or that was quoted."""
        if any(word[:1].isupper() for word in speaker.text.split()[1:]):
            return None  # "the Conservative Party" is named
        number = self._sentence(speaker.start)
        for back in range(number - 1, max(-1, number - 1 - _REACH), -1):
            start, end = self._sentences[back].start, self._sentences[back].end
            if thing is not None and start <= thing.start < end:
                return thing
            body = self._bodies[back]
            if body is not None:
                return self._as_speaker(Lead("", *body))
        return None


def _names_nobody(speaker: Speaker) -> bool:
    """Whether a speaker is a pronoun, or a description such as "the senator"."""
    words = speaker.text.split()
    return speaker.text.lower() in _PRONOUNS or (
        words[0].lower() == "the" and not any(word[:1].isupper() for word in words[1:])
    )
