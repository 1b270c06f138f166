"""The mean of checkpoints, weight by weight: `python mean.py --out runs/NAME/checkpoint.pt FILE FILE ...`; a file named twice counts twice.

Of one trained further on other pages and the one before it, good at what either is; of several from one checkpoint by other seeds,
as good as all of them together (Wortsman et al. 2022, model soups).
"""

import argparse
from pathlib import Path

import torch
from torch import Tensor


def mean_of(models: list[dict[str, Tensor]]) -> dict[str, Tensor]:
    return {k: torch.stack([m[k] for m in models]).mean(0) for k in models[0]}


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--out", required=True)
    p.add_argument("files", nargs="+")
    a = p.parse_args()
    found = [torch.load(file, map_location="cpu", weights_only=True) for file in a.files]
    Path(a.out).parent.mkdir(parents=True, exist_ok=True)
    torch.save({"model": mean_of([f["model"] for f in found]), "shape": found[0]["shape"]}, a.out)


if __name__ == "__main__":
    main()
