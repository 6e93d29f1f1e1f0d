"""docs/tutorial.md, played from start to end: a wheel, a browser, a bare repository, a crawl."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.crawl import crawl
from tests.e2e.browser import ARGUMENTS, chromium, served
from tests.tutorial import Player, built_wheel, steady

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent
DOC = ROOT / "docs" / "tutorial.md"
PUBLIC = "https://example.github.io/briefings/"
EXPLAINER = "content/explainers/why-rents-rise.md"
NO_PAGES = {".nojekyll", ".sitegen.json", "404.html"}


@pytest.fixture
def page() -> Iterator[Page]:
    path = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser.new_page()
        browser.close()


@pytest.fixture
def player(tmp_path: Path) -> Iterator[Player]:
    home = tmp_path / "home"
    home.mkdir()
    built_wheel(ROOT, home / "Downloads")
    remote = tmp_path / "briefings.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(remote)], check=True)
    player = Player(home, remote)
    yield player
    player.stop_preview()


def test_a_new_user_gets_from_nothing_to_a_published_site(
    player: Player, page: Page, update_golden: bool
) -> None:
    problem, written = page.locator("#sitegen-problem"), 0

    def watched(done: str) -> None:
        """Look at the preview, which nobody reloads, after each step."""
        nonlocal written
        if done.startswith("sitegen new explainer"):
            draft = f"{player.address}explainers/why-rents-rise/"
            expect(page.locator("body")).to_be_attached()
            while page.goto(draft).status != 200:  # type: ignore[union-attr]
                page.wait_for_timeout(100)
            expect(page.locator(".ban.state")).to_contain_text("Draft.")
            expect(page.locator("#sitegen-bar")).to_contain_text("Draft")
            assert not (player.place / "output").exists()
        elif done == EXPLAINER:
            written += 1
            if written == 1:
                expect(problem).to_contain_text("3 errors")
                expect(problem).to_contain_text("no topic 'housng'")
            else:
                expect(page.locator("main")).to_contain_text("rents rose by 4 per cent")
                expect(problem).to_have_count(0)
                expect(page.locator(".ban.state")).to_have_count(0)
                expect(page.locator("#sitegen-bar")).to_contain_text("4 claims")
                player.stop_preview()

    text = DOC.read_text("utf-8")
    played = player.play(text, watched)
    if update_golden:
        DOC.write_text(played, encoding="utf-8")
    else:
        assert steady(played) == steady(text), "play it anew with --update-golden"
    assert written == 2

    # It was the wheel that was used, and not the checkout.
    asked = [
        str(player.place / ".venv/bin/python"),
        "-c",
        "import sitegen; print(sitegen.__file__)",
    ]
    module = subprocess.run(asked, cwd=player.home, capture_output=True, text=True, check=True)
    assert Path(module.stdout.strip()).is_relative_to(player.place / ".venv")

    readers = player.home / "served" / "briefings"
    with served(readers, "/briefings/") as address:
        found = crawl(address, PUBLIC, ("robots.txt", "llms.txt", "feed.json"))
        assert not found.broken
        files = {
            path.relative_to(readers).as_posix()
            for path in readers.rglob("*")
            if path.is_file() and ".git" not in path.relative_to(readers).parts
        }
        pages = {re.sub(r"(^|/)index\.html$", r"\1", path) for path in files if "html" in path}
        assert pages - NO_PAGES == {path for path in found.paths if path in pages}
        assert {"feed.xml", "feed.json", "sitemap.xml", "robots.txt"} <= found.paths

        page.goto(f"{address}no/such/page/")
        page.get_by_role("link", name="City briefings").first.click()
        expect(page).to_have_url(address)
        page.locator('header input[type="search"]').fill("rents flats")
        page.keyboard.press("Enter")
        page.locator("#res a", has_text="Why rents rise").first.click()
        expect(page).to_have_url(re.compile(f"^{address}explainers/why-rents-rise/"))
