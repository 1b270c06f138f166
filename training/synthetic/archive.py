"""Archive forms: printed keys of which nothing is known beforehand, filled in by typewriter or hand; historical prose with blanks.

Prints open keys (concepts `=Name of vessel`): the key itself is the name of what is asked; a key that stands on the page several
times is asked as a list. What values look like is in catalogue/archive.keys, the prose in classes/archive_prose.py.
"""
from __future__ import annotations

import re
from functools import lru_cache

from .classes.archive_prose import HEADS, PROSE, SMALL
from .concepts import HOME
from .ink import Rich
from .layout import put_lines, put_wrapped, step
from .page import Page

BLANKS = ('', '', '____', '________', '. . . . .', '-----', '..........')


@lru_cache(maxsize=None)
def keys() -> tuple[tuple[tuple[str, ...], str], ...]:
    """(keys that mean the same, generator of their values)."""
    lines = (HOME / 'archive.keys').read_text(encoding='utf-8').splitlines()
    parts = [line.rsplit(' = ', 1) for line in lines if line and line[0] != '#']
    return tuple((tuple(k.strip() for k in names.split(';')), spec) for names, spec in parts)


def draw(page: Page, n: int) -> list[tuple[str, str]]:
    """`n` different keys with their generators; some of the others go to page.lacking. No key is part of another."""
    rng, chosen, used = page.rng, [], []
    pool = rng.sample(keys(), min(n + 9, len(keys())))
    for names, spec in pool:
        label = rng.choice(names)
        words = set(re.findall(r'\w+', label.lower()))
        if any(words <= u or u <= words for u in used):
            continue
        used.append(words)
        if len(chosen) < n:
            chosen.append((label, spec))
        else:
            page.lacking.append('=' + label)
    return chosen


def value(page: Page, label: str, spec: str, blank: float | None = None) -> Rich:
    """A filled blank, or [] and a note that it was left empty."""
    if page.rng.random() < (page.blank if blank is None else blank):
        page.empty.add('=' + label)
        return []
    text = page.speaker.value(spec)
    return page.open(label, text)


def key(page: Page, label: str, colon: str | None = None) -> Rich:
    text = page.label('=' + label)
    mark = page.colon if colon is None else colon
    return [(text + ('' if text[-1] in ',).:?' else mark), ())]


def heading(page: Page, x0: float, x1: float, y: float) -> float:
    rng = page.rng
    for _ in range(rng.choice([0, 0, 1, 2])):
        y = small(page, x0, x1, y)
    align = rng.choice('cccl')
    for line in rng.choice(HEADS).split('|'):
        y = put_wrapped(page, [(line, ())], x0, x1, y, page.h * rng.choice([1, 1.2, 1.5]), align)
    return y + step(page, rng.choice([.2, .6, 1]))


def small(page: Page, x0: float, x1: float, y: float) -> float:
    rng = page.rng
    text = rng.choice(SMALL).replace('{n}', str(rng.randint(1, 2600))).replace('{k}', str(rng.randint(10, 55)))
    return put_wrapped(page, [(text, ())], x0, x1, y, page.h * rng.choice([1, .8]), rng.choice('lcr'))


def form(page: Page, chosen: list[tuple[str, str]], x0: float, x1: float, y: float, style: str | None = None) -> float:
    """Keys with their values in one of the styles of archive forms."""
    style = style or page.rng.choice(['boxes', 'boxes', 'lines', 'lines', 'columns', 'captions', 'flow', 'flow', 'spread'])
    return {'boxes': _boxes, 'captions': _captions, 'lines': _lines, 'columns': _columns, 'flow': _flow, 'spread': _spread}[style](page, chosen, x0, x1, y)


def _lines(page: Page, chosen, x0, x1, y) -> float:
    rng = page.rng
    dots = rng.choice(BLANKS)
    for label, spec in chosen:
        filled = value(page, label, spec)
        y = put_wrapped(page, key(page, label) + [(' ', ())] + (filled or [(dots, ())]), x0 + page.h * rng.choice([0, 0, 0, 1]), x1, y)
    return y


def _columns(page: Page, chosen, x0, x1, y) -> float:
    start = x0 + min(max(page.sheet.measure(page.label('=' + k), page.h) for k, _ in chosen) + page.h * 2, (x1 - x0) * .55)
    shift = page.h * page.rng.choice([0, 0, 0, -.4, -.3, .3])
    for label, spec in chosen:
        bottom = put_wrapped(page, key(page, label), x0, start - page.h, y)
        filled = value(page, label, spec)
        y = max(bottom, put_wrapped(page, filled, start, x1, y + shift) if filled else y)
    return y


def _spread(page: Page, chosen, x0, x1, y) -> float:
    """Two keys a line, each with the room behind it filled somewhere in the middle."""
    rng = page.rng
    for i in range(0, len(chosen), 2):
        for j, (label, spec) in enumerate(chosen[i:i + 2]):
            a = x0 + (x1 - x0) * .5 * j
            end = page.sheet.put(a, y, key(page, label), page.h)
            filled = value(page, label, spec)
            if filled:
                room = x0 + (x1 - x0) * .5 * (j + 1) - end - page.sheet.width_of(filled, page.h)
                page.sheet.put(end + max(page.h * .5, room * rng.uniform(0, .5)), y - page.h * rng.choice([0, 0, .2, .35]), filled, page.h)
        y += step(page, 1.15)
    return y


def _flow(page: Page, chosen, x0, x1, y) -> float:
    """Keys and values one behind the other over the whole width, as in the heads of lists."""
    rng, x = page.rng, x0
    gap = page.h * rng.choice([.8, 2, 4])
    for label, spec in chosen:
        filled = value(page, label, spec)
        rich = key(page, label, rng.choice(['', '', ':', '.'])) + [(' ', ())] + (filled or [(rng.choice(BLANKS), ())])
        width = page.sheet.width_of(rich, page.h)
        if x > x0 and x + width > x1:
            x, y = x0, y + step(page)
        if width > x1 - x0:
            x, y = x0, put_wrapped(page, rich, x0, x1, y)
        else:
            x = page.sheet.put(x, y, rich, page.h) + gap
    return y + step(page)


def _boxes(page: Page, chosen, x0, x1, y) -> float:
    """Cells with a small key in the top left corner and the value under it."""
    rng, fine = page.rng, page.h * page.rng.choice([.65, .75, .9])
    while chosen:
        n = rng.randint(1, min(4, len(chosen)))
        row, chosen = chosen[:n], chosen[n:]
        cuts = sorted(rng.uniform(.25, .75) for _ in range(n - 1)) if n < 3 else [i / n for i in range(1, n)]
        edges = [x0, *(x0 + (x1 - x0) * c for c in cuts), x1]
        bottom = y
        for i, (label, spec) in enumerate(row):
            a, b = edges[i], edges[i + 1] - page.h * .5
            low = put_wrapped(page, key(page, label, '' if rng.random() < .8 else None), a, b, y, fine)
            filled = value(page, label, spec)
            if filled:
                low = put_wrapped(page, filled, a + page.h * rng.choice([0, .5, 1.5]), b, low + page.h * rng.choice([0, .1, .3]))
            else:
                low += page.h
            bottom = max(bottom, low)
        y = bottom + page.h * rng.choice([.1, .4, .7])
    return y


def _captions(page: Page, chosen, x0, x1, y) -> float:
    """The value on a rule, its caption in brackets or plain under it."""
    rng, fine = page.rng, page.h * page.rng.choice([.7, .8, 1])
    while chosen:
        n = rng.randint(1, min(3, len(chosen)))
        row, chosen = chosen[:n], chosen[n:]
        bottom = y
        for i, (label, spec) in enumerate(row):
            a, b = x0 + (x1 - x0) * i / n, x0 + (x1 - x0) * (i + 1) / n - page.h
            if not label.startswith('(') and rng.random() < .6:
                label = f'({label})'
            filled = value(page, label, spec)
            middle = (a + b) / 2
            align = rng.choice('lc')
            at = middle if align == 'c' else a
            low = put_lines(page, page.sheet.wrap(filled or [(rng.choice(BLANKS) or '______', ())], b - a, page.h), at, y, page.h, align)
            bottom = max(bottom, put_lines(page, page.sheet.wrap(key(page, label, ''), b - a, fine), at, low, fine, align))
        y = bottom + page.h * rng.choice([.2, .6])
    return y


def cards(page: Page, x0: float, x1: float, y: float) -> float:
    """The same small card several times over the page, in one or two columns: every key is a list."""
    rng = page.rng
    chosen, across, down = draw(page, rng.randint(2, 5)), rng.choice([1, 2, 2]), rng.randint(1, 4)
    style, top = rng.choice(['lines', 'columns', 'flow', 'boxes']), rng.choice(HEADS).split('|')[0]
    for _ in range(down):
        bottom = y
        for i in range(across):
            a, b = x0 + (x1 - x0) * i / across, x0 + (x1 - x0) * (i + 1) / across - page.h
            low = put_wrapped(page, [(top, ())], a, b, y, page.h, 'c') if rng.random() < .9 else y
            bottom = max(bottom, form(page, chosen, a, b, low, style))
        y = bottom + step(page, rng.choice([.5, 1, 2]))
    return y


def prose(page: Page, x0: float, x1: float, y: float) -> float:
    """A sentence with blanks; the key of a blank is the print before it, back to the blank or the sentence before."""
    rng = page.rng
    parts = re.split(r'\{([^}]*)\}', rng.choice(PROSE))
    rich: Rich = []
    raised = rng.choice(BLANKS)
    for text, spec in zip(parts[::2], [*parts[1::2], None]):
        rich.append((page.case(text), ()))
        if spec is None:
            break
        label = re.split(r'(?<=[a-z]{3})[.;] |: ', text.strip())[-1].strip(' ;') or text.strip(' ;')
        label = label if label.strip(' ,.') else text.strip() or 'and'
        label = ' '.join(label.split()[-9:])
        if not any(c.isalnum() for c in label):
            rich.append((page.case(page.speaker.value(spec)), ()))
            continue
        if rng.random() < page.blank:
            page.empty.add('=' + label)
            rich.append((raised, ()))
        else:
            filled = page.open(label, page.speaker.value(spec))
            page.entries['=' + label].labels = [page.case(label)]
            rich += filled
    indent = page.h * rng.choice([0, 2, 3])
    lines = page.sheet.wrap(rich, x1 - x0 - indent, page.h)
    page.sheet.put_words(x0 + indent, y, lines[0], page.h)
    return put_lines(page, lines[1:], x0, y + step(page))
