"""Polish letters for a font that has none: Pillow's own one draws plain Latin, the marks are added here."""

from functools import cache

from PIL import ImageDraw, ImageFont

MARKS = {
    "ą": "a;", "ć": "c'", "ę": "e;", "ł": "l/", "ń": "n'", "ó": "o'", "ś": "s'", "ź": "z'", "ż": "z.",
    "Ą": "A;", "Ć": "C'", "Ę": "E;", "Ł": "L/", "Ń": "N'", "Ó": "O'", "Ś": "S'", "Ź": "Z'", "Ż": "Z.",
}  # fmt: skip


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size=size)


def text_width(text: str, size: int) -> float:
    """Width in pixels of a text in one line."""
    return sum(_font(size).getlength(MARKS.get(letter, letter)[0]) for letter in text)


def write(
    pen: ImageDraw.ImageDraw,
    at: tuple[float, float],
    text: str,
    colour: str,
    *,
    size: int,
    halo: bool = False,
) -> None:
    """Write one line with its upper left corner at a point; a halo keeps it legible over lines."""
    for around in (True, False) if halo else (False,):
        x, y = at
        for letter in text:
            drawn = MARKS.get(letter, letter)
            base, mark = drawn[0], drawn[1:]
            outline = 3 if around else 0
            pen.text((x, y), base, font=_font(size), fill="white" if around else colour, stroke_width=outline)
            if mark and not around:
                _mark(pen, mark, _font(size).getbbox(base), (x, y), colour)
            x += _font(size).getlength(base)


def _mark(
    pen: ImageDraw.ImageDraw,
    mark: str,
    box: tuple[float, float, float, float],
    at: tuple[float, float],
    colour: str,
) -> None:
    left, top, right, bottom = box[0] + at[0], box[1] + at[1], box[2] + at[0], box[3] + at[1]
    middle = (left + right) / 2
    match mark:
        case "'":
            pen.line((middle - 1, top - 2, middle + 3, top - 6), fill=colour, width=2)
        case ".":
            pen.ellipse((middle - 1.5, top - 5, middle + 1.5, top - 2), fill=colour)
        case ";":
            pen.arc((right - 6, bottom - 2, right, bottom + 5), 60, 250, fill=colour, width=2)
        case "/":
            height = bottom - top
            pen.line((left - 2, top + height * 0.62, left + 6, top + height * 0.38), fill=colour, width=2)
