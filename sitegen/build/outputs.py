"""Finds out which outputs may come out other than they stand, and has those made."""

from collections.abc import Callable, Iterable, Mapping, Sequence

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
    digests = _digests(stage)
    kept = _kept(stage, record, recipes, digests) if record else {}
    # By path, so that the outputs of one page are made together and its body is read once.
    todo = {path: recipes[path] for path in sorted(recipes) if path not in kept}
    past = _past(stage, todo)
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
    wrong = collisions(recipes, site, stage.templates.interface.assets.values())
    return wrong or {recipe.output_path: recipe for recipe in recipes}


def _past(stage: RenderStage, paths: Iterable[str]) -> Mapping[str, OutputRecord]:
    """Return how these outputs were made by the last build, those that stand as they were made."""
    outputs = stage.record.outputs if stage.record else {}
    return {
        path: outputs[path] for path in paths if path in outputs and _stands(stage, outputs, path)
    }


def _stands(stage: RenderStage, outputs: Mapping[str, OutputRecord], path: str) -> bool:
    there = stage.standing
    if there is None:
        return True
    written = there.get(path)
    return written is not None and written.digest == outputs[path].digest


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
    digests: Mapping[str, bytes],
) -> dict[str, OutputRecord]:
    """Return the outputs that are sure to come out as they stand."""
    now, before = stage.templates.closures, record.closures
    templates = {name for name, closure in now.items() if before.get(name) != closure}
    templates |= before.keys() - now.keys()
    stale = changed(record, digests)
    there = stage.standing
    if there is None:
        outputs = record.outputs
    else:
        nothing = Written(digest=b"", size=0)
        outputs = {
            path: old
            for path, old in record.outputs.items()
            if there.get(path, nothing).digest == old.digest
        }
    same = stage.resolution.digests is None  # then the recipes are the record's own
    return {
        path: old
        for path, old in outputs.items()
        if stale.isdisjoint(old.reads)
        and (same or recipes.get(path) == old.recipe)
        and not (templates and old.recipe.renderer in templates)
    }
