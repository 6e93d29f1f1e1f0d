"""The render stage: makes the views that something changed for, and renders those that changed.

Three short cuts, each right by itself. A view is made again only if something that it read last
time is no longer the same; that of a content file's own page is stored, for when only its template
is another. An output is rendered again only if its key is another: the digest of our code, of its
template with all it includes, of the interface's words, and of its view.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

import msgspec
from msgspec import Struct

from sitegen.build.output_table import NO_VIEW, OutputRecord
from sitegen.diagnostics import Diagnostic
from sitegen.engine.cache import Cache
from sitegen.engine.digest import digest, digest_of
from sitegen.engine.pool import run_chunks
from sitegen.model.site import Site
from sitegen.publish.manifest import Written
from sitegen.publish.writer import Staging
from sitegen.render.dependencies import noting
from sitegen.render.page_recipes import OWN_PAGES
from sitegen.render.pages import make_view, render
from sitegen.render.recipe import Recipe
from sitegen.render.templates import Templates

CHUNK = 64
_VIEW = b"v"
"""The end of the key of a stored view; it begins with the view's digest."""
_FEW = 96
"""So few outputs are rendered sooner than a process is started."""
_FLUSHED_AT_ONCE = 2048
"""So many staged files are written to the disk while workers go on."""


class RenderContext(Struct, frozen=True, kw_only=True):
    """What the render of every output has in common."""

    site: Site
    templates: Templates
    code: bytes
    staging: Staging | None
    """None where nothing is to be written."""
    prior: Mapping[str, OutputRecord]
    """By output path: how those of the last build were made that still stand whole."""
    cache: Cache | None
    """Where views are stored; None where no later build is to find them."""
    views: Mapping[str, bytes]
    """By output path: the digests of the views that are known to be as they were."""
    standing: Mapping[str, Written]
    """By output path: every file of the last build that still stands whole."""


class Made(Struct, frozen=True, kw_only=True, array_like=True):
    """What has become of one recipe."""

    key: bytes = b""
    reads: tuple[str, ...] | None = ()
    """None where the view is the one that was stored, and has read what it had."""
    view: bytes = NO_VIEW
    """The digest of its view, if that is stored."""
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
    meanwhile: Callable[[], object],
) -> Iterator[Made]:
    """Yield what has become of each recipe, as soon as it is known; changed outputs are staged.

    `meanwhile` is called while workers render, or before this process does.
    """
    done = waiting = 0
    few = len(recipes) <= _FEW
    for batch in run_chunks(
        _prepare,
        context,
        recipes,
        processes=1 if few else processes,
        chunk=CHUNK,
        meanwhile=meanwhile,
    ):
        chunk = _decode(batch)
        yield from chunk
        done += len(chunk)
        progress(done)
        waiting += sum(each.staged for each in chunk)
        if context.staging is not None and waiting >= _FLUSHED_AT_ONCE:
            context.staging.flush_ahead()
            waiting = 0


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
    # One for all: most views read what others did.
    reads: set[str] = set()
    site = noting(context.site, reads)
    waiting: list[tuple[bytes, bytes]] = []

    def make(recipe: Recipe) -> Made:
        path = recipe.output_path
        view = _stored_view(context, recipe)
        names: tuple[str, ...] | None = None
        if view is not None:
            of_view = stored = context.views[path]
        else:
            reads.clear()
            view = make_view(recipe, site, context.templates.interface)
            said = encode(view)
            names = tuple(sorted(reads))
            of_view = digest(said)
            stored = NO_VIEW
            if context.cache is not None and recipe.view in OWN_PAGES:
                stored = of_view
                waiting.append((stored, said))
        closure = closures.get(recipe.renderer, b"")
        key = digest_of((shared, recipe.renderer.encode(), closure, of_view))
        prior = context.prior.get(path)
        if prior is not None and prior.key == key:
            return Made(key=key, reads=names, view=stored, digest=prior.digest, size=prior.size)
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
            view=stored,
            digest=known,
            size=len(content),
            rendered=True,
            staged=stage,
        )

    def work(chunk: Sequence[Recipe]) -> bytes:
        made = [make(recipe) for recipe in chunk]
        if waiting and context.cache is not None:
            context.cache.put_digested(waiting, _VIEW)
            waiting.clear()
        return encode(made)

    return work


def view_key(view: bytes) -> bytes:
    """Return the key under which the view of this digest is stored."""
    return view + _VIEW


def _stored_view(context: RenderContext, recipe: Recipe) -> Struct | None:
    """Return a view as it was stored; None where it has to be made."""
    known = context.views.get(recipe.output_path)
    if known is None or context.cache is None:
        return None
    said = context.cache.get(view_key(known))
    return None if said is None else _decoder(recipe.view).decode(said)


@cache
def _decoder(view: str) -> "msgspec.msgpack.Decoder[Struct]":
    return msgspec.msgpack.Decoder(OWN_PAGES[view])


def as_record(
    recipe: Recipe, made: Made, places: dict[str, int], before: tuple[int, ...]
) -> OutputRecord:
    """Return what the next build may know of an output; `places` grows by what its view read.

    `before` is what it read when it was stored.
    """
    reads = before
    if made.reads is not None:
        reads = tuple(places.setdefault(name, len(places)) for name in made.reads)
    return OutputRecord(
        recipe=recipe,
        key=made.key,
        reads=reads,
        digest=made.digest,
        size=made.size,
        view=made.view,
    )
