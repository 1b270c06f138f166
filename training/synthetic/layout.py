"""Ways to lay out labelled values, parties, choices and prose. Every function prints from y downwards between x0 and x1
(points, origin top left) and returns the y below what it printed."""
from __future__ import annotations

from .ink import Rich, plain
from .page import Page

MODES = ('inline', 'inline', 'inline', 'columns', 'columns', 'spread', 'above', 'above', 'dotted', 'flow', 'below', 'equals', 'underline', 'numbered')
HELD_OUT_MODES = ('value first', 'staircase', 'label rows')


def step(page: Page, factor: float = 1.0) -> float:
    """Distance from one line to the next."""
    return page.h * page.pitch * factor


def put_lines(page: Page, lines, x: float, y: float, h: float | None = None, align: str = 'l') -> float:
    for words in lines:
        page.sheet.put_words(x, y, words, h or page.h, align)
        y += (h or page.h) * page.pitch
    return y


def put_wrapped(page: Page, rich: Rich, x0: float, x1: float, y: float, h: float | None = None, align: str = 'l') -> float:
    """Wraps between x0 and x1, aligned left, right or centred."""
    h = h or page.h
    lines = page.sheet.wrap(rich, max(x1 - x0, h * 4), h)
    return put_lines(page, lines, {'l': x0, 'r': x1, 'c': (x0 + x1) / 2}[align], y, h, align)


def label_rich(page: Page, key: str, colon: str | None = None) -> Rich:
    text = page.label(key)
    colon = page.colon if colon is None else colon
    if text[-1] in ':#?.' and colon.strip():
        colon = ''
    return [(text + colon, ())]


def draw_fields(page: Page, spec: list[tuple[str, float]]) -> list[str]:
    """Keys drawn by their probabilities, those that the page's language can label."""
    return [key for key, p in spec if page.rng.random() < p and page.can(key)]


def take(page: Page, key: str) -> list[Rich] | None:
    """The value's lines, or None when the field is left empty on this page."""
    if key in page.empty or (page.rng.random() < page.blank and key not in page.entries):
        page.empty.add(key)
        return None
    return page.value(key)


def joined(page: Page, lines: list[Rich] | None) -> Rich:
    """The lines of a value on one line."""
    if not lines:
        return [(page.nothing, ())] if page.nothing else []
    out = list(lines[0])
    for line in lines[1:]:
        tag = line[0][1][:1]
        out += [(' ' if out[-1][0].endswith(',') or page.rng.random() < .4 else ', ', tag)] + line
    return out


def fields(page: Page, keys: list[str], x0: float, x1: float, y: float, mode: str | None = None) -> float:
    """A block of labelled values in one of the modes."""
    rng = page.rng
    if not keys:
        return y
    if mode is None:
        mode = rng.choice(HELD_OUT_MODES if page.held_out and rng.random() < .75 else MODES)
    if x1 - x0 < page.h * 16 and mode in ('above', 'below', 'label rows', 'columns'):
        mode = 'inline'
    for key in keys:
        page.label(key)
        if '.' in key and key[0] != '=':
            page.tell_apart(key)
    y = _PRINTERS[mode](page, keys, x0, x1, y)
    for key in keys:
        page.note_label(key, page.label(key))
    return y


def _inline(page: Page, keys, x0, x1, y, glued: bool | None = None, colon: str | None = None) -> float:
    rng = page.rng
    for key in keys:
        glue = (page.glued if glued is None else glued) or rng.random() < .03
        lead = label_rich(page, key, ':' if glue and not page.colon.strip() and colon is None else colon)
        value = joined(page, take(page, key))
        rich = lead + ([('' if glue else ' ', ())] + value if value else [])
        y = put_wrapped(page, rich, x0, x1, y)
    return y


def _columns(page: Page, keys, x0, x1, y) -> float:
    """Labels in one column, values in the next; the gap may be wide."""
    rng, sheet = page.rng, page.sheet
    widest = max(sheet.measure(page.label(k), page.h) for k in keys)
    start = x0 + min(max(widest + page.h, (x1 - x0) * rng.uniform(.2, .5)), (x1 - x0) * .6)
    own_colon = rng.random() < .15
    lines_kept = rng.random() < .7
    for key in keys:
        bottom = put_wrapped(page, label_rich(page, key, '' if own_colon else None), x0, start - page.h * .5, y)
        if own_colon:
            sheet.put(start - page.h * .5, y, [(':', ())], page.h)
        value = take(page, key)
        vy = y
        if value:
            for rich in value if lines_kept else [joined(page, value)]:
                vy = put_wrapped(page, rich, start, x1, vy)
        y = max(bottom, vy)
    return y


def _spread(page: Page, keys, x0, x1, y, dots: bool = False) -> float:
    """Label at the left edge, value at the right one, maybe with dotted leaders between."""
    sheet, rng = page.sheet, page.rng
    dot = rng.choice(['.', '.', '_', '-'])
    for key in keys:
        lead = label_rich(page, key)
        value = joined(page, take(page, key))
        left, right = sheet.width_of(lead, page.h), sheet.width_of(value, page.h)
        if left + right > (x1 - x0) * .95:
            y = put_wrapped(page, lead + [(' ', ())] + value, x0, x1, y)
            continue
        end = sheet.put(x0, y, lead, page.h)
        if value:
            sheet.put(x1, y, value, page.h, 'r')
        room = (x1 - right if value else x1) - end - page.h
        if dots and room > page.h * 2:
            count = int(room / max(sheet.measure(dot, page.h), 1) * .9)
            sheet.put(end + (0 if rng.random() < .3 else page.h * .4), y, [(dot * min(count, 60), ())], page.h)
        y += step(page)
    return y


def _dotted(page, keys, x0, x1, y):
    return _spread(page, keys, x0, x1, y, True)


def _above(page: Page, keys, x0, x1, y, below: bool = False) -> float:
    """A grid of cells, `n` a row, the label above (or below) its value; labels of a row share a line."""
    rng, sheet = page.rng, page.sheet
    n = max(1, min(len(keys), rng.randint(2, 5), int((x1 - x0) / (page.h * 11))))
    small = page.h * rng.choice([1, .8, .7])
    gap = rng.choice([1.0, 1.0, 1.3])
    for i in range(0, len(keys), n):
        row = keys[i:i + n]
        width = (x1 - x0) / n
        cells = []
        for j, key in enumerate(row):
            lead = label_rich(page, key, '' if rng.random() < .8 else None)
            if below:
                lead = [(f'({plain(lead)})' if rng.random() < .4 else plain(lead), ())]
            value = joined(page, take(page, key))
            right = x0 + (j + 1) * width - page.h
            cells.append((x0 + j * width, sheet.wrap(lead, right - x0 - j * width, small), sheet.wrap(value, right - x0 - j * width, page.h) if value else []))
        tops = max(len(c[2] if below else c[1]) for c in cells) or 1
        lows = max(len(c[1] if below else c[2]) for c in cells) or 1
        top_h, low_h = (page.h, small) if below else (small, page.h)
        low_y = y + tops * top_h * page.pitch * (1 if not below else 1.05)
        for x, lead, value in cells:
            top, low = (value, lead) if below else (lead, value)
            put_lines(page, top, x, y + (top_h * page.pitch * (tops - len(top)) if below else 0), top_h)
            put_lines(page, low, x, low_y, low_h)
        y = low_y + lows * low_h * page.pitch * gap
    return y


def _below(page, keys, x0, x1, y):
    return _above(page, keys, x0, x1, y, True)


def _flow(page: Page, keys, x0, x1, y) -> float:
    """Several labelled values on a line, one after the other."""
    sheet, rng = page.sheet, page.rng
    x, gap = x0, page.h * rng.choice([.8, 1.5, 2.5])
    tight = rng.random() < .3
    for key in keys:
        glue = tight or page.glued
        lead = label_rich(page, key, rng.choice([':', '#', '']) if tight and page.label(key)[-1] not in '#:?' else None)
        value = joined(page, take(page, key))
        rich = lead + ([('' if glue and lead[0][0][-1] in ':#' else ' ', ())] + value if value else [])
        width = sheet.width_of(rich, page.h)
        if x > x0 and x + width > x1:
            x, y = x0, y + step(page)
        if width > x1 - x0:
            y = put_wrapped(page, rich, x0, x1, y)
            x = x0
            continue
        x = sheet.put(x, y, rich, page.h) + gap
    return y + (step(page) if x > x0 else 0)


def _equals(page, keys, x0, x1, y):
    return _inline(page, keys, x0, x1, y, False, page.rng.choice(['=', ' =', '=', ' :']))


def _underline(page: Page, keys, x0, x1, y) -> float:
    """Blanks filled in: underscores before, after, or in place of the value."""
    sheet, rng = page.sheet, page.rng
    for key in keys:
        value = joined(page, take(page, key))
        line = '_' * rng.randint(4, 22)
        rich = label_rich(page, key) + [(' ', ())]
        if value:
            rich += [(rng.choice(['', '', '__ ', '_']), ())] + value + [(rng.choice(['', '', ' ' + line, line]), ())]
        else:
            rich += [(line, ())]
        if len(plain(rich)) * page.h * sheet.cramp < (x1 - x0) * .45 and rng.random() < .4:
            sheet.put(x0, y, rich, page.h)
            y += step(page, .2) if rng.random() < .1 else step(page)
        else:
            y = put_wrapped(page, rich, x0, x1, y)
    return y


def _numbered(page: Page, keys, x0, x1, y) -> float:
    """Form fields with numbers before their labels, some labels alone on their line."""
    rng, sheet = page.rng, page.sheet
    n, sign = rng.randint(1, 12), rng.choice(['.', ')', '', '.'])
    under = rng.random() < .5
    for key in keys:
        number = f'{n}{sign} ' if rng.random() < .9 else f'({n}) '
        n += 1
        lead = [(number, ())] + label_rich(page, key)
        value = joined(page, take(page, key))
        if under and value:
            y = put_wrapped(page, lead, x0, x1, y)
            y = put_wrapped(page, value, x0 + page.h * rng.uniform(1, 3), x1, y)
        else:
            y = put_wrapped(page, lead + [(' ', ())] + value, x0, x1, y)
    return y


def _value_first(page: Page, keys, x0, x1, y) -> float:
    """Held out: the value at the left, its label to the right of it."""
    sheet = page.sheet
    for key in keys:
        value = joined(page, take(page, key)) or [('______', ())]
        lead = label_rich(page, key, '')
        if sheet.width_of(value, page.h) < (x1 - x0) * .5:
            sheet.put(x0, y, value, page.h)
            y = put_wrapped(page, lead, x0 + (x1 - x0) * .55, x1, y)
        else:
            y = put_wrapped(page, value + [(' ', ())] + lead, x0, x1, y)
    return y


def _staircase(page: Page, keys, x0, x1, y) -> float:
    """Held out: each field set in further than the last, value under label."""
    for i, key in enumerate(keys):
        x = x0 + (x1 - x0) * .1 * (i % 4)
        y = put_wrapped(page, label_rich(page, key), x, x1, y)
        value = take(page, key)
        if value:
            y = put_wrapped(page, joined(page, value), x + page.h * 3, x1, y)
    return y


def _label_rows(page: Page, keys, x0, x1, y) -> float:
    """Held out: two rows, all labels above all values, as wide as need be."""
    return _above(page, keys, x0, x1, y)


_PRINTERS = {'inline': _inline, 'columns': _columns, 'spread': _spread, 'dotted': _dotted, 'above': _above, 'below': _below, 'flow': _flow, 'equals': _equals,
             'underline': _underline, 'numbered': _numbered, 'value first': _value_first, 'staircase': _staircase, 'label rows': _label_rows}


def party(page: Page, role: str, attributes: list[str], x0: float, x1: float, y: float, style: str | None = None, align: str = 'l', h: float | None = None) -> float:
    """Name, address and the other attributes of a party. style: head (no label), titled (label above), beside (label left),
    line (label, name and address on one running line)."""
    rng, sheet = page.rng, page.sheet
    style = style or rng.choice(['titled', 'titled', 'titled', 'beside', 'line'])
    role_labels = page.part(role)
    head = page._labels.setdefault(role, rng.choice(role_labels))
    if page.upper in ('all', 'labels') or page.label_case == 'upper':
        head = head.upper()
    colon = '' if head[-1] == ':' else page.colon
    # a party may hold its name, its address and other attributes, each on its own lines
    body: list[Rich] = []
    rest = [a for a in attributes if a not in ('name', 'address')]
    name_left_out = 'name' not in attributes
    if not name_left_out:
        body += page.value(f'{role}.name')
    if 'address' in attributes:
        lines = page.value(f'{role}.address')
        body += [_join_lines(page, lines)] if rng.random() < .25 else lines
    if style == 'line':
        rich = [(head + colon + ' ', ())]
        for i, line in enumerate(body):
            rich += ([(', ' if rng.random() < .7 else ' ', _shared(body[i - 1], line))] if i else []) + line
        y = put_wrapped(page, rich, x0, x1, y)
    else:
        bx, by = x0, y
        if style == 'titled':
            by = put_wrapped(page, [(head + (colon if rng.random() < .6 else ''), ())], x0, x1, y)
            bx += page.h * rng.choice([0, 0, 1])
        elif style == 'beside':
            end = sheet.put(x0, y, [(head + colon, ())], page.h)
            bx = max(end + page.h * .6, x0 + (x1 - x0) * rng.choice([0, .2, .3]))
            if bx > x0 + (x1 - x0) * .5:
                bx, by = x0, y + step(page)
        for i, line in enumerate(body):
            big = h if i == 0 and h else page.h
            by = put_wrapped(page, line, bx, x1, by, big, align) if align == 'l' else put_wrapped(page, line, x0, x1, by, big, align)
        y = by
    if rest:
        y = contacts(page, role, rest, x0, x1, y, align)
    if not name_left_out and style != 'head':
        page.note_label(f'{role}.name', head)
    return y


def _join_lines(page: Page, lines: list[Rich]) -> Rich:
    return joined(page, lines)


def _shared(left: Rich, right: Rich) -> tuple:
    """The tags that run on from the end of one line to the start of the next."""
    return tuple(t for t in left[-1][1] if t in right[0][1])


def contacts(page: Page, role: str, attributes: list[str], x0, x1, y, align: str = 'l') -> float:
    """Phone, fax, mail, tax number of a party with short labels, one a line or several."""
    rng = page.rng
    several = rng.random() < .35
    unlabelled = rng.random() < .4
    pending: Rich = []
    for attribute in attributes:
        key = f'{role}.{attribute}'
        if not page.can(key):
            continue
        bare = attribute in ('web', 'email', 'phone') and (unlabelled or attribute == 'web' and rng.random() < .5)
        glue = page.glued or rng.random() < .08
        lead = [] if bare else label_rich(page, key) + [('' if glue and page.colon.strip() else ' ', ())]
        value = joined(page, page.value(key))
        if not bare:
            page.note_label(key, page.label(key))
        rich = lead + value
        if several and pending and page.sheet.width_of(pending, page.h) + page.sheet.width_of(rich, page.h) < x1 - x0:
            pending = pending + [(rng.choice(['  ', ' ', ' | ', ' / ', ' - ']), ())] + rich
            continue
        if pending:
            y = put_wrapped(page, pending, x0, x1, y, None, align)
        pending = rich
    return put_wrapped(page, pending, x0, x1, y, None, align) if pending else y


def choices(page: Page, keys: list[str], x0, x1, y) -> float:
    """Questions with all their options printed and marks at the chosen one."""
    rng = page.rng
    on, off = rng.choice([('[x]', '[ ]'), ('[X]', '[ ]'), ('☒', '☐'), ('☑', '☐'), ('X', ''), ('(x)', '( )'), ('●', '○'), ('x', '_'), ('✓', ''), ('[x]', '[]'), ('X', '[ ]'), ('■', '□')])
    after = rng.random() < .15
    stacked = rng.random() < .2
    column = x0 + (x1 - x0) * rng.uniform(.3, .5)
    in_column = rng.random() < .3
    for key in keys:
        entry = page.decide(key, .18)
        lead = label_rich(page, key)
        page.note_label(key, page.label(key))
        parts: list[Rich] = []
        for i, option in enumerate(entry.options):
            text = page.case(option)
            mark = on if i == entry.answer else off
            if i == entry.answer:
                shown = f'{text} {mark}' if after else f'{mark} {text}'
                tag = page.new_tag(shown)
                entry.tags.append(tag)
                parts.append([(shown, (tag,))])
            else:
                parts.append([((f'{text} {mark}' if after else f'{mark} {text}').strip(), ())])
        if stacked:
            y = put_wrapped(page, lead, x0, x1, y)
            for part in parts:
                y = put_wrapped(page, part, x0 + page.h * 1.5, x1, y)
            continue
        gap = rng.choice([' ', '  '])
        rich = [part for k, p in enumerate(parts) for part in ([(gap, ())] if k else []) + p]
        if in_column and page.sheet.width_of(lead, page.h) < column - x0:
            page.sheet.put(x0, y, lead, page.h)
            y = put_wrapped(page, rich, column, x1, y)
        else:
            y = put_wrapped(page, lead + [(' ', ())] + rich, x0, x1, y)
    return y


def prose(page: Page, template: str, x0, x1, y, indent: float = 0) -> float:
    """Running text in which {key} is replaced by the tagged value and {_} by an unfilled blank."""
    rich: Rich = []
    for i, part in enumerate(template.split('{')):
        if i == 0:
            rich.append((page.case(part), ()))
            continue
        key, _, rest = part.partition('}')
        if key == '_':
            rich.append(('_' * page.rng.randint(3, 14), ()))
        else:
            rich += joined(page, page.value(key))
        rich.append((page.case(rest), ()))
    if indent:
        lines = page.sheet.wrap(rich, x1 - x0 - indent, page.h)
        page.sheet.put_words(x0 + indent, y, lines[0], page.h)
        return put_lines(page, lines[1:], x0, y + step(page))
    return put_wrapped(page, rich, x0, x1, y)


def signatures(page: Page, keys: list[str], x0, x1, y) -> float:
    """Signature lines side by side: a rule or a name, the label under or before it."""
    rng, sheet = page.rng, page.sheet
    if not keys:
        return y
    width = (x1 - x0) / len(keys)
    over = rng.random() < .5
    for i, key in enumerate(keys):
        x = x0 + i * width
        value = take(page, key) if rng.random() < .75 else None
        if value is None:
            page.empty.add(key)
        rich = joined(page, value) if value else [('_' * rng.randint(8, 18), ())]
        if over:
            sheet.put(x, y, rich, page.h)
            sheet.put(x, y + step(page), [(page.label(key), ())], page.h * .85)
        else:
            put_wrapped(page, label_rich(page, key) + [(' ', ())] + rich, x, x + width - page.h, y)
        page.note_label(key, page.label(key))
    return y + step(page, 2 if over else 1)
