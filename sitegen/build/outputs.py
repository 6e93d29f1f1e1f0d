"""Finds out which outputs may come out other than they stand, and has those made."""

from collections.abc import Callable, Mapping, Sequence, Set
from functools import cache

import msgspec
from msgspec import Struct

from sitegen.build import pages
from sitegen.build.addresses import collisions
from sitegen.build.output_table import NO_VIEW, OutputRecord, OutputTable, make_table
from sitegen.build.record import Record, StoredSite, changed
from sitegen.build.stored import Entry
from sitegen.diagnostics import Diagnostic
from sitegen.engine.cache import Cache
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
    """Of all that the site was resolved from."""
    files_key: bytes
    """Of what the files add to it."""
    site: Site
    stored: Callable[[], StoredSite]
    """Its pages are stored when this is first asked."""
    counts: dict[str, int]
    findings: tuple[Diagnostic, ...]
    digests: Callable[[], Mapping[str, bytes]] | None
    """None where the site is the last build's, but for what is `changed`."""
    changed: Mapping[str, bytes] = {}
    """The digests of what views may read that are others than the last build's."""
    taken_over: bytes = b""
    """The key of the last build's site, of which this is but for the `renewed` pages of sources."""
    renewed: frozenset[str] = frozenset()


class Standing(Struct, frozen=True, kw_only=True):
    """What stands in the output folder of what the last build made."""

    files: Mapping[str, Written]
    """Every file of the last build that still stands."""
    fallen: Set[str] | None
    """The outputs that do not; None if the folder may hold another build than the record's."""


class RenderStage(Struct, frozen=True, kw_only=True):
    """What the render stage works on."""

    resolution: Resolution
    entries: Mapping[str, Entry]
    templates: Templates
    record: Record | None
    """The last build."""
    made_by: bytes
    code: bytes
    cache: Cache | None
    """Where views are stored; None where no later build is to find them."""
    standing: Standing | None
    """None if it does not matter what stands."""
    staging: Staging | None
    """None where nothing is to be written."""
    compiled: Callable[[], None]
    """Brings the code of templates that was made on another core."""

    @property
    def shared(self) -> bytes:
        """Return the digest of what every output depends on."""
        settings = _encode(self.resolution.site.settings)
        return digest_of((self.made_by, self.templates.interface_digest, settings))


class Outputs(Struct, frozen=True, kw_only=True):
    """What the render stage made; nothing but diagnostics where something is wrong."""

    table: OutputTable = OutputTable()
    """Every output, in the order of the recipes."""
    made: dict[str, Written] = {}
    """By output path: those that were not kept as they stand."""
    staged: tuple[str, ...] = ()
    rendered: tuple[str, ...] = ()
    dependencies: dict[str, bytes] = {}
    diagnostics: tuple[Diagnostic, ...] = ()


def render_outputs(
    stage: RenderStage, *, processes: int, progress: Callable[[int, int], None]
) -> Outputs:
    """Render what has to be, and stage what came out other than it stands."""
    shared = stage.shared
    last = stage.record
    record = last if last and last.shared == shared else None
    plan = _replan(stage, record) if record and stage.resolution.digests is None else _plan(stage)
    if not isinstance(plan, _Plan):
        return Outputs(diagnostics=tuple(plan))
    todo = plan.todo
    if todo:
        stage.compiled()
    context = pages.RenderContext(
        site=stage.resolution.site,
        templates=stage.templates,
        code=stage.code,
        staging=stage.staging,
        prior=_prior(stage, todo, last.outputs if last else OutputTable()),
        cache=stage.cache,
        views=plan.views,
        standing=stage.standing.files if stage.standing else {},
    )
    # By path, so that the outputs of one page are made together and its body is read once.
    order = sorted(todo)
    results = pages.render_all(
        [todo[path] for path in order],
        context,
        processes=processes,
        progress=lambda done: progress(done, len(todo)),
        # Only the record asks for them where there was none to compare them with.
        meanwhile=plan.digests or (lambda: None),
    )
    places = {name: number for number, name in enumerate(plan.dependencies)}
    table = record.outputs if record is not None else OutputTable()
    rows = table.rows() if plan.views else {}
    reads = {path: table.record(rows[path]).reads for path in plan.views}
    made: dict[str, Written] = {}
    records: dict[str, OutputRecord] = {}
    rendered: list[str] = []
    staged: set[str] = set()
    failures: dict[str, Diagnostic] = {}
    # One by one, while workers go on with the others.
    for path, each in zip(order, results, strict=True):
        made[path] = Written(digest=each.digest, size=each.size)
        records[path] = pages.as_record(todo[path], each, places, reads.get(path, ()))
        if each.rendered:
            rendered.append(path)
        if each.staged:
            staged.add(path)
        if each.failure:
            failures[f"{each.failure.path}:{each.failure.span}:{each.failure.code}"] = each.failure
    if failures:
        return Outputs(rendered=tuple(rendered), diagnostics=tuple(failures.values()))
    return Outputs(
        table=plan.table(records),
        made=made,
        staged=tuple(path for path in todo if path in staged),
        rendered=tuple(rendered),
        dependencies=_dependencies(stage, plan, places),
    )


class _Plan(Struct, frozen=True, kw_only=True):
    """Which outputs are to be made, and how the table of all comes of those that were."""

    todo: dict[str, Recipe]
    """By output path, in the order of all recipes."""
    table: Callable[[Mapping[str, OutputRecord]], OutputTable]
    """Takes what was made of each."""
    dependencies: Mapping[str, bytes]
    """Those of the record, if any output is kept."""
    digests: Callable[[], Mapping[str, bytes]] | None
    """The digest of everything that a view may have read; None if only the changed are known."""
    changed: Mapping[str, bytes] = {}
    views: Mapping[str, bytes] = {}
    """By output path: the digests of views that are as they were, though the output may not be."""


def _replan(stage: RenderStage, record: Record) -> _Plan:
    """Plan for a site that is the last build's but for what is known to have changed."""
    known = record.dependencies
    changed = stage.resolution.changed.items()
    new = {name: found for name, found in changed if known.get(name) != found}
    for path, entry in stage.entries.items():
        before = record.entries.get(path)
        if before is entry:
            continue
        if before is None or before.key != entry.key:
            new[f"body:{path}"] = entry.key
        if before is None or before.terms_key != entry.terms_key:
            new[f"terms:{path}"] = entry.terms_key
    table = record.outputs
    stale: set[int] = set()
    if new:
        numbers = {name: number for number, name in enumerate(known) if name in new}
        stale = table.readers(frozenset(numbers.values()))
    again = table.having(_changed_templates(stage, record)) | _fallen(stage, table)
    rows = {table.paths[row]: row for row in sorted(stale | again)}
    return _Plan(
        todo={path: table.recipe(row) for path, row in rows.items()},
        table=lambda made: table.updated({rows[path]: each for path, each in made.items()}),
        dependencies=known,
        digests=None,
        changed=new,
        views=_stored_views(table, again - stale),
    )


def _plan(stage: RenderStage) -> _Plan | Sequence[Diagnostic]:
    """Plan for a site that is another; or return what is wrong where two outputs collide."""
    site = stage.resolution.site
    recipes = [*page_recipes(site), *data_recipes(site)]
    wrong = collisions(recipes, site, stage.templates.interface.assets.values())
    if wrong:
        return wrong
    digests = cache(lambda: _digests(stage))
    shared = stage.shared
    record = stage.record if stage.record and stage.record.shared == shared else None
    before = record.outputs if record is not None else OutputTable()
    kept: dict[str, int] = {}
    views: dict[str, bytes] = {}
    if record is not None:
        same = before.with_recipes(recipes) - before.readers(changed(record, digests()))
        again = before.having(_changed_templates(stage, record)) | _fallen(stage, before)
        kept = {before.paths[row]: row for row in sorted(same - again)}
        views = _stored_views(before, same & again)
    paths = {recipe.output_path: recipe for recipe in recipes}
    return _Plan(
        todo={path: recipe for path, recipe in paths.items() if path not in kept},
        table=lambda made: make_table((made.get(path) or kept[path] for path in paths), before),
        dependencies=record.dependencies if record is not None and kept else {},
        digests=digests,
        views=views,
    )


def _stored_views(table: OutputTable, rows: Set[int]) -> dict[str, bytes]:
    """Return the digests of the views that are stored of some rows, by output path."""
    views = ((table.paths[row], table.view(row)) for row in rows)
    return {path: view for path, view in views if view != NO_VIEW}


def _changed_templates(stage: RenderStage, record: Record) -> Set[str]:
    """Return the templates that are not what they were, with all they include."""
    now, before = stage.templates.closures, record.closures
    return {name for name in now.keys() | before.keys() if now.get(name) != before.get(name)}


def _fallen(stage: RenderStage, table: OutputTable) -> set[int]:
    """Return the rows whose outputs do not stand as they were made."""
    standing = stage.standing
    if standing is None:
        return set()
    if standing.fallen is not None:
        gone = standing.fallen
        return {row for row, path in enumerate(table.paths) if path in gone} if gone else set()
    nothing = Written(digest=b"", size=0)
    return {
        row
        for row, path in enumerate(table.paths)
        if standing.files.get(path, nothing).digest != table.digest(row)
    }


def _prior(
    stage: RenderStage, todo: Mapping[str, Recipe], table: OutputTable
) -> dict[str, OutputRecord]:
    """Return how outputs were made by the last build, those that stand as they were made."""
    fallen = _fallen(stage, table)
    rows = table.rows()
    return {
        path: table.record(rows[path]) for path in todo if path in rows and rows[path] not in fallen
    }


def _digests(stage: RenderStage) -> dict[str, bytes]:
    """Return the digest of everything that a view may read."""
    found: dict[str, bytes] = {}
    if stage.resolution.digests is not None:
        found.update(stage.resolution.digests())
    elif stage.record is not None:
        found.update(stage.record.dependencies)
        found.update(stage.resolution.changed)
    for path, entry in stage.entries.items():
        found[f"body:{path}"] = entry.key
        found[f"terms:{path}"] = entry.terms_key
    return found


def _dependencies(stage: RenderStage, plan: _Plan, places: Mapping[str, int]) -> dict[str, bytes]:
    """Return the digest of each thing that some view read, in the order of `places`."""
    if plan.digests is not None:
        digests = plan.digests()
        return {name: digests.get(name, b"") for name in places}
    found = dict(plan.dependencies)
    for name in plan.changed:
        if name in found:
            found[name] = plan.changed[name]
    if len(found) < len(places):  # a view has read more than any did before
        digests = _digests(stage)
        for name in places:
            found.setdefault(name, digests.get(name, b""))
    return found
