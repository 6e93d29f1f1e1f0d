"""Every outside address of a publication, with the places where it stands."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Literal
from urllib.parse import quote

from msgspec import Struct

from sitegen.diagnostics import Span
from sitegen.links.quotations import pages_of
from sitegen.model.front_matter import AuthorMeta, SourceMeta
from sitegen.model.pages import Page
from sitegen.model.site import Site
from sitegen.urls import asked_as

Field = Literal["url", "archive_url", "doi", "text"]


class Use(Struct, frozen=True, kw_only=True):
    """A place where an address stands."""

    path: str
    span: Span | None
    field: Field
    """`text` is a body, or Markdown in front matter."""
    source: str = ""
    """The source whose record it is, for the fields of one."""


def addresses(site: Site) -> Mapping[str, tuple[Use, ...]]:
    """Return where each outside address of the site stands, fragments left off."""
    found: dict[str, list[Use]] = defaultdict(list)
    for page in pages_of(site):
        for url, use in _uses(site, page):
            found[url].append(use)
    return {url: tuple(uses) for url, uses in sorted(found.items())}


def doi_url(doi: str) -> str:
    """Return where a DOI is resolved (DOI Handbook, 3.7)."""
    return f"https://doi.org/{quote(doi, safe='/:.()-_;')}"


def _uses(site: Site, page: Page) -> list[tuple[str, Use]]:
    meta, document = page.document.meta, page.document
    named: list[tuple[Field, str]] = []
    if isinstance(meta, SourceMeta):
        named = [("url", meta.url), ("archive_url", meta.archive_url)]
        named.append(("doi", doi_url(meta.doi) if meta.doi else ""))
    elif isinstance(meta, AuthorMeta):
        named = [("url", meta.url)]
    named = [(field, url) for field, url in named if url]
    if not named and not document.outside:
        return []
    spans = site.bodies[document.path].spans
    source = document.name if document.kind == "source" else ""
    uses = [
        (asked_as(url), Use(path=document.path, span=spans.get(field), field=field, source=source))
        for field, url in named
    ]
    uses += [
        (
            asked_as(url),
            Use(path=document.path, span=spans.get(f"outside.{number}"), field="text"),
        )
        for number, url in enumerate(document.outside)
    ]
    return uses
