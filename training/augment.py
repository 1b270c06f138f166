"""Changes to a page that keep its truth: other digits, other words, slips of an OCR, words run together, values taken out, boxes moved.

Every change says where each old character went, so that runs follow. Characters change one for one, so offsets stay.
"""

import random
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

from documents import Run
from protocol import tokenizer

_AMOUNT = re.compile(r"\d[\d,]*[.,]\d{2}(?!\d)|(?<!\d)\d{4,}(?!\d)")
_DATE = re.compile(r"(?<!\d)(\d{1,2})([/.\-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_WORD = re.compile(r"[A-Za-z]{3,}")
_SLIPS = {"0": "O", "O": "0", "1": "l", "l": "1", "I": "1", "5": "S", "S": "5", "8": "B", "B": "8", "e": "c", "c": "e", "a": "o",
          "o": "a", "u": "v", "n": "h", "m": "n", "i": "l", ".": ",", ",": ".", "E": "F", "g": "q", "t": "f", "6": "G", "2": "Z"}


@dataclass
class Page:
    """Words of one window with their boxes [n, 4] and pages [n]; `at[w][c]` says where character c of old word w is now."""

    words: list[str]
    boxes: np.ndarray
    pages: np.ndarray
    at: list[list[tuple[int, int] | None]]

    def moved(self, run: Run) -> Run | None:
        """A run of the old words among the new ones; None when an end of it was taken out."""
        w0, c0, w1, c1 = run
        start, end = self.at[w0][c0], self.at[w1][c1 - 1]
        return None if start is None or end is None else (*start, end[0], end[1] + 1)


def other_digits(words: list[str], rng: random.Random) -> list[str]:
    """Amounts, dates and long numbers replaced by others of the same length, the same by the same."""
    seen: dict[str, str] = {}

    def number(m: re.Match) -> str:
        s = m.group()
        if s.isdigit() and len(s) == 4 and s[:2] in ("19", "20"):
            return s
        if s not in seen:
            first = str(rng.randint(1, 9)) if s[0] != "0" else "0"
            seen[s] = first + "".join(str(rng.randint(0, 9)) if c.isdigit() else c for c in s[1:])
        return seen[s]

    def date(m: re.Match) -> str:
        s = m.group()
        if s not in seen:
            a, sep, b, year = m.groups()
            day_first = int(a) > 12 or (int(b) <= 12 and rng.random() < 0.5)
            d, mo = (rng.randint(1, 28), rng.randint(1, 12)) if day_first else (rng.randint(1, 12), rng.randint(1, 28))
            d, mo = (x if len(y) == 2 else 1 + x % 9 for x, y in ((d, a), (mo, b)))
            y = f"{rng.randint(1990, 2027)}"[-len(year) :]
            seen[s] = f"{d:0{len(a)}}{sep}{mo:0{len(b)}}{sep}{y}"
        return seen[s]

    out = []
    for w in words:
        if any(c.isdigit() for c in w):
            if _DATE.search(w):
                w = _DATE.sub(date, w)
            else:
                w = _AMOUNT.sub(number, w)
        out.append(w)
    return out


def other_words(share: float, rng: random.Random) -> Callable[[str], str]:
    """A change of texts in which a share of all words become others of as many letters, the same wherever they stand.

    Page and labels changed alike, what is asked can no more be known by heart; it has to be read off the page.
    """
    seen: dict[str, str] = {}

    def word(m: re.Match) -> str:
        s = m.group()
        low = s.lower()
        if low not in seen:
            others = _words_by_length().get(len(low))
            seen[low] = rng.choice(others) if others and rng.random() < share else low
        other = seen[low]
        return s if other == low else other.upper() if s.isupper() else other.capitalize() if s[0].isupper() else other

    return lambda text: _WORD.sub(word, text)


@cache
def _words_by_length() -> dict[int, list[str]]:
    out = defaultdict(list)
    for w in sorted(tokenizer().get_vocab()):
        if w.isascii() and w.isalpha():
            out[len(w)].append(w)
    return dict(out)


def slips(words: list[str], share: float, rng: random.Random) -> list[str]:
    """OCR confusions in a share of the characters."""
    return ["".join(_SLIPS.get(c, c) if rng.random() < share else c for c in w) for w in words]


def edited(words: list[str], boxes: np.ndarray, pages: np.ndarray, out: list[Run], joined: bool) -> Page:
    """The page without the runs in `out`, and with the words of a line run together if `joined`."""
    gone = [[False] * len(w) for w in words]
    for w0, c0, w1, c1 in out:
        for w in range(w0, w1 + 1):
            for c in range(c0 if w == w0 else 0, c1 if w == w1 else len(words[w])):
                gone[w][c] = True
    texts: list[str] = []
    new_boxes: list[list[float]] = []
    new_pages: list[int] = []
    at: list[list[tuple[int, int] | None]] = []
    for w, text in enumerate(words):
        keep = [c for c in range(len(text)) if not gone[w][c]]
        places: list[tuple[int, int] | None] = [None] * len(text)
        if keep:
            x0, y0, x1, y1 = boxes[w].tolist()
            n = len(text)
            box = [x0 + (x1 - x0) * keep[0] / n, y0, x0 + (x1 - x0) * (keep[-1] + 1) / n, y1]
            kept = "".join(text[c] for c in keep)
            base = 0
            if joined and texts and new_pages[-1] == pages[w] and _near(new_boxes[-1], box):
                base = len(texts[-1])
                texts[-1] += kept
                b = new_boxes[-1]
                new_boxes[-1] = [b[0], min(b[1], box[1]), max(b[2], box[2]), max(b[3], box[3])]
            else:
                texts.append(kept)
                new_boxes.append(box)
                new_pages.append(int(pages[w]))
            for i, c in enumerate(keep):
                places[c] = (len(texts) - 1, base + i)
        at.append(places)
    return Page(texts, np.array(new_boxes, np.float64).reshape(-1, 4), np.array(new_pages, np.int64), at)


def _near(a: list[float], b: list[float]) -> bool:
    height = min(a[3] - a[1], b[3] - b[1])
    return abs((a[1] + a[3]) - (b[1] + b[3])) / 2 < 0.5 * height and -height < b[0] - a[2] < 1.2 * height


def moved_boxes(boxes: np.ndarray, sizes: np.ndarray, pages: np.ndarray, rng: random.Random) -> np.ndarray:
    """Boxes scaled and shifted as another margin would, and trembling by a few thousandths."""
    s = sizes[pages]
    zx, zy = rng.uniform(0.85, 1.08), rng.uniform(0.8, 1.08)
    dx, dy = rng.uniform(-0.06, 0.1), rng.uniform(-0.06, 0.12)
    tremble = np.random.default_rng(rng.getrandbits(32)).normal(0, 0.0015, boxes.shape)
    scale = np.array([zx, zy, zx, zy])
    shift = np.array([dx, dy, dx, dy]) + tremble
    return boxes * scale + shift * np.tile(s, 2)
