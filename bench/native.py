"""The released graph in native ONNX Runtime, one run a line: `python bench/native.py RELEASE THREADS` reads a first line with the inputs as JSON
and then, for every further line, runs once and answers {"ms", "rss"}. What a machine of one's own would give, outside a Worker."""

import json
import resource
import sys
import time
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort

release, threads = Path(sys.argv[1]), int(sys.argv[2])
manifest = json.loads((release / "manifest.json").read_text())
proto = onnx.load_from_string((release / manifest["graph"]["file"]).read_bytes())
files = {s["path"]: (release / s["file"]).read_bytes() for s in manifest["shards"]}
for t in proto.graph.initializer:
    if t.data_location == onnx.TensorProto.EXTERNAL:
        at = {e.key: e.value for e in t.external_data}
        t.raw_data = files[at["location"]][int(at["offset"]) : int(at["offset"]) + int(at["length"])]
        t.data_location = onnx.TensorProto.DEFAULT
        del t.external_data[:]
options = ort.SessionOptions()
options.intra_op_num_threads = threads
session = ort.InferenceSession(proto.SerializeToString(), options)
given = json.loads(sys.stdin.readline())
feeds = {name: np.array(feed["data"], np.int32).reshape(feed["dims"]) for name, feed in given.items()}
for _ in sys.stdin:
    start = time.perf_counter()
    session.run(None, feeds)
    ms = (time.perf_counter() - start) * 1000
    print(json.dumps({"ms": ms, "rss": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}), flush=True)
