"""Every page kind, in every state, theme and width, held against axe-core and WCAG 2.2."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from tests.e2e.probes import AXE, CLIPPED, SIDEWAYS, SMALL_TARGETS, UNMARKED
from tests.e2e.states import PAGES

pytestmark = pytest.mark.browser

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
WIDTHS = (390, 1280)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
CARDS = {
    "explainer": (1,),
    "explainer-ja": (1,),
    "explainer-changed-sources": (1, 2, 3, 5, 6),
    "term": (1,),
}
"""Pages that are also looked at with preview cards open: of these notes, each in its own state."""

# What WCAG 1.4.12 asks a page to bear.
TEXT_SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important }
* { word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }
"""


def open_card(page: Page, number: int, width: int) -> None:
    """Open a card as a pointer or a finger does."""
    page.keyboard.press("Escape")
    link = page.locator(f'main .cite > a[href="#n{number}"]')
    if width == WIDTHS[0]:
        link.tap()
    else:
        link.hover()
    page.locator(f"#cc{number}").wait_for(state="visible")


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce", has_touch=True)
    context.add_init_script(AXE_SCRIPT)
    page = context.new_page()
    yield page
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_in_either_theme_with_cards_closed_and_open(
    page: Page, states: str, name: str
) -> None:
    found: dict[str, Any] = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(states + PAGES[name], wait_until="networkidle" if "?" in PAGES[name] else "load")
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            found[f"{width}, {theme}"] = page.evaluate(AXE, TAGS)
        found[f"{width}, targets"] = page.evaluate(SMALL_TARGETS)
        for number in CARDS.get(name, ()):
            open_card(page, number, width)
            for theme in THEMES:
                page.emulate_media(color_scheme=theme)
                found[f"{width}, {theme}, card {number}"] = page.evaluate(AXE, TAGS)
    assert not any(found.values()), {where: what for where, what in found.items() if what}


def test_chinese_and_japanese_words_say_what_they_are(
    browser: Browser, output: Path, states_output: Path
) -> None:
    page = browser.new_page()
    page.goto("about:blank")
    found = {}
    for folder in (output, states_output):
        for path in sorted(folder.rglob("*.html")):
            found[path] = page.evaluate(UNMARKED, path.read_text(encoding="utf-8"))
    page.close()
    assert not any(found.values()), {path: words for path, words in found.items() if words}


def test_pages_reflow_at_320_pixels_and_at_twice_the_size(browser: Browser, states: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, bypass_csp=True)
    page = context.new_page()
    wide = {}
    for name, path in PAGES.items():
        page.goto(states + path)
        page.set_viewport_size({"width": 320, "height": 640})
        wide[name] = page.evaluate(SIDEWAYS)
        # A window of 1280 at 200 %: half as many CSS pixels, and the reader's larger text.
        page.set_viewport_size({"width": 640, "height": 450})
        wide[f"{name} at 200 %"] = page.evaluate(SIDEWAYS)
        page.add_style_tag(content=":root { font-size: 200% }")
        wide[f"{name} with large text"] = page.evaluate(SIDEWAYS)
    context.close()
    assert not any(wide.values()), {name: by for name, by in wide.items() if by}


def test_wider_text_spacing_cuts_nothing_off(browser: Browser, states: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, bypass_csp=True)
    page = context.new_page()
    cut = {}
    for name, path in PAGES.items():
        page.goto(states + path)
        page.add_style_tag(content=TEXT_SPACING)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 844})
            cut[f"{name} at {width}"] = page.evaluate(CLIPPED)
            assert page.evaluate(SIDEWAYS) <= 0, name
    context.close()
    assert not any(cut.values()), {name: what for name, what in cut.items() if what}


def test_reduced_motion_stops_every_animation(browser: Browser, states: str) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(states + PAGES["explainer"])
    page.locator("main .cite > a").first.hover()
    running = page.evaluate("document.getAnimations().map((each) => each.effect.target.className)")
    context.close()
    assert not running


def test_no_page_has_a_style_attribute_or_an_inline_script(states_output: Path) -> None:
    for path in sorted(states_output.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<[^>]+\sstyle=", text), path
        assert not re.search(r"<[^>]+\son[a-z]+=", text), path
        for attributes in re.findall(r"<script([^>]*)>", text):
            assert "src=" in attributes or "application/ld+json" in attributes, path
