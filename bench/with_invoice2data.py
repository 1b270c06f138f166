"""invoice2data with one template on one PDF, one run a line: `python bench/with_invoice2data.py FILE TEMPLATES` answers every line that it
reads with {"ms", "rss", "fields"}. Text is read by pdfplumber, which needs nothing but Python: pip install invoice2data==1.0.1 pdfplumber==0.11.10."""

import json
import logging
import resource
import shutil
import sys
import tempfile
import time

from invoice2data import extract_data
from invoice2data.extract.loader import read_templates
from invoice2data.input import pdfplumber

logging.disable(logging.CRITICAL)
templates = read_templates(sys.argv[2])
for _ in sys.stdin:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as fresh:  # what was read once is remembered by its path
        shutil.copy(sys.argv[1], fresh.name)
        start = time.perf_counter()
        found = extract_data(fresh.name, templates=templates, input_module=pdfplumber) or {}
        ms = (time.perf_counter() - start) * 1000
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"ms": ms, "rss": rss, "fields": {k: str(v) for k, v in found.items()}}), flush=True)
