"""Fits confidence on dev documents: `python calibrate.py` after export.py -> calibration.json, then export.py once more.

For the released int8 graph it finds, by type, the line in log-odds that turns a run's probability into its chance of being right
(Platt scaling: a temperature and an offset), the same for `absent`, and the bias against absence with the best mean F1 of the sets.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from decode import best_run, log_softmax, text_of
from documents import OPEN, in_raster_order, letters_digits, load
from export import RELEASE
from golden import run, session
from protocol import SCALAR_MASKS, collate, page_tokens, sequence, template, windows
from score import as_field, schema, templates

SETS = ("sroie.dev", "deepform.dev", "naf.dev", "wildreceipt.dev")
TYPES = {"date": "date", "flight_from": "date", "flight_to": "date", "file_date": "date", "time": "time", "total": "number",
         "subtotal": "number", "tax": "number", "tips": "number", "gross_amount": "number"}
BIASES = np.arange(-3, 5.01, 0.25)
EDGE = 1e-6
STRANGERS = 3


@dataclass
class Best:
    """The best run of a scalar over the windows, whatever absence says; logs are log-probabilities."""

    set: str
    type: str
    log: float
    odds: float
    absent: float
    right: bool
    there: bool


def collect(name: str, s, limit: int | None) -> list[Best]:
    docs = load(name)
    fixed = None if name.startswith(OPEN) else schema(docs, name)
    rng = np.random.default_rng(0)
    keys = sorted({k for d in docs for k in d["fields"]})
    out = []
    for d in docs[:limit]:
        fields = fixed or [(k, isinstance(v, list)) for k, v in d["fields"].items()]
        if not fixed:
            text = {letters_digits(w["text"]) for w in d["words"]}
            strange = [k for k in rng.permutation(keys) if not text & {letters_digits(w) for w in k.split()}]
            fields = fields + [(k, False) for k in strange[:STRANGERS]]
        out += _document(name, d, [f for f in fields if not f[1]], s)
    return out


def _document(name: str, d: dict, fields: list[tuple[str, bool]], s) -> list[Best]:
    words, boxes, pages, sizes, _ = in_raster_order(d)
    tokens = page_tokens(words, boxes, pages, sizes)
    out = []
    for group in templates(d["dataset"], fields) if fields else []:
        t = template([as_field(d["dataset"], f) for f in group])
        best: dict[str, tuple[float, float, str]] = {}
        least = dict.fromkeys((k for k, _ in group), 0.0)
        for low, high in windows(len(tokens)):
            seq = sequence(t, tokens, low, high)
            start, end = run(s, collate([seq]))
            legal = np.r_[0, seq.page_start : seq.page_start + high - low]
            for i, (k, _) in enumerate(group):
                a, b = (log_softmax(x[SCALAR_MASKS * i, legal].astype(np.float64)) for x in (start, end))
                found = best_run(a[1:], b[1:], tokens.page[low:high], tokens.row[low:high], [])
                absent = float(a[0] + b[0])
                least[k] = min(least[k], absent)
                if found and (k not in best or found[2] - absent > best[k][1]):
                    best[k] = (found[2], found[2] - absent, text_of(words, tokens, low + found[0], low + found[1]))
        for k, _ in group:
            v, surface = d["fields"].get(k), (d.get("fields_surface") or {}).get(k)
            truth = {letters_digits(str(x)) for x in (v, surface) if x}
            log, odds, text = best.get(k, (-30.0, -30.0, ""))
            out.append(Best(name, TYPES.get(k, "string"), log, odds, least[k], letters_digits(text) in truth, bool(truth)))
    return out


def platt(log: np.ndarray, right: np.ndarray) -> dict[str, float]:
    """a, b of sigmoid(a * logit(p) + b), by least log loss, held near the identity by a weak prior."""
    p = torch.from_numpy(np.clip(np.exp(log), EDGE, 1 - EDGE))
    x, y = torch.logit(p), torch.from_numpy(right.astype(np.float64))
    w = torch.tensor([1.0, 0.0], dtype=torch.float64, requires_grad=True)
    opt = torch.optim.LBFGS([w], max_iter=200, line_search_fn="strong_wolfe")

    def closure():
        opt.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(w[0] * x + w[1], y, reduction="sum")
        loss = loss + (w[0] - 1) ** 2 + w[1] ** 2
        loss.backward()
        return loss

    opt.step(closure)
    return {"a": round(w[0].item(), 4), "b": round(w[1].item(), 4)}


def f1(rows: list[Best], bias: float) -> float:
    given = [r for r in rows if r.odds > bias]
    right = sum(r.right for r in given)
    return 2 * right / max(1, len(given) + sum(r.there for r in rows))


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--limit", type=int)
    p.add_argument("--out", default=str(Path(__file__).parent / "calibration.json"))
    a = p.parse_args()
    s = session(RELEASE)
    rows = []
    for name in SETS:
        rows += collect(name, s, a.limit)
        print(f"{name}: {sum(r.set == name for r in rows)} fields", flush=True)
    mean = lambda bias: np.mean([f1([r for r in rows if r.set == n], bias) for n in SETS])  # noqa: E731
    bias = float(max(BIASES, key=mean))
    for n in SETS:
        own = [r for r in rows if r.set == n]
        filled = [r.odds > bias for r in own if not r.there]
        print(f"{n}: F1 {100 * f1(own, 0):.1f} at 0, {100 * f1(own, bias):.1f} at {bias}, absent filled {sum(filled)}/{len(filled)}")
    given = [r for r in rows if r.odds > bias]
    left = [r for r in rows if r.odds <= bias]
    fit = lambda rs: platt(np.array([r.log for r in rs]), np.array([r.right for r in rs]))  # noqa: E731
    calibration = {"default": fit(given)}
    for kind in sorted({r.type for r in given}):
        calibration[kind] = fit([r for r in given if r.type == kind])
    calibration["absent"] = platt(np.array([r.absent for r in left]), np.array([not r.there for r in left]))
    out = {"calibration": calibration, "uncertain_below": 0.5, "absent_bias": bias}
    Path(a.out).write_text(json.dumps(out, indent=2) + "\n")
    print(json.dumps(out))


if __name__ == "__main__":
    main()
