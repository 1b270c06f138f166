"""Mask pre-training: pages with gaps, and which of the texts taken out stood in which gap. No labels are used.

A cloze page is a training document like any other: its labels are the texts taken out, each mask points at a gap. What stays on the
page is asked too and has no gap. Texts are one to four neighbouring words, so the layout embeddings, the pointer heads and the
sense of what belongs where start from something.
"""

import random

import numpy as np

from documents import Ask, TrainingDocument, letters_digits
from protocol import stretches

GAP = "_"
MOST_WORDS = 4
GAPS, STAYING = (3, 12), (1, 4)


def cloze(d: TrainingDocument, rng: random.Random) -> TrainingDocument | None:
    """None where the page has too few texts that stand on it once."""
    pieces = _pieces(d, rng)
    texts = [letters_digits(" ".join(d.words[a : b + 1])) for a, b in pieces]
    once = [p for p, t in zip(pieces, texts, strict=True) if len(t) > 1 and texts.count(t) == 1]
    if len(once) < GAPS[0] + STAYING[0]:
        return None
    rng.shuffle(once)
    gaps = dict(once[: rng.randint(*GAPS)])
    staying = once[len(gaps) :][: rng.randint(*STAYING)]
    words, boxes, pages, asks, w = [], [], [], [], 0
    while w < len(d.words):
        last = gaps.get(w, w)
        inside = d.boxes[w : last + 1]
        boxes.append(np.r_[inside[:, :2].min(0), inside[:, 2:].max(0)])
        pages.append(d.pages[w])
        if w in gaps:
            asks.append(Ask([_text(d, w, last)], values=[[[(len(words), 0, len(words), len(GAP))]]]))
        words.append(GAP if w in gaps else d.words[w])
        w = last + 1
    asks += [Ask([_text(d, a, b)]) for a, b in staying]
    return TrainingDocument(f"{d.id}/cloze", "cloze", words, np.array(boxes), np.array(pages), d.sizes, asks, [])


def _text(d: TrainingDocument, first: int, last: int) -> str:
    return " ".join(d.words[first : last + 1])


def _pieces(d: TrainingDocument, rng: random.Random) -> list[tuple[int, int]]:
    """The page's words cut into neighbours of one stretch; first and last word of each, inclusive."""
    stretch = stretches(d.boxes, d.pages)
    out, w = [], 0
    while w < len(d.words):
        end = min(len(d.words), w + rng.randint(1, MOST_WORDS))
        last = w
        while last + 1 < end and stretch[last + 1] == stretch[w]:
            last += 1
        out.append((w, last))
        w = last + 1
    return out
