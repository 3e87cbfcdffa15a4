"""Training of encoders on a tiny one made here: it learns, goes on after being stopped, and exports what it is.

Needs the extra `stance[train]`, which is gigabytes: `make test-training` installs it and runs these.
"""

import copy
import json
import random
import re
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("onnx")

import numpy as np
import onnxruntime
from safetensors.torch import load_file
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel, MPNetConfig, MPNetModel

from stance.classify.neural import load_neural
from stance.errors import DataError, ModelError, UsageError
from stance.pipeline import analyze, prepare
from stance.reading.text import article_from_text
from stance.research.coded import text_digest
from stance.research.neural.command import Request, train_neural
from stance.research.neural.fit import Schedule, fit, predict
from stance.research.neural.graph import write_graph
from stance.research.neural.logits import candidate_key, load_logits
from stance.research.neural.network import Batch, Network, starting_words
from stance.research.neural.passages import Item, Layout, Target, TrainingPassage, coded_probabilities
from stance.research.neural.training import Settings
from stance.research.soft_labels import soft_examples
from stance.resources import load_resources

GOOD, BAD, PLAIN = "praised admired hailed", "humiliated disgraced lied", "met visited called"


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    torch.set_num_threads(1)


def base(folder: Path, kind: str = "bert") -> Path:
    """Write a tiny encoder with a vocabulary of whole words."""
    texts = [*(word for words in starting_words().values() for word in words)]
    texts += f"{GOOD} {BAD} {PLAIN} the . , and by was in yesterday crowd critics".split()
    special = (
        ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
        if kind == "mpnet"
        else ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    )
    unknown = "<unk>" if kind == "mpnet" else "[UNK]"
    vocabulary = {word: number for number, word in enumerate([*special, *dict.fromkeys(texts)])}
    tokenizer = {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": [],
        "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True,
                       "strip_accents": None, "lowercase": True},
        "pre_tokenizer": {"type": "BertPreTokenizer"}, "post_processor": None, "decoder": None,
        "model": {"type": "WordPiece", "unk_token": unknown, "continuing_subword_prefix": "##",
                  "max_input_chars_per_word": 100, "vocab": vocabulary},
    }  # fmt: skip
    folder.mkdir(parents=True)
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer))
    Tokenizer.from_file(str(folder / "tokenizer.json"))
    shape = {
        "vocab_size": len(vocabulary),
        "hidden_size": 32,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "intermediate_size": 48,
        "max_position_embeddings": 130,
    }
    torch.manual_seed(5)
    model = MPNetModel(MPNetConfig(**shape)) if kind == "mpnet" else BertModel(BertConfig(**shape))
    model.save_pretrained(folder)
    return folder


def network(kind: str) -> Network:
    shape = {
        "vocab_size": 50, "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4,
        "intermediate_size": 48, "max_position_embeddings": 130, "attn_implementation": "eager",
    }  # fmt: skip
    torch.manual_seed(7)
    encoder = (
        MPNetModel(MPNetConfig(**shape), add_pooling_layer=False)
        if kind == "mpnet"
        else BertModel(BertConfig(**shape), add_pooling_layer=False)
    )
    found = Network(encoder, 50)
    torch.nn.init.normal_(found.slots)
    torch.nn.init.normal_(found.output.weight)
    return found.eval()


@pytest.mark.parametrize("kind", ["bert", "mpnet"])
@pytest.mark.parametrize("length", [3, 60, 128])
def test_the_graph_computes_what_the_network_computes(kind: str, length: int) -> None:
    own = network(kind)
    ids = torch.randint(5, 50 + 17, (1, length))
    marks, sentences = torch.zeros(2, length), torch.full((2, length), 1 / length)
    marks[0, 1], marks[1, 2] = 1, 1
    batch = Batch(ids, torch.ones_like(ids), marks, sentences, torch.zeros(2, dtype=torch.long))
    with torch.inference_mode():
        expected = own(batch).numpy()
    feed = {"ids": ids[0].numpy(), "marks": marks.numpy(), "sentences": sentences.numpy()}
    exact = onnxruntime.InferenceSession(write_graph(own, eight_bits=False)).run(None, feed)[0]
    rough = onnxruntime.InferenceSession(write_graph(own, eight_bits=True)).run(None, feed)[0]
    assert np.abs(exact - expected).max() < 1e-4
    assert np.abs(rough - expected).max() < 0.5
    assert write_graph(own, eight_bits=True) == write_graph(own, eight_bits=True)


@pytest.mark.parametrize("kind", ["bert", "mpnet"])
@pytest.mark.parametrize("eight_bits", [False, True])
def test_one_graph_holds_a_network_for_articles_and_one_for_lone_sentences(
    kind: str, eight_bits: bool
) -> None:
    own = network(kind)
    other = copy.deepcopy(own)
    with torch.no_grad():
        for name, parameter in other.named_parameters():
            if parameter is not other.words.weight and name != "words.weight":
                parameter.add_(torch.randn_like(parameter) * 0.1)
    feed = {
        "ids": np.array([5, 50, 9, 58, 66, 7]),
        "marks": np.eye(6, dtype=np.float32)[[1, 3]],
        "sentences": np.full((2, 6), 1 / 6, dtype=np.float32),
    }
    both = onnxruntime.InferenceSession(write_graph(own, other, eight_bits=eight_bits))
    for lone, single in ((False, own), (True, other)):
        expected = onnxruntime.InferenceSession(write_graph(single, eight_bits=eight_bits)).run(None, feed)[0]
        found = both.run(None, {**feed, "lone": np.array(lone)})[0]
        assert found.tobytes() == expected.tobytes()
    assert len(write_graph(own, other, eight_bits=eight_bits)) < 2 * len(
        write_graph(own, eight_bits=eight_bits)
    )


def passages(count: int) -> list[TrainingPassage]:
    """Sequences whose label is plain: token 10 before the slot is bad, 11 good, 12 neither."""
    chance = random.Random(1)
    found = []
    for number in range(count):
        label = chance.choice((-1, 0, 1))
        ids = [2, 20 + chance.randrange(9), {-1: 10, 1: 11, 0: 12}[label], 50, 20 + chance.randrange(9), 3]
        found.append(
            TrainingPassage(ids, [Item(str(number), (3,), 1, 5, Target(coded_probabilities(label)))])
        )
    return found


def test_a_network_learns_and_goes_on_after_being_stopped(tmp_path: Path, monkeypatch) -> None:
    data = passages(300)
    schedule = Schedule(epochs=6, rate=3e-3, tokens=120)
    whole = network("bert")
    fit(whole, lambda _: data, schedule)
    said = predict(whole, data)
    right = [
        int(said[item.key].argmax()) == int(np.argmax(item.target.probabilities))
        for passage in data
        for item in passage.items
    ]
    assert sum(right) > 0.95 * len(right)

    checkpoint = tmp_path / "c"
    monkeypatch.setattr("stance.research.neural.fit.CHECKPOINT_SECONDS", 0.0)
    stopped = network("bert")
    calls = []

    def stopping(chance: random.Random) -> list[TrainingPassage]:
        calls.append(chance)
        if len(calls) == 4:
            raise KeyboardInterrupt
        return data

    with pytest.raises(KeyboardInterrupt):
        fit(stopped, stopping, schedule, checkpoint=checkpoint)
    assert checkpoint.is_file()
    again = network("bert")
    lines: list[str] = []
    fit(again, lambda _: data, schedule, checkpoint=checkpoint, progress=lines.append)
    assert lines[0].startswith("going on from step ")
    assert not checkpoint.exists()
    for key, logits in predict(again, data).items():
        assert np.abs(logits - said[key]).max() < 0.2


def write_data(folder: Path) -> tuple[list[Path], Path]:
    chance = random.Random(2)

    def sentence(actor: str, label: int) -> str:
        verb = chance.choice({-1: BAD, 0: PLAIN, 1: GOOD}[label].split())
        return f"{actor} was {verb} by the crowd, and critics {chance.choice(PLAIN.split())}."

    rows, articles, codes, texts = [], [], [], []
    for number in range(60):
        label, text = number % 3 - 1, ""
        text = sentence("Obama", label)
        rows.append(
            {"id": f"r{number}", "doc": f"d{number // 3}", "text": text, "target": "Obama", "start": 0, "end": 5,
             "label": label}
        )  # fmt: skip
    for number in range(6):
        parts, at = [], 0
        for place in range(6):
            actor = chance.choice(("Obama", "Trump", "Russia"))
            label = (place + number) % 3 - 1
            parts.append(sentence(actor, label))
            codes.append(
                {"doc": f"a{number}", "start": at, "end": at + len(parts[-1]),
                 "codes": {actor: {"label": label, "voice": "author", "confidence": 2}}}
            )  # fmt: skip
            at += len(parts[-1]) + 1
        articles.append({"id": f"a{number}", "text": " ".join(parts), "date": "2018-01-01"})
        texts.append({"id": f"u{number}", "text": " ".join(reversed(parts))})
    coded = folder / "coded"
    coded.mkdir()

    def write(path: Path, objects: list[dict[str, object]]) -> Path:
        path.write_text("".join(f"{json.dumps(item)}\n" for item in objects))
        return path

    write(coded / "articles.jsonl", articles)
    write(coded / "codes.jsonl", codes)
    return [write(folder / "rows.jsonl", rows), coded], write(folder / "texts.jsonl", texts)


def settings(epochs: int = 8) -> Settings:
    schedule = Schedule(epochs=epochs, rate=2e-3, tokens=300)
    return Settings(
        folds=2, layout=Layout(60, 20), teacher_rows=schedule, teacher_articles=schedule, student_alone=schedule,
        student_articles=schedule, teacher_further=schedule, student_coded=schedule, replay=20,
    )  # fmt: skip


def test_one_command_trains_distils_exports_and_measures(tmp_path: Path) -> None:
    data, texts = write_data(tmp_path)
    teacher, student = base(tmp_path / "teacher", "mpnet"), base(tmp_path / "student")
    request = Request(data, tmp_path / "model", teacher, student, texts, settings=settings())
    lines: list[str] = []
    manifest = train_neural(request, lines.append)
    assert manifest["figures"].keys() == {"teacher", "student", "held_rows"}
    assert sum(path.stat().st_size for path in (tmp_path / "model").iterdir()) < 1_000_000
    card = (tmp_path / "model" / "model-card.md").read_text()
    assert "rows.jsonl" in card
    assert "student" in card
    resources = load_resources(classifier=str(tmp_path / "model"))
    bad, good = (
        analyze(
            article_from_text(f"Trump was {word} by the crowd, and critics met.", id="x"), resources
        ).scores[0]
        for word in ("disgraced", "hailed")
    )
    assert bad.score < good.score
    first = (tmp_path / "model" / "encoder.onnx").read_bytes()
    lines.clear()
    train_neural(request, lines.append)
    assert not [line for line in lines if line.startswith("fitting")]
    assert (tmp_path / "model" / "encoder.onnx").read_bytes() == first


def write_codes(texts: Path) -> Path:
    """Codes of the first texts, apart from them: everybody is blamed in every sentence."""
    rows = []
    for line in texts.read_text().splitlines()[:3]:
        row = json.loads(line)
        for found in re.finditer(r"(Obama|Trump|Russia) was [^.]*\.", row["text"]):
            codes = {found[1]: {"label": -1, "voice": "author", "confidence": 2}}
            rows.append(
                {"doc": row["id"], "article": text_digest(row["text"]), "start": found.start(), "end": found.end(),
                 "codes": codes}
            )  # fmt: skip
    path = texts.with_name("further.jsonl")
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return path


def test_further_coded_articles_teach_before_the_folds(tmp_path: Path) -> None:
    data, texts = write_data(tmp_path)
    data.append(write_codes(texts))
    teacher, student = base(tmp_path / "teacher", "mpnet"), base(tmp_path / "student")
    request = Request(
        data, tmp_path / "model", teacher, student, texts, tmp_path / "work", settings=settings(2)
    )
    manifest = train_neural(request)
    assert "further.jsonl" in {source["name"] for source in manifest["training"]["data"]}
    assert manifest["figures"].keys() == {"teacher", "student", "held_rows"}
    work = tmp_path / "work"
    assert (work / "student-further.safetensors").is_file()
    told = load_logits(work / "judged-further.npz")
    alone, last, mean = (
        load_file(work / f"{name}.safetensors") for name in ("student-alone", "student", "student-lone")
    )
    for name, value in mean.items():
        assert torch.allclose(value, (alone[name] + last[name]) / 2, atol=1e-6)
    classifier = load_neural(tmp_path / "model")
    sentence = "Trump was disgraced by the crowd, and critics met."
    (lone,) = classifier.passages_of(
        prepare(article_from_text(sentence, id="x"), load_resources(classifier="lexicon"))
    )
    (inside,) = classifier.passages_of(
        prepare(article_from_text(f"Critics met. {sentence}", id="x"), load_resources(classifier="lexicon"))
    )
    assert lone.lone and not inside.lone
    assert classifier.logits(lone) != classifier.logits(lone._replace(lone=False))
    # What is coded is not judged as well, and what was learned from it shows in what is said of the rest.
    assert {key.split("/")[0] for key in told} == {"u3", "u4", "u5"}
    assert np.mean([logits.argmax() for logits in told.values()]) < 0.5
    soft = list(soft_examples(texts, work / "soft-labels.jsonl", load_resources(classifier="lexicon")))
    assert {one.example.group for one in soft} == {"u3", "u4", "u5"}
    judged = load_logits(work / "judged-alone.npz")
    assert len([one for one in soft if not one.alone]) == len(told)
    assert len([one for one in soft if one.alone]) == len(judged) > 0
    for one in soft:
        if not one.alone:
            logits = told[candidate_key(one.example.group, one.example.candidate)]
            assert np.argmax(one.probabilities) == logits.argmax()
    without = Request(data, tmp_path / "m", teacher)
    with pytest.raises(UsageError, match="--text belongs to"):
        train_neural(without)


def test_without_a_student_the_base_itself_becomes_the_model(tmp_path: Path) -> None:
    data, _ = write_data(tmp_path)
    request = Request(data, tmp_path / "model", base(tmp_path / "base"), settings=settings(1))
    manifest = train_neural(request)
    assert manifest["figures"].keys() == {"teacher", "held_rows"}
    assert load_neural(tmp_path / "model").model


def test_what_cannot_be_trained_is_named(tmp_path: Path) -> None:
    data, texts = write_data(tmp_path)
    sound = base(tmp_path / "base")
    with pytest.raises(UsageError, match="--text belongs to"):
        train_neural(Request(data, tmp_path / "m", sound, texts=texts))
    with pytest.raises(ModelError, match="no encoder"):
        train_neural(Request(data, tmp_path / "m", tmp_path / "coded"))
    with pytest.raises(DataError, match="give both"):
        train_neural(Request(data[:1], tmp_path / "m", sound))
    with pytest.raises(UsageError, match="another --work"):
        train_neural(Request(data, tmp_path / "m", sound, settings=settings(2)))
    config = json.loads((sound / "config.json").read_text())
    (sound / "config.json").write_text(json.dumps({**config, "model_type": "roberta"}))
    with pytest.raises(ModelError, match="bert, mpnet"):
        train_neural(Request(data, tmp_path / "other", sound))
