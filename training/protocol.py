"""The mask protocol, version 1, as docs/mask-protocol.md has it: words to tokens, fields to a template, both to tensors.

Pure functions over plain data. TypeScript builds the same tensors in src/text and src/extraction; golden vectors hold both to it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from tokenizers import Tokenizer

from base import base_directory

CLS, SEP, MASK = 101, 102, 103
NO_PLACE = 101
SEQUENCE_TOKENS = 512
TEMPLATE_TOKENS = 192
WINDOW_TOKENS = 320
WINDOW_OVERLAP = 80
LABEL_TOKENS = 24
RUN_TOKENS = 96
SCALAR_MASKS = 2
# Marks of check boxes as the vocabulary can tell them apart, as in src/extraction/marks.ts: Unicode's, and those of Wingdings and Wingdings 2.
TICKED = "\u2611\u2612\u2713\u2714\u2717\u2718\u2705\u274c\u2a2f\U0001f5f9\U0001f5f7\uf0fb\uf0fc\uf0fd\uf0fe\uf052\uf054"
EMPTY = "\uf06f\uf071\uf0a3\uf0a8"
MARKS = str.maketrans({**dict.fromkeys(TICKED, "x"), **dict.fromkeys(EMPTY, "\u2610")})


@cache
def tokenizer() -> Tokenizer:
    """BERT uncased WordPiece; offsets are code points of the text as given."""
    t = Tokenizer.from_file(str(base_directory() / "tokenizer.json"))
    t.no_truncation()
    t.no_padding()
    return t


def raster_order(boxes: np.ndarray) -> list[list[int]]:
    """Rows of word indices, top to bottom and left to right. boxes: [n, 4] x0 y0 x1 y1 of one page."""
    middle = (boxes[:, 1] + boxes[:, 3]) / 2
    height = boxes[:, 3] - boxes[:, 1]
    rows: list[list[int]] = []
    total = 0.0
    for i in np.argsort(middle, kind="stable").tolist():
        if rows:
            row = rows[-1]
            mean = total / len(row)
            if abs(middle[i] - mean) < 0.5 * min(height[i], height[row[0]]):
                row.append(i)
                total += middle[i]
                continue
        rows.append([i])
        total = middle[i]
    return [sorted(r, key=lambda i: boxes[i, 0]) for r in rows]


def pieces(row: list[int], apart: Callable[[int, int], bool]) -> list[list[int]]:
    """A visual row of words, cut wherever two neighbours are apart."""
    out: list[list[int]] = []
    for i in row:
        if out and not apart(out[-1][-1], i):
            out[-1].append(i)
        else:
            out.append([i])
    return out


def stretches(boxes: np.ndarray, pages: np.ndarray) -> np.ndarray:
    """Stretch of each word: those of a visual row without a gap wider than they are high, counted through the whole document."""
    height = boxes[:, 3] - boxes[:, 1]
    wide = lambda a, b: boxes[b, 0] - boxes[a, 2] > min(height[a], height[b])  # noqa: E731
    out, count = np.zeros(len(boxes), np.int64), 0
    for p in np.unique(pages):
        own = np.flatnonzero(pages == p)
        for row in raster_order(boxes[own]):
            for piece in pieces(own[row].tolist(), wide):
                out[piece] = count
                count += 1
    return out


@dataclass
class PageTokens:
    """Tokens of the words of a document. word: index into the words given; first, last: code points [first, last) in it."""

    ids: np.ndarray
    word: np.ndarray
    first: np.ndarray
    last: np.ndarray
    page: np.ndarray
    stretch: np.ndarray
    layout: np.ndarray  # [n, 6] 0..100

    def __len__(self) -> int:
        return len(self.ids)


def page_tokens(words: list[str], boxes: np.ndarray, pages: np.ndarray, sizes: np.ndarray) -> PageTokens:
    """words in raster order, boxes [n, 4] in page units, pages [n] from 0, sizes [pages, 2] width and height."""
    ids, word, first, last = [], [], [], []
    for i, e in enumerate(tokenizer().encode_batch([w.translate(MARKS) for w in words], add_special_tokens=False)):
        ids += e.ids
        word += [i] * len(e.ids)
        for a, b in e.offsets:
            first.append(a)
            last.append(b)
    w = np.array(word, np.int64)
    a, b = np.array(first, np.int64), np.array(last, np.int64)
    of = lambda by_word: by_word[w] if len(w) else w  # noqa: E731
    return PageTokens(np.array(ids, np.int64), w, a, b, of(pages), of(stretches(boxes, pages)), _layout(words, boxes, pages, sizes, w, a, b))


def _layout(words, boxes, pages, sizes, word, first, last) -> np.ndarray:
    if not len(word):
        return np.zeros((0, 6), np.int64)
    n = np.array([max(1, len(w)) for w in words])[word]
    x0, y0, x1, y1 = boxes[word].astype(np.float64).T
    width, height = sizes[pages[word]].astype(np.float64).T
    tx0 = x0 + (x1 - x0) * first / n
    tx1 = x0 + (x1 - x0) * last / n
    c = lambda v: np.clip(v, 0.0, 1.0)  # noqa: E731
    cells = [c(tx0 / width) * 100, c(y0 / height) * 100, c(tx1 / width) * 100, c(y1 / height) * 100]
    cells += [(tx1 - tx0) / width * 100, (y1 - y0) / height * 1000]
    return np.clip(np.floor(np.stack(cells, 1) + 0.5), 0, 100).astype(np.int64)


@dataclass
class TemplateField:
    """What the template says of one field: its label, its masks, and the options of an enum."""

    label: str
    masks: int = SCALAR_MASKS
    options: list[str] = field(default_factory=list)


@dataclass
class Template:
    ids: list[int]
    slot: list[int]
    masks: list[list[int]]  # positions, by field
    options: list[list[tuple[int, int]]]  # inclusive runs, by field


def label_ids(label: str) -> list[int]:
    return tokenizer().encode(label.lower(), add_special_tokens=False).ids[:LABEL_TOKENS]


@cache
def _label_ids(label: str) -> tuple[int, ...]:
    return tuple(label_ids(label))


def template(fields: list[TemplateField]) -> Template:
    """[CLS] label masks options ... [SEP]; the caller keeps it within TEMPLATE_TOKENS."""
    t = Template([CLS], [0], [], [])
    comma = tokenizer().token_to_id(",")
    for f in fields:
        words = list(_label_ids(f.label))
        t.ids += words + [MASK] * f.masks
        start = len(t.slot) + len(words)
        t.slot += [0] * len(words) + list(range(1, f.masks + 1))
        t.masks.append(list(range(start, start + f.masks)))
        runs = []
        for option in f.options:
            o = list(_label_ids(option))
            runs.append((len(t.ids), len(t.ids) + len(o) - 1))
            t.ids += [*o, comma]
            t.slot += [0] * (len(o) + 1)
        t.options.append(runs)
    t.ids.append(SEP)
    t.slot.append(0)
    return t


def fits(fields: list[TemplateField]) -> bool:
    """Whether one template has room for them."""
    return len(template(fields).ids) <= TEMPLATE_TOKENS


@dataclass
class Sequence:
    """One row of the protocol's tensors, with where its page begins."""

    ids: np.ndarray
    slot: np.ndarray
    layout: np.ndarray
    masks: np.ndarray
    page_start: int

    def __len__(self) -> int:
        return len(self.ids)


def sequence(t: Template, tokens: PageTokens, low: int, high: int) -> Sequence:
    """The template over page tokens [low, high)."""
    p = len(t.ids)
    ids = np.concatenate([np.array(t.ids, np.int64), tokens.ids[low:high]])
    layout = np.full((len(ids), 6), NO_PLACE, np.int64)
    layout[p:] = tokens.layout[low:high]
    slot = np.zeros(len(ids), np.int64)
    slot[:p] = t.slot
    return Sequence(ids, slot, layout, np.array([m for f in t.masks for m in f], np.int64), p)


def windows(n: int) -> list[tuple[int, int]]:
    """[low, high) of the windows over n page tokens."""
    out, low = [(0, min(n, WINDOW_TOKENS))], 0
    while out[-1][1] < n:
        low += WINDOW_TOKENS - WINDOW_OVERLAP
        out.append((low, min(n, low + WINDOW_TOKENS)))
    return out


def collate(sequences: list[Sequence], multiple: int = 1) -> dict[str, np.ndarray]:
    """The tensors of the protocol, padded to the longest, and on to a multiple. int32 but for PyTorch's sake int64 is as good."""
    b, n = len(sequences), -(-max(len(s) for s in sequences) // multiple) * multiple
    m = max(len(s.masks) for s in sequences)
    t = {
        "input_ids": np.zeros((b, n), np.int64),
        "attention_mask": np.zeros((b, n), np.int64),
        "segment": np.zeros((b, n), np.int64),
        "slot": np.zeros((b, n), np.int64),
        "layout": np.full((b, n, 6), NO_PLACE, np.int64),
        "mask_positions": np.zeros((b, m), np.int64),
    }
    for i, s in enumerate(sequences):
        k = len(s)
        t["input_ids"][i, :k] = s.ids
        t["attention_mask"][i, :k] = 1
        t["segment"][i, s.page_start : k] = 1
        t["slot"][i, :k] = s.slot
        t["layout"][i, :k] = s.layout
        t["mask_positions"][i, : len(s.masks)] = s.masks
    return t
