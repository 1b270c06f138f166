"""Turns a release back into a checkpoint: `python unpack.py --out runs/released/checkpoint.pt`, to train on from model-shards/.

Checkpoints are not kept, the release is; its weights are those of the int8 graph.
Undoes graph.py name by name; the optimiser begins anew.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import torch

from export import RELEASE
from model import MaskFiller, Shape, turn


def arrays(release: Path) -> dict[str, np.ndarray]:
    """The initialisers of the released graph, by name, from the graph itself and from the shards."""
    manifest = json.loads((release / "manifest.json").read_text())
    shards = {s["path"]: (release / s["file"]).read_bytes() for s in manifest["shards"]}
    proto = onnx.load(release / manifest["graph"]["file"], load_external_data=False)
    out = {}
    for t in proto.graph.initializer:
        if t.data_location == onnx.TensorProto.EXTERNAL:
            place = {e.key: e.value for e in t.external_data}
            low, size = int(place["offset"]), int(place["length"])
            t.raw_data = shards[place["location"]][low : low + size]
            t.data_location = onnx.TensorProto.DEFAULT
            del t.external_data[:]
        out[t.name] = onnx.numpy_helper.to_array(t)
    return out


def weights(a: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The state dict of model.MaskFiller, float32."""

    def linear(n: str) -> np.ndarray:
        w = (a[f"{n}.weight"].astype(np.float32) * a[f"{n}.scale"]).T
        return turn(torch.from_numpy(w)).numpy() if "turn" in a else w

    table = lambda n: a[f"{n}.table"].astype(np.float32) * a[f"{n}.scale"]  # noqa: E731
    w = {"word.weight": np.concatenate([table("word.left"), table("word.right")], 1), "position.weight": table("position.rows")}
    for n in ("segment", "slot"):
        w[f"{n}.weight"] = table(f"{n}.rows")
    for i, part in enumerate(np.split(table("layout.rows"), 6)):
        w[f"layout.{i}.weight"] = part
    w["embedding_norm.weight"], w["embedding_norm.bias"] = a["hidden.0.gamma"], a["hidden.0.beta"]
    layers = sum(n.endswith(".up.weight") for n in a)
    for i in range(layers):
        n = f"layers.{i}"
        w[f"{n}.qkv.weight"] = np.concatenate([linear(f"{n}.{c}") for c in "qkv"])
        w[f"{n}.qkv.bias"] = np.concatenate([a[f"{n}.{c}.bias"] for c in "qkv"])
        for part in ("out", "up", "down"):
            w[f"{n}.{part}.weight"] = linear(f"{n}.{part}")
        w[f"{n}.out.bias"], w[f"{n}.up.bias"], w[f"{n}.down.bias"] = a[f"{n}.mid.bias"], a[f"{n}.up.bias"], a[f"hidden.{i + 1}.bias"]
        w[f"{n}.attention_norm.weight"], w[f"{n}.attention_norm.bias"] = a[f"{n}.mid.gamma"], a[f"{n}.mid.beta"]
        w[f"{n}.output_norm.weight"], w[f"{n}.output_norm.bias"] = a[f"hidden.{i + 1}.gamma"], a[f"hidden.{i + 1}.beta"]
    hidden = w["word.weight"].shape[1]
    w["query.weight"] = np.concatenate([linear(f"{p}.query") for p in ("start", "end")]) * hidden**0.5
    w["query.bias"] = np.concatenate([a[f"{p}.query.bias"] for p in ("start", "end")]) * hidden**0.5
    w["key.weight"] = np.concatenate([linear(f"{p}.key") for p in ("start", "end")])
    w["key.bias"] = np.concatenate([a[f"{p}.key.bias"] for p in ("start", "end")])
    return w


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--release", default=str(RELEASE))
    p.add_argument("--out", required=True)
    a = p.parse_args()
    w = weights(arrays(Path(a.release)))
    shape = Shape(hidden=w["word.weight"].shape[1], layers=sum(n.endswith("up.weight") for n in w))
    model = MaskFiller(shape)
    model.load_state_dict({k: torch.from_numpy(np.ascontiguousarray(v)) for k, v in w.items()})
    Path(a.out).parent.mkdir(parents=True, exist_ok=True)
    torch.save({"model": model.state_dict(), "shape": shape.as_dict()}, a.out)
    print(f"{sum(v.size for v in w.values()) / 1e6:.1f} million parameters, {shape.layers} layers -> {a.out}")


if __name__ == "__main__":
    main()
