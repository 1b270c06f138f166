"""Near misses name what a page does not have, and nothing that anything on it could answer to."""

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from contrasts import OPPOSITES, near_misses
from documents import Ask
from synthetic.abbreviations import RULES, shortened
from synthetic.concepts import all_keys, concept, wild

HERE = [[[(0, 0, 0, 4)]]]


def missed(*names: list[str], count: int = 3) -> set[str]:
    """All that come up in many draws, of a page that has fields of these names."""
    asks = [Ask(n, values=HERE) for n in names]
    return {m for seed in range(200) for m in near_misses(asks, count, random.Random(seed))}


def test_the_opposite_of_a_field_that_is_alone():
    assert "end time" in missed(["start time"])


def test_no_opposite_where_another_field_is_on_that_side():
    assert "end time" not in missed(["start time"], ["valid until"])
    assert "buyer name" not in missed(["seller name"], ["invoice number", "number given by the buyer"])


def test_another_thing_of_the_same():
    assert {"policy date", "policy type"} <= missed(["policy number"])


def test_nothing_that_a_bare_field_could_mean():
    assert "policy date" not in missed(["policy number"], ["date"])
    assert "policy date" not in missed(["policy number"], ["date of the policy"])
    assert "policy date" not in missed(["policy number", "number and date of policy"])
    assert "policy date" in missed(["policy number"], ["signature date"])


def test_no_near_miss_of_what_is_absent_printed_or_a_column():
    asks = [Ask(["start time"]), Ask(["start date"], values=HERE, printed=True), Ask(["first day"], kind="column", group="days", values=HERE)]
    assert not any(near_misses(asks, 3, random.Random(seed)) for seed in range(50))


def test_as_many_as_asked_for_at_most():
    asks = [Ask([f"{x} number"], values=HERE) for x in ("policy", "claim", "badge", "locker")]
    assert {len(near_misses(asks, 0, random.Random(seed))) for seed in range(30)} == {0}
    assert max(len(near_misses(asks, 2, random.Random(seed))) for seed in range(30)) == 2


def test_labels_are_shortened_as_their_language_does():
    said = {shortened("Rechnungsnummer", "de", random.Random(seed)) for seed in range(100)}
    assert {"Rechnungs-Nr.", "Rechnungsnr."} <= said
    assert all(t.startswith("Rechnung") for t in said)
    assert shortened("Kunde", "de", random.Random(1)) == "Kunde" and shortened("Rechnungsnummer", "xx", random.Random(1)) == "Rechnungsnummer"


def test_every_label_of_the_catalogue_stays_a_label():
    rng, changed = random.Random(1), 0
    for lang in RULES:
        for key in (*all_keys(), *wild()):
            for label in concept(key).labels.get(lang, ()):
                short = shortened(label, lang, rng)
                if short == label:
                    continue
                changed += 1
                assert any(c.isalnum() or c == "#" for c in short) and "\\" not in short, (lang, label, short)
    assert changed > 1000


def test_opposites_come_in_pairs():
    assert all(len(pair) == 2 and all(pair) for line in OPPOSITES for pair in line)
    assert "opening balance" in missed(["closing balance"]) and "closing balance" in missed(["opening balance"])
