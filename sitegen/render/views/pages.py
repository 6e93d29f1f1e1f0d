"""The views of the pages that a file of content/ stands for, and their parts."""

from typing import Literal

from msgspec import Struct

from sitegen.render.views.frame import Frame
from sitegen.render.views.links_and_dates import DateView, Link
from sitegen.render.views.listings import (
    BacklinkView,
    CorrectionView,
    EventView,
    Item,
    Pager,
    RelatedView,
)
from sitegen.render.views.running_text import Body, Pieces
from sitegen.render.views.sources import EvidenceView, SourceAlertView, SourceCount, SourceView


class ImageView(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A picture."""

    href: str
    alt: str
    credit: str


class CitedPart(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A stretch of how a page is cited in words."""

    text: str
    italic: bool = False


class ExplainerPage(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """explainer.html"""

    frame: Frame
    state: Literal["published", "draft", "scheduled"]
    title: str
    summary: str
    topics: tuple[Link, ...]
    authors: tuple[Link, ...]
    """Empty: the publication's own, `frame.publisher`."""
    reading_minutes: int
    published: DateView
    updated: DateView | None
    as_of: DateView | None
    as_of_note: str
    reviewed: DateView | None
    reviewer: Link | None
    stale_on: DateView
    stale: bool
    alerts: tuple[SourceAlertView, ...]
    """The sources it rests on that are no longer what they were."""
    unsupported: int
    """How many key points rest on no primary source."""
    image: ImageView | None
    key_points: tuple[Pieces, ...]
    known: tuple[Pieces, ...]
    unknown: tuple[Pieces, ...]
    body: Body
    show_contents: bool
    evidence: EvidenceView
    events: tuple[EventView, ...]
    corrections: tuple[CorrectionView, ...]
    corrections_href: str
    citation: tuple[CitedPart, ...]
    """The page cited in words."""
    bibtex_href: str
    """Empty with `citation_files: false`, as are the next two."""
    ris_href: str
    csl_href: str
    markdown_href: str
    """Empty with `markdown_copies: false`."""
    series: str
    series_parts: tuple[Link, ...]
    related: tuple[RelatedView, ...]
    linked_from: tuple[BacklinkView, ...]


class TopicPage(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """topic.html"""

    frame: Frame
    title: str
    summary: str
    topics_href: str
    """The list of all topics."""
    ancestors: tuple[Link, ...]
    children: tuple[Link, ...]
    related: tuple[Link, ...]
    alerts: tuple[SourceAlertView, ...]
    """The changed sources that it or an explainer of it rests on."""
    body: Body
    items: tuple[Item, ...]
    sources: tuple[SourceCount, ...]
    """On the first page: at most fifty, those that most claims rest on."""
    more_sources: int
    """How many there are besides them."""
    sources_href: str
    """The list of all sources."""
    start_here: Link | None
    events: tuple[EventView, ...]
    """The first eight."""
    timeline_href: str
    terms: tuple[Link, ...]
    feed: str
    pager: Pager


class CitingClaim(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A claim that rests on a source, as the source's page shows it."""

    number: int
    href: str
    sentence: str
    words: str
    locator: str
    passage: str
    passage_lang: str
    translated: bool
    standing: str
    """A key of `t.standings`, or empty."""


class CitingView(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A page that cites a source."""

    page: Link
    kind: str
    as_of: DateView | None
    claims: tuple[CitingClaim, ...]


class SourcePage(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """source.html"""

    frame: Frame
    source: SourceView
    byline: str
    byline_lang: str
    accessed: DateView | None
    doi: str
    licence: str
    language: str
    """The language's tag; `t.languages` may name it."""
    successor: Link | None
    topics: tuple[Link, ...]
    body: Body
    cited_by: tuple[CitingView, ...]
    claims: int
    consulted_by: tuple[Link, ...]
    events: tuple[EventView, ...]
    same_publisher: tuple[Link, ...]


class TermView(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A term in the glossary."""

    anchor: str
    href: str
    title: str
    lang: str
    also: tuple[Link, ...]
    definition: Pieces
    used_in: tuple[Link, ...]


class TermPage(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """term.html"""

    frame: Frame
    term: TermView
    topics: tuple[Link, ...]
    sources: tuple[SourceView, ...]
    """Those that no note of the page names."""
    body: Body


class AuthorPage(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """author.html"""

    frame: Frame
    name: str
    role: str
    email: str
    url: str
    orcid: str
    image: str
    body: Body
    items: tuple[Item, ...]
    explainers: int
    """How many there are on all pages."""
    corrections: int
    corrections_href: str
    pager: Pager


class StandingPageView(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """page.html"""

    frame: Frame
    title: str
    summary: str
    body: Body
