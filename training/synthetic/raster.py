"""Raster order of a page's words, as docs/mask-protocol.md has it: rows top to bottom, then left to right."""
from __future__ import annotations

from typing import Sequence


def raster_order(boxes: Sequence[Sequence[float]]) -> tuple[list[int], list[int]]:
    """Boxes [x0, y0, x1, y1] to (indices in raster order, the row number of each word in that order)."""
    middles = [(b[1] + b[3]) / 2 for b in boxes]
    rows: list[list] = []  # [sum of middles, count, height of the first, members]; only the last row is open
    for i in sorted(range(len(boxes)), key=middles.__getitem__):
        height, mid = boxes[i][3] - boxes[i][1], middles[i]
        if rows:
            row = rows[-1]
            if abs(mid - row[0] / row[1]) < min(height, row[2]) / 2:
                row[0] += mid
                row[1] += 1
                row[3].append(i)
                continue
        rows.append([mid, 1, height, [i]])
    order, numbers = [], []
    for n, row in enumerate(rows):
        members = sorted(row[3], key=lambda i: boxes[i][0])
        order += members
        numbers += [n] * len(members)
    return order, numbers
