"""Frames of a judged article: portrayal axes of each score, issue frames of each sentence, functions, and the story."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from stance.frame_records import Frames, FunctionSpan, Portrayal
from stance.frames.functions import Doing, find_functions, function_spans, holds
from stance.frames.issues import Framed, find_issues
from stance.frames.lexicon import FrameLexicon
from stance.frames.portrayal import portray
from stance.frames.story import frames_of
from stance.frames.ways import View
from stance.framing.cues import find_cues
from stance.framing.prepared import Prepared
from stance.language.lexicon import Lexicon
from stance.records import ActorKind, Candidate, Cue, Score, Sentence


@dataclass(frozen=True, slots=True)
class Framing:
    """What finds frames: the lexicon of words that change what others say, those of frames, and names of states."""

    lexicon: Lexicon
    frames: FrameLexicon
    countries: frozenset[str]

    def frame(self, prepared: Prepared, scores: Sequence[Score]) -> tuple[tuple[Score, ...], Frames]:
        """Return an article's scores with portrayal and issue frames added, and the frames of the article.

        Args:
            prepared: The article before any judgement.
            scores: One for each of its candidates, in order.
        """
        tokens = prepared.tokens
        speaking = [sentence for sentence in prepared.sentences if sentence.speaks]
        framed: dict[int, Framed] = {}
        doings: dict[int, list[Doing]] = {}
        for sentence in speaking:
            matches = self.frames.matter.scan(tokens.lower, *tokens.between(sentence.start, sentence.end))
            if not matches:
                continue
            own = find_issues(
                (entry for entry, _, _ in matches), partial(self._names_state, prepared, sentence)
            )
            if own.issues or own.generic:
                framed[sentence.id] = own
            doing = find_functions(matches, tokens.lower)
            if doing:
                doings[sentence.id] = doing
        more = self._portraying(prepared)
        about: dict[int, list[list[str]]] = {number: [[] for _ in own] for number, own in doings.items()}
        found = []
        for candidate, score in zip(prepared.candidates, scores, strict=True):
            number = candidate.sentence.id
            cues = [cue for cue in candidate.cues if (cue.entry, cue.part) in self.frames.axes]
            cues += more.get(number, ())
            portrayal: tuple[Portrayal, ...] = ()
            here = [(index, one) for index, one in enumerate(doings.get(number, ())) if one.holder]
            if cues or here:
                view = View(
                    prepared.readings.masked_for(tokens, candidate), state=candidate.kind is ActorKind.STATE
                )
                portrayal = portray(cues, view, self.frames, prepared.article.text, score)
                for index, one in here:
                    if holds(one, tokens, candidate, view):
                        about[number][index].append(candidate.actor)
            own_frames = framed.get(number)
            found.append(
                replace(score, portrayal=portrayal, issues=own_frames.issues if own_frames else ())
                if portrayal or own_frames
                else score
            )
        functions = _functions(prepared, doings, about)
        return tuple(found), frames_of(len(speaking), framed, functions, found)

    def words(self, prepared: Prepared) -> Iterator[Cue]:
        """Yield every match of an entry that speaks on an axis, wherever it stands: what a keyword count would see."""
        yield from (cue for cue in prepared.cues if (cue.entry, cue.part) in self.frames.axes)
        for cues in self._portraying(prepared).values():
            yield from cues

    def _names_state(self, prepared: Prepared, sentence: Sentence) -> bool:
        """Whether a sentence names a state, of the roster or not."""
        tokens = prepared.tokens
        first, end = tokens.between(sentence.start, sentence.end)
        if any(tokens.surface[index] in self.countries for index in range(first, end)):
            return True
        return any(
            mention.sentence == sentence.id and prepared.kinds[mention.actor] is ActorKind.STATE
            for mention in prepared.mentions[
                bisect_left(prepared.mentions, sentence.start, key=lambda one: one.start) : bisect_left(
                    prepared.mentions, sentence.end, key=lambda one: one.start
                )
            ]
        )

    def _portraying(self, prepared: Prepared) -> Mapping[int, list[Cue]]:
        """Return, by sentence, matches of entries that speak on an axis and evaluate nobody; cues found before go first."""
        sentences = list({candidate.sentence.id: candidate for candidate in prepared.candidates}.values())
        names = frozenset(token for first, last in prepared.forms for token in range(first, last + 1))
        cues = find_cues(
            prepared.tokens,
            (candidate.sentence for candidate in sentences),
            self.frames.portraying,
            self.lexicon.modifying,
            names,
        )
        starts = [cue.start for cue in cues]
        found = {}
        for candidate in sentences:
            sentence = candidate.sentence
            first, end = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
            if first < end:
                taken = _tokens_of(candidate)
                found[sentence.id] = [
                    cue for cue in cues[first:end] if taken.isdisjoint(range(cue.first, cue.last + 1))
                ]
        return found


def _tokens_of(candidate: Candidate) -> set[int]:
    return {token for cue in candidate.cues for token in range(cue.first, cue.last + 1)}


def _functions(
    prepared: Prepared, doings: Mapping[int, list[Doing]], about: Mapping[int, list[list[str]]]
) -> list[FunctionSpan]:
    sentences = {sentence.id: sentence for sentence in prepared.sentences if sentence.id in doings}
    return [
        span
        for number, own in doings.items()
        for span in function_spans(prepared.tokens, sentences[number], own, about[number])
    ]
