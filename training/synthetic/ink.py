"""What is printed: words with boxes, and marks that say which characters belong to which value.

Text is handled as rich text, a list of (string, tags), so that one value may lie inside another (the city in an address)
or be glued to its label ("Total:RM12.00"). Putting it on the page yields words whose marks are exact character ranges;
every later change (noise) goes through functions that keep them exact.
"""
from __future__ import annotations

Rich = list  # of (str, tuple of int)

_WIDTH = {**{c: .52 for c in "iljtfI.,:;'|!()[]/- "}, **{c: 1.42 for c in 'mwMW@%—'}, **{c: 1.18 for c in 'ABCDEGHKNOPQRSTUVXYZ'}}


class Word:
    """A printed word: text, box in points (origin top left), marks [(start, end, tag)] in characters, the segment it was put in."""

    __slots__ = ('text', 'x0', 'y0', 'x1', 'y1', 'marks', 'segment')

    def __init__(self, text, x0, y0, x1, y1, marks, segment):
        self.text, self.x0, self.y0, self.x1, self.y1, self.marks, self.segment = text, x0, y0, x1, y1, marks, segment


def pieces(rich: Rich) -> list[tuple[str, list]]:
    """Rich text to words (text, marks), split at spaces; parts without a space between them stay one word."""
    out, text, marks = [], '', []
    for string, tags in rich:
        for i, part in enumerate(string.split(' ')):
            if i and text:
                out.append((text, marks))
                text, marks = '', []
            if part:
                if tags:
                    a = len(text)
                    marks = marks + [(a, a + len(part), t) for t in tags]
                text += part
    if text:
        out.append((text, marks))
    return out


def plain(rich: Rich) -> str:
    return ''.join(s for s, _ in rich)


class Sheet:
    """A page being printed, in points. `mono`: every character is as wide as any other."""

    def __init__(self, width: float, mono: bool, cramp: float):
        self.width, self.mono, self.cramp = width, mono, cramp
        self.words: list[Word] = []
        self.segments = 0

    def measure(self, text: str, h: float) -> float:
        """Width of a text in type of height h."""
        em = h * self.cramp
        if self.mono:
            return em * len(text)
        get = _WIDTH.get
        return em * sum([get(c, 1.0) for c in text])

    def width_of(self, rich: Rich, h: float) -> float:
        return self.measure(plain(rich), h)

    def put(self, x: float, y: float, rich: Rich, h: float, align: str = 'l') -> float:
        """Prints one line with its left edge (align l), its right edge (r) or its middle (c) at x; returns the right edge."""
        return self.put_words(x, y, pieces(rich), h, align)

    def put_words(self, x: float, y: float, words: list, h: float, align: str = 'l') -> float:
        widths = [self.measure(t, h) for t, _ in words]
        space = h * self.cramp * (1 if self.mono else .6)
        if align != 'l':
            total = sum(widths) + space * (len(words) - 1)
            x -= total if align == 'r' else total / 2
        self.segments += 1
        for (text, marks), w in zip(words, widths):
            self.words.append(Word(text, x, y, x + w, y + h, marks, self.segments))
            x += w + space
        return x - space if words else x

    def wrap(self, rich: Rich, width: float, h: float) -> list[list]:
        """Rich text to lines of words no wider than `width` (a longer single word has a line for itself)."""
        lines, line, used = [], [], 0.0
        space = h * self.cramp * (1 if self.mono else .6)
        for word in pieces(rich):
            w = self.measure(word[0], h)
            if line and used + space + w > width:
                lines.append(line)
                line, used = [], 0.0
            used += w + (space if line else 0)
            line.append(word)
        return lines + [line] if line else lines


def insert(word: Word, at: int, text: str) -> None:
    """Puts text in at character `at`; marks after it move, marks around it grow, marks that end there stay."""
    n = len(text)
    word.text = word.text[:at] + text + word.text[at:]
    word.marks = [(a + n if a >= at else a, b + n if b > at else b, t) for a, b, t in word.marks]


def delete(word: Word, at: int) -> None:
    """Takes the character at `at` away; a mark of which nothing is left goes too."""
    word.text = word.text[:at] + word.text[at + 1:]
    moved = [(a - (a > at), b - (b > at), t) for a, b, t in word.marks]
    word.marks = [(a, b, t) for a, b, t in moved if b > a]


def merge(first: Word, second: Word, glue: str = '') -> Word:
    """The two as one word, in this order."""
    n = len(first.text) + len(glue)
    return Word(first.text + glue + second.text, min(first.x0, second.x0), min(first.y0, second.y0), max(first.x1, second.x1), max(first.y1, second.y1),
                first.marks + [(a + n, b + n, t) for a, b, t in second.marks], first.segment)


def split(word: Word, at: int) -> tuple[Word, Word]:
    """Two words, cut before character `at`, the box shared by characters."""
    x = word.x0 + (word.x1 - word.x0) * at / len(word.text)
    left = [(a, min(b, at), t) for a, b, t in word.marks if a < at]
    right = [(max(a - at, 0), b - at, t) for a, b, t in word.marks if b > at]
    return (Word(word.text[:at], word.x0, word.y0, x, word.y1, left, word.segment),
            Word(word.text[at:], x, word.y0, word.x1, word.y1, right, word.segment))
