"""A recipe: one output and exactly what it is made of."""

from msgspec import Struct

from sitegen.urls import OutputPath


class Recipe(Struct, frozen=True, kw_only=True):
    """One output: `renderer` is a template's name (`topic.html`) or a key of `RENDERERS`."""

    output_path: OutputPath
    renderer: str
    view: Struct
