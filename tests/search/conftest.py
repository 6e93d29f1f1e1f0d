"""The search client in a real browser, over an index in memory."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.e2e.browser import ARGUMENTS, chromium, served
from tests.search.memory import Entry, MemoryStore

ASSETS = Path(__file__).parent.parent.parent / "templates/assets"
_POLICY = "<meta http-equiv=Content-Security-Policy content=\"default-src 'self'\">"
"""As strict as a site may be: no inline script, no blob."""


class SearchPage:
    """A page with the client, on a site whose index a test writes."""

    def __init__(self, page: Page, root: Path, address: str) -> None:
        self.page = page
        self.root = root
        self.home = address
        self.address = address
        self.count = 0

    def write(self, entries: list[Entry]) -> None:
        """Index entries and open the client anew."""
        store = MemoryStore()
        store.index(entries)
        # Each index has an address of its own: the browser's cache tells times by the second.
        self.count += 1
        self.address = f"{self.home}{self.count}/"
        for path, content in store.files.items():
            file = self.root / str(self.count) / "search-index" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        self.open()

    def open(self) -> None:
        self.page.evaluate(
            """async ([home, base]) => {
              window.index?.close();
              window.index = undefined;
              const { open } = await import(`${home}assets/search-client.js`);
              window.index = await open(base);
            }""",
            [self.home, self.address],
        )

    def search(self, query: str, **options: Any) -> dict[str, Any]:
        found: dict[str, Any] = self.page.evaluate(
            "([query, options]) => window.index.search(query, options)", [query, options]
        )
        return found

    def found(self, query: str, **options: Any) -> list[str]:
        """Return the addresses found, below the site's root."""
        results = self.search(query, limit=1000, **options)["results"]
        return [each["url"].removeprefix(self.address) for each in results]

    def words(self, call: str, values: list[str]) -> list[Any]:
        """Return what a function of search-words.js makes of each value."""
        made: list[Any] = self.page.evaluate(
            """async ([base, call, values]) => {
              const words = await import(`${base}assets/search-words.js`);
              return JSON.parse(values).map((value) => words[call](value));
            }""",
            [self.home, call, json.dumps(values)],
        )
        return made


@pytest.fixture(scope="package")
def search_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchPage]:
    root = tmp_path_factory.mktemp("search")
    shutil.copytree(ASSETS, root / "assets")
    (root / "index.html").write_text(f"<!doctype html><title>Search</title>{_POLICY}")
    with sync_playwright() as playwright, served(root, "/repo/pr-7/") as address:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        page = browser.new_page()
        troubles: list[str] = []
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(address)
        yield SearchPage(page, root, address)
        browser.close()
    assert not troubles
