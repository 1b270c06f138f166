"""Trains the mask filler on a mixture of sets: `python train.py --run NAME --minutes 60`.

Resumable: the same command goes on from runs/NAME/checkpoint.pt; --minutes (or --steps) counts over all its sessions, and the
learning rate falls linearly to zero at its end. SIGTERM saves and stops. CPU in bfloat16, or a GPU when there is one.
Beside the values it learns to point at their labels (labels.py). Mask pre-training is `--cloze 1` (cloze.py), distillation `--teacher FILE`; both start from, or go on to, an ordinary run by --init.
"""

import argparse
import itertools
import json
import random
import signal
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, IterableDataset

from base import BASES, load_base
from cloze import cloze
from documents import TrainingDocument, from_synthetic, labelled
from examples import Example, batch, example, unlabelled
from glossary import glossary
from labels import LabelPointer
from mean import mean_of
from model import MaskFiller, load_checkpoint
from protocol import SCALAR_MASKS
from synthetic.naming import any_names

RUNS = Path(__file__).parent / "runs"
WARM_UP_STEPS = 100
SAVE_EVERY_S = 180
TAUGHT = 0.5  # share of the loss that is the teachers'
MOST_UNLABELLED = 12  # names that a page is asked by which is not known to have them
PAUSE_S = 10  # a longer step was a stopped process, not work
MIX = "sroie:1.5,sroie_weak_fields:1.2,naf:3,deepform:1.5,vrdu_registration_weak:1.2,synthetic:11"


def loss_of(start: Tensor, end: Tensor, t: dict[str, Tensor]) -> Tensor:
    """Weighted mean over masks of the negative log of the summed probability of all right runs.

    Of the pair, not of starts and ends apart: else a value that stands twice teaches runs from one place to the other.
    """
    first, last = t["right"].unbind(-1)
    there = first >= 0
    log_start = torch.log_softmax(start.masked_fill(~t["legal"], -1e4), -1).gather(2, first.clamp(min=0))
    log_end = torch.log_softmax(end.masked_fill(~t["legal"], -1e4), -1).gather(2, last.clamp(min=0))
    log_run = torch.logsumexp((log_start + log_end).masked_fill(~there, -1e4), -1)
    return -(log_run * t["weight"]).sum() / (2 * t["weight"].sum().clamp(min=1))


def taught(start: Tensor, end: Tensor, t: dict[str, Tensor], chances: tuple[Tensor, Tensor]) -> Tensor:
    """Weighted mean over masks of the cross-entropy against the teachers' distributions of start and end [B, M, N]."""
    log = (torch.log_softmax(x.masked_fill(~t["legal"], -1e4), -1) for x in (start, end))
    own = sum(-(p * x).sum(-1) for p, x in zip(chances, log, strict=True))
    return (own * t["taught"]).sum() / (2 * t["taught"].sum().clamp(min=1))


@torch.no_grad()
def lesson(teachers: list[MaskFiller], inputs: list[Tensor], t: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
    """The mean over teachers of their distributions of start and of end."""
    said = [teacher(*inputs) for teacher in teachers]
    mean = lambda i: torch.stack([torch.softmax(s[i].masked_fill(~t["legal"], -1e4), -1) for s in said]).mean(0)  # noqa: E731
    return mean(0), mean(1)


class Mixture(IterableDataset):
    """An endless stream of batches of like length as tensors, drawn from sets by weight; made in a process beside the training."""

    def __init__(self, mix: str, seed: int, size: int, cloze_share: float, scalar_masks: int, unlabelled_share: float,
                 glossary_share: float):
        self.rng = random.Random(seed)
        self.size = size
        self.cloze_share = cloze_share
        self.unlabelled_share = unlabelled_share
        self.glossary_share = glossary_share
        self.scalar_masks = scalar_masks
        self.seeds = itertools.count(seed * 100_000_000)
        self.names, self.weights, self.sets = [], [], {}
        for part in mix.split(","):
            name, _, weight = part.partition(":")
            self.names.append(name)
            self.weights.append(float(weight or 1))
            if name != "synthetic":
                self.sets[name] = [d for d in labelled(f"{name}.train") if d.asks]
                print(f"{name}: {len(self.sets[name])} documents", flush=True)

    def one(self) -> Example:
        if self.rng.random() < self.glossary_share:
            return glossary(self.rng, self.scalar_masks)
        while True:
            name = self.rng.choices(self.names, self.weights)[0]
            d = self.document(name)
            if self.rng.random() < self.unlabelled_share:
                e = unlabelled(d, any_names(self.rng, MOST_UNLABELLED), self.rng, self.scalar_masks)
                if e:
                    return e
            if self.rng.random() < self.cloze_share:
                d = cloze(d, self.rng)
            e = d and example(d, self.rng, self.scalar_masks)
            if e:
                return e

    def document(self, name: str) -> TrainingDocument:
        if name != "synthetic":
            return self.rng.choice(self.sets[name])
        from synthetic import generate

        return from_synthetic(generate(next(self.seeds)))

    def __iter__(self):
        while True:
            pool = sorted((self.one() for _ in range(4 * self.size)), key=lambda e: len(e.sequence))
            groups = [pool[i : i + self.size] for i in range(0, len(pool), self.size)]
            self.rng.shuffle(groups)
            yield from map(batch, groups)


def inherited(saved: dict[str, Tensor], layers: int) -> dict[str, Tensor]:
    """The weights of a checkpoint for a model of fewer layers: those kept lie evenly, the first and the last among them."""
    before = 1 + max(int(k.split(".")[1]) for k in saved if k.startswith("layers."))
    kept = {round(i * (before - 1) / max(1, layers - 1)): i for i in range(layers)}
    out = {}
    for k, v in saved.items():
        head, at, rest = k.split(".", 2) if k.startswith("layers.") else ("", "", "")
        if not head:
            out[k] = v
        elif int(at) in kept:
            out[f"{head}.{kept[int(at)]}.{rest}"] = v
    return out


def train(a: argparse.Namespace) -> None:
    if a.unlabelled and not a.teacher:
        raise SystemExit("--unlabelled wants a --teacher: nothing else knows what is right there")
    if a.glossary and not a.labels:
        raise SystemExit("--glossary wants --labels above 0: nothing else is learnt from pages of labels")
    torch.manual_seed(a.seed)
    torch.set_num_threads(a.threads)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    folder = RUNS / a.run
    folder.mkdir(parents=True, exist_ok=True)
    shape = BASES[a.base]
    model = MaskFiller(replace(shape, layers=a.layers or shape.layers, dropout=a.dropout))
    load_base(model)
    state = {"step": 0, "seen": 0, "minutes": 0.0}
    found: list[dict] = []
    if a.init:
        found = [torch.load(file, map_location="cpu", weights_only=True) for file in a.init]
        model.load_state_dict(inherited(mean_of([x["model"] for x in found]), model.shape.layers))
    model.round_as_int8(a.int8)
    model.to(device)
    pointer = LabelPointer(model.shape.hidden).to(device)
    pointers = [x["pointer"] for x in found if "pointer" in x]
    if pointers:  # of the first alone: those of several seeds have nothing in common
        pointer.load_state_dict(pointers[0])
    groups = [{"params": model.base_parameters(), "peak": a.lr}, {"params": [*model.new_parameters(), *pointer.parameters()], "peak": a.new_lr}]
    optimiser = torch.optim.AdamW(groups, lr=0.0, weight_decay=0.01, fused=True)
    path = folder / "checkpoint.pt"
    if path.exists():
        saved = torch.load(path, map_location="cpu", weights_only=True)
        model.load_state_dict(saved["model"])
        pointer.load_state_dict(saved["pointer"])
        optimiser.load_state_dict(saved["optimiser"])
        state = saved["state"]
        print(f"resumed at {state['minutes']:.1f} minutes, step {state['step']}", flush=True)
    (folder / "arguments.json").write_text(json.dumps(vars(a), indent=1))
    mixture = Mixture(a.mix, a.seed + state["step"], a.batch, a.cloze, a.scalar_masks, a.unlabelled, a.glossary)
    stream = iter(DataLoader(mixture, batch_size=None, num_workers=1, prefetch_factor=8))
    teachers = [load_checkpoint(file).to(device) for file in a.teacher]
    stepped, saved_at, losses = time.time(), time.time(), []
    model.train()
    stopped: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: stopped.append(number))
    warm_up = min(WARM_UP_STEPS, max(1, a.steps // 10)) if a.steps else WARM_UP_STEPS
    done = lambda: state["step"] / a.steps if a.steps else state["minutes"] / a.minutes  # noqa: E731
    while done() < 1 and not stopped:
        part = done()
        for g in optimiser.param_groups:
            g["lr"] = g["peak"] * min(1, (state["step"] + 1) / warm_up) * max(0.0, 1 - part)
        t = {k: v.to(device) for k, v in next(stream).items()}
        names = ("input_ids", "attention_mask", "segment", "slot", "layout", "mask_positions")
        with torch.autocast(device.type, torch.bfloat16):
            inputs = [t[k] for k in names]
            states = model.encoded(*inputs[:-1])
            start, end = model.pointed(states[-1], inputs[-1])
            chances = lesson(teachers, inputs, t) if teachers else None
        loss = loss_of(start, end, t)
        if chances:
            loss = (1 - TAUGHT) * loss + TAUGHT * taught(start, end, t, chances)
        named = pointer.loss(states, t) if a.labels else loss.new_zeros(())
        optimiser.zero_grad()
        (loss + a.labels * named).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        losses.append((loss.item(), named.item()))
        state["step"] += 1
        state["seen"] += len(t["input_ids"])
        now = time.time()
        state["minutes"] += min(now - stepped, PAUSE_S) / 60
        stepped = now
        if state["step"] % 50 == 0:
            rate = state["seen"] / state["minutes"] / 60
            print(f"{state['minutes']:6.1f} min  step {state['step']}  seen {state['seen']}  "
                  f"{rate:.1f}/s  loss {np.mean(losses[-50:], 0)[0]:.3f}  of labels {np.mean(losses[-50:], 0)[1]:.3f}", flush=True)
        if time.time() - saved_at > SAVE_EVERY_S:
            save(path, model, pointer, optimiser, state, a)
            saved_at = time.time()
    save(path, model, pointer, optimiser, state, a)


def save(path: Path, model: MaskFiller, pointer: LabelPointer, optimiser: torch.optim.Optimizer, state: dict, a: argparse.Namespace) -> None:
    """Whole or not at all."""
    part = path.with_suffix(".part")
    torch.save({"model": model.state_dict(), "pointer": pointer.state_dict(), "optimiser": optimiser.state_dict(), "state": state, "shape": model.shape.as_dict(),
                "mix": a.mix, "seed": a.seed, "scalar_masks": a.scalar_masks}, part)
    part.replace(path)


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--run", required=True, help="name of the run, a folder under runs/")
    p.add_argument("--minutes", type=float, default=60)
    p.add_argument("--steps", type=int, default=0, help="instead of --minutes: what is the same whatever else the machine does")
    p.add_argument("--mix", default=MIX, help="set:weight, ...")
    p.add_argument("--cloze", type=float, default=0, help="share of examples that are pages with gaps; 1 is mask pre-training")
    p.add_argument("--labels", type=float, default=0.3, help="weight of the loss of pointing at what the page names a field by (labels.py)")
    p.add_argument("--glossary", type=float, default=0, help="share of examples that are pages of nothing but labels (glossary.py)")
    p.add_argument("--batch", type=int, default=16)
    p.add_argument("--lr", type=float, default=1.5e-4, help="peak for base weights")
    p.add_argument("--new-lr", type=float, default=5e-4, help="peak for new weights")
    p.add_argument("--base", choices=BASES, default="minilm", help="base weights: those of the student, or mpnet for a teacher twice as wide and deep (base.py)")
    p.add_argument("--layers", type=int, help="fewer than the base has")
    p.add_argument("--dropout", type=float, default=0.1)
    p.add_argument("--int8", action="store_true", help="round as the int8 graph does")
    p.add_argument("--scalar-masks", type=int, default=SCALAR_MASKS, help="masks of a scalar; the protocol has 2")
    p.add_argument("--teacher", action="append", default=[], help="a checkpoint whose distributions are learnt; several are an ensemble")
    p.add_argument("--unlabelled", type=float, default=0,
                   help="share of examples that ask a page by any names of the catalogue, for which only the teachers' distributions count")
    p.add_argument("--init", action="append", default=[],
                   help="a checkpoint to start from, of several their mean; with fewer --layers than it has some are left out")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--threads", type=int, default=2)
    train(p.parse_args())


if __name__ == "__main__":
    main()
