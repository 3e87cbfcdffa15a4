"""English inflection by rule: the forms under which a lexicon entry stands in running text.

Rules for the regular classes, a table for the irregular verbs and plurals that news uses, and the British spelling of
American lemmas. Over-generation is harmless here (a form that no text holds never matches); a missing form is not.
"""

import re
from functools import lru_cache

from stance.language.irregular import IRREGULAR
from stance.language.words import word_set

_PREFIXES = (
    "out",
    "over",
    "under",
    "mis",
    "re",
    "un",
    "fore",
    "with",
    "back",
    "double-",
    "self-",
    "free-",
    "brow",
    "way",
)
_REVERSE: dict[str, tuple[str, ...]] = {}
for _lemma, _cells in IRREGULAR.items():
    for _form in {form for cell in _cells for form in cell}:
        _REVERSE[_form] = (*_REVERSE.get(_form, ()), _lemma)

_IRREGULAR_PLURALS = {
    "man": "men", "woman": "women", "crisis": "crises", "child": "children", "person": "people",
    "foot": "feet", "statesman": "statesmen", "hypothesis": "hypotheses", "thief": "thieves",
    "hero": "heroes", "echo": "echoes", "veto": "vetoes", "life": "lives", "wolf": "wolves", "half": "halves",
    "fiasco": "fiascos", "strongman": "strongmen", "madman": "madmen", "conman": "conmen",
    "henchman": "henchmen", "gentleman": "gentlemen", "yes-man": "yes-men", "middleman": "middlemen",
    "people": "people", "torpedo": "torpedoes", "embargo": "embargoes", "wife": "wives",
    "analysis": "analyses",
}  # fmt: skip
for _lemma, _form in _IRREGULAR_PLURALS.items():
    _REVERSE[_form] = (*_REVERSE.get(_form, ()), _lemma)

# Two-syllable verbs with the stress at the end, and others that double their last letter.
_DOUBLING = word_set(
    """flip-flop sidestep overstep eavesdrop backstab bootleg kneecap misstep outgun wiretap foot-drag
    booby-trap featherbed tear-gas backslap outstrip admit commit omit submit permit transmit regret
    refer defer prefer infer confer deter incur occur concur rebut abet acquit allot annul appal rebel
    repel compel expel propel dispel control patrol extol befit outwit kidnap backpedal unplug humbug
    zigzag worship equip forget upset beget outrun overrun stir abhor debar disbar unwrap entrap enwrap
    handicap hobnob outbid overcommit recommit"""
)
_SINGULARS = word_set("news this politics its his us u.s was is has does congress press crisis as 's")
_VERB_FORMS = ("base", "third", "past", "participle", "progressive")
_VOWELS = frozenset("aeiou")
_ONE_SYLLABLE = re.compile(r"^(?:[^aeiou]*|[^aeiou]*qu)[aeiou][^aeiouwxy]$")


def verb_forms(lemma: str) -> dict[str, frozenset[str]]:
    """Return a verb's forms under the keys `base`, `third`, `past`, `participle`, `progressive`.

    Args:
        lemma: A single lower-case word, such as "defy"; a prefixed irregular ("outfight") follows its stem.

    Returns:
        Forms in American and British spelling.
    """
    table = IRREGULAR.get(lemma)
    prefix = ""
    if table is None:
        for candidate in _PREFIXES:
            stem = lemma.removeprefix(candidate)
            if stem != lemma and stem in IRREGULAR and len(stem) > 2:
                table, prefix = IRREGULAR[stem], candidate
                break
    if table is not None:
        cells = [frozenset(prefix + form for form in cell) for cell in table]
        return dict(zip(_VERB_FORMS, (frozenset({lemma}), *cells), strict=True))
    forms = {key: set[str]() for key in _VERB_FORMS}
    for spelling in british(lemma):
        forms["base"].add(spelling)
        forms["third"].add(_with_s(spelling))
        for stem in _stems(spelling):
            past = stem + "d" if stem.endswith("e") else stem + "ed"
            if spelling.endswith("y") and spelling[-2:-1] not in _VOWELS:
                past = spelling[:-1] + "ied"
            forms["past"].add(past)
            forms["participle"].add(past)
            forms["progressive"].add(_with_ing(stem))
    return {key: frozenset(value) for key, value in forms.items()}


def looks_plural(word: str) -> bool:
    """Whether a lower-case word has the ending of a plural and is no singular that happens to have it."""
    return word.endswith("s") and not word.endswith(("ss", "ous")) and word not in _SINGULARS


def noun_forms(lemma: str) -> frozenset[str]:
    """Return singular and plural of a noun, in American and British spelling."""
    forms = set()
    for spelling in british(lemma):
        forms.add(spelling)
        last = spelling.rsplit("-", 1)[-1]
        head = spelling[: len(spelling) - len(last)]
        forms.add(head + _IRREGULAR_PLURALS.get(last, _with_s(last)))
        if spelling in _IRREGULAR_PLURALS:
            forms.add(_IRREGULAR_PLURALS[spelling])
    return frozenset(forms)


def adjective_forms(lemma: str) -> frozenset[str]:
    """Return an adjective and, where it is short, its comparative and superlative."""
    forms = set(british(lemma))
    for spelling in british(lemma):
        if (
            not spelling.isalpha()
            or not 2 < len(spelling) < 8
            or spelling.endswith(("ed", "ing", "ful", "ous", "ive", "al", "ic", "id"))
        ):
            continue
        if spelling.endswith("y"):
            forms |= {spelling[:-1] + "ier", spelling[:-1] + "iest"}
        elif spelling.endswith("e"):
            forms |= {spelling + "r", spelling + "st"}
        elif len(spelling) <= 6:
            stem = spelling + spelling[-1] if _ONE_SYLLABLE.match(spelling) else spelling
            forms |= {stem + "er", stem + "est"}
    return frozenset(forms)


@lru_cache(maxsize=1 << 15)
def lemma_candidates(word: str) -> tuple[str, ...]:
    """Return every lemma whose forms may include a word; the caller checks with the forms themselves.

    Args:
        word: A lower-case token.
    """
    found = dict.fromkeys([word, *_REVERSE.get(word, ())])
    for prefix in _PREFIXES:
        if word.startswith(prefix):
            found.update(
                dict.fromkeys(prefix + lemma for lemma in _REVERSE.get(word.removeprefix(prefix), ()))
            )
    for suffix, endings in _SUFFIXES:
        if word.endswith(suffix) and len(word) > len(suffix) + 1:
            stem = word[: -len(suffix)]
            found.update(dict.fromkeys(stem + ending for ending in endings))
            if len(stem) > 3 and stem[-1] == stem[-2] and suffix in {"ed", "ing", "er", "est"}:
                found[stem[:-1]] = None
            if suffix in {"ed", "ing"} and stem.endswith("ck"):
                found[stem[:-1]] = None
    if any(stem in word for stem in _BRITISH_STEMS):
        for lemma in list(found):
            found.update(dict.fromkeys(_americanize(lemma)))
    return tuple(found)


_SUFFIXES = (
    ("s", ("",)), ("es", ("",)), ("ies", ("y",)), ("ed", ("", "e")), ("ied", ("y",)), ("ing", ("", "e")), ("ying", ("ie",)),
    ("er", ("", "e")), ("est", ("", "e")), ("ier", ("y",)), ("iest", ("y",)), ("men", ("man",)), ("ves", ("f", "fe")),
)  # fmt: skip


def _americanize(word: str) -> list[str]:
    found = []
    swapped = re.sub(r"is(e|ation|ing|ed|er)$", r"iz\1", word)
    if swapped != word:
        found.append(swapped)
    if word.endswith("yse"):
        found.append(word[:-3] + "yze")
    found.extend(word.replace(other, american) for american, other in _SPELLINGS if other in word)
    return found


def british(lemma: str) -> tuple[str, ...]:
    """Return a lemma with its British spellings: -ise, -our, -re, -ence, -ogue."""
    found = [lemma]
    if re.search(r"[a-z]{2}iz(?:e|ation|ing|ed|er)$", lemma) and lemma not in {
        "seize",
        "capsize",
        "downsize",
    }:
        found.append(re.sub(r"iz(e|ation|ing|ed|er)$", r"is\1", lemma))
    if lemma.endswith("yze"):
        found.append(lemma[:-3] + "yse")
    for american, other in _SPELLINGS:
        if american in lemma:
            found.append(lemma.replace(american, other))
    return tuple(dict.fromkeys(found))


_SPELLINGS = (
    ("honor", "honour"), ("labor", "labour"), ("favor", "favour"), ("humor", "humour"), ("rumor", "rumour"),
    ("savior", "saviour"), ("valor", "valour"), ("rancor", "rancour"), ("candor", "candour"),
    ("vigor", "vigour"), ("behavior", "behaviour"), ("endeavor", "endeavour"), ("harbor", "harbour"),
    ("clamor", "clamour"), ("splendor", "splendour"), ("color", "colour"), ("neighbor", "neighbour"),
    ("defense", "defence"), ("offense", "offence"), ("pretense", "pretence"), ("center", "centre"),
    ("maneuver", "manoeuvre"), ("skeptic", "sceptic"), ("dialog", "dialogue"), ("fulfill", "fulfil"),
    ("skillful", "skilful"), ("willful", "wilful"), ("jewelry", "jewellery"), ("judgment", "judgement"),
    ("instill", "instil"), ("enroll", "enrol"), ("glamor", "glamour"), ("specter", "spectre"),
    ("luster", "lustre"), ("plow", "plough"), ("mold", "mould"),
)  # fmt: skip
# What a form keeps of a British spelling, whatever its ending; most words hold none of it.
_BRITISH_STEMS = ("is", "ys", *(other[:-1] for _, other in _SPELLINGS))


def _with_s(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    if word.endswith("o") and word in {
        "echo",
        "veto",
        "torpedo",
        "embargo",
        "hero",
        "go",
        "do",
        "undergo",
        "forgo",
        "outdo",
    }:
        return word + "es"
    return word + "s"


def _stems(verb: str) -> set[str]:
    """Return the stems to which -ed and -ing are added: doubled where English doubles, both where usage varies."""
    if _ONE_SYLLABLE.match(verb) and len(verb) > 2:
        return {verb + verb[-1]}
    if verb in _DOUBLING:
        return {verb + verb[-1], verb} if verb.endswith(("l", "p")) else {verb + verb[-1]}
    if len(verb) > 4 and re.search(r"[^aeiou][aeiou]l$", verb):
        return {verb, verb + "l"}  # counseled, counselled
    if verb.endswith("c"):
        return {verb + "k"}
    return {verb}


def _with_ing(stem: str) -> str:
    if stem.endswith("ie"):
        return stem[:-2] + "ying"
    if stem.endswith("e") and not stem.endswith(("ee", "oe", "ye")):
        return stem[:-1] + "ing"
    return stem + "ing"
