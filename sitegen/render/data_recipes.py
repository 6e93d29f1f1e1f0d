"""Says which outputs besides HTML pages there are, and which renderer makes each."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sitegen.model.site import Site
from sitegen.render import api, cite, exports, feeds, hosting, sitemap
from sitegen.render.api_recipes import api_recipes
from sitegen.render.explainer_recipes import explainer_recipes, llms_recipe
from sitegen.render.feed_recipes import feed_recipes
from sitegen.render.recipe import Recipe

RENDERERS: Mapping[str, Callable[[Any], bytes]] = {
    **feeds.RENDERERS,
    **sitemap.RENDERERS,
    **exports.RENDERERS,
    **cite.RENDERERS,
    **api.RENDERERS,
    **hosting.RENDERERS,
}
"""Every renderer by the name that recipes use; each takes its view and returns a file's bytes."""


def data_recipes(site: Site) -> Iterator[Recipe]:
    """Yield feeds, sitemap, robots.txt, llms.txt, each explainer's files, API and hosting files."""
    yield from feed_recipes(site)
    yield from sitemap.sitemap_recipes(site)
    yield llms_recipe(site)
    yield from explainer_recipes(site)
    yield from api_recipes(site)
    yield from hosting.hosting_recipes(site)
