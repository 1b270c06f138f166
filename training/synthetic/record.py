"""A generated document as a line of the shared data: `fields` with the page's own spelling under the first name of each ask.

`tables` {name: {columns, rows: [{column: text}]}} has the tables, empty cells left out; `choices` {name: {options, answer}} what is
chosen among options, answer None where nothing is. What is certainly not on the page is named in `absent`. `asks` is left in.
"""
from __future__ import annotations


def spelling(words: list[dict], runs: list) -> str:
    """The text of runs [[word, character], [word, character after]], words joined by spaces."""
    return ' '.join(words[i]['text'][c0 if i == w0 else 0:c1 if i == w1 else None] for (w0, c0), (w1, c1) in runs for i in range(w0, w1 + 1))


def record(document: dict) -> dict:
    """The document with `fields` {name: value | [values]}, `tables`, `choices` and `absent` [names]; a name that is taken already is passed over."""
    words, fields, choices, tables = document['words'], {}, {}, {}
    gone = [a for a in document['absent'] if a['kind'] == 'scalar']
    for ask in sorted(document['asks'] + gone, key=lambda a: ('scalar', 'list', 'column').index(a['kind'])):
        taken = {**fields, **choices, **tables}
        name = next((n for n in ask['names'] if n not in taken), None)
        if ask['kind'] == 'column':
            _column(tables.setdefault(ask['group'], {'columns': [], 'rows': []}), ask, words)
        elif name is None:
            continue
        elif ask['type'] == 'enum':
            choices[name] = {'options': ask['options'], 'answer': None if ask['answer'] is None else ask['options'][ask['answer']]}
        elif ask['kind'] == 'list':
            fields[name] = [spelling(words, row) for row in ask['rows'] if row]
        elif ask.get('runs'):
            fields[name] = spelling(words, ask['runs'])
    absent = [a['names'][0] for a in gone if a['type'] != 'enum']
    known = {**fields, **choices, **tables}
    return {**document, 'fields': {k: v for k, v in fields.items() if v}, 'tables': {k: t for k, t in tables.items() if k not in {**fields, **choices}},
            'choices': {k: c for k, c in choices.items() if len(set(c['options'])) == len(c['options']) > 1}, 'absent': [n for n in dict.fromkeys(absent) if n not in known]}


def _column(table: dict, ask: dict, words: list[dict]) -> None:
    """One more column; rows are as many as the longest column has."""
    name = next((n for n in ask['names'] if n not in table['columns']), None)
    if name is None:
        return
    table['columns'].append(name)
    table['rows'] += [{} for _ in range(len(ask['rows']) - len(table['rows']))]
    for row, run in zip(table['rows'], ask['rows']):
        if run:
            row[name] = spelling(words, run)
