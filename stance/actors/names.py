"""Names of others: which words of a text are names, so that a classifier cannot learn who is good and who is bad.

A capital tells a name where nothing else explains it. At a sentence's start and in headlines it is a name if it is one
elsewhere in the article, and never written small there.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from stance.language.tagger import is_name, load_tagger
from stance.language.words import Tokens, word_set
from stance.records import Names, Sentence

_INSIDE = word_set(", ; - / & ) ] % $ ' ’ 's ’s")  # after these no sentence begins
_TITLE_SHARE = 0.8  # of words with a capital, from which on capitals say nothing


def find_names(tokens: Tokens, sentences: Sequence[Sentence], states: Collection[str]) -> Names:
    """Find the words of an article that are names, whoever bears them.

    Args:
        tokens: The article's tokens.
        sentences: Its sentences, in order.
        states: Names and demonyms of the world's states, as written.

    Returns:
        Indexes of tokens. A name of several words is as many tokens; mentions of the roster are among them.
    """
    surface, lower = tokens.surface, tokens.lower
    options = load_tagger().options
    names: set[int] = set()
    open_places: list[int] = []
    for sentence in sentences:
        first, end = tokens.between(sentence.start, sentence.end)
        titled = _is_titled(surface[first:end], lower[first:end])
        marked = True
        for place in range(first, end):
            word = surface[place]
            if word[0].isupper():
                # A mark may end a sentence inside of this one, and begins another: "He said: We ...".
                if titled or marked:
                    open_places.append(place)
                elif is_name(lower[place], word, options(lower[place]), first=False, titled=False):
                    names.add(place)
            marked = not (word[0].isalnum() or word in _INSIDE)
    known = {lower[place] for place in names}
    if open_places:
        known -= {word for word in surface if word[0].islower()}
        names.update(place for place in open_places if lower[place] in known or surface[place] in states)
    return Names(frozenset(names), frozenset(place for place in names if surface[place] in states))


def _is_titled(surface: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether nearly all words that a headline would write with a capital have one."""
    is_closed = load_tagger().is_closed
    open_words = [
        word
        for word, small in zip(surface[1:], lower[1:], strict=True)
        if word[0].isalpha() and not is_closed(small)
    ]
    capitals = sum(word[0].isupper() for word in open_words)
    return len(open_words) > 1 and capitals >= _TITLE_SHARE * len(open_words)
