"""Assets in a real browser: minified sheets say the same, and the preview shows a changed one."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

ROOT = Path(__file__).parent.parent.parent
RULES = """
(text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return [...sheet.cssRules].map((rule) => rule.cssText);
}
"""

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", ["site", "search"])
def test_a_minified_style_sheet_has_the_same_rules(
    browser: Browser, shipped: Path, name: str
) -> None:
    page = browser.new_page()
    source = (ROOT / f"templates/assets/{name}.css").read_text("utf-8")
    [published] = (shipped / "output/assets").glob(f"{name}.*.css")
    wanted, found = (
        [plain(rule) for rule in page.evaluate(RULES, text)]
        for text in (source, published.read_text("utf-8"))
    )
    page.close()
    assert len(wanted) > 10
    assert found == wanted


def plain(rule: str) -> str:
    """Return a rule without what may be written in more than one way."""
    rule = re.sub(r'url\("?(?:\./)?([^")]*?)(?:\.[0-9a-f]{8})?\.(\w+)"?\)', r"url(\1.\2)", rule)
    return re.sub(r"(?<=,) |\s+(?= )", "", re.sub(r"\s+", " ", rule)).lower()


def test_the_preview_reloads_a_page_whose_style_sheet_was_changed(
    browser: Browser, tmp_path: Path
) -> None:
    root = tmp_path / "publication"
    command = [sys.executable, "-m", "sitegen"]
    subprocess.run([*command, "init", str(root)], check=True, capture_output=True)
    sheet = root / "templates/assets/site.css"
    sheet.parent.mkdir(parents=True)
    shutil.copy(ROOT / "templates/assets/site.css", sheet)
    serve = subprocess.Popen(
        [*command, "serve", "--no-search"],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert serve.stdout is not None
        address = next(
            found[0]
            for line in serve.stdout
            if (found := re.search(r"http://127\.0\.0\.1:\d+/\S*", line))
        )
        page = browser.new_page()
        troubles: list[str] = []
        page.on("console", lambda message: troubles.append(message.text))
        frames: list[object] = []

        def note(frame: object) -> None:
            frames.append(frame)

        page.on("websocket", lambda socket: socket.on("framereceived", note))
        page.goto(address)
        for _ in range(300):  # the preview's greeting; it may be there before the page is
            if frames:
                break
            page.wait_for_timeout(100)
        assert frames
        with sheet.open("a", encoding="utf-8") as file:
            file.write("body { background: rgb(1, 2, 3); }\n")
        expect(page.locator("body")).to_have_css("background-color", "rgb(1, 2, 3)")
        page.close()
        assert not troubles
    finally:
        serve.terminate()
        serve.communicate(timeout=10)
