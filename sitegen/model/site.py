"""The whole publication, resolved: each document in its place, each reference at its target."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, Protocol, cast

from msgspec import Struct

from sitegen.model.document import (
    Asset,
    Body,
    Citation,
    ClaimRecord,
    Document,
    ShownBody,
    Standing,
)
from sitegen.model.front_matter import (
    AuthorMeta,
    CorrectionEntry,
    ExplainerMeta,
    Kind,
    PageMeta,
    SourceMeta,
    SourceStatus,
    TermMeta,
    TopicMeta,
)
from sitegen.model.links import DeadLink, LinkState
from sitegen.model.settings import Settings
from sitegen.urls import Permalink

State = Literal["published", "draft", "scheduled"]


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


class Redirect(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """An old address and the page that stands elsewhere now."""

    alias: Permalink
    target: Card


class ExpiredPage(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """An explainer taken out: its address keeps a short notice that holds nothing of it."""

    permalink: Permalink
    lang: str
    expired: str


class CopiedFile(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A file of content/ and the address it is copied to."""

    asset: Asset
    permalink: Permalink


class NavLink(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """An entry of the main navigation: a page of the site, or an address outside it."""

    title: str
    """The words, or one of the interface's own names: `explainers`, `topics`, `timeline`,
    `glossary`."""
    permalink: Permalink | None
    url: str = ""
    own: bool = False
    """The title is one of the interface's own names."""


class Bodies(Protocol):
    """The bodies of files by their paths; each is read when it is asked for."""

    def __getitem__(self, path: str, /) -> Body:
        """Return the body of a file."""

    def shown(self, path: str) -> ShownBody:
        """Return what pages show of the body of a file."""

    def citations(self, paths: Sequence[str], source: str) -> Iterator[tuple[Citation, ...]]:
        """Yield the citations of one source in each file."""

    def term_uses(self, path: str) -> tuple[TermUse, ...]:
        """Return the first use of each glossary term in a file."""

    def claims(self, path: str) -> tuple[ClaimRecord, ...]:
        """Return what the evidence says of a file's claims."""

    def texts(self, path: str) -> Mapping[str, Sequence[str]]:
        """Return the digests of what a file says: those of each block, by part."""


class Site(Struct, frozen=True, kw_only=True):
    """Everything, resolved. Mappings go by name and keep the order readers see."""

    settings: Settings
    as_of: str
    explainers: Mapping[str, Explainer]
    """Newest first."""
    listed: tuple[str, ...]
    """The explainers that listings show, newest first."""
    sources: Mapping[str, Source]
    topics: Mapping[str, Topic]
    terms: Mapping[str, Term]
    authors: Mapping[str, Author]
    pages: Mapping[str, StandingPage]
    timeline: tuple[Event, ...]
    """Oldest first."""
    corrections: tuple[Correction, ...]
    """Newest first."""
    redirects: tuple[Redirect, ...]
    expired: tuple[ExpiredPage, ...]
    files: tuple[CopiedFile, ...]
    nav: tuple[NavLink, ...]
    images: Mapping[str, Permalink]
    """The address of the picture that an explainer or an author names, by its file's path."""
    latest: tuple[str, ...]
    """Those of them that are published for good, the last changed first."""
    standing: tuple[Card, ...]
    """The pages of content/pages/, by their titles."""
    bodies: Bodies

    def page(self, kind: Kind, name: str) -> Page | None:
        """Return the page of one name, or None where there is none."""
        pages: Mapping[Kind, Mapping[str, Page]] = {
            "explainer": self.explainers,
            "source": self.sources,
            "topic": self.topics,
            "term": self.terms,
            "author": self.authors,
            "page": self.pages,
        }
        return pages[kind].get(name)

    def counts(self) -> dict[Kind, int]:
        """Return how many pages of each kind there are."""
        return {
            "explainer": len(self.explainers),
            "source": len(self.sources),
            "topic": len(self.topics),
            "term": len(self.terms),
            "author": len(self.authors),
            "page": len(self.pages),
        }
