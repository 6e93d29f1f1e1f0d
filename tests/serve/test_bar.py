"""The preview's bar, on real pages in a real browser, under a policy that allows nothing inline."""

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect, sync_playwright

from sitegen.build import build
from sitegen.render.folders import default_folder
from sitegen.serve.server import Session, listen
from tests.e2e.browser import ARGUMENTS, chromium
from tests.serve.test_browser import POLICY
from tests.sites import InlineSite

pytestmark = pytest.mark.browser

DRAFT = """
-- content/explainers/soon.ja.md --
---
title: 家賃
summary: 短い要約。
date: 2025-01-11
topics: [housing]
sources: [report-2024]
draft: true
---
家賃は上がった。[@report-2024]
"""


@pytest.fixture
def address(site: InlineSite) -> Iterator[str]:
    base = (default_folder() / "base.html").read_text("utf-8")
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}; img-src \'self\'">'
    head = '<meta charset="utf-8">'
    site.edit(DRAFT).edit(f"-- templates/base.html --\n{base.replace(head, head + policy)}")
    said: list[str] = []
    built = threading.Event()

    def say(line: str) -> None:
        said.append(line)
        if line.startswith("built"):
            built.set()

    session = Session(
        site.options(drafts=True), listening=listen("127.0.0.1", 0), build=build, say=say
    )
    thread = threading.Thread(target=session.run)
    thread.start()
    assert built.wait(30), said
    # The address is told at once, with its base path.
    assert said[0] == f"{session.address} (the first build is running)"
    assert session.address.endswith("/briefings/")
    yield session.address
    session.stop()
    thread.join(10)


def test_the_bar_tells_a_writer_of_the_page_and_stays_out_of_the_build(
    site: InlineSite, address: str
) -> None:
    refused: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        page = browser.new_page()
        page.clock.set_fixed_time("2025-02-01")
        page.on("console", lambda message: refused.append(message.text))
        page.goto(f"{address}explainers/rents/")
        items = page.locator("#sitegen-bar li")
        expect(items).to_have_text(
            [
                "33 words",
                "3 claims",
                "2 without a passage",
                "1 with an unchecked quotation",
                "review due on 2025-07-10",
            ]
        )
        expect(page.locator("#sitegen-bar")).to_have_css("position", "fixed")
        page.goto(f"{address}ja/explainers/soon/")
        expect(items).to_have_text(
            [
                "下書き",
                "7 characters",
                "1 claim",
                "1 without a passage",
                "review due on 2025-07-11",
            ]
        )
        page.get_by_role("button", name="Close this bar").click()
        expect(page.locator("#sitegen-bar")).to_have_count(0)
        page.goto(address)
        expect(items).to_have_count(1)
        browser.close()
    assert not [each for each in refused if "sitegen" in each or "livereload" in each]
    assert not [path for path, data in site.tree().items() if b"livereload" in data]
