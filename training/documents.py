"""Training documents: words in raster order, and what can be asked of them, from the shared data sets or from a generator.

A run is (w0, c0, w1, c1): from character c0 of word w0 up to, but not with, character c1 of word w1.
"""

import gzip
import json
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from names import DESCRIPTIONS, MISSING, NAMES
from printed import printed
from protocol import raster_order

Run = tuple[int, int, int, int]
OPEN = ("naf",)  # sets whose fields are the keys printed on each document
DATA = Path(os.environ.get("PIP_DATA", Path(__file__).parents[2] / "shared" / "data" / "kie"))


@dataclass
class Ask:
    """One thing to ask. values: by item (one for a scalar), the alternatives of it, each a list of runs; [] when absent.

    printed: the page alone names it, see printed.py. label: what the page prints before or above it, where that is known.
    """

    names: list[str]
    descriptions: list[str] = field(default_factory=list)
    kind: str = "scalar"  # scalar, list, column
    group: str | None = None
    values: list[list[list[Run]]] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    answer: int | None = None
    printed: bool = False
    label: str | None = None

    @property
    def absent(self) -> bool:
        return not self.values and self.answer is None


@dataclass
class TrainingDocument:
    id: str
    dataset: str
    words: list[str]
    boxes: np.ndarray  # [n, 4]
    pages: np.ndarray  # [n]
    sizes: np.ndarray  # [pages, 2]
    asks: list[Ask]
    missing: list[str]  # names of fields that may be asked as absent


def letters_digits(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


class Finder:
    """Where a value stands among words: every run whose letters and digits are the value's."""

    def __init__(self, words: list[str]):
        self.words = words
        stream, self.at = [], []
        for w, text in enumerate(words):
            for c, ch in enumerate(text):
                for low in ch.lower():
                    if low.isalnum():
                        stream.append(low)
                        self.at.append((w, c))
        self.stream = "".join(stream)

    def runs(self, value: str, most: int = 20) -> list[Run]:
        """Runs that do not begin or end inside a group of letters or a group of digits."""
        wanted, out = letters_digits(value), []
        p = self.stream.find(wanted) if wanted else -1
        while p >= 0 and len(out) < most:
            q = p + len(wanted) - 1
            if self._edge(p - 1, p) and self._edge(q, q + 1):
                out.append(self._with_punctuation(value, *self.at[p], *self.at[q]))
            p = self.stream.find(wanted, p + 1)
        return out

    def broken(self, value: str, gap: int = 25) -> list[list[Run]]:
        """The value as two runs with other words between: the longest head that is followed by its tail."""
        wanted = letters_digits(value)
        for cut in range(len(wanted) - 3, 2, -1):
            for head in self.runs(wanted[:cut], 5):
                if head[3] != len(self.words[head[2]]):
                    continue
                for tail in self.runs(wanted[cut:], 20):
                    if tail[1] == 0 and 1 < tail[0] - head[2] < gap:
                        return [[head, tail]]
        return []

    def _edge(self, i: int, j: int) -> bool:
        if i < 0 or j >= len(self.at):
            return True
        (w, c), (v, d) = self.at[i], self.at[j]
        if w != v or d > c + 1:
            return True
        a, b = self.stream[i], self.stream[j]
        return a.isdigit() != b.isdigit()

    def _with_punctuation(self, value: str, w0: int, c0: int, w1: int, c1: int) -> Run:
        head = value[: len(value) - len(value.lstrip("$€£-(#+"))]
        while head and c0 > 0 and self.words[w0][c0 - 1] == head[-1]:
            head, c0 = head[:-1], c0 - 1
        tail, c1 = value[len(value.rstrip(".,)%-:")) :], c1 + 1
        while tail and c1 < len(self.words[w1]) and self.words[w1][c1] == tail[0]:
            tail, c1 = tail[1:], c1 + 1
        return (w0, c0, w1, c1)


def load(name: str) -> list[dict]:
    """The documents of ../shared/data/kie/NAME.jsonl.gz."""
    with gzip.open(DATA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def in_raster_order(d: dict) -> tuple[list[str], np.ndarray, np.ndarray, np.ndarray, list[int]]:
    """(words, boxes, pages, sizes, order) of a document of the shared format; order[i] is where word i stood."""
    sizes = [(p["width"], p["height"]) for p in d.get("pages") or [d["page"]]]
    by_page: dict[int, list[int]] = {}
    for i, w in enumerate(d["words"]):
        by_page.setdefault(min(w.get("page", 0), len(sizes) - 1), []).append(i)
    order, pages = [], []
    for p in sorted(by_page):
        boxes = np.array([d["words"][i]["box"] for i in by_page[p]], np.float64)
        flat = [by_page[p][j] for row in raster_order(boxes) for j in row]
        order += flat
        pages += [p] * len(flat)
    words = [d["words"][i]["text"] for i in order]
    boxes = np.array([d["words"][i]["box"] for i in order], np.float64).reshape(-1, 4)
    return words, boxes, np.array(pages, np.int64), np.array(sizes, np.float64), order


def labelled(name: str) -> list[TrainingDocument]:
    """The documents of a set with the fields whose values stand on the page; a value that cannot be found is not asked."""
    out = []
    docs = load(name)
    keys = {k for d in docs for k in d["fields"] if len(letters_digits(k)) >= 4}
    others = sorted(keys) if name.startswith(OPEN) else []
    for d in docs:
        words, boxes, pages, sizes, _ = in_raster_order(d)
        if words:
            asks = _asks(d, Finder(words))
            missing = [*MISSING.get(d["dataset"], []), *others]
            if not name.startswith(OPEN):
                asks += _printed_asks(words, boxes, pages, {letters_digits(n) for names in NAMES[d["dataset"]].values() for n in names})
            out.append(TrainingDocument(d["id"], d["dataset"], words, boxes, pages, sizes, asks, missing))
    return out


def _asks(d: dict, finder: Finder) -> list[Ask]:
    asks = []
    names = NAMES.get(d["dataset"], {})
    for key, value in d["fields"].items():
        surface = (d.get("fields_surface") or {}).get(key, value)
        items = [v for v in (surface if isinstance(surface, list) else [surface]) if str(v).strip()]
        values = [_found(finder, str(v)) for v in items]
        if not items or not all(values):
            continue
        if key == "time":
            values = [[[*a[:-1], _with_half_of_day(finder.words, a[-1])] for a in v] for v in values]
        a = Ask(names.get(key, [key.replace("_", " ")]), DESCRIPTIONS.get(key, []), label=key if d["dataset"] in OPEN else None)
        a.kind, a.values = ("list" if isinstance(value, list) else "scalar"), values
        asks.append(a)
    return asks


def _printed_asks(words: list[str], boxes: np.ndarray, pages: np.ndarray, known: set[str]) -> list[Ask]:
    """What the page itself names, but for the names by which its labelled fields are known."""
    out = []
    for p in printed(words, boxes, pages):
        if letters_digits(p.label) in known:
            continue
        runs = [(a, 0, b, len(words[b])) for a, b in p.values]
        spelt = {letters_digits(" ".join(words[a : b + 1])) for a, b in p.values}
        names = list(dict.fromkeys((p.label, p.label.lower(), p.label.lower().replace(" ", "_"))))
        a = Ask(names, kind="list" if len(spelt) > 1 else "scalar", printed=True, label=p.label)
        a.values = [[[r] for r in runs]] if len(spelt) == 1 else [[[r]] for r in runs]
        out.append(a)
    return out


_HALF_OF_DAY = re.compile(r"[ap]\.?m\b\.?", re.IGNORECASE)


def _with_half_of_day(words: list[str], run: Run) -> Run:
    """A time with the AM or PM behind it, which machine labels leave out."""
    w0, c0, w1, c1 = run
    inside = _HALF_OF_DAY.match(words[w1], c1)
    if inside:
        return w0, c0, w1, inside.end()
    behind = _HALF_OF_DAY.match(words[w1 + 1]) if c1 == len(words[w1]) and w1 + 1 < len(words) else None
    return (w0, c0, w1 + 1, behind.end()) if behind else run


def _found(finder: Finder, value: str) -> list[list[Run]]:
    return [[r] for r in finder.runs(value)] or finder.broken(value)


def from_synthetic(d: dict) -> TrainingDocument:
    """A generated page (synthetic.generate), its asks and its certain absences."""
    words = [w["text"] for w in d["words"]]
    boxes = np.array([w["box"] for w in d["words"]], np.float64).reshape(-1, 4)
    sizes = np.array([[d["page"]["width"], d["page"]["height"]]], np.float64)
    asks = [_synthetic_ask(a) for a in [*d["asks"], *d["absent"]]]
    return TrainingDocument(d["id"], "synthetic", words, boxes, np.zeros(len(words), np.int64), sizes, asks, [])


def _synthetic_ask(a: dict) -> Ask:
    flat = lambda runs: [(w0, c0, w1, c1) for (w0, c0), (w1, c1) in runs]  # noqa: E731
    kind = a["kind"]
    ask = Ask(a["names"], a.get("descriptions") or [], kind, a.get("group"), label=a.get("label"))
    if a["type"] == "enum":
        ask.options, ask.answer = a.get("options") or [], a.get("answer")
        if a.get("runs"):
            ask.values = [[flat(a["runs"])]]
    elif kind == "scalar":
        if a.get("runs"):
            ask.values = [[flat(r) for r in [a["runs"], *(a.get("alternatives") or [])]]]
    else:
        ask.values = [[flat(r)] if r else [] for r in a.get("rows") or []]
    return ask
