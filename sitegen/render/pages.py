"""Renders a view to bytes: by a template, or by one of the data renderers."""

from typing import Any

from msgspec import Struct

from sitegen.diagnostics import Diagnostic
from sitegen.model.site import Site
from sitegen.render.data_recipes import RENDERERS, VIEWS
from sitegen.render.recipe import Interface, Recipe, place_of
from sitegen.render.templates import Templates


def make_view(recipe: Recipe, site: Site, interface: Interface) -> Struct:
    """Return all that the output of `recipe` is made of."""
    make = VIEWS[recipe.view]
    return make(place_of(recipe, site, interface), recipe.subject, recipe.number)


def render(recipe: Recipe, view: Struct, templates: Templates) -> bytes | Diagnostic:
    """Return the output that `recipe` makes of `view`, or what is wrong with its template."""
    renderer = RENDERERS.get(recipe.renderer)
    if renderer is not None:
        return renderer(view)
    frame: Any = getattr(view, "frame", view)
    return templates.render(recipe.renderer, view, frame.lang)
