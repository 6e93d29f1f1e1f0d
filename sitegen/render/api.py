"""What the JSON API says of the site, its explainers and its sources: each view is a document.

Members are always there: null stands for a date that is not known, "" for a text that is not given.
Days are ISO 8601. Every `url` is the canonical address of a page of this site.
"""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from sitegen.evidence.audit import evidence_json
from sitegen.evidence.texts import texts_json
from sitegen.render.graph import Graph
from sitegen.render.serialize import json_bytes


class ApiPublisher(Struct, frozen=True, kw_only=True):
    """Who publishes."""

    name: str
    external_url: str


class ApiCounts(Struct, frozen=True, kw_only=True):
    """How much there is."""

    explainers: int
    claims: int
    sources: int
    topics: int
    terms: int
    authors: int
    corrections: int


class ApiFiles(Struct, frozen=True, kw_only=True):
    """The addresses of the other files for machines; null where a setting leaves them out."""

    explainers: str
    sources: str
    graph: str
    evidence: str
    sitemap: str
    llms: str | None
    atom: str | None
    json_feed: str | None


class ApiAlert(Struct, frozen=True, kw_only=True, gc=False):
    """A changed source that its authors have not acknowledged yet."""

    source: str
    status: str
    note: str
    superseded_by: str | None


class ApiTopic(Struct, frozen=True, kw_only=True):
    """A topic."""

    id: str
    url: str
    title: str
    summary: str
    lang: str
    parent: str | None
    explainers: tuple[str, ...]
    """Newest first, those of topics below it included."""
    alerts: tuple[ApiAlert, ...]
    """The changed sources that it rests on."""
    feed: str | None


class ApiAuthor(Struct, frozen=True, kw_only=True):
    """An author."""

    id: str
    url: str
    name: str
    role: str
    lang: str


class ApiTerm(Struct, frozen=True, kw_only=True):
    """A glossary term."""

    id: str
    url: str
    term: str
    also: tuple[str, ...]
    definition: str
    """Plain text."""
    lang: str
    topics: tuple[str, ...]


class ApiPage(Struct, frozen=True, kw_only=True):
    """A standing page."""

    id: str
    url: str
    title: str
    summary: str
    lang: str


class ApiSite(Struct, frozen=True, kw_only=True):
    """/api/site.json"""

    title: str
    description: str
    url: str
    language: str
    time_zone: str
    publisher: ApiPublisher
    counts: ApiCounts
    files: ApiFiles
    topics: tuple[ApiTopic, ...]
    authors: tuple[ApiAuthor, ...]
    terms: tuple[ApiTerm, ...]
    pages: tuple[ApiPage, ...]


class ApiCitedSource(Struct, frozen=True, kw_only=True, gc=False):
    """A source as one explainer uses it; no claims: it was also consulted."""

    id: str
    claims: int


class ApiCorrection(Struct, frozen=True, kw_only=True, gc=False):
    """A correction."""

    date: str
    kind: str
    text: str
    was: str
    now: str


class ApiTranslation(Struct, frozen=True, kw_only=True, gc=False):
    """The same explainer in another language."""

    id: str
    lang: str


class ApiExplainer(Struct, frozen=True, kw_only=True, gc=False):
    """An explainer."""

    id: str
    url: str
    markdown_url: str | None
    title: str
    summary: str
    lang: str
    published: str
    updated: str | None
    as_of: str | None
    reviewed: str | None
    due_for_review: str
    """The first day on which it is due."""
    authors: tuple[str, ...]
    """Ids; empty: the publication's own."""
    topics: tuple[str, ...]
    """Ids; the first is primary."""
    key_points: tuple[str, ...]
    """Plain text, as `known` and `unknown`."""
    known: tuple[str, ...]
    unknown: tuple[str, ...]
    claims: int
    sources: tuple[ApiCitedSource, ...]
    alerts: tuple[ApiAlert, ...]
    corrections: tuple[ApiCorrection, ...]
    related: tuple[str, ...]
    series: str
    translations: tuple[ApiTranslation, ...]


class ApiExplainers(Struct, frozen=True, kw_only=True):
    """/api/explainers.json: newest first."""

    explainers: tuple[ApiExplainer, ...]


class ApiCitingPage(Struct, frozen=True, kw_only=True, gc=False):
    """A page that uses a source; no claims: it was also consulted."""

    kind: str
    id: str
    claims: int


class ApiLink(Struct, frozen=True, kw_only=True, gc=False):
    """How an address stood when it was asked."""

    verdict: str
    since: str
    moved_to: str | None


class ApiSource(Struct, frozen=True, kw_only=True, gc=False):
    """A source; `external_url` leads to it, `url` to its page here."""

    id: str
    url: str
    external_url: str
    archive_url: str
    title: str
    described: bool
    """The title is our description."""
    translated_title: str
    publisher: str
    byline: str
    published: str | None
    """A day, a month or a year."""
    accessed: str | None
    kind: str
    lang: str
    doi: str
    licence: str
    attribution: str
    caveat: str
    primary: bool
    status: str
    status_note: str
    superseded_by: str | None
    link: ApiLink | None
    """How `external_url` stood when it was last asked; null where it never was."""
    cited_by: tuple[ApiCitingPage, ...]


class ApiSources(Struct, frozen=True, kw_only=True):
    """/api/sources.json: by title."""

    sources: tuple[ApiSource, ...]


def api_document(view: ApiSite | ApiExplainers | ApiSources | Graph) -> bytes:
    """Return a document of the JSON API."""
    return json_bytes(view)


RENDERERS: Mapping[str, Callable[[Any], bytes]] = {
    "api": api_document,
    "evidence": evidence_json,
    "texts": texts_json,
}
