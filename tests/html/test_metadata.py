"""What machines read in built pages is what the model holds, by parsers that are not ours."""

import json
import warnings
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import extruct
import feedparser
import jsonschema
import pytest

from sitegen.build import BuildOptions, site_of
from sitegen.model.site import Site
from tests.html.node import package

BASE = "https://example.github.io/alliance-explained/"
LEAD = "explainers/joint-statement-2025"


@pytest.fixture(scope="module")
def model(shipped: Path) -> Iterator[Site]:
    with site_of(BuildOptions(root=shipped)) as (site, found):
        assert site is not None, found
        yield site


@lru_cache(maxsize=256)
def read(path: Path) -> dict[str, Any]:
    """Return what extruct finds in a page: JSON-LD nodes by their type, and Open Graph."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = extruct.extract(
            path.read_text("utf-8"), syntaxes=["json-ld", "opengraph"], uniform=False
        )
    graphs = [node for each in found["json-ld"] for node in each["@graph"]]
    properties = [pair for each in found["opengraph"] for pair in each["properties"]]
    return {"nodes": {node["@type"]: node for node in graphs}, "og": properties}


def test_every_explainer_tells_machines_what_its_page_is_made_of(
    shipped: Path, model: Site
) -> None:
    for explainer in model.explainers.values():
        page = shipped / "output" / explainer.card.permalink.lstrip("/") / "index.html"
        address = BASE + explainer.card.permalink.lstrip("/")
        found = read(page)
        article = found["nodes"]["Article"]
        assert article["headline"] == explainer.meta.title
        assert article["url"] == address
        assert article["inLanguage"] == explainer.card.lang
        assert article["datePublished"] == explainer.day
        assert article["image"] == f"{address}card.png"
        cited = [model.sources[use.source].meta for use in explainer.uses]
        assert [each["name"] for each in article["citation"]] == [meta.title for meta in cited]
        assert [each["publisher"]["name"] for each in article["citation"]] == [
            meta.publisher for meta in cited
        ]
        assert [each["text"] for each in article.get("correction", [])] == [
            each.text for each in explainer.meta.corrections
        ]
        crumbs = found["nodes"]["BreadcrumbList"]["itemListElement"]
        assert [each["position"] for each in crumbs] == list(range(1, len(crumbs) + 1))
        assert crumbs[0]["item"] == BASE
        assert crumbs[-1]["item"] == address
        graph = dict(found["og"])
        assert graph["og:title"] == explainer.meta.title
        assert graph["og:type"] == "article"
        assert graph["og:url"] == address
        assert graph["og:image"] == f"{address}card.png"
        assert (graph["og:image:width"], graph["og:image:height"]) == ("1200", "630")
        assert graph["og:image:alt"].startswith(explainer.meta.title)
        assert graph["og:locale"] == {"en": "en_US", "ja": "ja_JP"}[explainer.card.lang]
        assert graph["article:published_time"] == explainer.day
        assert (page.parent / "card.png").read_bytes().startswith(b"\x89PNG")


def test_lists_and_terms_are_told_as_such(shipped: Path, model: Site) -> None:
    output = shipped / "output"
    listing = read(output / "explainers/index.html")["nodes"]["ItemList"]
    assert listing["numberOfItems"] == len(model.listed)
    assert [each["url"] for each in listing["itemListElement"]] == [
        BASE + model.explainers[name].card.permalink.lstrip("/") for name in model.listed
    ]
    sources = read(output / "sources/index.html")["nodes"]["ItemList"]
    assert sources["numberOfItems"] == len(model.sources)
    topics = read(output / "topics/index.html")["nodes"]["ItemList"]
    assert {each["name"] for each in topics["itemListElement"]} == {
        topic.meta.title for topic in model.topics.values() if topic.card.lang == "en"
    }
    terms = read(output / "glossary/index.html")["nodes"]["DefinedTermSet"]["hasDefinedTerm"]
    assert {each["name"]: each["description"] for each in terms} == {
        term.meta.term: term.definition for term in model.terms.values()
    }
    one = next(iter(model.terms.values()))
    page = output / one.card.permalink.lstrip("/") / "index.html"
    assert read(page)["nodes"]["DefinedTerm"]["name"] == one.meta.term


def test_versions_in_other_languages_name_one_another_on_pages_and_in_the_sitemap(
    shipped: Path, model: Site
) -> None:
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    link = "{http://www.w3.org/1999/xhtml}link"
    sitemap = ET.parse(shipped / "output/sitemap.xml")
    entries = {each.findtext(f"{space}loc"): each for each in sitemap.findall(f"{space}url")}
    pairs = 0
    for explainer in model.explainers.values():
        address = BASE + explainer.card.permalink.lstrip("/")
        listed = {each.get("hreflang"): each.get("href") for each in entries[address].iter(link)}
        text = (shipped / "output" / explainer.card.permalink.lstrip("/") / "index.html").read_text(
            "utf-8"
        )
        wanted = {
            card.lang: BASE + card.permalink.lstrip("/")
            for card in (explainer.card, *explainer.translations)
        }
        if not explainer.translations:
            assert not listed
            assert "hreflang" not in text.partition("</head>")[0]
            continue
        pairs += 1
        assert listed == wanted | {"x-default": wanted["en"]}
        for lang, href in listed.items():
            assert f'<link rel="alternate" hreflang="{lang}" href="{href}">' in text
    assert pairs >= 4


def test_pages_say_where_they_stand_or_that_they_are_not_for_search_engines(
    shipped: Path,
) -> None:
    output = shipped / "output"
    for page in output.rglob("*.html"):
        name = page.relative_to(output).as_posix()
        head = page.read_text("utf-8").partition("</head>")[0]
        hidden = name in ("404.html", "search/index.html") or 'http-equiv="refresh"' in head
        assert ('<meta name="robots" content="noindex">' in head) == hidden, name
        if not hidden:
            address = BASE + name.removesuffix("index.html")
            assert f'<link rel="canonical" href="{address}">' in head
            assert '<meta name="description" content="' in head


def test_feeds_hold_whole_explainers(shipped: Path, model: Site) -> None:
    feed = feedparser.parse((shipped / "output/feed.xml").read_bytes())
    assert not feed.bozo
    items = json.loads((shipped / "output/feed.json").read_text("utf-8"))
    latest = [model.explainers[name] for name in model.latest[:30]]
    assert len(feed.entries) == len(items["items"]) == len(latest)
    for entry, item, explainer in zip(feed.entries, items["items"], latest, strict=True):
        assert entry.title == item["title"] == explainer.meta.title
        assert entry.link == item["url"] == BASE + explainer.card.permalink.lstrip("/")
        assert item["content_html"].strip() == entry.content[0].value.strip()
        assert len(item["content_html"]) > 2000
        assert "<script" not in item["content_html"]


def test_the_json_feed_is_of_version_1_1(shipped: Path) -> None:
    schema = json.loads((package("jsonfeed-schema") / "schema-v1.1.json").read_text("utf-8"))
    items = json.loads((shipped / "output/feed.json").read_text("utf-8"))
    jsonschema.validate(items, schema)
