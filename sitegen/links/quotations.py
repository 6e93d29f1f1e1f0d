"""The passages that a publication quotes from each source, with their places."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct

from sitegen.diagnostics import Diagnostic, Span
from sitegen.links.standing import Stands, stands
from sitegen.model.document import Body
from sitegen.model.site import Page, Site


class Quotation(Struct, frozen=True, kw_only=True):
    """A passage of a source, where a file quotes it."""

    path: str
    span: Span | None
    source: str
    passage: str


def quotations(site: Site, sources: Collection[str]) -> Mapping[str, tuple[Quotation, ...]]:
    """Return what the site quotes from each of some sources; translations can't be looked for."""
    found: dict[str, list[Quotation]] = defaultdict(list)
    for page in pages_of(site):
        if not any(cited.source in sources for cited in page.document.cited):
            continue
        path = page.document.path
        for quotation in quotations_of(path, site.bodies[path], sources):
            found[quotation.source].append(quotation)
    return {source: tuple(each) for source, each in found.items()}


def quotations_of(path: str, body: Body, sources: Collection[str]) -> Iterator[Quotation]:
    """Yield what one file quotes from some sources."""
    for citation in body.citations:
        if citation.source in sources and citation.passage and not citation.translated:
            yield Quotation(
                path=path,
                span=body.spans.get(f"citation.{citation.number}"),
                source=citation.source,
                passage=citation.passage,
            )


def pages_of(site: Site) -> Iterator[Page]:
    """Yield every page of the site that stands for a file."""
    for group in (
        site.explainers,
        site.sources,
        site.topics,
        site.terms,
        site.authors,
        site.pages,
    ):
        yield from group.values()


def lost(
    found: Iterable[Quotation], text: str, before: str | None = None, stands: Stands = stands
) -> tuple[Quotation, ...]:
    """Return those that don't stand in `text`; where `before` is given, only those that did."""
    return tuple(
        each
        for each in found
        if not stands(each.passage, text) and (before is None or stands(each.passage, before))
    )


def lost_quotation(quotation: Quotation, where: str) -> Diagnostic:
    """Return what an editor is told of a quotation that `where` no longer holds."""
    words = quotation.passage
    shown = words if len(words) <= _LONGEST_SHOWN else f"{words[: _LONGEST_SHOWN - 1]}…"
    return Diagnostic(
        path=quotation.path,
        code="lost-quotation",
        message=f"'{shown}' no longer stands in {where}",
        span=quotation.span,
        help="read the source again: quote what it says now, or set its record's status: and "
        "status_note:",
    )


_LONGEST_SHOWN = 80
