"""Joins all documents into one site: the one place that sees everything."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from sitegen.diagnostics import Diagnostic, has_errors
from sitegen.model.dates import day_of, parse_moment
from sitegen.model.document import Asset, Document, Standing, UnreadFile
from sitegen.model.front_matter import ExplainerMeta
from sitegen.model.links import LinkState
from sitegen.model.pages import Explainer, Page
from sitegen.model.relations import Correction, Target
from sitegen.model.settings import Settings
from sitegen.model.site import Bodies, CopiedFile, ExpiredPage, Site
from sitegen.resolve.advice import advice
from sitegen.resolve.alerts import (
    alert_findings,
    primary_findings,
    source_alerts,
    unsupported_key_points,
)
from sitegen.resolve.catalog import (
    Catalog,
    Key,
    asset_permalink,
    is_public_asset,
    make_catalog,
    permalink_of,
)
from sitegen.resolve.images import missing_logo, named_images
from sitegen.resolve.navigation import navigation
from sitegen.resolve.outside import archives
from sitegen.resolve.pages import PageMaker
from sitegen.resolve.redirects import redirects_of
from sitegen.resolve.references import Resolver
from sitegen.resolve.related import related_explainers
from sitegen.resolve.relations import (
    backlinks,
    by_date,
    citing_pages,
    source_uses,
    topic_tree,
    translations,
)
from sitegen.resolve.timeline import in_order


class Resolved(Struct, frozen=True, kw_only=True):
    """A site, or None where something is wrong, and what is."""

    site: Site | None
    diagnostics: tuple[Diagnostic, ...]


def resolve_site(
    documents: Iterable[Document],
    bodies: Bodies,
    terms: Mapping[str, tuple[str, ...]],
    assets: Iterable[Asset],
    settings: Settings,
    as_of: str,
    *,
    drafts: bool = False,
    future: bool = False,
    standings: Mapping[str, Mapping[int, Standing]] | None = None,
    unread: tuple[UnreadFile, ...] = (),
    links: Mapping[str, LinkState] = {},
) -> Resolved:
    """Return the site that `documents` make on the day `as_of`.

    `bodies` and `terms`, the glossary terms in each text, go by path; bodies are asked for only to
    say where something is wrong.

    `standings` tells how the citations of each file stand, by its path and their numbers.

    Drafts, scheduled and expired explainers are taken out before anything is derived, so nothing
    of them can leak; `drafts` and `future` leave them in. Nothing is said of names that an `unread`
    file may hold. `links` says how outside addresses stood when they were last asked.
    """
    all_assets = tuple(assets)
    catalog, found = make_catalog(
        documents,
        bodies,
        all_assets,
        settings,
        as_of,
        drafts=drafts,
        future=future,
        unread=unread,
    )
    resolver = Resolver(catalog, bodies)
    targets: dict[Key, tuple[Target | None, ...]] = {}
    for key, document in catalog.documents.items():
        resolver.check_names(document)
        targets[key] = resolver.targets(document)
    found += resolver.found
    explainers = {n: d for (kind, n), d in catalog.documents.items() if kind == "explainer"}
    topics = {n: d for (kind, n), d in catalog.documents.items() if kind == "topic"}
    tree, cycles = topic_tree(topics, bodies)
    found += cycles
    found += advice(explainers)
    alerts = source_alerts(catalog)
    unsupported = unsupported_key_points(catalog)
    found += alert_findings(catalog, alerts, bodies)
    found += primary_findings(catalog, unsupported, bodies)
    images = named_images(catalog, resolver)
    known = frozenset(found)
    found += [each for each in resolver.found if each not in known]
    if has_errors(found):
        return Resolved(site=None, diagnostics=tuple(found))

    days = {
        name: day_of(_meta(document).date, settings.zone) for name, document in explainers.items()
    }
    newest = by_date(explainers, days)
    uses = source_uses(catalog)
    maker = PageMaker(
        catalog=catalog,
        settings=settings,
        targets=targets,
        uses=uses,
        citing=citing_pages(uses, catalog, standings or {}),
        terms=terms,
        alerts=alerts,
        unsupported=unsupported,
        standings=standings or {},
        as_of=as_of,
        translations=translations(catalog),
        related=related_explainers(explainers, newest, uses),
        tree=tree,
        days=days,
        newest=newest,
        backlinks=backlinks(catalog, targets),
        links=links,
        archives=archives(catalog.documents.values()) if links else {},
    )
    pages = maker.pages()
    timeline = in_order(
        (
            event
            for group in (pages.explainers, pages.topics, pages.sources)
            for page in _each_page(group)
            if not isinstance(page, Explainer) or page.listed
            for event in page.events
        ),
        catalog.documents,
        settings.zone,
    )
    files = tuple(
        CopiedFile(asset=asset, permalink=asset_permalink(asset.path))
        for asset in all_assets
        if is_public_asset(asset) or asset.path in resolver.shown_assets
    )
    redirects, collisions = redirects_of(catalog, files)
    nav, bad_settings = navigation(catalog, settings, redirects, files, unread)
    bad_settings += missing_logo(catalog, settings)
    if collisions or bad_settings:
        return Resolved(site=None, diagnostics=(*found, *collisions, *bad_settings))
    site = Site(
        settings=settings,
        as_of=as_of,
        explainers=pages.explainers,
        listed=tuple(name for name, each in pages.explainers.items() if each.listed),
        sources=pages.sources,
        topics=pages.with_timelines(timeline, tree),
        terms=pages.terms,
        authors=pages.authors,
        pages=pages.standing,
        timeline=timeline,
        corrections=_corrections(catalog, newest),
        redirects=redirects,
        expired=tuple(
            ExpiredPage(
                permalink=permalink_of(document),
                lang=document.lang,
                expired=day_of(_meta(document).expires, settings.zone),
            )
            for document in catalog.expired
        ),
        files=files,
        nav=nav,
        images=images,
        latest=tuple(_latest(pages.explainers, settings)),
        standing=tuple(page.card for page in pages.standing.values()),
        bodies=bodies,
    )
    return Resolved(site=site, diagnostics=tuple(found))


def _latest(explainers: Mapping[str, Explainer], settings: Settings) -> list[str]:
    """Return the published, listed explainers, the last changed first, equals by name."""
    published = sorted(
        name for name, each in explainers.items() if each.listed and each.state == "published"
    )
    moments = {
        text: parse_moment(text, settings.zone)
        for text in {explainers[name].changed for name in published}
    }
    return sorted(published, key=lambda name: moments[explainers[name].changed], reverse=True)


def _meta(document: Document) -> ExplainerMeta:
    assert isinstance(document.meta, ExplainerMeta)
    return document.meta


def _each_page(group: Mapping[str, Page]) -> Iterable[Page]:
    return group.values()


def _corrections(catalog: Catalog, newest: Iterable[str]) -> tuple[Correction, ...]:
    corrections = [
        Correction(page=catalog.cards["explainer", name], entry=entry)
        for name in newest
        for entry in _meta(catalog.documents["explainer", name]).corrections
    ]
    return tuple(sorted(corrections, key=lambda each: each.entry.date, reverse=True))
