"""Codes of whole articles, read from files: a folder with texts and codes, or codes alone of texts that stand elsewhere.

A folder of coded articles holds `articles.jsonl` (`{"id", "title", "outlet", "date", "text"}`) and `codes.jsonl`, a row a
sentence: `{"doc", "start", "end", "codes": {actor: {"label", "voice", "confidence", "mention", "cue"}}}`, offsets in
code points. A file of codes alone has the same rows, with `article`, the beginning of the SHA-256 of the text that they
belong to, and `mention` and `cue` as two offsets instead of words; so it can be passed on where the texts may not.
"""

from __future__ import annotations

import hashlib
import json
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from stance.errors import DataError, UsageError
from stance.pipeline import prepare
from stance.reading.text import article_from_text
from stance.records import Sentence
from stance.research.articles import Code, CodedArticle, locate
from stance.research.data import SURE
from stance.resources import Resources

_SHINGLE = 8  # words in a row that two texts share only if one has them from the other
_SAME = 0.5  # share of a text's shingles from which on two texts are one
_DIGITS = 16

_Rows = Mapping[str, Sequence[dict[str, Any]]]


def is_coded_folder(path: Path) -> bool:
    """Whether a path is a folder of coded articles."""
    return (path / "articles.jsonl").is_file() and (path / "codes.jsonl").is_file()


def is_codes_file(path: Path) -> bool:
    """Whether a path is a file of codes alone."""
    try:
        with path.open(encoding="utf-8") as lines:
            row = json.loads(lines.readline())
    except (OSError, UnicodeDecodeError, ValueError, RecursionError):
        return False
    return isinstance(row, dict) and "doc" in row and "codes" in row


def read_coded(folder: Path, resources: Resources) -> Iterator[CodedArticle]:
    """Read and prepare the coded articles of a folder, in file order.

    Raises:
        DataError: A file is missing or breaks the format.
    """
    rows = _codes(folder / "codes.jsonl")
    found = list(_objects(folder / "articles.jsonl", ("id", "text")))
    groups = same_texts((str(row["id"]), row["text"]) for _, row in found)
    for where, row in found:
        id_ = str(row["id"])
        yield _coded(where, row, rows.get(id_, []), groups[id_], resources)


def read_codes(path: Path, texts: Path | None, resources: Resources) -> Iterator[CodedArticle]:
    """Read a file of codes alone with the texts that it belongs to, in the order of the texts.

    Args:
        path: The codes.
        texts: JSONL of articles, among them the coded ones, by `id`.
        resources: Lexicons and roster.

    Raises:
        UsageError: There are no texts.
        DataError: A file breaks the format, or a text is missing or another one.
    """
    if texts is None:
        raise UsageError(f"{path}: holds codes of articles whose texts stand elsewhere; give --text FILE")
    rows = dict(_codes(path))
    for where, row in _objects(texts, ("text",)):
        id_ = str(row.get("id", ""))
        own = rows.pop(id_, None)
        if own is None:
            continue
        if own[0].get("article") != text_digest(row["text"]):
            raise DataError(
                f"{where}: not the text that {path.name} codes; give the file that it was made from"
            )
        yield _coded(where, row, own, id_, resources)
    if rows:
        raise DataError(f"{texts}: lacks {len(rows)} articles that {path.name} codes, the first {min(rows)}")


def text_digest(text: str) -> str:
    """Return what tells a text from others: the beginning of its SHA-256, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def same_texts(articles: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Group articles that have half of their text in common, as when an article was collected twice.

    Args:
        articles: Ids and texts.

    Returns:
        For each id the id of the first article with its text. Linear in the length of the texts, save for passages that
        many of them share.
    """
    first_with: dict[int, str] = {}
    group_of: dict[str, str] = {}
    for id_, text in articles:
        words = re.findall(r"\w+", text.lower())
        shingles = {
            hash(tuple(words[place : place + _SHINGLE])) for place in range(max(1, len(words) - _SHINGLE + 1))
        }
        shared: dict[str, int] = defaultdict(int)
        for shingle in shingles:
            owner = first_with.setdefault(shingle, id_)
            if owner != id_:
                shared[group_of[owner]] += 1
        best = max(sorted(shared), key=lambda one: shared[one], default="")
        group_of[id_] = best if best and shared[best] >= _SAME * len(shingles) else id_
    return group_of


def _codes(path: Path) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for _, row in _objects(path, ("doc", "start", "end", "codes")):
        rows[str(row["doc"])].append(row)
    return rows


def _objects(path: Path, keys: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read ({error})") from None
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line)
            complete = all(key in row for key in keys) and isinstance(row.get("text", ""), str)
        except (ValueError, TypeError, AttributeError, RecursionError):
            complete = False
        if not complete:
            raise DataError(f"{path}:{number}: expected an object with {', '.join(keys)}")
        yield f"{path}:{number}", row


def _coded(
    where: str, row: dict[str, Any], rows: Sequence[dict[str, Any]], group: str, resources: Resources
) -> CodedArticle:
    text = row["text"]
    article = article_from_text(
        text,
        id=str(row["id"]),
        title=row.get("title", ""),
        source=row.get("outlet", ""),
        date=row.get("date") or "",
    )
    try:
        spans, codes = _read_codes_of(text, rows)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        raise DataError(
            f"{where}: a code of this article breaks the format; it is {{actor: {{label: -1, 0 or 1, voice, confidence}}}}, "
            "in a sentence inside the text"
        ) from None
    prepared = prepare(article, resources)
    matches = match(prepared.sentences, spans)
    return CodedArticle(
        prepared, group, tuple(spans), _join_fragments(prepared.sentences, spans, codes, matches), matches
    )


def _read_codes_of(
    text: str, rows: Sequence[dict[str, Any]]
) -> tuple[list[tuple[int, int]], dict[tuple[int, str], Code]]:
    """Return the coded sentences' offsets in order, and the codes by place and actor; any error means a broken row."""
    spans: list[tuple[int, int]] = []
    codes: dict[tuple[int, str], Code] = {}
    for place, row in enumerate(sorted(rows, key=lambda item: item["start"])):
        if not 0 <= row["start"] < row["end"] <= len(text):
            raise ValueError("outside the text")
        spans.append((row["start"], row["end"]))
        for actor, code in row["codes"].items():
            if code["label"] not in {-1, 0, 1}:
                raise ValueError("no label")
            words = code.get("mention") or ""
            codes[place, actor] = Code(
                code["label"],
                code.get("voice", ""),
                code.get("confidence", SURE),
                words if isinstance(words, str) else text[words[0] : words[1]],
                _cue(text, (row["start"], row["end"]), code.get("cue")),
            )
    return spans, codes


def _cue(text: str, span: tuple[int, int], cue: Any) -> tuple[int, int] | None:
    """Return the offsets of a cue that is coded as words or as offsets; None where there is none, or it is not found."""
    if not cue:
        return None
    if isinstance(cue, str):
        start = locate(text, span, cue)
        return None if start is None else (start, start + len(cue))
    start, end = int(cue[0]), int(cue[1])
    if not span[0] <= start < end <= span[1]:
        raise ValueError("a cue outside its sentence")
    return start, end


def match(sentences: Sequence[Sentence], spans: Sequence[tuple[int, int]]) -> tuple[int | None, ...]:
    """Return for each sentence the place of the span that overlaps it most, or None."""
    return tuple(_most((one.start, one.end), spans) for one in sentences)


def _most(wanted: tuple[int, int], spans: Sequence[tuple[int, int]]) -> int | None:
    """Return the place of the span that overlaps another most; spans are in order and apart."""
    best, most = None, 0
    place = bisect_left(spans, wanted[0], key=lambda span: span[1])
    while place < len(spans) and spans[place][0] < wanted[1]:
        overlap = min(spans[place][1], wanted[1]) - max(spans[place][0], wanted[0])
        if overlap > most:
            best, most = place, overlap
        place += 1
    return best


def _join_fragments(
    sentences: Sequence[Sentence],
    spans: Sequence[tuple[int, int]],
    codes: Mapping[tuple[int, str], Code],
    matches: Sequence[int | None],
) -> dict[tuple[int, str], Code]:
    """Give the codes of a fragment to the span that stands for its sentence.

    Coders got a segmenter's sentences, some of which end too early ("said Mr."). Where one sentence covers several of
    these, what was coded of each of them was coded of that sentence.
    """
    own = [(one.start, one.end) for one in sentences]
    taken = set(matches)
    joined: dict[tuple[int, str], Code] = {}
    moved: dict[int, int | None] = {}
    for (place, actor), code in codes.items():
        if place not in taken and place not in moved:
            sentence = _most(spans[place], own)
            moved[place] = None if sentence is None else matches[sentence]
        whole = moved.get(place)
        key = (place if whole is None else whole, actor)
        joined[key] = _joint(joined[key], code) if key in joined else code
    return joined


def _joint(one: Code, other: Code) -> Code:
    """Return the code of a whole from those of two parts: the polar one; of opposite ones, neutral."""
    if one.label * other.label < 0:
        return Code(0, one.voice, 1, one.mention)
    return other if other.label and not one.label else one
