"""One browser and one build of the shipped publication for all tests that open pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.browser import ARGUMENTS, chromium


@pytest.fixture(scope="session")
def output(shipped: Path) -> Path:
    """The shipped publication as it is published."""
    return shipped / "output"


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A browser for the tests of this folder: two can't be driven at a time."""
    path = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
