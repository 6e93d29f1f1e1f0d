"""Says which HTML pages there are, and makes the view of each."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct

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
from sitegen.render.place import Place, Words
from sitegen.render.recipe import Recipe
from sitegen.urls import Permalink, file_permalink, output_path, paged, permalink

DEFAULT_LANGUAGE = "en"


def page_recipes(site: Site, words: Mapping[str, Words], assets: Sequence[str]) -> Iterator[Recipe]:
    """Yield the recipe of every HTML page.

    `words` are the interface strings by language, `assets` the files of templates/assets/.
    """
    own = site.settings.yaml.language

    def place(here: Permalink, lang: str = own, *, rooted: bool = False) -> Place:
        chosen = words.get(lang) or words.get(lang.split("-")[0]) or words[DEFAULT_LANGUAGE]
        return Place(site=site, here=here, lang=lang, words=chosen, assets=assets, rooted=rooted)

    def recipe(template: str, here: Permalink, view: Struct) -> Recipe:
        return Recipe(output_path=output_path(here), renderer=template, view=view)

    def listing(
        template: str, first: Permalink, count: int, view: Callable[[Place, int], Struct], lang: str
    ) -> Iterator[Recipe]:
        for number in page_numbers(count):
            here = paged(first, number)
            yield recipe(template, here, view(place(here, lang), number))

    def single(template: str, here: Permalink, view: Callable[[Place], Struct]) -> Recipe:
        return recipe(template, here, view(place(here)))

    for explainer in site.explainers.values():
        card = explainer.card
        view = explainer_view(place(card.permalink, card.lang), explainer)
        yield recipe("explainer.html", card.permalink, view)
    for source in site.sources.values():
        card = source.card
        yield recipe("source.html", card.permalink, source_page_view(place(card.permalink), source))
    for topic in site.topics.values():
        yield from listing(
            "topic.html",
            topic.card.permalink,
            len(topic.explainers),
            lambda at, number, topic=topic: topic_view(at, topic, number),  # type: ignore[misc]
            topic.card.lang,
        )
    for term in site.terms.values():
        card = term.card
        view_of_term = term_page_view(place(card.permalink, card.lang), term)
        yield recipe("term.html", card.permalink, view_of_term)
    for author in site.authors.values():
        yield from listing(
            "author.html",
            author.card.permalink,
            len(author.explainers),
            lambda at, number, author=author: author_view(at, author, number),  # type: ignore[misc]
            author.card.lang,
        )
    for page in site.pages.values():
        card = page.card
        view_of_page = standing_page_view(place(card.permalink, card.lang), page)
        yield recipe("page.html", card.permalink, view_of_page)

    yield single("home.html", permalink(), overviews.home_view)
    explainers = sum(each.listed for each in site.explainers.values())
    for template, name, count, view_of in (
        ("explainers.html", "explainers", explainers, overviews.explainers_view),
        ("topics.html", "topics", len(site.topics), overviews.topics_view),
        ("sources.html", "sources", len(site.sources), overviews.sources_view),
        ("timeline.html", "timeline", len(site.timeline), overviews.timeline_view),
        ("corrections.html", "corrections", len(site.corrections), overviews.corrections_view),
    ):
        yield from listing(template, permalink(name), count, view_of, own)
    yield single("glossary.html", permalink("glossary"), overviews.glossary_view)
    if site.settings.search:
        yield single("search.html", permalink("search"), overviews.search_view)
    missing = file_permalink("404.html")
    yield recipe("404.html", missing, overviews.not_found_view(place(missing, rooted=True)))
    for expired in site.expired:
        at = place(expired.permalink, expired.lang)
        yield recipe("expired.html", expired.permalink, overviews.expired_view(at, expired))
    for redirect in site.redirects:
        view_of_redirect = overviews.redirect_view(place(redirect.alias), redirect)
        yield recipe("redirect.html", redirect.alias, view_of_redirect)
