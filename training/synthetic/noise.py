"""What reading a page does to it: skew, jitter, misread characters, split, merged and lost words, specks, cropping.

Works on ink.Word lists in place or anew and keeps marks exact. Values are never lost in silence: only words without marks are
dropped, and what a crop takes away is reported by asks.py as cropped, not as absent.
"""
from __future__ import annotations

import math
import random

from .ink import Word, delete, insert, merge, split

CONFUSED = {'0': 'OD', 'O': '0', '1': 'lI', 'l': '1I', 'I': 'l1', '5': 'S', 'S': '5', '8': 'B', 'B': '8', '6': 'G', 'G': '6', '2': 'Z', 'Z': '2', 'e': 'c', 'c': 'e', 'a': 'o', 'o': 'a', 'u': 'v',
            'n': 'm', 'h': 'b', 'r': 'n', 'i': 'l', 't': 'f', 'f': 't', 'E': 'F', 'D': 'O', 'N': 'H', 'H': 'N', 'U': 'V', '.': ',', ',': '.', '4': 'A', '7': '1', '9': 'g', '3': '8', 'é': 'e', 'ü': 'u', 'ö': 'o', '-': '~', ':': ';'}
SPECKS = ('.', ',', '|', '-', '~', "'", ':', '_', 'I', '*', '»', 'i', '—', '°', 'ii', '=', '/')


def misread(words: list[Word], rng: random.Random, rate: float) -> None:
    """Confuses, drops and doubles characters at `rate` per character."""
    for w in words:
        n = len(w.text)
        hits = sum(rng.random() < rate for _ in range(n)) if n < 4 else int(rng.random() < rate * n) + int(rng.random() < rate * n * .3)
        for _ in range(hits):
            at = rng.randrange(len(w.text))
            c = w.text[at]
            if c in '.,:;-/#*' and rng.random() < .6:
                if rng.random() < .6 and len(w.text) > 1 and not any(b - a == 1 and a == at for a, b, _ in w.marks):
                    delete(w, at)
                else:
                    insert(w, at, c)
            elif c in CONFUSED:
                w.text = w.text[:at] + rng.choice(CONFUSED[c]) + w.text[at + 1:]


def break_words(words: list[Word], rng: random.Random, rate: float) -> list[Word]:
    """Splits some words in two and joins some neighbours of one segment."""
    out: list[Word] = []
    for w in words:
        if len(w.text) > 3 and rng.random() < rate:
            out += split(w, rng.randrange(1, len(w.text)))
        elif out and out[-1].segment == w.segment and rng.random() < rate * 1.5:
            out[-1] = merge(out[-1], w)
        else:
            out.append(w)
    return out


def unspace(words: list[Word]) -> list[Word]:
    """Each segment as one word without spaces, as line transcripts of photographed receipts come."""
    out: list[Word] = []
    for w in words:
        if out and out[-1].segment == w.segment and w.x0 >= out[-1].x0:
            out[-1] = merge(out[-1], w)
        else:
            out.append(w)
    return out


def lose(words: list[Word], rng: random.Random, rate: float) -> list[Word]:
    """Drops some of the words that belong to no value."""
    return [w for w in words if w.marks or rng.random() >= rate]


def specks(words: list[Word], rng: random.Random, count: int, width: float, height: float, h: float) -> None:
    """Dirt read as words, most of it near the edges."""
    for _ in range(count):
        x = rng.choice([rng.uniform(0, width * .05), rng.uniform(width * .94, width * .99), rng.uniform(0, width * .99)])
        y, tall = rng.uniform(0, height - h), h * rng.uniform(.3, 1)
        words.append(Word(rng.choice(SPECKS), x, y, min(x + tall * .5, width), y + tall, [], -1))


def skew(words: list[Word], rng: random.Random, width: float, height: float, degrees: float, bend: float) -> None:
    """Turns the page about its middle and bows it by `bend` points; boxes stay upright and grow to hold the turned text."""
    tilt = math.tan(math.radians(degrees))
    cx, cy = width / 2, height / 2
    for w in words:
        mx, my = (w.x0 + w.x1) / 2, (w.y0 + w.y1) / 2
        dy = (mx - cx) * tilt + bend * ((mx - cx) / cx) ** 2
        dx = -(my - cy) * tilt
        grow = abs(tilt) * (w.x1 - w.x0) / 2 * .6
        w.x0, w.x1, w.y0, w.y1 = w.x0 + dx, w.x1 + dx, w.y0 + dy - grow, w.y1 + dy + grow


def jitter(words: list[Word], rng: random.Random, amount: float) -> None:
    """Moves each edge a little, `amount` in shares of the word's height."""
    uniform = rng.uniform
    for w in words:
        j = (w.y1 - w.y0) * amount
        w.x0 += uniform(-j, j)
        w.x1 = max(w.x1 + uniform(-j, j), w.x0 + .5)
        w.y0 += uniform(-j, j) * .5
        w.y1 = max(w.y1 + uniform(-j, j) * .5, w.y0 + .5)
