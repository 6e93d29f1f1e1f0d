"""Joins all documents into one site: the one place that sees everything."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from sitegen.diagnostics import Diagnostic, did_you_mean, has_errors
from sitegen.model.dates import day_of, parse_moment
from sitegen.model.document import Asset, Document, Standing, UnreadFile
from sitegen.model.front_matter import AuthorMeta, ExplainerMeta
from sitegen.model.links import LinkState
from sitegen.model.pages import Explainer, Page
from sitegen.model.relations import Correction, Target
from sitegen.model.settings import Settings
from sitegen.model.site import Bodies, CopiedFile, ExpiredPage, NavLink, Redirect, Site
from sitegen.resolve.alerts import (
    alert_findings,
    primary_findings,
    source_alerts,
    unsupported_key_points,
)
from sitegen.resolve.catalog import (
    OWN_ADDRESSES,
    Catalog,
    Key,
    asset_permalink,
    claim_address,
    is_public_asset,
    make_catalog,
    permalink_of,
)
from sitegen.resolve.outside import archives
from sitegen.resolve.pages import PageMaker
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
from sitegen.urls import Permalink, permalink

_LISTINGS = (
    "/",
    "/corrections/",
    "/explainers/",
    "/glossary/",
    "/sitemap.xml",
    "/sources/",
    "/timeline/",
    "/topics/",
)
_FEEDS = ("/feed.json", "/feed.xml")


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
    found += _advice(explainers)
    alerts = source_alerts(catalog)
    unsupported = unsupported_key_points(catalog)
    found += alert_findings(catalog, alerts, bodies)
    found += primary_findings(catalog, unsupported, bodies)
    images = _images(catalog, resolver)
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
    redirects, collisions = _redirects(catalog, files)
    nav, bad_settings = _navigation(catalog, settings, redirects, files, unread)
    bad_settings += _missing_logo(catalog, settings)
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


def _advice(explainers: Mapping[str, Document]) -> list[Diagnostic]:
    """Return what an editor would want to know of each explainer."""
    found = []
    for document in explainers.values():
        meta = _meta(document)

        def advise(code: str, message: str, mend: str, path: str = document.path) -> None:
            found.append(Diagnostic(path=path, code=code, message=message, help=mend))

        if not document.cited:
            advise("no-citations", "nothing on this page is cited", "cite a source: [words][@id]")
        if not meta.key_points:
            advise("no-key-points", "the page has no key points", "add key_points:, three to five")
        if bool(meta.known) != bool(meta.unknown):
            has, lacks = ("known", "unknown") if meta.known else ("unknown", "known")
            advise(
                "known-without-unknown",
                f"the page has {has}: and no {lacks}:",
                f"add {lacks}:, or take {has}: out",
            )
    return found


def _images(catalog: Catalog, resolver: Resolver) -> dict[str, Permalink]:
    """Return the address of the picture that front matter names, by the path of its file."""
    found = {}
    for document in catalog.documents.values():
        meta = document.meta
        if isinstance(meta, ExplainerMeta) and meta.image:
            path = resolver.image(document, "image.src", meta.image.src)
        elif isinstance(meta, AuthorMeta) and meta.image:
            path = resolver.image(document, "image", meta.image)
        else:
            continue
        if path:
            found[document.path] = asset_permalink(path)
    return found


def _corrections(catalog: Catalog, newest: Iterable[str]) -> tuple[Correction, ...]:
    corrections = [
        Correction(page=catalog.cards["explainer", name], entry=entry)
        for name in newest
        for entry in _meta(catalog.documents["explainer", name]).corrections
    ]
    return tuple(sorted(corrections, key=lambda each: each.entry.date, reverse=True))


def _redirects(
    catalog: Catalog, files: Iterable[CopiedFile]
) -> tuple[tuple[Redirect, ...], list[Diagnostic]]:
    """Return the redirects of all aliases, and each alias or file whose address is taken."""
    owners = dict.fromkeys(OWN_ADDRESSES, "sitegen itself")
    for key, card in catalog.cards.items():
        owners[card.permalink.casefold()] = catalog.documents[key].path
    for document in catalog.expired:
        owners[permalink_of(document).casefold()] = document.path
    found: list[Diagnostic] = []
    redirects = []
    for copied in files:
        collision = claim_address(copied.permalink, copied.asset.path, owners, "the address")
        found += [collision] if collision else []
    for key, document in catalog.documents.items():
        for alias in getattr(document.meta, "aliases", ()):
            collision = claim_address(alias, document.path, owners, "the alias")
            found += [collision] if collision else []
            redirects.append(Redirect(alias=Permalink(alias), target=catalog.cards[key]))
    return tuple(sorted(redirects, key=lambda each: each.alias)), found


def _navigation(
    catalog: Catalog,
    settings: Settings,
    redirects: Iterable[Redirect],
    files: Iterable[CopiedFile],
    unread: tuple[UnreadFile, ...],
) -> tuple[tuple[NavLink, ...], list[Diagnostic]]:
    """Return the main navigation: site.yaml's, else the sections and the pages that ask for it."""
    if not settings.yaml.nav:
        own = [
            NavLink(title=name, permalink=permalink(name), own=True)
            for name in ("explainers", "topics", "timeline", "glossary")
        ]
        pages = [
            NavLink(title=catalog.cards[key].title, permalink=catalog.cards[key].permalink)
            for key, document in catalog.documents.items()
            if getattr(document.meta, "nav", False) and not document.lang_suffix
        ]
        return (*own, *pages), []
    known = set(_LISTINGS) | {card.permalink for card in catalog.cards.values()}
    known.update(permalink_of(document) for document in catalog.expired)
    known.update(redirect.alias for redirect in redirects)
    known.update(copied.permalink for copied in files)
    known.update(_FEEDS if settings.yaml.feeds else ())
    known.update(["/llms.txt"] if settings.yaml.markdown_copies else ())
    known.update(["/search/"] if settings.yaml.search else ())
    links, found = [], []
    for entry in settings.yaml.nav:
        if not entry.target.startswith("/"):
            links.append(NavLink(title=entry.title, permalink=None, url=entry.target))
        elif entry.target in known or unread:
            if entry.target != "/search/" or settings.search:
                links.append(NavLink(title=entry.title, permalink=Permalink(entry.target)))
        else:
            found.append(
                Diagnostic(
                    path="content/site.yaml",
                    code="broken-link",
                    message=f"nav: there is nothing at '{entry.target}'",
                    span=entry.span,
                    help=did_you_mean(entry.target, known) or "write a page's address: /topics/",
                )
            )
    return tuple(links), found


def _missing_logo(catalog: Catalog, settings: Settings) -> list[Diagnostic]:
    publisher = settings.yaml.publisher
    if not publisher or not publisher.logo or f"content{publisher.logo}" in catalog.assets:
        return []
    return [
        Diagnostic(
            path="content/site.yaml",
            code="missing-image",
            message=f"publisher.logo: no file 'content{publisher.logo}'",
            help="save it in content/assets/ and write its path: /assets/logo.png",
        )
    ]
