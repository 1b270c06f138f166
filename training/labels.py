"""Where the page names what a mask asks for: a pointer that is learnt beside the values and thrown away with training.

The way from a field's name to its value goes by a label or a heading, in other words or another language. A value says only in the end whether the
mask has found that; so of fields whose label stands on the page once, a mask must point at it two layers before the last.
"""

import torch
from torch import Tensor, nn

BEFORE_LAST = 2  # layers that are left to go from the label to the value


class LabelPointer(nn.Module):
    """A bilinear pointer from masks to tokens of the page."""

    def __init__(self, hidden: int):
        super().__init__()
        self.query = nn.Linear(hidden, hidden)
        self.key = nn.Linear(hidden, hidden)

    def loss(self, states: list[Tensor], t: dict[str, Tensor]) -> Tensor:
        """states [B, N, H] by layer; `label` [B, M, 2] first and last token of each mask's label, -1 where it is not known.

        The mean over those masks of the negative log of what falls on the label; 0 where there is none.
        """
        x = states[max(0, len(states) - 1 - BEFORE_LAST)].float()
        first, last = t["label"].unbind(-1)
        known = first >= 0
        if not known.any():
            return x.sum() * 0
        masks = torch.gather(x, 1, t["mask_positions"][..., None].expand(-1, -1, x.shape[-1]))
        with torch.autocast(x.device.type, enabled=False):
            scores = self.query(masks) @ self.key(x).transpose(1, 2) * x.shape[-1] ** -0.5
        page = (t["segment"] == 1)[:, None]
        at = torch.arange(x.shape[1], device=x.device)
        own = (at >= first[..., None]) & (at <= last[..., None])
        log = torch.log_softmax(scores.masked_fill(~page, -1e4), -1).masked_fill(~own, -1e4)
        return -torch.logsumexp(log, -1)[known].mean()
