"""Runs engines over judged collections."""

import shutil
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from playwright.sync_api import Browser

from bench.measure import Times, time_of
from bench.search.browser import PAGE, page_with, rankings, visits
from bench.search.collection import Collection, Site
from bench.search.engines import (
    DEEPER,
    SHOWN,
    Found,
    Tools,
    in_python,
    index_files,
    open_site,
    size_of,
)
from bench.search.measures import first_rank, quality
from bench.search.results import QualityRow
from bench.search.server import served

VISITORS = 5
QUERIES_A_VISIT = 5


def measure(collection: Collection, engine: str, tools: Tools, browser: Browser) -> QualityRow:
    """Return how well an engine answers a collection's queries. Raises NoEngine."""
    asked = [each.query for each in collection.queries]
    if engine in ("sitegen", "pagefind"):
        found = ask_in_browser(collection.site, engine, tools, browser, asked)
    else:
        found = in_python(tools, engine, collection.documents, asked)
    ranked = [collection.ranking(each) for each in found.rankings]
    return QualityRow(
        collection=collection.name,
        engine=engine,
        version=tools.version(engine),
        documents=len(collection.documents),
        quality=quality(collection.queries, ranked),
        visits=found.visits,
        size=found.size,
        ranks={
            query.id: first_rank(pages, query.relevant)
            for query, pages in zip(collection.queries, ranked, strict=True)
        },
    )


def ask_in_browser(
    site: Site, engine: str, tools: Tools, browser: Browser, queries: Sequence[str]
) -> Found:
    """Return what an engine's client finds, and what readers wait for. Raises NoEngine."""
    home = pagefind_home(site)
    folders, driver = open_site(site, engine, home)
    if engine == "pagefind" and not home.is_dir():
        make_pagefind_index(site, tools)
    pages = {PAGE: page_with(driver, site.base_path)}
    with served(folders, site.base_path, pages) as server:
        found = rankings(browser, server, queries, DEEPER)
        waited = visits(browser, server, _groups(queries), SHOWN)
    return Found(rankings=found, visits=waited, size=size_of(_files(site, engine)))


def pagefind_home(site: Site) -> Path:
    """Return the folder that holds Pagefind's bundle, `pagefind/`."""
    return site.root / "pagefind-index"


def make_pagefind_index(site: Site, tools: Tools) -> Times:
    """Index the pages built without search; return the time that Pagefind took."""
    home = pagefind_home(site)
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    return time_of([tools.pagefind(site.plain, home / "pagefind")], site.root)


def _files(site: Site, engine: str) -> list[Path]:
    if engine == "sitegen":
        return index_files(site)
    return [path for path in pagefind_home(site).rglob("*") if path.is_file()]


def _groups(queries: Sequence[str]) -> list[list[str]]:
    """Return the queries of each visitor, spread over all of them."""
    spread = queries[:: max(1, len(queries) // (VISITORS * QUERIES_A_VISIT))]
    rest = iter(spread[: VISITORS * QUERIES_A_VISIT])
    return [group for _ in range(VISITORS) if (group := list(islice(rest, QUERIES_A_VISIT)))]
