"""What training makes of a checkpoint."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import pytest  # noqa: E402
import torch  # noqa: E402

from mean import mean_of  # noqa: E402
from train import inherited, main, taught  # noqa: E402


def checkpoint(layers: int) -> dict[str, torch.Tensor]:
    return {"word.weight": torch.zeros(1), **{f"layers.{i}.up.bias": torch.tensor(float(i)) for i in range(layers)}}


def test_as_many_layers_are_the_same():
    assert inherited(checkpoint(6), 6) == checkpoint(6)


def test_fewer_layers_lie_evenly_and_are_numbered_anew():
    assert [int(inherited(checkpoint(6), 3)[f"layers.{i}.up.bias"]) for i in range(3)] == [0, 2, 5]
    assert [int(inherited(checkpoint(6), 4)[f"layers.{i}.up.bias"]) for i in range(4)] == [0, 2, 3, 5]
    assert set(inherited(checkpoint(6), 1)) == {"word.weight", "layers.0.up.bias"}


def test_of_several_checkpoints_the_mean_is_taken():
    assert mean_of([{"a": torch.tensor([0.0, 2.0])}, {"a": torch.tensor([1.0, 4.0])}])["a"].tolist() == [0.5, 3.0]


def test_a_batch_of_which_teachers_say_nothing_teaches_nothing():
    start, end = torch.zeros(1, 2, 3), torch.zeros(1, 2, 3)
    t = {"legal": torch.ones(1, 2, 3, dtype=torch.bool), "taught": torch.zeros(1, 2)}
    assert taught(start, end, t, (torch.full((1, 2, 3), 1 / 3),) * 2) == 0


def test_pages_of_labels_want_labels_to_be_learnt(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["train.py", "--run", "none", "--glossary", "0.4", "--labels", "0"])
    with pytest.raises(SystemExit, match="wants --labels"):
        main()
