"""What a view reads of the site is noted, whatever the views before it have read."""

import random

import pytest
from msgspec import Struct

from sitegen.render.data_recipes import data_recipes
from sitegen.render.dependencies import noting, of_brief
from sitegen.render.page_recipes import page_recipes
from sitegen.render.pages import make_view
from sitegen.render.templates import Templates
from tests.render.sample_site import make_site


def test_views_made_from_one_reader_note_what_each_would_from_its_own() -> None:
    site = make_site()
    interface = Templates(None).interface
    recipes = [*page_recipes(site), *data_recipes(site)]
    expected: dict[str, tuple[Struct, set[str]]] = {}
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


def test_what_is_kept_of_a_page_can_be_made_of_nothing_but_its_brief() -> None:
    read: set[str] = set()
    source = noting(make_site(), read).sources["report-2024"]
    assert of_brief(source, ("title",), lambda brief: brief.meta.title) == source.meta.title
    assert of_brief(source, ("title",), lambda _: "made once") == source.meta.title
    with pytest.raises(AttributeError):
        of_brief(source, ("cited by",), lambda brief: brief.cited_by)
    assert read == {"source/report-2024"}
