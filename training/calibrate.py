"""Fits confidence on dev documents: `python calibrate.py` after export.py -> calibration.json, then export.py once more.

For the released int8 graph it finds, by type, the line in log-odds that turns a run's probability into its chance of being right
(Platt scaling: a temperature and an offset), the same for `absent`, and the bias for absence: the
greatest at which the mean F1 of the real sets is within SLACK of its best, since a value that is not there is worse than one that is missed.

The Worker is right more often than the runs that are seen here, as it knows tables, clues and spellings; so the line of strings, as which the
sets are asked, is fitted once more on what that release answered: `npm run evaluate -- SETS --dump FILE`, `python calibrate.py --answers FILE`, and export.py again.
"""

import argparse
import json
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from decode import PRINTED_BIAS, Claim, Filled, doubted, fill_items, fill_scalar, log_softmax, printed_among, text_of
from documents import OPEN, in_raster_order, letters_digits, load
from export import RELEASE
from golden import run, session
from protocol import collate, page_tokens, sequence, template, windows
from score import as_field, label, schema, templates
from synthetic import generate
from synthetic.record import record

SETS = ("sroie.dev", "deepform.dev", "naf.dev", "wildreceipt.dev")
STRANGE, STRANGE_SEEDS = "synthetic, held-out classes", range(2000, 2100)  # other pages than those that are reported
TYPES = {"date": "date", "flight_from": "date", "flight_to": "date", "file_date": "date", "time": "time", "total": "number",
         "subtotal": "number", "tax": "number", "tips": "number", "gross_amount": "number"}
BIASES = np.arange(0, 6.01, 0.25)
SLACK = 0.003  # of mean F1: less than seeds differ by
LEAST_ODDS = -3.0  # of runs that are looked at
EDGE = 1e-6
STRANGERS = 3


@dataclass
class Best:
    """The best run of a scalar over the windows, or an item of a list, whatever absence says; logs are log-probabilities.

    truths: true values of the field; counted at its first row alone, the further items of a list have 0. item: of a list, and told whenever
    any item is. printed: the page has the field's label. place: first and last token.
    """

    set: str
    field: tuple[str, str]
    type: str
    log: float
    odds: float
    absent: float
    right: bool
    truths: int
    item: bool = False
    printed: bool = False
    place: tuple[int, int] = (-1, -1)

    def claim(self) -> Claim:
        return Claim((self.set, self.field[0], self.place), self.log, self.printed)

    def beats(self, bias: float) -> bool:
        return self.odds > (min(bias, PRINTED_BIAS) if self.printed else bias)


def collect(name: str, s, limit: int | None) -> list[Best]:
    docs = [record(generate(seed, "heldout")) for seed in STRANGE_SEEDS] if name == STRANGE else load(name)
    fixed = None if name.startswith((*OPEN, STRANGE)) else schema(docs, name)
    rng = np.random.default_rng(0)
    keys = sorted({k for d in docs for k in d["fields"]})
    out = []
    for d in docs[:limit]:
        fields = fixed or [(k, isinstance(v, list)) for k, v in d["fields"].items()] + [(k, False) for k in d.get("absent", ())]
        if name.startswith(OPEN):
            text = {letters_digits(w["text"]) for w in d["words"]}
            strange = [k for k in rng.permutation(keys) if not text & {letters_digits(w) for w in k.split()}]
            fields = fields + [(k, False) for k in strange[:STRANGERS]]
        out += _document(name, d, fields, s)
    return out


def _document(name: str, d: dict, fields: list[tuple[str, bool]], s) -> list[Best]:
    words, boxes, pages, sizes, _ = in_raster_order(d)
    tokens = page_tokens(words, boxes, pages, sizes)
    printed = printed_among(words)
    out = []
    for group in templates(d["dataset"], fields) if fields else []:
        t = template([as_field(d["dataset"], f) for f in group])
        runs: dict[str, list[Filled]] = {k: [] for k, _ in group}
        least = dict.fromkeys((k for k, _ in group), 0.0)
        for low, high in windows(len(tokens)):
            seq = sequence(t, tokens, low, high)
            start, end = run(s, collate([seq]))
            at = 0
            for (k, many), masks in zip(group, t.masks, strict=True):
                own = list(range(at, at + len(masks))) if many else [at]
                at += len(masks)
                legal = np.r_[0, seq.page_start : seq.page_start + high - low]
                absent = sum(float(log_softmax(x[own[0], legal].astype(np.float64))[0]) for x in (start, end))
                least[k] = min(least[k], absent)
                fill = fill_items if many else fill_scalar
                runs[k] += [r for r in fill(start, end, own, seq.page_start, tokens, low, high, LEAST_ODDS) if r]
        for k, many in group:
            best = sorted(runs[k], key=lambda r: -r.odds)[: None if many else 1]
            rows = _rows(name, d, k, many, best, least[k], words, tokens)
            out += [replace(r, printed=printed(label(d["dataset"], k))) for r in rows]
    return out


def _rows(name, d, k, many, best, least, words, tokens) -> list[Best]:
    """One row a run, those of a list that overlap a likelier one left out; a row that is never given where there is none."""
    v, surface = d["fields"].get(k), (d.get("fields_surface") or {}).get(k)
    values = [x if isinstance(x, list) else [x] for x in (v, surface) if x]
    left = [letters_digits(str(x)) for spelled in values for x in spelled]
    truths = len(values[0]) if values else 0
    field, kind, out, taken = (d["id"], k), TYPES.get(k, "string"), [], []
    for r in best:
        if any(a.start <= r.end and r.start <= a.end for a in taken):
            continue
        taken.append(r)
        text = letters_digits(text_of(words, tokens, r.start, r.end))
        right = text in left
        if right and many:
            left.remove(text)
        out.append(Best(name, field, kind, r.log, r.odds, least, right, 0 if out else truths, many, place=(r.start, r.end)))
    return out or [Best(name, field, kind, -30.0, -30.0, least, False, truths)]


def platt(log: np.ndarray, right: np.ndarray, weight: np.ndarray | None = None) -> dict[str, float]:
    """a, b of sigmoid(a * logit(p) + b), by least log loss, held near the identity by a weak prior."""
    p = torch.from_numpy(np.clip(np.exp(log), EDGE, 1 - EDGE))
    x, y = torch.logit(p), torch.from_numpy(right.astype(np.float64))
    by = None if weight is None else torch.from_numpy(weight)
    w = torch.tensor([1.0, 0.0], dtype=torch.float64, requires_grad=True)
    opt = torch.optim.LBFGS([w], max_iter=200, line_search_fn="strong_wolfe")

    def closure():
        opt.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(w[0] * x + w[1], y, by, reduction="sum")
        loss = loss + (w[0] - 1) ** 2 + w[1] ** 2
        loss.backward()
        return loss

    opt.step(closure)
    return {"a": round(w[0].item(), 4), "b": round(w[1].item(), 4)}


def given_at(bias: float, rows: list[Best]) -> list[Best]:
    """What is told: of a field of which one run beats absence by the bias, that run, and of a list every item; but of scalars that claim one
    place not those that are doubted."""
    sure = {r.field for r in rows if r.beats(bias)}
    given = [r for r in rows if r.field in sure and (r.item or r.odds > 0)]
    second = doubted({i: r.claim() for i, r in enumerate(given) if not r.item})
    return [r for i, r in enumerate(given) if i not in second]


def f1(rows: list[Best], bias: float) -> float:
    given = given_at(bias, rows)
    right = sum(r.right for r in given)
    return 2 * right / max(1, len(given) + sum(r.truths for r in rows))


def absent_filled(rows: list[Best], bias: float) -> tuple[int, int]:
    """Fields without a value that got one, and all without."""
    there = {r.field for r in rows if r.truths}
    return len({r.field for r in given_at(bias, rows)} - there), len({r.field for r in rows} - there)


def answered(file: Path, line: dict[str, float]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(log-probability, whether right, whether of a strange page) of the values of scalars and lists in a dump of evaluate, told with confidences by `line`."""
    out = []
    for text in file.read_text().splitlines():
        document = json.loads(text)
        for field in document["fields"].values():
            values, given = field["truth"], field["given"] or []
            if any(isinstance(v, dict) for v in values) or any("text" not in g for g in given):
                continue  # a table
            left = [{letters_digits(spelling) for spelling in v} for v in values]
            for g in given:
                own = next((v for v in left if letters_digits(g["text"]) in v), None)
                if own:
                    left.remove(own)
                c = np.clip(g["confidence"], EDGE, 1 - EDGE)
                odds = (np.log(c / (1 - c)) - line["b"]) / line["a"]
                out.append((-np.log1p(np.exp(-odds)), own is not None, document["id"].startswith("synthetic/")))
    return tuple(map(np.array, zip(*out, strict=True)))


def refit(file: Path, out: Path) -> None:
    """Lines of strings and of all else by what the Worker answered with the calibration that is in `out`; real documents, of kinds that were trained
    on, and strange pages count alike, however many there are."""
    known = json.loads(out.read_text())
    lines = known["calibration"]
    logs, right, strange = answered(file, lines["string"])
    share = strange.mean()
    lines["default"] = lines["string"] = platt(logs, right, 0.5 / np.where(strange, share, 1 - share))
    out.write_text(json.dumps(known, indent=2) + "\n")
    print(f"{len(logs)} values, {100 * right.mean():.1f} % right, {100 * share:.0f} % of them of strange pages: {lines['string']}")


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--limit", type=int)
    p.add_argument("--out", default=str(Path(__file__).parent / "runs" / "calibration.json"))
    p.add_argument("--release", default=str(RELEASE))
    p.add_argument("--bias", type=float, help="log-odds that a run must have against absence, instead of the one found")
    p.add_argument("--answers", type=Path, help="a dump of evaluate with the release that --out is of: fits the line of strings on it, and nothing else")
    a = p.parse_args()
    if a.answers:
        refit(a.answers, Path(a.out))
        return
    s = session(Path(a.release))
    rows = []
    for name in (*SETS, STRANGE):
        rows += collect(name, s, a.limit)
        print(f"{name}: {sum(r.set == name for r in rows)} fields", flush=True)
    mean = lambda bias: np.mean([f1([r for r in rows if r.set == n], bias) for n in SETS])  # noqa: E731
    means = [mean(b) for b in BIASES]
    bias = float(max(b for b, m in zip(BIASES, means, strict=True) if m >= max(means) - SLACK)) if a.bias is None else a.bias
    for n in (*SETS, STRANGE):
        own = [r for r in rows if r.set == n]
        filled, away = absent_filled(own, bias)
        print(f"{n}: F1 {100 * f1(own, 0):.1f} at 0, {100 * f1(own, bias):.1f} at {bias}, absent filled {filled}/{away}")
    for b, m in zip(BIASES[::2], means[::2], strict=True):
        filled, away = absent_filled(rows, float(b))
        print(f"bias {b:5.2f}: mean F1 {100 * m:.1f}, absent filled {100 * filled / max(1, away):.1f} %")
    given = given_at(bias, rows)
    likelier = {r.field for r in rows if r.odds > 0}  # than absence: given, or doubted
    left = list({r.field: r for r in rows if r.field not in likelier}.values())
    there = {r.field for r in rows if r.truths}
    fit = lambda rs: platt(np.array([r.log for r in rs]), np.array([r.right for r in rs]))  # noqa: E731
    calibration = {"default": fit(given), "string": fit(given)}  # any field may be asked as a string
    for kind in sorted({r.type for r in given} - {"string"}):
        calibration[kind] = fit([r for r in given if r.type == kind])
    calibration["absent"] = platt(np.array([r.absent for r in left]), np.array([r.field not in there for r in left]))
    out = {"calibration": calibration, "uncertain_below": 0.5, "absent_bias": bias}
    Path(a.out).write_text(json.dumps(out, indent=2) + "\n")
    print(json.dumps(out))


if __name__ == "__main__":
    main()
