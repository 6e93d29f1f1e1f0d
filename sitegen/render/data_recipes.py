"""Says which outputs besides HTML pages there are, what makes the view of each, and its bytes."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sitegen.model.site import Site
from sitegen.render import api, card_drawing, cite, exports, feeds, hosting, sitemap
from sitegen.render.api_recipes import API_VIEWS, api_recipes
from sitegen.render.explainer_recipes import EXPLAINER_VIEWS, explainer_recipes
from sitegen.render.feed_recipes import FEED_VIEWS, feed_recipes
from sitegen.render.page_recipes import PAGE_VIEWS
from sitegen.render.recipe import MakeView, Recipe
from sitegen.render.social_cards import CARD_VIEWS, card_recipes

RENDERERS: Mapping[str, Callable[[Any], bytes]] = {
    **feeds.RENDERERS,
    **sitemap.RENDERERS,
    **exports.RENDERERS,
    **cite.RENDERERS,
    **api.RENDERERS,
    **hosting.RENDERERS,
    **card_drawing.RENDERERS,
}
"""Every renderer by the name that recipes use; each takes its view and returns a file's bytes."""

VIEWS: Mapping[str, MakeView] = {
    **PAGE_VIEWS,
    **FEED_VIEWS,
    **sitemap.SITEMAP_VIEWS,
    **EXPLAINER_VIEWS,
    **API_VIEWS,
    **hosting.HOSTING_VIEWS,
    **CARD_VIEWS,
}
"""What makes each view, by the name that recipes use."""


def data_recipes(site: Site) -> Iterator[Recipe]:
    """Yield feeds, sitemap, robots.txt, llms.txt, each explainer's files and card, API, hosting."""
    yield from feed_recipes(site)
    yield from sitemap.sitemap_recipes(site)
    yield from explainer_recipes(site)
    yield from card_recipes(site)
    yield from api_recipes(site)
    yield from hosting.hosting_recipes(site)
