"""Fields that a page names itself: what stands behind "Label:" on its row, and the labels behind which nothing stands.

Owns the rules by which labels and values are told on real pages that nobody labelled; they teach open keys on layouts that no generator
draws. Strict rather than complete: a label is only read where a segment of the row begins with it, a doubtful one is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from protocol import pieces, raster_order

LABEL_WORDS, VALUE_WORDS = 5, 10
LABEL_LETTERS = 3
SEGMENT_GAP = 0.8  # heights between words of two segments
REACH = 30  # heights from a label to the value of the next segment
MOST = 16  # values of one label
NONE = ("na", "none", "")  # said of a field that does not apply: neither asked nor absent

Value = tuple[int, int]  # first and last word


@dataclass
class Printed:
    """A label as printed, and where its values stand; none where it is certainly empty."""

    label: str
    values: list[Value] = field(default_factory=list)


def printed(words: list[str], boxes: np.ndarray, pages: np.ndarray) -> list[Printed]:
    """words in raster order, boxes [n, 4], pages [n]. Each label once, its values in raster order."""
    found: dict[str, Printed] = {}
    doubtful: set[str] = set()
    for page in np.unique(pages).tolist():
        own = np.flatnonzero(pages == page)
        rows = [_segments([int(own[i]) for i in row], boxes) for row in raster_order(boxes[own])]
        for at, row in enumerate(rows):
            below = rows[at + 1] if at + 1 < len(rows) else []
            for label, value, doubt in _pairs(row, below, words, boxes):
                key = label.lower()
                p = found.setdefault(key, Printed(label))
                if value:
                    p.values.append(value)
                elif doubt:
                    doubtful.add(key)
    return [p for k, p in found.items() if len(p.values) <= MOST and (p.values or k not in doubtful)]


def _segments(row: list[int], boxes: np.ndarray) -> list[list[int]]:
    return pieces(row, lambda a, b: boxes[b][0] - boxes[a][2] >= SEGMENT_GAP * (boxes[b][3] - boxes[b][1]))


def _pairs(row: list[list[int]], below: list[list[int]], words: list[str], boxes: np.ndarray) -> Iterator[tuple[str, Value | None, bool]]:
    """(label, value or None, whether a missing value may stand elsewhere)."""
    for at, segment in enumerate(row):
        size = _label_size(segment, words)
        if not size:
            continue
        label = " ".join(words[i] for i in segment[:size]).rstrip(":= ")
        rest, near = segment[size:], True
        if not rest and at + 1 < len(row):
            rest = row[at + 1]
            near = boxes[rest[0]][0] - boxes[segment[-1]][2] < REACH * (boxes[rest[0]][3] - boxes[rest[0]][1])
            if _label_size(rest, words):
                rest = []
        colons = any(words[i].endswith((":", "=")) for i in rest)
        said = "".join(c for i in rest for c in words[i].lower() if c.isalnum())
        if near and not colons and len(rest) <= VALUE_WORDS and said not in NONE:
            yield label, (rest[0], rest[-1]), False
        else:
            yield label, None, bool(rest) or _stands_below(segment, below, words, boxes)


def _label_size(segment: list[int], words: list[str]) -> int:
    """Words of the label that the segment begins with; 0 where there is none."""
    for n, i in enumerate(segment[:LABEL_WORDS], 1):
        if words[i].endswith((":", "=")):
            letters = sum(c.isalpha() for j in segment[:n] for c in words[j])
            return n if letters >= LABEL_LETTERS else 0
    return 0


def _stands_below(label: list[int], below: list[list[int]], words: list[str], boxes: np.ndarray) -> bool:
    """Whether the next row has something under the label that is no label itself."""
    low, high = boxes[label[0]][0], boxes[label[-1]][2]
    under = (s for s in below if boxes[s[0]][0] < high and boxes[s[-1]][2] > low)
    return any(not _label_size(s, words) for s in under)
