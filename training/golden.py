"""Writes model-shards/golden.json: real documents with their tokens, templates, logits and decoded runs.

`python golden.py` after export.py. The TypeScript core must make the same tokens and templates, the Worker near logits,
and from the logits given here the same runs. Logits are those of the released int8 graph, in hundredths.
"""

import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort

from decode import fill_scalar, text_of
from documents import in_raster_order, load
from export import RELEASE
from protocol import TemplateField, collate, page_tokens, sequence, template, windows

SETS = {"sroie.dev": 8, "naf.dev": 6, "deepform.dev": 6}
MOST_WORDS = 700
MOST_FIELDS = 8
NEVER_THERE = "passport number"
INPUTS = ("input_ids", "attention_mask", "segment", "slot", "layout", "mask_positions")


def session(release: Path) -> ort.InferenceSession:
    """The released graph with its shards, in onnxruntime."""
    manifest = json.loads((release / "manifest.json").read_text())
    proto = onnx.load_from_string((release / manifest["graph"]["file"]).read_bytes())
    files = {s["path"]: (release / s["file"]).read_bytes() for s in manifest["shards"]}
    for t in proto.graph.initializer:
        if t.data_location == onnx.TensorProto.EXTERNAL:
            at = {e.key: e.value for e in t.external_data}
            offset, length = int(at["offset"]), int(at["length"])
            t.raw_data = files[at["location"]][offset : offset + length]
            t.data_location = onnx.TensorProto.DEFAULT
            del t.external_data[:]
    return ort.InferenceSession(proto.SerializeToString())


def run(s: ort.InferenceSession, tensors: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    start, end = s.run(None, {k: tensors[k].astype(np.int32) for k in INPUTS})
    return start[0], end[0]


def vector(s: ort.InferenceSession, d: dict) -> dict:
    """One golden document: the first window's tensors and what comes of them."""
    words, boxes, pages, sizes, _ = in_raster_order(d)
    names = [k for k, v in d["fields"].items() if isinstance(v, str)][: MOST_FIELDS - 1] + [NEVER_THERE]
    labels = [n.replace("_", " ") for n in names]
    tokens = page_tokens(words, boxes, pages, sizes)
    t = template([TemplateField(label) for label in labels])
    low, high = windows(len(tokens))[0]
    seq = sequence(t, tokens, low, high)
    hundredths = [np.round(x * 100).astype(int) for x in run(s, collate([seq]))]
    start, end = (x / 100.0 for x in hundredths)
    decoded = []
    for i, name in enumerate(names):
        runs = fill_scalar(start, end, [2 * i, 2 * i + 1], seq.page_start, tokens, low, high)
        runs = [r for r in runs if r] if runs[0] else []
        decoded.append({"name": name, "runs": [
            {"start": r.start, "end": r.end, "text": text_of(words, tokens, r.start, r.end), "log": round(r.log, 6),
             "absent": round(r.absent, 6)} for r in runs]})
    plain = [{"width": w, "height": h, "words": []} for w, h in sizes.tolist()]
    for w in d["words"]:
        plain[min(w.get("page", 0), len(plain) - 1)]["words"].append({"text": w["text"], "box": w["box"]})
    return {
        "id": d["id"],
        "document": {"pages": plain},
        "fields": [{"name": n, "label": label} for n, label in zip(names, labels, strict=True)],
        "template": {"ids": t.ids, "slot": t.slot, "masks": t.masks},
        "tokens": {"ids": tokens.ids.tolist(), "first": tokens.first.tolist(), "last": tokens.last.tolist(),
                   "page": tokens.page.tolist(), "layout": tokens.layout.flatten().tolist()},
        "window": [low, high],
        "start_hundredths": hundredths[0].flatten().tolist(),
        "end_hundredths": hundredths[1].flatten().tolist(),
        "decoded": decoded,
    }


def main() -> None:
    s = session(RELEASE)
    vectors = []
    for name, count in SETS.items():
        docs = [d for d in load(name) if 20 < len(d["words"]) <= MOST_WORDS and any(isinstance(v, str) for v in d["fields"].values())]
        vectors += [vector(s, d) for d in docs[:count]]
    version = json.loads((RELEASE / "manifest.json").read_text())["version"]
    out = {"version": version, "protocol": 1, "vectors": vectors}
    path = RELEASE / "golden.json"
    path.write_text(json.dumps(out, separators=(",", ":"), ensure_ascii=False) + "\n")
    print(f"{len(vectors)} documents, {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
