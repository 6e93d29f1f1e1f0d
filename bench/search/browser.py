"""Runs queries through a search client in headless Chromium."""

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import urljoin, urlsplit

import msgspec
from msgspec import Struct
from playwright.sync_api import Browser, Page, sync_playwright

from bench.search.server import Served

PAGE = "bench.html"
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_PATIENCE_MS = 600_000
_ASK = """async ([queries, limit]) => {
  const answers = [];
  for (const query of queries) {
    const began = performance.now();
    window.client ??= await window.engine();
    const urls = await window.client(query, limit);
    answers.push({ urls, ms: performance.now() - began });
  }
  return answers;
}"""


class Answer(Struct, frozen=True):
    """What a query found, as the client's addresses, and how long it took."""

    urls: tuple[str, ...]
    ms: float


class Visit(Struct, frozen=True):
    """A reader who comes for the first time and asks several queries."""

    first_ms: float
    """From the first byte of the client to the first query's results."""
    first_bytes: int
    later_ms: tuple[float, ...]


class NoBrowser(Exception):
    """There is no Chromium on this machine."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give the system's Chromium. Raises NoBrowser."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        raise NoBrowser("no Chromium on this machine: run tests/e2e/install-chromium.sh")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def page_with(driver: str, base_path: str) -> bytes:
    """Return a page that holds a driver: a function from the base path to `(query, limit)`."""
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,">'
        f"<script>window.engine = () => ({driver})({json.dumps(base_path)});</script>"
    ).encode()


def rankings(
    browser: Browser, site: Served, queries: Sequence[str], limit: int
) -> tuple[tuple[str, ...], ...]:
    """Return the permalinks that each query finds, in order, asked one after the other."""
    with _visitor(browser, site) as page:
        answers = _ask(page, queries, limit)
    return tuple(tuple(permalink_of(site, url) for url in each.urls) for each in answers)


def visits(
    browser: Browser, site: Served, queries: Sequence[Sequence[str]], limit: int
) -> tuple[Visit, ...]:
    """Return what each visitor, who comes with nothing in the cache, waited for."""
    found = []
    for asked in queries:
        with _visitor(browser, site) as page:
            before = site.sent
            (first,) = _ask(page, asked[:1], limit)
            sent = site.sent - before
            later = _ask(page, asked[1:], limit)
        found.append(Visit(first.ms, sent, tuple(each.ms for each in later)))
    return tuple(found)


def permalink_of(site: Served, url: str) -> str:
    """Return the permalink of an address that a client gave, without its anchor."""
    path = urlsplit(urljoin(site.base_url, url)).path
    return f"/{path.removeprefix(site.base_path)}" if path.startswith(site.base_path) else path


def _ask(page: Page, queries: Sequence[str], limit: int) -> list[Answer]:
    return msgspec.convert(page.evaluate(_ASK, [list(queries), limit]), list[Answer])


@contextmanager
def _visitor(browser: Browser, site: Served) -> Iterator[Page]:
    context = browser.new_context()
    context.set_default_timeout(_PATIENCE_MS)
    try:
        page = context.new_page()
        page.goto(site.base_url + PAGE)
        yield page
    finally:
        context.close()
