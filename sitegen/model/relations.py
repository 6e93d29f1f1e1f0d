"""What pages have to do with one another: cards, uses of sources and terms, alerts, events."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from sitegen.model.document import Standing
from sitegen.model.front_matter import CorrectionEntry, Kind, SourceStatus
from sitegen.urls import Permalink


class Card(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """As much of a page as a link to it may show."""

    kind: Kind
    name: str
    permalink: Permalink
    title: str
    lang: str


class Target(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """Where a reference leads: a place on this site."""

    permalink: Permalink
    anchor: str = ""
    title: str = ""
    lang: str = ""


class TermUse(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A glossary term's first use on a page: a range of one fragment's HTML."""

    fragment: str
    start: int
    end: int
    term: str
    """The term's name."""


class SourceUse(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A source as one page uses it."""

    source: str
    number: int
    """Its place in the page's list of sources, from 1."""
    claims: int
    """0 for a source that is listed and never cited: also consulted."""


class CitingPage(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A page that uses a source."""

    page: Card
    path: str
    """Its file's."""
    claims: int
    """0 where it lists the source and never cites it."""
    digest: bytes
    """Of the citations; they stand in the file's body."""
    standings: Mapping[int, Standing]
    """How the page's citations stand, by their numbers."""


class Backlink(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A page whose text links here, and the sentence it does it in."""

    page: Card
    sentence: str


class RelatedExplainer(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """An explainer to read next, and why: named by its author, or by what it shares."""

    name: str
    chosen: bool
    shared_sources: int
    shared_topics: int


class SourceAlert(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A source that is no longer what it was when a page came to rest on it."""

    source: Card
    status: SourceStatus
    """Not `current`."""
    note: str
    """The record's `status_note`; may be empty."""
    successor: Card | None


class Event(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A dated line, with the page that tells it."""

    page: Card
    fragment: str
    date: str
    status: Literal["reported", "planned"]
    sources: tuple[str, ...]
    topics: tuple[str, ...]
    alerts: tuple[SourceAlert, ...]
    """Of `sources`, those its page has not acknowledged."""


class Correction(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A correction, with the page it was made to."""

    page: Card
    entry: CorrectionEntry
