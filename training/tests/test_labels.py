"""The pointer to labels: it is at ease where a mask is like the label's tokens, and says nothing where no label is known."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import torch  # noqa: E402

from labels import BEFORE_LAST, LabelPointer  # noqa: E402


def case(label: tuple[int, int]) -> tuple[list[torch.Tensor], dict[str, torch.Tensor]]:
    """A mask at 1 whose state, in the layer that counts, is that of tokens 4 and 5; the page begins at 3."""
    counts = torch.eye(8)[None] * 8
    counts[0, 1] = counts[0, 4] + counts[0, 5]
    states = [torch.zeros(1, 8, 8), counts, *[torch.zeros(1, 8, 8)] * BEFORE_LAST]
    t = {"mask_positions": torch.tensor([[1]]), "segment": torch.tensor([[0, 0, 0, 1, 1, 1, 1, 1]]), "label": torch.tensor([[label]])}
    return states, t


def pointer() -> LabelPointer:
    p = LabelPointer(8)
    with torch.no_grad():
        for linear in (p.query, p.key):
            linear.weight.copy_(torch.eye(8))
            linear.bias.zero_()
    return p


def test_the_less_falls_on_the_label_the_greater_the_loss():
    assert pointer().loss(*case((4, 5))) < 0.01
    assert pointer().loss(*case((3, 3))) > 5
    assert pointer().loss(*case((3, 4))) < 1


def test_no_known_label_costs_nothing():
    assert pointer().loss(*case((-1, -1))) == 0
