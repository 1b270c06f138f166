"""Writes the autoregressive twin of the mask filler: `python bench/twin.py OUT` -> OUT/twin, a folder as export.py makes it, weights random.

A causal decoder of the same layers and width with a vocabulary head, int8 as the filler is. One run of the graph reads a prompt and then
generates `steps` tokens greedily, each from a cache of keys and values that never leaves the runtime (a Loop): what decoding costs, and
nothing of what a loop outside would add. What it writes is noise; how long it writes is forced. inputs: prompt [1, P] int64, steps [].
OUT/int8 and OUT/f32 are one matrix product each, x [256, 384] times [384, 1536]: what the runtime reaches at its best.
"""

import json
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto as T
from onnx import helper as h

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))
from export import shard, write  # noqa: E402
from model import EPSILON, VOCABULARY, Shape  # noqa: E402

MS = "com.microsoft"
POSITIONS = 4096
SHAPE = Shape()
RANDOM = np.random.default_rng(7)


class Scope:
    """The nodes of one graph, or of a loop's body; initialisers are the outer graph's."""

    def __init__(self, prefix: str, arrays: dict[str, np.ndarray]):
        self.prefix, self.arrays, self.nodes = prefix, arrays, []

    def op(self, kind: str, inputs: list[str], outs, domain: str = "", **attributes):
        names = [f"{self.prefix}{o}" for o in ([outs] if isinstance(outs, str) else outs)]
        self.nodes.append(h.make_node(kind, inputs, names, domain=domain, **attributes))
        return names[0] if isinstance(outs, str) else names

    def weight(self, name: str, make) -> str:
        """Made once, shared by both scopes."""
        if name not in self.arrays:
            self.arrays[name] = make()
        return name

    def constant(self, value) -> str:
        name = f"constant.{value}".replace(" ", "")
        return self.weight(name, lambda: np.array(value, np.int64))

    def linear(self, x: str, depth: int, columns: int, out: str) -> str:
        w = self.weight(f"{out}.weight", lambda: RANDOM.integers(-127, 128, (depth, columns), np.int8))
        s = self.weight(f"{out}.scale", lambda: np.full(columns, 0.02 / 127 / 0.58, np.float32))
        b = self.weight(f"{out}.bias", lambda: np.zeros(columns, np.float32))
        q = self.op("DynamicQuantizeLinear", [x], [f"{out}.u8", f"{out}.x", f"{out}.zero"])
        return self.op("MatMulIntegerToFloat", [q[0], w, q[1], s, q[2], "", b], out, MS)

    def norm(self, x: str, skip: str, out: str) -> str:
        g = self.weight(f"{out}.gamma", lambda: np.ones(SHAPE.hidden, np.float32))
        b = self.weight(f"{out}.beta", lambda: np.zeros(SHAPE.hidden, np.float32))
        return self.op("SkipLayerNormalization", [x, skip, g, b], out, MS, epsilon=EPSILON)

    def rows(self, index: str, count: int, out: str) -> str:
        table = self.weight(f"{out}.table", lambda: RANDOM.integers(-127, 128, (count, SHAPE.hidden), np.int8))
        scale = self.weight(f"{out}.step", lambda: np.full((1,), 0.02 / 127, np.float32))
        f = self.op("Cast", [self.op("Gather", [table, index], f"{out}.q")], f"{out}.f", to=T.FLOAT)
        return self.op("Mul", [f, scale], out)

    def decode(self, ids: str, positions: str, past: list[str]) -> tuple[str, list[str]]:
        """The next token [1, 1] and the caches, from ids [1, n] at positions [n] behind what is cached."""
        hidden, cache = SHAPE.hidden, []
        x = self.norm(self.rows(ids, VOCABULARY, "word"), self.rows(positions, POSITIONS, "position"), "first")
        for i in range(SHAPE.layers):
            q, k, v = (self.linear(x, hidden, hidden, f"{i}.{c}") for c in "qkv")
            inputs = [q, k, v] + (["", "", "", past[2 * i], past[2 * i + 1]] if past else [])
            a = self.op("MultiHeadAttention", inputs, [f"{i}.a", f"{i}.keys", f"{i}.values"], MS, num_heads=SHAPE.heads, unidirectional=1)
            cache += a[1:]
            x = self.norm(x, self.linear(a[0], hidden, hidden, f"{i}.out"), f"{i}.mid")
            u = self.op("Gelu", [self.linear(x, hidden, SHAPE.inner, f"{i}.up")], f"{i}.gelu", MS)
            x = self.norm(x, self.linear(u, SHAPE.inner, hidden, f"{i}.down"), f"{i}.last")
        last = self.op("Slice", [x, self.constant([-1]), self.constant([2**31]), self.constant([1])], "last")
        logits = self.linear(last, hidden, VOCABULARY, "vocabulary")
        return self.op("ArgMax", [logits], "token", axis=-1, keepdims=0), cache


def body(arrays: dict[str, np.ndarray]) -> onnx.GraphProto:
    s = Scope("body.", arrays)
    past = [f"past.{i}" for i in range(2 * SHAPE.layers)]
    token, cache = s.decode("before", "at", past)
    then = s.op("Add", ["at", s.constant([1])], "then")
    go = s.op("Identity", ["go"], "goes.on")
    written = s.op("Identity", [token], "written")
    kv = [1, SHAPE.heads, None, SHAPE.hidden // SHAPE.heads]
    value = lambda n, t, d: h.make_tensor_value_info(n, t, d)  # noqa: E731
    state = [("before", token, T.INT64, [1, 1]), ("at", then, T.INT64, [1])]
    state += [(p, c, T.FLOAT, kv) for p, c in zip(past, cache, strict=True)]
    inputs = [value("step", T.INT64, []), value("go", T.BOOL, [])] + [value(n, t, d) for n, _, t, d in state]
    outputs = [value(go, T.BOOL, [])] + [value(n, t, d) for _, n, t, d in state] + [value(written, T.INT64, [1, 1])]
    return h.make_graph(s.nodes, "body", inputs, outputs)


def twin() -> tuple[list, list, list, dict[str, np.ndarray]]:
    arrays: dict[str, np.ndarray] = {}
    s = Scope("", arrays)
    shape = s.op("Shape", ["prompt"], "shape")
    length = s.op("Slice", [shape, s.constant([1]), s.constant([2]), s.constant([0])], "length")
    count = s.op("Squeeze", [length], "count")
    positions = s.op("Range", [s.constant(0), count, s.constant(1)], "positions")
    token, cache = s.decode("prompt", positions, [])
    loop = body(arrays)
    outs = ["token.end", "at.end"] + [f"cache.{i}" for i in range(len(cache))] + ["tokens"]
    s.op("Loop", ["steps", "", token, length, *cache], outs, body=loop)
    inputs = [h.make_tensor_value_info("prompt", T.INT64, [1, "P"]), h.make_tensor_value_info("steps", T.INT64, [])]
    return s.nodes, inputs, [h.make_tensor_value_info("tokens", T.INT64, ["S", 1, 1])], arrays


def product(int8: bool) -> tuple[list, list, list, dict[str, np.ndarray]]:
    """Only the last element comes out: copying it all would be measured too."""
    arrays: dict[str, np.ndarray] = {}
    s = Scope("", arrays)
    rows, depth, columns = 256, SHAPE.hidden, SHAPE.inner
    kind = T.UINT8 if int8 else T.FLOAT
    if int8:
        w = s.weight("w", lambda: RANDOM.integers(-127, 128, (depth, columns), np.int8))
        one, zero = s.weight("one", lambda: np.ones(1, np.float32)), s.weight("zero", lambda: np.array(128, np.uint8))
        each = s.weight("each", lambda: np.ones(columns, np.float32))
        y = s.op("MatMulIntegerToFloat", ["x", w, one, each, zero], "y", MS)
    else:
        y = s.op("MatMul", ["x", s.weight("w", lambda: RANDOM.standard_normal((depth, columns)).astype(np.float32))], "y")
    s.op("Slice", [y, s.constant([-1]), s.constant([2**31]), s.constant([0])], "last")
    return s.nodes, [h.make_tensor_value_info("x", kind, [rows, depth])], [h.make_tensor_value_info("last", T.FLOAT, [1, columns])], arrays


def save(out: Path, nodes: list, inputs: list, outputs: list, arrays: dict[str, np.ndarray]) -> None:
    initialisers = [onnx.numpy_helper.from_array(a, n) for n, a in arrays.items()]
    graph = h.make_graph(nodes, out.name, inputs, outputs, initialisers)
    proto = h.make_model(graph, opset_imports=[h.make_opsetid("", 17), h.make_opsetid(MS, 1)], ir_version=9)
    listed = [{"path": path, **write(out, data)} for path, data in shard(proto)]
    manifest = {"graph": write(out, proto.SerializeToString()), "shards": listed}
    (out / "manifest.json").write_text(json.dumps(manifest))


def main() -> None:
    out = Path(sys.argv[1])
    save(out / "twin", *twin())
    save(out / "int8", *product(int8=True))
    save(out / "f32", *product(int8=False))


if __name__ == "__main__":
    main()
