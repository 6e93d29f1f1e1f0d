"""Draws social cards with Pillow: 1200 by 630, paper ground, ink, and blue for evidence."""

import io
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sitegen.render.folders import font_folder
from sitegen.render.line_breaking import break_lines, cut_lines
from sitegen.render.social_cards import HEIGHT, WIDTH, SocialCard

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

_PAPER = (0xFC, 0xFC, 0xFA)
_COLOURS = ((0x14, 0x19, 0x1F), (0x42, 0x4B, 0x55), (0x12, 0x45, 0x9B))
_STEPS = 16
_INK, _GREY, _BLUE = range(0, 3 * _STEPS, _STEPS)
"""Where each colour's way from paper begins in the palette."""
_FULL = _STEPS - 1
_SERIF = ("SourceSerif4-SemiBold.ttf", "NotoSerifJP-SemiBold-subset.ttf")
_SANS = ("PublicSans-SemiBold.ttf", *_SERIF)
_MARGIN = 64
_INNER = WIDTH - 2 * _MARGIN
_TITLE_TOP, _TITLE_BOTTOM = 188, 478
_TITLE_SIZES = (76, 64, 54, 46)
_MOST_LINES = 4
_LEADING = 1.16
_BAR_TOP, _BAR_HEIGHT, _STRIPE, _GAP = 502, 26, 8, 3
_NOT_A_CHARACTER = "\U0010ffff"
"""No font has a glyph for it, so it is drawn as every character is that a font lacks."""

# Kerning by Pillow's own layout only: Raqm loads FriBiDi from the machine, if that has it.
_LAYOUT_BASIC = 0


def draw_card(card: SocialCard) -> bytes:
    """Return a card as PNG, the same bytes for the same Pillow.

    A text with a character that no font of ours can draw, or whose script needs shaping, is left
    out: the card then shows the rest.
    """
    from PIL import Image

    # With a palette from the start: finding one afterwards takes longer than all the rest.
    canvas = Image.new("P", (WIDTH, HEIGHT), _INK)
    canvas.putpalette(_palette())
    canvas.paste(_INK + _FULL, (0, 0, WIDTH, 16))
    _put(canvas, card.site, _SERIF, 40, 52, _INK)
    _put(canvas, card.topic, _SANS, 26, 132, _BLUE)
    _title(canvas, card.title)
    _bar(canvas, card.shares)
    _put(canvas, card.line, _SANS, 27, 550, _GREY)
    out = io.BytesIO()
    canvas.save(out, "PNG")
    return out.getvalue()


def _palette() -> list[int]:
    """Return the palette: each colour in sixteen steps from paper."""
    return [
        round(paper + (ink - paper) * step / _FULL)
        for colour in _COLOURS
        for step in range(_STEPS)
        for paper, ink in zip(_PAPER, colour, strict=True)
    ]


def drawable(text: str) -> bool:
    """Return whether our fonts have every character of a text."""
    return all(_font_of(character, _SANS) is not None for character in _plain(text))


def _title(canvas: "Image", title: str) -> None:
    text = _plain(title)
    if not drawable(text):
        return
    for size in _TITLE_SIZES:

        def measure(line: str, size: int = size) -> float:
            return _width(line, _SERIF, size)

        lines = break_lines(text, _INNER, measure)
        height = len(lines) * size * _LEADING
        fits = len(lines) <= _MOST_LINES and height <= _TITLE_BOTTOM - _TITLE_TOP
        if (fits and all(measure(line) <= _INNER for line in lines)) or size == _TITLE_SIZES[-1]:
            for number, line in enumerate(cut_lines(lines, _MOST_LINES, _INNER, measure)):
                _draw(canvas, line, _SERIF, size, _TITLE_TOP + number * size * _LEADING, _INK)
            return


def _bar(canvas: "Image", shares: tuple[int, ...]) -> None:
    """Draw the evidence bar: one part a source, every second one striped."""
    from PIL import Image

    row = Image.new("P", (2 * _STRIPE, 1), _BLUE + 4)
    row.paste(_BLUE + _FULL, (0, 0, _STRIPE, 1))
    done, claims = 0, sum(shares)
    for number, share in enumerate(shares):
        left = _MARGIN + round(_INNER * done / claims) + (_GAP if done else 0)
        done += share
        right = _MARGIN + round(_INNER * done / claims)
        for y in range(_BAR_HEIGHT):
            box = (left, _BAR_TOP + y, max(left, right), _BAR_TOP + y + 1)
            if number % 2 == 0:
                canvas.paste(_BLUE + _FULL, box)
                continue
            for x in range(left - (left + y) % (2 * _STRIPE), right, 2 * _STRIPE):
                start, end = max(x, left), min(x + 2 * _STRIPE, right)
                canvas.paste(row.crop((start - x, 0, end - x, 1)), (start, _BAR_TOP + y))


def _put(
    canvas: "Image", text: str, names: tuple[str, ...], size: int, top: float, colour: int
) -> None:
    """Draw one line, cut where it is too long; nothing where a character can't be drawn."""
    plain = _plain(text)
    if not drawable(plain):
        return

    def measure(line: str) -> float:
        return _width(line, names, size)

    for line in cut_lines([plain], 1, _INNER, measure):
        _draw(canvas, line, names, size, top, colour)


def _draw(
    canvas: "Image", line: str, names: tuple[str, ...], size: int, top: float, colour: int
) -> None:
    from PIL import Image, ImageDraw

    mask = Image.new("L", (WIDTH, size * 2))
    draw = ImageDraw.Draw(mask)
    left: float = _MARGIN
    for name, run in _runs(line, names):
        font = _font(name, size)
        # By the baseline, so that runs of different fonts stand on one line.
        draw.text((left, size * 1.3), run, 255, font=font, anchor="ls")
        left += font.getlength(run)
    inked = mask.point([255 if value >> 4 else 0 for value in range(256)])
    steps = mask.point([colour + (value >> 4) for value in range(256)])
    canvas.paste(steps, (0, round(top - size * 0.5)), inked)


def _width(line: str, names: tuple[str, ...], size: int) -> float:
    return sum(_font(name, size).getlength(run) for name, run in _runs(line, names))


def _runs(line: str, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield a line in runs with the font of each."""
    for name, run in groupby(line, key=lambda each: _font_of(each, names)):
        if name is not None:
            yield name, "".join(run)


def _plain(text: str) -> str:
    """Return a text without characters that only say how it is laid out."""
    return "".join(each for each in text if unicodedata.category(each) != "Cf")


@lru_cache(maxsize=4096)
def _font_of(character: str, names: tuple[str, ...]) -> str | None:
    """Return the first font that has a character, or None."""
    if unicodedata.combining(character) or unicodedata.bidirectional(character) in ("R", "AL"):
        return None
    for name in names:
        font = _font(name, 24)
        if character.isspace() or _glyph(font, character) != _glyph(font, _NOT_A_CHARACTER):
            return name
    return None


def _glyph(font: "FreeTypeFont", character: str) -> tuple[float, bytes]:
    mask: Any = font.getmask(character)
    return font.getlength(character), bytes(mask)


@lru_cache(maxsize=32)
def _font(name: str, size: int) -> "FreeTypeFont":
    from PIL import ImageFont

    path = str(font_folder() / name)
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout(_LAYOUT_BASIC))


RENDERERS = {"social-card": draw_card}
