"""Pages of nothing but labels, asked in other words and other languages: where what is printed is what a schema calls so and so.

A page with values teaches a few of the catalogue's labels at the price of a whole page; here a field takes some ten tokens. Only
pointing at labels (labels.py) is learnt from them: whether a value stands there nobody asks.
"""

import random
from functools import lru_cache

import numpy as np

from examples import ABSENT, Example, Target, word_starts
from protocol import SCALAR_MASKS, WINDOW_TOKENS, TemplateField, fits, label_ids, page_tokens, sequence, template
from synthetic.abbreviations import shortened
from synthetic.concepts import all_keys, concept, local_names, roles, wild
from synthetic.naming import LANGS, norm, respelt
from synthetic.page import SHORTENED
from synthetic.wild import SORTS_ALIKE, is_of, kept_back

LABELS = (8, 36)  # of a page
ALIKE = 0.5  # share of pages whose fields are all of one sort
OPTIONS = 0.2  # share of pages of options of choices
LANGUAGES = ((0.65, "other", "en"), (0.12, "en", "other"), (0.08, "other", "another"), (0.15, "en", "en"))  # of the page and of the names
WIDTH, HEIGHT = 1000.0, 1400.0

Entry = tuple[str, str]  # what is printed, and how it is asked


@lru_cache(maxsize=None)
def keys() -> tuple[str, ...]:
    """Of all fields and of parties' names but those that only held-out classes have."""
    own = (k for k in all_keys() if k not in kept_back()[0])
    parties = (f"{r}.name" for r in roles() if r not in kept_back()[1])
    return (*own, *wild(), *parties)


@lru_cache(maxsize=None)
def _names(key: str, lang: str) -> tuple[str, ...]:
    return concept(key, True).names if lang == "en" else local_names(key, lang, True)


def _fields(rng: random.Random, page: str, asked: str, count: int) -> list[Entry]:
    """Of different things: none shares a name or a label with another."""
    alike = rng.choice(SORTS_ALIKE) if rng.random() < ALIKE else None
    free = [k for k in keys() if is_of(k, alike) and concept(k, True).labels.get(page) and _names(k, asked)]
    out, taken = [], set()
    for key in rng.sample(free, min(len(free), 2 * count)):
        item = concept(key, True)
        said = {norm(t) for t in (*item.names, *item.labels[page], *_names(key, asked))}
        if len(out) == count or said & taken:
            continue
        taken |= said
        name = rng.choice(_names(key, asked))
        printed = rng.choice(item.labels[page])
        out.append((shortened(printed, page, rng) if rng.random() < SHORTENED else printed, respelt(name, rng) if asked == "en" and rng.random() < 0.3 else name))
    return out


def _options(rng: random.Random, page: str, asked: str, count: int) -> list[Entry]:
    """Options of some choices."""
    free = [k for k in keys() if {page, asked} <= concept(k).options.keys()]
    out, taken = [], set()
    for key in rng.sample(free, min(len(free), count)):
        for printed, name in zip(concept(key).options[page], concept(key).options[asked], strict=True):
            said = {norm(printed), norm(name)}
            if len(out) < count and not said & taken:
                taken |= said
                out.append((printed, name))
    return out


def _in_a_window(entries: list[Entry]) -> list[Entry]:
    room, out = WINDOW_TOKENS, []
    for printed, name in entries:
        room -= len(label_ids(printed)) + 1
        if room >= 0:
            out.append((printed, name))
    return out


def glossary(rng: random.Random, scalar_masks: int = SCALAR_MASKS) -> Example:
    """A page of labels in rows and columns; each mask's value is of no weight, and its label is where it stands."""
    _, page, asked = rng.choices(LANGUAGES, [w for w, *_ in LANGUAGES])[0]
    one, another = rng.sample(LANGS, 2)
    page, asked = (one if x == "other" else another if x == "another" else x for x in (page, asked))
    entries = _in_a_window((_options if rng.random() < OPTIONS else _fields)(rng, page, asked, rng.randint(*LABELS)))
    case = rng.choice([str, str, str, str.upper])
    end = rng.choice(["", ":", ":", " :", "."])
    words, boxes, places = [], [], []
    columns, height = rng.choice([1, 2, 2, 3, 4]), rng.uniform(9, 16)
    for i, (printed, _) in enumerate(entries):
        x, y = 60 + (i % columns) * (WIDTH - 80) / columns, 60 + (i // columns) * height * 2
        own = (case(printed) + end).split()
        places.append((len(words), len(words) + len(own)))
        for w in own:
            words.append(w)
            boxes.append((x, y, x + 0.5 * height * len(w), y + height))
            x = boxes[-1][2] + 0.4 * height
    fields = [TemplateField(name.replace("_", " "), scalar_masks) for _, name in entries]
    chosen: list[int] = []
    for i in rng.sample(range(len(entries)), len(entries)):
        if fits([fields[j] for j in (*chosen, i)]):
            chosen.append(i)
    t = template([fields[i] for i in chosen])
    at = np.array(boxes)
    tokens = page_tokens(words, at, np.zeros(len(words), np.int64), np.array([[WIDTH, max(HEIGHT, at[:, 3].max() + 40)]]))
    starts = word_starts(tokens, len(words)) + len(t.ids)
    spans = [(int(starts[a]), int(starts[b]) - 1) for a, b in places]
    targets = [Target([ABSENT], 0.0, label=spans[i] if m == 0 else None) for i in chosen for m in range(scalar_masks)]
    return Example(sequence(t, tokens, 0, len(tokens)), targets)
