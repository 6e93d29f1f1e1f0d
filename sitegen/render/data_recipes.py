"""Says which outputs besides HTML pages there are, what makes the view of each, and its bytes."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sitegen.model.site import Site
from sitegen.render import api, cite, exports, feeds, hosting, sitemap
from sitegen.render.api_recipes import API_VIEWS, api_recipes
from sitegen.render.explainer_recipes import EXPLAINER_VIEWS, explainer_recipes
from sitegen.render.feed_recipes import FEED_VIEWS, feed_recipes
from sitegen.render.page_recipes import PAGE_VIEWS
from sitegen.render.recipe import MakeView, Recipe

RENDERERS: Mapping[str, Callable[[Any], bytes]] = {
    **feeds.RENDERERS,
    **sitemap.RENDERERS,
    **exports.RENDERERS,
    **cite.RENDERERS,
    **api.RENDERERS,
    **hosting.RENDERERS,
}
"""Every renderer by the name that recipes use; each takes its view and returns a file's bytes."""

VIEWS: Mapping[str, MakeView] = {
    **PAGE_VIEWS,
    **FEED_VIEWS,
    **sitemap.SITEMAP_VIEWS,
    **EXPLAINER_VIEWS,
    **API_VIEWS,
    **hosting.HOSTING_VIEWS,
}
"""What makes each view, by the name that recipes use."""


def data_recipes(site: Site) -> Iterator[Recipe]:
    """Yield feeds, sitemap, robots.txt, llms.txt, each explainer's files, API and hosting files."""
    yield from feed_recipes(site)
    yield from sitemap.sitemap_recipes(site)
    yield from explainer_recipes(site)
    yield from api_recipes(site)
    yield from hosting.hosting_recipes(site)
