"""Rounded weights: nearer in what comes out than each weight's own nearest step, and the same again from the exported graph."""

import numpy as np
import torch

from graph import Graph
from model import TURN, Linear, MaskFiller, Shape, round_channels, round_rows, turn
from rounding import rounded
from unpack import weights


def pairs_of(rows: torch.Tensor) -> torch.Tensor:
    return turn(rows).T @ turn(rows)


def test_outputs_are_nearer_than_with_each_weight_rounded_alone():
    torch.manual_seed(0)
    rows = torch.randn(400, 8) @ torch.randn(8, 128) + 0.3 * torch.randn(400, 128)
    w = torch.randn(16, 128)
    r = rounded(w, pairs_of(rows))
    near = torch.from_numpy(r.whole * r.steps[:, None])
    error = lambda given: (turn(rows) @ given.T - rows @ w.T).square().mean()  # noqa: E731
    assert error(near) < 0.5 * error(round_channels(turn(w) / TURN))


def test_a_channel_that_goes_high_takes_fewer_steps_from_the_others():
    torch.manual_seed(0)
    rows = torch.randn(50, 128)
    rows[:, 3] *= 100
    error = lambda a, b: (a - b).square().mean()  # noqa: E731
    assert error(turn(round_rows(turn(rows))) / TURN, rows) < 0.2 * error(round_rows(rows), rows)


def test_a_release_turns_back_into_the_weights_that_it_rounded():
    torch.manual_seed(0)
    model = MaskFiller(Shape(hidden=128, layers=2, heads=4, inner=256))
    products = {n: m for n, m in model.named_modules() if isinstance(m, Linear)}
    _, arrays = Graph(model, {n: rounded(m.weight.detach(), pairs_of(torch.randn(500, m.in_features))) for n, m in products.items()}).build()
    back = weights(arrays)
    for name, value in model.state_dict().items():
        assert np.abs(back[name] - value.numpy()).max() <= 0.03 * np.abs(value.numpy()).max() + 1e-6, name
