"""Finds out which outputs may come out other than they stand, and has those made."""

from collections.abc import Callable, Mapping, Sequence

import msgspec
from msgspec import Struct

from sitegen.build import pages
from sitegen.build.addresses import collisions
from sitegen.build.record import OutputRecord, Record, StoredSite, changed
from sitegen.build.stored import Entry
from sitegen.diagnostics import Diagnostic
from sitegen.engine.digest import digest_of
from sitegen.model.site import Site
from sitegen.publish.manifest import Written
from sitegen.publish.writer import Staging
from sitegen.render.data_recipes import data_recipes
from sitegen.render.page_recipes import page_recipes
from sitegen.render.recipe import Recipe
from sitegen.render.templates import Templates

_encode = msgspec.msgpack.Encoder().encode


class Resolution(Struct, frozen=True, kw_only=True):
    """The site, how it is kept for the next build, and the digests of what views may read."""

    key: bytes
    site: Site
    stored: StoredSite
    counts: dict[str, int]
    findings: tuple[Diagnostic, ...]
    digests: Mapping[str, bytes] | None
    """None where the site is the last build's: then they are too."""


class RenderStage(Struct, frozen=True, kw_only=True):
    """What the render stage works on."""

    resolution: Resolution
    entries: Mapping[str, Entry]
    templates: Templates
    record: Record | None
    """The last build."""
    made_by: bytes
    code: bytes
    standing: Mapping[str, Written] | None
    """The files of the last build that still stand; None if that does not matter."""
    staging: Staging | None
    """None where nothing is to be written."""

    @property
    def shared(self) -> bytes:
        """Return the digest of what every output depends on."""
        settings = _encode(self.resolution.site.settings)
        return digest_of((self.made_by, self.templates.interface_digest, settings))


class Outputs(Struct, frozen=True, kw_only=True):
    """What the render stage made; nothing but diagnostics where something is wrong."""

    made: dict[str, OutputRecord] = {}
    """By output path, in the order of the recipes."""
    staged: tuple[str, ...] = ()
    rendered: tuple[str, ...] = ()
    dependencies: dict[str, bytes] = {}
    diagnostics: tuple[Diagnostic, ...] = ()


def render_outputs(
    stage: RenderStage, *, processes: int, progress: Callable[[int, int], None]
) -> Outputs:
    """Render what has to be, and stage what came out other than it stands."""
    shared = stage.shared
    record = stage.record if stage.record and stage.record.shared == shared else None
    recipes = _recipes(stage, record)
    if not isinstance(recipes, dict):
        return Outputs(diagnostics=tuple(recipes))
    past = _past(stage)
    digests = _digests(stage)
    kept = _kept(stage, record, recipes, past, digests) if record else {}
    todo = {path: recipe for path, recipe in recipes.items() if path not in kept}
    context = pages.RenderContext(
        site=stage.resolution.site,
        templates=stage.templates,
        code=stage.code,
        staging=stage.staging,
        prior=past,
        standing=stage.standing or {},
    )
    results = pages.render_all(
        list(todo.values()),
        context,
        processes=processes,
        progress=lambda done: progress(done, len(todo)),
    )
    made = dict(zip(todo, results, strict=True))
    rendered = tuple(sorted(path for path, each in made.items() if each.rendered))
    failures = {
        f"{each.failure.path}:{each.failure.span}:{each.failure.code}": each.failure
        for each in results
        if each.failure
    }
    if failures:
        return Outputs(rendered=rendered, diagnostics=tuple(failures.values()))
    places: dict[str, int] = {}
    if kept and record is not None:
        places = {name: number for number, name in enumerate(record.dependencies)}
    return Outputs(
        made={
            path: kept.get(path) or pages.as_record(recipe, made[path], places)
            for path, recipe in recipes.items()
        },
        staged=tuple(path for path, each in made.items() if each.staged),
        rendered=rendered,
        dependencies={name: digests.get(name, b"") for name in places},
    )


def _recipes(stage: RenderStage, record: Record | None) -> dict[str, Recipe] | Sequence[Diagnostic]:
    """Return every recipe by its output path, or what is wrong where two want the same."""
    if record is not None and stage.resolution.digests is None:
        return {path: each.recipe for path, each in record.outputs.items()}
    site = stage.resolution.site
    recipes = [*page_recipes(site), *data_recipes(site)]
    wrong = collisions(recipes, site, stage.templates.interface.assets)
    return wrong or {recipe.output_path: recipe for recipe in recipes}


def _past(stage: RenderStage) -> Mapping[str, OutputRecord]:
    """Return how each output of the last build was made, if it still stands as it was."""
    outputs = stage.record.outputs if stage.record else {}
    there = stage.standing
    if there is None:
        return outputs
    return {
        path: each
        for path, each in outputs.items()
        if (written := there.get(path)) and written.digest == each.digest
    }


def _digests(stage: RenderStage) -> dict[str, bytes]:
    """Return the digest of everything that a view may have read."""
    found: dict[str, bytes] = {}
    if stage.resolution.digests is not None:
        found.update(stage.resolution.digests)
    elif stage.record is not None:
        found.update(stage.record.dependencies)
    for path, entry in stage.entries.items():
        found[f"body:{path}"] = entry.key
        found[f"terms:{path}"] = entry.terms_key
    return found


def _kept(
    stage: RenderStage,
    record: Record,
    recipes: Mapping[str, Recipe],
    past: Mapping[str, OutputRecord],
    digests: Mapping[str, bytes],
) -> dict[str, OutputRecord]:
    """Return the outputs that are sure to come out as they stand."""
    now, before = stage.templates.closures, record.closures
    same = {name for name, closure in now.items() if before.get(name) == closure}
    same.update(each.renderer for each in recipes.values() if each.renderer not in now)
    stale = changed(record, digests)
    return {
        path: old
        for path, old in past.items()
        if old.recipe.renderer in same
        and recipes.get(path) == old.recipe
        and stale.isdisjoint(old.reads)
    }
