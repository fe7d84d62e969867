"""A printable card with the link to the account as a QR code."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import segno
from PIL import Image, ImageDraw, ImageFont

from bot.errors import ConfigurationError
from bot.i18n import LANGUAGES, plain
from bot.model.message import M, Message

WIDTH, HEIGHT, DPI = 1240, 1748, 300  # A6
MARGIN = 90
INK, QUIET, PAPER = "#1b1f24", "#5b6470", "white"
FONTS = ("DejaVuSans.ttf", "NotoSans-Regular.ttf", "LiberationSans-Regular.ttf", "FreeSans.ttf", "Arial.ttf")
"""Fonts with Ukrainian and Polish letters; the first that the system has is taken."""

SCAN = M("Scan with your phone and write to us on Signal.")
SAFE = M("We never ask for codes or passwords of other services.")


def card(link: str, name: str, username: str = "") -> bytes:
    """A PNG of 105 x 148 mm at 300 dpi: name, QR code, and how to use it in every language.

    Args:
        link: As ``introduce`` returned it, ``https://signal.me/#eu/…``.
        name: Of the bot.
        username: Shown below the code for who cannot scan.

    Raises:
        ConfigurationError: The link is none to an account, or the system has no font with Cyrillic letters.
    """
    if not link.startswith("https://signal.me/#"):
        raise ConfigurationError("the card needs the link of the account, https://signal.me/#eu/…")
    above = _block([name], 84)
    below = [_block([username], 44)] if username else []
    below += [_block(_in_all_languages(SCAN), 36), _block(_in_all_languages(SAFE), 30, QUIET)]
    left = HEIGHT - 2 * MARGIN - above.height - sum(block.height for block in below)
    code = _code(link, min(WIDTH - 4 * MARGIN, left))
    paper = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(paper)
    y = _write(pen, above, MARGIN)
    paper.paste(code, ((WIDTH - code.width) // 2, y))
    y += code.height
    for block in below:
        y = _write(pen, block, y)
    png = io.BytesIO()
    paper.save(png, "PNG", dpi=(DPI, DPI), optimize=True)
    return png.getvalue()


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines of one size, broken to the width of the card."""

    lines: tuple[str, ...]
    size: int
    colour: str

    @property
    def step(self) -> int:
        return round(self.size * 1.35)

    @property
    def height(self) -> int:
        return self.step * len(self.lines) + self.size


def _in_all_languages(sentence: Message) -> list[str]:
    return [plain(sentence, language) for language in LANGUAGES]


def _code(link: str, size: int) -> Image.Image:
    """The code with its quiet zone, at most ``size`` pixels wide and sharp at the edges."""
    made = segno.make(link, error="q", micro=False)
    png = io.BytesIO()
    made.save(png, kind="png", scale=size // made.symbol_size()[0], border=4)
    return Image.open(png).convert("RGB")


def _block(lines: Sequence[str], size: int, colour: str = INK) -> _Block:
    font = _font(size)
    return _Block(tuple(part for line in lines for part in _broken(line, font)), size, colour)


def _write(pen: ImageDraw.ImageDraw, block: _Block, y: int) -> int:
    """Write the lines, each in the middle; where the next thing may begin."""
    font = _font(block.size)
    for number, line in enumerate(block.lines):
        at = ((WIDTH - font.getlength(line)) / 2, y + number * block.step)
        pen.text(at, line, font=font, fill=block.colour)
    return y + block.height


def _broken(line: str, font: ImageFont.FreeTypeFont) -> list[str]:
    parts = [""]
    for word in line.split():
        longer = f"{parts[-1]} {word}".strip()
        if parts[-1] and font.getlength(longer) > WIDTH - 2 * MARGIN:
            parts.append(word)
        else:
            parts[-1] = longer
    return parts


def _font(size: int) -> ImageFont.FreeTypeFont:
    for name in FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    raise ConfigurationError("no font with Ukrainian letters is installed; install the package fonts-dejavu")
