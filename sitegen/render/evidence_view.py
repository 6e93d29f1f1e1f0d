"""Makes /api/evidence.json and the digests of texts beside it from the site."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from sitegen.evidence.audit import EvidencePage, PublishedEvidence, claim_json, page_json
from sitegen.evidence.texts import FORM, TextFile, file_of, files_for, filled
from sitegen.model.dates import day_of
from sitegen.model.pages import Explainer, Page
from sitegen.model.site import Site
from sitegen.render.public import published_explainers

_Dates = dict[str, tuple[str | None, str | None]]


def evidence_view(site: Site) -> PublishedEvidence:
    """Return every published page that has claims, with its claims."""
    dates: _Dates = {
        name: (_date(site, source.meta.published), source.meta.accessed or None)
        for name, source in site.sources.items()
    }
    every = list(_pages(site))
    pages = [_page(site, page, dates) for page in every if page.claims]
    return PublishedEvidence(text_files=files_for(len(every)), pages=tuple(pages))


def text_groups(site: Site) -> list[str]:
    """Return for each file of digests which pages are in it, as `text_view` takes them."""
    pages = sorted(_pages(site), key=_address)
    groups: list[list[str]] = [[] for _ in range(files_for(len(pages)))]
    for page in pages:
        card = page.card
        groups[file_of(_address(page), len(groups))].append(f"{card.kind}/{card.name}")
    return ["\n".join(group) for group in groups]


def text_view(site: Site, group: str) -> TextFile:
    """Return a file of digests; a line of `group` is the kind and the name of a page."""
    kinds: Mapping[str, Mapping[str, Page]] = {
        "explainer": site.explainers,
        "topic": site.topics,
        "source": site.sources,
        "term": site.terms,
        "author": site.authors,
        "page": site.pages,
    }
    pages: dict[str, dict[str, tuple[str, ...]]] = {}
    for line in group.split("\n") if group else ():
        kind, _, name = line.partition("/")
        page = kinds[kind][name]
        parts = site.bodies.texts(page.document.path)
        if parts:
            pages[_address(page)] = {
                part: tuple([filled(block, partial(_title, page)) for block in blocks])
                for part, blocks in parts.items()
            }
    return TextFile(form=FORM, pages=pages)


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
        address=_address(page),
        published=explainer.day if explainer else None,
        updated=(explainer.updated or None) if explainer else None,
        as_of=_date(site, explainer.meta.as_of) if explainer else None,
        reviewed=(explainer.meta.reviewed or None) if explainer else None,
        claims_digest="",
        claims=(),
    )
    standings = page.standings
    alerts = {alert.source.name: alert.status for alert in page.alerts}
    claims = [
        claim_json(each, standings.get(each.number), *dates[each.source], alerts.get(each.source))
        for each in site.bodies.claims(page.document.path)
    ]
    return page_json(shown, claims)


def _title(page: Page, number: int) -> str:
    """Return the title of the page that a reference leads to."""
    target = page.targets[number]
    return target.title if target else ""


def _address(page: Page) -> str:
    return page.card.permalink.lstrip("/")


def _date(site: Site, date: str) -> str | None:
    """Return a date at its own precision, a time as its day; None where none is known."""
    if not date or date == "unknown":
        return None
    return day_of(date, site.settings.zone) if len(date) > 10 else date
