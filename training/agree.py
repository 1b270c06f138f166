"""How often the Worker (int8, WASM) gives the value that the same weights give in Python (fp32), field by field.

`npm run evaluate -- SETS --dump answers.jsonl`, then `python agree.py --checkpoint FILE answers.jsonl`. Scalars only: for lists the
Worker goes on where a template is full, which the reference does not. White space aside, the same value is the same text.
"""

import argparse
import json
from collections import Counter

import torch

from documents import OPEN, load
from export import RELEASE
from model import load_checkpoint
from score import answers, schema


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--checkpoint", required=True)
    p.add_argument("--split", default="dev")
    p.add_argument("answers")
    a = p.parse_args()
    torch.set_num_threads(2)
    model = load_checkpoint(a.checkpoint)
    bias = json.loads((RELEASE / "manifest.json").read_text())["absent_bias"]
    lines = [json.loads(line) for line in open(a.answers, encoding="utf-8")]
    same, total = Counter(), Counter()
    for name in sorted({line["dataset"] for line in lines}):
        docs = load(f"{name}.{a.split}")
        lists = set() if name in OPEN else {k for k, many in schema(docs, name) if many}
        by_id = {d["id"]: d for d in docs}
        for line in (x for x in lines if x["dataset"] == name):
            d = by_id[line["id"]]
            own = lists or {k for k, v in d["fields"].items() if isinstance(v, list)}
            reference = answers(model, d, [(k, k in own) for k in line["fields"]], bias)
            for k, v in line["fields"].items():
                if k in own:
                    continue
                given = " ".join(v["given"][0]["text"].split()) if v["given"] else ""
                total[name] += 1
                same[name] += " ".join(" ".join(reference[k]).split()) == given
        print(f"{name}: {same[name]} of {total[name]} the same, {100 * same[name] / max(1, total[name]):.2f} %", flush=True)


if __name__ == "__main__":
    main()
