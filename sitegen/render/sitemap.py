"""The sitemap for search engines (sitemaps.org/protocol.html) and robots.txt (RFC 9309)."""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any
from xml.etree import ElementTree as ET

from msgspec import Struct

from sitegen.model.site import Site
from sitegen.render.dependencies import mapped
from sitegen.render.public import OVERVIEWS, whole_address
from sitegen.render.recipe import MakeView, Recipe
from sitegen.render.serialize import xml_bytes
from sitegen.urls import Permalink, file_permalink

MOST_ADDRESSES = 50_000
"""The protocol's limit for one file; above it the sitemap is an index of several."""
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_OWN = file_permalink("sitemap.xml")


class SitemapEntry(Struct, frozen=True, kw_only=True):
    """A page of the sitemap."""

    address: str
    changed: str
    """A day; empty where the content does not tell."""
    versions: tuple[tuple[str, str], ...] = ()
    """Each language the page is in, with the address there; `x-default` is for all others."""


class Sitemap(Struct, frozen=True, kw_only=True):
    """Pages that search engines may show."""

    entries: tuple[SitemapEntry, ...]


class SitemapIndex(Struct, frozen=True, kw_only=True):
    """The sitemaps that a large site is split into."""

    addresses: tuple[str, ...]


class Robots(Struct, frozen=True, kw_only=True):
    """What robots.txt says: everything may be read, and where the sitemap is."""

    sitemap: str


def sitemap(view: Sitemap) -> bytes:
    """Return a sitemap document."""
    names = {"xmlns": _NAMESPACE}
    if any(entry.versions for entry in view.entries):
        names["xmlns:xhtml"] = _XHTML
    root = ET.Element("urlset", names)
    for entry in view.entries:
        element = ET.SubElement(root, "url")
        ET.SubElement(element, "loc").text = entry.address
        if entry.changed:
            ET.SubElement(element, "lastmod").text = entry.changed
        for lang, address in entry.versions:
            link = {"rel": "alternate", "hreflang": lang, "href": address}
            ET.SubElement(element, "xhtml:link", link)
    return xml_bytes(root)


def sitemap_index(view: SitemapIndex) -> bytes:
    """Return a sitemap index document."""
    root = ET.Element("sitemapindex", {"xmlns": _NAMESPACE})
    for address in view.addresses:
        ET.SubElement(ET.SubElement(root, "sitemap"), "loc").text = address
    return xml_bytes(root)


def robots(view: Robots) -> bytes:
    """Return robots.txt; robots look for it at the host's root only."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {view.sitemap}\n".encode()


RENDERERS: Mapping[str, Callable[[Any], bytes]] = {
    "sitemap": sitemap,
    "sitemap-index": sitemap_index,
    "robots": robots,
}


SITEMAP_VIEWS: Mapping[str, MakeView] = {
    "robots": lambda at, *_: Robots(sitemap=at.absolute(_OWN)),
    "sitemap": lambda at, _, number: Sitemap(entries=tuple(_part(at.site, number))),
    "sitemap-index": lambda at, *_: SitemapIndex(
        addresses=tuple(at.absolute(part) for part in _parts(at.site))
    ),
}


def sitemap_recipes(site: Site) -> Iterator[Recipe]:
    """Yield robots.txt and the sitemap of every page that is published for good."""
    yield _recipe(file_permalink("robots.txt"), "robots")
    parts = _parts(site)
    if len(parts) == 1:
        yield _recipe(_OWN, "sitemap")
        return
    yield _recipe(_OWN, "sitemap-index")
    for number, part in enumerate(parts, start=1):
        yield _recipe(part, "sitemap", number)


def _recipe(at: Permalink, kind: str, number: int = 1) -> Recipe:
    return Recipe(here=at, renderer=kind, view=kind, lang="", number=number)


def _parts(site: Site) -> list[Permalink]:
    """Return the permalinks of the files that all addresses fill."""
    published = sum(each.state == "published" for each in site.explainers.values())
    others = (site.topics, site.sources, site.terms, site.authors, site.pages)
    addresses = 1 + len(OVERVIEWS) + published + sum(map(len, others))
    count = -(-addresses // MOST_ADDRESSES)
    return [file_permalink(f"sitemap-{number}.xml") for number in range(1, count + 1)]


def _part(site: Site, number: int) -> Iterator[SitemapEntry]:
    for page in islice(mapped(site), (number - 1) * MOST_ADDRESSES, number * MOST_ADDRESSES):
        yield SitemapEntry(
            address=whole_address(site, page.permalink),
            changed=page.changed,
            versions=tuple((lang, whole_address(site, at)) for lang, at in page.versions),
        )
