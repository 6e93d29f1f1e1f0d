"""Writes a picture of every page kind, in each width and theme: `make screenshots`."""

import sys
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from sitegen.build import BuildOptions, build
from tests.e2e.browser import ARGUMENTS, chromium, served
from tests.e2e.states import BASE_PATH, PAGES, build_states

ROOT = Path(__file__).parent.parent.parent
SHIPPED = {
    "shipped-home": "",
    "shipped-explainer": "explainers/joint-statement-2025/",
    "shipped-explainer-ja": "ja/explainers/joint-statement-2025/",
    "shipped-topic": "topics/alliance/",
    "shipped-source": "sources/japannews-2025-02-06-joint-statement-preview/",
    "shipped-timeline": "timeline/",
    "shipped-glossary": "glossary/",
    "shipped-about": "about/",
    "shipped-author": "authors/desk/",
}
WIDTHS = (390, 1280)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
PAPERS = ("A4", "Letter")
TOO_LONG = 6000
"""Pixels; the rest of a long page looks like what came before."""


def main(folder: Path, names: list[str]) -> None:
    """Build both publications; write the pictures of the pages in `names`, or of all pages."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        states = build_states(Path(temporary) / "states")
        shipped = Path(temporary) / "shipped"
        report = build(BuildOptions(root=ROOT, output=shipped))
        assert report.published, report.diagnostics
        for output, pages, path in ((states, PAGES, BASE_PATH), (shipped, SHIPPED, "/")):
            wanted = {name: pages[name] for name in pages if not names or name in names}
            with served(output, path) as address:
                for width in WIDTHS:
                    for theme in THEMES:
                        photograph(browser, address, wanted, folder, width, theme)
                photograph_plain(browser, address, wanted, folder)
        browser.close()


def photograph(
    browser: Browser,
    address: str,
    pages: dict[str, str],
    folder: Path,
    width: int,
    theme: Literal["light", "dark"],
) -> None:
    """Write each page as it is seen, and explainers with a card open."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=theme,
        reduced_motion="reduce",
        has_touch=width == WIDTHS[0],
    )
    page = context.new_page()
    for name, path in pages.items():
        page.goto(address + path, wait_until="networkidle")
        page.evaluate("document.fonts.ready")
        height = page.evaluate("document.documentElement.scrollHeight")
        page.screenshot(
            path=folder / f"{name}-{width}-{theme}.png",
            clip={"x": 0, "y": 0, "width": width, "height": min(height, TOO_LONG)},
            full_page=True,
        )
        number = page.locator('.cite > a[href="#n1"]')
        if theme == "light" and "explainer" in name and number.count():
            if width == WIDTHS[0]:
                number.tap()
            else:
                number.hover()
            page.screenshot(path=folder / f"{name}-{width}-card.png")
    context.close()


def photograph_plain(browser: Browser, address: str, pages: dict[str, str], folder: Path) -> None:
    """Write explainers and search without scripts, in forced colours and on paper."""
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": WIDTHS[-1], "height": 900}
    )
    page = context.new_page()
    for name, path in pages.items():
        if "explainer" not in name and name != "search":
            continue
        page.goto(address + path)
        page.screenshot(path=folder / f"{name}-no-script.png")
        page.emulate_media(forced_colors="active")
        page.screenshot(path=folder / f"{name}-forced-colours.png")
        page.emulate_media(forced_colors="none")
        for paper in PAPERS:
            page.pdf(path=folder / f"{name}-{paper}.pdf", format=paper)
    context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
