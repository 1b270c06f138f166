"""From marks on words to what can be asked: runs, alternatives, rows, options, and what is certainly absent."""
from __future__ import annotations

import random
import re

from .ink import Word
from .naming import candidates, norm
from .page import Entry, Page

Run = list  # [[first word, character], [last word, character after]] in raster order


def runs_by_tag(words: list[Word], place: dict[int, int]) -> dict[int, list[Run]]:
    """`words` in reading order, `place` from id(word) to its index in raster order. Pieces that follow each other join."""
    runs: dict[int, list[Run]] = {}
    ends: dict[int, tuple[int, int, int]] = {}
    for word in words:
        at, n = place[id(word)], len(word.text)
        for a, b, tag in sorted(word.marks):
            found = runs.setdefault(tag, [])
            if found:
                w, c, full = ends[tag]
                if w == at and a <= c + 1 and a >= c or w + 1 == at and c == full and a == 0:
                    found[-1][1] = [at, b]
                    ends[tag] = (at, b, n)
                    continue
            found.append([[at, a], [at, b]])
            ends[tag] = (at, b, n)
    return runs


def build(page: Page, kind, runs: dict[int, list[Run]], lost: set[int], rng: random.Random) -> tuple[list[dict], list[dict]]:
    """(asks, absent). `lost`: tags of which something was cropped away; they are neither asked nor called absent."""
    present: dict[str, Entry] = {}
    doubtful: set[str] = set()
    for ident, entry in page.entries.items():
        whole = [t for t in entry.tags if t is not None and t in runs and t not in lost]
        if whole or entry.options:
            present[ident] = entry
        if any(t in lost for t in entry.tags if t is not None) and not whole:
            doubtful.add(entry.item.key)
    _cut_rows(present, runs, lost)
    named = _names(page, kind, present, rng)
    asks = []
    for ident, entry in present.items():
        if named[ident]:
            ask = _ask(page, entry, named[ident], runs, lost, rng)
            if ask:
                asks.append(ask)
    for ident, entry in list(present.items()):
        if entry.kind == 'column' and entry.item.key in ('item_name', 'item_amount', 'item_qty', 'test_name', 'drug_name', 'course', 'line_text') and rng.random() < .5:
            rows = [r for r in _rows(entry, runs, lost) if r]
            names = [n for n in named[ident]]
            if rows and names and len(rows) == sum(t is not None for t in entry.tags):
                asks.append({'names': [n + 's' if n[-1:] not in 's:?*' and rng.random() < .4 else n for n in names], 'descriptions': [], 'type': entry.item.type, 'kind': 'list', 'group': None, 'rows': rows})
    return asks, _absent(page, kind, present, doubtful, asks, rng)


def _names(page: Page, kind, present: dict[str, Entry], rng: random.Random) -> dict[str, list[str]]:
    """Names of every ask, those that another thing on the page could claim left out."""
    extra = kind.names
    drawn = {}
    for ident, entry in present.items():
        if entry.item.open:
            drawn[ident] = _open_names(entry)
            continue
        own = list(extra.get(entry.item.key, ())) + list(entry.names)
        drawn[ident] = own + [n for n in candidates(entry.item, page.lang, entry.labels, rng, True) if n not in own]
    claims: dict[str, set[str]] = {}
    scope = {ident: (entry.group or '') for ident, entry in present.items()}
    for ident, names in drawn.items():
        item = present[ident].item
        for n in {norm(n) for n in (*names, *item.names, *item.plain)}:
            claims.setdefault(n, set()).add(ident)
    out = {}
    for ident, names in drawn.items():
        kept = []
        for i, n in enumerate(names):
            others = claims[norm(n)] - {ident}
            clash = [o for o in others if scope[o] == scope[ident] or not scope[ident]]
            if not clash or i == 0 and all(norm(drawn[o][0]) != norm(n) for o in clash):
                kept.append(n)
        out[ident] = kept
    return out


def _open_names(entry: Entry) -> list[str]:
    """The key as printed, without the punctuation that ends it; the same in lower case and without any, where that leaves something."""
    printed = entry.labels[0].strip(' .:_') or entry.item.names[0]
    bare = ' '.join(re.sub(r'[^\w\s/&\'-]', ' ', printed).split())
    return list(dict.fromkeys(n for n in (printed, printed, bare if len(bare) > 2 else printed, printed.lower()) if norm(n)))


def _ask(page: Page, entry: Entry, names: list[str], runs, lost, rng: random.Random) -> dict | None:
    item = entry.item
    ask = {'names': names, 'descriptions': list(item.descriptions), 'type': item.type, 'kind': entry.kind, 'group': entry.group,
           'label': entry.labels[0].strip(' .:_#?*') if entry.labels else None}
    whole = [runs[t] for t in entry.tags if t is not None and t in runs and t not in lost]
    if entry.options:
        if entry.answer is not None and not whole:
            return None
        order = list(range(len(entry.options)))
        rng.shuffle(order)
        source = entry.options if page.lang == 'en' or rng.random() < .5 else page.options(item.key, 'en')
        if item.key == 'document type':
            source = entry.options
        if len(order) > 6:
            order = [i for i in order if i == entry.answer or rng.random() < .75]
        shape = rng.choice(['as is', 'as is', 'lower', 'snake'])
        spell = {'as is': str, 'lower': str.lower, 'snake': lambda t: t.lower().replace(' ', '_').replace('/', '_')}[shape]
        answer = order.index(entry.answer) if entry.answer is not None else None
        ask.update(type='enum', options=[spell(source[i]) for i in order], answer=answer, runs=whole[0] if whole and answer is not None else [],
                   alternatives=[])
        return ask
    if entry.kind == 'scalar':
        if not whole:
            return None
        ask.update(runs=whole[0], alternatives=whole[1:])
        return ask
    rows = _rows(entry, runs, lost)
    if entry.kind == 'list':
        rows = [r for r in rows if r]
    if entry.kind == 'list' and len(rows) < len(entry.tags) or not any(rows):
        return None
    ask['rows'] = rows
    return ask


def _cut_rows(present: dict[str, Entry], runs, lost: set[int]) -> None:
    """Takes the rows of which any cell was cropped away out of every column of their table."""
    gone: dict[str, set[int]] = {}
    for entry in present.values():
        if entry.kind == 'column':
            gone.setdefault(entry.group, set()).update(i for i, t in enumerate(entry.tags) if t is not None and (t in lost or t not in runs))
    for entry in present.values():
        if entry.kind == 'column' and gone[entry.group]:
            entry.tags = [t for i, t in enumerate(entry.tags) if i not in gone[entry.group]]


def _rows(entry: Entry, runs, lost) -> list:
    return [runs.get(t, []) if t is not None and t not in lost else [] for t in entry.tags]


def _absent(page: Page, kind, present: dict[str, Entry], doubtful: set[str], asks: list[dict], rng: random.Random) -> list[dict]:
    """Fields usual for this class that are not on the page, each under names that nothing on the page answers to."""
    here = {e.item.key for e in present.values()}
    shown = {frozenset(norm(n).split()) for e in present.values() for n in (*e.item.names, *e.item.plain, *e.labels, *e.names)}
    shown |= {frozenset(norm(n).split()) for a in asks for n in a['names']}
    out = []
    pool = [k for k in dict.fromkeys([*sorted(page.empty), *page.lacking, *kind.usual]) if k not in here and k not in doubtful]
    rng.shuffle(pool)
    pool.sort(key=lambda k: k not in page.empty)
    for key in pool:
        item = page.concept(key)
        if item.unless & (here | doubtful) or any(key in e.item.unless for e in present.values()):
            continue
        role, _, attribute = key.partition('.')
        if attribute == 'address' and {f'{role}.street', f'{role}.city', f'{role}.postcode'} & (here | doubtful):
            continue
        empty = key in page.empty
        names = []
        for n in candidates(item, page.lang, [page.label(key)] if empty and page.can(key) else [], rng, item.generator != 'code'):
            tokens = set(norm(n).split())
            if not tokens or any(tokens <= s for s in shown):
                continue
            names.append(n)
        if not names:
            continue
        ask = {'names': names, 'descriptions': list(item.descriptions), 'type': item.type, 'kind': 'scalar', 'group': None}
        if item.type in ('enum', 'boolean'):
            options = list(page.options(key, page.lang if rng.random() < .5 else 'en'))
            rng.shuffle(options)
            ask.update(type='enum', options=options[:8], answer=None, runs=[])
        if key in kind.columns:
            if rng.random() < .8 or not kind.group:
                continue
            ask.update(kind='column', group=kind.group, rows=[])
        out.append(ask)
        if len(out) >= 14:
            break
    return out
