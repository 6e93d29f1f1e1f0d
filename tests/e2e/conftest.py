"""One browser and one build of each publication for all tests that open pages."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from sitegen.build import BuildOptions, build
from tests.e2e.browser import ARGUMENTS, chromium, served
from tests.e2e.states import BASE_PATH, build_states

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped publication, built once in a folder of its own."""
    root = tmp_path_factory.mktemp("shipped")
    shutil.copytree(ROOT / "content", root / "content")
    report = build(BuildOptions(root=root))
    assert report.published, report.diagnostics
    return root / "output"


@pytest.fixture(scope="session")
def states_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The publication that shows every part in every state."""
    return build_states(tmp_path_factory.mktemp("states") / "publication")


@pytest.fixture(scope="session")
def states(states_output: Path) -> Iterator[str]:
    """The address at which it is served."""
    with served(states_output, BASE_PATH) as address:
        yield address


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A browser for the tests of this folder: two can't be driven at a time."""
    path = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
