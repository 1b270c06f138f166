"""`generate`: a whole synthetic document from a seed. Draws a class, lays its blocks out, spoils the page, says what can be asked."""
from __future__ import annotations

import random
from functools import lru_cache

from . import archive, layout, tables, wild
from .asks import build, runs_by_tag
from .classes import kinds
from .concepts import concept
from .ink import Sheet, Word
from .kinds import Kind, specials
from .noise import break_words, jitter, lose, misread, skew, specks, unspace
from .page import Page
from .raster import raster_order
from .vocabulary import BOILERPLATE

PAPER = {'page': [(595, 842), (612, 792), (595, 842), (612, 1008)], 'wide': [(842, 595), (792, 612)], 'card': [(330, 210), (400, 260), (300, 420)], 'slip': [(230, 0), (280, 0), (210, 0), (300, 0)]}
UNITS = (1.0, 1.0, 1.389, 2.083, 2.778, 4.167)
SECTION_GAPS = (.3, .6, 1, 1.6)


def generate(seed: int, split: str = 'train') -> dict:
    """A document in the format of the shared data, with `asks` and `absent`; a pure function of its arguments."""
    return generate_with_truth(seed, split)[0]


def generate_with_truth(seed: int, split: str = 'train') -> tuple[dict, dict]:
    """As generate, with {tag: value as generated} and {tag: runs} for tests and the contact sheet."""
    for attempt in range(50):
        rng = random.Random(f'{split}/{seed}/{attempt}')
        made = _attempt(rng, seed, split)
        if made:
            return made
    raise RuntimeError(f'no page from seed {seed}')


@lru_cache(maxsize=None)
def _choices(split: str) -> tuple[list[Kind], list[float]]:
    chosen = [k for k in kinds() if k.held_out == (split == 'heldout')]
    return chosen, [k.weight for k in chosen]


def _attempt(rng: random.Random, seed: int, split: str):
    chosen, weights = _choices(split)
    kind = rng.choices(chosen, weights)[0]
    langs = list(kind.titles)
    lang = rng.choices(langs, [len(langs) * .55 if l == 'en' else 1 for l in langs])[0]
    page, width, height = _open(rng, kind, lang)
    page.held_out = split == 'heldout'
    bottom = Printer(page, kind).all()
    if len(page.sheet.words) < 8 or len(page.sheet.words) > 460:
        return None
    return _finish(page, kind, width, height, bottom, seed, split)


def _open(rng: random.Random, kind: Kind, lang: str) -> tuple[Page, float, float]:
    """An empty page: paper, type size, habits."""
    width, height = rng.choice(PAPER[kind.paper])
    slip = kind.paper == 'slip'
    mono = rng.random() < (.75 if slip else .08)
    cramp = rng.uniform(.5, .8) if slip else rng.uniform(.42, .6)
    if slip:
        h = width / rng.uniform(26, 42) / cramp
    elif kind.paper == 'card':
        h = width / rng.uniform(30, 44)
    else:
        h = rng.uniform(7.5, 12.5)
    page = Page(rng, lang, Sheet(width, mono, cramp), h, rng.uniform(1.08, 1.7), kind.span, kind.locale)
    page.upper = rng.choices(['none', 'labels', 'values', 'all'], [5, 1, 1, 4] if slip else [16, 2, 2, 1])[0]
    page.blank = kind.blank * rng.choice([0, .5, 1, 1.6])
    page.facts['code_form'] = rng.choice(['#####', '######', '?###', '??-####', '#############', '###-###', '##.###', '????##', '########'])
    page.facts['tax_codes'] = rng.choice([['19%', '7%'], ['20%', '5%'], ['SR', 'ZR'], ['T', 'N'], ['A', 'B'], ['21', '10'], ['6%'], ['10%']])
    page.facts['retail'] = kind.retail
    page.facts['extras'] = tuple(k for k in kind.extras.split() if rng.random() < .3)
    if slip:
        page.colon = rng.choice([':', ':', ':', ' :', '', '#' if rng.random() < .1 else ':'])
    return page, width, height


class Printer:
    """Prints the blocks of a kind from the top of a page downwards; margins and section gaps are the page's own."""

    def __init__(self, page: Page, kind: Kind):
        self.page, self.kind, self.rng = page, kind, page.rng
        rng, w = page.rng, page.sheet.width
        self.left = w * (rng.uniform(.02, .1) if kind.paper == 'slip' else rng.uniform(.05, .12))
        self.right = w - w * (rng.uniform(.02, .1) if kind.paper == 'slip' else rng.uniform(.05, .12))
        self.gap = rng.choice(SECTION_GAPS)
        self.centred = rng.random() < (.7 if kind.paper == 'slip' else .25)
        self.shown_title = False
        self.plans = {block[2]: getattr(tables, block[2])(page, rng.randint(*block[4])) for block in specials(kind.blocks)}

    def all(self) -> float:
        page = self.page
        y = page.h * self.rng.uniform(.5, 5)
        if self.rng.random() < .15 and not self.kind.key.startswith('archive'):
            y = self.furniture(y, top=True)
        for block in self.kind.blocks:
            y = self.block(block, self.left, self.right, y)
        if self.rng.random() < .5 and not self.kind.key.startswith('archive'):
            y = self.furniture(y)
        return y

    def block(self, block: tuple, x0: float, x1: float, y: float) -> float:
        before = len(self.page.sheet.words)
        bottom = getattr(self, '_' + block[0])(block, x0, x1, y)
        if len(self.page.sheet.words) > before and block[0] not in ('beside', 'either', 'maybe', 'shuffled', 'wild'):
            bottom += layout.step(self.page, self.gap * self.rng.uniform(.5, 1.2))
        return bottom

    # ---- composition

    def _beside(self, block, x0, x1, y):
        rng = self.rng
        blocks = list(block[1])
        if rng.random() < .25:
            blocks.reverse()
        if x1 - x0 < self.page.h * 34 or rng.random() < .2:
            for b in blocks:
                y = self.block(b, x0, x1, y)
            return y
        cut = x0 + (x1 - x0) * rng.choice([.5, .5, .45, .55, .6])
        lowest = y
        for i, b in enumerate(blocks):
            a, z = (x0, cut - self.page.h) if i == 0 else (cut, x1)
            if len(blocks) == 3:
                third = (x1 - x0) / 3
                a, z = x0 + i * third, x0 + (i + 1) * third - self.page.h
            lowest = max(lowest, self.block(b, a, z, y + (layout.step(self.page, .4) if rng.random() < .1 else 0)))
        return lowest

    def _either(self, block, x0, x1, y):
        return self.block(self.rng.choice(block[1]), x0, x1, y)

    def _maybe(self, block, x0, x1, y):
        if self.rng.random() < block[1]:
            for b in block[2]:
                y = self.block(b, x0, x1, y)
        return y

    def _shuffled(self, block, x0, x1, y):
        blocks = list(block[1])
        self.rng.shuffle(blocks)
        for b in blocks:
            y = self.block(b, x0, x1, y)
        return y

    # ---- pieces

    def _title(self, block, x0, x1, y):
        page, rng = self.page, self.rng
        if self.shown_title or rng.random() > block[1]:
            return y
        self.shown_title = True
        texts = self.kind.titles[page.lang]
        text = rng.choice(texts) if texts else wild.title(rng, page.lang)
        if rng.random() < .45:
            text = text.upper()
        tag = page.new_tag(text)
        key = 'document_type'
        entry = page.entry(key)
        entry.tags.append(tag)
        big = page.h * rng.choice([1, 1.2, 1.5, 2])
        align = rng.choice('lcr' if not self.centred else 'ccl')
        return layout.put_wrapped(page, [(text, (tag,))], x0, x1, y, big, align)

    def _head(self, block, x0, x1, y):
        """The issuer's letterhead: no label, at the left, centred, or at the right."""
        page, rng = self.page, self.rng
        attributes = [a for a, p in block[2] if rng.random() < p]
        big = page.h * rng.choice([1, 1, 1.2, 1.6, 2.2])
        if rng.random() < .12 and self.kind.paper == 'slip':
            y = self._boiler(x0, x1, y, 'c')
        if self.kind.paper != 'slip' and rng.random() < .25 and not self.shown_title:
            w = x0 + (x1 - x0) * .55
            end = layout.party(page, block[1], attributes, x0, w, y, 'head', 'l', big)
            return max(end, self._title(('title', .9), w, x1, y))
        if self.kind.paper != 'slip' and rng.random() < .2:
            return layout.party(page, block[1], attributes, x0 + (x1 - x0) * .55, x1, y, 'head', rng.choice('lr'), big)
        return layout.party(page, block[1], attributes, x0, x1, y, 'head', 'c' if self.centred else 'l', big)

    def _party(self, block, x0, x1, y):
        attributes = [a for a, p in block[2] if self.rng.random() < p]
        role = block[1]
        if self.page.lang not in concept(f'{role}.name').labels:
            return y
        return layout.party(self.page, role, attributes, x0, x1, y, block[3])

    def _fields(self, block, x0, x1, y):
        page, rng = self.page, self.rng
        chosen = layout.draw_fields(page, block[1])[:block[3]]
        if rng.random() < .4:
            rng.shuffle(chosen)
        pairs = {'period_from': 'period_to', 'flight_from': 'flight_to', 'start_date': 'end_date'}
        ranges = [k for k in chosen if k in pairs and pairs[k] in chosen and rng.random() < .6]
        for k in ranges:
            chosen.remove(k)
            chosen.remove(pairs[k])
        mode = block[2]
        if self.kind.paper == 'slip' and mode is None:
            mode = rng.choice(['inline', 'inline', 'flow', 'flow', 'columns', 'spread'])
        width = x1 - x0
        if mode is None and width > page.h * 40 and len(chosen) > 3 and rng.random() < .35:
            half = (len(chosen) + 1) // 2
            a = layout.fields(page, chosen[:half], x0, x0 + width / 2 - page.h, y)
            y = max(a, layout.fields(page, chosen[half:], x0 + width / 2, x1, y))
        else:
            narrow = rng.random() < .3 and width > page.h * 50
            y = layout.fields(page, chosen, x0, x0 + width * rng.uniform(.5, .7) if narrow else x1, y, mode)
        for k in ranges:
            y = self._range(k, pairs[k], x0, x1, y)
        return y

    def _range(self, first: str, last: str, x0, x1, y):
        """From and to in one: '02/03/20-03/29/20', 'Period 3/30 - 4/26'."""
        page, rng = self.page, self.rng
        words = {'en': ['Period', 'Flight Dates', 'Schedule Dates', 'Dates', 'Invoice Period', 'Contract Dates', 'For the period'], 'de': ['Zeitraum', 'Abrechnungszeitraum'], 'fr': ['Période'], 'es': ['Periodo'], 'it': ['Periodo'],
                 'nl': ['Periode'], 'pt': ['Período'], 'id': ['Periode'], 'pl': ['Okres'], 'sv': ['Period']}
        lead = rng.choice(words.get(page.lang, words['en']))
        lead = lead.upper() if page.upper in ('all', 'labels') else lead
        glue = rng.choice(['-', '-', ' - ', ' - ', ' to ' if page.lang == 'en' else ' – ', '–', ' / '])
        if rng.random() < .3:
            x = x0 + (x1 - x0) * rng.choice([0, 0, .3, .6])
            y = layout.put_wrapped(page, [(lead, ())], x, x1, y)
            return layout.put_wrapped(page, page.inline(first) + [(glue, ())] + page.inline(last), x, x1, y)
        rich = [(lead + page.colon, ()), (' ', ())] + page.inline(first) + [(glue, ())] + page.inline(last)
        return layout.put_wrapped(page, rich, x0, x1, y)

    def _loose(self, block, x0, x1, y):
        """A value without a label: a date at the top right, a subject line."""
        align = block[2] or self.rng.choice('lrc')
        return layout.put_wrapped(self.page, self.page.inline(block[1]), x0, x1, y, None, align)

    def _wild(self, block, x0, x1, y):
        for section in wild.sections(self.page):
            y = self.block(section, x0, x1, y)
        return y

    def _said(self, block, x0, x1, y):
        """A heading that means nothing to anybody."""
        return layout.put_wrapped(self.page, [(self.page.case(block[1]), ())], x0, x1, y, self.page.h * self.rng.choice([1, 1, 1.2]), 'l')

    def _heading(self, block, x0, x1, y):
        page = self.page
        text = HEADINGS.get(block[1], {}).get(page.lang)
        if not text or self.rng.random() < .35:
            return y
        return layout.put_wrapped(page, [(text.upper() if self.rng.random() < .5 else text, ())], x0, x1, y, page.h * self.rng.choice([1, 1, 1.2]), 'l')

    def _items(self, block, x0, x1, y):
        page, rng = self.page, self.rng
        _, domain, low, high, rows = block
        columns = [k for k, p in (('position_no', .2), ('item_code', .35), ('item_name', 1), ('item_qty', .8), ('item_unit', .2), ('item_price', .7), ('item_discount', .15), ('item_tax', .15), ('item_amount', .97)) if rng.random() < p and page.can(k)]
        if rng.random() < .15 and 'item_qty' in columns:
            columns.remove('item_qty')
            columns.insert(0, 'item_qty')
        page.facts['with_line_discount'] = 'item_discount' in columns
        plan = tables.sale(page, domain, rng.randint(*rows), low, high)
        for i, row in enumerate(plan):
            row['position_no'] = str(i + 1)
        return tables.printed(page, plan, columns, x0, x1, y, self.kind.group, rng.random() < .93)

    def _till(self, block, x0, x1, y):
        _, domain, low, high, rows = block
        return tables.till(self.page, tables.sale(self.page, domain, self.rng.randint(*rows), low, high), x0, x1, y, self.kind.group)

    def _totals(self, block, x0, x1, y):
        page, rng = self.page, self.rng
        a = page.amounts
        chosen = []
        for key, p in block[1]:
            if key not in a or key in ('discount', 'rounding') and a[key] == 0 and rng.random() < .6:
                continue
            if key in page.facts.get('extras', ()) or key == 'discount' and a[key] or rng.random() < p:
                chosen.append(key)
        if 'change' in chosen and 'paid' not in chosen and rng.random() < .7:
            chosen.remove('change')
        slip = self.kind.paper == 'slip'
        x = x0 + (x1 - x0) * (rng.choice([0, 0, 0, .15, .3]) if slip else rng.uniform(.35, .65))
        y = tables.totals(page, chosen, x, x1, y)
        if slip and rng.random() < .25 and 'tax' in a and page.can('tax'):
            y = self._tax_summary(x0, x1, y + layout.step(page, .5))
        return y

    def _tax_summary(self, x0, x1, y):
        """Rates with net and tax, under the totals; its tax is the page's tax again."""
        page, rng = self.page, self.rng
        sheet, h = page.sheet, page.h
        net, tax = page.amounts['subtotal'], page.amounts['tax']
        if rng.random() < .6:
            text = {'en': 'GST Summary', 'de': 'Steuer', 'fr': 'Détail TVA', 'es': 'Detalle IVA', 'it': 'Riepilogo IVA', 'nl': 'BTW overzicht'}.get(page.lang, 'Tax')
            sheet.put(x0, y, [(text, ())], h)
            sheet.put(x0 + (x1 - x0) * .65, y, [(page.label('item_amount'), ())], h, 'r')
            sheet.put(x1, y, [(rng.choice(['Tax', 'Tax(RM)', 'VAT', page.label('tax').split(' ')[0]]), ())], h, 'r')
            y += layout.step(page)
        sheet.put(x0, y, [(rng.choice(['SR', 'A', 'T', 'S', '1']) + rng.choice([' = ', ' @ ', ' ', '']) + page.speaker.number(page.facts['rate'] * 100, 0) + '%', ())], h)
        sheet.put(x0 + (x1 - x0) * .65, y, [(page.speaker.number(net - tax if page.facts['tax_included'] else net), ())], h, 'r')
        sheet.put(x1, y, page.given('tax', page.speaker.number(tax)), h, 'r')
        return y + layout.step(page)

    def _table(self, block, x0, x1, y):
        page, rng = self.page, self.rng
        _, group, columns, rows, needed = block
        chosen = [k for i, k in enumerate(columns) if page.can(k) and (i < needed or rng.random() < .75)]
        if len(chosen) < 2:
            return y
        plan = tables.generic(page, rng.randint(*rows), {k: columns[k] for k in chosen})
        return tables.printed(page, plan, chosen, x0, x1, y, group, rng.random() < .95 or not self.kind.usual)

    def _special(self, block, x0, x1, y):
        page, rng = self.page, self.rng
        _, group, plan, columns, _ = block
        chosen = [k for k, p in columns if rng.random() < p and page.can(k)]
        return tables.printed(page, self.plans[plan], chosen, x0, x1, y, group)

    def _choices(self, block, x0, x1, y):
        chosen = layout.draw_fields(self.page, block[1])
        if self.rng.random() < .25:
            return layout.fields(self.page, chosen, x0, x1, y)
        return layout.choices(self.page, chosen, x0, x1, y)

    def _prose(self, block, x0, x1, y):
        page, rng = self.page, self.rng
        if page.lang != 'en':
            return self._chatter(('chatter', 2), x0, x1, y)
        chosen = rng.sample(block[1], min(block[2], len(block[1])))
        for text in chosen:
            y = layout.prose(page, text, x0, x1, y, page.h * 2 if rng.random() < .2 else 0)
        return y

    def _blanks(self, block, x0, x1, y):
        """Archive prose with blanks: {key} filled (now and then not), {_} left open; the words before a blank name it too."""
        page, rng = self.page, self.rng
        template = rng.choice(block[1])
        parts = template.split('{')
        rich = [(page.case(parts[0]), ())]
        said = parts[0]
        for part in parts[1:]:
            key, _, rest = part.partition('}')
            lead = ' '.join(said.replace(',', ' ').split()[-3:])
            if key == '_' or rng.random() < page.blank:
                rich.append((rng.choice(['_' * rng.randint(3, 9), '. . .', '', '____']), ()))
                if key != '_':
                    page.empty.add(key)
            else:
                rich += layout.joined(page, page.value(key))
                if lead and len(lead) > 3:
                    page.entries[key].names = tuple(dict.fromkeys((*page.entries[key].names, lead)))
            rich.append((page.case(rest), ()))
            said = rest
        return layout.put_wrapped(page, rich, x0, x1, y)

    def _listing(self, block, x0, x1, y):
        """A list of values of one concept: bulleted, numbered, in a line with commas, or one under the other."""
        page, rng = self.page, self.rng
        _, key, style = block
        if not page.can(key):
            return y
        page.entry(key, 'list')
        style = style or rng.choice(['bullets', 'numbers', 'line', 'lines', 'line'])
        values = list(dict.fromkeys(page.speaker.value(concept(key).spoken(page.lang)) for _ in range(rng.randint(1, 6))))
        lead = layout.label_rich(page, key)
        page.note_label(key, page.label(key))
        if style == 'line':
            rich = lead + [(' ', ())]
            comma = rng.choice([', ', ', ', '; ', ' / '])
            for i, v in enumerate(values):
                rich += ([(comma, ())] if i else []) + page.given(key, v, 'list')
            return layout.put_wrapped(page, rich, x0, x1, y)
        y = layout.put_wrapped(page, lead, x0, x1, y)
        for i, v in enumerate(values):
            mark = {'bullets': rng.choice(['• ', '- ']), 'numbers': f'{i + 1}. '}.get(style, '')
            y = layout.put_wrapped(page, [(mark, ())] + page.given(key, v, 'list'), x0 + page.h, x1, y)
        return y

    def _sign(self, block, x0, x1, y):
        return layout.signatures(self.page, layout.draw_fields(self.page, block[1]), x0, x1, y + layout.step(self.page, .5))

    def _chatter(self, block, x0, x1, y):
        """Distracting prose: whole sentences that answer nothing."""
        page, rng = self.page, self.rng
        for _ in range(rng.randint(0, block[1])):
            text = ' '.join(page.speaker.sentence(rng.randint(6, 14)) for _ in range(rng.randint(1, 3)))
            y = layout.put_wrapped(page, [(page.case(text), ())], x0, x1, y)
        return y

    def _boiler(self, x0, x1, y, align):
        page = self.page
        text = self.rng.choice(BOILERPLATE.get(page.lang, BOILERPLATE['en']))
        return layout.put_wrapped(page, [(page.case(text), ())], x0, x1, y, None, align)

    # ---- archive forms

    def _open_form(self, block, x0, x1, y):
        return archive.form(self.page, archive.draw(self.page, self.rng.randint(*block[1:])), x0, x1, y)

    def _old_prose(self, block, x0, x1, y):
        return archive.prose(self.page, x0, x1, y)

    def _old_heading(self, block, x0, x1, y):
        return archive.heading(self.page, x0, x1, y)

    def _fine_print(self, block, x0, x1, y):
        return archive.small(self.page, x0, x1, y)

    def _cards(self, block, x0, x1, y):
        return archive.cards(self.page, x0, x1, y)

    def furniture(self, y: float, top: bool = False) -> float:
        for _ in range(1 if top else self.rng.randint(1, 4)):
            y = self._boiler(self.left, self.right, y, 'c' if self.centred else self.rng.choice('lcr'))
        return y


HEADINGS = {
    'person': {'en': 'Personal Details', 'de': 'Persönliche Angaben', 'fr': 'Informations personnelles', 'es': 'Datos personales', 'it': 'Dati personali', 'nl': 'Persoonlijke gegevens', 'pt': 'Dados pessoais', 'id': 'Data Pribadi', 'pl': 'Dane osobowe', 'sv': 'Personuppgifter'},
    'work': {'en': 'Employment', 'de': 'Beschäftigung', 'fr': 'Emploi', 'es': 'Datos laborales', 'it': 'Lavoro', 'nl': 'Werk', 'pt': 'Emprego', 'id': 'Pekerjaan', 'pl': 'Zatrudnienie', 'sv': 'Anställning'},
    'bank': {'en': 'Bank Details', 'de': 'Bankverbindung', 'fr': 'Coordonnées bancaires', 'es': 'Datos bancarios', 'it': 'Coordinate bancarie', 'nl': 'Bankgegevens', 'pt': 'Dados bancários', 'id': 'Informasi Bank', 'pl': 'Dane bankowe', 'sv': 'Bankuppgifter'},
    'vehicle': {'en': 'Vehicle Information', 'de': 'Fahrzeugdaten', 'fr': 'Véhicule', 'es': 'Datos del vehículo', 'it': 'Dati del veicolo', 'nl': 'Voertuiggegevens', 'pt': 'Dados do veículo', 'id': 'Data Kendaraan'},
    'medical': {'en': 'Medical History', 'de': 'Anamnese', 'fr': 'Antécédents médicaux', 'es': 'Antecedentes médicos', 'it': 'Anamnesi', 'nl': 'Medische gegevens', 'pt': 'Histórico médico', 'id': 'Riwayat Kesehatan'},
    'declaration': {'en': 'Declaration', 'de': 'Erklärung', 'fr': 'Déclaration', 'es': 'Declaración', 'it': 'Dichiarazione', 'nl': 'Verklaring', 'pt': 'Declaração', 'id': 'Pernyataan', 'pl': 'Oświadczenie', 'sv': 'Försäkran'},
    'shipment': {'en': 'Shipment Details', 'de': 'Sendungsdaten', 'fr': 'Détails de l\'envoi', 'es': 'Datos del envío', 'it': 'Dati spedizione', 'nl': 'Zending', 'pt': 'Dados do envio', 'id': 'Detail Pengiriman'},
    'office': {'en': 'FOR OFFICE USE ONLY', 'de': 'Nur für den Dienstgebrauch', 'fr': 'Cadre réservé à l\'administration', 'es': 'Espacio reservado', 'it': 'Riservato all\'ufficio', 'nl': 'Niet invullen', 'pt': 'Uso exclusivo dos serviços', 'id': 'Diisi oleh petugas'},
}


def _finish(page: Page, kind: Kind, width: float, height: float, bottom: float, seed: int, split: str):
    """Fits the ink to the paper, spoils it, orders it, and builds the document."""
    rng, words, slip = page.rng, page.sheet.words, kind.paper == 'slip'
    reach = max(w.x1 for w in words)
    if reach > width * .995:
        _scale(words, width * .985 / reach, 1)
    if slip or height == 0:
        height = bottom + page.h * rng.uniform(.5, 5)
    elif bottom > height * .97:
        ratio = height * .96 / bottom
        if ratio < .62:
            height *= min(.62 / ratio, 1.6)
            ratio = min(1, height * .96 / bottom)
        _scale(words, 1, ratio)
    elif kind.paper != 'card' and rng.random() < .75:
        _spread(words, bottom, height, rng)
    if slip and rng.random() < .18:  # a small slip on a big scan
        big_w, big_h = width * rng.uniform(1.2, 2.4), height * rng.uniform(1.05, 1.8)
        dx, dy = (big_w - width) * rng.random(), (big_h - height) * rng.random() * .5
        for w in words:
            w.x0, w.x1, w.y0, w.y1 = w.x0 + dx, w.x1 + dx, w.y0 + dy, w.y1 + dy
        width, height = big_w, big_h
    words, lost = _spoil(page, words, width, height, slip, kind)
    if len(words) < 6:
        return None
    unit = rng.choice(UNITS) if rng.random() < .85 else 1000 / width
    boxes = [_box(w, unit, width, height) for w in words]
    order, lines = raster_order(boxes)
    if raster_order([boxes[i] for i in order])[0] != list(range(len(order))):  # a row on the edge of two, which a reader may take either way
        return None
    place = {id(words[i]): n for n, i in enumerate(order)}
    runs = runs_by_tag(words, place)
    asks, absent = build(page, kind, runs, lost, rng)
    if not asks:
        return None
    document = {'id': f'synthetic/{split}/{seed}', 'dataset': 'synthetic', 'split': split, 'lang': page.lang, 'doctype': kind.key,
                'page': {'width': round(width * unit, 1), 'height': round(height * unit, 1)},
                'words': [{'text': words[i].text, 'box': boxes[i], 'line': line} for i, line in zip(order, lines)], 'asks': asks, 'absent': absent}
    return document, {'values': page.truth, 'runs': runs, 'lost': lost}


def _box(w: Word, unit: float, width: float, height: float) -> list[float]:
    """Page units to a tenth, inside the page, never empty."""
    x0, y0 = min(max(w.x0, 0), width - .6), min(max(w.y0, 0), height - .6)
    x1, y1 = min(max(w.x1, x0 + .5), width), min(max(w.y1, y0 + .5), height)
    return [round(x0 * unit, 1), round(y0 * unit, 1), round(x1 * unit, 1), round(y1 * unit, 1)]


def _scale(words: list[Word], sx: float, sy: float) -> None:
    for w in words:
        w.x0, w.x1, w.y0, w.y1 = w.x0 * sx, w.x1 * sx, w.y0 * sy, w.y1 * sy


def _spread(words: list[Word], bottom: float, height: float, rng: random.Random) -> None:
    """Lets the print fill more of a page that it leaves half empty: lines further apart, type a little larger, maybe all of it lower."""
    ratio = max(1.0, min(height * rng.uniform(.5, .97) / bottom, rng.uniform(1, 2.1)))
    grow = 1 + (ratio - 1) * rng.choice([0, .2, .4])
    down = max(0.0, height * .95 - bottom * ratio) * rng.random() * rng.choice([0, 0, .5])
    for w in words:
        tall = (w.y1 - w.y0) * grow
        w.y0 = w.y0 * ratio + down
        w.y1 = w.y0 + tall


def _spoil(page: Page, words: list[Word], width, height, slip: bool, kind: Kind) -> tuple[list[Word], set[int]]:
    """Noise by how the page was got: a text layer is clean, a scan a little rough, a photograph rougher."""
    rng = page.rng
    source = rng.choices(['clean', 'scan', 'photo'], [2, 4, 4] if slip else [5, 4, 1])[0]
    if slip and rng.random() < .22 or rng.random() < .03:
        words = unspace(words)
    if source == 'clean':
        if rng.random() < .5:
            jitter(words, rng, .03)
        return words, set()
    rough = 1.0 if source == 'photo' else .5
    if rng.random() < .5:
        words = break_words(words, rng, .02 * rough)
    if rng.random() < .5:
        misread(words, rng, rng.choice([.003, .01, .02]) * rough)
    if rng.random() < .3:
        words = lose(words, rng, .04 * rough)
    if rng.random() < .6:
        skew(words, rng, width, height, rng.gauss(0, .8 * rough), rng.uniform(-1, 1) * page.h * .4 * rough)
    jitter(words, rng, rng.uniform(.02, .12))
    if rng.random() < .3:
        specks(words, rng, rng.randint(1, 6), width, height, page.h)
    lost: set[int] = set()
    if rng.random() < .08 * rough:
        words, lost = _crop(words, rng, width, height)
    return words, lost


def _crop(words: list[Word], rng: random.Random, width, height) -> tuple[list[Word], set[int]]:
    """Cuts a strip off one side. Tags of which a word is gone or cut are lost; every other stays whole."""
    side, part = rng.choice('ltrb'), rng.uniform(.02, .2)
    x0, y0, x1, y1 = {'l': (width * part, 0, width, height), 'r': (0, 0, width * (1 - part), height), 't': (0, height * part, width, height), 'b': (0, 0, width, height * (1 - part))}[side]
    kept, lost = [], set()
    for w in words:
        mx, my = (w.x0 + w.x1) / 2, (w.y0 + w.y1) / 2
        inside = x0 <= mx <= x1 and y0 <= my <= y1
        if inside:
            kept.append(w)
        else:
            lost |= {t for _, _, t in w.marks}
    return kept, lost
