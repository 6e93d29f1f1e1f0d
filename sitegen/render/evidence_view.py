"""Makes /api/evidence.json from the site."""

from collections.abc import Iterable, Iterator

from sitegen.evidence.audit import (
    FORM,
    Evidence,
    EvidenceClaim,
    EvidencePage,
    claims_digest,
    passage_digest,
)
from sitegen.model.dates import day_of
from sitegen.model.document import Citation
from sitegen.model.site import Explainer, Page, Site, Source
from sitegen.render.fragments import body_of
from sitegen.render.public import published_explainers


def evidence_view(site: Site) -> Evidence:
    """Return every published page that has claims, with its claims."""
    return Evidence(
        form=FORM, pages=tuple([_page(site, page) for page in _pages(site) if page.claims])
    )


def _pages(site: Site) -> Iterator[Page]:
    yield from published_explainers(site)
    groups: tuple[Iterable[Page], ...] = (
        site.topics.values(),
        site.sources.values(),
        site.terms.values(),
        site.authors.values(),
        site.pages.values(),
    )
    for pages in groups:
        yield from pages


def _page(site: Site, page: Page) -> EvidencePage:
    linked = {
        reference.sentence for reference in page.document.references if reference.form == "wiki"
    }
    claims = tuple([_claim(site, page, each, linked) for each in body_of(site, page).citations])
    explainer = page if isinstance(page, Explainer) else None
    return EvidencePage(
        kind=page.card.kind,
        id=page.card.name,
        address=page.card.permalink.lstrip("/"),
        published=explainer.day if explainer else None,
        updated=(explainer.updated or None) if explainer else None,
        as_of=_date(site, explainer.meta.as_of) if explainer else None,
        reviewed=(explainer.meta.reviewed or None) if explainer else None,
        claims_digest=claims_digest(claims),
        claims=claims,
    )


def _claim(site: Site, page: Page, citation: Citation, linked: set[str]) -> EvidenceClaim:
    source: Source = site.sources[citation.source]
    return EvidenceClaim(
        number=citation.number,
        part=citation.part,
        source=citation.source,
        locator=citation.locator,
        words=citation.words if citation.claim else "",
        sentence="" if citation.sentence in linked else citation.sentence,
        quotation="" if citation.sentence in linked else citation.quotation,
        passage_digest=passage_digest(citation.passage),
        standing=page.standings.get(citation.number),
        source_published=_date(site, source.meta.published),
        source_accessed=source.meta.accessed or None,
    )


def _date(site: Site, date: str) -> str | None:
    """Return a date at its own precision, a time as its day; None where none is known."""
    if not date or date == "unknown":
        return None
    return day_of(date, site.settings.zone) if len(date) > 10 else date
