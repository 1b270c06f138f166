"""The mask protocol in Python, and that an example's targets spell the values they stand for."""

import random
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from augment import edited, other_digits
from decode import STRETCH_COST, best_run
from documents import Ask, Finder, TrainingDocument, letters_digits
from examples import ABSENT, batch, example, unlabelled
from protocol import CLS, MASK, SEP, TEMPLATE_TOKENS, TemplateField, raster_order, template, tokenizer, windows

WORDS = "ACME STORES 12 Main Street Springfield Date: 03/04/2019 TOTAL:RM12.50 Cash 20.00".split()


def document(asks: list[Ask]) -> TrainingDocument:
    boxes = np.array([[10 + 60 * (i % 4), 20 * (i // 4), 60 + 60 * (i % 4), 15 + 20 * (i // 4)] for i in range(len(WORDS))], float)
    return TrainingDocument("d", "naf", WORDS, boxes, np.zeros(len(WORDS), int), np.array([[300.0, 200.0]]), asks, ["iban"])


def test_rows_go_down_and_words_go_right():
    boxes = np.array([[50, 11, 60, 20], [0, 10, 10, 20], [0, 40, 10, 50], [20, 38, 30, 49]], float)
    assert raster_order(boxes) == [[1, 0], [2, 3]]


def test_windows_cover_every_token_and_overlap():
    for n in (1, 320, 321, 560, 561, 2000):
        w = windows(n)
        assert w[0][0] == 0 and w[-1][1] == n
        assert all(b[0] == a[0] + 240 and b[0] < a[1] for a, b in zip(w, w[1:], strict=False))


def test_template_has_masks_and_whole_options():
    t = template([TemplateField("total"), TemplateField("paid by", options=["cash", "credit card"])])
    assert t.ids[0] == CLS and t.ids[-1] == SEP and len(t.ids) == len(t.slot)
    assert all(t.ids[p] == MASK for f in t.masks for p in f)
    assert [tokenizer().decode(t.ids[s : e + 1]) for s, e in t.options[1]] == ["cash", "credit card"]


@pytest.mark.parametrize(("value", "text"), [("RM12.50", "RM12.50"), ("12 MAIN STREET", "12 Main Street"), ("03/04/2019", "03/04/2019")])
def test_finder_spells_the_value(value: str, text: str):
    (w0, c0, w1, c1), *_ = Finder(WORDS).runs(value)
    found = WORDS[w0][c0:c1] if w0 == w1 else " ".join([WORDS[w0][c0:], *WORDS[w0 + 1 : w1], WORDS[w1][:c1]])
    assert found == text


def test_finder_does_not_cut_numbers():
    assert Finder(["112.50"]).runs("12.50") == []


def test_targets_point_at_the_value_or_at_nothing():
    finder = Finder(WORDS)
    asks = [Ask([n], values=[[[r] for r in finder.runs(v)]]) for n, v in (("shop", "ACME STORES"), ("total", "12.50"))]
    seen = {"value": 0, "absent": 0}
    for seed in range(60):
        e = example(document(asks), random.Random(seed))
        assert e is not None and len(e.sequence.ids) <= 512 and e.sequence.page_start <= TEMPLATE_TOKENS
        for target in e.targets[::2]:
            for s, f in target.right:
                if (s, f) == ABSENT:
                    seen["absent"] += 1
                    continue
                seen["value"] += 1
                text = letters_digits(tokenizer().decode(e.sequence.ids[s : f + 1].tolist()))
                assert len(text) in (4, 10), text
        b = batch([e])
        spans = b["right"][b["right"][..., 0] >= 0]
        assert (spans[:, 0] <= spans[:, 1]).all()
    assert min(seen.values()) > 10


def test_a_mask_knows_where_the_page_names_its_field_once():
    value = [[Finder(WORDS).runs("03/04/2019")]]
    asks = [Ask(["day"], values=value, label="Date"), Ask(["when"], values=value, label="Springfield Street"), Ask(["fax"])]
    known = set()
    for seed in range(30):
        e = example(replace(document(asks), dataset="synthetic"), random.Random(seed))
        if "springfield" not in tokenizer().decode(e.sequence.ids.tolist()):
            continue  # told in other words
        spans = batch([e])["label"][0]
        known |= {tokenizer().decode(e.sequence.ids[s : f + 1].tolist()) for s, f in spans.tolist() if s >= 0}
    assert known == {"date"}
    twice = replace(document(asks[:1]), dataset="synthetic", words=[*WORDS[:-1], "Date"])
    assert all((batch([example(twice, random.Random(seed))])["label"] == -1).all() for seed in range(5))


def test_taking_a_value_out_moves_the_rest():
    page = edited(["Total:12.50", "Cash"], np.array([[0, 0, 110, 10], [120, 0, 160, 10]], float), np.zeros(2, int), [(0, 6, 0, 11)], False)
    assert page.words == ["Total:", "Cash"]
    assert page.moved((0, 6, 0, 11)) is None
    assert page.moved((1, 0, 1, 4)) == (1, 0, 1, 4)


def test_other_digits_keep_lengths_and_are_the_same_for_the_same():
    out = other_digits(["31/12/2018", "1,234.50", "1,234.50", "abc"], random.Random(3))
    assert [len(w) for w in out] == [10, 8, 8, 3]
    assert out[1] == out[2] and out[3] == "abc"


def test_best_run_equals_brute_force():
    rng = np.random.default_rng(1)
    for _ in range(50):
        n = int(rng.integers(1, 16))
        s, e, page, stretch = rng.normal(size=n), rng.normal(size=n), np.sort(rng.integers(0, 2, n)), np.sort(rng.integers(0, 4, n))
        pairs = [(i, j) for i in range(n) for j in range(i, n) if page[i] == page[j]]
        first, last = max(pairs, key=lambda p: s[p[0]] + e[p[1]] - STRETCH_COST * (stretch[p[1]] - stretch[p[0]]))
        assert best_run(s, e, page, stretch, []) == (first, last, pytest.approx(s[first] + e[last]))


def test_of_an_unlabelled_page_only_teachers_count():
    names = ["store name", "total amount", "due date", "cashier"]
    made = [unlabelled(document([Ask(["total"], values=[[[(7, 0, 7, 3)]]])]), names, random.Random(seed)) for seed in range(20)]
    some = [e for e in made if e]
    assert some
    t = batch(some)
    assert t["weight"].sum() == 0 and t["taught"].sum() > 0
    assert t["taught"].shape == t["weight"].shape


def test_elsewhere_teachers_count_as_much_as_what_is_right():
    e = example(document([Ask(["total"], values=[[[(7, 0, 7, 3)]]])]), random.Random(2))
    t = batch([e])
    assert t["weight"].sum() > 0 and (t["taught"] == t["weight"]).all()
