"""An explainer as readers use it: by pointer, keyboard and finger, on paper, without scripts."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.probes import OUT_OF_SIGHT
from tests.e2e.states import PAGES

pytestmark = pytest.mark.browser

EXPLAINER = PAGES["explainer"]
A_DAY = 24 * 60 * 60 * 1000


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(5000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, states: str) -> Page:
    page = context.new_page()
    page.goto(states + EXPLAINER)
    return page


@pytest.fixture
def phone(browser: Browser, states: str) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
        reduced_motion="reduce",
    )
    context.set_default_timeout(5000)
    page = context.new_page()
    page.goto(states + EXPLAINER)
    yield page
    context.close()


def focused(page: Page, attribute: str) -> str:
    """Return an attribute of the element that has the focus."""
    return str(page.evaluate("(name) => document.activeElement.getAttribute(name)", attribute))


def test_a_card_is_hoverable_persistent_and_dismissable(page: Page) -> None:
    """WCAG 1.4.13."""
    number, card = page.locator('.cite > a[href="#n6"]'), page.locator("#cc6")
    number.scroll_into_view_if_needed()
    number.hover()
    expect(card).to_be_visible()
    tint = page.locator("#c6").evaluate("(claim) => getComputedStyle(claim).backgroundSize")
    assert tint == "100% 100%"
    box, place = card.bounding_box(), number.bounding_box()
    assert box
    assert place
    # From the number to the card as a hand does it, and a rest there.
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    page.mouse.move(x, y)
    page.mouse.move(x, box["y"] + box["height"] / 2, steps=12)
    page.wait_for_timeout(700)
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    page.mouse.move(5, 5)
    number.hover()
    expect(card).to_be_visible()
    page.mouse.move(5, 5)
    expect(card).to_be_hidden()


def test_a_card_stays_within_the_window_and_the_text(page: Page) -> None:
    for number in ("1", "4", "6", "9", "10", "14", "15"):
        link = page.locator(f'.cite > a[href="#n{number}"]')
        link.evaluate("(link) => link.scrollIntoView({ block: 'end' })")
        link.hover()
        box = page.locator(f"#cc{number}").bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 1280
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 900
        corner = [box["x"] + box["width"] - 10, box["y"] + box["height"] - 10]
        top = "([x, y]) => document.elementFromPoint(x, y).closest('.card')?.id"
        assert page.evaluate(top, corner) == f"cc{number}", "something cuts the card off"
        page.mouse.move(5, 5)


def test_the_keyboard_opens_a_card_and_goes_to_the_note_and_back(page: Page) -> None:
    number, card = page.locator('.cite > a[href="#n1"]'), page.locator("#cc1")
    expect(number).to_have_accessible_name("Note 1")
    page.keyboard.press("Tab")
    expect(number).to_have_accessible_description(
        "Source 1 · Report Harbour traffic in 2024 The Harbour Office · 3 Nov 2024"
        " rose by a tenth p. 2 Quotation: checked Source page All notes"
    )
    number, card = page.locator('.cite > a[href="#n6"]'), page.locator("#cc6")
    number.focus()
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    assert focused(page, "href") == "#n6"
    page.keyboard.press("Enter")
    expect(page.locator("#n6")).to_be_in_viewport()
    assert focused(page, "id") == "n6"
    page.keyboard.press("Tab")
    assert focused(page, "href") == "#c6"
    expect(page.locator("#n6 > a")).to_have_accessible_name("Back to claim 6")
    page.keyboard.press("Enter")
    expect(page.locator("#c6")).to_be_in_viewport()


def test_every_number_and_its_note_link_both_ways(page: Page) -> None:
    numbers = page.locator("main .cite > a").evaluate_all(
        "(links) => links.map((link) => link.hash.slice(2))"
    )
    assert numbers == [str(each) for each in range(1, len(numbers) + 1)]
    for number in numbers:
        back = page.locator(f"#n{number} > a")
        assert back.get_attribute("href") == f"#c{number}"
        assert page.locator(f"#c{number}").count() == 1


def test_a_term_shows_its_meaning_and_leads_to_the_glossary(page: Page) -> None:
    term = page.locator(".term > a").first
    term.hover()
    expect(page.locator(".term > .card").first).to_contain_text("How deep a ship lies")
    term.click()
    expect(page).to_have_url(re.compile("/glossary/draught/$"))


def test_a_tap_opens_a_sheet_that_gives_the_focus_back(phone: Page) -> None:
    number, card = phone.locator('.cite > a[href="#n6"]'), phone.locator("#cc6")
    for close in ("Escape", "button", "outside"):
        number.tap()
        expect(card).to_be_visible()
        box = card.bounding_box()
        assert box
        assert box["width"] == 390
        assert round(box["y"] + box["height"]) == 844
        assert focused(phone, "href") == "../../sources/harbour-report/"
        if close == "Escape":
            phone.keyboard.press("Escape")
        elif close == "button":
            card.get_by_role("button", name="Close preview").tap()
        else:
            phone.touchscreen.tap(60, 20)
        expect(card).to_be_hidden()
        assert focused(phone, "href") == "#n6"
    expect(phone).not_to_have_url(re.compile("#"))


def test_the_skip_link_comes_first_and_leads_to_the_text(page: Page) -> None:
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert focused(page, "id") == "main"


def test_nothing_hides_what_has_the_focus(page: Page) -> None:
    """WCAG 2.4.7 and 2.4.11: every stop of the Tab key is seen."""
    stops = 0
    while True:
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        stops += 1
        hidden = page.evaluate(OUT_OF_SIGHT)
        assert not hidden
    assert stops > 60


def test_a_slash_goes_to_the_search_field_until_it_is_turned_off(page: Page, states: str) -> None:
    """WCAG 2.1.4."""
    field = page.locator("#find")
    page.keyboard.press("Control+/")
    expect(field).not_to_be_focused()
    page.keyboard.press("/")
    expect(field).to_be_focused()
    page.keyboard.type("a/b")
    expect(field).to_have_value("a/b")
    page.get_by_role("button", name="Turn off the / shortcut").click()
    expect(page.locator(".find kbd")).to_be_hidden()
    page.goto(states)
    page.keyboard.press("/")
    expect(page.locator("#find")).not_to_be_focused()
    page.get_by_role("button", name="Turn on the / shortcut").click()
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()


def test_the_theme_is_kept_and_stands_before_anything_is_painted(
    context: BrowserContext, page: Page, states: str
) -> None:
    light = "rgb(252, 252, 250)"
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == light
    page.get_by_role("button", name="Switch between light and dark").click()
    dark = page.evaluate(ground)
    assert dark != light
    context.add_init_script(
        "new PerformanceObserver((list) => list.getEntries().forEach(() =>"
        " { window.painted = getComputedStyle(document.body).backgroundColor; }))"
        ".observe({ type: 'paint', buffered: true });"
    )
    page.goto(states)
    painted = page.evaluate(
        "async () => {"
        " while (!window.painted) await new Promise(requestAnimationFrame);"
        " return window.painted; }"
    )
    assert painted == dark
    # The script that does it holds the paint back: it is a plain one in the head.
    assert page.evaluate(
        "[...document.head.querySelectorAll('script')]"
        ".some((script) => /theme/.test(script.src) && !script.defer && !script.async)"
    )
    page.get_by_role("button", name="Switch between light and dark").click()
    assert page.evaluate(ground) == light


def test_the_contents_list_follows_the_reader(page: Page) -> None:
    entry = page.locator(".toc a", has_text="What follows")
    entry.click()
    expect(page).to_have_url(re.compile("#what-follows$"))
    expect(page.get_by_role("heading", name="What follows")).to_be_in_viewport()
    expect(entry).to_have_attribute("aria-current", "true")
    assert page.locator(".toc [aria-current]").count() == 1


def test_on_a_phone_contents_and_evidence_begin_closed(phone: Page) -> None:
    for summary in (phone.locator(".toc summary"), phone.locator(".ev summary")):
        expect(summary).to_be_visible()
        expect(summary.locator("xpath=..")).not_to_have_attribute("open", "")
        summary.tap()
        expect(summary.locator("xpath=..")).to_have_attribute("open", "")
    search = phone.locator(".findlink")
    search.tap()
    expect(phone).to_have_url(re.compile("/search/$"))


def test_a_page_goes_stale_and_a_correction_stops_being_news_on_the_readers_clock(
    context: BrowserContext, states: str
) -> None:
    page = context.new_page()
    page.clock.set_fixed_time("2025-01-14T12:00:00Z")
    page.goto(states + PAGES["explainer-one-source"])
    stale = page.locator("[data-stale-after]")
    expect(stale).to_be_hidden()
    page.clock.set_fixed_time("2026-06-01T12:00:00Z")
    page.reload()
    expect(stale).to_be_visible()
    news = page.locator("[data-recent]")
    page.clock.set_fixed_time("2025-01-14T12:00:00Z")
    page.goto(states + EXPLAINER)
    expect(news).to_be_visible()
    expect(news).to_contain_text("Corrected 12 Jan 2025.")
    page.clock.set_fixed_time("2025-03-01T12:00:00Z")
    page.reload()
    expect(news).to_be_hidden()


def test_copying_the_citation_says_so(context: BrowserContext, page: Page) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy citation").click()
    expect(page.get_by_role("status")).to_have_text("Copied")
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Ada Writer, Sam Silent.")
    assert copied.endswith("/explainers/ferries/")


def test_every_block_is_laid_out_soon_after_the_page_is_there(phone: Page) -> None:
    waiting = phone.locator(".prose > p, .src > li, .tl")
    assert waiting.count() > 3
    waits = (
        "(all) => all.filter(each => getComputedStyle(each).contentVisibility === 'auto').length"
    )
    expect(waiting.locator(":scope:not(.near)")).to_have_count(0)
    assert not waiting.evaluate_all(waits)


def test_no_block_waits_where_the_address_names_a_place(
    context: BrowserContext, states: str
) -> None:
    page = context.new_page()
    page.goto(f"{states}{EXPLAINER}#n15", wait_until="commit")
    expect(page.locator("html.js")).to_be_attached()
    expect(page.locator("html.fresh")).not_to_be_attached()
    expect(page.locator("#n15")).to_be_in_viewport()


@pytest.mark.parametrize(("paper", "size"), [("A4", (595, 842)), ("Letter", (612, 792))])
def test_paper_carries_notes_and_addresses_and_no_controls(
    page: Page, paper: str, size: tuple[int, int]
) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(each => (each.open = false))")
    page.emulate_media(media="print")
    for gone in (".nav", ".find", ".theme", ".tools", ".toc", ".related", ".card", ".skip"):
        assert not page.locator(gone).filter(visible=True).count(), gone
    expect(page.locator(".ev.fold:not([open]) li").first).to_be_visible()
    for kept in ("#n1", "#n15", ".bar", "#corrections", "#cite-text", ".facts"):
        expect(page.locator(kept).first).to_be_visible()
    after = "(link, part) => getComputedStyle(link, part).content"
    address = page.get_by_role("link", name="Read at publisher").first.evaluate(after, "::after")
    assert "https://example.org/report" in address
    assert page.locator("main .cite > a").first.evaluate(after, "::before") == '"["'
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    pdf = page.pdf(format=paper)
    boxes = re.findall(rb"/MediaBox ?\[ ?0 0 ([\d.]+) ([\d.]+)", pdf)
    assert boxes
    assert all(
        abs(float(width) - size[0]) < 2 and abs(float(height) - size[1]) < 2
        for width, height in boxes
    )
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".toc details").get_attribute("open") is None


def test_forced_colours_keep_what_shapes_say(context: BrowserContext, page: Page) -> None:
    page.emulate_media(forced_colors="active")
    fill = "(item) => getComputedStyle(item, '::after').backgroundColor"
    done = page.locator(".tl > li:not(.plan)").first.evaluate(fill)
    planned = page.locator(".tl > .plan").first.evaluate(fill)
    assert done != planned
    plain, striped = (
        page.locator(f".bar .share{which}").first.evaluate("(bar) => getComputedStyle(bar).fill")
        for which in (":not(.striped)", ".striped")
    )
    assert plain != striped
    page.locator('.cite > a[href="#n6"]').hover()
    line = page.locator("#c6").evaluate("(claim) => getComputedStyle(claim).textDecorationLine")
    assert line == "underline"


def test_without_scripts_everything_is_there(browser: Browser, states: str) -> None:
    context = browser.new_context(
        java_script_enabled=False,
        viewport={"width": 1280, "height": 3000},  # nothing scrolls under a resting pointer
        reduced_motion="reduce",
    )
    context.set_default_timeout(5000)
    page = context.new_page()
    page.goto(states + EXPLAINER)
    number, note = page.locator('.cite > a[href="#n1"]'), page.locator("#n1")
    source = page.locator(".src > li").filter(has=note)

    def beside_the_number() -> bool:
        at, box = number.bounding_box(), source.bounding_box()
        assert at
        assert box
        return abs(box["x"] - at["x"]) < 400 and abs(box["y"] - at["y"]) < 600

    assert not beside_the_number()
    number.hover()
    assert beside_the_number()
    expect(note).to_contain_text("rose by a tenth")
    expect(source.locator(".claims > li").filter(visible=True)).to_have_count(1)
    page.mouse.move(5, 5)
    assert not beside_the_number()
    number.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(number).to_be_focused()
    assert beside_the_number()
    number.click()
    page.mouse.move(5, 5)
    expect(note).to_be_in_viewport()
    expect(note).to_contain_text("rose by a tenth")
    expect(note).to_contain_text("p. 2")
    for words in ("Harbour traffic in 2024", "The Harbour Office", "Report", "3 Nov 2024"):
        expect(source).to_contain_text(words)
    for link in ("Source page", "Read at publisher", "Archived copy"):
        expect(source.get_by_role("link", name=link)).to_be_visible()
    note.get_by_role("link").click()
    expect(page.locator("#c1")).to_be_in_viewport()
    term, card = page.locator(".term > a").first, page.locator(".term > .card").first
    term.hover()
    expect(card).to_be_visible()
    card.get_by_role("link").hover()
    expect(card).to_be_visible()
    page.mouse.move(5, 5)
    expect(card).to_be_hidden()
    for button in ("Share", "Print", "Copy citation"):
        expect(page.get_by_role("button", name=button)).to_have_count(0)
    expect(page.locator(".toc ol")).to_be_visible()
    expect(page.locator(".ev ul")).to_be_visible()
    page.goto(states + "search/")
    expect(page.locator("main .ban")).to_contain_text("Search needs JavaScript")
    expect(page.locator(".browse a").first).to_be_visible()
    context.close()
