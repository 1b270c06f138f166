"""The teacher's encoder: how far apart tokens are, and that the network of the student does not know of it."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

import torch  # noqa: E402

from model import FAR, MaskFiller, Shape, distances, load_checkpoint  # noqa: E402

SMALL = {"hidden": 32, "layers": 2, "heads": 4, "inner": 64, "dropout": 0.0}


def inputs(n: int = 12) -> tuple[torch.Tensor, ...]:
    ids = torch.arange(1000, 1000 + n)[None].repeat(2, 1)
    seen = torch.ones_like(ids)
    seen[1, n // 2 :] = 0
    return ids, seen, torch.zeros_like(ids), torch.zeros_like(ids), torch.zeros(2, n, 6, dtype=torch.long), torch.tensor([[1, 2], [1, 2]])


def test_near_distances_have_a_bucket_each_and_the_sides_their_own():
    d = distances(400, 32)
    assert d[0, :8].tolist() == [0, 17, 18, 19, 20, 21, 22, 23] and d[:8, 0].tolist() == list(range(8))
    assert d[0, FAR:].unique().tolist() == [31] and d[FAR:, 0].unique().tolist() == [15]
    assert (d[0].diff() >= 0).all() and (d[:, 0].diff() >= 0).all()


@pytest.mark.parametrize("buckets", [0, 32])
def test_what_is_not_there_is_not_seen(buckets: int):
    torch.manual_seed(1)
    model = MaskFiller(Shape(**SMALL, distances=buckets)).eval()
    ids, *rest = inputs()
    changed = ids.clone()
    changed[1, 8:] += 5
    before, after = model(ids, *rest)[0], model(changed, *rest)[0]
    assert torch.equal(before[1, :, :6], after[1, :, :6])
    assert torch.isfinite(before).all()


def test_distances_count():
    torch.manual_seed(1)
    model = MaskFiller(Shape(**SMALL, distances=32)).eval()
    before = model(*inputs())[0]
    with torch.no_grad():
        model.distance.weight.add_(torch.randn_like(model.distance.weight))
    assert not torch.allclose(before, model(*inputs())[0])


def test_a_checkpoint_from_before_there_were_distances_is_read(tmp_path: Path):
    model = MaskFiller(Shape(**SMALL)).eval()
    torch.save({"model": model.state_dict(), "shape": SMALL}, tmp_path / "old.pt")
    assert torch.equal(load_checkpoint(str(tmp_path / "old.pt"))(*inputs())[0], model(*inputs())[0])
