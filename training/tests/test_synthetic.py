"""The generator keeps its promises: places are exact, pages are well formed, absence is certain, nothing depends on chance."""

import os
import random
import re
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import pytest  # noqa: E402

from synthetic import generate, generate_with_truth  # noqa: E402
from synthetic.classes import kinds  # noqa: E402
from synthetic.concepts import HOME, all_keys, attributes, concept, further, lines, roles, wild  # noqa: E402
from synthetic.ink import Sheet  # noqa: E402
from synthetic.naming import LANGS, norm  # noqa: E402
from synthetic.page import Page  # noqa: E402
from synthetic.raster import raster_order  # noqa: E402
from synthetic.record import record  # noqa: E402
from synthetic.wild import kept_back  # noqa: E402

SEEDS = range(0, 600)
PAGES = [(generate_with_truth(s, split), split) for split in ("train", "heldout") for s in SEEDS]


def letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def run_text(words: list[dict], run: list) -> str:
    (first, start), (last, end) = run
    return "".join(w["text"][start if i == first else 0 : end if i == last else None] for i, w in enumerate(words[first : last + 1], first))


def distance(a: str, b: str) -> int:
    """Edits between two strings."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


def test_runs_spell_the_generated_values():
    exact = total = 0
    for (d, truth), _ in PAGES:
        for tag, runs in truth["runs"].items():
            if tag in truth["lost"]:
                continue
            page = letters("".join(run_text(d["words"], r) for r in runs))
            value = letters(truth["values"][tag])
            total += 1
            exact += page == value
            assert distance(page, value) <= 2 + len(value) // 5, (d["id"], page, value)
    assert exact / total > 0.9


def test_runs_are_of_the_page_and_do_not_overlap_within_an_ask():
    for (d, _), _ in PAGES:
        for a in d["asks"]:
            groups = [a["runs"], *a.get("alternatives", [])] if "runs" in a else [[r for cell in a["rows"] for r in cell]]
            for runs in groups:
                spots = []
                for (w0, c0), (w1, c1) in runs:
                    assert 0 <= w0 <= w1 < len(d["words"])
                    assert 0 <= c0 < len(d["words"][w0]["text"]) and 0 < c1 <= len(d["words"][w1]["text"])
                    assert (w0, c0) < (w1, c1)
                    spots.append(((w0, c0), (w1, c1)))
                spots.sort()
                assert all(a[1] <= b[0] for a, b in zip(spots, spots[1:])), d["id"]


def test_pages_are_well_formed():
    for (d, _), split in PAGES:
        assert d["split"] == split and 6 <= len(d["words"]) <= 500 and d["asks"]
        boxes = [w["box"] for w in d["words"]]
        for w, (x0, y0, x1, y1) in zip(d["words"], boxes):
            assert w["text"] and not any(c.isspace() for c in w["text"])
            assert 0 <= x0 < x1 <= d["page"]["width"] + 0.11 and 0 <= y0 < y1 <= d["page"]["height"] + 0.11
        order, lines = raster_order(boxes)
        assert order == list(range(len(boxes))), d["id"]
        assert lines == [w["line"] for w in d["words"]]


def test_raster_order_is_the_protocols():
    np = pytest.importorskip("numpy")
    protocol = pytest.importorskip("protocol")
    for (d, _), _ in PAGES[::20]:
        boxes = [w["box"] for w in d["words"]]
        assert sum(protocol.raster_order(np.array(boxes)), []) == list(range(len(boxes)))


def test_asks_are_complete():
    kinds_seen = set()
    for (d, _), _ in PAGES:
        for a in d["asks"]:
            kinds_seen.add((a["kind"], a["type"]))
            assert a["names"] and all(norm(n) for n in a["names"])
            assert (a["group"] is not None) == (a["kind"] == "column")
            if a["type"] == "enum":
                assert len(set(a["options"])) == len(a["options"]) >= 2
                assert a["answer"] is None or a["runs"]
                assert a["answer"] is None or 0 <= a["answer"] < len(a["options"])
            elif a["kind"] == "scalar":
                assert a["runs"]
            else:
                assert any(a["rows"])
        for group in {a["group"] for a in d["asks"] if a["group"]}:
            assert len({len(a["rows"]) for a in d["asks"] if a["group"] == group}) == 1, (d["id"], group)
    assert {k for k, _ in kinds_seen} == {"scalar", "list", "column"}
    assert {t for _, t in kinds_seen} >= {"string", "date", "number", "integer", "time", "email", "uri", "enum"}


def test_names_tell_the_asks_of_a_page_apart():
    for (d, _), _ in PAGES:
        seen: dict[tuple, int] = {}
        for i, a in enumerate(d["asks"]):
            if a["kind"] == "list":
                continue
            for n in {norm(n) for n in a["names"]}:
                assert seen.setdefault((a["group"], n), i) == i, (d["id"], n)


def test_absent_fields_are_not_on_the_page():
    count = 0
    for (d, _), _ in PAGES:
        here = [set(norm(n).split()) for a in d["asks"] for n in a["names"]]
        for a in d["absent"]:
            count += 1
            assert a["names"] and not a.get("rows") and not a.get("runs")
            for n in a["names"]:
                assert not any(set(norm(n).split()) <= h for h in here), (d["id"], n)
    assert count / len(PAGES) > 5


def test_absent_concepts_have_no_ink():
    """No tag of an absent concept was ever printed: absence is by construction, not by luck."""
    from synthetic.document import Printer, _choices, _open
    import random

    for seed in range(100):
        rng = random.Random(f"ink/{seed}")
        kind = rng.choice(_choices("train")[0])
        page, _, _ = _open(rng, kind, rng.choice(list(kind.titles)))
        Printer(page, kind).all()
        printed = {e.item.key for e in page.entries.values() if any(t is not None for t in e.tags)}
        inked = {t for w in page.sheet.words for _, _, t in w.marks}
        for e in page.entries.values():
            assert all(t in inked for t in e.tags if t is not None), (kind.key, e.item.key)
        assert inked == {t for e in page.entries.values() for t in e.tags if t is not None}
        assert printed


def test_generation_is_a_pure_function_of_the_seed():
    once = [generate(s, "train") for s in (3, 5, 8)]
    for s in range(40, 60):
        generate(s, "heldout")
    assert [generate(s, "train") for s in (3, 5, 8)] == once


def test_generation_is_the_same_in_every_process():
    code = ("import hashlib, json, synthetic; print(hashlib.sha1(json.dumps([synthetic.generate(s, p) "
            "for p in ('train', 'heldout') for s in range(80)]).encode()).hexdigest())")  # fmt: skip
    home = str(Path(__file__).parents[1])
    runs = [subprocess.run([sys.executable, "-c", code], cwd=home, env={**os.environ, "PYTHONHASHSEED": h}, capture_output=True, text=True, check=True)
            for h in ("1", "2")]  # fmt: skip
    assert runs[0].stdout == runs[1].stdout


def test_promised_variety():
    train = [k for k in kinds() if not k.held_out]
    held = [k for k in kinds() if k.held_out]
    assert len(train) >= 65 and len(held) >= 8
    assert len({lang for k in train for lang in k.titles}) >= 10
    assert not {k.key for k in train} & {k.key for k in held}
    for k in kinds():
        for key in k.usual:
            concept(key)
    assert {d["doctype"] for (d, _), split in PAGES if split == "heldout"} <= {k.key for k in held}


def test_every_class_can_be_printed_in_each_of_its_languages():
    import random

    from synthetic.document import Printer, _open

    for kind in kinds():
        for lang in kind.titles:
            page, _, _ = _open(random.Random(f"{kind.key}/{lang}"), kind, lang)
            Printer(page, kind).all()
            assert len(page.sheet.words) >= 6 and page.truth, (kind.key, lang)


def test_records_have_fields_and_absences():
    for (d, _), _ in PAGES[::7]:
        r = record(d)
        assert all(r["fields"].values()) and (r["fields"] or r["tables"])
        assert not set(r["absent"]) & {*r["fields"], *r["tables"], *r["choices"]}
        assert all(set(row) <= set(t["columns"]) for t in r["tables"].values() for row in t["rows"])
        assert all(c["answer"] is None or c["answer"] in c["options"] for c in r["choices"].values())


def test_pages_of_no_class_ask_for_nothing_that_is_held_out():
    keys = [concept(key) for key in kept_back()[0] if "." not in key]
    assert len(keys) > 15
    for lang in ("en", *LANGS):
        said = lambda item: {norm(n) for n in (*item.labels.get(lang, ()), *(item.names if lang == "en" else ()))}  # noqa: B023, E731
        held = set().union(*map(said, keys))
        for key, item in wild().items():
            assert not held & said(item), (lang, key)
        for key, (names, labels) in further().items():
            assert not held & {norm(n) for n in (*labels.get(lang, ()), *(names if lang == "en" else ()))}, (lang, key)


def test_further_labels_are_of_fields_that_are_known_and_only_printed_to_train_on():
    tables = (roles(), attributes(), {k: concept(k) for k in all_keys()})
    assert len(further()) == sum(not re.match(r"[a-z]{2} ", line) for line in lines("further.txt")) > 400  # each once
    for key, (_, labels) in further().items():
        known = [table[key] for table in tables if key in table]
        assert known, key
        for lang, texts in labels.items():
            assert not {norm(t) for t in texts} & {norm(t) for item in known for t in item.labels.get(lang, ())}, (lang, key)


def test_further_labels_are_printed_on_pages_to_train_on_alone():
    names, labels = further()["doc_ref"]
    assert set(names) <= set(concept("doc_ref", True).names) and not set(names) & set(concept("doc_ref").names)
    for held in (False, True):
        page = Page(random.Random(1), "de", Sheet(900, False, 0.5), 10, 1.2)
        page.held_out = held
        printed = {page.label("doc_ref", fresh=True).lower() for _ in range(200)}
        assert bool(printed & {t.lower() for t in labels["de"]}) != held


def test_pages_of_no_class_speak_every_language():
    langs = {"en", *LANGS}
    english = [line for path in HOME.glob("wild/*.txt") for line in lines(f"wild/{path.name}") if not re.match(r"[a-z]{2} ", line)]
    assert len(english) == len(wild()) > 2000  # no first label names two things
    for key, item in wild().items():
        assert langs == set(item.labels), key
        assert not item.options or all(len(item.options[lang]) == len(item.options["en"]) for lang in langs), key
    pages = [d for (d, _), split in PAGES if split == "train" and d["doctype"].startswith("wild")]
    assert len(pages) > 150 and any(a["kind"] == "column" for d in pages for a in d["asks"])


def test_like_columns_are_known_and_of_one_sort():
    pairs = [line.split(" | ") for line in lines("columns.pairs")]
    assert len(pairs) > 100 and all(concept(a).type == concept(b).type for a, b in pairs)


def test_some_tables_have_two_columns_of_which_a_row_has_one():
    tables = {}
    pages = [d for (d, _), split in PAGES if split == "train"] + list(map(generate, range(600, 1000)))  # two in five of no class have no table
    for d in pages:
        for a in d["asks"]:
            if d["doctype"].startswith("wild") and a["kind"] == "column":
                tables.setdefault((d["id"], a["group"]), []).append([bool(row) for row in a["rows"]])
    one = [t for t in tables.values() if any(len(a) > 2 and all(x != y for x, y in zip(a, b)) for a in t for b in t)]
    assert len(one) > 10


def test_open_keys_are_named_as_printed_and_lists_where_repeated():
    archive = [(d, a) for (d, _), _ in PAGES if d["doctype"].startswith("archive") for a in d["asks"]]
    assert len(archive) > 200 and sum(a["kind"] == "list" for _, a in archive) > 10
    near = 0
    for d, a in archive:
        text = letters("".join(w["text"] for w in d["words"]))
        near += letters(a["names"][0]) in text
    assert near / len(archive) > 0.6  # words between the lines of a key, and misread ones, break the others
