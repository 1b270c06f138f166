"""Tables: what stands in their rows (plans, with amounts that add up) and how they are printed.

A plan gives rows as {column key: text}; totals go to `page.amounts`, so that they may be printed anywhere. Printing tags each
cell as the next row of its column's ask; an empty cell is None there.
"""
from __future__ import annotations

from datetime import timedelta

from .concepts import concept
from .ink import Rich, plain
from .layout import label_rich, put_lines, step
from .page import Page

RIGHT = {'item_qty', 'item_price', 'item_amount', 'item_discount', 'item_tax', 'line_debit', 'line_credit', 'line_balance', 'item_weight', 'line_hours', 'line_value', 'item_units', 'line_amount', 'spot_rate', 'spot_amount', 'spot_count'}
TAX_RATES = {'de': (.19, .07), 'fr': (.2, .055, .1), 'es': (.21, .1), 'it': (.22, .1), 'nl': (.21, .09), 'pt': (.23, .06, .17), 'id': (.1, .11), 'pl': (.23, .08), 'sv': (.25, .12)}


# ---- plans

def sale(page: Page, domain: str, rows: int, low: float, high: float, whole: bool = True) -> list[dict[str, str]]:
    """Items sold, and subtotal, discount, tax, shipping, total, paid, change in page.amounts, all consistent."""
    rng, s = page.rng, page.speaker
    out, amounts = [], []
    units = rng.choice([None, 'pcs', 'kg', 'h', None])
    signs = rng.random() < .25
    for _ in range(rows):
        qty = 1 if rng.random() < .5 else rng.randint(2, 24 if high > 60 else 6)
        price = s.money(low, high)
        weighed = domain == 'grocery' and rng.random() < .1
        if weighed:
            amount = round(price * (w := round(rng.uniform(.1, 3), 3)), 2)
            quantity = s.number(w, 3)
        else:
            amount, quantity = qty * price, str(qty) if rng.random() < .9 or not whole else s.number(qty, 2)
        discount = rng.choice([5, 10, 15, 20, 25]) if rng.random() < .2 else 0
        if discount and page.facts.get('with_line_discount'):
            amount = round(amount * (100 - discount) / 100, s.places)
        amounts.append(amount)
        out.append({'item_name': s.item(domain), 'item_code': s.pattern(page.facts['code_form']), 'item_qty': quantity, 'item_unit': units or rng.choice(['pcs', 'ea', 'kg', 'box', 'set', 'h', 'Stk' if page.lang == 'de' else 'un']),
                    'item_price': s.number(price), 'item_amount': s.amount(amount, None if signs else False), 'item_discount': f'{discount}%' if discount else ('' if rng.random() < .6 else '0%'),
                    'item_tax': rng.choice(page.facts['tax_codes'])})
    page.amounts['subtotal'] = sum(amounts)
    page.facts['item_sum'] = sum(amounts)
    settle(page, sum(amounts))
    return out


def settle(page: Page, subtotal: float) -> None:
    """Total, tax and what was paid, from the sum of the lines."""
    rng, s, a = page.rng, page.speaker, page.amounts
    rate = rng.choice(TAX_RATES.get(page.lang, (.05, .06, .07, .0825, .1, .2, .15)))
    page.facts['rate'] = rate
    unit = 100 if s.places == 0 else .01
    near = lambda x: round(round(x / unit) * unit, 2)
    discount = near(subtotal * rng.choice([.05, .1, .15, .03])) if rng.random() < .2 else 0
    included = rng.random() < (.5 if page.facts.get('retail') else .1)
    tax = near((subtotal - discount) * (rate / (1 + rate) if included else rate))
    total = subtotal - discount + (0 if included else tax)
    a['discount'], a['tax'] = discount, tax
    page.facts['tax_included'] = included
    for key, share in (('shipping', 0), ('service_charge', .1), ('tip', rng.choice([.1, .15, .18, .2]))):
        wanted = page.facts.get('extras', ())
        if key in wanted:
            a[key] = near(rng.uniform(3, 40) * s.big) if key == 'shipping' else near(subtotal * share)
            total += a[key]
    if 'rounding' in page.facts.get('extras', ()):
        a['rounding'] = rng.choice([-.02, -.01, .01, .02, .0, -.01])
        total += a['rounding']
    if included and rng.random() < .5:
        a['subtotal'] = subtotal - discount - tax if rng.random() < .3 else subtotal
    a['total'] = round(total, 2)
    step_up = rng.choice([0, 0, .5, 1, 5, 10, 20, 50]) * s.big
    paid = total if step_up == 0 else (int(total / step_up) + 1) * step_up
    a['paid'], a['change'] = round(paid, 2), round(paid - total, 2)
    a['deposit'] = near(total * rng.choice([.1, .2, .3, .5]))
    a['balance'] = round(total - a['deposit'], 2)


def freight(page: Page, rows: int) -> list[dict[str, str]]:
    """Packages: marks, kind, weight and measure, with their sums."""
    rng, s = page.rng, page.speaker
    out, weight, count = [], 0.0, 0
    for _ in range(rows):
        n, w = rng.randint(1, 60), rng.uniform(4, 900)
        weight, count = weight + w, count + n
        out.append({'item_name': s.item('freight'), 'item_qty': str(n), 'item_weight': s.number(w, 1), 'item_units': rng.choice(['CTN', 'PLT', 'PKG', 'BOX', 'CASES', 'ROLLS', 'DRUMS']),
                    'item_code': s.pattern(page.facts['code_form']), 'hs_code': s.pattern('####.##.##') if rng.random() < .5 else s.pattern('########'), 'item_volume': s.number(rng.uniform(.1, 12), 3),
                    'item_amount': s.number(s.money(50, 4000)), 'origin': s.country()})
    unit = rng.choice([' kg', ' KGS', ' kg', 'kg', ' lbs'])
    page.facts['weight'] = [[(s.number(weight, 1) + unit, None)]]
    page.facts['net_weight'] = [[(s.number(weight * .93, 1) + unit, None)]]
    page.facts['packages'] = [[(str(count), None)]]
    return out


def ledger(page: Page, rows: int) -> list[dict[str, str]]:
    """Lines of a bank statement with a running balance."""
    rng, s, a = page.rng, page.speaker, page.amounts
    balance = a['opening_balance'] = s.money(100, 6000)
    out, day, debit, credit = [], s.today - timedelta(days=rng.randint(25, 31)), 0.0, 0.0
    short = rng.choice([s.date_format, s.date_format, 'D/M', 'D.M.', 'D b'])
    page.facts['period_from'] = [[(s.spell(day, s.date_format), None)]]
    for _ in range(rows):
        day += timedelta(days=rng.randint(0, 3))
        x = s.money(2, 700)
        out_going = rng.random() < .75
        balance += -x if out_going else x
        debit, credit = debit + (x if out_going else 0), credit + (0 if out_going else x)
        out.append({'line_date': s.spell(day, short), 'line_text': s.item('bankline'), 'line_debit': s.number(x) if out_going else '', 'line_credit': '' if out_going else s.number(x), 'line_balance': s.number(balance),
                    'line_amount': s.number(-x if out_going else x)})
    page.facts['period_to'] = [[(s.spell(max(day, s.today), s.date_format), None)]]
    a['closing_balance'], a['total_in'], a['total_out'] = balance, credit, debit
    return out


def payroll(page: Page, rows: int) -> list[dict[str, str]]:
    """Earnings and deductions, with gross and net pay."""
    rng, s, a = page.rng, page.speaker, page.amounts
    out, gross, less = [], 0.0, 0.0
    for i in range(rows):
        earning = i == 0 or rng.random() < .4
        x = round(s.money(1200, 4800), 2) if i == 0 else s.money(20, 320)
        gross, less = gross + (x if earning else 0), less + (0 if earning else x)
        out.append({'line_text': s.item('earning' if earning else 'deduction'), 'line_hours': s.number(rng.randint(8, 176), rng.choice([0, 1, 2])) if earning and rng.random() < .6 else '',
                    'line_credit': s.number(x) if earning else '', 'line_debit': '' if earning else s.number(x), 'line_amount': s.number(x)})
    a['gross_pay'], a['deductions'], a['net_pay'] = gross, less, gross - less
    return out


def spots(page: Page, rows: int) -> list[dict[str, str]]:
    """Lines of a broadcast order, with gross, agency commission and net; now and then only a page of a longer order."""
    rng, s, a = page.rng, page.speaker, page.amounts
    out, gross, count = [], 0.0, 0
    first, last = s.today + timedelta(days=rng.randint(0, 9)), s.today + timedelta(days=rng.randint(10, 60))
    for key, day in (('flight_from', first), ('flight_to', last)):
        page.facts.setdefault(key, [[(s.spell(day, s.date_format), None)]])
    short = s.date_format if rng.random() < .6 else rng.choice(['m/d', 'M/D/y'])
    for n in range(rows):
        spots, rate = rng.randint(0, 14), float(rng.choice([30, 50, 75, 100, 125, 150, 250, 400, 600, 1000, 1700, 4500]))
        gross, count = gross + spots * rate, count + spots
        start = first + timedelta(days=rng.randint(0, 7))
        half, hour = rng.choice('ap'), rng.randint(4, 11)
        out.append({'position_no': str(n + 1), 'spot_from': s.spell(start, short), 'spot_to': s.spell(min(last, start + timedelta(days=6)), short), 'spot_name': s.item('spot'), 'spot_len': rng.choice([':30', ':30', ':60', ':15', '30', '0:30']),
                    'spot_days': rng.choice(['MTWTF--', '------S', 'M------', 'M-F', 'Sa', 'Su', '-T-T---', '1-1-1--', 'MTuWThF', '-----S-']), 'spot_count': str(spots), 'spot_rate': s.amount(rate), 'spot_amount': s.amount(spots * rate),
                    'spot_times': rng.choice([f'{hour}{half}-{hour + 1}{half}', f'{hour}:00 {half.upper()}M-{hour}:30 {half.upper()}M', f'{hour}:59{half}-{hour + 1}{half}'])})
    if rng.random() < .3:
        gross, count = gross * rng.randint(2, 9) + 500, count * 3 + 7
    a['gross_amount'] = max(gross, 100.0)
    a['commission'], a['net_amount'] = round(a['gross_amount'] * .15, 2), round(a['gross_amount'] * .85, 2)
    page.facts['spots'] = [[(str(count), None)]]
    return out


def generic(page: Page, rows: int, columns: dict[str, str]) -> list[dict[str, str]]:
    """Rows drawn column by column with Speaker.value; a spec `item DOMAIN` draws from vocabulary.ITEMS, `~spec` is empty now and then,
    of those marked `^spec` every row has one."""
    s, out = page.speaker, []
    one = [key for key, spec in columns.items() if spec[0] == '^']
    for n in range(rows):
        row = {}
        stands = page.rng.choice(one) if one else None
        for key, spec in columns.items():
            mark = spec[0]
            spec = spec.lstrip('~^')
            if mark == '~' and page.rng.random() < .35 or mark == '^' and key != stands:
                row[key] = ''
            elif spec == 'count':
                row[key] = str(n + 1)
            elif spec.startswith('item '):
                row[key] = s.item(spec[5:])
            else:
                row[key] = s.value(spec)
        out.append(row)
    return out


# ---- printing

def printed(page: Page, plan: list[dict[str, str]], columns: list[str], x0: float, x1: float, y: float, group: str, headed: bool = True, asked: bool = True) -> float:
    """A table with a column each. The widest text columns wrap; numbers stand at the right of their column."""
    rng, sheet, h = page.rng, page.sheet, page.h
    for key in columns:
        if asked:
            page.entry(key, 'column', group)
    natural, longest = [], []
    for key in columns:
        cells = [sheet.measure(page.case(row.get(key, '')), h) for row in plan] or [0]
        words = [sheet.measure(w, h) for row in plan for w in row.get(key, '').split()] or [0]
        head = sheet.measure(page.label(key), h) if headed else 0
        natural.append(max(max(cells), min(head, h * 9)) + h)
        longest.append(max(words) + h * .5)
    total, room = sum(natural), x1 - x0
    if total <= room:
        spare = (room - total) / len(columns) if rng.random() < .7 else 0
        widths = [n + spare for n in natural]
        if rng.random() < .5 and 'item_name' in columns:
            i = columns.index('item_name')
            extra = room - sum(natural)
            widths = [n + (extra if j == i else 0) for j, n in enumerate(natural)]
    else:
        wide = max(range(len(columns)), key=natural.__getitem__)
        over = total - room
        widths = list(natural)
        widths[wide] = max(natural[wide] - over, longest[wide], h * 6)
        scale = room / sum(widths) if sum(widths) > room else 1
        widths = [w * scale for w in widths]
    edges = [x0]
    for w in widths:
        edges.append(edges[-1] + w)
    right = {j for j, key in enumerate(columns) if (key in RIGHT or key[0] == '~' and concept(key).type in ('number', 'integer')) and rng.random() < .9}
    if headed:
        y = _heading(page, columns, edges, right, y)
        for key in columns:
            if asked:
                page.note_label(f'{group}/{key}', page.label(key))
    gap = rng.choice([1, 1, 1, 1.35])
    upper_gap = y
    for row in plan:
        bottoms = [y]
        for j, key in enumerate(columns):
            text = row.get(key, '')
            if not text:
                if asked:
                    page.entry(key, 'column', group).tags.append(None)
                continue
            rich = page.given(key, text, 'column', group) if asked else [(page.case(text), ())]
            lines = sheet.wrap(rich, max(edges[j + 1] - edges[j] - h * .4, longest[j]), h)
            if j in right:
                bottoms.append(put_lines(page, lines, edges[j + 1] - h * .4, y, h, 'r'))
            else:
                bottoms.append(put_lines(page, lines, edges[j], y, h))
        y += (max(bottoms) - y) * gap
    return max(y, upper_gap)


def _heading(page: Page, columns, edges, right, y) -> float:
    sheet, h = page.sheet, page.h
    bottom = y
    for j, key in enumerate(columns):
        lines = sheet.wrap(label_rich(page, key, ''), max(edges[j + 1] - edges[j] - h * .4, h * 3), h)
        at, align = (edges[j + 1] - h * .4, 'r') if j in right else (edges[j], 'l')
        bottom = max(bottom, put_lines(page, lines, at, y, h, align))
    return bottom + step(page, page.rng.choice([0, 0, .3]))


def till(page: Page, plan: list[dict[str, str]], x0: float, x1: float, y: float, group: str) -> float:
    """Items as tills print them: quantity before or under the name, price at the right with a tax letter, codes on lines of their own."""
    rng, sheet, h = page.rng, page.sheet, page.h
    style = rng.choice(['plain', 'plain', 'qty first', 'qty first', 'qty first', 'under', 'under', 'code first', 'qty end', 'price line', 'code line'])
    letter = rng.choice(['', '', '', ' T', ' F', ' S', ' A', 'B', ' SR', ' Z', '*'])
    letter_tagged = letter and letter[0] != ' '
    times = rng.choice([' x ', 'x', ' X ', ' @ ', '@', ' * ', ' x', ' x @'])
    show_price = rng.random() < .6 or style == 'under'
    asked = {'item_name', 'item_amount'} | ({'item_qty'} if style in ('qty first', 'under', 'qty end', 'price line') else set())
    if style in ('under', 'price line') and show_price:
        asked.add('item_price')
    if style in ('code first', 'code line'):
        asked.add('item_code')
    for key in sorted(asked):
        page.entry(key, 'column', group)
    if rng.random() < (.35 if style != 'plain' else .2):
        y = _till_heading(page, style, x0, x1, y, asked, group)
    glue = rng.random() < .1
    tight = rng.random() < .15
    for row in plan:
        give = lambda key: page.given(key, row[key], 'column', group)
        name = give('item_name')
        amount = give('item_amount')
        if letter_tagged:
            amount = [(amount[0][0] + letter, amount[0][1])]
            page.truth[amount[0][1][0]] += letter
        elif letter and rng.random() < .8:
            amount = amount + [(letter, ())]
        width = sheet.width_of(amount, h)
        start: Rich = []
        single = row['item_qty'] in ('1',) and style == 'under' and rng.random() < .6
        if style == 'qty first':
            start = give('item_qty') + [(rng.choice(['x ', 'x ', ' X ', ' @ ']) if times in (' x ', 'x') and tight else ' ' if not glue else '', ())]
        elif style == 'code first':
            start = give('item_code') + [(' ', ())]
        elif style == 'code line':
            sheet.put(x0, y, give('item_code'), h)
            y += step(page)
        if style == 'qty end':
            quantity = give('item_qty')
            middle = x0 + (x1 - x0) * .62
            y = _name_lines(page, start + name, x0, middle - h, y)
            sheet.put(middle, y, quantity, h)
            sheet.put(x1, y, amount, h, 'r')
            y += step(page)
            continue
        if style == 'price line':
            y = _name_lines(page, name, x0, x1, y) + step(page)
            line = give('item_qty') + [(times, ())] + (give('item_price') if show_price else [])
            sheet.put(x0 + (x1 - x0) * rng.choice([.05, .2, .3]), y, line, h)
            sheet.put(x1, y, amount, h, 'r')
            y += step(page)
            continue
        last = _name_lines(page, start + name, x0, x1 - width - h, y)
        sheet.put(x1, y if rng.random() < .8 else last, amount, h, 'r')
        y = last + step(page)
        if style == 'under':
            if single:
                page.entry('item_qty', 'column', group).tags.append(None)
                if show_price:
                    page.entry('item_price', 'column', group).tags.append(None)
            else:
                line = give('item_qty') + [(times, ())] + (give('item_price') if show_price else [])
                sheet.put(x0 + (x1 - x0) * .08, y, line, h)
                y += step(page)
        elif rng.random() < .05:
            sheet.put(x0 + h, y, [(rng.choice(['NO ICE', 'EXTRA CHEESE', 'PROMO', 'Item Price ' + row['item_price'], page.speaker.code_of()]), ())], h)
            y += step(page)
    return y


def _name_lines(page: Page, rich: Rich, x0, x1, y) -> float:
    """Prints a name, wrapped; returns the y of its last line."""
    lines = page.sheet.wrap(rich, max(x1 - x0, page.h * 5), page.h)
    return put_lines(page, lines, x0, y) - step(page)


def _till_heading(page: Page, style, x0, x1, y, asked, group) -> float:
    sheet, h = page.sheet, page.h
    left = page.label('item_name')
    if style == 'qty first':
        left = f"{page.label('item_qty')} {left}"
    elif style == 'code first':
        left = f"{page.label('item_code')} {left}"
    sheet.put(x0, y, [(left, ())], h)
    if style == 'qty end':
        sheet.put(x0 + (x1 - x0) * .62, y, [(page.label('item_qty'), ())], h)
    sheet.put(x1, y, [(page.label('item_amount'), ())], h, 'r')
    return y + step(page)


def totals(page: Page, keys: list[str], x0: float, x1: float, y: float) -> float:
    """Sums under a table: labels at x0, amounts at the right edge; the printed facts are page.amounts."""
    rng, sheet, h = page.rng, page.sheet, page.h
    glue = page.glued and rng.random() < .7
    label_right = rng.random() < .25
    for key in keys:
        if not page.can(key):
            continue
        text = page.label(key)
        if key == 'tax' and rng.random() < .3 and '%' not in text:
            rate = page.speaker.number(page.facts['rate'] * 100, 0 if abs(page.facts['rate'] * 1000 % 10) < .01 else 2)
            text = rng.choice([f'{text} {rate}%', f'{text} ({rate}%)', f'{rate}% {text}', f'{text} @ {rate}%'])
        colon = '' if text[-1] in ':.' else page.colon if rng.random() < .9 else ''
        lead = _paid_with(page, text, colon) if key == 'paid' else [(text + colon, ())]
        value = joined_amount(page, key)
        if plain(lead).startswith(text):
            page.note_label(key, page.label(key))
        if glue:
            y = put_lines(page, sheet.wrap(lead + value, x1 - x0, h), x0, y)
            continue
        if sheet.width_of(lead, h) + sheet.width_of(value, h) > (x1 - x0) * .97:
            y = put_lines(page, sheet.wrap(lead, x1 - x0, h), x0, y)
            if rng.random() < .5:
                y -= step(page, .1)
        elif label_right:
            sheet.put(x1 - max(sheet.width_of(value, h), h * 6) - h, y, lead, h, 'r')
        else:
            sheet.put(x0, y, lead, h)
        sheet.put(x1, y, value, h, 'r')
        y += step(page, rng.choice([1, 1, 1, 1.25]) if rng.random() < .2 else 1)
    return y


def _paid_with(page: Page, text: str, colon: str) -> Rich:
    """The label of what was paid; often it is the means of payment itself, and then says how it was paid."""
    if 'payment_method' in page.entries or not page.can('payment_method'):
        return [(text + colon, ())]
    cash = [o.lower() for o in (page.options('payment_method')[0], 'cash', 'espèces', 'efectivo', 'contant')]
    if any(c in text.lower() for c in cash):
        entry = page.decide('payment_method')
        entry.answer = 0
    elif page.rng.random() < .5:
        page.decide('payment_method')
        text = page.options('payment_method')[page.entries['payment_method'].answer]
    else:
        return [(text + colon, ())]
    tag = page.new_tag(page.case(text))
    page.entries['payment_method'].tags.append(tag)
    return [(page.case(text), (tag,)), (colon, ())]


def joined_amount(page: Page, key: str) -> Rich:
    value = list(page.value(key)[0])
    if key == 'discount' and page.rng.random() < .5:
        text, tags = value[0]
        value = [('-' + text, tags)] if page.rng.random() < .5 else [('-', ())] + value
        if value[0][1]:
            page.truth[tags[0]] = '-' + text
    return value


def item_keys() -> list[str]:
    return ['item_name', 'item_code', 'item_qty', 'item_unit', 'item_price', 'item_discount', 'item_tax', 'item_amount']


__all__ = ['freight', 'generic', 'ledger', 'payroll', 'plain', 'printed', 'sale', 'settle', 'till', 'totals', 'concept', 'item_keys']
