"""The forms of words: each rule with words that follow it and words that do not."""

import pytest

from stance.language.inflection import (
    adjective_forms,
    british,
    lemma_candidates,
    looks_plural,
    noun_forms,
    verb_forms,
)
from stance.language.patterns import compile_pattern, forms_of
from stance.resources import Resources


@pytest.mark.parametrize(
    ("lemma", "third", "past", "participle", "progressive"),
    [
        ("attack", "attacks", "attacked", "attacked", "attacking"),
        ("praise", "praises", "praised", "praised", "praising"),
        ("defy", "defies", "defied", "defied", "defying"),
        ("betray", "betrays", "betrayed", "betrayed", "betraying"),
        ("impress", "impresses", "impressed", "impressed", "impressing"),
        ("crush", "crushes", "crushed", "crushed", "crushing"),
        ("rob", "robs", "robbed", "robbed", "robbing"),
        ("quip", "quips", "quipped", "quipped", "quipping"),
        ("admit", "admits", "admitted", "admitted", "admitting"),
        ("visit", "visits", "visited", "visited", "visiting"),
        ("target", "targets", "targeted", "targeted", "targeting"),
        ("fix", "fixes", "fixed", "fixed", "fixing"),
        ("panic", "panics", "panicked", "panicked", "panicking"),
        ("agree", "agrees", "agreed", "agreed", "agreeing"),
        ("die", "dies", "died", "died", "dying"),
        ("veto", "vetoes", "vetoed", "vetoed", "vetoing"),
        ("lie", "lies", "lied", "lied", "lying"),
        ("undermine", "undermines", "undermined", "undermined", "undermining"),
        ("steal", "steals", "stole", "stolen", "stealing"),
        ("withdraw", "withdraws", "withdrew", "withdrawn", "withdrawing"),
        ("outfight", "outfights", "outfought", "outfought", "outfighting"),
        ("mishear", "mishears", "misheard", "misheard", "mishearing"),
    ],
)
def test_verbs(lemma: str, third: str, past: str, participle: str, progressive: str) -> None:
    forms = verb_forms(lemma)
    assert forms["base"] >= {lemma}
    assert [third, past, participle, progressive] == [
        next(form for form in sorted(forms[key]) if form == wanted)
        for key, wanted in zip(
            ("third", "past", "participle", "progressive"),
            (third, past, participle, progressive),
            strict=True,
        )
    ]


@pytest.mark.parametrize(
    ("lemma", "wrong"),
    [("rob", "robed"), ("visit", "visitted"), ("defy", "defyed"), ("fix", "fixxed"), ("quip", "quiped")],
)
def test_misspelled_pasts_are_no_forms(lemma: str, wrong: str) -> None:
    assert wrong not in verb_forms(lemma)["past"]


@pytest.mark.parametrize(
    ("lemma", "form"), [("criticize", "criticised"), ("counsel", "counselled"), ("travel", "traveled")]
)
def test_both_spellings_of_a_past(lemma: str, form: str) -> None:
    assert form in verb_forms(lemma)["past"]


@pytest.mark.parametrize(
    ("lemma", "plural"),
    [
        ("smear", "smears"),
        ("ally", "allies"),
        ("victory", "victories"),
        ("clash", "clashes"),
        ("crisis", "crises"),
        ("strongman", "strongmen"),
        ("yes-man", "yes-men"),
        ("hero", "heroes"),
        ("thief", "thieves"),
        ("chief", "chiefs"),
        ("toy", "toys"),
    ],
)
def test_nouns(lemma: str, plural: str) -> None:
    assert noun_forms(lemma) == {lemma, plural}


def test_nouns_in_british_spelling() -> None:
    assert noun_forms("rumor") == {"rumor", "rumors", "rumour", "rumours"}


@pytest.mark.parametrize(
    ("lemma", "degrees"),
    [
        ("weak", {"weaker", "weakest"}),
        ("brave", {"braver", "bravest"}),
        ("nasty", {"nastier", "nastiest"}),
        ("sad", {"sadder", "saddest"}),
        ("corrupt", set()),
        ("careful", set()),
        ("hated", set()),
    ],
)
def test_adjectives(lemma: str, degrees: set[str]) -> None:
    assert adjective_forms(lemma) == {lemma} | degrees


@pytest.mark.parametrize(
    ("american", "other"),
    [
        ("honor", "honour"),
        ("defense", "defence"),
        ("realize", "realise"),
        ("paralyze", "paralyse"),
        ("skeptic", "sceptic"),
    ],
)
def test_british_spelling(american: str, other: str) -> None:
    assert other in british(american)
    assert american in lemma_candidates(other)


@pytest.mark.parametrize("lemma", ["seize", "attack", "capsize"])
def test_words_without_another_spelling(lemma: str) -> None:
    assert british(lemma) == (lemma,)


@pytest.mark.parametrize(
    ("word", "plural"),
    [("critics", True), ("news", False), ("critic", False), ("reckless", False), ("dangerous", False)],
)
def test_plural_endings(word: str, plural: bool) -> None:
    assert looks_plural(word) is plural


def test_every_form_of_every_entry_leads_back_to_it(resources: Resources) -> None:
    lexicon = resources.lexicon
    lost = []
    for item in (*lexicon.entries, *lexicon.modifiers, *lexicon.speech):
        pattern = compile_pattern(item, item.entry, item.part)
        head = pattern.words[0]
        if head is None or pattern.inflects != 0:
            continue
        forms = {form for _, group in forms_of(head, pattern.part) for form in group}
        lost.extend((item.entry, form) for form in sorted(forms) if head not in lemma_candidates(form))
    assert lost == []
