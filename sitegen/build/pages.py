"""The render stage: makes the views that something changed for, and renders those that changed.

Two short cuts, each right by itself. A view is made again only if something that it read last time
is no longer the same. An output is rendered again only if its key is another: the digest of our
code, of its template with all it includes, of the interface's words, and of its view.
"""

from collections.abc import Callable, Mapping, Sequence

import msgspec
from msgspec import Struct

from sitegen.build.output_table import OutputRecord
from sitegen.diagnostics import Diagnostic
from sitegen.engine.digest import digest, digest_of
from sitegen.engine.pool import run_chunks
from sitegen.model.site import Site
from sitegen.publish.manifest import Written
from sitegen.publish.writer import Staging
from sitegen.render.dependencies import noting
from sitegen.render.pages import make_view, render
from sitegen.render.recipe import Recipe
from sitegen.render.templates import Templates

CHUNK = 32
_FEW = 96
"""So few outputs are rendered sooner than a process is started."""


class RenderContext(Struct, frozen=True, kw_only=True):
    """What the render of every output has in common."""

    site: Site
    templates: Templates
    code: bytes
    staging: Staging | None
    """None where nothing is to be written."""
    prior: Mapping[str, OutputRecord]
    """By output path: how those of the last build were made that still stand whole."""
    standing: Mapping[str, Written]
    """By output path: every file of the last build that still stands whole."""


class Made(Struct, frozen=True, kw_only=True, array_like=True):
    """What has become of one recipe."""

    key: bytes = b""
    reads: tuple[str, ...] = ()
    digest: bytes = b""
    size: int = 0
    rendered: bool = False
    staged: bool = False
    failure: Diagnostic | None = None


def render_all(
    recipes: Sequence[Recipe],
    context: RenderContext,
    *,
    processes: int,
    progress: Callable[[int], None],
) -> list[Made]:
    """Return what has become of each recipe; changed outputs are staged."""
    made: list[Made] = []
    few = len(recipes) <= _FEW
    for batch in run_chunks(
        _prepare, context, recipes, processes=1 if few else processes, chunk=CHUNK
    ):
        made += _decode(batch)
        progress(len(made))
    return made


_decode = msgspec.msgpack.Decoder(list[Made]).decode
"""Reads what workers send: one value each time is handed over much faster than thousands."""


def _prepare(context: RenderContext) -> Callable[[Sequence[Recipe]], bytes]:
    """Return what a worker does with a chunk of recipes."""
    words = {
        lang: digest(msgspec.msgpack.encode(strings, order="deterministic"))
        for lang, strings in context.templates.interface.words.items()
    }
    filters = (name.encode() for name in context.templates.filters)
    shared = digest_of((context.code, *(words[lang] for lang in sorted(words)), *filters))
    closures = context.templates.closures
    encode = msgspec.msgpack.Encoder().encode

    def make(recipe: Recipe) -> Made:
        reads: set[str] = set()
        view = make_view(recipe, noting(context.site, reads), context.templates.interface)
        closure = closures.get(recipe.renderer, b"")
        key = digest_of((shared, recipe.renderer.encode(), closure, encode(view)))
        names = tuple(sorted(reads))
        path = recipe.output_path
        prior = context.prior.get(path)
        if prior is not None and prior.key == key:
            return Made(
                key=key,
                reads=names,
                digest=prior.digest,
                size=prior.size,
            )
        content = render(recipe, view, context.templates)
        if isinstance(content, Diagnostic):
            return Made(failure=content)
        known = digest(content)
        there = context.standing.get(path)
        stage = context.staging is not None and (there is None or there.digest != known)
        if stage and context.staging is not None:
            context.staging.write(path, content)
        return Made(
            key=key,
            reads=names,
            digest=known,
            size=len(content),
            rendered=True,
            staged=stage,
        )

    return lambda chunk: encode([make(recipe) for recipe in chunk])


def as_record(recipe: Recipe, made: Made, places: dict[str, int]) -> OutputRecord:
    """Return what the next build may know of an output; `places` grows by what its view read."""
    return OutputRecord(
        recipe=recipe,
        key=made.key,
        reads=tuple(places.setdefault(name, len(places)) for name in made.reads),
        digest=made.digest,
        size=made.size,
    )
