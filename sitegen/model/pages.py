"""The pages of a site: each document in its place, each kind with what is its own."""

from collections.abc import Mapping
from typing import Literal, cast

from msgspec import Struct

from sitegen.model.document import Document, Standing
from sitegen.model.front_matter import (
    AuthorMeta,
    ExplainerMeta,
    PageMeta,
    SourceMeta,
    TermMeta,
    TopicMeta,
)
from sitegen.model.links import DeadLink, LinkState
from sitegen.model.relations import (
    Backlink,
    Card,
    CitingPage,
    Event,
    RelatedExplainer,
    SourceAlert,
    SourceUse,
    Target,
)

State = Literal["published", "draft", "scheduled"]


class Page(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A document with its place in the site; each kind of page adds what is its own."""

    document: Document
    card: Card
    claims: int
    """How many citations it has."""
    targets: tuple[Target | None, ...]
    """For each reference of the document; None leads nowhere on this site."""
    terms: tuple[str, ...]
    """The names of the glossary terms that are linked in its text."""
    alerts: tuple[SourceAlert, ...]
    """The changed sources it rests on and has not acknowledged; a topic also those of its
    explainers."""
    standings: Mapping[int, Standing]
    """How those of its citations stand that hold or follow a quotation, by their numbers."""
    uses: tuple[SourceUse, ...]
    events: tuple[Event, ...]
    translations: tuple[Card, ...]
    """The same page in other languages, without this one."""
    backlinks: tuple[Backlink, ...]
    dead_links: tuple[DeadLink, ...] = ()
    """Those of the outside addresses in its text that are dead."""


class Explainer(Page, frozen=True, kw_only=True, array_like=True, gc=False):
    """A published explainer, or one shown early by --drafts or --future."""

    state: State
    listed: bool
    """False for a translation whose original is listed in the publication's own language."""
    day: str
    updated: str
    """The day of the last change a reader would care for: `updated`, else the last correction."""
    changed: str
    """When it was last changed in a way that a subscriber would want to know of: a day or time."""
    stale_on: str
    """The first day on which it is due for review."""
    stale: bool
    """That day has come."""
    topics: tuple[str, ...]
    authors: tuple[Card, ...]
    reviewer: Card | None
    unsupported: tuple[int, ...]
    """The key points that rest on no primary source, from 0; none where no source is one."""
    related: tuple[RelatedExplainer, ...]
    series: tuple[Card, ...]
    """All parts in order, this one included; empty outside a series."""

    @property
    def meta(self) -> ExplainerMeta:
        """Return its front matter."""
        return cast(ExplainerMeta, self.document.meta)


class Source(Page, frozen=True, kw_only=True, array_like=True, gc=False):
    """A source record."""

    cited_by: tuple[CitingPage, ...]
    topics: tuple[str, ...]
    """The topics of the explainers that cite it."""
    successor: Card | None
    same_publisher: tuple[Card, ...]
    """Other sources of its publisher, by title: the first ten."""
    link: LinkState | None = None
    """How its address stood when it was last asked; None where it never was."""

    @property
    def meta(self) -> SourceMeta:
        """Return its front matter."""
        return cast(SourceMeta, self.document.meta)


class Topic(Page, frozen=True, kw_only=True, array_like=True, gc=False):
    """A topic with what belongs to it."""

    ancestors: tuple[Card, ...]
    """From the root of the tree downwards."""
    children: tuple[Card, ...]
    related: tuple[Card, ...]
    explainers: tuple[str, ...]
    """Newest first, those of sub-topics included."""
    published: tuple[str, ...]
    """Those of `explainers` that are published, without drafts that --drafts shows."""
    sources: tuple[SourceUse, ...]
    """Those of its explainers, most claims first."""
    timeline: tuple[Event, ...]
    start_here: Card | None
    glossary: tuple[str, ...]

    @property
    def meta(self) -> TopicMeta:
        """Return its front matter."""
        return cast(TopicMeta, self.document.meta)


class Term(Page, frozen=True, kw_only=True, array_like=True, gc=False):
    """A glossary term with the pages that use it."""

    slug: str
    definition: str
    """Without markup."""
    used_in: tuple[Card, ...]

    @property
    def meta(self) -> TermMeta:
        """Return its front matter."""
        return cast(TermMeta, self.document.meta)


class Author(Page, frozen=True, kw_only=True, array_like=True, gc=False):
    """A byline with its explainers."""

    explainers: tuple[str, ...]
    corrections: int

    @property
    def meta(self) -> AuthorMeta:
        """Return its front matter."""
        return cast(AuthorMeta, self.document.meta)


class StandingPage(Page, frozen=True, kw_only=True, array_like=True, gc=False):
    """A page of content/pages/, such as about."""

    @property
    def meta(self) -> PageMeta:
        """Return its front matter."""
        return cast(PageMeta, self.document.meta)
