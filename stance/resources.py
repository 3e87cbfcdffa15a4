"""Finds and loads what an analysis needs: lexicons, roster, given names, model. One frozen bundle a run."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from stance import __version__
from stance.actors.mentions import Context
from stance.actors.roster import Roster
from stance.actors.roster_file import load_roster
from stance.classify.interface import Classifier
from stance.errors import StanceError, UsageError
from stance.frames.find import Framing
from stance.frames.lexicon import load_frame_lexicon
from stance.language.lexicon import Lexicon, load_lexicon
from stance.records import Instrument

_PACKAGE = Path(__file__).resolve().parent
BUILT_IN_MODELS = _PACKAGE / "models"
BUILT_IN = ("linear", "neural")


def data_folder(name: str) -> Path:
    """Return a data folder, `lexicons` or `corpus`: inside an installed wheel, or at the top of a checkout.

    Raises:
        StanceError: Neither is there; the installation is broken.
    """
    for folder in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise StanceError(f"stance's own {name} are missing; install stance again")


@dataclass(frozen=True, slots=True)
class Resources:
    """Everything that stays the same during a run."""

    lexicon: Lexicon
    roster: Roster
    given_names: Mapping[str, str]
    countries: frozenset[str]
    elsewhere: frozenset[str]
    places: frozenset[str]
    classifier: Classifier
    framing: Framing
    instrument: Instrument
    min_confidence: float = 0.0

    def context(self, date: str = "") -> Context:
        """Return what decides whom a form mentions in an article of a date."""
        return Context(date, self.given_names, self.elsewhere)


def load_resources(
    *, roster: Path | None = None, classifier: str = "linear", min_confidence: float = 0.0
) -> Resources:
    """Load the bundle of a run.

    Args:
        roster: A roster of one's own; the built-in one if None.
        classifier: `linear`, `neural`, `lexicon`, or the folder of a trained model.
        min_confidence: Scores whose confidence is under this, in [0, 1], are marked as abstained.

    Raises:
        UsageError: There is no such classifier, or `min_confidence` is out of range.
        StanceError: A resource is missing or broken.
    """
    if not 0.0 <= min_confidence <= 1.0:
        raise UsageError(f"--min-confidence {min_confidence}: give a number from 0 to 1")
    # Loading makes many objects that all stay; looking for garbage among them would only cost time.
    gc.disable()
    try:
        return _load(roster, classifier, min_confidence)
    finally:
        gc.freeze()
        gc.enable()


def _load(roster: Path | None, classifier: str, min_confidence: float) -> Resources:
    lexicons = data_folder("lexicons")
    lexicon = load_lexicon(lexicons)
    frames = load_frame_lexicon(lexicons, lexicon.entries)
    roster_path = roster or lexicons / "roster.toml"
    actors = load_roster(roster_path)
    chosen = load_classifier(classifier)
    instrument = Instrument(
        version=__version__,
        classifier=chosen.name,
        model=chosen.model,
        lexicons=hashlib.sha256(f"{lexicon.digest} {frames.digest}".encode()).hexdigest()[:12],
        roster=hashlib.sha256(roster_path.read_bytes()).hexdigest()[:12],
        evidence=chosen.evidence,
    )
    names = load_given_names(lexicons)
    countries = load_words(lexicons / "countries.txt")
    elsewhere = countries | load_words(lexicons / "regions.txt")
    # "Georgia" and "Jordan" are places; whoever bears such a name is told by his given name.
    places = frozenset(word.lower() for word in elsewhere)
    framing = Framing(lexicon, frames, countries)
    return Resources(
        lexicon, actors, names, countries, elsewhere, places, chosen, framing, instrument, min_confidence
    )


def load_words(path: Path) -> frozenset[str]:
    """Read a list of words that white space separates; lines that begin with # are remarks."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def load_given_names(lexicons: Path) -> dict[str, str]:
    """Read given names: which pronoun means who bears each, empty where it may be either.

    Raises:
        StanceError: A line breaks the format.
    """
    path = lexicons / "given_names.txt"
    found: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        pronoun, mark, names = line.partition(":")
        if not mark or pronoun not in {"he", "she", "any"}:
            raise StanceError(
                f"{path}:{number}: no given names; expected `he: ...`, `she: ...` or `any: ...`"
            )
        found.update(dict.fromkeys(names.split(), "" if pronoun == "any" else pronoun))
    return found


def load_classifier(name: str) -> Classifier:
    """Return a classifier by name or model folder.

    Raises:
        UsageError: There is no such classifier, or it needs a library that is not installed.
        ModelError: Its model is missing or broken.
    """
    # Each classifier is imported when it is chosen: most runs need one.
    if name == "lexicon":
        from stance.classify.baseline import LexiconClassifier  # noqa: PLC0415

        return LexiconClassifier()
    if name in BUILT_IN:
        return _load_model(BUILT_IN_MODELS / name, name)
    if Path(name).is_dir():
        from stance.classify.model_file import manifest_of  # noqa: PLC0415

        schema = str(manifest_of(Path(name)).get("schema", ""))
        return _load_model(Path(name), "neural" if schema.startswith("stance.neural/") else "linear")
    raise UsageError(
        f"--classifier {name}: give {', '.join(BUILT_IN)}, lexicon, or the folder of a trained model"
    )


def _load_model(folder: Path, kind: str) -> Classifier:
    if kind == "neural":
        from stance.classify.neural import load_neural  # noqa: PLC0415

        return load_neural(folder)
    from stance.classify.linear import load_linear  # noqa: PLC0415

    return load_linear(folder)
