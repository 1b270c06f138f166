"""Training examples: some fields of a document, asked by one of their names, and where each mask should point.

Pure but for the random generator handed in. An example is one sequence; a batch has dense targets for the loss.
"""

import random
from collections import Counter
from dataclasses import dataclass, replace

import numpy as np

from augment import Page, edited, moved_boxes, other_digits, other_words, slips
from contrasts import near_misses
from documents import OPEN, Ask, Finder, Run, TrainingDocument, letters_digits
from protocol import (
    SCALAR_MASKS, WINDOW_TOKENS, PageTokens, Sequence, TemplateField, collate, fits, page_tokens, sequence, template,
)

Span = tuple[int, int]  # positions in the sequence, inclusive
ABSENT: Span = (0, 0)
CLS_POSITION = 0
ABSENT_WEIGHT = 0.7
PAST_LAST_WEIGHT = 0.2
ENUM_WEIGHT = 1.5
ASKED = {"naf": (2, 4, 8, 10, 12, 16, 20, 24), "synthetic": (2, 6, 12, 16, 20, 24, 28, 32)}  # at most, a page; of a set with few fields 3 to 12
AS_LIST, ABSENT_AS_LIST = 0.06, 0.2  # shares of scalars for which a schema wants a list all the same
ENUMS_FIRST = 0.6  # share of examples from which no choice among options is left out for other fields
PRINTED, PRINTED_ALONE = 0.5, 0.5  # shares of examples in which a page is also asked what it names itself, and of those in which that alone
AS_PRINTED = 0.35  # share of synthetic pages that are asked by the labels that they print
NEAR_MISSES = (0, 0, 1, 2, 3)  # names close to those of a synthetic page, and absent
OTHER_WORDS = 0.6  # share of examples with none but open keys that are told in other words
LANES = 32  # softmax in bfloat16 is half again as slow where a row is no multiple of these


@dataclass
class Target:
    """What one mask may rightly point at, what it is free to point at, and how much it counts: by what is right, and, where that is not known, by
    what teachers say."""

    right: list[Span]
    weight: float
    options: list[Span] | None = None  # an enum's first mask points at these and not at the page
    taught: float | None = None  # as much as `weight` unless said
    label: Span | None = None  # where the page names it, if that is known and in one place


@dataclass
class Example:
    sequence: Sequence
    targets: list[Target]


@dataclass
class Asked:
    ask: Ask
    field: TemplateField
    gone: bool = False  # its value was taken out of the page


def label(ask: Ask, rng: random.Random) -> str:
    """A name as a schema may give it: alone, with aliases, or with a description."""
    usual = rng.random() < 0.3
    parts = [ask.names[0] if usual else rng.choice(ask.names)]
    if len(ask.names) > 1 and rng.random() < 0.2:
        parts += [n for n in rng.sample(ask.names, min(rng.randint(1, 3), len(ask.names))) if n not in parts]
    if ask.descriptions and rng.random() < 0.2:
        parts.append(rng.choice(ask.descriptions))
    head = f"{ask.group} / " if ask.group else ""
    return head + " / ".join(p.replace("_", " ") for p in parts)


def example(d: TrainingDocument, rng: random.Random, scalar_masks: int = SCALAR_MASKS) -> Example | None:
    """One sequence over a window of the document; None when nothing can be asked."""
    real = d.dataset != "synthetic"
    asked = _choose(d, rng, scalar_masks)
    if not asked:
        return None
    low, high = _word_window(d, asked, rng)
    words = d.words[low:high]
    if all(a.ask.printed or d.dataset in OPEN for a in asked) and rng.random() < OTHER_WORDS:
        told = other_words(rng.uniform(0.1, 0.9), rng)
        words = [told(w) for w in words]
        for a in asked:
            a.field.label = told(a.field.label)
            a.field.options = [told(o) for o in a.field.options]
    if real and rng.random() < 0.6:
        words = other_digits(words, rng)
    if real and rng.random() < 0.3:
        words = slips(words, rng.choice([0.005, 0.02, 0.04]), rng)
    out = [r for a in asked if a.gone for v in a.ask.values for alt in v for r in _shifted(alt, low, high)]
    joined = real and rng.random() < (0.4 if d.dataset.startswith("sroie") else 0.1)
    page = edited(words, d.boxes[low:high], d.pages[low:high], out, joined)
    if not page.words:
        return None
    boxes = moved_boxes(page.boxes, d.sizes, page.pages, rng) if rng.random() < 0.7 else page.boxes
    tokens = page_tokens(page.words, boxes, page.pages, d.sizes)
    n = min(len(tokens), WINDOW_TOKENS)
    fields = [a.field for a in asked]
    if not fits(fields):  # other words may be longer
        return None
    t = template(fields)
    s = sequence(t, tokens, 0, n)
    starts = word_starts(tokens, len(page.words))
    targets: list[Target] = []
    columns = _visible_rows(asked, page, tokens, starts, low, high, n)
    finder = Finder(d.words)
    for i, a in enumerate(asked):
        place = lambda runs, p=t: _spans(runs, page, tokens, starts, low, high, n, len(p.ids))  # noqa: E731
        own = _targets(a, place, t.options[i], columns)
        named = _label_span(a, finder, place)
        for target in own:
            if target.right != [ABSENT] or target is own[0]:
                target.label = named
        targets += own
    return Example(s, targets)


def _label_span(a: Asked, finder: Finder, place) -> Span | None:
    """Where the page names what is asked, if it does so once."""
    runs = finder.runs(a.ask.label, 2) if a.ask.label and len(letters_digits(a.ask.label)) > 1 else []
    spans = place(runs) if len(runs) == 1 else []
    return spans[0] if spans else None


def unlabelled(d: TrainingDocument, names: list[str], rng: random.Random, scalar_masks: int = SCALAR_MASKS) -> Example | None:
    """The page asked by names of which nobody knows whether they are on it; only teachers do."""
    e = example(replace(d, asks=[Ask([n]) for n in names], missing=[]), rng, scalar_masks)
    for t in e.targets if e else []:
        t.weight, t.taught = 0.0, t.weight
    return e


def _choose(d: TrainingDocument, rng: random.Random, scalar_masks: int) -> list[Asked]:
    printed = rng.random() < PRINTED
    alone = printed and rng.random() < PRINTED_ALONE and any(a.printed for a in d.asks)
    asks = [a for a in d.asks if (printed or not a.printed) and (a.printed or not alone)]
    asked_as_printed = d.dataset == "synthetic" and rng.random() < AS_PRINTED
    if asked_as_printed:
        asks = _as_printed(asks)
    there = [a for a in asks if not a.absent]
    away = [a for a in asks if a.absent]
    rng.shuffle(there)
    rng.shuffle(away)
    if rng.random() < ENUMS_FIRST:
        there.sort(key=lambda a: not a.options)
    most = rng.choice(ASKED[d.dataset]) if d.dataset in ASKED else rng.randint(3, 12)
    chosen = [Asked(a, TemplateField(label(a, rng))) for a in _whole_groups(there, most)]
    for a in chosen:
        lone = a.ask.kind == "scalar" and not a.ask.options
        a.gone = lone and (a.ask.printed or d.dataset != "vrdu_registration_weak") and rng.random() < 0.12
    few = rng.choice([0, 1, 2, 4, 6, 8])
    chosen += [Asked(a, TemplateField(label(a, rng))) for a in away[:few]]
    missing = _missing(d, rng.choice([0, 1, 2, 3]), rng)
    if d.dataset == "synthetic" and not asked_as_printed:
        missing += near_misses(d.asks, rng.choice(NEAR_MISSES), rng)
    chosen += [Asked(Ask([n], printed=alone), TemplateField(n)) for n in missing]
    for a in chosen:
        if rng.random() < (AS_LIST if a.ask.values else ABSENT_AS_LIST):
            _ask_as_list(a)
    _set_masks(chosen, rng, scalar_masks)
    units = _units(chosen)
    rng.shuffle(units)
    return _fitting(units)


def _as_printed(asks: list[Ask]) -> list[Ask]:
    """By the page's own labels, where these name one thing each; what is absent keeps its names."""
    times = Counter(letters_digits(a.label or "") for a in asks)
    one = lambda a: a.label and times[letters_digits(a.label)] == 1  # noqa: E731
    named = [replace(a, names=[a.label], descriptions=[], printed=True) for a in asks if one(a)]
    return named + [replace(a, printed=True) for a in asks if a.absent and not a.label]


def _ask_as_list(a: Asked) -> None:
    """A list of one item, or of none; a value in two parts stays a scalar."""
    whole = all(len(alternative) == 1 for v in a.ask.values for alternative in v)
    if a.ask.kind == "scalar" and not a.ask.options and not a.gone and whole:
        a.ask = replace(a.ask, kind="list")


def _whole_groups(asks: list[Ask], most: int) -> list[Ask]:
    """At most `most` asks, where the columns of one table count as one and come together."""
    out, groups = [], set()
    for a in asks:
        if a.group:
            groups.add(a.group)
        if len(out) >= most:
            break
        if a.group is None:
            out.append(a)
        elif not any(o.group == a.group for o in out):
            out += [b for b in asks if b.group == a.group]
    return out


def _missing(d: TrainingDocument, count: int, rng: random.Random) -> list[str]:
    if not d.missing or not count:
        return []
    text = " " + " ".join(letters_digits(w) for w in d.words) + " "
    names = rng.sample(d.missing, min(3 * count, len(d.missing)))
    return [n for n in names if not any(f" {letters_digits(w)} " in text for w in n.split() if len(w) > 2)][:count]


def _set_masks(chosen: list[Asked], rng: random.Random, scalar_masks: int) -> None:
    groups: dict[str, int] = {}
    for a in chosen:
        a.field.options = a.ask.options
        if a.ask.kind == "scalar":
            a.field.masks = scalar_masks
            continue
        rows = len(a.ask.values)
        k = rng.choice([8, 16]) if rows <= 8 else rng.choice([16, 16, 32]) if rows <= 16 else rng.choice([8, 16, 32])
        if a.ask.group:
            k = groups.setdefault(a.ask.group, k)
        a.field.masks = k


def _units(chosen: list[Asked]) -> list[list[Asked]]:
    """Fields, with the columns of a table kept together."""
    units: dict[object, list[Asked]] = {}
    for a in chosen:
        units.setdefault(a.ask.group or id(a), []).append(a)
    return list(units.values())


def _fitting(units: list[list[Asked]]) -> list[Asked]:
    out: list[Asked] = []
    for u in units:
        if fits([a.field for a in out + u]):
            out += u
    return out


def _word_window(d: TrainingDocument, asked: list[Asked], rng: random.Random) -> tuple[int, int]:
    """A range of words of about 200 to 320 tokens, mostly round one of the values asked."""
    size = np.array([max(1, (len(w) + 2) // 3) if any(c.isdigit() for c in w) else max(1, (len(w) + 4) // 5) for w in d.words])
    if size.sum() <= WINDOW_TOKENS * 0.8:
        return 0, len(d.words)
    room = rng.randint(160, 300)
    starts = [alt[0][0] for a in asked for v in a.ask.values for alt in v if alt]
    at = np.cumsum(size)
    if starts and rng.random() < 0.85:
        centre = int(at[rng.choice(starts)]) - rng.randint(0, room)
    else:
        centre = rng.randint(-room // 4, int(at[-1]))
    centre = max(0, min(centre, int(at[-1]) - room // 2))
    low = int(np.searchsorted(at, centre))
    high = int(np.searchsorted(at, centre + room))
    return low, max(low + 1, high)


def _shifted(runs: list[Run], low: int, high: int) -> list[Run]:
    return [(a - low, b, c - low, e) for a, b, c, e in runs if a >= low and c < high]


def word_starts(tokens: PageTokens, words: int) -> np.ndarray:
    """First token of each word, and the end."""
    return np.searchsorted(tokens.word, np.arange(words + 1))


def _spans(runs, page: Page, tokens: PageTokens, starts, low, high, n, offset) -> list[Span]:
    """Runs of document words as runs of sequence positions; those outside the window are left out."""
    out = []
    for run in _shifted(runs, low, high):
        moved = page.moved(run)
        if moved is None:
            continue
        w0, c0, w1, c1 = moved
        s, e = starts[w0], starts[w1 + 1] - 1
        while s < starts[w0 + 1] and tokens.last[s] <= c0:
            s += 1
        while e >= starts[w1] and tokens.first[e] >= c1:
            e -= 1
        if s <= e < n:
            out.append((int(s) + offset, int(e) + offset))
    return out


def _visible_rows(asked, page, tokens, starts, low, high, n) -> dict[str, list[int]]:
    """By table, the rows of which a cell is in the window."""
    rows: dict[str, list[int]] = {}
    for a in asked:
        if a.ask.group:
            for k, v in enumerate(a.ask.values):
                if v and _spans(v[0], page, tokens, starts, low, high, n, 0):
                    rows.setdefault(a.ask.group, []).append(k)
    return {g: sorted(set(r)) for g, r in rows.items()}


def _targets(a: Asked, place, options: list[Span], rows: dict[str, list[int]]) -> list[Target]:
    if a.ask.kind == "scalar":
        own = _enum_targets(a, place, options) if a.field.options else _scalar_targets(a, place)
        further = [Target([ABSENT], PAST_LAST_WEIGHT) for _ in range(a.field.masks - len(own))]
        return [*own, *further][: a.field.masks]
    values = a.ask.values
    if a.ask.group:
        values = [values[k] for k in rows.get(a.ask.group, []) if k < len(values)]
    if len(values) == 1:  # wherever it stands
        spans = [sorted({s[0] for s in map(place, values[0]) if s})]
    else:
        spans = [place(v[0])[:1] if v else [] for v in values]
    if not a.ask.group:
        spans = sorted(s for s in spans if s)
    out = [Target(s, 1.0) if s else Target([ABSENT], 0.5) for s in spans[: a.field.masks]]
    left = a.field.masks - len(out)
    weights = [ABSENT_WEIGHT if not out else 0.5] + [0.05] * left
    return out + [Target([ABSENT], weights[i]) for i in range(left)]


def _scalar_targets(a: Asked, place) -> list[Target]:
    alternatives = [] if a.gone or not a.ask.values else [s for s in map(place, a.ask.values[0]) if s]
    if not alternatives:
        return [Target([ABSENT], ABSENT_WEIGHT), Target([ABSENT], PAST_LAST_WEIGHT)]
    second = sorted({s[1] if len(s) > 1 else ABSENT for s in alternatives})
    broken = second != [ABSENT]
    return [Target(sorted({s[0] for s in alternatives}), 1.0), Target(second, 1.0 if broken else PAST_LAST_WEIGHT)]


def _enum_targets(a: Asked, place, options: list[Span]) -> list[Target]:
    evidence = place(a.ask.values[0][0]) if a.ask.values else []
    if a.ask.answer is None or (a.ask.values and not evidence):
        return [Target([ABSENT], ABSENT_WEIGHT, options), Target([ABSENT], 0.5)]
    return [Target([options[a.ask.answer]], ENUM_WEIGHT, options), Target(evidence[:1] or [ABSENT], 1.0)]


def batch(examples: list[Example]) -> dict[str, np.ndarray]:
    """The protocol's tensors, with `legal` bool [B, M, N], `right` [B, M, R, 2] spans padded by -1, `weight` and
    `taught` [B, M], `label` [B, M, 2], -1 where it is not known."""
    t = collate([e.sequence for e in examples], LANES)
    b, n = t["input_ids"].shape
    m = t["mask_positions"].shape[1]
    most = max(len(target.right) for e in examples for target in e.targets)
    legal = np.zeros((b, m, n), bool)
    legal[:, :, CLS_POSITION] = True
    right = np.full((b, m, most, 2), -1, np.int64)
    right[:, :, 0] = ABSENT
    weight, taught = np.zeros((b, m), np.float32), np.zeros((b, m), np.float32)
    label = np.full((b, m, 2), -1, np.int64)
    for i, e in enumerate(examples):
        for j, target in enumerate(e.targets):
            if target.options is None:
                legal[i, j, e.sequence.page_start : len(e.sequence)] = True
            for s, f in target.options or []:
                legal[i, j, s : f + 1] = True
            right[i, j, : len(target.right)] = target.right
            weight[i, j] = target.weight
            taught[i, j] = target.weight if target.taught is None else target.taught
            if target.label:
                label[i, j] = target.label
    return {**t, "legal": legal, "right": right, "weight": weight, "taught": taught, "label": label}
