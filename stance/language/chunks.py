"""Chunks: the runs of words that stand as one noun, one adjective or one verb (Abney 1991)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from stance.language.tagger import BE, DO, GET, HAVE, NEGATED
from stance.language.words import word_set

Link = tuple[int, int, str]
"""Dependent, head and label; see `stance.language.structure`."""

NEGATORS = word_set("not never n't hardly scarcely no nor neither without")
_AUXILIARY = BE | GET | HAVE | DO
_BY_BE = BE | GET
_TIMES = word_set("monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow tonight")
_QUOTES = frozenset("\"“”‘’'`´«»") | {"''", "``"}
_NOMINAL = frozenset("NEUTSJ")
_VERBS = frozenset("VZDBGM")
_FINITE = frozenset("ZDM")
_ADVERBS = 3  # that may stand between an auxiliary and its verb


class Chunk(NamedTuple):
    """A run of words with one head.

    Attributes:
        kind: `n` noun, `a` adjective, `v` verb group, or the code of a single word of another kind.
        first: Its first word.
        last: Its last.
        head: The word that stands for it.
        form: Of a verb group: `f` finite, `t` with "to", `g` in -ing, `b` past participle.
        passive: Whether a verb group is in the passive.
    """

    kind: str
    first: int
    last: int
    head: int
    form: str = ""
    passive: bool = False


def find_chunks(words: Sequence[str], codes: Sequence[str]) -> tuple[list[Chunk], list[Link], set[int]]:
    """Divide a sentence into chunks.

    Args:
        words: Its words in lower case.
        codes: The code of each, as `stance.language.tagger` gives them.

    Returns:
        The chunks in order, the links inside them, and the heads that are denied. Quotation marks are in no chunk.
    """
    chunker = _Chunker(words, codes)
    chunker.run()
    return chunker.chunks, chunker.links, chunker.negated


class _Chunker:
    """One sentence being divided."""

    def __init__(self, words: Sequence[str], codes: Sequence[str]) -> None:
        self.words = words
        self.codes = [
            "R" if code in "NE" and word in _TIMES else code for word, code in zip(words, codes, strict=True)
        ]
        self.chunks: list[Chunk] = []
        self.links: list[Link] = []
        self.negated: set[int] = set()

    def run(self) -> None:
        """Go through the sentence once."""
        place = 0
        for start in range(len(self.words)):
            if start < place:
                continue
            place = self._chunk_at(start)

    def _chunk_at(self, place: int) -> int:
        """Read the chunk that begins here; return where the next one does."""
        code = self.codes[place]
        if code in _NOMINAL:
            return self._noun(place)
        if code in _VERBS or (code == "O" and self._is_infinitive(place)):
            return self._verb(place)
        if self.words[place] not in _QUOTES:
            self.chunks.append(Chunk("n" if code == "P" else code, place, place, place))
        return place + 1

    def _is_infinitive(self, place: int) -> bool:
        """Whether "to" is followed by a bare verb, an adverb between them at most."""
        after = self.codes[place + 1 : place + 3]
        return after[:1] == ["V"] or after == ["R", "V"]

    def _noun(self, first: int) -> int:
        codes = self.codes
        place, head = first, -1
        while place < len(codes) and self._continues(place, first, head):
            if codes[place] in "NEU":
                head = place
            place += 1
        place = max(place, first + 1)
        last = place - 1
        kind = "n"
        if head < 0:
            head = last
            kind = "a" if codes[last] in "JBG" and codes[first] not in "TS" else "n"
        self.chunks.append(Chunk(kind, first, last, head))
        for inner in range(first, place):
            code = codes[inner]
            if inner != head and code not in "T.":
                self.links.append((inner, head, "p" if code == "S" else "v" if code == "R" else "m"))
            if self.words[inner] in NEGATORS:
                self.negated.add(head)
        return place

    def _continues(self, place: int, first: int, head: int) -> bool:
        """Whether a word goes on with the noun chunk that begins at `first` and whose head so far is at `head`."""
        codes = self.codes
        code = codes[place]
        if place == first:
            return True
        after = codes[place + 1] if place + 1 < len(codes) else ""
        if code in "TS":
            return head < 0 and codes[place - 1] not in "NEU"
        if code == "J":
            # "made the president weak", but "Trump presidential campaign"
            return head < 0 or (after != "" and after in "NEJ")
        if code in _NOMINAL:
            return True
        if not after:
            return False
        if code == "R":
            return head < 0 and after in "JBG"
        if code in "BG":
            return (head < 0 or codes[head] == "E") and after in "NEJ"
        return self.words[place] == "-" and after in "NEJBG"

    def _verb(self, first: int) -> int:
        """Read auxiliaries, adverbs and a verb."""
        codes, words = self.codes, self.words
        begin = first + (codes[first] == "O")
        place, verbs = begin, list[int]()
        adverbs: list[int] = []
        while place < len(codes):
            if codes[place] in _VERBS:
                verbs.append(place)
                place += 1
                if codes[place - 1] != "M" and words[place - 1] not in _AUXILIARY:
                    break
            elif codes[place] == "R" and (words[place] in NEGATORS or self._verb_after_adverbs(place)):
                adverbs.append(place)
                place += 1
            else:
                break
        head = verbs[-1]
        self.links.extend((one, head, "aux") for one in verbs[:-1])
        self.links.extend((one, head, "v") for one in adverbs)
        if any(words[one] in NEGATED for one in verbs) or any(words[one] in NEGATORS for one in adverbs):
            self.negated.add(head)
        form = self._form(first, begin)
        by_be = any(words[one] in _BY_BE for one in verbs[:-1])
        passive = codes[head] in "BD" and (by_be or form == "b")
        self.chunks.append(Chunk("v", first, place - 1, head, form, passive))
        return place

    def _verb_after_adverbs(self, place: int) -> bool:
        for code in self.codes[place + 1 : place + 1 + _ADVERBS]:
            if code != "R":
                return code in _VERBS
        return False

    def _form(self, first: int, begin: int) -> str:
        if begin > first:
            return "t"
        code = self.codes[begin]
        if code in "GB" and not (code == "B" and self.words[begin] in _AUXILIARY):
            return "g" if code == "G" else "b"
        return "f"
