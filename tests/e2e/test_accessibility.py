"""Every page kind, in every state, theme and width, held against axe-core and WCAG 2.2."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from tests.e2e.states import PAGES

pytestmark = pytest.mark.browser

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
WIDTHS = (390, 1280)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
CARDS = ("explainer", "explainer-ja", "term")
"""Pages that are also looked at with a preview card open."""

AXE = """async (tags) => {
  const results = await axe.run({ runOnly: tags, resultTypes: ["violations"] });
  return results.violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${node.html} (${node.failureSummary})`));
}"""

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

# What WCAG 1.4.12 asks a page to bear.
TEXT_SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important }
* { word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }
"""

# Elements whose text is cut off: it is larger than a box that hides what overflows.
CLIPPED = """() => [...document.querySelectorAll("body *")]
  .filter((element) => {
    const style = getComputedStyle(element);
    if (!element.checkVisibility() || element.closest(".vh, svg")) return false;
    const hides = style.overflowX === "hidden" || style.overflowX === "clip"
      || style.overflowY === "hidden" || style.overflowY === "clip";
    return hides && (element.scrollWidth > element.clientWidth + 1
      || element.scrollHeight > element.clientHeight + 1);
  })
  .map((element) => element.outerHTML.slice(0, 120))"""

# Targets smaller than 24 by 24 pixels that stand alone: WCAG 2.5.8 excepts those in a sentence.
SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, input, select, summary")]
  .filter((element) => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    if (element.closest(".vh, .skip, .cite, .term, label, p, td, dt, small, .claims span"))
      return false;
    const { width, height } = element.getBoundingClientRect();
    return width < 24 || height < 24;
  })
  .map((element) => element.outerHTML.slice(0, 120))"""

# Text nodes with Chinese or Japanese characters whose element is in another language, and the
# same for what is only said aloud.
UNMARKED = r"""(html) => {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
  const lang = (element) => element.closest("[lang]")?.lang ?? "";
  const wrong = [];
  const walker = document.createTreeWalker(parsed.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest("script, style, div[hidden]")) continue;
    if (cjk.test(node.data) && !/^(ja|zh)\b/.test(lang(node.parentElement)))
      wrong.push(node.data.trim());
  }
  for (const element of parsed.querySelectorAll("[aria-label], [alt], [placeholder], [title]"))
    for (const name of ["aria-label", "alt", "placeholder", "title"])
      if (cjk.test(element.getAttribute(name) ?? "") && !/^(ja|zh)\b/.test(lang(element)))
        wrong.push(`${name}=${element.getAttribute(name)}`);
  return wrong;
}"""


def open_card(page: Page, width: int) -> None:
    """Open the first card as a pointer or a finger does."""
    link = page.locator("main .cite > a").first
    if width == WIDTHS[0]:
        link.tap()
    else:
        link.hover()
    page.locator("main .card").first.wait_for(state="visible")


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
        page.goto(states + PAGES[name])
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            found[f"{width}, {theme}"] = page.evaluate(AXE, TAGS)
        found[f"{width}, targets"] = page.evaluate(SMALL_TARGETS)
        if name in CARDS:
            open_card(page, width)
            for theme in THEMES:
                page.emulate_media(color_scheme=theme)
                found[f"{width}, {theme}, card"] = page.evaluate(AXE, TAGS)
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
    context = browser.new_context(viewport={"width": 320, "height": 640})
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
    context = browser.new_context(viewport={"width": 390, "height": 844})
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
