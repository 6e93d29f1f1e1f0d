"""Reads an article out of a web page, through trafilatura and htmldate."""

import re
from copy import deepcopy
from typing import Any
from urllib.parse import urlsplit

from sitegen.errors import SitegenError
from sitegen.sources.article import Article, clean_line, language_of, paragraphs_of
from sitegen.sources.guard import Refused, parse_address
from sitegen.sources.text_article import names_of

MISSING = (
    "reading web pages needs trafilatura and htmldate; install sitegen with its extra 'sources', "
    "as in: pip install 'sitegen[sources] @ git+https://...'"
)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_PUBLISHED = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@name='date' or @name='DC.date.issued' or @itemprop='datePublished']/@content",
    "//time[@itemprop='datePublished' or @pubdate]/@datetime",
)
_CANONICAL = (
    "//link[@rel='canonical']/@href",
    "//meta[@property='og:url']/@content",
)


def read_page(data: bytes, charset: str, address: str) -> Article:
    """Return the article of a web page; `address` is where it was found, and may be empty.

    Raises SitegenError where the libraries that read pages are not installed.
    """
    try:
        import htmldate
        import trafilatura
    except ImportError:
        raise SitegenError(MISSING) from None
    tree = trafilatura.load_html(_decode(data, charset))
    if tree is None:
        return Article()
    found = _found(tree)
    url = _canonical(found(_CANONICAL), address)
    published = _published(found(_PUBLISHED))
    if not published:
        # It takes parts out of the tree that it is given, and without `extensive_search` no guess.
        found_date = htmldate.find_date(
            deepcopy(tree), extensive_search=False, original_date=True, url=url or None
        )
        published = found_date or ""
    declared = str(tree.get("lang") or "")
    extracted = trafilatura.bare_extraction(
        tree, url=url or None, with_metadata=True, include_comments=False, favor_precision=True
    )
    facts: dict[str, Any] = {}
    if extracted is not None:
        facts = extracted if isinstance(extracted, dict) else extracted.as_dict()
    title = clean_line(facts.get("title") or "")
    paragraphs = paragraphs_of(facts.get("text") or "")
    if title and paragraphs and paragraphs[0] == title:
        paragraphs = paragraphs[1:]
    return Article(
        title=title,
        publisher=_publisher(facts, url),
        authors=names_of((facts.get("author") or "").replace("; ", ",")),
        published=published,
        lang=declared if _LANGUAGE.fullmatch(declared) else language_of(" ".join(paragraphs)),
        url=url,
        paragraphs=paragraphs,
    )


def _decode(data: bytes, charset: str) -> "str | bytes":
    """Return the page as text where its server names a known encoding; else the bytes."""
    try:
        return data.decode(charset, "replace") if charset else data
    except LookupError:
        return data


def _found(tree: Any) -> Any:
    def first(paths: tuple[str, ...]) -> str:
        for path in paths:
            values = tree.xpath(path)
            if isinstance(values, list) and values:
                return clean_line(str(values[0]))
        return ""

    return first


def _published(text: str) -> str:
    """Return a moment with its offset as content writes it, or nothing."""
    match = _MOMENT.match(text)
    if not match:
        return ""
    offset = match[1] if match[1] == "Z" else f"{match[1][:3]}:{match[1][-2:]}"
    return f"{text[:16]}{offset}"


def _canonical(named: str, address: str) -> str:
    """Return the address that a page names for itself; only one of its own host is believed."""
    try:
        place = parse_address(named)
    except Refused:
        return address
    same = not address or urlsplit(address).hostname == place.host
    return place.url if same else address


def _publisher(facts: dict[str, Any], url: str) -> str:
    """Return the site's own name; a bare host is no publisher."""
    name = clean_line(facts.get("sitename") or "")
    host = urlsplit(url).hostname or ""
    bare = {host, host.removeprefix("www.")}
    return "" if name.casefold().removeprefix("www.") in bare else name
