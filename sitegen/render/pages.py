"""Renders a recipe to its artifact: by a template, or by one of the data renderers."""

from typing import Any

from sitegen.diagnostics import Diagnostic
from sitegen.model.artifact import Artifact
from sitegen.render.data_recipes import RENDERERS
from sitegen.render.recipe import Recipe
from sitegen.render.templates import Templates


def render(recipe: Recipe, templates: Templates) -> Artifact | Diagnostic:
    """Return the artifact that `recipe` makes, or what is wrong with its template."""
    renderer = RENDERERS.get(recipe.renderer)
    if renderer is not None:
        return Artifact(output_path=recipe.output_path, content=renderer(recipe.view))
    framed: Any = getattr(recipe.view, "frame", recipe.view)
    made = templates.render(recipe.renderer, recipe.view, framed.lang)
    if isinstance(made, Diagnostic):
        return made
    return Artifact(output_path=recipe.output_path, content=made)
