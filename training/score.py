"""Scores a checkpoint on dev sets in fp32, without the Worker: `python score.py --checkpoint FILE sroie.dev wildreceipt.dev`.

For choosing checkpoints only; what is reported comes from `npm run evaluate`. Scalars and lists, letters and digits alike.
"""

import argparse
import json
import re
from collections import defaultdict
from pathlib import Path

import torch

from decode import PRINTED_BIAS, Claim, Filled, doubted, fill_items, fill_scalar, printed_among, text_of
from documents import OPEN, in_raster_order, letters_digits, load
from model import load_checkpoint
from protocol import SCALAR_MASKS, TemplateField, collate, fits, page_tokens, sequence, template, windows

NAMES = ("input_ids", "attention_mask", "segment", "slot", "layout", "mask_positions")
LIST_SHARE = 0.2


def schema(docs: list[dict], name: str) -> list[tuple[str, bool]]:
    """(field, is a list) of a set with fixed fields; a list where scripts/evaluate/datasets.ts says so."""
    having: dict[str, list[bool]] = {}
    for d in docs:
        for k, v in d["fields"].items():
            having.setdefault(k, []).append(isinstance(v, list))
    return [(k, sum(lists) >= LIST_SHARE * len(lists)) for k, lists in sorted(having.items())]


def templates(dataset: str, fields: list[tuple[str, bool]], scalar_masks: int = SCALAR_MASKS) -> list[list[tuple[str, bool]]]:
    """Fields in groups that fit a template each, every field in the first that has room."""
    out: list[list[tuple[str, bool]]] = []
    for f in fields:
        group = next((g for g in out if fits([as_field(dataset, x, scalar_masks) for x in [*g, f]])), None)
        if group is None:
            out.append([f])
        else:
            group.append(f)
    return out


HINTS = json.loads((Path(__file__).parents[1] / "scripts" / "evaluate" / "hints.json").read_text())


def humanise(name: str) -> str:
    """A property's name as people would write it; src/schema/humanise.ts, for the alphabet of the sets."""
    spaced = " ".join(name.split())
    if not re.fullmatch(r"[\w-]+", spaced):
        return spaced
    words = re.sub(r"[_-]+", " ", spaced)
    words = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", words)
    words = re.sub(r"([A-Z])([A-Z][a-z])", r"\1 \2", words)
    return words.strip().lower() or spaced


def label(dataset: str, name: str) -> str:
    """As src/schema/labels.ts puts title, humanised name and description together."""
    hint = HINTS.get(dataset, {}).get(name, {})
    parts = [hint.get("title"), humanise(name), hint.get("description")]
    return " / ".join(dict.fromkeys(p.lower() for p in parts if p))


def as_field(dataset: str, f: tuple[str, bool], scalar_masks: int = SCALAR_MASKS) -> TemplateField:
    return TemplateField(label(dataset, f[0]), 16 if f[1] else scalar_masks)


def together(models: list, inputs: tuple[torch.Tensor, ...]) -> tuple[torch.Tensor, torch.Tensor]:
    """Logs of the mean of what several say of starts and of ends, as train.py's `--teacher` takes it."""
    said = [m(*inputs) for m in models]
    mean = lambda i: torch.stack([torch.softmax(s[i], -1) for s in said]).mean(0).clamp_min(1e-30).log()  # noqa: E731
    return mean(0), mean(1)


@torch.no_grad()
def answers(model, d: dict, fields: list[tuple[str, bool]], absent_bias: float = 0.0,
            scalar_masks: int = SCALAR_MASKS) -> dict[str, list[str]]:
    """The values found, by field; a scalar's runs are joined by a space."""
    words, boxes, pages, sizes, _ = in_raster_order(d)
    tokens = page_tokens(words, boxes, pages, sizes)
    printed = printed_among(words)
    out: dict[str, list[str]] = {}
    claims: dict[str, Claim] = {}
    for group in templates(d["dataset"], fields, scalar_masks):
        t = template([as_field(d["dataset"], f, scalar_masks) for f in group])
        best: dict[str, tuple[float, list[Filled]]] = {}
        for low, high in windows(len(tokens)):
            s = sequence(t, tokens, low, high)
            start, end = (x[0].numpy() for x in model(*(torch.from_numpy(v) for k, v in collate([s]).items() if k in NAMES)))
            at = 0
            for (name, many), masks in zip(group, t.masks, strict=True):
                fill = fill_items if many else fill_scalar
                bias = min(absent_bias, PRINTED_BIAS) if printed(label(d["dataset"], name)) else absent_bias
                runs = fill(start, end, list(range(at, at + len(masks))), s.page_start, tokens, low, high, bias)
                at += len(masks)
                kept = [r for r in runs if r] if many or runs[0] else []
                if many:
                    best.setdefault(name, (0, []))[1].extend(k for k in kept if not any(
                        b.start <= k.end and k.start <= b.end for b in best[name][1]))
                elif kept and (name not in best or kept[0].log > best[name][0]):
                    best[name] = (kept[0].log, kept)
        for name, many in group:
            runs = best.get(name, (0, []))[1]
            texts = [text_of(words, tokens, r.start, r.end) for r in (sorted(runs, key=lambda r: r.start) if many else runs)]
            out[name] = texts if many else [" ".join(texts)] if texts else []
            if texts and not many:
                place = tuple((r.start, r.end) for r in runs)
                claims[name] = Claim(place, sum(r.log for r in runs), printed(label(d["dataset"], name)))
    return {**out, **{name: [] for name in doubted(claims)}}


def score(model, name: str, limit: int | None, bias: float, scalar_masks: int) -> None:
    docs = load(name)
    fixed = None if name.startswith(OPEN) else schema(docs, name)
    right, true, given = defaultdict(int), defaultdict(int), defaultdict(int)
    absent, filled = 0, 0
    for d in docs[:limit]:
        fields = fixed or [(k, isinstance(v, list)) for k, v in d["fields"].items()]
        got = answers(model, d, fields, bias, scalar_masks) if fields else {}
        for key, _ in fields:
            truth = d["fields"].get(key)
            surface = (d.get("fields_surface") or {}).get(key, truth)
            wanted = [letters_digits(str(v)) for v in (surface if isinstance(surface, list) else [surface] if surface else [])]
            found = [letters_digits(v) for v in got[key]]
            k = key if fixed else "*"
            true[k] += len(wanted)
            given[k] += len(found)
            absent += not wanted
            filled += bool(not wanted and found)
            for v in found:
                if v in wanted:
                    wanted.remove(v)
                    right[k] += 1
    f1 = lambda r, t, g: 100 * 2 * r / max(1, t + g)  # noqa: E731
    t, r, g = sum(true.values()), sum(right.values()), sum(given.values())
    print(f"{name}: letters_digits {100 * r / t:.1f}  F1 {f1(r, t, g):.1f}  absent filled {filled}/{absent}  "
          + "  ".join(f"{k} {100 * right[k] / max(1, true[k]):.0f}/{f1(right[k], true[k], given[k]):.0f}" for k in true), flush=True)


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--checkpoint", action="append", required=True, help="several are an ensemble")
    p.add_argument("--limit", type=int)
    p.add_argument("--bias", type=float, default=0.0, help="log-odds that a run must have against absence")
    p.add_argument("--scalar-masks", type=int, default=SCALAR_MASKS, help="as the checkpoint was trained with")
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("sets", nargs="+")
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    models = [load_checkpoint(file) for file in a.checkpoint]
    model = models[0] if len(models) == 1 else lambda *inputs: together(models, inputs)
    for name in a.sets:
        score(model, name, a.limit, a.bias, a.scalar_masks)


if __name__ == "__main__":
    main()
