"""Makes what a journey has resolved stand in the output, and leaves a record for the next build."""

from collections.abc import Callable, Mapping, Set
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from sitegen.build.copies import Stager
from sitegen.build.early import MOST_EARLY, pages_of, saved_pages
from sitegen.build.journey import Journey
from sitegen.build.options import BuildReport, Early
from sitegen.build.outputs import Outputs, Resolution, Standing
from sitegen.build.pages import view_key
from sitegen.build.record import CopyRecord, Record, page_keys, write_record
from sitegen.build.stored import stored_keys
from sitegen.build.unchanged import LastBuild, manifest_digest
from sitegen.build.unfinished import without_drafts_todos
from sitegen.engine.checked import write_checked
from sitegen.engine.stamp import Look
from sitegen.publish.manifest import Manifest, Written
from sitegen.publish.standing import read_manifest
from sitegen.publish.writer import Staging, commit

if TYPE_CHECKING:
    from sitegen.build.search import SearchFiles


class Beginning(Struct, frozen=True, kw_only=True):
    """What is known when a build begins, or found out beside it."""

    look: Look | None
    """What was seen of the content, if it was looked at."""
    inputs: Mapping[str, tuple[int, ...]]
    """The stamps of what it is built from; empty where they were not looked at."""
    last_path: Path
    """Where the next build reads what this one saw and made."""
    early: Early | None
    """Is given the pages of the `saved` files, or of all that changed, if they are few."""
    saved: frozenset[Path]
    fallen: Callable[[], Set[str]]
    """Tells which outputs of the last build no longer stand."""
    compiled: Callable[[], None]
    """Brings the code of templates that was made on another core."""
    hold: Callable[[object], None]
    """Is given the joined site."""


class _Kept(Struct, frozen=True, kw_only=True):
    """What the record of a build says besides what its journey knows."""

    outputs: Outputs
    copies: dict[str, CopyRecord]
    assets: dict[str, Written]
    words: tuple[bytes, ...]
    """The keys of what search keeps in the cache."""
    manifest: bytes
    """The digest of the manifest in the output."""


def publish(journey: Journey, beginning: Beginning) -> BuildReport:
    """Build the site and commit it.

    Raises SitegenError if the machine fails us, and Lost if the cache does.
    """
    early = beginning.early
    shown = early is not None and _show_saved(journey, early, beginning.saved)
    journey.looked = beginning.look
    resolution = journey.resolution()
    finished = without_drafts_todos(journey.diagnostics, journey.entries, journey.cache)
    if not journey.options.drafts:
        journey.diagnostics = finished
    beginning.hold(resolution)
    if resolution is None or (journey.strict and finished):
        return journey.report(published=False)
    record = journey.record
    # A page made early can't show assets that are still to come.
    same = record is not None and record.templates == journey.templates.digest
    if early is not None and same and not shown and 0 < len(journey.loaded) <= MOST_EARLY:
        loaded = [journey.entries[path] for path in journey.loaded]
        early(pages_of(loaded, resolution.site, journey.templates, journey.cache))
    staging = Staging(journey.options.output_folder)
    staging.begin()
    try:
        return _publish(journey, resolution, staging, beginning)
    except BaseException:
        staging.abandon()
        raise
    finally:
        journey.cache.close()


def _show_saved(journey: Journey, early: Early, saved: frozenset[Path]) -> bool:
    """Give the pages of the saved files to `early`, and return whether there are any."""
    record = journey.record
    if record is None or not 0 < len(saved) <= MOST_EARLY:
        return False
    with journey.stage("early"):
        made = saved_pages(saved, journey.options, journey.code, record, journey.cache)
        journey.loaded = made.converted
        if made.pages:
            early(made.pages)
    return bool(made.pages)


def _publish(
    journey: Journey, resolution: Resolution, staging: Staging, beginning: Beginning
) -> BuildReport:
    with journey.stage("look"):
        old = read_manifest(journey.options.output_folder)
        standing = _standing(journey, old, beginning.fallen())
    outputs = journey.render(resolution, staging, standing, beginning.compiled)
    if outputs.diagnostics:
        staging.abandon()
        return journey.report(published=False)
    there, record = standing.files, journey.record
    stager = Stager(staging, there)
    files = {path: outputs.made.get(path) or there[path] for path in outputs.table.paths}
    with journey.stage("copy"):
        assets = stager.assets(journey.templates, record.assets if record else {})
        if isinstance(assets, list):
            journey.diagnostics += assets
            staging.abandon()
            return journey.report(published=False)
        files.update(assets)
        known = record.copies if record else {}
        copies = stager.copies(resolution.site, journey.options.root, known)
        files.update((path, copy.written) for path, copy in copies.items())
    words: tuple[bytes, ...] = ()
    with journey.stage("search"):
        if journey.settings.search:
            index = _search_index(journey, resolution, staging, there)
            files.update(index.files)
            stager.staged += index.staged
            words = index.kept
    with journey.stage("publish"):
        change = commit(
            staging,
            (*outputs.staged, *stager.staged),
            files,
            old,
            preview=journey.options.drafts or journey.options.future,
        )
    journey.counts |= {
        "artifacts": len(files),
        "loaded": len(journey.loaded),
        "rendered": len(journey.rendered),
        "written": len(change.written),
        "removed": len(change.removed),
        "unchanged": change.unchanged,
    }
    kept = _Kept(
        outputs=outputs,
        copies=copies,
        assets=assets,
        words=words,
        manifest=manifest_digest(journey.options.output_folder),
    )
    with journey.stage("record"):
        if journey.options.cache:
            _keep(journey, resolution, kept)
    report = journey.report(published=True, written=change.written, removed=change.removed)
    if journey.options.cache and beginning.inputs:
        last = LastBuild(
            made_by=journey.made_by,
            as_of=journey.as_of,
            time_zone=journey.settings.yaml.time_zone,
            inputs=dict(beginning.inputs),
            manifest=kept.manifest,
            report=msgspec.structs.replace(report, loaded=(), rendered=(), written=()),
        )
        write_checked(beginning.last_path, msgspec.msgpack.encode(last))
    return report


def _standing(journey: Journey, old: Manifest, gone: Set[str]) -> Standing:
    """Return what stands of the last build's outputs; `gone` are those that do not."""
    files = old.files
    if gone:
        files = {path: each for path, each in files.items() if path not in gone}
    left = manifest_digest(journey.options.output_folder)
    same = journey.record is not None and journey.record.manifest == left
    return Standing(files=files, fallen=gone if same else None)


def _search_index(
    journey: Journey, resolution: Resolution, staging: Staging, there: Mapping[str, Written]
) -> "SearchFiles":
    """Stage the search index."""
    from sitegen.build.search import SearchStage, search_index

    record_path = journey.record_path.with_suffix(".search")
    stage = SearchStage(
        site=resolution.site,
        site_key=resolution.key,
        taken_over=resolution.taken_over,
        renewed=resolution.renewed,
        entries=journey.entries,
        cache=journey.cache,
        made_by=journey.made_by,
        staging=staging,
        standing=there,
        record_path=record_path if journey.options.cache else None,
    )
    return search_index(stage, processes=journey.processes)


def _keep(journey: Journey, resolution: Resolution, kept: _Kept) -> None:
    """Leave the next build a record of this one."""
    record = Record(
        made_by=journey.made_by,
        load_key=journey.load_key,
        entries=journey.entries,
        site_key=resolution.key,
        files_key=resolution.files_key,
        site=resolution.stored(),
        counts=resolution.counts,
        findings=resolution.findings,
        shared=journey.shared,
        dependencies=kept.outputs.dependencies,
        templates=journey.templates.digest,
        closures=journey.templates.closures,
        outputs=kept.outputs.table,
        manifest=kept.manifest,
        copies=kept.copies,
        assets=kept.assets,
        evidence=journey.checked,
    )
    write_record(journey.record_path, record)
    if journey.cache_is_new:
        journey.cache.prune(None)
        return
    keys = (key for entry in journey.entries.values() for key in stored_keys(entry))
    views = map(view_key, record.outputs.stored_views())
    journey.cache.prune(chain(keys, page_keys(record.site), kept.words, views))
