"""Writes the ONNX graph of a mask filler, int8 or fp32, operator by operator: what runs is what stands here.

int8: weights symmetric per output channel as rounding.py rounds them, embeddings per row, activations turned as the kernel turns them and
quantised on the fly (one scale a tensor).
Attention, norms and the last products stay in float. Operators of com.microsoft are onnxruntime's own, in its WASM build too.
"""

from dataclasses import dataclass, field

import numpy as np
import onnx
from onnx import TensorProto as T
from onnx import helper as h

from model import EPSILON, PLACES, TURN, MaskFiller, hadamard
from rounding import Rounded

MS = "com.microsoft"
OPSET = 17


@dataclass
class Weights:
    """Initialisers in the order in which they are first used: name -> array."""

    arrays: dict[str, np.ndarray] = field(default_factory=dict)

    def add(self, name: str, a: np.ndarray) -> str:
        self.arrays[name] = np.ascontiguousarray(a)
        return name


class Graph:
    def __init__(self, model: MaskFiller, rounded: dict[str, Rounded] | None):
        """rounded: the products' weights, by name; None for a graph in fp32."""
        self.model, self.rounded = model.eval(), rounded
        self.weights, self.nodes = Weights(), []
        self.p = {k: v.detach().float().cpu().numpy() for k, v in model.state_dict().items()}

    def op(self, kind: str, inputs: list[str], out: str, domain: str = "", **attributes) -> str:
        self.nodes.append(h.make_node(kind, inputs, [out], name=out, domain=domain, **attributes))
        return out

    def constant(self, name: str, a, dtype=np.int64) -> str:
        return self.weights.add(name, np.array(a, dtype))

    def lookup(self, table: np.ndarray, index: list[str], out: str, how: str = "Gather") -> str:
        """Rows of an embedding, and for int8 the row's own scale. index: what follows the table in the inputs of `how`."""
        if self.rounded is None:
            return self.op(how, [self.weights.add(f"{out}.table", table), *index], out)
        scale = np.maximum(np.abs(table).max(1, keepdims=True), 1e-8) / 127
        rows = self.weights.add(f"{out}.table", np.round(table / scale).astype(np.int8))
        scales = self.weights.add(f"{out}.scale", scale.astype(np.float32))
        q = self.op(how, [rows, *index], f"{out}.q")
        f = self.op("Cast", [q], f"{out}.f", to=T.FLOAT)
        return self.op("Mul", [f, self.op(how, [scales, *index], f"{out}.s")], out)

    def quantised(self, x: str, size: int) -> tuple[str, str, str]:
        """x [.., size], turned, as uint8 with its scale and zero point; shared by all products that read x."""
        outs = (f"{x}.u8", f"{x}.scale", f"{x}.zero")
        if not any(outs[0] in n.output for n in self.nodes):
            blocks = self.op("Reshape", [x, self.constant("turn.blocks", [0, 0, -1, TURN, 4])], f"{x}.blocks")
            turned = self.op("MatMul", [self.constant("turn", hadamard().numpy(), np.float32), blocks], f"{x}.turned")
            rows = self.op("Reshape", [turned, self.constant(f"turn.{size}", [0, 0, size])], f"{x}.rows")
            self.nodes.append(h.make_node("DynamicQuantizeLinear", [rows], list(outs), name=f"{x}.dql"))
        return outs

    def linear(self, x: str, product: str, bias: np.ndarray | None, out: str, rows: slice = slice(None), scale: float = 1) -> str:
        """x [.., I] times those rows of a product's weight [O, I] transposed, times scale, plus bias [O]."""
        b = self.weights.add(f"{out}.bias", bias.astype(np.float32)) if bias is not None else ""
        if self.rounded is None:
            weight = self.p[f"{product}.weight"][rows].T * scale
            y = self.op("MatMul", [x, self.weights.add(f"{out}.weight", weight)], f"{out}.product" if b else out)
            return self.op("Add", [y, b], out) if b else y
        r = self.rounded[product]
        w = self.weights.add(f"{out}.weight", r.whole[rows].T)
        s = self.weights.add(f"{out}.scale", (r.steps[rows] * scale).astype(np.float32))
        u8, xs, xz = self.quantised(x, r.whole.shape[1])
        inputs = [u8, w, xs, s, xz, ""] + ([b] if b else [])
        return self.op("MatMulIntegerToFloat", inputs if b else inputs[:5], out, MS)

    def norm(self, x: str, name: str, out: str, skip: str = "", bias: np.ndarray | None = None) -> str:
        gamma = self.weights.add(f"{out}.gamma", self.p[f"{name}.weight"])
        beta = self.weights.add(f"{out}.beta", self.p[f"{name}.bias"])
        if not skip:
            return self.op("LayerNormalization", [x, gamma, beta], out, epsilon=EPSILON, axis=-1)
        b = self.weights.add(f"{out}.bias", bias)
        return self.op("SkipLayerNormalization", [x, skip, gamma, beta, b], out, MS, epsilon=EPSILON)

    def embeddings(self) -> str:
        p, half = self.p, self.model.shape.hidden // 2
        left = self.lookup(p["word.weight"][:, :half], ["input_ids"], "word.left")
        right = self.lookup(p["word.weight"][:, half:], ["input_ids"], "word.right")
        total = self.op("Concat", [left, right], "word", axis=-1)
        for table in ("segment", "slot"):
            total = self.op("Add", [total, self.lookup(p[f"{table}.weight"], [table], f"{table}.rows")], f"with.{table}")
        zero, one, two = (self.constant(f"at.{i}", [i]) for i in range(3))
        length = self.op("Slice", [self.op("Shape", ["input_ids"], "shape"), one, two, zero], "length")
        positions = self.lookup(p["position.weight"], [zero, length, zero], "position.rows", "Slice")
        total = self.op("Add", [total, positions], "with.position")
        places = np.concatenate([p[f"layout.{i}.weight"] for i in range(6)])
        offsets = self.constant("layout.offsets", [PLACES * i for i in range(6)], np.int32)
        rows = self.lookup(places, [self.op("Add", ["layout", offsets], "layout.index")], "layout.rows")
        layout = self.op("ReduceSum", [rows, two], "layout.sum", keepdims=0)
        return self.norm(self.op("Add", [total, layout], "embedded"), "embedding_norm", "hidden.0")

    def layer(self, x: str, i: int) -> str:
        p, n, hidden = self.p, f"layers.{i}", self.model.shape.hidden
        thirds = (slice(j * hidden, (j + 1) * hidden) for j in range(3))
        q, k, v = (self.linear(x, f"{n}.qkv", p[f"{n}.qkv.bias"][rows], f"{n}.{c}", rows) for c, rows in zip("qkv", thirds, strict=True))
        a = self.op("MultiHeadAttention", [q, k, v, "", "attention_mask"], f"{n}.attention", MS, num_heads=self.model.shape.heads)
        a = self.linear(a, f"{n}.out", None, f"{n}.out")
        x = self.norm(x, f"{n}.attention_norm", f"{n}.mid", a, p[f"{n}.out.bias"])
        u = self.linear(x, f"{n}.up", None, f"{n}.up")
        g = self.op("BiasGelu", [u, self.weights.add(f"{n}.up.bias", p[f"{n}.up.bias"])], f"{n}.gelu", MS)
        d = self.linear(g, f"{n}.down", None, f"{n}.down")
        return self.norm(x, f"{n}.output_norm", f"hidden.{i + 1}", d, p[f"{n}.down.bias"])

    def heads(self, x: str) -> None:
        p, hidden = self.p, self.model.shape.hidden
        at = self.op("Cast", ["mask_positions"], "mask_positions.i64", to=T.INT64)
        at = self.op("Unsqueeze", [at, self.constant("last", [-1])], "mask_positions.index")
        masks = self.op("GatherND", [x, at], "masks", batch_dims=1)
        for part, rows in (("start", slice(0, hidden)), ("end", slice(hidden, 2 * hidden))):
            scale = hidden**-0.5
            q = self.linear(masks, "query", p["query.bias"][rows] * scale, f"{part}.query", rows, scale)
            k = self.linear(x, "key", p["key.bias"][rows], f"{part}.key", rows)
            kt = self.op("Transpose", [k], f"{part}.key.t", perm=[0, 2, 1])
            self.op("MatMul", [q, kt], f"{part}_logits")

    def build(self) -> tuple[onnx.ModelProto, dict[str, np.ndarray]]:
        """The model with its initialisers inside, and the initialisers by name in order of use."""
        x = self.embeddings()
        for i in range(self.model.shape.layers):
            x = self.layer(x, i)
        self.heads(x)
        ints = {"input_ids": "BN", "attention_mask": "BN", "segment": "BN", "slot": "BN", "layout": "BN6", "mask_positions": "BM"}
        dims = lambda s: [6 if c == "6" else c for c in s]  # noqa: E731
        inputs = [h.make_tensor_value_info(n, T.INT32, dims(s)) for n, s in ints.items()]
        outputs = [h.make_tensor_value_info(f"{n}_logits", T.FLOAT, dims("BMN")) for n in ("start", "end")]
        initialisers = [onnx.numpy_helper.from_array(a, n) for n, a in self.weights.arrays.items()]
        graph = h.make_graph(self.nodes, "pip", inputs, outputs, initialisers)
        opsets = [h.make_opsetid("", OPSET), h.make_opsetid(MS, 1)]
        return h.make_model(graph, opset_imports=opsets, ir_version=9, producer_name="pip-kie"), self.weights.arrays
