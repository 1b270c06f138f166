"""Pages of no class at all: any fields, parties, tables and choices together, under a title made up on the spot.

What a class has in common is what a model can learn by heart; here nothing has. Draws blocks in the words of kinds.py, which
document.py prints. Nothing that only held-out classes ask for is drawn.
"""
from __future__ import annotations

import random
import re
from functools import lru_cache

from .classes import kinds
from .concepts import all_keys, attributes, concept, lines, roles, wild
from .page import Page

GROUPS = ('items', 'rows', 'entries', 'lines', 'records', 'list', 'details', 'positions', 'table', 'log', 'data', 'schedule')
NOUNS = ('Equipment|Visitor|Animal|Boat|Library|Vehicle|Site|Safety|Travel|Customer|Supplier|Member|Property|Project|Sample|Field|Machine|Event|Grant|Donation|'
         'Damage|Incident|Stock|Key|Energy|Water|Building|Court|School|Club|Parish|Crew|Cargo|Seed|Tool|Parking|Waste|Film|Music|Data|Service|Staff|Security|Patient|'
         'Tenant|Test|Quality|Audit|Change|Access|Harvest|Voyage|Repair|Loan|Pledge|Complaint|Contact|Survey|Research|Volunteer|Catering|Rental|Legal').split('|')
FORMS = ('Form|Report|Record|Sheet|Card|Notice|Log|Register|Request|Statement|Certificate|Application|Agreement|Slip|Questionnaire|Declaration|Schedule|'
         'Checklist|Summary|Permit|Pass|Voucher|Order|Bill|Return|Confirmation|Certificate of Release|Assessment|Profile').split('|')
TITLES = {'de': 'Formblatt|Meldung|Nachweis|Bericht|Übersicht|Erfassungsbogen|Bestätigung', 'fr': 'Fiche|Relevé|Compte rendu|Bordereau|Attestation|Avis', 'es': 'Ficha|Informe|Parte|Resguardo|Constancia|Aviso',
          'it': 'Scheda|Rapporto|Modulo|Ricevuta|Attestato|Avviso', 'nl': 'Formulier|Verslag|Overzicht|Bewijs|Melding', 'pt': 'Ficha|Relatório|Formulário|Comprovativo|Aviso', 'id': 'Formulir|Laporan|Surat Keterangan|Bukti|Daftar',
          'pl': 'Formularz|Raport|Zestawienie|Zaświadczenie', 'sv': 'Blankett|Rapport|Intyg|Översikt'}
HEADED = ('Details|General|Part A|Part B|Section 1|Section 2|Particulars|Information|To be completed by the office|Further data|1.|2.|I.|II.|Overview|Technical data|'
          'Contact|Schedule|Account|Other').split('|')
SORTS = {'fields': 5, 'beside': 2.5, 'party': 1, 'parties': 1, 'table': 4, 'choices': 2.5, 'listing': 1.2, 'chatter': .8}
KINDRED = frozenset('number date name time code type amount address phone place fee the and for per'.split())  # what does not make two fields one
EITHER = {'line_debit', 'line_credit', 'total_in', 'total_out'}  # of these a row has one
ALIKE = .4  # share of pages of which all values are of one sort
SORTS_ALIKE = tuple(map(frozenset, (['date'], ['date', 'time', 'year'], ['money'], ['money', 'number', 'percent'], ['int', 'number', 'hours', 'weight', 'length', 'volume', 'litre'],
                                    ['form', 'code'], ['person', 'doctor', 'first', 'last'], ['person', 'company', 'party', 'shop', 'bank', 'doctor'], ['pick', 'phrase', 'word', 'city', 'job', 'country'])))
PAIRED = .3  # share of tables with two columns of one sort that only their meaning tells apart
ISSUERS = ('seller', 'merchant', 'clinic', 'hotel', 'employer', 'school', 'insurer', 'lab')


def title(rng: random.Random, lang: str) -> str:
    if lang in TITLES:
        return rng.choice(TITLES[lang].split('|'))
    noun = ' '.join(rng.sample(NOUNS, rng.choice([1, 1, 2])))
    return f'{noun} {rng.choice(FORMS)}'


@lru_cache(maxsize=None)
def kept_back() -> tuple[frozenset[str], frozenset[str]]:
    """Keys and roles that only held-out classes use."""
    mine, theirs = (frozenset(k for kind in kinds() if kind.held_out == held for k in (*kind.usual, *kind.columns)) for held in (False, True))
    role = lambda keys: {k.partition('.')[0] for k in keys if '.' in k}
    return theirs - mine, frozenset(role(theirs) - role(mine))


@lru_cache(maxsize=None)
def _known(lang: str) -> tuple[str, ...]:
    """Keys of the catalogue that the language can label."""
    return tuple(k for k in all_keys() if k not in kept_back()[0] and k != 'document_type' and concept(k).printable(lang))


@lru_cache(maxsize=None)
def _pool(lang: str, sort: str, alike: frozenset[str] | None = None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(keys of the catalogue, keys of wild/) that serve as `fields`, `columns` or `choices`, of generators `alike`."""
    serve = lambda keys: tuple(k for k in keys if _serves(k, sort) and is_of(k, alike))
    return serve(_known(lang)), serve(k for k in wild() if concept(k).printable(lang))


def is_of(key: str, alike: frozenset[str] | None) -> bool:
    """Whether its values come from one of these generators; None is any."""
    return alike is None or concept(key).generator.split()[0] in alike


def _serves(key: str, sort: str) -> bool:
    item = concept(key)
    if item.generator in ('enum', 'bool') or sort == 'choices':
        return item.generator in ('enum', 'bool') and sort == 'choices'
    if sort == 'columns':
        return item.generator != 'sentence'
    return not item.general and not re.match(r'(item|line|spot)_', key)


def _words(key: str, lang: str) -> set[str]:
    return {w for label in _said(key, lang) for w in re.findall(r'\w{3,}', label)}


def _said(key: str, lang: str) -> set[str]:
    """All names and labels, in lower case."""
    item = concept(key, True)
    return {t.lower() for t in (*item.names, *item.labels.get(lang, ()))}


@lru_cache(maxsize=None)
def _pairs(lang: str) -> tuple[tuple[str, ...], ...]:
    """Those of columns.pairs that the language can label."""
    columns = {k for pool in _pool(lang, 'columns') for k in pool}
    pairs = (tuple(line.split(' | ')) for line in lines('columns.pairs'))
    return tuple(p for p in pairs if set(p) <= columns)


def draw(page: Page, sort: str, n: int, alike: frozenset[str] | None = None) -> list[str]:
    """`n` keys that are not on the page yet and share no name or label with one that is, of generators `alike`; a few more go to page.lacking."""
    rng = page.rng
    known, strange = _pool(page.lang, sort, alike)
    share = rng.choice([0, 0, .3, .7]) if strange and known else float(not strange)
    out: list[str] = []
    taken = page.facts.setdefault('wild', set())
    for _ in range(6 * n):
        if len(out) == n:
            break
        key = rng.choice(known if rng.random() < share else strange)
        said = _said(key, page.lang)
        if said & taken:
            continue
        taken |= said
        out.append(key)
    if sort in ('fields', 'choices'):
        here = {w for k in out for w in _words(k, page.lang)}
        spare = [k for k in rng.sample(strange or known, min(24, len(strange or known))) if not (_words(k, page.lang) & here) - KINDRED]
        spare.sort(key=lambda k: not _words(k, page.lang) & here)  # first those that are of a kind with something on the page
        page.lacking += spare[:4]
    return out


def draw_pair(page: Page) -> list[str]:
    """Two keys of columns.pairs that are not on the page yet, nearly always in their usual order; none where the language or the page has no place for any."""
    rng = page.rng
    taken = page.facts.setdefault('wild', set())
    free = [p for p in _pairs(page.lang) if not any(_said(k, page.lang) & taken for k in p)]
    if not free:
        return []
    pair = list(rng.choice(free))
    taken.update(*(_said(k, page.lang) for k in pair))
    return pair[::-1] if rng.random() < .05 else pair


def sections(page: Page) -> list[tuple]:
    """The blocks of a page."""
    rng = page.rng
    out: list[tuple] = [('title', .85)]
    if rng.random() < ALIKE:
        return out + _alike(page)
    if rng.random() < .5:
        out.insert(rng.randint(0, 1), ('head', rng.choice(ISSUERS), [('name', 1), ('address', .6), ('phone', .4), ('email', .2)]))
    sorts = rng.choices(['fields', 'beside', 'table'], [5, 2.5, 4]) + rng.choices(list(SORTS), list(SORTS.values()), k=rng.choice([0, 1, 2, 2, 3, 4]))
    rng.shuffle(sorts)
    for sort in sorts:
        if rng.random() < .25 and page.lang == 'en':
            out.append(('said', rng.choice(HEADED)))
        out += _section(page, sort)
    if rng.random() < .3:
        out.append(('sign', [('signed_by', .8), ('sign_date', .6)]))
    return out


def _parties(lang: str) -> list[str]:
    return [r for r in roles() if r not in kept_back()[1] and lang in roles()[r].labels]


def _alike(page: Page) -> list[tuple]:
    """Fields that nothing but what they are called tells apart."""
    rng = page.rng
    keys = draw(page, 'fields', rng.randint(6, 20), rng.choice(SORTS_ALIKE))
    blocks = []
    while keys:
        n = rng.randint(3, 9)
        blocks.append(('fields', [(k, 1) for k in keys[:n]], None, 14))
        keys = keys[n:]
    return [('beside', tuple(blocks[:2])), *blocks[2:]] if len(blocks) > 1 and rng.random() < .4 else blocks


def _section(page: Page, sort: str) -> list[tuple]:
    rng = page.rng
    fields = lambda most: ('fields', [(k, 1) for k in draw(page, 'fields', rng.randint(2, most))], None, 14)
    party = lambda: ('party', rng.choice(_parties(page.lang)), [('name', 1), *((a, .3) for a in attributes() if a != 'name')][:8], None)
    if sort == 'fields':
        return [fields(9)]
    if sort == 'beside':
        return [('beside', (fields(5), fields(5)))]
    if sort == 'party':
        return [party()]
    if sort == 'parties':
        return [('beside', (party(), rng.choice([party(), fields(4)])))]
    if sort == 'choices':
        return [('choices', [(k, 1) for k in draw(page, 'choices', rng.randint(1, 5))])]
    if sort == 'listing':
        return [('listing', k, None) for k in draw(page, 'fields', 1) if concept(k).generator.split()[0] in ('phrase', 'person', 'company', 'city', 'word', 'item', 'country', 'code', 'job')]
    if sort == 'chatter':
        return [('chatter', 3)]
    pair = draw_pair(page) if rng.random() < PAIRED else []
    keys = draw(page, 'columns', rng.choice([2, 3, 3, 4, 4, 5, 6, 7] if not pair else [1, 1, 2, 2, 3, 4, 5]))
    at = rng.randint(0, len(keys))
    keys[at:at] = pair
    specs = {k: rng.choice(['', '', '', '~']) * (i > 0) + concept(k).spoken(page.lang) for i, k in enumerate(keys)}
    numbers = [k for k in keys if concept(k).type in ('number', 'integer')]
    is_ledger = bool(EITHER & set(pair))
    either = pair if is_ledger else rng.sample(numbers, 2) if len(numbers) > 1 else []
    if rng.random() < (.7 if is_ledger else .3):
        for k in either:
            specs[k] = '^' + specs[k].lstrip('~')
    if rng.random() < .25 and specs and page.can('position_no') and 'position_no' not in specs:
        specs = {'position_no': 'count', **specs}
    used = {e.group for e in page.entries.values()} | page.facts.setdefault('groups', set())
    group = rng.choice([g for g in GROUPS if g not in used] or GROUPS)
    page.facts['groups'].add(group)
    return [('table', group, specs, rng.choice([(1, 4), (2, 9), (4, 12)]), len(specs))]
