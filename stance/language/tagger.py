"""Parts of speech where they matter: a small tagger that reads most words off a list and weighs only the rest.

A greedy averaged perceptron (Collins 2002) over a few neighbours, learned by `stance.research.learn_tagger` and kept in
`tagger.json`. Words that have one part of speech in nearly all of their uses are looked up; only the others are weighed.

Codes, a letter each: `N` noun, `E` name, `V` verb as it is listed (also present and imperative), `Z` third person, `D`
past, `B` past participle, `G` form in -ing, `M` modal, `J` adjective, `R` adverb, `P` pronoun, `S` possessive pronoun, `T`
determiner, `I` preposition or subordinator, `L` particle, `C` conjunction, `O` "to", `W` relative or interrogative pronoun,
`Q` how, when, where, why, `U` number, `A` the clitic 's, `F` anything else, `.` mark.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from stance.language.words import word_set

NAME, MARK, NUMBER, CLITIC, PRONOUN, POSSESSIVE = "E", ".", "U", "A", "P", "S"
BE = word_set("be am is are was were been being 's 're 'm isn't aren't wasn't weren't ain't")
GET = word_set("get gets got getting gotten become becomes became becoming")
HAVE = word_set("have has had having 've haven't hasn't hadn't 'd")
DO = word_set("do does did don't doesn't didn't")
NEGATED = word_set(
    """isn't aren't wasn't weren't ain't haven't hasn't hadn't don't doesn't didn't won't wouldn't can't cannot couldn't
    shan't shouldn't mustn't mightn't needn't"""
)
_MODALS = word_set(
    "will would can could may might must shall should won't wouldn't can't cannot couldn't shouldn't 'll"
)
# Words of these parts of speech are all known: one that is not is none of them, whatever its ending ("Angela").
_CLOSED = "PSTICWQOM"
_OPEN = "NJ"  # of an ending that says nothing
_ENDING = 3
_SHORT = 3
_MAX_KNOWN = 1 << 15
_TITLE_SHARE = 0.7  # of capitalised words, from which on capitals say nothing
# What an auxiliary before a verb says of the verb's form; the nearest one within a few adverbs.
_AUXILIARIES: Mapping[str, str] = {
    **dict.fromkeys(BE | GET, "b"),
    **dict.fromkeys(HAVE, "h"),
    **dict.fromkeys(DO | _MODALS | {"to"}, "m"),
}
_FIXED: Mapping[str, str] = {
    **dict.fromkeys(_MODALS, "M"),
    **dict.fromkeys(NEGATED - _MODALS, "D"),
    "'s": CLITIC,
    "to": "O",
    "not": "R",
    "n't": "R",
    "cannot": "M",
    # What was learned is American and modern; news in other Englishes has these.
    **dict.fromkeys(
        word_set(
            """towards amongst whilst amidst versus alongside aboard atop underneath beside besides unto notwithstanding till
            lest albeit"""
        ),
        "I",
    ),
    **dict.fromkeys(word_set("whomever whichever whoever"), "W"),
    **dict.fromkeys(word_set("oneself yourselves"), PRONOUN),
}


class Tagger:
    """Word lists and weights.

    Args:
        codes: For each known word in lower case its possible codes, the commonest first.
        endings: The same for the last three letters of words that are not known.
        weights: For each feature, the weight of each code that has one.
    """

    def __init__(
        self, codes: Mapping[str, str], endings: Mapping[str, str], weights: Mapping[str, Mapping[str, int]]
    ) -> None:
        self._codes = codes
        self._endings = endings
        self._weights = weights
        self._known: dict[str, str] = {}

    def options(self, word: str) -> str:
        """Return the codes that a word in lower case may have, the commonest first."""
        found = self._known.get(word)
        if found is None:
            if len(self._known) > _MAX_KNOWN:
                self._known.clear()
            found = self._known[word] = self._look_up(word)
        return found

    def _look_up(self, word: str) -> str:
        found = _FIXED.get(word) or self._codes.get(word)
        if found:
            return found
        if word[0].isdigit():
            return NUMBER
        if not word[0].isalpha():
            return MARK
        # What was learned is American; "honour" and "recognise" are known by their sisters.
        plain = self._codes.get(word.replace("our", "or").replace("ise", "ize").replace("isa", "iza"))
        return plain or self._endings.get(word[-_ENDING:], _OPEN)

    def is_closed(self, word: str) -> bool:
        """Whether a word in lower case is mostly a pronoun, preposition, conjunction or the like."""
        return self.options(word)[0] in _CLOSED

    def tag(self, words: Sequence[str], surface: Sequence[str], given: Mapping[int, str]) -> list[str]:
        """Return the code of each word of a sentence.

        Args:
            words: The words in lower case.
            surface: The words as written.
            given: Codes that are known already, by place: those of actors' mentions, which must not depend on names.
        """
        titled = capitals_say_nothing(surface, given)
        options = [self.options(word) for word in words]
        for place, code in given.items():
            options[place] = code
        after = [*options[1:], MARK]
        before, last, auxiliary = MARK, MARK, "-"
        found = []
        for place, word in enumerate(words):
            choice = options[place]
            if place not in given:
                if surface[place][0].isupper() and is_name(
                    word, surface[place], choice, first=last == MARK, titled=titled
                ):
                    choice = NAME
                elif len(choice) > 1:
                    around = (
                        words[place - 1] if place else "",
                        words[place + 1] if place + 1 < len(words) else "",
                    )
                    choice = self._choose(
                        context(word, last, before, auxiliary, around, after[place]), choice
                    )
                elif choice == CLITIC and (last in "PW" or (last == NAME and after[place][0] in "TRP")):
                    choice = "Z"  # "he's", "Obama's not"
            auxiliary = auxiliary_after(word, choice, auxiliary)
            before, last = last, choice
            found.append(choice)
        return found

    def _choose(self, names: Sequence[str], options: str) -> str:
        totals = dict.fromkeys(options, 0)
        for name in names:
            weights = self._weights.get(name)
            if weights:
                for code in totals:
                    if code in weights:
                        totals[code] += weights[code]
        return max(options, key=totals.__getitem__)


def auxiliary_after(word: str, code: str, auxiliary: str) -> str:
    """Return the kind of auxiliary that governs what follows a word: adverbs let the one before them through."""
    return _AUXILIARIES.get(word) or (auxiliary if code == "R" else "-")


def context(
    word: str, last: str, before: str, auxiliary: str, around: tuple[str, str], after: str
) -> tuple[str, ...]:
    """Return the features of a word whose code is open.

    Args:
        word: The word.
        last: The code of the word before it.
        before: The code of the one before that.
        auxiliary: The kind of auxiliary that governs it.
        around: Its neighbours.
        after: The possible codes of the next word.
    """
    previous, following = around
    return (
        f"w{word}",
        f"s{word[-_ENDING:]}",
        f"t{last}{before}",
        f"a{auxiliary}{last}",
        f"v{last} {word}",
        f"p{previous}",
        f"f{following}",
        f"n{after}",
        f"m{last}{after[0]}",
    )


def is_name(word: str, surface: str, options: str, *, first: bool, titled: bool) -> bool:
    """Whether a word with a capital is a name: neither a sentence's start nor a headline explains the capital."""
    if word in _FIXED or word == "i" or not surface[0].isupper():
        return False
    if first or titled:
        return options == NAME
    return options[0] not in _CLOSED or (len(surface) > 1 and surface.isupper())


def capitals_say_nothing(surface: Sequence[str], given: Mapping[int, str]) -> bool:
    """Whether nearly all long words of a sentence have a capital, as in headlines."""
    long_words = capitals = 0
    for place, word in enumerate(surface):
        if len(word) > _SHORT and place not in given and word[0].isalpha():
            long_words += 1
            capitals += word[0].isupper()
    return long_words > 2 and capitals >= _TITLE_SHARE * long_words


@cache
def load_tagger() -> Tagger:
    """Read the tagger that ships with stance."""
    data = json.loads((Path(__file__).parent / "tagger.json").read_text(encoding="utf-8"))
    return tagger_from_json(data)


def tagger_from_json(data: Mapping[str, Any]) -> Tagger:
    """Make a tagger of parsed JSON; words stand under their codes."""
    return Tagger(
        {word: codes for codes, words in data["words"].items() for word in words.split()},
        {
            ending: "".join(code for code in codes if code not in _CLOSED) or _OPEN
            for codes, endings in data["endings"].items()
            for ending in endings.split()
        },
        data["weights"],
    )
