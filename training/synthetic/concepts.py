"""The field catalogue: what can be asked, how pages label it, how schemas name it, what its value looks like.

Read once from catalogue/*.txt. A `Concept` is a meaning ("due date"); `role.attribute` concepts ("buyer.phone") are put
together from roles.txt and attributes.txt on first use. Labels are what pages print; names are what schemas say; the two
are kept apart so that a model must learn meanings, not strings.
"""
from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from .values import TYPES

PRIVATE = ('Residence', 'Domicile', 'Domicilio', 'Residenza', 'Morada')  # addresses that firms do not have
HOME = Path(__file__).parent / 'catalogue'


@dataclass(frozen=True)
class Concept:
    """One meaning. `plain`: names that are right only when nothing else of its kind is on the page. `unless`: concepts whose
    presence makes it doubtful to call this one absent. `options`: per language, for enums and booleans. `picks`: per language, the
    generator of one whose values are words of that language. `open`: a key of an archive form, whose one name is what is printed.
    `general`: names so much that it is clear only as the column of a table."""

    key: str
    generator: str
    names: tuple[str, ...]
    plain: tuple[str, ...] = ()
    unless: frozenset[str] = frozenset()
    labels: dict[str, tuple[str, ...]] = field(default_factory=dict)
    options: dict[str, tuple[str, ...]] = field(default_factory=dict)
    picks: dict[str, str] = field(default_factory=dict)
    descriptions: tuple[str, ...] = ()
    open: bool = False
    general: bool = False

    @property
    def type(self) -> str:
        return TYPES.get(self.generator.split(' ')[0], 'string')

    def printable(self, lang: str) -> bool:
        return self.open or lang in self.labels

    def spoken(self, lang: str) -> str:
        """The generator of its values on a page in a language."""
        return self.picks.get(lang, self.generator)


def _split(text: str, sign: str = ';') -> tuple[str, ...]:
    return tuple(p.strip() for p in text.split(sign) if p.strip() and p.strip() != '-')


def _blocks(name: str):
    """(key, columns of the heading, {language: text}, descriptions) of each block of a catalogue file."""
    key = None
    for line in (HOME / name).read_text(encoding='utf-8').splitlines():
        if not line.strip() or line[0] == '#':
            continue
        if line[0] == '?':
            notes.append(line[1:].strip())
        elif re.match(r'[a-z]{2} ', line) and key:
            langs[line[:2]] = line[3:]
        else:
            if key:
                yield key, heading, langs, notes
            key, _, rest = line.partition(' = ')
            heading, langs, notes = [p.strip() for p in rest.split('|')] + [''] * 4, {}, []
    if key:
        yield key, heading, langs, notes


@lru_cache(maxsize=None)
def further() -> dict[str, tuple[tuple[str, ...], dict[str, tuple[str, ...]]]]:
    """(names, labels by language) of further.txt, by key."""
    return {key: (_split(names), {lang: _split(text) for lang, text in langs.items()}) for key, (names, *_), langs, _notes in _blocks('further.txt')}


def _taught(table: dict[str, Concept]) -> dict[str, Concept]:
    """With all names and labels that further.txt has of them."""
    out = dict(table)
    for key in table.keys() & further().keys():
        item, (names, labels) = table[key], further()[key]
        out[key] = replace(item, names=(*item.names, *names), labels={lang: (*item.labels.get(lang, ()), *labels.get(lang, ())) for lang in {**item.labels, **labels}})
    return out


@lru_cache(maxsize=None)
def _concepts(taught: bool = False) -> dict[str, Concept]:
    if taught:
        return _taught(_concepts())
    table = {}
    for path in sorted(HOME.glob('*.txt')):
        if path.stem in ('roles', 'attributes', 'further'):
            continue
        for key, (generator, names, plain, unless, *_), langs, notes in _blocks(path.name):
            labels = {lang: _split(text.split('::')[0]) for lang, text in langs.items()}
            options = {lang: _split(text.split('::')[1]) for lang, text in langs.items() if '::' in text}
            table[key] = Concept(key, generator, _split(names), _split(plain), frozenset(unless.replace('-', ' ').split()), labels, options, descriptions=tuple(notes))
    return table


@lru_cache(maxsize=None)
def roles(taught: bool = False) -> dict[str, Concept]:
    """Roles of parties; `labels` head their blocks. taught: with what further.txt has, for pages to train on."""
    if taught:
        return _taught(roles())
    return {key: Concept(key, generator, _split(names), (), frozenset(unless.replace('-', ' ').split()), {lang: _split(t) for lang, t in langs.items()})
            for key, (generator, names, unless, *_), langs, _notes in _blocks('roles.txt')}


@lru_cache(maxsize=None)
def attributes(taught: bool = False) -> dict[str, Concept]:
    if taught:
        return _taught(attributes())
    return {key: Concept(key, generator, _split(names), _split(plain), frozenset(), {lang: _split(t) for lang, t in langs.items()})
            for key, (generator, names, plain, *_), langs, _notes in _blocks('attributes.txt')}


@lru_cache(maxsize=None)
def wild() -> dict[str, Concept]:
    """What the files of wild/ name, by `~` and the first of its labels; every English label is a name as well.

    A block is an English line, `labels = generator`, `labels :: options` or, for yes or no, `labels ::`, and one for each other language, which
    has labels, the options in the same order, or `| values` to pick from. A + in front: too general for anything but the column of a table.
    """
    table, first = {}, ''
    for path in sorted((HOME / 'wild').glob('*.txt')):
        for line in lines(f'wild/{path.name}'):
            lang = line[:2] if re.match(r'[a-z]{2} ', line) else 'en'
            said, parted, options = (line if lang == 'en' else line[3:]).partition(' ::')
            if lang == 'en':
                said, _, generator = said.partition(' = ')
                labels = _split(said.removeprefix('+ '))
                first = '~' + labels[0]
                generator = generator or ('enum' if options.strip() else 'bool')
                table[first] = Concept(first, generator, tuple(dict.fromkeys(t.lower().rstrip('.') for t in labels)), general=line[0] == '+')
            said, _, picks = said.removeprefix('+ ').partition(' | ')
            item = table[first]
            item.labels[lang] = _split(said)
            if options.strip():
                item.options[lang] = _split(options)
            if picks:
                item.picks[lang] = f'pick {picks.strip()}'
    return table


def lines(name: str) -> list[str]:
    """Of a file of the catalogue, but for what is empty or a comment."""
    return [line for line in (HOME / name).read_text(encoding='utf-8').splitlines() if line.strip() and line[0] != '#']


@lru_cache(maxsize=None)
def concept(key: str, taught: bool = False) -> Concept:
    """The concept of a key, `role.attribute`, those of wild() and open keys (`=Name of vessel`: nothing but a printed key) included.
    taught: with the names and labels of further.txt. KeyError for an unknown one."""
    if key[0] == '~':
        return wild()[key]
    if key[0] == '=':
        label = key[1:]
        return Concept(key, 'phrase', (label.strip(' .:_') or label,), labels={'en': (label,)}, open=True)
    if '.' not in key:
        return _concepts(taught)[key]
    role_key, attribute_key = key.split('.')
    role, attribute = roles(taught)[role_key], attributes(taught)[attribute_key]
    generator = role.generator if attribute.generator == '@' else attribute.generator
    plain = [r for r in role.names if 'name' not in r]
    names = tuple(dict.fromkeys(form.replace('{r}', r) for i, form in enumerate(attribute.names) for r in (role.names if form == '{r}' else plain if i == 0 else plain[:3])))
    unless = frozenset(f'{other}.{attribute_key}' for other in role.unless)
    labels = {lang: attribute.labels.get(lang) or attribute.labels.get('en', ()) for lang in role.labels}
    if attribute_key == 'name':
        person = role.generator in ('person', 'doctor')
        labels = {lang: role.labels[lang] + (attribute.labels.get(lang, ()) if person else ()) for lang in role.labels}
    if attribute_key == 'address' and role.generator in ('company', 'shop', 'bank'):
        labels = {lang: tuple(t for t in texts if t not in PRIVATE) for lang, texts in labels.items()}
    what = attribute.names[0].replace('{r} ', '').replace('{r}', 'name')
    return Concept(key, generator, names, attribute.plain, unless, labels, descriptions=(f'The {what} of the {role.names[0]}',))


@lru_cache(maxsize=None)
def local_names(key: str, lang: str, taught: bool = False) -> tuple[str, ...]:
    """Names for a concept in a language other than English: its labels, and role with attribute for parties."""
    item = concept(key, taught)
    if key[0] in '~=' or '.' not in key:
        return tuple(dict.fromkeys(re.sub(r'[:#]+$', '', label).strip() for label in item.labels.get(lang, ()) if len(label) > 3 and not re.search(r'[\d%]', label)))
    role_key, attribute_key = key.split('.')
    role = tuple(re.sub(r':$', '', r) for r in roles(taught)[role_key].labels.get(lang, ())[:2])
    if attribute_key == 'name':
        return role
    role = role[:1]
    tail = attributes(taught)[attribute_key].labels.get(lang, ())[:2]
    lead_attribute = lang in ('fr', 'es', 'it', 'pt', 'id', 'pl', 'ro')
    return tuple(f'{t} {r}' if lead_attribute else f'{r} {t}' for r in role for t in tail)


def all_keys() -> list[str]:
    """Every plain concept's key (role.attribute ones are made on demand)."""
    return list(_concepts())
