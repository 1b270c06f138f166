"""The mask filler: a MiniLM-shaped encoder with layout embeddings and two bilinear pointer heads.

Owns the network; base weights come from base.py. Knows nothing of documents or of training.
Shapes: B sequences, N tokens, M masks. Protocol: docs/mask-protocol.md.
"""

import math
from dataclasses import asdict, dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

VOCABULARY = 30522
POSITIONS = 512
PLACES = 102  # 0..100, and 101 = no place
SLOTS = 33  # 0, and masks 1..32
EPSILON = 1e-12


@dataclass(frozen=True)
class Shape:
    """Sizes of a mask filler; the default is the edge student (MiniLM-L6-H384). distances: buckets of how far apart two tokens are, 0 for none."""

    hidden: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    dropout: float = 0.1
    distances: int = 0

    def as_dict(self) -> dict:
        return asdict(self)


class Dropout(nn.Module):
    """nn.Dropout, but on CPU with one random byte an element: PyTorch's own generator takes a tenth of a step there."""

    def __init__(self, share: float):
        super().__init__()
        self.share = share
        self.bytes = np.random.Generator(np.random.SFC64())

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or self.share == 0:
            return x
        if x.is_cuda:
            return F.dropout(x, self.share)
        dropped = round(self.share * 256)
        draw = np.frombuffer(self.bytes.bytes(x.numel()), np.uint8).reshape(x.shape)
        keep = torch.from_numpy(draw >= dropped)
        return x * keep * (256 / (256 - dropped))


class Linear(nn.Linear):
    """nn.Linear that can round as the Worker's kernel does: weights to int8 by output channel, activations to 8 bits by row, both turned.

    Gradients pass the rounding as if it were not there (straight-through).
    """

    rounded = False

    def forward(self, x: Tensor) -> Tensor:
        if not self.rounded:
            return super().forward(x)
        x, w = turn(x), turn(self.weight) / TURN
        return F.linear(x + (round_rows(x.detach()) - x.detach()), w + (round_channels(w.detach()) - w.detach()), self.bias)


TURN = 32  # channels that are turned together, 4 apart; as in kernel/products.ts


def hadamard() -> Tensor:
    """[TURN, TURN]: 1 and -1, rows that are independent; its own inverse, TURN times."""
    m = torch.ones(1, 1)
    while len(m) < TURN:
        m = torch.cat([torch.cat([m, m], 1), torch.cat([m, -m], 1)])
    return m


def turn(x: Tensor) -> Tensor:
    """x [.., I] as the kernel turns a row: a channel that goes high is spread over 32, and does not take all the steps of its row."""
    with torch.autocast(x.device.type, enabled=False):
        return (hadamard().to(x.device) @ x.float().unflatten(-1, (-1, TURN, 4))).flatten(-3)


def round_rows(x: Tensor) -> Tensor:
    """x [.., I] at the nearest of 256 steps between the least and the greatest of its row, 0 among them; float32."""
    x = x.float()
    low, high = torch.aminmax(x, dim=-1, keepdim=True)
    low, high = low.clamp_(max=0), high.clamp_(min=0)
    step = ((high - low) / 255).clamp_(min=1e-10)
    zero = (-low / step).round_()
    return ((x / step).round_().add_(zero).clamp_(0, 255).sub_(zero)).mul_(step)


def round_channels(weight: Tensor) -> Tensor:
    """weight [O, I] at the nearest of 255 steps about 0, by output channel."""
    step = (weight.abs().amax(1, keepdim=True) / 127).clamp_(min=1e-10)
    return (weight / step).round_().mul_(step)


class Layer(nn.Module):
    """A post-norm transformer layer, BERT's own."""

    def __init__(self, shape: Shape):
        super().__init__()
        h = shape.hidden
        self.heads = shape.heads
        self.qkv = Linear(h, 3 * h)
        self.out = Linear(h, h)
        self.attention_norm = nn.LayerNorm(h, EPSILON)
        self.up = Linear(h, shape.inner)
        self.down = Linear(shape.inner, h)
        self.output_norm = nn.LayerNorm(h, EPSILON)
        self.dropout = Dropout(shape.dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """x [B, N, H]; bias [B * heads, 1 or N, N] is added to the scores, very low where a token is not seen."""
        b, n, h = x.shape
        d = h // self.heads
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, d).permute(2, 0, 3, 1, 4).reshape(3, b * self.heads, n, d)
        # One batched product beats the fused kernel by half on CPU in bfloat16, forward and backward.
        scores = torch.baddbmm(bias.to(q.dtype), q, k.transpose(1, 2), alpha=d**-0.5)
        a = torch.bmm(torch.softmax(scores, -1), v).view(b, self.heads, n, d)
        x = self.attention_norm(x + self.dropout(self.out(a.transpose(1, 2).reshape(b, n, h))))
        return self.output_norm(x + self.dropout(self.down(F.gelu(self.up(x)))))


FAR = 128  # tokens; all that is farther apart is equally far


def distances(n: int, buckets: int) -> Tensor:
    """[N, N] the bucket of how far the second token is from the first, half of them for each side, wider with the distance (T5's and MPNet's)."""
    at = torch.arange(n)
    ahead = at[None] - at[:, None]
    half = buckets // 2
    exact = half // 2
    far = ahead.abs().clamp(min=1).float()
    wide = exact + (torch.log(far / exact) / math.log(FAR / exact) * (half - exact)).long()
    return torch.where(ahead > 0, half, 0) + torch.where(ahead.abs() < exact, ahead.abs(), wide.clamp(max=half - 1))


class MaskFiller(nn.Module):
    """(input_ids, attention_mask, segment, slot, layout, mask_positions) -> (start, end) logits [B, M, N]."""

    def __init__(self, shape: Shape = Shape()):
        super().__init__()
        self.shape = shape
        h = shape.hidden
        self.word = nn.Embedding(VOCABULARY, h, padding_idx=0)
        self.position = nn.Embedding(POSITIONS, h)
        self.segment = nn.Embedding(2, h)
        self.slot = nn.Embedding(SLOTS, h)
        self.layout = nn.ModuleList(nn.Embedding(PLACES, h) for _ in range(6))
        self.embedding_norm = nn.LayerNorm(h, EPSILON)
        self.distance = nn.Embedding(shape.distances, shape.heads) if shape.distances else None
        self.dropout = Dropout(shape.dropout)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.query = Linear(h, 2 * h)  # start and end
        self.key = Linear(h, 2 * h)
        for e in self.layout:
            nn.init.normal_(e.weight, 0, 0.01)
            with torch.no_grad():
                e.weight[PLACES - 1].zero_()
        nn.init.normal_(self.slot.weight, 0, 0.02)
        with torch.no_grad():
            self.slot.weight[0].zero_()

    def encoded(self, input_ids: Tensor, attention_mask: Tensor, segment: Tensor, slot: Tensor, layout: Tensor) -> list[Tensor]:
        """What each layer makes of the tokens, [B, N, H]."""
        n = input_ids.shape[1]
        x = self.word(input_ids) + self.position.weight[:n] + self.segment(segment) + self.slot(slot)
        for i, e in enumerate(self.layout):
            x = x + e(layout[..., i])
        x = self.dropout(self.embedding_norm(x))
        bias = ((1.0 - attention_mask[:, None, :].float()) * -1e4).repeat_interleave(self.shape.heads, 0)
        if self.distance is not None:
            bias = bias + self.distance(distances(n, self.shape.distances).to(x.device)).permute(2, 0, 1).repeat(len(x), 1, 1)
        out = []
        for layer in self.layers:
            x = layer(x, bias)
            out.append(x)
        return out

    def pointed(self, x: Tensor, mask_positions: Tensor) -> tuple[Tensor, Tensor]:
        """Of the last layer's states (start, end) logits [B, M, N]."""
        h = self.shape.hidden
        masks = torch.gather(x, 1, mask_positions[..., None].expand(-1, -1, h))
        with torch.autocast(x.device.type, enabled=False):  # bfloat16 is too coarse for logits
            q, k = self.query(masks.float()), self.key(x.float())
            scale = h**-0.5
            start = q[..., :h] @ k[..., :h].transpose(1, 2) * scale
            end = q[..., h:] @ k[..., h:].transpose(1, 2) * scale
        return start, end

    def forward(
        self,
        input_ids: Tensor,
        attention_mask: Tensor,
        segment: Tensor,
        slot: Tensor,
        layout: Tensor,
        mask_positions: Tensor,
    ) -> tuple[Tensor, Tensor]:
        states = self.encoded(input_ids, attention_mask, segment, slot, layout)
        return self.pointed(states[-1], mask_positions)

    def round_as_int8(self, on: bool = True) -> None:
        """Quantisation-aware: every product rounds its inputs as the exported graph will."""
        for m in self.modules():
            if isinstance(m, Linear):
                m.rounded = on

    def base_parameters(self) -> list[nn.Parameter]:
        """Those that come from the base weights; the others are new and learn faster."""
        base = ("word", "position", "segment", "embedding_norm", "distance", "layers")
        return [p for n, p in self.named_parameters() if n.startswith(base)]

    def new_parameters(self) -> list[nn.Parameter]:
        base = {id(p) for p in self.base_parameters()}
        return [p for p in self.parameters() if id(p) not in base]


def load_checkpoint(path: str) -> MaskFiller:
    """A trained model of whatever shape, ready to be asked."""
    saved = torch.load(path, map_location="cpu", weights_only=True)
    model = MaskFiller(Shape(**saved["shape"]))
    model.load_state_dict(saved["model"])
    return model.eval()
