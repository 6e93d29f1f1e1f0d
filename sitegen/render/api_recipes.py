"""Makes the documents of the JSON API from the site."""

from collections.abc import Iterator, Mapping, Set

from sitegen.evidence.texts import text_path
from sitegen.model.dates import day_of
from sitegen.model.pages import Explainer, Page, Source, Topic
from sitegen.model.site import Site
from sitegen.render.api import (
    ApiAlert,
    ApiAuthor,
    ApiCitedSource,
    ApiCitingPage,
    ApiCorrection,
    ApiCounts,
    ApiExplainer,
    ApiExplainers,
    ApiFiles,
    ApiLink,
    ApiPage,
    ApiPublisher,
    ApiSite,
    ApiSource,
    ApiSources,
    ApiTerm,
    ApiTopic,
    ApiTranslation,
)
from sitegen.render.evidence_view import evidence_view, text_groups, text_view
from sitegen.render.graph import graph
from sitegen.render.public import (
    published_explainers,
    published_names,
    publisher_name,
    whole_address,
)
from sitegen.render.recipe import MakeView, Recipe
from sitegen.urls import companion, file_permalink, permalink

API_VIEWS: Mapping[str, MakeView] = {
    "api-site": lambda at, *_: _site(at.site),
    "api-explainers": lambda at, *_: _explainers(at.site),
    "api-sources": lambda at, *_: _sources(at.site),
    "api-graph": lambda at, *_: graph(at.site),
    "api-evidence": lambda at, *_: evidence_view(at.site),
    "api-text": lambda at, group, _: text_view(at.site, group),
}


def api_recipes(site: Site) -> Iterator[Recipe]:
    """Yield the documents of the API; there are none with `api: false`."""
    if not site.settings.yaml.api:
        return
    for number, group in enumerate(text_groups(site)):
        at = file_permalink(*text_path(number).split("/"))
        yield Recipe(here=at, renderer="texts", view="api-text", lang="", subject=group)
    for view in API_VIEWS:
        name = view.removeprefix("api-")
        if name == "text":
            continue
        renderer = "evidence" if name == "evidence" else "api"
        at = file_permalink("api", f"{name}.json")
        yield Recipe(here=at, renderer=renderer, view=view, lang="")


def _site(site: Site) -> ApiSite:
    yaml = site.settings.yaml
    explainers = published_explainers(site)
    return ApiSite(
        title=yaml.title,
        description=yaml.description,
        url=whole_address(site, permalink()),
        language=yaml.language,
        time_zone=yaml.time_zone,
        publisher=ApiPublisher(
            name=publisher_name(site), external_url=yaml.publisher.url if yaml.publisher else ""
        ),
        counts=ApiCounts(
            explainers=len(explainers),
            claims=sum(each.claims for each in explainers),
            sources=len(site.sources),
            topics=len(site.topics),
            terms=len(site.terms),
            authors=len(site.authors),
            corrections=sum(len(each.meta.corrections) for each in explainers),
        ),
        files=_files(site),
        topics=tuple(_topic(site, topic) for topic in site.topics.values()),
        authors=tuple(
            ApiAuthor(
                id=name,
                url=whole_address(site, author.card.permalink),
                name=author.meta.name,
                role=author.meta.role,
                lang=author.card.lang,
            )
            for name, author in site.authors.items()
        ),
        terms=tuple(
            ApiTerm(
                id=name,
                url=whole_address(site, term.card.permalink),
                term=term.meta.term,
                also=term.meta.also,
                definition=term.definition,
                lang=term.card.lang,
                topics=term.meta.topics,
            )
            for name, term in site.terms.items()
        ),
        pages=tuple(
            ApiPage(
                id=name,
                url=whole_address(site, page.card.permalink),
                title=page.meta.title,
                summary=page.meta.summary,
                lang=page.card.lang,
            )
            for name, page in site.pages.items()
        ),
    )


def _files(site: Site) -> ApiFiles:
    def at(*parts: str) -> str:
        return whole_address(site, file_permalink(*parts))

    yaml = site.settings.yaml
    return ApiFiles(
        explainers=at("api", "explainers.json"),
        sources=at("api", "sources.json"),
        graph=at("api", "graph.json"),
        evidence=at("api", "evidence.json"),
        sitemap=at("sitemap.xml"),
        llms=at("llms.txt") if yaml.markdown_copies else None,
        atom=at("feed.xml") if yaml.feeds else None,
        json_feed=at("feed.json") if yaml.feeds else None,
    )


def _topic(site: Site, topic: Topic) -> ApiTopic:
    feed = whole_address(site, companion(topic.card.permalink, "feed.xml"))
    return ApiTopic(
        id=topic.card.name,
        url=whole_address(site, topic.card.permalink),
        title=topic.meta.title,
        summary=topic.meta.summary,
        lang=topic.card.lang,
        parent=topic.ancestors[-1].name if topic.ancestors else None,
        explainers=topic.published,
        alerts=_alerts(topic),
        feed=feed if site.settings.yaml.feeds else None,
    )


def _explainers(site: Site) -> ApiExplainers:
    published = published_names(site)
    return ApiExplainers(
        explainers=tuple([_explainer(site, each, published) for each in published_explainers(site)])
    )


def _explainer(site: Site, explainer: Explainer, published: Set[str]) -> ApiExplainer:
    meta = explainer.meta
    at = explainer.card.permalink

    def texts(key: str, count: int) -> tuple[str, ...]:
        return tuple([explainer.document.texts[f"{key}.{number}"] for number in range(count)])

    return ApiExplainer(
        id=explainer.card.name,
        url=whole_address(site, at),
        markdown_url=(
            whole_address(site, companion(at, "index.md"))
            if site.settings.yaml.markdown_copies
            else None
        ),
        title=meta.title,
        summary=meta.summary,
        lang=explainer.card.lang,
        published=explainer.day,
        updated=explainer.updated or None,
        as_of=_day(site, meta.as_of),
        reviewed=meta.reviewed or None,
        due_for_review=explainer.stale_on,
        authors=tuple(card.name for card in explainer.authors),
        topics=explainer.topics,
        key_points=texts("key_points", len(meta.key_points)),
        known=texts("known", len(meta.known)),
        unknown=texts("unknown", len(meta.unknown)),
        claims=explainer.claims,
        sources=tuple([ApiCitedSource(id=use.source, claims=use.claims) for use in explainer.uses]),
        alerts=_alerts(explainer),
        corrections=tuple(
            ApiCorrection(
                date=entry.date, kind=entry.kind, text=entry.text, was=entry.was, now=entry.now
            )
            for entry in meta.corrections
        ),
        related=tuple([each.name for each in explainer.related if each.name in published]),
        series=meta.series,
        translations=tuple(
            ApiTranslation(id=card.name, lang=card.lang)
            for card in explainer.translations
            if card.name in published
        ),
    )


def _alerts(page: Page) -> tuple[ApiAlert, ...]:
    return tuple(
        [
            ApiAlert(
                source=alert.source.name,
                status=alert.status,
                note=alert.note,
                superseded_by=alert.successor.name if alert.successor else None,
            )
            for alert in page.alerts
        ]
    )


def _sources(site: Site) -> ApiSources:
    published = published_names(site)
    return ApiSources(
        sources=tuple([_source(site, source, published) for source in site.sources.values()])
    )


def _source(site: Site, source: Source, published: Set[str]) -> ApiSource:
    meta = source.meta
    return ApiSource(
        id=source.card.name,
        url=whole_address(site, source.card.permalink),
        external_url=meta.url,
        archive_url=meta.archive_url,
        title=meta.title,
        described=meta.described,
        translated_title=meta.translated_title,
        publisher=meta.publisher,
        byline=meta.byline or ", ".join(meta.authors),
        published=None if meta.published == "unknown" else _day(site, meta.published),
        accessed=meta.accessed or None,
        kind=meta.kind,
        lang=source.card.lang,
        doi=meta.doi,
        licence=meta.licence,
        attribution=meta.attribution,
        caveat=meta.caveat,
        primary=meta.primary,
        status=meta.status,
        status_note=meta.status_note,
        superseded_by=source.successor.name if source.successor else None,
        link=ApiLink(verdict=link.verdict, since=link.since, moved_to=link.target or None)
        if (link := source.link)
        else None,
        cited_by=tuple(
            [
                ApiCitingPage(kind=page.kind, id=page.name, claims=citing.claims)
                for citing in source.cited_by
                if (page := citing.page).kind != "explainer" or page.name in published
            ]
        ),
    )


def _day(site: Site, date: str) -> str | None:
    """Return a date at its own precision, a time as its day; None for no date."""
    return (day_of(date, site.settings.zone) if len(date) > 10 else date) or None
