"""Who is meant and who speaks: references, voices and quotations against what people coded.

    python benchmark/reference.py --data FOLDER [--quotations FILE...]

Prints presence by actor and by how the coder's words refer; how often the coded words themselves are found; the voices;
named entities and pronoun links in GUM (Zeldes 2017); and, where annotations are given, direct quotations with their
speakers. A file of annotations holds a line for each quotation: `{"doc", "first", "last", "speaker", "actor", "plain"}`.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from stance.framing.prepared import Prepared
from stance.pipeline import judge_prepared, prepare
from stance.reading.text import article_from_text
from stance.records import MentionKind, Quotation, QuotationKind
from stance.research.articles import CodedArticle
from stance.research.coded import read_coded
from stance.research.whole_articles import Counts
from stance.resources import Resources, load_resources

PRONOUNS = frozenset(
    "he him his himself she her it its they them their theirs i me my mine we us our ours who whose".split()
)
SPEAKER = frozenset({"i", "me", "my", "mine", "myself"})
ENTITIES = {"United_States": "US", "Russia": "Russia", "Barack_Obama": "Obama", "Donald_Trump": "Trump"}
# GUM's clusters hold an entity itself, not the bodies and people that act for it.
OWN_KINDS = frozenset({MentionKind.NAME, MentionKind.ALIAS, MentionKind.ROLE, MentionKind.PRONOUN})
MARKS = frozenset("\"'“”‘’«»")
VOICES = ("author", "quoted", "mixed")
DIRECT = frozenset({QuotationKind.DIRECT, QuotationKind.MIXED})


def presence(articles: Sequence[CodedArticle]) -> None:
    """Print how the sentences and actors found agree with the coded ones, and what the misses and false alarms are."""
    counts: dict[str, Counts] = defaultdict(Counts)
    by_kind: dict[str, Counter[bool]] = defaultdict(Counter)
    alarms: Counter[str] = Counter()
    for article in articles:
        found = found_rows(article)
        for key in article.codes.keys() | found.keys():
            code = article.codes.get(key)
            for name in (key[1], "all"):
                counts[name].hits += code is not None and key in found
                counts[name].false += code is None
                counts[name].missed += key not in found
            if code is not None and code.mention:
                by_kind[kind_of(code.mention)][key in found] += 1
            if code is None:
                alarms[found[key]] += 1
    print("Presence: sentences and actors\n")
    print(f"{'':12}{'F1':>8}{'precision':>11}{'recall':>8}{'rows':>7}")
    for name, own in sorted(counts.items()):
        rows = own.hits + own.missed
        print(f"{name:12}{own.f1:8.3f}{own.precision:11.3f}{own.recall:8.3f}{rows:7}")
    print("\nRecall by the coder's words, and false alarms by kind of mention\n")
    for name, there in sorted(by_kind.items()):
        total = there[True] + there[False]
        print(f"{name:12}{there[True] / total:8.3f}{total:7}")
    print(", ".join(f"{kind} {count}" for kind, count in alarms.most_common()))


def found_rows(article: CodedArticle) -> dict[tuple[int, str], str]:
    """Return the coded sentences and actors that the pipeline has, with the kind of the first mention."""
    found: dict[tuple[int, str], str] = {}
    for candidate in article.prepared.candidates:
        place = article.matches[candidate.sentence.id - 1]
        if place is not None:
            found.setdefault((place, candidate.actor), candidate.mentions[0].kind.value)
    return found


def kind_of(words: str) -> str:
    """Say how a coder's words refer: by pronoun, or otherwise."""
    first = re.split(r"\W+", words.lower().strip())[0]
    return "pronoun" if first in PRONOUNS and len(words.split()) == 1 else "other words"


def coded_mentions(articles: Sequence[CodedArticle]) -> None:
    """Print how often the words that a coder named are a mention of that actor."""
    right: dict[str, Counter[bool]] = defaultdict(Counter)
    for article in articles:
        text = article.prepared.article.text
        sentences = article.prepared.sentences
        for (place, actor), code in article.codes.items():
            if not code.mention:
                continue
            own_sentences = [
                sentence for sentence, match in zip(sentences, article.matches, strict=True) if match == place
            ]
            # A coded sentence may end too early, at an abbreviation; the words can stand in its rest.
            start = min([article.spans[place][0], *(one.start for one in own_sentences)])
            end = max([article.spans[place][1], *(one.end for one in own_sentences)])
            spans = list(occurrences(text, start, end, code.mention))
            here = {sentence.id for sentence in own_sentences}
            own = [one for one in article.prepared.mentions if one.actor == actor and one.sentence in here]
            hit = any(one.start < last and one.end > first for one in own for first, last in spans)
            for name in ("all", kind_of(code.mention)):
                right[name][hit] += 1
    print("\nCoded words that are a mention of their actor\n")
    for name, own_count in sorted(right.items()):
        total = own_count[True] + own_count[False]
        print(f"{name:12}{own_count[True] / total:8.3f}{total:7}")


def occurrences(text: str, start: int, end: int, words: str) -> Iterator[tuple[int, int]]:
    """Yield where words stand in a stretch of text, whole and with any case."""
    pattern = rf"(?i)(?<!\w){re.escape(words)}(?!\w)"
    for found in re.compile(pattern).finditer(text, start, end):
        yield found.span()


def rules(articles: Sequence[CodedArticle]) -> None:
    """Print for each rule and kind of mention how many mentions have a sentence that is coded so."""
    counts: dict[tuple[str, str], Counter[bool]] = defaultdict(Counter)
    for article in articles:
        for mention in article.prepared.mentions:
            place = article.matches[mention.sentence - 1]
            if place is not None and article.prepared.sentences[mention.sentence - 1].speaks:
                right = (place, mention.actor) in article.codes
                counts[mention.rule.name, mention.kind.value][right] += 1
    print("\nMentions by rule and kind: coded so, found\n")
    for (rule, kind), count in sorted(counts.items()):
        total = count[True] + count[False]
        print(f"{rule:12}{kind:12}{count[True]:6}{total:6}{count[True] / total:8.3f}")


def voices(articles: Sequence[CodedArticle], resources: Resources) -> None:
    """Print how voices agree with the coded ones."""
    table: Counter[tuple[str, str]] = Counter()
    for article in articles:
        best: dict[tuple[int, str], tuple[int, str]] = {}
        for score in judge_prepared(article.prepared, resources.classifier):
            place = article.matches[score.sentence - 1]
            sentence = article.prepared.sentences[score.sentence - 1]
            size = sentence.end - sentence.start
            if place is not None and size > best.get((place, score.actor), (-1, ""))[0]:
                best[place, score.actor] = (size, score.voice.value)
        for key, (_, voice) in best.items():
            if key in article.codes:
                table[article.codes[key].voice, voice] += 1
    total = sum(table.values())
    print(f"\nVoices: {sum(table[one, one] for one in VOICES) / total:.3f} of {total} agree\n")
    print(f"{'coded, found':14}" + "".join(f"{voice:>8}" for voice in VOICES))
    for coded in VOICES:
        print(f"{coded:14}" + "".join(f"{table[coded, voice]:8}" for voice in VOICES))


def entities(path: Path, resources: Resources) -> None:
    """Print how mentions agree with the entities of GUM, and which pronouns are linked rightly."""
    counts: dict[str, Counts] = defaultdict(Counts)
    links = Counts()
    beside = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        prepared = prepare(article_from_text(row["text"], id=row["id"]), resources)
        for actor in ENTITIES.values():
            gold = [
                (mention["start"], mention["end"])
                for cluster in row["clusters"]
                if ENTITIES.get(cluster["wiki"] or "") == actor
                for mention in cluster["mentions"]
            ]
            own = [one for one in prepared.mentions if one.actor == actor and one.kind in OWN_KINDS]
            for one in own:
                right = any(start <= one.start and one.end <= end for start, end in gold) or any(
                    one.start <= start and end <= one.end for start, end in gold
                )
                for name in (actor, "all"):
                    counts[name].hits += right
                    counts[name].false += not right
                if one.kind is MentionKind.PRONOUN:
                    links.hits += (one.start, one.end) in gold
                    links.false += (one.start, one.end) not in gold
            every = [one for one in prepared.mentions if one.actor == actor]
            for start, end in gold:
                missed = not any(one.start < end and one.end > start for one in every)
                for name in (actor, "all"):
                    counts[name].missed += missed
                beside += missed and is_beside(prepared, start, end)
    print("\nGUM: mentions of the entities, and pronouns linked to them\n")
    print(f"{'':12}{'F1':>8}{'precision':>11}{'recall':>8}")
    for name, own_counts in sorted(counts.items()):
        print(f"{name:12}{own_counts.f1:8.3f}{own_counts.precision:11.3f}{own_counts.recall:8.3f}")
    total = counts["all"]
    told = Counts(total.hits, total.false, total.missed - beside)
    print(f"F1 without {beside} that the texts do not tell or that only say whose president: {told.f1:.3f}")
    print(f"pronouns: precision {links.precision:.3f} of {links.hits + links.false}")


def is_beside(prepared: Prepared, start: int, end: int) -> bool:
    """Whether a mention in GUM is the speaker of a speech whom its text never names, or the state of "U.S. President"."""
    if prepared.article.text[start:end].lower() in SPEAKER:
        return True
    first, last = prepared.tokens.between(start, end)
    return any(begin < last and close >= first for begin, close in prepared.forms)


def quotations(articles: Iterable[CodedArticle], files: Sequence[Path]) -> None:
    """Print how many annotated direct quotations are found, and how many speakers are right."""
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for path in files:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            rows[row["doc"]].append(row)
    found = speakers = total = plain = actors = 0
    for article in articles:
        place = 0
        for row in rows.get(article.id, ()):
            span = locate_quotation(article.prepared, row, place)
            if span is None:
                continue
            place = span[0]
            total += 1
            match = best_match(article.prepared.quotations, span)
            found += match is not None
            if row["plain"] and row["speaker"]:
                plain += 1
                actors += match is not None and actor_of(match) == row["actor"]
                speakers += match is not None and same_speaker(match, row)
    print(f"\nDirect quotations: {total} annotated, found {found / total:.3f}, ", end="")
    print(f"speaker right {speakers / plain:.3f}, speaking actor right {actors / plain:.3f} of {plain} plain")


def locate_quotation(prepared: Prepared, row: dict[str, Any], place: int) -> tuple[int, int] | None:
    """Return where an annotated quotation stands, without its marks, from a place on."""
    text = prepared.article.text
    pattern = re.compile(re.escape(row["first"]))
    starts = [match.start() for match in pattern.finditer(text)]
    # The same words may stand elsewhere without marks: a post, and then what is quoted of it.
    marked = [
        start for start in starts if not MARKS.isdisjoint(text[max(0, start - 2) : start + 1])
    ] or starts
    start = next((start for start in marked if start >= place), marked[0] if marked else -1)
    if start < 0:
        return None
    last = text.find(row["last"], start)
    return (start, last + len(row["last"])) if last >= 0 else None


def best_match(found: Sequence[Quotation], span: tuple[int, int]) -> Quotation | None:
    """Return the quotation in marks that shares most of a span, if that is nearly all of it."""
    start, end = span
    shared = [
        (min(one.end, end) - max(one.start, start), one)
        for one in found
        if one.kind in DIRECT and one.start < end and one.end > start
    ]
    if not shared:
        return None
    length, best = max(shared, key=lambda pair: pair[0])
    return best if length >= 0.9 * (end - start) else None


def actor_of(quotation: Quotation) -> str | None:
    """Return the roster actor who speaks."""
    return quotation.speaker.actor if quotation.speaker else None


def same_speaker(quotation: Quotation, row: dict[str, Any]) -> bool:
    """Whether a speaker is the annotated one: the actor, or a word of his name."""
    speaker = quotation.speaker
    if speaker is None:
        return False
    if row["actor"] is not None and speaker.actor == row["actor"]:
        return True
    wanted = {word for word in re.findall(r"\w+", row["speaker"].lower()) if len(word) > 1}
    said = set(re.findall(r"\w+", speaker.text.lower()))
    return bool(wanted & said)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--quotations", type=Path, nargs="*", default=[])
    options = parser.parse_args()
    resources = load_resources(classifier="lexicon")
    articles = list(read_coded(options.data / "whole_articles", resources))
    presence(articles)
    coded_mentions(articles)
    rules(articles)
    voices(articles, resources)
    entities(options.data / "coreference" / "gum_train.jsonl", resources)
    if options.quotations:
        quotations(articles, options.quotations)


if __name__ == "__main__":
    main()
