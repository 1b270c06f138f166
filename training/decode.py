"""From logits back to runs of words: the reference for src/extraction/decode.ts, for untyped scalars and lists.

Pure numpy. Windows are joined here as docs/mask-protocol.md says; typed preferences live in TypeScript alone.
"""

from dataclasses import dataclass

import numpy as np

from protocol import RUN_TOKENS, PageTokens

BEST_STARTS = 16
STRETCH_COST = 0.7  # what a further stretch within a run costs it when runs are compared; src/extraction/runs.ts


@dataclass(frozen=True)
class Filled:
    """A run of page tokens [start, end] of the document, inclusive; log is its log-probability, absent that of [CLS]."""

    start: int
    end: int
    log: float
    absent: float

    @property
    def odds(self) -> float:
        return self.log - self.absent


def log_softmax(x: np.ndarray) -> np.ndarray:
    top = x.max(-1, keepdims=True)
    return x - top - np.log(np.exp(x - top).sum(-1, keepdims=True))


def best_run(start: np.ndarray, end: np.ndarray, page: np.ndarray, stretch: np.ndarray, taken: list[tuple[int, int]]) -> tuple[int, int, float] | None:
    """start, end: log-probabilities over page tokens. The best run on one page that overlaps none of `taken`, with its log-probability."""
    best, most = None, -np.inf
    for s in np.argsort(-start, kind="stable")[:BEST_STARTS].tolist():
        stop = min(len(end), s + RUN_TOKENS)
        stop = s + int(np.searchsorted(page[s:stop], page[s], side="right"))
        ends = end[s:stop] - STRETCH_COST * (stretch[s:stop] - stretch[s])
        for a, b in taken:
            if a <= s <= b:
                ends[:] = -np.inf
            elif a > s:
                ends[max(0, a - s) :] = -np.inf
        e = int(np.argmax(ends))
        worth = float(start[s] + ends[e])
        if worth > most:
            best, most = (s, s + e, float(start[s] + end[s + e])), worth
    return best


def fill_field(start: np.ndarray, end: np.ndarray, masks: list[int], page_start: int, tokens: PageTokens, low: int, high: int,
               absent_bias: float = 0.0, many: bool = False) -> list[Filled | None]:
    """Logits [M, N] of one window to the runs of a field's masks in order; None where the mask says absent.

    Of a list (`many`) one item must beat absence by the bias; beside such a one, an item need only be likelier than no more.
    """
    out: list[Filled | None] = []
    taken: list[tuple[int, int]] = []
    legal = np.r_[0, page_start : page_start + high - low]
    for m in masks:
        s, e = log_softmax(start[m, legal].astype(np.float64)), log_softmax(end[m, legal].astype(np.float64))
        absent = float(s[0] + e[0])
        run = best_run(s[1:], e[1:], tokens.page[low:high], tokens.stretch[low:high], taken)
        if run is None or run[2] - absent <= (0 if many else absent_bias):
            out.append(None)
            continue
        taken.append(run[:2])
        out.append(Filled(run[0] + low, run[1] + low, run[2], absent))
    there = not many or any(f and f.odds > absent_bias for f in out)
    return out if there else [None] * len(out)


def text_of(words: list[str], tokens: PageTokens, start: int, end: int) -> str:
    """The page's own spelling of a run of tokens."""
    out = []
    for w in range(tokens.word[start], tokens.word[end] + 1):
        a = tokens.first[start] if w == tokens.word[start] else 0
        b = tokens.last[end] if w == tokens.word[end] else len(words[w])
        out.append(words[w][a:b])
    return " ".join(out)
