"""What a view reads of the site is noted, whatever the views before it have read."""

import random

from sitegen.render.data_recipes import data_recipes
from sitegen.render.dependencies import noting
from sitegen.render.page_recipes import page_recipes
from sitegen.render.pages import make_view
from sitegen.render.templates import Templates
from tests.render.sample_site import make_site


def test_views_made_from_one_reader_note_what_each_would_from_its_own() -> None:
    site = make_site()
    interface = Templates(None).interface
    recipes = [*page_recipes(site), *data_recipes(site)]
    expected = {}
    for recipe in recipes:
        read: set[str] = set()
        view = make_view(recipe, noting(site, read), interface)
        expected[recipe.output_path] = (view, read)
    assert {"explainer/rents", "explainer/rents+"} <= expected["explainers/rents/index.html"][1]
    shared: set[str] = set()
    reader = noting(site, shared)
    for seed in range(5):
        for recipe in random.Random(seed).sample(recipes, len(recipes)):
            shared.clear()
            view = make_view(recipe, reader, interface)
            assert (view, shared) == expected[recipe.output_path]
