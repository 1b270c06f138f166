"""The vocabulary in which classes of documents are described: a `Kind` is a list of blocks and what is usual for it.

Blocks are small tuples made by the functions below and printed by document.py. A list of fields is written as a string of
keys, each with `?probability` where it is not usual: 'invoice_no due_date?.5'. Every key named anywhere in a kind counts as
usual for it, and so do the keys of `near`: on a page without them they are asked as absent.
"""
from __future__ import annotations

from dataclasses import dataclass, field

USUAL = .9


def keys(text: str) -> list[tuple[str, float]]:
    """'a b?.5' to [('a', .9), ('b', .5)]."""
    out = []
    for token in text.split():
        key, _, p = token.partition('?')
        out.append((key, float(p) if p else USUAL))
    return out


TITLE_LANGS = ('en', 'de', 'fr', 'es', 'it', 'nl', 'pt', 'id')


def titled(text: str) -> dict[str, tuple[str, ...]]:
    """'Memo/Memorandum|Aktennotiz|...': titles in the order of TITLE_LANGS, spellings divided by a slash; an empty one leaves the language out."""
    return {lang: tuple(part.strip() for part in own.split('/')) for lang, own in zip(TITLE_LANGS, text.split('|')) if own.strip()}


def title(p: float = .9): return ('title', p)
def head(role: str, attributes: str = 'name?1 address phone?.6 fax?.25 email?.3 web?.3 taxid?.4 regno?.15'): return ('head', role, keys(attributes))
def fields(text: str, mode: str | None = None, at_most: int = 14): return ('fields', keys(text), mode, at_most)
def party(role: str, attributes: str = 'name?1 address?.9 contact?.15 phone?.25 email?.15 taxid?.15', style: str | None = None): return ('party', role, keys(attributes), style)
def beside(*blocks): return ('beside', blocks)
def either(*blocks): return ('either', blocks)
def maybe(p: float, *blocks): return ('maybe', p, blocks)
def shuffled(*blocks): return ('shuffled', blocks)
def items(domain: str, low: float = 2, high: float = 400, rows: tuple[int, int] = (1, 10)): return ('items', domain, low, high, rows)
def till(domain: str, low: float = 1, high: float = 40, rows: tuple[int, int] = (1, 12)): return ('till', domain, low, high, rows)
def totals(text: str): return ('totals', keys(text))
def table(group: str, columns: dict[str, str], rows: tuple[int, int] = (2, 9), needed: int = 2): return ('table', group, columns, rows, needed)
def special(group: str, plan: str, columns: str, rows: tuple[int, int] = (3, 12)): return ('special', group, plan, keys(columns), rows)
def choices(text: str): return ('choices', keys(text))
def prose(*templates: str, count: int = 1): return ('prose', templates, count)
def blanks(*templates: str): return ('blanks', templates)
def listing(key: str, style: str | None = None): return ('listing', key, style)
def sign(text: str = 'signed_by sign_date?.6'): return ('sign', keys(text))
def chatter(lines: int = 2): return ('chatter', lines)
def heading(text: str): return ('heading', text)
def open_form(low: int, high: int): return ('open_form', low, high)
def old_prose(): return ('old_prose',)
def old_heading(): return ('old_heading',)
def fine_print(): return ('fine_print',)
def cards(): return ('cards',)
def anything(): return ('wild',)
def loose(key: str, align: str | None = None): return ('loose', key, align)


@dataclass(frozen=True)
class Kind:
    """A class of documents.

    `titles`: by language, what stands on top; its languages are the class's. `paper`: page, slip (a receipt), card or wide.
    `names`: further schema names of a key that hold for this class only, the most usual first. `group`: the name of its table.
    """

    key: str
    nouns: tuple[str, ...]
    titles: dict[str, tuple[str, ...]]
    blocks: tuple
    paper: str = 'page'
    near: str = ''
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    group: str = 'items'
    weight: float = 1.0
    blank: float = 0.0
    span: tuple[int, int] = (2006, 2027)
    retail: bool = False
    extras: str = ''
    held_out: bool = False
    locale: str | None = None

    @property
    def usual(self) -> list[str]:
        found = [k for k, _ in keys(self.near)]
        _collect(self.blocks, found)
        return list(dict.fromkeys(found))

    @property
    def columns(self) -> set[str]:
        found: set[str] = set()
        _columns(self.blocks, found)
        return found


def _collect(blocks, found: list[str]) -> None:
    for block in blocks:
        name = block[0]
        if name in ('fields', 'totals', 'choices', 'sign'):
            found += [k for k, _ in block[1]]
        elif name in ('head', 'party'):
            found += [f'{block[1]}.{a}' for a, _ in block[2]]
        elif name in ('beside', 'either', 'shuffled'):
            _collect(block[1], found)
        elif name == 'maybe':
            _collect(block[2], found)
        elif name in ('items', 'till'):
            found += ['item_code', 'item_qty', 'item_price', 'item_discount', 'item_tax']
        elif name == 'listing' or name == 'loose':
            found.append(block[1])
        elif name in ('table', 'special'):
            found += list(block[2]) if name == 'table' else [k for k, _ in block[3]]


def specials(blocks) -> list[tuple]:
    """The tables with planned rows in them: what they add up to may be printed before they are."""
    out = []
    for block in blocks:
        if block[0] == 'special':
            out.append(block)
        elif block[0] in ('beside', 'either', 'shuffled'):
            out += specials(block[1])
        elif block[0] == 'maybe':
            out += specials(block[2])
    return out


def _columns(blocks, found: set[str]) -> None:
    for block in blocks:
        if block[0] in ('items', 'till'):
            found |= {'item_code', 'item_qty', 'item_price', 'item_discount', 'item_tax', 'item_name', 'item_amount', 'item_unit'}
        elif block[0] == 'table':
            found |= set(block[2])
        elif block[0] == 'special':
            found |= {k for k, _ in block[3]}
        elif block[0] in ('beside', 'either', 'shuffled'):
            _columns(block[1], found)
        elif block[0] == 'maybe':
            _columns(block[2], found)
