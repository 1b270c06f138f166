"""What each part of the recipe is worth: `python ablate.py --init runs/NAME/checkpoint.pt --steps 100` trains variants and scores them on dev sets.

All but the last two go on from one checkpoint, each differs from `plain` in one thing, and all get as many steps; the last two begin with
the base weights and get twice as many. The three plain runs differ by their seeds: how far they lie apart says what a difference means, and together
they are the teacher. Writes runs/ablation/results.json; what is finished is not run again.
"""

import argparse
import json
import re
import subprocess
import sys
import time
from pathlib import Path

import torch

from model import load_checkpoint
from train import MIX, RUNS

FOLDER = RUNS / "ablation"
SETS = {"sroie.dev": 60, "wildreceipt.dev": 72, "naf.dev": 40, "deepform.dev": 20}
PLAIN = ("plain 1", "plain 2", "plain 3")
PRE_TRAINED = 0.25  # share of the steps
UNTRAINED = ("from base weights", "from base weights, pre-trained")
VARIANTS: dict[str, list[str]] = {
    **{name: ["--seed", name[-1]] for name in PLAIN},
    "distilled": [x for name in PLAIN for x in ("--teacher", name)],
    "without synthetic pages": ["--mix", ",".join(p for p in MIX.split(",") if not p.startswith("synthetic"))],
    "without labels": ["--labels", "0"],
    "4 layers": ["--layers", "4"],
    "3 layers": ["--layers", "3"],
    "1 mask a scalar": ["--scalar-masks", "1"],
    "4 masks a scalar": ["--scalar-masks", "4"],
    **{name: ["--batch", "8", "--lr", "2e-4", "--new-lr", "1e-3"] for name in UNTRAINED},
}


def checkpoint(name: str) -> Path:
    return FOLDER / name.replace(" ", "-") / "checkpoint.pt"


def train(name: str, steps: int, arguments: list[str], threads: int) -> None:
    run = checkpoint(name).parent.relative_to(RUNS)
    files = [str(checkpoint(x)) if x in PLAIN else x for x in arguments]
    command = [sys.executable, "train.py", "--run", str(run), "--steps", str(steps), "--batch", "16", "--threads", str(threads), *files]
    subprocess.run(command, check=True)


def finished(path: Path) -> dict:
    return json.loads(path.read_text()) if path.exists() else {}


def scores(name: str, arguments: list[str], threads: int) -> dict[str, list[float]]:
    """By set letters and digits, and F1."""
    masks = arguments if "--scalar-masks" in arguments else []
    out = {}
    for dev, limit in SETS.items():
        command = [sys.executable, "score.py", "--checkpoint", str(checkpoint(name)), "--limit", str(limit), "--threads", str(threads), *masks, dev]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        out[dev] = [float(x) for x in re.findall(r"letters_digits ([\d.]+)  F1 ([\d.]+)", said)[0]]
    return out


@torch.no_grad()
def milliseconds(name: str) -> float:
    """The median of 15 passes of 384 tokens in fp32 on one thread."""
    torch.set_num_threads(1)
    model = load_checkpoint(str(checkpoint(name)))
    ids = torch.full((1, 384), 1000)
    zeros = torch.zeros_like(ids)
    inputs = (ids, torch.ones_like(ids), zeros, zeros, torch.full((1, 384, 6), 50), torch.arange(1, 21)[None])
    times = []
    for _ in range(15):
        start = time.perf_counter()
        model(*inputs)
        times.append(1000 * (time.perf_counter() - start))
    return sorted(times)[len(times) // 2]


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--init", help="the checkpoint that they go on from, but for those from the base weights")
    p.add_argument("--steps", type=int, default=100, help="of 16 examples, a variant; of 8, and twice as many, from the base weights")
    p.add_argument("--only", action="append", help="a variant, instead of all; two such commands may run at once, each with --threads 1")
    p.add_argument("--threads", type=int, default=2)
    a = p.parse_args()
    if not a.init and not set(a.only or VARIANTS) <= set(UNTRAINED):
        p.error("--init is wanted: `python unpack.py` gives the weights of the release")
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / "results.json"
    for name in a.only or VARIANTS:
        if name in finished(path):
            continue
        arguments = VARIANTS[name]
        if name == UNTRAINED[1]:
            first = "pre-training"
            train(first, round(2 * a.steps * PRE_TRAINED), ["--cloze", "1", *arguments], a.threads)
            train(name, round(2 * a.steps * (1 - PRE_TRAINED)), ["--init", str(checkpoint(first)), *arguments], a.threads)
        elif name == UNTRAINED[0]:
            train(name, 2 * a.steps, arguments, a.threads)
        else:
            train(name, a.steps, ["--init", a.init, *arguments], a.threads)
        result = {"steps": a.steps, "ms": round(milliseconds(name), 1), "scores": scores(name, arguments, a.threads)}
        path.write_text(json.dumps({**finished(path), name: result}, indent=1) + "\n")
    print(f"| variant | {' | '.join(SETS)} | ms a pass |\n|{'---|' * (len(SETS) + 2)}")
    for name, r in finished(path).items():
        print(f"| {name} | {' | '.join(f'{ld:.1f} / {f1:.1f}' for ld, f1 in r['scores'].values())} | {r['ms']} |")


if __name__ == "__main__":
    main()
