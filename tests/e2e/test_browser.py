"""The shipped publication in a real browser: a citation to its note and back, search, 404."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import served

LEAD = "explainers/joint-statement-2025/"

pytestmark = pytest.mark.browser


@pytest.fixture(params=["/", "/repo/", "/repo/pr-7/"])
def address(request: pytest.FixtureRequest, output: Path) -> Iterator[str]:
    with served(output, request.param) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test on any script error and any request to another host."""
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith(("http://127.0.0.1:", "data:", "blob:"))
            else troubles.append(f"asked {request.url}")
        ),
    )
    yield page
    context.close()
    assert not troubles


def test_home_leads_to_an_explainer_and_a_citation_to_its_note_and_back(
    page: Page, address: str
) -> None:
    page.goto(address)
    expect(page.locator("h1")).to_have_count(1)
    page.locator(f'main a[href="{LEAD}"]').first.click()
    expect(page).to_have_url(address + LEAD)
    number = page.locator('.cite > a[href="#n1"]').first
    number.hover()
    expect(page.locator("#cc1")).to_be_visible()
    page.keyboard.press("Escape")
    number.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(address + LEAD + "#n1")
    back = page.locator('#n1 a[href="#c1"]')
    expect(back).to_be_in_viewport()
    back.click()
    expect(page).to_have_url(address + LEAD + "#c1")
    expect(page.locator("#c1")).to_be_in_viewport()


def test_search_finds_an_explainer(page: Page, address: str) -> None:
    page.goto(address)
    box = page.locator('header input[type="search"]')
    box.fill("hosted payload")
    box.press("Enter")
    first = page.locator("#res > li a").first
    expect(first).to_be_visible(timeout=15_000)
    expect(page.locator("#sum")).to_contain_text("result")
    hit = page.locator('#res h3 a[href*="explainers/qzss-hosted-payload/"]').first
    hit.click()
    expect(page.locator("h1")).to_contain_text("satellite")


def test_search_filters_by_kind_and_keeps_it_in_the_address(page: Page, address: str) -> None:
    page.goto(address + "search/?q=Futenma")
    box = page.locator('input[name="kind"]').first
    expect(box).to_be_visible(timeout=15_000)
    box.check()
    expect(page).to_have_url(
        address + "search/?q=Futenma&kind=" + (box.get_attribute("value") or "")
    )
    expect(page.locator("#res > li").first).to_be_visible()


def test_search_finds_japanese_pages_too(page: Page, address: str) -> None:
    page.goto(address + "search/?q=黄金時代")
    link = page.locator('#res > li h3 a[href$="/ja/explainers/joint-statement-2025/"]')
    expect(link).to_be_visible(timeout=15_000)
    expect(link).to_have_attribute("lang", "ja")
    expect(page.locator("#res > li mark").first).to_contain_text("黄金時代")


def test_search_shows_what_is_typed_and_keeps_it_in_the_address(page: Page, address: str) -> None:
    page.goto(address + "search/")
    expect(page.locator("#sum")).to_have_text("Type a word or choose a filter.")
    page.locator("#q").press_sequentially("hosted paylo", delay=20)
    expect(page.locator("#sum")).to_contain_text("“hosted paylo”", timeout=15_000)
    expect(page.locator('#res h3 a[href*="qzss-hosted-payload"]').first).to_be_visible()
    expect(page).to_have_url(address + "search/?q=hosted+paylo")


def test_filters_can_be_added_and_taken_away(page: Page, address: str) -> None:
    page.goto(address + "search/?q=Guam&kind=explainer&sort=new")
    chip = page.locator("#act button")
    expect(chip).to_have_text("Explainer ×", timeout=15_000)
    expect(page.locator('select[name="sort"]')).to_have_value("new")
    few = page.locator("#res > li").count()
    assert page.locator('input[name="kind"][value="explainer"] ~ .c').inner_text() == str(few)
    page.locator("summary", has_text="Publisher").click()
    expect(page.locator('input[name="publisher"]').first).to_be_visible()
    chip.click()
    expect(page).to_have_url(address + "search/?q=Guam&sort=new")
    expect(page.locator("#act button")).to_have_count(0)
    page.go_back()
    expect(page.locator("#act button")).to_have_count(1)


def test_a_misspelt_search_leads_on(page: Page, address: str) -> None:
    page.goto(address + "search/?q=futemna")
    link = page.locator("#dym a")
    expect(link).to_have_text("futenma", timeout=15_000)
    link.click()
    expect(page).to_have_url(address + "search/?q=futenma")
    expect(page.locator("#res > li").first).to_be_visible()


def test_search_without_its_index_says_so_and_points_on(browser: Browser, output: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route("**/search-index/**", lambda route: route.abort())
    with served(output) as address:
        page.goto(address + "search/?q=Futenma")
        expect(page.locator("#sum")).to_contain_text("could not load", timeout=15_000)
        expect(page.locator(".browse a.chip").first).to_be_visible()
    context.close()


def test_search_without_javascript_points_on(browser: Browser, output: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    with served(output) as address:
        page.goto(address + "search/?q=Futenma")
        expect(page.locator("main")).to_contain_text("Search needs JavaScript")
        main = page.get_by_role("main")
        for unusable in ("input", "select", "button", "#sum"):
            expect(main.locator(unusable).filter(visible=True)).to_have_count(0)
        main.get_by_role("link", name="Okinawa").first.click()
        expect(main.get_by_role("link", name=re.compile("Futenma")).first).to_be_visible()
        for name, heading in (
            ("Explainers", "Explainers"),
            ("Sources", "Sources"),
            ("Timeline", "Timeline"),
            ("Glossary", "Glossary"),
        ):
            page.goto(address + "search/")
            main.get_by_role("link", name=name, exact=True).click()
            expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
    context.close()


def test_without_javascript_the_page_is_whole(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + LEAD)
    page.locator('.cite > a[href="#n1"]').click()
    note = page.locator("#n1")
    expect(note).to_be_in_viewport()
    note.locator('a[href="#c1"]').click()
    expect(page.locator("#c1")).to_be_in_viewport()
    context.close()


def test_a_missing_page_shows_the_way_on_at_any_depth(page: Page, output: Path) -> None:
    with served(output, "/alliance-explained/") as address:
        response = page.goto(address + "no/such/page/")
        assert response is not None
        assert response.status == 404
        page.locator("main a.chip").first.click()
        expect(page).to_have_url(address)


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_wider_than_the_window(browser: Browser, output: Path, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    with served(output) as address:
        for path in ("", LEAD, "topics/alliance/", "timeline/", "glossary/", "sources/", "search/"):
            page.goto(address + path)
            wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
            assert not wide, path or "home"
    context.close()


def test_a_page_ages_on_the_readers_clock(browser: Browser, output: Path) -> None:
    """Nobody has built the site again; the reader comes later."""
    with served(output, "/") as address:
        for day, is_due in (("2026-11-27", False), ("2027-02-22", True)):
            context = browser.new_context()
            page = context.new_page()
            page.clock.set_fixed_time(f"{day}T12:00:00Z")
            page.goto(f"{address}explainers/senkaku-islands/")
            expect(page.locator(".ban[data-stale-after]")).to_be_visible(visible=is_due)
            expect(page.get_by_text("(due for review)")).to_be_visible(visible=is_due)
            context.close()
