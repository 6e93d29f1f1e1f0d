"""The whole publication, resolved: each document in its place, each reference at its target."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from sitegen.model.document import Asset, Body, Citation, ClaimRecord, ShownBody
from sitegen.model.front_matter import Kind
from sitegen.model.pages import Author, Explainer, Page, Source, StandingPage, Term, Topic
from sitegen.model.relations import Card, Correction, Event, TermUse
from sitegen.model.settings import Settings
from sitegen.urls import Permalink


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
