"""Rounds the weights of a mask filler to int8 by what its products are given on pages of the training sets.

One input after another, and what each loses in being rounded the later ones make up for (GPTQ): a quarter of the error of rounding each
weight by itself. Products are those of turned rows, as the kernel makes them.
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from documents import OPEN, load
from model import TURN, Linear, MaskFiller, turn
from score import answers, schema

PAGES = {"naf.train": 30, "sroie.train": 16, "deepform.train": 8, "vrdu_registration_weak.train": 6}
DAMP = 0.01


@dataclass(frozen=True)
class Rounded:
    """whole * steps is the turned weight [O, I], near enough."""

    whole: np.ndarray
    steps: np.ndarray


def round_products(model: MaskFiller) -> dict[str, Rounded]:
    """The weights of all products of a model, by the product's name."""
    pairs = observe(model.eval())
    return {n: rounded(m.weight.detach(), pairs[n]) for n, m in model.named_modules() if n in pairs}


def observe(model: MaskFiller) -> dict[str, Tensor]:
    """Of the rows that each product is given on pages of the training sets, turned, the sums of all pairs' products."""
    products = {n: m for n, m in model.named_modules() if isinstance(m, Linear)}
    pairs = {n: torch.zeros(m.in_features, m.in_features) for n, m in products.items()}

    def add(name: str, x: Tensor) -> None:
        rows = turn(x.flatten(0, -2))
        pairs[name] += rows.T @ rows

    hooks = [m.register_forward_pre_hook(lambda _, x, n=n: add(n, x[0])) for n, m in products.items()]
    for name, count in PAGES.items():
        docs = load(name)
        fixed = [] if name.startswith(OPEN) else schema(docs, name)
        for d in docs[:: len(docs) // count]:
            answers(model, d, fixed or [(k, isinstance(v, list)) for k, v in d["fields"].items()])
    for h in hooks:
        h.remove()
    return pairs


def rounded(weight: Tensor, pairs: Tensor) -> Rounded:
    """weight [O, I]; pairs [I, I] of turned rows."""
    w = turn(weight) / TURN
    steps = w.abs().amax(1).clamp(min=1e-8) / 127
    return Rounded(_one_by_one(w / steps[:, None], pairs).numpy().astype(np.int8), steps.numpy())


def _one_by_one(w: Tensor, pairs: Tensor) -> Tensor:
    """w [O, I] to whole numbers, the input that is heard most first."""
    order = pairs.diagonal().argsort(descending=True)
    pairs = pairs[order][:, order].double()
    pairs.diagonal().add_(DAMP * pairs.diagonal().mean())
    inverse = torch.linalg.cholesky(torch.cholesky_inverse(torch.linalg.cholesky(pairs)), upper=True).float()
    w = w[:, order]
    for i, row in enumerate(inverse):
        whole = w[:, i].round().clamp(-127, 127)
        w[:, i + 1 :] -= ((w[:, i] - whole) / row[i])[:, None] * row[i + 1 :]
        w[:, i] = whole
    return w[:, order.argsort()]
