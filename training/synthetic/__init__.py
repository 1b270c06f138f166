"""Synthetic documents for training and evaluation: many classes, languages and layouts, with the exact place of every value.

    from synthetic import generate
    generate(seed, split='train')   # a pure function; a few milliseconds a page; split 'heldout' has classes and layouts of its own

    python -m synthetic --out FILE.jsonl.gz --count 200 --seed 7 --split heldout    # documents with `fields` and `absent`
    python -m synthetic --sheet FILE.png --count 12                                 # to look at

A document has the format of the shared data, words in the protocol's raster order, and

    asks    [{names, descriptions, type, kind, group, ...}]   what stands on the page
            kind scalar: runs, alternatives (further places of the same value); list and column: rows, [] for an empty cell;
            type enum: options, answer (index or None), runs (the evidence; may be empty)
    absent  the same, without places: what such a page usually has and this one certainly has not

A run is [[first word, its first character], [last word, the character after its last]].

How a page comes about, and who owns what:

    catalogue/*.txt  what can be asked: labels by language, schema names, generators (concepts.py reads it); archive.keys: open keys; columns.pairs: columns side by side
                     further.txt: more labels and names of these, on pages to train on alone
                     wild/: fields and choices of every walk of life, each in ten languages; only pages of no class have them
    classes/         the classes of documents as lists of blocks (kinds.py has the words for it); heldout.py is never trained on
    wild.py          pages of no class: any of all these fields, tables and choices together; half of what is trained on
    document.py      draws a class, prints its blocks (layout.py, tables.py, archive.py) on a page (page.py, ink.py), spoils it (noise.py)
    values.py        dates, amounts, names, addresses in the page's own spelling (pools.py: Faker once a locale; vocabulary.py: lists)
    asks.py          marks on words to asks and absences; naming.py: what schemas call them
    record.py, sheet.py, __main__.py   files and pictures

To add a class: a Kind in a module of classes/; to add a field: a block in a catalogue file, which says the form in its first line.
"""
from .document import generate, generate_with_truth

__all__ = ['generate', 'generate_with_truth']
