"""The colours of the default style sheet have the contrast that WCAG 2.2 asks for."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parent.parent / "templates"
STYLE = (TEMPLATES / "assets" / "site.css").read_text("utf-8")

AAA, AA, SHAPE = 7.0, 4.5, 3.0
"""Success criteria 1.4.6, 1.4.3 and 1.4.11."""

PAIRS = (
    ("ink", "paper", AAA),
    ("ink", "panel", AAA),
    ("ink", "blue-tint", AAA),
    ("ink", "mark-tint", AAA),
    ("ink", "red-tint", AAA),
    ("ink2", "paper", AAA),
    ("ink2", "panel", AAA),
    ("blue", "paper", AAA),
    ("blue", "panel", AAA),
    ("blue", "blue-tint", AA),
    ("blue", "red-tint", AA),
    ("blue", "mark-tint", AA),
    ("blue-deep", "paper", AAA),
    ("on-blue", "blue", AA),
    ("paper", "ink", AAA),
    ("ink3", "paper", AA),
    ("ink3", "panel", AA),
    ("red", "paper", AA),
    ("red", "red-tint", AA),
    ("mark-ink", "mark", AA),
    ("edge", "paper", SHAPE),
    ("edge", "panel", SHAPE),
    ("blue", "paper", SHAPE),
)
"""What stands on what: text or shape, ground, and the least ratio."""


def tokens(rule: str) -> dict[str, str]:
    """Return the colour tokens of the rule that begins with `rule`."""
    start = STYLE.index(rule)
    block = STYLE[start : STYLE.index("}", start)]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block))


LIGHT = tokens(":root {\n  color-scheme: light")
CHOSEN = tokens(':root[data-theme="dark"] {')
SYSTEM = tokens(':root:not([data-theme="light"]) {')


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG 2.2 defines it."""
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    linear = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    red, green, blue = linear
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, as WCAG 2.2 defines it."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_21() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize(("name", "palette"), [("light", LIGHT), ("dark", LIGHT | CHOSEN)])
def test_every_pair_has_the_contrast_it_needs(name: str, palette: dict[str, str]) -> None:
    too_low = {
        f"{front} on {ground}": round(contrast(palette[front], palette[ground]), 2)
        for front, ground, least in PAIRS
        if contrast(palette[front], palette[ground]) < least
    }
    assert not too_low, name


def test_the_dark_colours_are_the_same_by_choice_and_by_system() -> None:
    assert CHOSEN == SYSTEM
    assert set(CHOSEN) == set(LIGHT), "every colour of the light theme has a dark one"


def test_the_browsers_own_bar_has_the_colour_of_the_page() -> None:
    base = (TEMPLATES / "base.html").read_text("utf-8")
    said = re.findall(r'name="theme-color" content="(#\w+)"', base)
    assert said == [LIGHT["paper"], CHOSEN["paper"]]
