import random

import torch
from examples import batch
from glossary import glossary, keys
from labels import LabelPointer
from model import MaskFiller, Shape
from protocol import CLS, MASK, SEP, SEQUENCE_TOKENS, tokenizer
from synthetic.naming import norm
from synthetic.wild import kept_back
from train import loss_of

EXAMPLES = [glossary(random.Random(i)) for i in range(120)]


def asked(e):
    """(name, what its mask points at) of every field."""
    ids = e.sequence.ids.tolist()
    for at, target in zip(e.sequence.masks.tolist(), e.targets, strict=True):
        if target.label is None:
            continue
        start = at
        while ids[start - 1] not in (CLS, MASK, SEP):
            start -= 1
        yield tokenizer().decode(ids[start:at]), tokenizer().decode(ids[target.label[0] : target.label[1] + 1])


def test_every_field_has_a_label_of_its_own_on_the_page():
    for e in EXAMPLES:
        spans = [t.label for t in e.targets if t.label]
        assert len(spans) == len(set(spans)) == len(e.targets) / 2 >= 2
        assert all(e.sequence.page_start <= a <= b < len(e.sequence) <= SEQUENCE_TOKENS for a, b in spans)


def test_names_and_labels_are_said_apart():
    pairs = [(norm(name), norm(label)) for e in EXAMPLES for name, label in asked(e)]
    assert len(pairs) > 1500
    assert sum(name != label for name, label in pairs) > 0.8 * len(pairs)


def test_nothing_of_held_out_classes_is_told():
    assert len(keys()) > 2500 and not set(keys()) & kept_back()[0]
    assert not {k.partition(".")[0] for k in keys() if "." in k} & kept_back()[1]


def test_only_labels_are_learnt_from_it():
    torch.manual_seed(0)
    shape = Shape(hidden=48, layers=3, heads=4, inner=96, dropout=0)
    model, pointer = MaskFiller(shape), LabelPointer(shape.hidden)
    t = {k: torch.from_numpy(v) for k, v in batch(EXAMPLES[:4]).items()}
    states = model.encoded(*(t[k] for k in ("input_ids", "attention_mask", "segment", "slot", "layout")))
    assert loss_of(*model.pointed(states[-1], t["mask_positions"]), t) == 0
    assert pointer.loss(states, t) > 1
