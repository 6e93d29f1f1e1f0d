"""Writes feeds: Atom (RFC 4287) and JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

from collections.abc import Callable, Mapping
from typing import Any
from xml.etree import ElementTree as ET

from msgspec import Struct, field

from sitegen.render.serialize import json_bytes, xml_bytes

_SOURCE_STATUS = "https://schema.org/creativeWorkStatus"
"""The scheme of the categories that say what has become of an entry's sources."""


class FeedAuthor(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who wrote an entry or publishes a feed."""

    name: str
    url: str = ""


class FeedTopic(Struct, frozen=True, kw_only=True):
    """A topic an entry belongs to."""

    slug: str
    title: str


class FeedEntry(Struct, frozen=True, kw_only=True):
    """An explainer in a feed."""

    address: str
    title: str
    summary: str
    lang: str
    published: str
    """RFC 3339, as `updated`."""
    updated: str
    authors: tuple[FeedAuthor, ...]
    """Empty: the feed's own."""
    topics: tuple[FeedTopic, ...]
    image: str
    """The address of its picture; may be empty."""
    changed_sources: tuple[tuple[str, str], ...]
    """The status of each changed source it rests on, and the record's note on it."""
    content: str
    """Clean HTML with whole addresses."""
    own_id: str = ""
    """What tells it from other entries about the same page; empty: its address does."""


class Feed(Struct, frozen=True, kw_only=True):
    """A feed in either format."""

    title: str
    subtitle: str
    lang: str
    address: str
    """Its own."""
    page: str
    """The page whose entries it holds."""
    publisher: FeedAuthor
    updated: str
    entries: tuple[FeedEntry, ...]
    """The latest changed first."""


def atom(feed: Feed) -> bytes:
    """Return an Atom feed document."""
    root = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": feed.lang})
    _text(root, "id", feed.page)
    _text(root, "title", feed.title)
    if feed.subtitle:
        _text(root, "subtitle", feed.subtitle)
    ET.SubElement(
        root, "link", {"rel": "self", "type": "application/atom+xml", "href": feed.address}
    )
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.page})
    _text(root, "updated", feed.updated)
    _author(root, feed.publisher)
    _text(root, "generator", "sitegen")
    for entry in feed.entries:
        _entry(root, feed, entry)
    return xml_bytes(root)


def _entry(root: ET.Element, feed: Feed, entry: FeedEntry) -> None:
    element = ET.SubElement(root, "entry")
    if entry.lang != feed.lang:
        element.set("xml:lang", entry.lang)
    _text(element, "id", entry.own_id or entry.address)
    _text(element, "title", entry.title)
    ET.SubElement(element, "link", {"rel": "alternate", "type": "text/html", "href": entry.address})
    _text(element, "published", entry.published)
    _text(element, "updated", entry.updated)
    for author in entry.authors:
        _author(element, author)
    for topic in entry.topics:
        ET.SubElement(element, "category", {"term": topic.slug, "label": topic.title})
    for status, note in entry.changed_sources:
        said = {"scheme": _SOURCE_STATUS, "term": status, "label": note}
        ET.SubElement(element, "category", {key: text for key, text in said.items() if text})
    _text(element, "summary", entry.summary)
    _text(element, "content", entry.content).set("type", "html")


def _text(parent: ET.Element, name: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, name)
    element.text = text
    return element


def _author(parent: ET.Element, author: FeedAuthor) -> None:
    element = ET.SubElement(parent, "author")
    _text(element, "name", author.name)
    if author.url:
        _text(element, "uri", author.url)


class ChangedSource(Struct, frozen=True, kw_only=True):
    """What has become of a source that an item rests on."""

    status: str
    note: str


class JsonFeedItem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An item as JSON Feed names its members."""

    id: str
    url: str
    title: str
    summary: str
    content_html: str
    date_published: str
    date_modified: str
    language: str
    image: str = ""
    authors: tuple[FeedAuthor, ...] = ()
    tags: tuple[str, ...] = ()
    changed_sources: tuple[ChangedSource, ...] = field(default=(), name="_changed_sources")
    """An extension: names of such begin with an underscore."""


class JsonFeed(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A feed as JSON Feed names its members."""

    version: str
    title: str
    description: str = ""
    home_page_url: str
    feed_url: str
    language: str
    authors: tuple[FeedAuthor, ...]
    items: tuple[JsonFeedItem, ...]


def json_feed(feed: Feed) -> bytes:
    """Return a JSON Feed document."""
    return json_bytes(
        JsonFeed(
            version="https://jsonfeed.org/version/1.1",
            title=feed.title,
            home_page_url=feed.page,
            feed_url=feed.address,
            description=feed.subtitle,
            language=feed.lang,
            authors=(feed.publisher,),
            items=tuple(
                JsonFeedItem(
                    id=entry.address,
                    url=entry.address,
                    title=entry.title,
                    summary=entry.summary,
                    content_html=entry.content,
                    date_published=entry.published,
                    date_modified=entry.updated,
                    language=entry.lang,
                    image=entry.image,
                    authors=entry.authors,
                    tags=tuple(topic.title for topic in entry.topics),
                    changed_sources=tuple(
                        ChangedSource(status=status, note=note)
                        for status, note in entry.changed_sources
                    ),
                )
                for entry in feed.entries
            ),
        )
    )


RENDERERS: Mapping[str, Callable[[Any], bytes]] = {"atom": atom, "json-feed": json_feed}
