"""Writes synthetic documents to a file of the shared format, or draws a sheet of them to look at.

    python -m synthetic --out FILE.jsonl.gz --count 200 --seed 7 --split heldout
    python -m synthetic --sheet FILE.png --count 12
"""
from __future__ import annotations

import argparse
import gzip
import json

from . import generate
from .record import record


def main() -> None:
    parser = argparse.ArgumentParser(prog='python -m synthetic', description=__doc__.splitlines()[0])
    parser.add_argument('--out', help='a .jsonl.gz file of documents with their fields')
    parser.add_argument('--sheet', help='a .png contact sheet, what is asked coloured')
    parser.add_argument('--count', type=int, default=12)
    parser.add_argument('--seed', type=int, default=0, help='of the first document; the others follow it')
    parser.add_argument('--split', choices=('train', 'heldout'), default='train')
    args = parser.parse_args()
    if not args.out and not args.sheet:
        parser.error('--out or --sheet is wanted')
    documents = [generate(seed, args.split) for seed in range(args.seed, args.seed + args.count)]
    if args.out:
        with open(args.out, 'wb') as raw, gzip.GzipFile('', 'wb', mtime=0, fileobj=raw) as packed:
            packed.write(''.join(json.dumps(record(d), ensure_ascii=False) + '\n' for d in documents).encode())
    if args.sheet:
        from .sheet import draw

        draw(documents).save(args.sheet)


if __name__ == '__main__':
    main()
