"""From logits back to runs of words: the reference for src/extraction/decode.ts and items.ts, for untyped scalars and lists.

Pure numpy. Windows are joined here as docs/mask-protocol.md says; typed preferences live in TypeScript alone.
"""

import json
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from documents import letters_digits
from protocol import RUN_TOKENS, PageTokens

K = TypeVar("K", bound=Hashable)

BEST_STARTS = 16
STRETCH_COST = 0.7  # what a further stretch within a run costs it when runs are compared; src/extraction/runs.ts
MOST_STARTS, ENDS_A_START, TOLD_SHARE = 64, 4, 0.08  # of items; src/extraction/items.ts


@dataclass(frozen=True)
class Filled:
    """A run of page tokens [start, end] of the document, inclusive; absent is the log-probability of [CLS], odds the log-odds against it.

    log is the run's log-probability; of an item that of how often all masks expect it, where absent and odds are those of its likeliest mask.
    """

    start: int
    end: int
    log: float
    absent: float
    odds: float


@dataclass(frozen=True)
class Claim:
    """Where a scalar's value stands, how likely it is, and whether the field's label stands on the page."""

    place: Hashable
    log: float
    printed: bool


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


PRINTED_BIAS = 1.0  # log-odds that a value needs where its own label is printed; src/extraction/extract.ts
LEAST_TOGETHER = 6


WRITTEN_OUT: dict[str, str] = json.loads((Path(__file__).parents[1] / "src" / "extraction" / "abbreviations.json").read_text())


def label_word(text: str) -> str:
    """src/extraction/label-words.ts."""
    own = letters_digits(text)
    return "number" if not own and "#" in text else WRITTEN_OUT.get(own, own)


def printed_among(words: list[str]) -> Callable[[str], bool]:
    """Whether a label, or one of several parted by " / ", stands among words in raster order; src/extraction/printed.ts."""
    texts = [t for t in map(label_word, words) if t]
    apart, together = f" {' '.join(texts)} ", "".join(texts)

    def printed(label: str) -> bool:
        own = [t for t in map(label_word, label.split()) if t]
        joined = "".join(own)
        return bool(joined) and (f" {' '.join(own)} " in apart or (len(joined) >= LEAST_TOGETHER and joined in together))

    return lambda labels: any(printed(x) for x in labels.split(" / "))


def _log_chances(logits: np.ndarray, masks: list[int], page_start: int, low: int, high: int) -> np.ndarray:
    """Logits [M, N] to log-probabilities of the given masks over [CLS] and the page tokens of the window."""
    return log_softmax(logits[masks][:, np.r_[0, page_start : page_start + high - low]].astype(np.float64))


def fill_scalar(start: np.ndarray, end: np.ndarray, masks: list[int], page_start: int, tokens: PageTokens, low: int, high: int,
                absent_bias: float = 0.0) -> list[Filled | None]:
    """Logits [M, N] of one window to the runs of a scalar's masks in order; None where the mask says absent."""
    out: list[Filled | None] = []
    taken: list[tuple[int, int]] = []
    for s, e in zip(*(_log_chances(x, masks, page_start, low, high) for x in (start, end)), strict=True):
        absent = float(s[0] + e[0])
        run = best_run(s[1:], e[1:], tokens.page[low:high], tokens.stretch[low:high], taken)
        if run is None or run[2] - absent <= absent_bias:
            out.append(None)
            continue
        taken.append(run[:2])
        out.append(Filled(run[0] + low, run[1] + low, run[2], absent, run[2] - absent))
    return out


def fill_items(start: np.ndarray, end: np.ndarray, masks: list[int], page_start: int, tokens: PageTokens, low: int, high: int,
               absent_bias: float = 0.0) -> list[Filled]:
    """Logits [M, N] of one window to the items of a list, off all its masks together; none unless one beats absence by the bias."""
    s, e = (_log_chances(x, masks, page_start, low, high) for x in (start, end))
    first, last, absent = np.exp(s[:, 1:]), np.exp(e[:, 1:]), s[:, 0] + e[:, 0]
    page, stretch = tokens.page[low:high], tokens.stretch[low:high]
    runs = []
    for a in np.argsort(-first.sum(0), kind="stable")[:MOST_STARTS].tolist():
        stop = min(high - low, a + RUN_TOKENS)
        stop = a + int(np.searchsorted(page[a:stop], page[a], side="right"))
        times = first[:, a] @ last[:, a:stop]
        worth = times * np.exp(-STRETCH_COST * (stretch[a:stop] - stretch[a]))
        runs += [(worth[b], times[b], a, a + b) for b in np.argsort(-worth, kind="stable")[:ENDS_A_START].tolist() if times[b] >= TOLD_SHARE]
    out, used = [], np.zeros(high - low, bool)
    for _, times, a, b in sorted(runs, key=lambda r: -r[0]):
        if used[a : b + 1].any():
            continue
        used[a : b + 1] = True
        k = int(np.argmax(s[:, a + 1] + e[:, b + 1]))
        odds = float(s[k, a + 1] + e[k, b + 1] - absent[k])
        out.append(Filled(a + low, b + low, min(0.0, float(np.log(times))), float(absent[k]), odds))
    return out if any(f.odds > absent_bias for f in out) else []


def doubted(claims: dict[K, Claim]) -> set[K]:
    """Of scalars that claim one place all but the likeliest, unless their label is printed; src/extraction/rivals.ts."""
    owners: dict[Hashable, K] = {}
    for k, claim in claims.items():
        if claim.place not in owners or claim.log > claims[owners[claim.place]].log:
            owners[claim.place] = k
    return {k for k, claim in claims.items() if owners[claim.place] != k and not claim.printed}


def text_of(words: list[str], tokens: PageTokens, start: int, end: int) -> str:
    """The page's own spelling of a run of tokens."""
    out = []
    for w in range(tokens.word[start], tokens.word[end] + 1):
        a = tokens.first[start] if w == tokens.word[start] else 0
        b = tokens.last[end] if w == tokens.word[end] else len(words[w])
        out.append(words[w][a:b])
    return " ".join(out)
