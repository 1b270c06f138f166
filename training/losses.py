"""How sure checkpoints are on synthetic pages of the held-out classes: `python losses.py --checkpoint FILE`; several are an ensemble.

The mean loss of masks that have a value on the page, and of first masks that have none, over examples that are the same every time and from other pages than
those that are reported: steadier than scores, to choose between checkpoints.
"""

import argparse
import random
from collections import defaultdict

import torch
from torch import Tensor

from documents import from_synthetic
from examples import PAST_LAST_WEIGHT, Example, batch, example
from model import load_checkpoint
from score import NAMES
from synthetic import generate
from train import lesson, loss_of

PAGES = range(5_000_000, 5_000_240)
BATCH = 8
LEAST = 1e-12  # chance


def examples() -> list[Example]:
    """Of like length one after the other."""
    made = (example(from_synthetic(generate(seed, "heldout")), random.Random(i)) for i, seed in enumerate(PAGES))
    return sorted((e for e in made if e), key=lambda e: len(e.sequence))


def sorts(t: dict[str, Tensor]) -> dict[str, Tensor]:
    """Masks [B, M] that are looked at; those of options, and what follows the last value, are not."""
    on_page = (t["legal"] & (t["segment"] == 1)[:, None]).any(-1)
    first = t["slot"].gather(1, t["mask_positions"]) == 1
    absent = t["right"][..., 0, 0] == 0
    counts = on_page & (t["weight"] > PAST_LAST_WEIGHT)
    return {"value": counts & ~absent, "none": counts & absent & first}


@torch.no_grad()
def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--checkpoint", action="append", required=True, help="several are an ensemble")
    p.add_argument("--threads", type=int, default=2)
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    models = [load_checkpoint(file) for file in a.checkpoint]
    total, count = defaultdict(float), defaultdict(int)
    made = examples()
    for i in range(0, len(made), BATCH):
        t = {k: torch.from_numpy(v) for k, v in batch(made[i : i + BATCH]).items()}
        start, end = (chances.clamp_min(LEAST).log() for chances in lesson(models, [t[k] for k in NAMES], t))
        for name, chosen in sorts(t).items():
            if chosen.any():
                total[name] += float(loss_of(start, end, {**t, "weight": chosen.float()})) * int(chosen.sum())
                count[name] += int(chosen.sum())
    print("  ".join(f"{name} {total[name] / n:.3f} ({n})" for name, n in count.items()))


if __name__ == "__main__":
    main()
