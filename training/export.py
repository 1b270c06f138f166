"""Writes a release: `python export.py --checkpoint runs/NAME/checkpoint.pt --version 0.1.0` -> model-shards/.

The graph without weights, the weights in shards of at most 8 MiB named by their sha256, the vocabulary, the manifest.
"""

import argparse
import hashlib
import json
import time
from pathlib import Path

import onnx

from base import base_directory
from graph import Graph
from model import load_checkpoint
from rounding import round_products

RELEASE = Path(__file__).parents[1] / "model-shards"
SHARD_BYTES = 8 * 1024 * 1024
INLINE_BYTES = 1024  # small constants stay in the graph
ALIGN = 64
PROTOCOL = 1


def shard(proto: onnx.ModelProto) -> list[tuple[str, bytes]]:
    """Moves large initialisers into shards, in order of use; returns (path in the graph, bytes)."""
    shards: list[bytearray] = [bytearray()]
    for t in proto.graph.initializer:
        raw = onnx.numpy_helper.to_array(t).tobytes()
        if len(raw) < INLINE_BYTES:
            continue
        if len(shards[-1]) + len(raw) + ALIGN > SHARD_BYTES:
            shards.append(bytearray())
        s = shards[-1]
        s.extend(b"\0" * (-len(s) % ALIGN))
        place = {"location": f"shard-{len(shards) - 1}", "offset": str(len(s)), "length": str(len(raw))}
        s.extend(raw)
        t.ClearField("raw_data")
        t.data_location = onnx.TensorProto.EXTERNAL
        del t.external_data[:]
        for key, value in place.items():
            t.external_data.add(key=key, value=value)
    return [(f"shard-{i}", bytes(s)) for i, s in enumerate(shards)]


def write(folder: Path, data: bytes) -> dict:
    digest = hashlib.sha256(data).hexdigest()
    (folder / "shards").mkdir(parents=True, exist_ok=True)
    (folder / "shards" / digest).write_bytes(data)
    return {"file": f"shards/{digest}", "bytes": len(data), "sha256": digest}


def calibration(path: str | None) -> dict:
    """calibration.json as calibrate.py writes it; identity when there is none yet."""
    if path and Path(path).exists():
        return json.loads(Path(path).read_text())
    return {"calibration": {"default": {"a": 1, "b": 0}, "absent": {"a": 1, "b": 0}}, "uncertain_below": 0.5, "absent_bias": 0}


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--checkpoint")
    p.add_argument("--calibration", default=str(Path(__file__).parent / "runs" / "calibration.json"))
    p.add_argument("--version", default="0.0.0")
    p.add_argument("--out", default=str(RELEASE))
    a = p.parse_args()
    out = Path(a.out)
    model = load_checkpoint(a.checkpoint)
    proto, _ = Graph(model, round_products(model)).build()
    onnx.checker.check_model(proto)
    shards = shard(proto)
    for old in (out / "shards").glob("*"):
        old.unlink()
    graph = write(out, proto.SerializeToString())
    listed = [{"path": path, **write(out, data)} for path, data in shards]
    vocabulary = (base_directory() / "vocab.txt").read_bytes()
    (out / "vocab.txt").write_bytes(vocabulary)
    manifest = {
        "name": "pip-edge",
        "version": a.version,
        "protocol": PROTOCOL,
        "graph": graph,
        "shards": listed,
        "tokenizer": {"file": "vocab.txt", "sha256": hashlib.sha256(vocabulary).hexdigest()},
        **calibration(a.calibration),
        "created": time.strftime("%Y-%m-%d", time.gmtime()),
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
    total = sum(s["bytes"] for s in listed) + graph["bytes"]
    print(f"{len(listed)} shards, {total / 1e6:.1f} MB with the graph of {graph['bytes']} bytes", [s["bytes"] for s in listed])


if __name__ == "__main__":
    main()
