"""A recipe: one output, what makes its view and what makes its bytes."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from sitegen.model.site import Site
from sitegen.render.place import Place, Words
from sitegen.urls import OutputPath, Permalink, output_path

DEFAULT_LANGUAGE = "en"

MakeView = Callable[[Place, str, int], Struct]
"""Makes the view of a place, given a recipe's subject and number."""


class Recipe(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """One output, as plain data: what it is made of is read when its view is made."""

    here: Permalink
    """The permalink it is served at."""
    renderer: str
    """A template's name (`topic.html`) or a key of RENDERERS."""
    view: str
    """A key of VIEWS."""
    lang: str
    subject: str = ""
    """The name of the page it shows, or which of several outputs of its kind it is."""
    number: int = 1
    """The page of a listing."""

    @property
    def output_path(self) -> OutputPath:
        """Return its file, relative to output/."""
        return output_path(self.here)


class Interface(Struct, frozen=True, kw_only=True):
    """What templates bring along: words and assets."""

    words: Mapping[str, Mapping[str, Any]]
    """By language."""
    assets: Mapping[str, str]
    """The name each file of templates/assets/ is published under, by its path there."""

    def words_in(self, lang: str) -> Words:
        """Return the interface strings of a language, English where there are none."""
        return (
            self.words.get(lang)
            or self.words.get(lang.split("-")[0])
            or self.words[DEFAULT_LANGUAGE]
        )


def place_of(recipe: Recipe, site: Site, interface: Interface) -> Place:
    """Return the place at which a recipe's output stands."""
    return Place(
        site=site,
        here=recipe.here,
        lang=recipe.lang,
        words=interface.words_in(recipe.lang),
        assets=interface.assets,
        rooted=recipe.renderer == "404.html",
    )
