"""One page in the making: its voice, its facts, what was printed where, and what can be asked of it.

A fact is the value of a concept on this page; printing it twice prints the same value and makes a second placement of the
same ask. `Page` knows nothing of layout; layout.py asks it for labels and tagged values and puts them on the sheet.
"""
from __future__ import annotations

import random
from dataclasses import dataclass, field

from .abbreviations import shortened
from .concepts import Concept, concept, roles
from .ink import Rich, Sheet
from .values import Speaker

SHORTENED = .25  # share of labels that are set otherwise than the catalogue has them
YES_NO = {'en': ('Yes', 'No'), 'de': ('Ja', 'Nein'), 'fr': ('Oui', 'Non'), 'es': ('Sí', 'No'), 'it': ('Sì', 'No'), 'nl': ('Ja', 'Nee'),
          'pt': ('Sim', 'Não'), 'id': ('Ya', 'Tidak'), 'pl': ('Tak', 'Nie'), 'sv': ('Ja', 'Nej'), 'da': ('Ja', 'Nej'), 'ro': ('Da', 'Nu')}


@dataclass
class Entry:
    """What was printed of one concept. `tags`: one per placement (scalar) or per row (list, column; None for an empty cell)."""

    item: Concept
    kind: str = 'scalar'
    group: str | None = None
    tags: list = field(default_factory=list)
    options: tuple[str, ...] = ()
    answer: int | None = None
    labels: list[str] = field(default_factory=list)
    names: tuple[str, ...] = ()


class Page:
    """`lang` is the page's language, `upper` 'none', 'labels', 'values' or 'all'; `truth` maps a tag to the value as generated."""

    def __init__(self, rng: random.Random, lang: str, sheet: Sheet, h: float, pitch: float, span=(2008, 2027), locale: str | None = None):
        self.rng, self.lang, self.sheet, self.h, self.pitch = rng, lang, sheet, h, pitch
        self.speaker = Speaker(rng, lang, span, locale)
        self.upper = 'none'
        self.colon = rng.choice([':', ':', ':', '', ' :', '.', ' -'])
        self.glued = rng.random() < .12
        self.blank = 0.0
        self.label_case = rng.choice(['as is'] * 8 + ['upper', 'lower', 'upper'])
        self.bilingual = lang != 'en' and rng.random() < .06
        self.held_out = False
        self.facts: dict[str, list] = {}
        self.amounts: dict[str, float] = {}
        self.entries: dict[str, Entry] = {}
        self.empty: set[str] = set()
        self.lacking: list[str] = []
        self.nothing = rng.choice([''] * 7 + ['N/A', '-', 'None', '--'])
        self.truth: dict[int, str] = {}
        self._labels: dict[str, str] = {}
        self.lead_role = ''
        self._tag = 0

    # ---- labels

    def concept(self, key: str) -> Concept:
        """With what is only printed on pages to train on, if this is one."""
        return concept(key, not self.held_out)

    def part(self, role: str) -> tuple[str, ...]:
        """What heads the block of a party."""
        item = roles(not self.held_out)[role]
        return item.labels.get(self.lang) or item.labels['en']

    def label(self, key: str, fresh: bool = False) -> str:
        """The label this page prints for a concept, the same every time unless `fresh`."""
        if fresh or key not in self._labels:
            item = self.concept(key)
            own = item.labels.get(self.lang) or item.labels['en']
            if key.endswith('.name') and '=' not in key:
                own = self._name_labels(key, own)
            text = self.rng.choice(own)
            if not self.held_out and self.rng.random() < SHORTENED:
                text = shortened(text, self.lang if self.lang in item.labels else 'en', self.rng)
            if self.bilingual and 'en' in item.labels:
                text = f"{text} / {item.labels['en'][0]}"
            if self.label_case == 'upper' or self.upper in ('all', 'labels'):
                text = text.upper()
            elif self.label_case == 'lower' and self.rng.random() < .8:
                text = text.lower()
            self._labels[key] = text
        return self._labels[key]

    def _name_labels(self, key: str, own: tuple[str, ...]) -> tuple[str, ...]:
        """A bare "Name" is for the first person whose name is labelled; all others are called by their part."""
        role = key.partition('.')[0]
        self.lead_role = self.lead_role or role
        return own if role == self.lead_role else self.part(role)

    def tell_apart(self, key: str) -> None:
        """Makes the label of a party's attribute say whose it is, where another party's is labelled the same."""
        text, (role, _, attribute) = self.label(key), key.partition('.')
        if attribute in ('', 'name') or not any(k != key and k.endswith('.' + attribute) and t == text for k, t in self._labels.items()):
            return
        part = self.part(role)[0].rstrip(':')
        self._labels[key] = f'{text} ({part})' if self.rng.random() < .5 or self.lang != 'en' else f'{part} {text}'

    def note_label(self, key: str, text: str) -> None:
        if key in self.entries and text not in self.entries[key].labels:
            self.entries[key].labels.append(text)

    def can(self, key: str) -> bool:
        """Whether the page's language has a label for the concept."""
        return concept(key).printable(self.lang)

    # ---- facts and tags

    def fact(self, key: str) -> list[list[tuple[str, str | None]]]:
        """The value as lines of (text, key of the part or None); made on first use."""
        if key in self.amounts:
            return [[(self.speaker.amount(self.amounts[key], None if self.rng.random() < .8 else True), None)]]
        if key not in self.facts:
            item = concept(key)
            role, _, attribute = key.partition('.')
            if attribute == 'address':
                lines = []
                for line in self.speaker.address():
                    parts = []
                    for text, part in line:
                        name = f'{role}.{part}' if part else None
                        if text.endswith(',') and name:
                            parts += [(text[:-1], name), (',', None)]
                        else:
                            parts.append((text, name))
                        if name:
                            self.facts.setdefault(name, [[(text.rstrip(','), None)]])
                    lines.append(parts)
                self.facts[key] = lines
            elif attribute == 'state':
                from .vocabulary import STATES
                pool = self.speaker.pool.state
                self.facts[key] = [[(self.rng.choice(pool if pool and pool[0] else STATES), None)]]
            else:
                self.facts[key] = [[(self.speaker.value(item.spoken(self.lang)), None)]]
        return self.facts[key]

    def new_tag(self, value: str) -> int:
        self._tag += 1
        self.truth[self._tag] = value
        return self._tag

    def entry(self, key: str, kind: str = 'scalar', group: str | None = None) -> Entry:
        ident = f'{group}/{key}' if group else key
        if ident not in self.entries:
            self.entries[ident] = Entry(self.concept(key), kind, group)
        return self.entries[ident]

    def case(self, text: str) -> str:
        return text.upper() if self.upper in ('all', 'values') else text

    def value(self, key: str) -> list[Rich]:
        """A further placement of the concept: tagged lines, to be printed one under the other or joined with spaces."""
        kind = concept(key).type
        if kind in ('enum', 'boolean'):
            return [self.choice(key)]
        lines = self.fact(key)
        text = ' '.join(''.join(t for t, _ in line) for line in lines)
        tag = self.new_tag(self.case(text))
        self.entry(key).tags.append(tag)
        out, parts = [], {}
        for line in lines:
            rich = []
            for t, part in line:
                tags = (tag,)
                if part:
                    if part not in parts:
                        parts[part] = self.new_tag(self.case(t))
                        self.entry(part).tags.append(parts[part])
                    else:
                        self.truth[parts[part]] += self.case(t)
                    tags = (tag, parts[part])
                rich.append((self.case(t), tags))
            out.append(rich)
        return out

    def inline(self, key: str, comma: float = .5) -> Rich:
        """The value on one line; the lines of an address are joined with a comma or a space."""
        lines = self.value(key)
        out = list(lines[0])
        for line in lines[1:]:
            tag = line[0][1][:1]
            ended = out[-1][0].endswith(',')
            glue = ', ' if self.rng.random() < comma and not ended else ' '
            out += [(glue, tag)] + line
        return out

    def given(self, key: str, text: str, kind: str = 'scalar', group: str | None = None) -> Rich:
        """Tags a text made elsewhere as a placement (or, in a column or list, as the next row) of a concept."""
        entry = self.entry(key, kind, group)
        tag = self.new_tag(self.case(text))
        entry.tags.append(tag)
        return [(self.case(text), (tag,))]

    def open(self, label: str, text: str) -> Rich:
        """A value behind a printed key of an archive form; a further value of the same key makes the two a list."""
        entry = self.entry('=' + label)
        entry.kind = 'list' if entry.tags else 'scalar'
        tag = self.new_tag(self.case(text))
        entry.tags.append(tag)
        entry.labels = [self.label('=' + label)]
        return [(self.case(text), (tag,))]

    # ---- choices

    def options(self, key: str, lang: str | None = None) -> tuple[str, ...]:
        item, lang = concept(key), lang or self.lang
        if item.type == 'boolean':
            return YES_NO.get(lang, YES_NO['en'])
        return item.options.get(lang) or item.options['en']

    def decide(self, key: str, nothing: float = 0.0) -> Entry:
        """The entry of an enum or boolean with its answer drawn once; `nothing`: the probability that none is chosen."""
        entry = self.entry(key)
        if not entry.options:
            entry.options = self.options(key)
            entry.answer = None if self.rng.random() < nothing else self.rng.randrange(len(entry.options))
        return entry

    def choice(self, key: str) -> Rich:
        """The chosen option as text, tagged as the evidence."""
        entry = self.decide(key)
        if entry.answer is None:
            entry.answer = self.rng.randrange(len(entry.options))
        text = self.case(entry.options[entry.answer])
        tag = self.new_tag(text)
        entry.tags.append(tag)
        return [(text, (tag,))]

    def is_party(self, key: str) -> bool:
        return key in roles()
