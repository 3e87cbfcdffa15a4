"""A network written out as an ONNX graph, operator by operator: nothing is traced, so nothing depends on an example.

Inputs: `ids` (tokens), `marks` and `sentences` (candidates x tokens), the weights of two means. Output: `logits`
(candidates x 3). One window at a time, so there is no padding and no mask, and no window can change another's result.
Two networks that share their words' embeddings make one graph: a further input, `lone`, says which of them reads.

In eight bits, weights keep one scale for each output and are held to -64 .. 63: on processors without VNNI, pairs of
larger products would saturate, and the same model would give other numbers there.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from stance.classify.neural import BRANCH
from stance.classify.windows import SLOT_COUNT
from stance.research.neural.network import Network

OPSET = 20
IR_VERSION = 9
_HALF_RANGE = 63  # of weights in eight bits, see above
_EMBEDDING_RANGE = 127


@dataclass(slots=True)
class _Graph:
    """Nodes and weights as they are added; branches of a graph share its numbers, so that names differ."""

    eight_bits: bool
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    weights: list[onnx.TensorProto] = field(default_factory=list)

    def name(self, hint: str) -> str:
        return f"{hint}_{next(self.numbers)}"

    def constant(self, value: np.ndarray, hint: str = "w") -> str:
        name = self.name(hint)
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def floats(self, value: np.ndarray | torch.Tensor, hint: str = "w") -> str:
        return self.constant(_array(value).astype(np.float32), hint)

    def integers(self, values: Sequence[int] | int) -> str:
        return self.constant(np.array(values, dtype=np.int64), "i")

    def add(self, operator: str, *inputs: str, outputs: int = 1, **attributes: Any) -> str:
        names = [self.name(operator.lower()) for _ in range(outputs)]
        self.nodes.append(helper.make_node(operator, inputs, names, **attributes))
        return names[0] if outputs == 1 else "\0".join(names)

    def linear(
        self, value: str, weight: np.ndarray, bias: np.ndarray, *, eight_bits: bool | None = None
    ) -> str:
        """Multiply by a weight (inputs x outputs) and add a bias."""
        if not (self.eight_bits if eight_bits is None else eight_bits):
            return self.add("Add", self.add("MatMul", value, self.floats(weight)), self.floats(bias))
        scale = np.abs(weight).max(axis=0) / _HALF_RANGE
        scale[scale == 0] = 1.0
        whole = self.constant(np.rint(weight / scale).astype(np.int8), "q")
        low, size, zero = self.add("DynamicQuantizeLinear", value, outputs=3).split("\0")
        product = self.add("MatMulInteger", low, whole, zero)
        real = self.add("Cast", product, to=TensorProto.FLOAT)
        factor = self.add("Mul", size, self.floats(scale))
        return self.add("Add", self.add("Mul", real, factor), self.floats(bias))

    def normalize(self, value: str, layer: Any, epsilon: float) -> str:
        weight, bias = self.floats(layer.weight), self.floats(layer.bias)
        return self.add("LayerNormalization", value, weight, bias, axis=-1, epsilon=epsilon)


def _array(value: np.ndarray | torch.Tensor) -> np.ndarray:
    return value.detach().float().numpy() if isinstance(value, torch.Tensor) else value


def write_graph(network: Network, lone: Network | None = None, *, eight_bits: bool) -> bytes:
    """Return a network as ONNX.

    Args:
        network: In full precision.
        lone: What reads lone sentences in its place: the same kind of network, with the same embeddings of words.
        eight_bits: Whether weights and word embeddings are written as int8; floats otherwise.
    """
    graph = _Graph(eight_bits)
    length = graph.add("Shape", "ids")
    slots = [network.slots] if lone is None else [network.slots, lone.slots]
    words = torch.cat([network.words.weight[: network.vocabulary], *slots])
    if lone is None:
        logits = _read(graph, network, _look_up(graph, words, "ids"), length)
    else:
        logits = graph.name("logits")
        value = _look_up(graph, words, _later_slots(graph, network.vocabulary))
        graph.nodes.append(
            helper.make_node(
                "If",
                [BRANCH],
                [logits],
                then_branch=_branch(graph, lone, value, length, "lone"),
                else_branch=_branch(graph, network, value, length, "article"),
            )
        )
    graph.nodes.append(helper.make_node("Identity", [logits], ["logits"]))
    return _finish(graph, branches=lone is not None)


def _later_slots(graph: _Graph, vocabulary: int) -> str:
    """Return the ids, those of slots raised to the second network's if it reads."""
    slot = graph.add("GreaterOrEqual", "ids", graph.integers(vocabulary))
    raised = graph.add("Cast", graph.add("And", slot, BRANCH), to=TensorProto.INT64)
    return graph.add("Add", "ids", graph.add("Mul", raised, graph.integers(SLOT_COUNT)))


def _branch(graph: _Graph, network: Network, value: str, length: str, name: str) -> onnx.GraphProto:
    branch = _Graph(graph.eight_bits, graph.numbers)
    logits = _read(branch, network, value, length)
    output = helper.make_tensor_value_info(logits, TensorProto.FLOAT, ["candidates", 3])
    return helper.make_graph(branch.nodes, name, [], [output], branch.weights)


def _read(graph: _Graph, network: Network, value: str, length: str) -> str:
    """Turn embeddings of words into logits."""
    config = network.encoder.config
    value = _place(graph, network, value, length)
    bias = _distances(graph, network, length) if config.model_type == "mpnet" else None
    for layer in network.encoder.encoder.layer:
        value = _layer(graph, layer, value, bias, config)
    read = graph.add(
        "Concat",
        graph.add("MatMul", "marks", value),
        graph.add("MatMul", "sentences", value),
        _first(graph, value),
        axis=1,
    )
    # The head stays in floats: it is small, and one scale for all candidates would make each depend on the others.
    hidden = graph.add("Gelu", _full(graph, read, network.hidden))
    return _full(graph, hidden, network.output)


def _finish(graph: _Graph, *, branches: bool) -> bytes:
    inputs = [
        helper.make_tensor_value_info("ids", TensorProto.INT64, ["tokens"]),
        helper.make_tensor_value_info("marks", TensorProto.FLOAT, ["candidates", "tokens"]),
        helper.make_tensor_value_info("sentences", TensorProto.FLOAT, ["candidates", "tokens"]),
    ]
    if branches:
        inputs.append(helper.make_tensor_value_info(BRANCH, TensorProto.BOOL, []))
    outputs = [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["candidates", 3])]
    whole = helper.make_graph(graph.nodes, "stance", inputs, outputs, graph.weights)
    model = helper.make_model(
        whole, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION, producer_name="stance"
    )
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString(deterministic=True))


def _full(graph: _Graph, value: str, layer: torch.nn.Linear) -> str:
    return graph.linear(value, _array(layer.weight).T, _array(layer.bias), eight_bits=False)


def _first(graph: _Graph, value: str) -> str:
    """Repeat the first token's state for each candidate."""
    first = graph.add("Slice", value, graph.integers([0]), graph.integers([1]))
    candidates = graph.add("Slice", graph.add("Shape", "marks"), graph.integers([0]), graph.integers([1]))
    return graph.add("Expand", first, graph.add("Concat", candidates, graph.integers([1]), axis=0))


def _look_up(graph: _Graph, words: torch.Tensor, ids: str) -> str:
    table = _array(words)
    if not graph.eight_bits:
        return graph.add("Gather", graph.floats(table), ids)
    scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-9) / _EMBEDDING_RANGE
    whole = graph.constant(np.rint(table / scale).astype(np.int8), "q")
    real = graph.add("Cast", graph.add("Gather", whole, ids), to=TensorProto.FLOAT)
    return graph.add("Mul", real, graph.add("Gather", graph.floats(scale), ids))


def _place(graph: _Graph, network: Network, value: str, length: str) -> str:
    """Add the embeddings of positions."""
    embeddings = network.encoder.embeddings
    positions = _array(embeddings.position_embeddings.weight)
    if network.encoder.config.model_type == "mpnet":
        # MPNet counts positions from the one after its padding.
        positions = positions[embeddings.padding_idx + 1 :]
    else:
        positions = positions + _array(embeddings.token_type_embeddings.weight)[0]
    here = graph.add("Slice", graph.floats(positions), graph.integers([0]), length)
    epsilon = float(network.encoder.config.layer_norm_eps)
    return graph.normalize(graph.add("Add", value, here), embeddings.LayerNorm, epsilon)


def _distances(graph: _Graph, network: Network, length: str) -> str:
    """Return MPNet's bias for each head and pair of positions, looked up by their distance."""
    encoder = network.encoder.encoder
    most = int(network.encoder.config.max_position_embeddings)
    distance = torch.arange(-most, most + 1)
    buckets = encoder.relative_position_bucket(
        distance,
        num_buckets=network.encoder.config.relative_attention_num_buckets,
    )
    table = graph.floats(_array(encoder.relative_attention_bias(buckets)).T)
    count = graph.add("Squeeze", length)
    steps = graph.add("Range", graph.integers(0), count, graph.integers(1))
    row = graph.add("Unsqueeze", steps, graph.integers([0]))
    column = graph.add("Unsqueeze", steps, graph.integers([1]))
    place = graph.add("Add", graph.add("Sub", row, column), graph.integers(most))
    return graph.add("Gather", table, place, axis=1)


def _layer(graph: _Graph, layer: Any, value: str, bias: str | None, config: Any) -> str:
    attention = layer.attention
    if bias is None:
        own = attention.self
        query, key, values = own.query, own.key, own.value
        output, after = attention.output.dense, attention.output.LayerNorm
    else:
        own = attention.attn
        query, key, values, output = own.q, own.k, own.v, own.o
        after = attention.LayerNorm
    heads = int(config.num_attention_heads)
    width = int(config.hidden_size)
    size = width // heads
    # The scale of attention goes into the query's weights.
    factor = 1 / math.sqrt(size)
    weight = np.concatenate(
        [_array(query.weight).T * factor, _array(key.weight).T, _array(values.weight).T],
        axis=1,
    )
    offset = np.concatenate([_array(query.bias) * factor, _array(key.bias), _array(values.bias)])
    all_three = graph.linear(value, weight, offset)
    parts = graph.add("Split", all_three, outputs=3, axis=1, num_outputs=3).split("\0")
    shape = graph.integers([-1, heads, size])
    divided = [graph.add("Reshape", part, shape) for part in parts]
    asked = graph.add("Transpose", divided[0], perm=[1, 0, 2])
    offered = graph.add("Transpose", divided[1], perm=[1, 2, 0])
    given = graph.add("Transpose", divided[2], perm=[1, 0, 2])
    scores = graph.add("MatMul", asked, offered)
    if bias is not None:
        scores = graph.add("Add", scores, bias)
    mixed = graph.add("MatMul", graph.add("Softmax", scores, axis=-1), given)
    joined = graph.add("Reshape", graph.add("Transpose", mixed, perm=[1, 0, 2]), graph.integers([-1, width]))
    epsilon = float(config.layer_norm_eps)
    value = graph.normalize(graph.add("Add", _dense(graph, joined, output), value), after, epsilon)
    wide = graph.add("Gelu", _dense(graph, value, layer.intermediate.dense))
    narrow = _dense(graph, wide, layer.output.dense)
    return graph.normalize(graph.add("Add", narrow, value), layer.output.LayerNorm, epsilon)


def _dense(graph: _Graph, value: str, layer: Any) -> str:
    return graph.linear(value, _array(layer.weight).T, _array(layer.bias))
