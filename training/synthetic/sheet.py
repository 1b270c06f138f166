"""A contact sheet: pages side by side as a reader would see them, what is asked coloured by kind, absent fields listed below."""
from __future__ import annotations

from PIL import Image, ImageDraw, ImageFont

COLOURS = {'scalar': (30, 120, 230), 'list': (200, 90, 0), 'column': (0, 140, 80), 'enum': (180, 0, 150)}
WIDTH, GAP, ACROSS = 620, 16, 4


def draw(documents: list[dict]) -> Image.Image:
    """All pages, four to a row, each scaled to the same width."""
    pages = [_page(d) for d in documents]
    rows = [pages[i:i + ACROSS] for i in range(0, len(pages), ACROSS)]
    heights = [max(p.height for p in row) + GAP for row in rows]
    sheet = Image.new('RGB', (ACROSS * (WIDTH + GAP) + GAP, sum(heights) + GAP), (150, 150, 150))
    y = GAP
    for row, height in zip(rows, heights):
        for i, page in enumerate(row):
            sheet.paste(page, (GAP + i * (WIDTH + GAP), y))
        y += height
    return sheet


def _page(d: dict) -> Image.Image:
    scale = WIDTH / d['page']['width']
    height = min(int(d['page']['height'] * scale) + 1, WIDTH * 3)
    image = Image.new('RGB', (WIDTH, height + 30), 'white')
    pen = ImageDraw.Draw(image)
    for ask in d['asks']:
        colour = COLOURS['enum' if ask['type'] == 'enum' else ask['kind']]
        for runs in ask['rows'] if 'rows' in ask else [ask['runs'], *ask.get('alternatives', [])]:
            for (first, c0), (last, c1) in runs:
                for i in range(first, last + 1):
                    _mark(pen, d['words'][i], c0 if i == first else 0, c1 if i == last else None, scale, colour)
    for word in d['words']:
        _word(image, word, scale)
    pen.text((4, height + 4), f"{d['id']}  {d['doctype']}  {d['lang']}  absent: {', '.join(a['names'][0] for a in d['absent'])[:60]}", fill=(200, 0, 0), font=ImageFont.load_default(12))
    pen.rectangle((0, 0, WIDTH - 1, height + 29), outline=(90, 90, 90))
    return image


def _mark(pen: ImageDraw.ImageDraw, word: dict, start: int, end: int | None, scale: float, colour) -> None:
    """Shades the part of a word that belongs to a value."""
    x0, y0, x1, y1 = (v * scale for v in word['box'])
    n = len(word['text'])
    a, b = x0 + (x1 - x0) * start / n, x0 + (x1 - x0) * (n if end is None else end) / n
    pale = tuple(255 - (255 - c) // 4 for c in colour)
    pen.rectangle((a, y0, b, y1), fill=pale)
    pen.line((a, y1 + 1, b, y1 + 1), fill=colour)


def _word(image: Image.Image, word: dict, scale: float) -> None:
    """The word drawn at its height and squeezed or stretched to its box."""
    x0, y0, x1, y1 = (v * scale for v in word['box'])
    font = ImageFont.load_default(max(6, (y1 - y0) * .95))
    left, top, right, bottom = font.getbbox(word['text'])
    text = Image.new('L', (max(1, int(right)), max(1, int(bottom) + 2)), 0)
    ImageDraw.Draw(text).text((0, 0), word['text'], fill=255, font=font)
    text = text.resize((max(1, round(x1 - x0)), text.height))
    image.paste(Image.new('RGB', text.size, (20, 20, 20)), (round(x0), round(y0 - top * .5)), text)
