"""Makes the structured data of explainers, topics, terms and lists, in the words of schema.org."""

from collections.abc import Iterable, Sequence

from sitegen.model.dates import day_of
from sitegen.model.pages import Explainer, Source, Term, Topic
from sitegen.model.relations import Card, SourceAlert
from sitegen.model.site import Site
from sitegen.render.alerts import alert_of
from sitegen.render.dependencies import of_brief
from sitegen.render.listings import PAGE_SIZE, rows_on
from sitegen.render.names import read_name
from sitegen.render.public import publisher_name, whole_address
from sitegen.render.schema_org import (
    Article,
    CorrectionComment,
    DefinedTerm,
    DefinedTermSet,
    ItemList,
    ListItem,
    Organization,
    Thing,
    Work,
    json_ld,
)
from sitegen.render.social_cards import card_address
from sitegen.urls import Permalink, permalink

_WORK_TYPES = {
    "news": "NewsArticle",
    "treaty": "Legislation",
    "law": "Legislation",
    "report": "Report",
}
"""schema.org's type for a source's kind; the others are creative works."""


def article_data(site: Site, explainer: Explainer) -> str:
    """Return an explainer's JSON-LD: the article with what it cites, and the way to it."""
    meta = explainer.meta
    address = whole_address(site, explainer.card.permalink)
    image = site.images.get(explainer.document.path) or card_address(site, explainer)
    topics = [site.topics[name] for name in explainer.topics]
    article = Article(
        at_type="Article",
        at_id=address,
        url=address,
        headline=meta.title,
        in_language=explainer.card.lang,
        date_published=explainer.day,
        date_modified=max(explainer.day, explainer.updated),
        author=tuple(_author(site, card) for card in explainer.authors) or (_publisher(site),),
        publisher=_publisher(site),
        image=whole_address(site, image) if image else "",
        article_section=tuple(topic.meta.title for topic in topics),
        citation=tuple(
            [_work(site, explainer, site.sources[use.source]) for use in explainer.uses]
        ),
        correction=tuple(
            CorrectionComment(
                at_type="CorrectionComment", date_published=entry.date, text=entry.text
            )
            for entry in meta.corrections
        ),
    )
    primary = topics[0]
    return json_ld(article, _way(site, (*primary.ancestors, primary.card, explainer.card)))


def topic_data(site: Site, topic: Topic, number: int) -> str:
    """Return the JSON-LD of page `number` of a topic: its explainers there, and the way to it."""
    names = topic.published
    before = (number - 1) * PAGE_SIZE
    items = ItemList(
        at_type="ItemList",
        name=topic.meta.title,
        url=whole_address(site, topic.card.permalink),
        number_of_items=len(names),
        item_list_element=tuple(
            ListItem(
                at_type="ListItem",
                position=position,
                name=site.explainers[name].meta.title,
                url=whole_address(site, site.explainers[name].card.permalink),
            )
            for position, name in enumerate(rows_on(names, number), start=before + 1)
        ),
    )
    return json_ld(items, _way(site, (*topic.ancestors, topic.card)))


def list_data(
    site: Site, title: str, at: Permalink, cards: Iterable[Card], number: int, total: int
) -> str:
    """Return the JSON-LD of page `number` of a listing, and the way to it.

    `cards` are those on this page, of `total` in all.
    """
    before = (number - 1) * PAGE_SIZE
    items = ItemList(
        at_type="ItemList",
        name=title,
        url=whole_address(site, at),
        number_of_items=total,
        item_list_element=tuple(
            ListItem(
                at_type="ListItem",
                position=position,
                name=card.title,
                url=whole_address(site, card.permalink),
            )
            for position, card in enumerate(cards, start=before + 1)
        ),
    )
    return json_ld(items, _steps(site, ((title, at),)))


def term_data(site: Site, term: Term, glossary: str) -> str:
    """Return the JSON-LD of a term's page; `glossary` is what the glossary is called."""
    steps = ((glossary, permalink("glossary")), (term.meta.term, term.card.permalink))
    return json_ld(_term(site, term, within=True), _steps(site, steps))


def glossary_data(site: Site) -> str:
    """Return the glossary's JSON-LD: every term with its definition."""
    yaml = site.settings.yaml
    return json_ld(
        DefinedTermSet(
            at_type="DefinedTermSet",
            name=yaml.title,
            url=whole_address(site, permalink("glossary")),
            in_language=yaml.language,
            has_defined_term=tuple(_term(site, term, within=False) for term in site.terms.values()),
        )
    )


def _term(site: Site, term: Term, *, within: bool) -> DefinedTerm:
    return DefinedTerm(
        at_type="DefinedTerm",
        name=term.meta.term,
        description=term.definition,
        url=whole_address(site, term.card.permalink),
        in_language=term.card.lang,
        alternate_name=term.meta.also,
        in_defined_term_set=whole_address(site, permalink("glossary")) if within else "",
    )


def _way(site: Site, cards: tuple[Card, ...]) -> ItemList:
    """Return the way from the home page through `cards`."""
    return _steps(site, [(card.title, card.permalink) for card in cards])


def _steps(site: Site, named: Sequence[tuple[str, Permalink]]) -> ItemList:
    steps = [(site.settings.yaml.title, permalink()), *named]
    return ItemList(
        at_type="BreadcrumbList",
        item_list_element=tuple(
            [
                ListItem(
                    at_type="ListItem", position=position, name=name, item=whole_address(site, at)
                )
                for position, (name, at) in enumerate(steps, start=1)
            ]
        ),
    )


def _publisher(site: Site) -> Organization:
    publisher = site.settings.yaml.publisher
    home = whole_address(site, permalink())
    return Organization(
        at_type="Organization",
        name=publisher_name(site),
        url=publisher.url if publisher and publisher.url else home,
        logo=whole_address(site, Permalink(publisher.logo)) if publisher and publisher.logo else "",
    )


def _author(site: Site, card: Card) -> Thing:
    name = read_name(card.title, (publisher_name(site), site.settings.yaml.title))
    return Thing(
        at_type="Organization" if name.collective else "Person",
        name=card.title,
        url=whole_address(site, card.permalink),
    )


def _work(site: Site, explainer: Explainer, source: Source) -> Work:
    alert = alert_of(explainer, source.card.name) if explainer.alerts else None
    if alert is not None:
        return _cited(site, source, alert)
    return of_brief(source, ("work",), lambda brief: _cited(site, brief, None))


def _cited(site: Site, source: Source, alert: SourceAlert | None) -> Work:
    meta = source.meta
    known = "" if meta.published == "unknown" else meta.published
    return Work(
        at_type=_WORK_TYPES.get(meta.kind, "CreativeWork"),
        name=meta.title,
        url=meta.url or whole_address(site, source.card.permalink),
        date_published=day_of(known, site.settings.zone) if len(known) > 10 else known,
        in_language=source.card.lang,
        publisher=Thing(at_type="Organization", name=meta.publisher),
        archived_at=meta.archive_url,
        creative_work_status=alert.status.capitalize() if alert else "",
        description=alert.note if alert else "",
    )
