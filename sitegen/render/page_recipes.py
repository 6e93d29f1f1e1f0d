"""Says which HTML pages there are, and what makes the view of each."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from sitegen.model.relations import Card
from sitegen.model.site import Site
from sitegen.render import overviews
from sitegen.render.explainer_view import explainer_view
from sitegen.render.listings import page_numbers
from sitegen.render.page_views import (
    author_view,
    source_page_view,
    standing_page_view,
    term_page_view,
    topic_view,
)
from sitegen.render.recipe import MakeView, Recipe
from sitegen.render.views.pages import (
    AuthorPage,
    ExplainerPage,
    SourcePage,
    StandingPageView,
    TermPage,
    TopicPage,
)
from sitegen.urls import Permalink, file_permalink, paged, permalink

PAGE_VIEWS: Mapping[str, MakeView] = {
    "explainer": lambda at, name, _: explainer_view(at, at.site.explainers[name]),
    "source": lambda at, name, _: source_page_view(at, at.site.sources[name]),
    "topic": lambda at, name, number: topic_view(at, at.site.topics[name], number),
    "term": lambda at, name, _: term_page_view(at, at.site.terms[name]),
    "author": lambda at, name, number: author_view(at, at.site.authors[name], number),
    "page": lambda at, name, _: standing_page_view(at, at.site.pages[name]),
    "home": lambda at, *_: overviews.home_view(at),
    "explainers": lambda at, _, number: overviews.explainers_view(at, number),
    "topics": lambda at, _, number: overviews.topics_view(at, number),
    "sources": lambda at, _, number: overviews.sources_view(at, number),
    "timeline": lambda at, _, number: overviews.timeline_view(at, number),
    "corrections": lambda at, _, number: overviews.corrections_view(at, number),
    "glossary": lambda at, *_: overviews.glossary_view(at),
    "search": lambda at, *_: overviews.search_view(at),
    "not-found": lambda at, *_: overviews.not_found_view(at),
    "expired": lambda at, _, number: overviews.expired_view(at, at.site.expired[number]),
    "redirect": lambda at, _, number: overviews.redirect_view(at, at.site.redirects[number]),
}
"""What makes the view of each kind of page."""


OWN_PAGES: Mapping[str, type[Struct]] = {
    "explainer": ExplainerPage,
    "source": SourcePage,
    "topic": TopicPage,
    "term": TermPage,
    "author": AuthorPage,
    "page": StandingPageView,
}
"""The type of the view of each content file's own page: of these there are many."""


def page_recipe(card: Card, language: str) -> Recipe:
    """Return the recipe of a file's own page; `language` is the publication's."""
    return Recipe(
        here=card.permalink,
        renderer=f"{card.kind}.html",
        view=card.kind,
        lang=language if card.kind == "source" else card.lang,
        subject=card.name,
    )


def page_recipes(site: Site) -> Iterator[Recipe]:
    """Yield the recipe of every HTML page."""
    own = site.settings.yaml.language

    def listing(
        view: str, first: Permalink, rows: int, lang: str, subject: str = ""
    ) -> Iterator[Recipe]:
        for number in page_numbers(rows):
            yield Recipe(
                here=paged(first, number),
                renderer=f"{view}.html",
                view=view,
                lang=lang,
                subject=subject,
                number=number,
            )

    def single(view: str, here: Permalink) -> Recipe:
        return Recipe(here=here, renderer=f"{view}.html", view=view, lang=own)

    for explainer in site.explainers.values():
        yield page_recipe(explainer.card, own)
    for source in site.sources.values():
        yield page_recipe(source.card, own)
    for topic in site.topics.values():
        card = topic.card
        yield from listing("topic", card.permalink, len(topic.explainers), card.lang, card.name)
    for term in site.terms.values():
        yield page_recipe(term.card, own)
    for author in site.authors.values():
        card = author.card
        yield from listing("author", card.permalink, len(author.explainers), card.lang, card.name)
    for standing in site.pages.values():
        yield page_recipe(standing.card, own)

    yield single("home", permalink())
    for name, rows in (
        ("explainers", len(site.listed)),
        ("topics", len(site.topics)),
        ("sources", len(site.sources)),
        ("timeline", len(site.timeline)),
        ("corrections", len(site.corrections)),
    ):
        yield from listing(name, permalink(name), rows, own)
    yield single("glossary", permalink("glossary"))
    if site.settings.search:
        yield single("search", permalink("search"))
    yield Recipe(here=file_permalink("404.html"), renderer="404.html", view="not-found", lang=own)
    for number, expired in enumerate(site.expired):
        yield Recipe(
            here=expired.permalink,
            renderer="expired.html",
            view="expired",
            lang=expired.lang,
            number=number,
        )
    for number, redirect in enumerate(site.redirects):
        yield Recipe(
            here=redirect.alias, renderer="redirect.html", view="redirect", lang=own, number=number
        )
