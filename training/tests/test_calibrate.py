"""What enums were told with is turned back into the model's own odds before their line is fitted."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from calibrate import of_choices

TOLD_BY = {"a": 0.5, "b": 0.3}


def answer(p: float, right: bool, kind: str = "enum") -> dict:
    """As `npm run evaluate -- --dump` writes one, told by a release with the line TOLD_BY."""
    confidence = 1 / (1 + np.exp(-(TOLD_BY["a"] * np.log(p / (1 - p)) + TOLD_BY["b"])))
    return {"kind": kind, "truth": [["Yes"]], "given": [{"text": "Yes" if right else "No", "confidence": float(confidence)}]}


def dump(path: Path, answers: list[dict]) -> Path:
    path.write_text("".join(json.dumps({"fields": {"a": x}}) + "\n" for x in answers))
    return path


@pytest.mark.parametrize("line", ["enum", "default"])
def test_a_model_that_is_as_sure_as_it_is_right_keeps_its_odds(tmp_path: Path, line: str):
    answers = [answer(0.9, i % 10 > 0) for i in range(2000)] + [answer(0.6, i % 10 > 3) for i in range(2000)]
    fitted, told = of_choices(dump(tmp_path / "a.jsonl", answers), {"calibration": {line: TOLD_BY}})
    assert told == 4000
    assert fitted == pytest.approx({"a": 1.0, "b": 0.0}, abs=0.02)


def test_only_enums_that_were_told_count(tmp_path: Path):
    silent = {"kind": "enum", "truth": [["Yes"]], "given": []}
    answers = [answer(0.9, True, "scalar"), silent, answer(0.9, True)]
    assert of_choices(dump(tmp_path / "a.jsonl", answers), {"calibration": {"default": TOLD_BY}})[1] == 1
