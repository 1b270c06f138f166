import json
import math
import random

from calibrate import refit


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


def test_confidence_is_fitted_to_what_the_worker_answered(tmp_path):
    """Values of a dump are right with another chance than was said; tables are passed over, a list's value counts once."""
    rng = random.Random(1)
    said, true = {"a": 0.5, "b": 0.2}, {"a": 0.8, "b": 1.0}
    out, dump = tmp_path / "calibration.json", tmp_path / "dump.jsonl"
    out.write_text(json.dumps({"calibration": {"default": said, "string": said, "absent": {"a": 1, "b": 0}}, "absent_bias": 2}))
    with dump.open("w") as f:
        for _ in range(4000):
            odds = rng.gauss(2, 2)
            right = rng.random() < sigmoid(true["a"] * odds + true["b"])
            given = {"text": "A-1" if right else "b", "confidence": sigmoid(said["a"] * odds + said["b"])}
            fields = {"scalar": {"truth": [["a 1", "first"]], "given": [given]}, "absent": {"truth": [], "given": []},
                      "table": {"truth": [{"x": "1"}], "given": [{"x": "2"}]}}
            f.write(json.dumps({"id": "real", "fields": fields}) + "\n")
    refit(dump, out)
    got = json.loads(out.read_text())
    assert got["absent_bias"] == 2 and got["calibration"]["absent"] == {"a": 1, "b": 0}
    assert got["calibration"]["default"] == got["calibration"]["string"]
    assert abs(got["calibration"]["string"]["a"] - true["a"]) < 0.1 and abs(got["calibration"]["string"]["b"] - true["b"]) < 0.15
