"""Makes the views of the files beside each explainer, and of llms.txt, which lists them."""

from collections.abc import Iterator, Mapping

from sitegen.model.dates import day_of
from sitegen.model.pages import Explainer
from sitegen.model.site import Site
from sitegen.render.cite import page_citation
from sitegen.render.exports import (
    CopiedAlert,
    CopiedSource,
    GoneLink,
    LlmsIndex,
    LlmsLink,
    LlmsSection,
    MarkdownCopy,
)
from sitegen.render.fragments import filled_markdown
from sitegen.render.public import (
    published_explainers,
    publisher_name,
    whole_address,
)
from sitegen.render.recipe import MakeView, Recipe
from sitegen.urls import Permalink, companion, file_permalink, permalink

EXPLAINER_VIEWS: Mapping[str, MakeView] = {
    "citation": lambda at, name, _: page_citation(at.site, at.site.explainers[name]),
    "markdown-copy": lambda at, name, _: _copy(at.site, at.site.explainers[name]),
    "llms": lambda at, *_: _llms(at.site),
}
_CITATIONS = (
    ("cite.bib", "bibtex", "citation"),
    ("cite.ris", "ris", "citation"),
    ("cite.json", "csl-json", "citation"),
)
_COPY = ("index.md", "markdown-copy", "markdown-copy")


def explainer_recipes(site: Site) -> Iterator[Recipe]:
    """Yield each explainer's citation files and Markdown copy, and llms.txt, a list of the copies.

    There are none of the first with `citation_files: false`, none of the others with
    `markdown_copies: false`.
    """
    yaml = site.settings.yaml
    if yaml.markdown_copies:
        yield Recipe(here=file_permalink("llms.txt"), renderer="llms", view="llms", lang="")
    beside = (
        *(_CITATIONS if yaml.citation_files else ()),
        *((_COPY,) if yaml.markdown_copies else ()),
    )
    for name, explainer in site.explainers.items():
        for file, renderer, view in beside:
            at = companion(explainer.card.permalink, file)
            yield Recipe(here=at, renderer=renderer, view=view, lang="", subject=name)


def _copy(site: Site, explainer: Explainer) -> MarkdownCopy:
    meta = explainer.meta
    zone = site.settings.zone
    return MarkdownCopy(
        title=meta.title,
        summary=meta.summary,
        authors=tuple(card.title for card in explainer.authors) or (publisher_name(site),),
        published=explainer.day,
        updated=explainer.updated,
        as_of=day_of(meta.as_of, zone) if len(meta.as_of) > 10 else meta.as_of,
        reviewed=meta.reviewed,
        address=whole_address(site, explainer.card.permalink),
        alerts=tuple(
            CopiedAlert(
                status=alert.status,
                title=alert.source.title,
                address=whole_address(site, alert.source.permalink),
                note=alert.note,
            )
            for alert in explainer.alerts
        ),
        body=filled_markdown(site, explainer),
        gone=tuple(
            GoneLink(address=link.url, since=link.since, archive=link.archive_url)
            for link in explainer.dead_links
        ),
        sources=tuple(_source(site, use.source) for use in explainer.uses),
    )


def _source(site: Site, name: str) -> CopiedSource:
    source = site.sources[name]
    meta = source.meta
    known = "" if meta.published == "unknown" else meta.published
    return CopiedSource(
        id=name,
        title=f"[{meta.title}]" if meta.described else meta.title,
        publisher=meta.publisher,
        published=day_of(known, site.settings.zone) if len(known) > 10 else known,
        address=meta.url or whole_address(site, source.card.permalink),
        archive=meta.archive_url,
        status="" if meta.status == "current" else meta.status,
        status_note=meta.status_note if meta.status != "current" else "",
        gone=source.link.since if source.link and source.link.verdict == "dead" else "",
    )


def _llms(site: Site) -> LlmsIndex:
    """Return what llms.txt lists: explainers by primary topic; the rest is optional."""
    yaml = site.settings.yaml
    by_topic: dict[str, list[LlmsLink]] = {}
    translations = []
    for explainer in published_explainers(site):
        link = LlmsLink(
            title=explainer.meta.title,
            address=whole_address(site, companion(explainer.card.permalink, "index.md")),
            note=explainer.meta.summary,
        )
        if explainer.listed:
            by_topic.setdefault(explainer.topics[0], []).append(link)
        else:
            translations.append(link)
    sections = [
        LlmsSection(title=topic.meta.title, links=tuple(by_topic[name]))
        for name, topic in site.topics.items()
        if name in by_topic
    ]
    # llmstxt.org: what stands under "Optional" may be skipped where room is short.
    optional = LlmsSection(title="Optional", links=(*translations, *_resources(site)))
    return LlmsIndex(title=yaml.title, summary=yaml.description, sections=(*sections, optional))


def _resources(site: Site) -> Iterator[LlmsLink]:
    api: tuple[tuple[str, Permalink, str], ...] = (
        ("Sources", file_permalink("api", "sources.json"), "every source as JSON"),
        ("Explainers", file_permalink("api", "explainers.json"), "every explainer as JSON"),
        ("Graph", file_permalink("api", "graph.json"), "who cites and links to whom, as JSON"),
        ("Evidence", file_permalink("api", "evidence.json"), "every claim and its source, as JSON"),
    )
    glossary = ("Glossary", permalink("glossary"), "terms and what they mean")
    resources = (*(api if site.settings.yaml.api else ()), glossary)
    for title, at, note in resources:
        yield LlmsLink(title=title, address=whole_address(site, at), note=note)
