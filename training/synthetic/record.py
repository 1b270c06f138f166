"""A generated document as a line of the shared data: `fields` with the page's own spelling under the first name of each ask.

Columns are lists of their cells (empty ones left out); a choice is the chosen option as it is printed. What is certainly not on
the page is named in `absent`. `asks` is left in, so that names, options and places can be looked up.
"""
from __future__ import annotations


def spelling(words: list[dict], runs: list) -> str:
    """The text of runs [[word, character], [word, character after]], words joined by spaces."""
    return ' '.join(words[i]['text'][c0 if i == w0 else 0:c1 if i == w1 else None] for (w0, c0), (w1, c1) in runs for i in range(w0, w1 + 1))


def record(document: dict) -> dict:
    """The document with `fields` {name: value | [values]} and `absent` [names]; a name that is taken already is passed over."""
    words, fields = document['words'], {}
    absent = [a['names'][0] for a in document['absent'] if a['kind'] == 'scalar']
    for ask in sorted(document['asks'], key=lambda a: ('scalar', 'list', 'column').index(a['kind'])):
        name = next((n for n in ask['names'] if n not in fields), None)
        if name is None:
            continue
        if 'rows' in ask:
            values = [spelling(words, row) for row in ask['rows'] if row]
            if values:
                fields[name] = values
        elif ask['runs']:
            fields[name] = spelling(words, ask['runs'])
        else:
            absent.append(name)
    return {**document, 'fields': fields, 'absent': [n for n in dict.fromkeys(absent) if n not in fields]}
