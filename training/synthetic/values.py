"""Values as they are spelt on one page: dates, amounts, codes, people, addresses.

A `Speaker` is bound to one page: its random source, locale and habits of spelling (date format, decimal sign, currency)
stay the same over the page, as they do on paper. `Speaker.value('code')` draws by the name of a generator; the catalogue
names generators with numeric arguments, e.g. `date 7 60` (days from the page's own date) or `money 10 900`.
"""
from __future__ import annotations

import random
import string
from datetime import date, timedelta

from .pools import LOCALES, Pool, pool
from .vocabulary import NUMBER_WORDS, OLD_COUNTIES, OLD_COUNTRIES, OLD_JOBS, OLD_PORTS, OLD_REMARKS, OLD_SHIPS, OLD_STATES
from .vocabulary import BANKS, DOMAINS, ITEMS, MONTHS, SHOPS, STATES, SUFFIX

UPPER, DIGITS = string.ascii_uppercase, string.digits

# locale: (currency code, printed signs, decimal signs and thousands signs, phone patterns, postcode pattern)
MONEY = {
    'en_US': ('USD', ('$', '$', '$', 'USD', 'US$'), ('.,', '.')), 'en_GB': ('GBP', ('£', '£', 'GBP'), ('.,', '.')),
    'en_AU': ('AUD', ('$', 'AUD', 'A$'), ('.,', '.')), 'en_CA': ('CAD', ('$', 'CAD', 'CA$'), ('.,', '.')),
    'en_IN': ('INR', ('Rs.', '₹', 'INR', 'Rs'), ('.,', '.')), 'en_MY': ('MYR', ('RM', 'RM', 'MYR'), ('.,', '.')),
    'de_CH': ('CHF', ('CHF', 'Fr.'), (".'", '.')), 'fr_CH': ('CHF', ('CHF', 'Fr.'), (".'", '.')),
    'fr_CA': ('CAD', ('$', 'CAD'), (', ', ',')), 'es_MX': ('MXN', ('$', 'MXN'), ('.,', '.')),
    'es_CO': ('COP', ('$', 'COP'), (',.',)), 'pt_BR': ('BRL', ('R$', 'R$', 'BRL'), (',.', ',')),
    'id_ID': ('IDR', ('Rp', 'Rp', 'Rp.', 'IDR'), (',.', '.,')), 'pl_PL': ('PLN', ('zł', 'PLN'), (', ', ',')),
    'sv_SE': ('SEK', ('kr', 'SEK', 'SEK'), (', ', ',')), 'da_DK': ('DKK', ('kr.', 'DKK'), (',.',)),
    'ro_RO': ('RON', ('lei', 'RON', 'Lei'), (',.', ',')),
}
EURO = ('EUR', ('€', '€', 'EUR', 'Euro'), (',.', ',', ',.', '.,'))
PHONES = {
    'en_US': ('(###) ###-####', '###-###-####', '###.###.####', '1-8##-###-####', '+1 ### ### ####', '(###)###-####'),
    'en_CA': ('(###) ###-####', '###-###-####', '+1-###-###-####'),
    'en_GB': ('0### ### ####', '01### ######', '020 #### ####', '+44 (0)### ### ####', '0#### ######'),
    'en_AU': ('(0#) #### ####', '04## ### ###', '+61 # #### ####', '1300 ### ###'),
    'en_IN': ('+91 ##### #####', '0##-########', '9#########'),
    'en_MY': ('0#-#######', '0#-#### ####', '+60#-### ####', '01#-#######', '0#-### ####', '0########'),
    'de': ('0### / ######', '+49 (0)### ######', '0####-#####', '+49 ### #######', '0### #######'),
    'fr': ('0# ## ## ## ##', '+33 # ## ## ## ##', '0#.##.##.##.##'), 'es': ('9## ## ## ##', '+34 ### ### ###', '(##) #### ####'),
    'it': ('0# #######', '+39 0## ######', '0###/######', '3## #######'), 'nl': ('0##-#######', '+31 (0)## ### ####', '0# ## ## ## ##'),
    'pt': ('(##) ####-####', '(##) 9####-####', '+351 ### ### ###', '2## ### ###'),
    'id': ('(0##) #######', '08##-####-####', '+62 ## #### ####', '021-########'),
    'pl': ('## ### ## ##', '+48 ### ### ###', '###-###-###'), 'sv': ('0#-### ## ##', '+46 # ### ## ##', '0##-## ## ##'),
    'da': ('## ## ## ##', '+45 ########'), 'ro': ('0## ### ####', '+40 ## ### ## ##'),
}
POST = {'en_US': '#####', 'en_GB': '??# #??', 'en_AU': '####', 'en_CA': '?#? #?#', 'en_IN': '######', 'en_MY': '#####',
        'de_DE': '#####', 'de_AT': '####', 'de_CH': '####', 'fr_BE': '####', 'fr_CA': '?#? #?#', 'fr_CH': '####',
        'nl_NL': '#### ??', 'nl_BE': '####', 'pt_BR': '#####-###', 'pt_PT': '####-###', 'pl_PL': '##-###', 'sv_SE': '### ##',
        'da_DK': '####', 'ro_RO': '######', 'es_CO': '######'}
TAXID = {'en_US': ('##-#######',), 'en_GB': ('GB#########', 'GB ### #### ##', '#########'), 'en_AU': ('## ### ### ###',),
         'en_CA': ('#########RT0001', '##### #### RT0001'), 'en_IN': ('##?????####?#Z#',), 'en_MY': ('000#########', '00##########'),
         'de': ('DE#########', 'ATU########', '###/###/#####'), 'fr': ('FR###########', 'FR ## ### ### ###'), 'es': ('B########', '########?', 'ES?########'),
         'it': ('IT###########', '###########'), 'nl': ('NL#########B##', 'BE 0### ### ###'), 'pt': ('##.###.###/####-##', '#########'),
         'id': ('##.###.###.#-###.###',), 'pl': ('###-###-##-##', 'PL##########'), 'sv': ('SE##########01',), 'da': ('DK########',), 'ro': ('RO########',)}
IBAN = {'de': ('DE', 18), 'fr': ('FR', 23), 'es': ('ES', 20), 'it': ('IT', 23), 'nl': ('NL', 14), 'pt': ('PT', 21),
        'pl': ('PL', 24), 'sv': ('SE', 20), 'da': ('DK', 14), 'ro': ('RO', 20), 'en': ('GB', 18)}
DATES = {  # python-free patterns: d m y with their zero-padded capitals; b month short, B month long
    'us': ('M/D/Y', 'm/d/Y', 'M/D/y', 'm/d/y', 'b d, Y', 'B d, Y', 'Y-M-D', 'M-D-Y', 'D-b-Y', 'D b Y', 'b-D-Y', 'M-D-y', 'B d Y', 'bD,Y', "Db'y"),
    'eu': ('D/M/Y', 'D.M.Y', 'D-M-Y', 'd/m/Y', 'D/M/y', 'D b Y', 'd B Y', 'Y-M-D', 'D-b-y', 'd.m.Y', 'D-M-y', 'D.M.y', 'd b Y', 'D-b-Y', 'Y/M/D', "Db'y"),
}


class Speaker:
    """One page's voice. `lang` is the page's language; everything drawn comes from `rng`."""

    def __init__(self, rng: random.Random, lang: str, span: tuple[int, int] = (2005, 2027), locale: str | None = None):
        self.rng, self.lang = rng, lang
        self.locale = locale or rng.choice(LOCALES[lang])
        self.pool: Pool = pool(self.locale)
        self.code, signs, numbers = MONEY.get(self.locale, EURO)
        self.sign = rng.choice(signs)
        self.dec, self.thousand = (rng.choice(numbers) + ' ')[:2]
        if rng.random() < .35 or len(self.thousand.strip()) == 0 and self.thousand == ' ' and rng.random() < .5:
            self.thousand = ''
        if self.lang == 'en' and self.thousand == ' ':
            self.thousand = ''
        self.sign_at = rng.choice(['before', 'before', 'glued', 'after', 'none', 'none', 'glued'])
        if self.lang == 'en' and self.sign_at == 'after' and len(self.sign) < 3:
            self.sign_at = 'glued'
        if self.lang in ('de', 'fr', 'es', 'it', 'pl', 'sv', 'da', 'ro') and self.sign_at == 'glued' and self.code != 'MXN':
            self.sign_at = 'after'
        self.big = {'IDR': 14000, 'COP': 3500, 'INR': 30}.get(self.code, 1)
        self.places = 0 if self.code in ('IDR', 'COP') else 2
        style = 'us' if self.locale == 'en_US' or self.locale == 'en_CA' and rng.random() < .5 else 'eu'
        formats = DATES[style]
        if self.lang in ('de', 'pl', 'da') and rng.random() < .6:
            formats = ('D.M.Y', 'd.m.Y', 'D.M.y', 'd. B Y')
        elif self.lang == 'sv' and rng.random() < .6:
            formats = ('Y-M-D',)
        self.date_format = rng.choice(formats)
        self.other_format = rng.choice(formats)
        self.clock = rng.choice(['H:i', 'H:i', 'H:i:s', 'H:i:s', 'h:i p', 'h:ip', 'h:i:s P', 'h:iP', 'H.i', 'H:i Uhr' if lang == 'de' else 'H:i',
                                 'HhI' if lang in ('fr', 'pt') else 'H:i'])
        if self.lang != 'en' and 'p' in self.clock.lower():
            self.clock = 'H:i'
        self.span = span
        self.today = date(rng.randint(*span), rng.randint(1, 12), rng.randint(1, 28))
        self.shout_month = rng.random() < .3

    # ---- numbers

    def number(self, x: float, places: int | None = None) -> str:
        """An amount in the page's spelling, without a sign."""
        places = self.places if places is None else places
        text = f'{abs(x):,.{places}f}'
        whole, _, rest = text.partition('.')
        whole = whole.replace(',', self.thousand)
        return ('-' if x < -1e-9 else '') + (whole + self.dec + rest if rest else whole)

    def amount(self, x: float, sign: bool | None = None) -> str:
        """An amount with the currency sign where the page writes one (`sign` None: the page's habit)."""
        text = self.number(x)
        if sign is False or sign is None and self.sign_at == 'none':
            return text
        if self.sign_at == 'after':
            return f'{text} {self.sign}'
        lead, text = ('-', text[1:]) if text[0] == '-' else ('', text)
        return lead + self.sign + (' ' if self.sign_at == 'before' else '') + text

    def money(self, low: float = 1, high: float = 900) -> float:
        """A plain amount between low and high (in units of a dollar), most of them small."""
        rng = self.rng
        x = (low + (high - low) * rng.random() ** 2.2) * self.big
        if self.places == 0:
            return float(round(x / 500) * 500 or 500)
        return round(x, 2) if rng.random() < .6 else round(x * 2) / 2 or .5

    # ---- time

    def date(self, low: float = 0, high: float = 0, fmt: str | None = None) -> str:
        """A date `low` to `high` days from the page's own, in the page's format (now and then in another one)."""
        day = self.today + timedelta(days=self.rng.randint(int(low), int(high)))
        return self.spell(day, fmt or (self.date_format if self.rng.random() < .93 else self.other_format))

    def spell(self, day: date, fmt: str) -> str:
        short, long = MONTHS[self.lang][0], MONTHS[self.lang][1]
        parts = {'d': str(day.day), 'D': f'{day.day:02}', 'm': str(day.month), 'M': f'{day.month:02}', 'y': f'{day.year % 100:02}',
                 'Y': str(day.year), 'b': short[day.month - 1], 'B': long[day.month - 1]}
        if self.shout_month:
            parts['b'] = parts['b'].upper()
        return ''.join(parts.get(c, c) for c in fmt)

    def time(self) -> str:
        rng = self.rng
        h, i, s = rng.randint(6, 22), rng.randint(0, 59), rng.randint(0, 59)
        half = 'AM' if h < 12 else 'PM'
        table = {'H': f'{h:02}', 'h': str((h - 1) % 12 + 1) if rng.random() < .5 else f'{(h - 1) % 12 + 1:02}', 'i': f'{i:02}', 'I': f'{i:02}', 's': f'{s:02}', 'P': half, 'p': half.lower()}
        if self.clock.endswith('Uhr'):
            return f"{table['H']}:{table['i']} Uhr"
        if self.clock == 'HhI':
            return f"{table['H']}h{table['i']}"
        return ''.join(table.get(c, c) for c in self.clock)

    # ---- people, firms, places

    def pattern(self, form: str) -> str:
        """`#` becomes a digit, `?` a capital; a leading `#` is never 0."""
        rng = self.rng
        return ''.join(rng.choice(DIGITS) if c == '#' and i else rng.choice('123456789') if c == '#' else rng.choice(UPPER) if c == '?' else c
                       for i, c in enumerate(form))

    def first(self) -> str:
        return self.rng.choice(self.pool.male if self.rng.random() < .5 else self.pool.female)

    def last(self) -> str:
        return self.rng.choice(self.pool.last)

    def person(self) -> str:
        rng, first, last = self.rng, self.first(), self.last()
        roll = rng.random()
        if roll < .68:
            return f'{first} {last}'
        if roll < .76:
            return f'{first} {rng.choice(UPPER)}. {last}'
        if roll < .82:
            return f'{last}, {first}'
        if roll < .88:
            return f'{first[0]}. {last}'
        if roll < .93:
            return f'{first} {self.first()} {last}'
        if roll < .97 and self.lang == 'en':
            return f"{rng.choice(['Mr', 'Mrs', 'Ms', 'Dr', 'Mr.', 'Dr.'])} {first} {last}"
        return f'{last.upper()} {first}'

    def doctor(self) -> str:
        lead = {'en': ['Dr.', 'Dr', ''], 'de': ['Dr. med.', 'Dr.'], 'fr': ['Dr', 'Docteur'], 'es': ['Dr.', 'Dra.'], 'it': ['Dott.', 'Dr.'],
                'nl': ['Dr.', 'drs.'], 'pt': ['Dr.', 'Dra.'], 'id': ['dr.', 'Dr.'], 'pl': ['lek.', 'dr'], 'sv': ['Dr', 'Leg. läk.']}.get(self.lang, ['Dr.'])
        tail = self.rng.choice([' MD', ', M.D.', '', '', '']) if self.lang == 'en' else ''
        return f'{self.rng.choice(lead)} {self.first()} {self.last()}{tail}'.strip()

    def company(self) -> str:
        rng = self.rng
        roll = rng.random()
        if roll < .5:
            return rng.choice(self.pool.company)
        suffix = rng.choice(SUFFIX.get(self.locale, SUFFIX.get(self.lang, SUFFIX['en'])))
        if roll < .75:
            return f"{rng.choice(DOMAINS)} {rng.choice(DOMAINS)} {suffix}"
        return f'{self.last()} {rng.choice(DOMAINS)} {suffix}' if roll < .9 else f'{self.last()} {suffix}'

    def shop(self) -> str:
        rng = self.rng
        if self.locale == 'en_MY':
            return rng.choice(self.pool.company).upper()
        kind = rng.choice(SHOPS.get(self.lang, SHOPS['en']))
        roll = rng.random()
        if roll < .3:
            return f"{self.last()}'s {kind}" if self.lang == 'en' else f'{kind} {self.last()}'
        if roll < .5:
            return f'{rng.choice(self.pool.city)} {kind}' if self.lang == 'en' else f'{kind} {rng.choice(self.pool.city)}'
        if roll < .8:
            return f'{rng.choice(DOMAINS)} {kind}'
        return self.company() if roll < .93 else rng.choice(DOMAINS).upper() + rng.choice(['', ' & Co', ' 24', '+'])

    def postcode(self) -> str:
        return self.pattern(POST.get(self.locale, '#####'))

    def city(self) -> str:
        return self.rng.choice(self.pool.city)

    def address(self) -> list[list[tuple[str, str]]]:
        """Lines of (text, part) with part one of street, city, postcode, state, country or ''; joined they are the address."""
        rng, p, lang = self.rng, self.pool, self.lang
        street, city, post, n = rng.choice(p.street), rng.choice(p.city), self.postcode(), str(rng.randint(1, 290))
        lines: list[list[tuple[str, str]]]
        if lang == 'en' and self.locale == 'en_MY':
            where = [(f"{rng.choice(['No', 'No.', 'Lot', 'No:'])} {n}{rng.choice(['', '', 'A', '-G', ' & ' + str(int(n) + 2)])}, {street} {rng.choice(['', '', '3/4', '1/2A', 'U1/11'])}".rstrip() + ',', 'street')]
            lines = [where, [(f"{rng.choice(['Taman', 'Bandar', 'Pusat', 'Seksyen'])} {rng.choice(['Mutiara', 'Sri', 'Daya', 'Utama', 'Baru', 'Perdana', '7', '15'])} {rng.choice(['Rini', 'Indah', 'Jaya', '', ''])}".rstrip() + ',', '')],
                     [(post, 'postcode'), (' ', ''), (city, 'city'), (', ', ''), (rng.choice(p.state), 'state')]]
            return lines if rng.random() < .7 else [lines[0], lines[2]]
        if self.locale in ('en_US', 'en_CA', 'en_AU', 'en_IN'):
            lines = [[(f"{rng.choice([n, str(rng.randint(100, 19999))])} {street}", 'street')]]
            if rng.random() < .25:
                lines[0].append((f" {rng.choice(['Suite', 'Apt', 'Unit', '#', 'Ste', 'Floor'])} {rng.randint(1, 900)}", 'street'))
            elif rng.random() < .12:
                lines = [[(f"P.O. Box {rng.randint(100, 99999)}", 'street')]]
            state = rng.choice(p.state) if p.state and p.state[0] else rng.choice(STATES)
            lines.append([(city, 'city'), (rng.choice([', ', ', ', ' ']), ''), (state, 'state'), (' ', ''), (post + (f'-{rng.randint(1000, 9999)}' if self.locale == 'en_US' and rng.random() < .15 else ''), 'postcode')])
        elif lang == 'en':
            lines = [[(f'{n} {street}', 'street')], [(city, 'city')], [(post, 'postcode')]]
            if rng.random() < .4:
                lines = [lines[0], [(city, 'city'), (rng.choice([' ', ', ']), ''), (post, 'postcode')]]
        elif lang == 'fr':
            lines = [[(f"{n}{rng.choice([',', '', ' bis'])} {street}", 'street')], [(post, 'postcode'), (' ', ''), (city, 'city')]]
        elif lang in ('es', 'it'):
            lines = [[(f"{street}, {rng.choice(['', 'nº ', 'n. ' if lang == 'it' else ''])}{n}", 'street')], [(post, 'postcode'), (' ', ''), (city, 'city')]]
            if rng.random() < .4:
                lines[1] += [(' (', ''), (city[:2].upper(), 'state'), (')', '')]
        elif lang == 'pt':
            lines = [[(f"{street}, {n}", 'street')], [(post, 'postcode'), (' ', ''), (city, 'city')]]
            if self.locale == 'pt_BR' and rng.random() < .7:
                lines = [lines[0], [(city, 'city'), (rng.choice([' - ', '/', ' ']), ''), (rng.choice(p.state), 'state')], [('CEP ', ''), (post, 'postcode')]]
        elif lang == 'id':
            lines = [[(f"{street} No. {n}" + rng.choice(['', f', RT {rng.randint(1, 12):02}/RW {rng.randint(1, 9):02}']), 'street')], [(city, 'city'), (rng.choice([' ', ', ']), ''), (post, 'postcode')]]
        elif lang == 'pl':
            lines = [[(f"{rng.choice(['ul. ', 'ul. ', ''])}{street.replace('ulica ', '')} {n}{rng.choice(['', '/4', '/12'])}", 'street')], [(post, 'postcode'), (' ', ''), (city, 'city')]]
        else:  # de, nl, sv, da, ro: street then number
            lines = [[(f"{street} {n}{rng.choice(['', '', '', 'a', '-' + str(int(n) + 2)])}", 'street')], [(post, 'postcode'), (' ', ''), (city, 'city')]]
        if rng.random() < .15:
            lines.append([(self.country(), 'country')])
        return lines

    def country(self) -> str:
        names = [c for c in self.pool.country if len(c) < 20]
        return self.rng.choice(names)

    def phone(self) -> str:
        return self.pattern(self.rng.choice(PHONES.get(self.locale) or PHONES[self.lang]))

    def handle(self) -> str:
        """A lower-case ASCII word for addresses of mail and web."""
        word = self.rng.choice([self.last(), self.rng.choice(DOMAINS), self.rng.choice(self.pool.word)])
        plain = ''.join(c for c in word.lower() if c in string.ascii_lowercase)
        return plain or 'info'

    def domain(self) -> str:
        ends = {'de': ['de', 'de', 'at', 'com'], 'fr': ['fr', 'com'], 'es': ['es', 'com'], 'it': ['it', 'com'], 'nl': ['nl'], 'pt': ['com.br', 'pt'],
                'id': ['co.id', 'com'], 'pl': ['pl'], 'sv': ['se'], 'da': ['dk'], 'ro': ['ro']}.get(self.lang, ['com', 'com', 'net', 'org', 'co.uk', 'com.my'])
        return self.handle() + self.rng.choice(['', '-' + self.handle(), self.handle()[:4]]) + '.' + self.rng.choice(ends)

    def email(self) -> str:
        rng = self.rng
        who = rng.choice(['info', 'sales', 'office', 'accounts', 'contact', self.handle(), self.handle() + '.' + self.handle(), self.handle()[0] + self.handle(), self.handle() + str(rng.randint(1, 99))])
        return f"{who}@{self.domain() if rng.random() < .7 else rng.choice(['gmail.com', 'yahoo.com', 'outlook.com', 'hotmail.com'])}"

    def iban(self) -> str:
        country, length = IBAN.get(self.lang, ('GB', 18))
        body = ''.join(self.rng.choice(DIGITS) for _ in range(length))
        if country in ('NL', 'GB', 'RO'):
            body = ''.join(self.rng.choice(UPPER) for _ in range(4)) + body[4:]
        number = ''.join(str(int(c, 36)) for c in body + country + '00')
        text = country + f'{98 - int(number) % 97:02}' + body
        return ' '.join(text[i:i + 4] for i in range(0, len(text), 4)) if self.rng.random() < .6 else text

    def tax_id(self) -> str:
        return self.pattern(self.rng.choice(TAXID.get(self.locale) or TAXID.get(self.lang) or ('#########',)))

    def code_of(self) -> str:
        rng = self.rng
        roll = rng.random()
        if roll < .3:
            return str(rng.randint(100, 9999999))
        if roll < .5:
            return ''.join(rng.choices(UPPER, k=rng.randint(1, 3))) + rng.choice(['-', '', '', '/']) + str(rng.randint(100, 999999))
        if roll < .62:
            return f"{rng.choice([str(self.today.year), str(self.today.year % 100)])}{rng.choice(['-', '/', ''])}{rng.randint(1, 99999):05}"
        if roll < .74:
            return str(rng.randint(1, 99999)).zfill(rng.randint(5, 8))
        if roll < .86:
            return ''.join(rng.choices(UPPER + DIGITS, k=rng.randint(5, 11)))
        if roll < .94:
            return f'{rng.randint(10, 99)}-{rng.randint(1000, 99999)}'
        return f"{''.join(rng.choices(UPPER, k=2))} {rng.randint(1000, 99999)}" if roll < .97 else str(rng.randint(10 ** 9, 10 ** 12))

    def card(self) -> str:
        rng = self.rng
        tail = rng.randint(1000, 9999)
        return rng.choice([f'XXXXXXXXXXXX{tail}', f'**** **** **** {tail}', f'************{tail}', f'XXXX-XXXX-XXXX-{tail}', f'****{tail}', f'...{tail}'])

    def item(self, domain: str) -> str:
        """The name of a thing sold or listed, of a domain of vocabulary.ITEMS, in the page's language where there is a list."""
        rng = self.rng
        table = ITEMS[domain]
        names = table.get(self.lang) or table['en']
        name = rng.choice(names)
        roll = rng.random()
        if domain in ('grocery', 'pharmacy') and roll < .45:
            return f"{name} {rng.choice(['500g', '1L', '250ml', '6x330ml', '1kg', '2.5KG', '10pk', '100G', 'x12', 'XL', '0,5l'])}"
        if domain in ('hardware', 'goods', 'parts') and roll < .35:
            return name + ' ' + rng.choice(['M8', 'A4', '230V', '12 mm', '3/4"', 'Pro', 'Type B', '2 m', 'Set', 'XL', '10 x 50', 'black', 'Mk II', 'ref. ' + self.code_of()])
        if domain == 'grocery' and roll > .9:
            return f'{rng.choice(DOMAINS)} {name}'
        return name

    def sentence(self, words: int = 12) -> str:
        text = self.rng.choice(self.pool.sentence)
        return ' '.join(text.split()[:words])

    def phrase(self) -> str:
        """Two to five words, as a subject or a remark."""
        rng = self.rng
        text = ' '.join(rng.choice(self.pool.word) for _ in range(rng.randint(2, 5)))
        return text[:1].upper() + text[1:]

    def value(self, spec: str) -> str:
        """Draws by generator name and arguments, e.g. `code`, `date 7 60`, `money 5 90`, `int 1 9`, `pick a/b/c`."""
        name, _, rest = spec.partition(' ')
        if name == 'pick':
            return self.rng.choice(rest.split('|' if '|' in rest else '/'))
        if name == 'form':
            return self.pattern(self.rng.choice(rest.split('/')))
        if name == 'item' and rest:
            return self.item(rest)
        return GENERATORS[name](self, *(float(a) for a in rest.split()))


def _measure(units: str):
    def draw(s: Speaker, low: float = 1, high: float = 500, *_):
        return f"{s.number(low + (high - low) * s.rng.random() ** 2, s.rng.choice([0, 0, 1, 2]))}{s.rng.choice([' ', ' ', ''])}{s.rng.choice(units.split())}"
    return draw


def _in_words(s: Speaker) -> str:
    """A sum in words; outside English a loose string of number words, as a reader without the language sees it."""
    rng = s.rng
    if s.lang != 'en':
        return ' '.join(rng.choice(NUMBER_WORDS.get(s.lang, NUMBER_WORDS['en'])) for _ in range(rng.randint(2, 5)))
    tens = rng.choice(('twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'))
    ones = rng.choice(('', '-one', '-two', '-three', '-four', '-five', '-six', '-seven', '-eight', '-nine'))
    lead = rng.choice(('', f"{rng.choice(('one', 'two', 'three', 'five', 'nine'))} hundred ", f"{rng.choice(('one', 'two', 'four', 'six'))} thousand {rng.choice(('', 'three hundred ', 'one hundred '))}"))
    tail = rng.choice((f' and {rng.randint(0, 99):02}/100', ' and no/100', ' dollars only', '', ' only'))
    text = lead + tens + ones + tail
    return rng.choice((text.capitalize(), text.title(), text.upper()))


def _old_name(s: Speaker) -> str:
    first, last, rng = s.first(), s.last(), s.rng
    forms = (f'{first} {last}', f'{last}, {first}', f'{last} {first} {rng.choice(UPPER)}', f'{first} {rng.choice(UPPER)}. {last}', f'{first[0]}. {rng.choice(UPPER)}. {last}', f'{last}, {first} {rng.choice(UPPER)}.',
             f'{first} {last}', f'Wm. {last}', f'Mrs. {first} {last}', f'{first.upper()} {last.upper()}', last)
    return rng.choice(forms)


def _old_place(s: Speaker) -> str:
    rng, city = s.rng, s.city()
    return rng.choice((city, f'{city}, {rng.choice(OLD_STATES)}', f'{city}, {rng.choice(OLD_COUNTRIES)}', f'{city} {rng.choice(OLD_STATES)}', rng.choice(OLD_STATES), f'{rng.choice(OLD_COUNTIES)} Co., {rng.choice(OLD_STATES)}', rng.choice(OLD_COUNTRIES)))


def _old_date(s: Speaker, low: float = -60, high: float = 0) -> str:
    return s.date(low, high, s.rng.choice(('B d, Y', 'b. d, Y', 'b d Y', 'd B Y', 'm/d/y', 'm-d-y', 'm/d/Y', 'b d-Y', 'b. d', 'd b Y', 'Y', 'B d', 'b D Y', 'B d-y', 'D b Y')))


def _old_address(s: Speaker) -> str:
    rng = s.rng
    street = f'{rng.randint(1, 3000)} {rng.choice(s.pool.street)}'
    return rng.choice((street, f'{street}, {s.city()}', f'{street}, {s.city()}, {rng.choice(OLD_STATES)}', f'R. F. D. {rng.randint(1, 9)}, {s.city()}, {rng.choice(OLD_STATES)}', f'Box {rng.randint(2, 900)} {s.city()} {rng.choice(OLD_STATES)}'))


GENERATORS = {
    'words': _in_words, 'address_line': lambda s: ', '.join(''.join(t for t, _ in line).rstrip(',') for line in s.address()),
    'oldname': _old_name, 'oldplace': _old_place, 'olddate': _old_date, 'oldaddress': _old_address, 'oldstate': lambda s: s.rng.choice(OLD_STATES), 'oldcounty': lambda s: s.rng.choice(OLD_COUNTIES + s.pool.last[:60]), 'oldcountry': lambda s: s.rng.choice(OLD_COUNTRIES),
    'oldport': lambda s: s.rng.choice(OLD_PORTS), 'oldship': lambda s: s.rng.choice(OLD_SHIPS + s.pool.female[:40]), 'oldjob': lambda s: s.rng.choice(OLD_JOBS), 'remark': lambda s: s.rng.choice(OLD_REMARKS) if s.rng.random() < .7 else s.phrase(),
    'oldheight': lambda s: f"{s.rng.randint(4, 6)}{s.rng.choice([' ft. ', ' feet ', ' - ', chr(39) + ' ', '-'])}{s.rng.randint(0, 11)}{s.rng.choice([' in.', ' inches', '', chr(34)])}",
    'oldnumber': lambda s: s.rng.choice((str(s.rng.randint(1, 999)), f'{s.rng.randint(1000, 999999):,}', str(s.rng.randint(1000, 999999)), f'{s.rng.randint(10, 999)}.{s.rng.randint(100, 999)}', s.code_of())),
    'oldmoney': lambda s: s.rng.choice(('$', '', '$ ')) + s.rng.choice((f'{s.rng.randint(1, 900)}.{s.rng.randint(0, 99):02}', str(s.rng.randint(1, 900)), f'{s.rng.randint(1, 90)} 50/100', f'{s.rng.randint(1, 9)},{s.rng.randint(0, 999):03}.00')),
    'regiment': lambda s: f"{s.rng.choice(['', 'Co. ' + s.rng.choice('ABCDEFGHIK') + ' ', s.rng.choice('ABCDEFGHIK') + ' '])}{s.rng.randint(1, 160)}{s.rng.choice(['', 'th', chr(34), 'd'])} {s.rng.choice(['Ohio', 'Ind.', 'N.Y.', 'Ill.', 'Pa.', 'Virginia', 'Iowa', 'Ky.', 'U.S.C.', 'Mass.', 'Inf. Div.', 'Field Arty', 'Mo.'])} {s.rng.choice(['Inf', 'Inf.', 'Cav.', 'H.A.', 'Infantry', 'Lt. Art.', 'Vols.', ''])}".strip(),
    'cemetery': lambda s: f"{s.rng.choice([*s.pool.last[:80], 'Rose Hill', 'Oak Grove', 'Mt. Zion', 'Evergreen', 'Calvary', 'St. Mary' + chr(39) + 's', 'Greenwood'])} {s.rng.choice(['Cemetery', 'Cem.', 'Memorial Park', 'Nat. Cemetery'])}",
    'day': lambda s: (lambda n: s.rng.choice((str(n), f"{n}{'th' if 10 < n < 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}")))(s.rng.randint(1, 31)),
    'monthname': lambda s: s.rng.choice(MONTHS[s.lang][s.rng.choice((0, 1, 1, 1))]),
    'code': lambda s, *a: s.code_of(), 'date': lambda s, *a: s.date(*a), 'time': lambda s, *a: s.time(), 'person': lambda s: s.person(),
    'first': lambda s: s.first(), 'last': lambda s: s.last(), 'doctor': lambda s: s.doctor(), 'company': lambda s: s.company(), 'shop': lambda s: s.shop(),
    'party': lambda s: s.company() if s.rng.random() < .6 else s.person(), 'city': lambda s: s.city(), 'country': lambda s: s.country(),
    'postcode': lambda s: s.postcode(), 'phone': lambda s: s.phone(), 'email': lambda s: s.email(), 'iban': lambda s: s.iban(),
    'web': lambda s: s.rng.choice(['www.', 'www.', 'https://', 'http://www.', '']) + s.domain(), 'tax': lambda s: s.tax_id(),
    'bic': lambda s: s.pattern('????') + s.rng.choice(['DE', 'FR', 'ES', 'IT', 'NL', 'GB', 'PL', 'US']) + s.pattern('?#') + s.rng.choice(['', 'XXX']),
    'money': lambda s, *a: s.amount(s.money(*a)), 'int': lambda s, lo=1, hi=99: str(s.rng.randint(int(lo), int(hi))),
    'number': lambda s, lo=0, hi=100, p=2: s.number(lo + (hi - lo) * s.rng.random(), int(p)),
    'percent': lambda s, lo=1, hi=30: f"{s.number(s.rng.uniform(lo, hi), s.rng.choice([0, 1, 2]))}{s.rng.choice(['%', ' %', '%'])}",
    'weight': _measure('kg kg KG lbs kgs'), 'volume': _measure('m3 m³ cbm'), 'length': _measure('km mi km'), 'litre': _measure('L l ltr LITRE gal'),
    'height': lambda s: s.rng.choice([f'{s.rng.randint(148, 199)} cm', f"{s.rng.randint(4, 6)}'{s.rng.randint(0, 11)}\"", f'{s.rng.randint(4, 6)} ft {s.rng.randint(0, 11)} in', f'1.{s.rng.randint(48, 99)} m']),
    'job': lambda s: s.rng.choice(s.pool.job), 'phrase': lambda s: s.phrase(), 'sentence': lambda s, n=9: s.sentence(int(n)), 'card': lambda s: s.card(),
    'word': lambda s: s.rng.choice(s.pool.word).capitalize(), 'bank': lambda s: s.rng.choice(BANKS.get(s.lang, BANKS['en'])),
    'reg': lambda s: s.rng.choice([f'{s.rng.randint(10000, 999999)}-{s.rng.choice("ADHKMPVWX")}', f'HRB {s.rng.randint(1000, 99999)}', str(s.rng.randint(10 ** 6, 10 ** 8)), f'({s.rng.randint(100000, 999999)}-{s.rng.choice("HKMPVX")})']),
    'plate': lambda s: s.pattern(s.rng.choice(['??? ####', '??-###-??', '?? ## ???', '??? ###', '#???###', '?-?? ####'])),
    'hours': lambda s: s.number(s.rng.randint(1, 80) / 2, s.rng.choice([1, 2])), 'person_or_code': lambda s: s.first() if s.rng.random() < .6 else s.rng.choice([str(s.rng.randint(1, 9999)), s.first().upper() + str(s.rng.randint(1, 99)), 'CASHIER ' + str(s.rng.randint(1, 9)), s.first() + ' ' + s.last()[0]]),
    'street': lambda s: f'{s.rng.choice(s.pool.street)} {s.rng.randint(1, 200)}', 'year': lambda s, *a: str(s.today.year + s.rng.randint(*(int(v) for v in (a or (0, 0))))),
    'month': lambda s: f'{s.rng.choice(MONTHS[s.lang][1])} {s.today.year}', 'item': lambda s: s.item('goods'), 'ship': lambda s: s.rng.choice(['MV ', 'S.S. ', 'MSC ', '', 'M/V ']) + s.rng.choice(DOMAINS + tuple(s.pool.female[:20])),
    'age': lambda s: str(s.rng.randint(1, 95)), 'initials': lambda s: s.rng.choice(UPPER) + s.rng.choice(UPPER),
    'flight': lambda s: s.pattern(s.rng.choice(['?? ####', '??###', '?? ###', '??####'])), 'vin': lambda s: s.pattern('?#????##?#?######'),
    'ssn': lambda s: s.pattern(s.rng.choice(['###-##-####', '#########', '## ## ## ### ###', '###.###.###-##', '######-####', '## ###### ? ###'])),
}
TYPES = {'date': 'date', 'time': 'time', 'email': 'email', 'web': 'uri', 'money': 'number', 'int': 'integer', 'number': 'number', 'percent': 'number', 'hours': 'number', 'age': 'integer', 'year': 'integer', 'enum': 'enum', 'bool': 'boolean'}
