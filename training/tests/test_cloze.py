"""A cloze page keeps every word that it does not ask for, and asks for what it took out."""

import random

from cloze import GAP, cloze
from documents import from_synthetic, letters_digits
from examples import batch, example
from synthetic import generate


def pages():
    for seed in range(30):
        d = from_synthetic(generate(seed))
        c = cloze(d, random.Random(seed))
        if c is not None:
            yield seed, d, c


def test_gaps_and_texts_make_the_page_again():
    count = 0
    for _, d, c in pages():
        count += 1
        texts = {a.values[0][0][0][0]: a.names[0] for a in c.asks if a.values}
        assert all(c.words[w] == GAP for w in texts)
        again = " ".join(texts.get(w, word) for w, word in enumerate(c.words))
        assert again == " ".join(d.words)
        assert len(c.words) == len(c.boxes) == len(c.pages)
    assert count > 20


def test_what_stays_is_on_the_page_and_what_went_is_not():
    for _, _, c in pages():
        text = letters_digits(" ".join(c.words))
        for a in c.asks:
            if not a.values:
                assert letters_digits(a.names[0]) in text


def test_masks_point_at_gaps():
    pointed = 0
    for seed, _, c in pages():
        e = example(c, random.Random(seed))
        if e is None:
            continue
        gap = 1035
        for target in e.targets:
            for first, last in target.right:
                if first > 0:
                    assert (e.sequence.ids[first : last + 1] == gap).all()
                    pointed += 1
        batch([e])
    assert pointed > 100
