from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.e2e.browser import ARGUMENTS, chromium
from tests.serve.running import Running

pytestmark = pytest.mark.browser

# A policy as strict as a published page may have: nothing inline, nothing from elsewhere.
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'"


@pytest.fixture
def page() -> Iterator[Page]:
    path = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser.new_page()
        browser.close()


def test_a_page_reloads_in_place_and_shows_errors_until_they_are_mended(
    running: Running, page: Page
) -> None:
    running.build.head = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    running.build.body = "<p>line</p>" * 300
    running.write("one.")
    running.wait_for_page("one.")
    with page.expect_websocket() as opened:
        page.goto(running.session.address)
    opened.value.wait_for_event("framereceived")
    text, overlay = page.locator("#text"), page.locator("#sitegen-problem")
    expect(text).to_have_text("one.")
    page.evaluate("window.scrollTo(0, 2000)")

    running.write("two")
    expect(text).to_have_text("two")
    expect(overlay).to_have_count(0)
    assert page.evaluate("window.scrollY") == 2000

    running.write("ERROR <img src=x onerror=alert(1)>")
    expect(overlay).to_contain_text("no topic 'ERROR <img src=x onerror=alert(1)>'")
    expect(overlay).to_have_css("position", "fixed")
    expect(text).to_have_text("two")
    overlay.locator("summary").click()
    expect(overlay.locator("pre")).to_be_hidden()

    running.write("three")
    expect(text).to_have_text("three")
    expect(overlay).to_have_count(0)
    assert page.evaluate("window.scrollY") == 2000
