"""Follows every address of a served site, as readers, feed readers and search engines would."""

import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag, urljoin
from xml.etree import ElementTree

from msgspec import Struct

_PATIENCE = 20.0
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""Past any proxy: the site is on this machine."""


class Crawl(Struct, frozen=True):
    """What came of following every address."""

    paths: frozenset[str]
    """What was there, below the site's root."""
    broken: tuple[str, ...]
    """`page: address`, for each that led nowhere, to no anchor or out of the site's path."""


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value for name, value in attrs if value}
        self.ids.update(values[name] for name in ("id", "name") if name in values)
        self.addresses += [values[name] for name in ("href", "src", "action") if name in values]
        for candidate in values.get("srcset", "").split(","):
            self.addresses += candidate.split()[:1]
        if tag == "meta" and values.get("property") in ("og:image", "og:url"):
            self.addresses.append(values.get("content", ""))


def crawl(address: str, public: str, more: tuple[str, ...] = ()) -> Crawl:
    """Fetch the site served at `address` whole, from its home page and the paths `more` on.

    `public` is the site's own address, by which it names itself in feeds and the sitemap; both
    end in a slash.
    """
    pages: dict[str, _Page | None] = {}
    broken: list[str] = []
    anchors: list[tuple[str, str, str]] = []
    waiting = [("the start", urljoin(address, path)) for path in ("", *more)]
    origin = re.match(r"\w+://[^/]+/", address)
    assert origin
    while waiting:
        where, target = waiting.pop()
        if target.startswith(public):
            target = address + target.removeprefix(public)
        whole, anchor = urldefrag(target)
        whole = whole.partition("?")[0]
        if not whole.startswith(address):
            if whole.startswith(origin[0]):
                broken.append(f"{where}: {target} is outside the site's path")
            continue
        if anchor:
            anchors.append((where, whole, unquote(anchor)))
        if whole in pages:
            continue
        try:
            with _OPENER.open(whole, timeout=_PATIENCE) as answer:
                data, media = answer.read(), answer.headers.get_content_type()
        except urllib.error.HTTPError as error:
            error.close()
            broken.append(f"{where}: {target} ({error.code})")
            pages[whole] = None
            continue
        page = pages[whole] = _Page()
        page.addresses += _addresses(whole, media, data.decode("utf-8", "replace"), page)
        here = whole.removeprefix(address) or "the home page"
        waiting += [(here, urljoin(whole, each)) for each in page.addresses]
    for where, whole, anchor in anchors:
        found = pages[whole]
        if found is not None and found.ids and anchor not in found.ids:
            broken.append(f"{where}: {whole}#{anchor} is not there")
    there = frozenset(each.removeprefix(address) for each, page in pages.items() if page)
    return Crawl(there, tuple(sorted(set(broken))))


def _addresses(url: str, media: str, text: str, page: _Page) -> Iterator[str]:
    """Yield the addresses in a file that is no HTML; HTML is given to `page`."""
    if media == "text/html":
        page.feed(text)
    elif media == "text/css":
        yield from re.findall(r"url\([\"']?([^\"')]+)", text)
    elif url.endswith(".xml"):
        for element in ElementTree.fromstring(text).iter():
            if element.tag.endswith(("}loc", "}id")):
                yield element.text or ""
            yield from [element.attrib["href"]] if "href" in element.attrib else []
    elif url.endswith("feed.json"):
        feed = json.loads(text)
        yield from (feed["home_page_url"], feed["feed_url"])
        yield from (item["url"] for item in feed["items"])
    elif url.endswith("robots.txt"):
        yield from re.findall(r"^Sitemap: (\S+)", text, re.MULTILINE)
    elif url.endswith("llms.txt"):
        yield from re.findall(r"\]\(([^)\s]+)\)", text)
