"""Makes /api/evidence.json from the site."""

from collections.abc import Iterable, Iterator

from sitegen.evidence.audit import EvidencePage, PublishedEvidence, claim_json, page_json
from sitegen.model.dates import day_of
from sitegen.model.site import Explainer, Page, Site
from sitegen.render.public import published_explainers

_Dates = dict[str, tuple[str | None, str | None]]


def evidence_view(site: Site) -> PublishedEvidence:
    """Return every published page that has claims, with its claims."""
    dates: _Dates = {
        name: (_date(site, source.meta.published), source.meta.accessed or None)
        for name, source in site.sources.items()
    }
    pages = [_page(site, page, dates) for page in _pages(site) if page.claims]
    return PublishedEvidence(pages=tuple(pages))


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


def _page(site: Site, page: Page, dates: _Dates) -> bytes:
    explainer = page if isinstance(page, Explainer) else None
    shown = EvidencePage(
        kind=page.card.kind,
        id=page.card.name,
        address=page.card.permalink.lstrip("/"),
        published=explainer.day if explainer else None,
        updated=(explainer.updated or None) if explainer else None,
        as_of=_date(site, explainer.meta.as_of) if explainer else None,
        reviewed=(explainer.meta.reviewed or None) if explainer else None,
        claims_digest="",
        claims=(),
    )
    standings = page.standings
    claims = [
        claim_json(each, standings.get(each.number), *dates[each.source])
        for each in site.bodies.claims(page.document.path)
    ]
    return page_json(shown, claims)


def _date(site: Site, date: str) -> str | None:
    """Return a date at its own precision, a time as its day; None where none is known."""
    if not date or date == "unknown":
        return None
    return day_of(date, site.settings.zone) if len(date) > 10 else date
