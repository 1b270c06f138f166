"""What schemas call a field: English names in many spellings, the page's own label, names in other languages.

Names are kept apart from the page's labels: most are the catalogue's, some are how a person in a hurry or a programmer would
write them. A name shared by two things on the page is right for neither and is left out.
"""
from __future__ import annotations

import random
import re
from functools import lru_cache

from .concepts import Concept, all_keys, concept, local_names, wild

SHORT = {'number': ['no', 'nr', 'num', '#'], 'amount': ['amt'], 'quantity': ['qty'], 'address': ['addr'], 'invoice': ['inv'], 'telephone': ['tel'], 'phone': ['ph', 'tel'], 'date of birth': ['dob'],
         'reference': ['ref'], 'account': ['acct', 'acc'], 'description': ['desc'], 'department': ['dept'], 'customer': ['cust'], 'company': ['co'], 'registration': ['reg'], 'document': ['doc'], 'payment': ['pmt'], 'identifier': ['id'],
         'delivery': ['deliv'], 'purchase order': ['po'], 'organisation': ['org'], 'and': ['&'], 'employee': ['emp'], 'insurance': ['ins'], 'certificate': ['cert'], 'transaction': ['txn', 'trans'], 'departure': ['dep'], 'arrival': ['arr']}
LANGS = ('de', 'fr', 'es', 'it', 'nl', 'pt', 'id', 'pl', 'sv')


@lru_cache(maxsize=20000)
def norm(name: str) -> str:
    """Lower case, words only: how two names are held to be the same."""
    return ' '.join(re.sub(r'[^\w]+', ' ', re.sub(r'(?<=[a-z])(?=[A-Z])', ' ', name).replace('_', ' ').lower()).split())


def respelt(name: str, rng: random.Random) -> str:
    """snake_case, camelCase, abbreviations and other spellings of an English name."""
    roll = rng.random()
    if roll < .3:
        return name.replace(' ', '_').replace('-', '_')
    if roll < .4:
        head, *tail = name.split()
        return head + ''.join(t[:1].upper() + t[1:] for t in tail)
    if roll < .7:
        for long, shorts in SHORT.items():
            if long in name.split() or ' ' in long and long in name:
                return name.replace(long, rng.choice(shorts))
        return name
    return name.title() if roll < .85 else name.upper() if roll < .9 else name + rng.choice([':', '?', ' *', ''])


def any_names(rng: random.Random, count: int) -> list[str]:
    """English names of different things, whatever a page has."""
    keys = rng.sample([*all_keys(), *wild()], count)
    return [rng.choice(concept(k).names) for k in keys]


def candidates(item: Concept, lang: str, labels: list[str], rng: random.Random, plain: bool) -> list[str]:
    """Names for a concept, the most usual first; `plain` adds the names that need company to be clear."""
    if item.open:
        return list(item.names)
    names = list(item.names)
    if plain:
        names = names[:1] + list(item.plain) + names[1:]
    names = [n for n in dict.fromkeys(names)]
    out = names[:2] + rng.sample(names[2:], min(len(names) - 2, 3)) if len(names) > 2 else list(names)
    if rng.random() < .6:
        out.append(respelt(rng.choice(names), rng))
    if lang != 'en' and rng.random() < .5:
        local = local_names(item.key, lang)
        if local:
            out.append(rng.choice(local))
    elif rng.random() < .12:
        other = local_names(item.key, rng.choice(LANGS))
        if other:
            out.append(rng.choice(other))
    if labels and rng.random() < .4:
        text = re.sub(r'[\s:.#?]+$', '', labels[0])
        if len(text) > 2:
            out.append(text)
    return [n for n in dict.fromkeys(out) if norm(n)]
