"""One build from top to bottom: content/ -> documents -> site -> views -> outputs -> output/."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from sitegen.build.copies import Stager
from sitegen.build.documents import load_context, load_files
from sitegen.build.early import MOST_EARLY, pages_of, saved_pages
from sitegen.build.evidence import Evidence, EvidenceRecord, check_files
from sitegen.build.options import CACHE, BuildOptions, BuildReport, Early, Progress
from sitegen.build.outputs import Outputs, RenderStage, Resolution, Standing, render_outputs
from sitegen.build.record import (
    CopyRecord,
    Record,
    page_keys,
    read_record,
    restore_site,
    store_site,
    write_record,
)
from sitegen.build.site import Selection, as_of_day, resolve, settings_of, site_key
from sitegen.build.stored import StoredBodies, stored_keys
from sitegen.build.unchanged import LastBuild, manifest_digest
from sitegen.build.unfinished import without_drafts_todos
from sitegen.diagnostics import Diagnostic, has_errors, sort, with_source_lines
from sitegen.engine.cache import Cache
from sitegen.engine.checked import write_checked
from sitegen.engine.environment import code_digest
from sitegen.engine.pool import cores
from sitegen.links.lock import parse as parse_links
from sitegen.load.scan import scan_content
from sitegen.load.settings import load_settings
from sitegen.model.settings import Settings, SiteYaml
from sitegen.model.site import Site
from sitegen.publish.manifest import Written
from sitegen.publish.writer import Staging, commit, read_manifest
from sitegen.render.dependencies import PAGES, site_digests
from sitegen.render.templates import templates_at

if TYPE_CHECKING:
    from sitegen.build.search import SearchFiles

_UNSET = SiteYaml(
    title="unset", base_url="https://example.invalid/", language="en", time_zone="UTC"
)
"""Stands in for a site.yaml that can't be read, so that the other files are checked."""


class Journey:
    """One build on its way: collects diagnostics, counts and times."""

    def __init__(
        self,
        options: BuildOptions,
        progress: Progress | None,
        workspace: Path,
        name: str,
        made_by: bytes,
    ) -> None:
        """Take the options and the folder in which builds of this `name` leave their records."""
        self.options = options
        self.progress: Progress = progress or (lambda stage, done, total: None)
        self.workspace = workspace
        self.made_by = made_by
        self.code = code_digest()
        self.cache = Cache(workspace / CACHE)
        self.record_path = workspace / f"{name}.record"
        self.processes = options.jobs or cores()
        self.diagnostics: list[Diagnostic] = []
        self.counts: dict[str, int] = {}
        self.seconds: dict[str, float] = {}
        self.loaded: tuple[str, ...] = ()
        self.rendered: tuple[str, ...] = ()
        self.kept_words: tuple[bytes, ...] = ()
        self.as_of = ""
        self.strict = options.strict
        self.settings: Settings
        with self.stage("look"):
            self.record = read_record(self.record_path, made_by) if options.cache else None

    def publish(
        self,
        inputs: dict[str, tuple[int, ...]],
        last_path: Path,
        early: Early | None,
        saved: frozenset[Path],
        fallen: Callable[[], Set[str]],
        compiled: Callable[[], None],
    ) -> BuildReport:
        """Build the site and commit it; `inputs` are the stamps of what it is built from, if known.

        `early` is given the pages of the `saved` files, or of all that changed, if they are few;
        `fallen` tells which outputs of the last build no longer stand; `compiled` brings the code
        of templates that was made on another core. Raises SitegenError if the machine fails us,
        and Lost if the cache does.
        """
        shown = early is not None and self._show_saved(early, saved)
        resolution = self._resolution()
        finished = without_drafts_todos(self.diagnostics, self.entries, self.cache)
        if not self.options.drafts:
            self.diagnostics = finished
        if resolution is None or (self.strict and finished):
            return self.report(published=False)
        # A page made early can't show assets that are still to come.
        same = self.record is not None and self.record.templates == self.templates.digest
        if early is not None and same and not shown and 0 < len(self.loaded) <= MOST_EARLY:
            loaded = [self.entries[path] for path in self.loaded]
            early(pages_of(loaded, resolution.site, self.templates, self.cache))
        staging = Staging(self.options.output_folder)
        staging.begin()
        try:
            return self._publish(resolution, staging, inputs, last_path, fallen, compiled)
        except BaseException:
            staging.abandon()
            raise
        finally:
            self.cache.close()

    def check(self) -> BuildReport:
        """Find everything that can be wrong; touch no output.

        Raises SitegenError if the machine fails us, and Lost if the cache does.
        """
        resolution = self._resolution()
        if resolution is not None and not (self.strict and self.diagnostics):
            self._render(resolution, None, None)
            made = self.templates.minified(tuple(self.templates.assets.names)).values()
            self.diagnostics += [each for each in made if isinstance(each, Diagnostic)]
        if not self.options.future:
            # What is wrong with a scheduled explainer would stop the build on its day.
            later = resolve(
                self.cache,
                self.entries,
                self.scan,
                self.settings,
                self._selection(future=True),
                self.standings,
            )
            known = frozenset(self.diagnostics)
            self.diagnostics += [each for each in later.diagnostics if each not in known]
        self.cache.close()
        return self.report(published=False)

    def site(self) -> Site | None:
        """Return the resolved site; None where something is wrong. Raises as `check` does."""
        resolution = self._resolution()
        return resolution.site if resolution else None

    def look(self) -> None:
        """Load the content and check its evidence, without joining it to a site."""
        self._look()
        self._settle(self.yaml or _UNSET)

    def look_again(self) -> None:
        """Check the evidence again, after what it is checked with has changed."""
        gone = {*self.evidence.findings}
        for each in self.checked.files.values():
            gone.update(each.findings)
        self.diagnostics = [each for each in self.diagnostics if each not in gone]
        self._check_evidence()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time a stage."""
        began = time.perf_counter()
        self.progress(name, 0, 0)
        yield
        self.seconds[name] = self.seconds.get(name, 0) + time.perf_counter() - began

    def report(
        self, *, published: bool, written: tuple[str, ...] = (), removed: tuple[str, ...] = ()
    ) -> BuildReport:
        """Return what has come of the build."""
        found = sort(self.diagnostics)
        return BuildReport(
            diagnostics=with_source_lines(found, _lines(self.options.root, found)),
            published=published,
            as_of=self.as_of,
            base_path=self.settings.base.path if hasattr(self, "settings") else "",
            counts=self.counts,
            seconds=self.seconds,
            loaded=self.loaded,
            rendered=self.rendered,
            written=written,
            removed=removed,
        )

    # Load and resolve

    def _resolution(self) -> Resolution | None:
        """Return the resolved site, or None where something is wrong."""
        record = self.record
        with self.stage("templates"):
            self.templates = templates_at(self.options.root / "templates")
            if record is not None and record.templates == self.templates.digest:
                self.templates.closures = record.closures
            else:
                self.diagnostics += self.templates.check()
        self._look()
        self.templates.use_filters(self.yaml.template_filters if self.yaml else ())
        with self.stage("resolve"):
            # What the files say of each other is worth knowing even beside a broken one.
            incomplete = has_errors(self.diagnostics)
            self._settle(self.yaml or _UNSET)
            selection = self._selection()
            key = site_key(
                self.made_by, self.entries, self.scan, self.settings, selection, self.standings
            )
            if record is not None and record.site_key == key and not incomplete:
                return self._recorded(record)
            resolved = resolve(
                self.cache, self.entries, self.scan, self.settings, selection, self.standings
            )
            self.diagnostics += resolved.diagnostics
            if incomplete or resolved.site is None:
                return None
            counts = {str(kind): count for kind, count in resolved.site.counts().items()}
            self.counts |= counts
            stored = store_site(resolved.site, self.cache, record.site if record else None)
            digests = {field: getattr(stored, field) for field in PAGES}
            return Resolution(
                key=key,
                site=resolved.site,
                stored=stored,
                counts=counts,
                findings=resolved.diagnostics,
                digests=site_digests(resolved.site, digests),
            )

    def _look(self) -> None:
        with self.stage("load"):
            self.scan = scan_content(self.options.root)
            self.diagnostics += self.scan.diagnostics
            self.yaml, found = load_settings(self.scan.site_yaml)
            self.diagnostics += found
            self._load(self.yaml)
        with self.stage("evidence"):
            self._check_evidence()

    def _load(self, yaml: SiteYaml | None) -> None:
        search = self.options.search and yaml is not None and yaml.search
        context = load_context(self.options.root, yaml, self.code, self.cache, search=search)
        self.load_key = context.key
        same = self.record is not None and self.record.load_key == self.load_key
        total = len(self.scan.files)
        loaded = load_files(
            self.scan.files,
            context,
            self.record.entries if self.record is not None and same else {},
            processes=self.processes,
            progress=lambda done: self.progress("load", done, total),
        )
        self.loaded = tuple(sorted({*self.loaded, *loaded.converted}))
        self.entries = {entry.path: entry for entry in loaded.entries}
        for entry in loaded.entries:
            self.diagnostics += entry.diagnostics
        self.diagnostics += parse_links(self.scan.links_lock)[1]

    def _check_evidence(self) -> None:
        known = self.record.evidence if self.record is not None else EvidenceRecord()
        self.evidence = Evidence(self.options.root, known)
        self.checked = check_files(self.evidence, self.cache, self.entries, known)
        self.diagnostics += self.evidence.findings
        for each in self.checked.files.values():
            self.diagnostics += each.findings
        self.standings = {
            path: each.standings for path, each in self.checked.files.items() if each.standings
        }

    def _settle(self, yaml: SiteYaml) -> None:
        self.settings = settings_of(self.options, yaml)
        self.as_of = as_of_day(self.options.as_of, yaml)
        self.strict = self.options.strict or yaml.strict

    def _selection(self, *, future: bool = False) -> Selection:
        return Selection(
            as_of=self.as_of,
            drafts=self.options.drafts,
            future=future or self.options.future,
        )

    def _show_saved(self, early: Early, saved: frozenset[Path]) -> bool:
        """Give the pages of the saved files to `early`, and return whether there are any."""
        if self.record is None or not 0 < len(saved) <= MOST_EARLY:
            return False
        with self.stage("early"):
            made = saved_pages(saved, self.options, self.code, self.record, self.cache)
            self.loaded = made.converted
            if made.pages:
                early(made.pages)
        return bool(made.pages)

    def _recorded(self, record: Record) -> Resolution:
        """Return what the last build resolved."""
        self.diagnostics += record.findings
        self.counts |= record.counts
        bodies = StoredBodies(self.cache, self.entries)
        return Resolution(
            key=record.site_key,
            site=restore_site(record.site, self.settings, bodies, self.cache),
            stored=record.site,
            counts=record.counts,
            findings=record.findings,
            digests=None,
        )

    # Render and publish

    def _publish(
        self,
        resolution: Resolution,
        staging: Staging,
        inputs: dict[str, tuple[int, ...]],
        last_path: Path,
        fallen: Callable[[], Set[str]],
        compiled: Callable[[], None],
    ) -> BuildReport:
        with self.stage("look"):
            old = read_manifest(self.options.output_folder)
            gone = fallen()
            there = old.files
            if gone:
                there = {path: each for path, each in old.files.items() if path not in gone}
            left = manifest_digest(self.options.output_folder)
            known_left = self.record is not None and self.record.manifest == left
            standing = Standing(files=there, fallen=gone if known_left else None)
        outputs = self._render(resolution, staging, standing, compiled)
        if outputs.diagnostics:
            staging.abandon()
            return self.report(published=False)
        stager = Stager(staging, there)
        made = outputs.made
        files = {path: made.get(path) or there[path] for path in outputs.table.paths}
        with self.stage("copy"):
            assets = stager.assets(self.templates, self.record.assets if self.record else {})
            if isinstance(assets, list):
                self.diagnostics += assets
                staging.abandon()
                return self.report(published=False)
            files.update(assets)
            known = self.record.copies if self.record else {}
            copies = stager.copies(resolution.site, self.options.root, known)
            files.update((path, copy.written) for path, copy in copies.items())
        with self.stage("search"):
            if self.settings.search:
                index = self._search_index(resolution, staging, there)
                files.update(index.files)
                stager.staged += index.staged
                self.kept_words = index.kept
        with self.stage("publish"):
            change = commit(staging, (*outputs.staged, *stager.staged), files, old)
        self.counts |= {
            "artifacts": len(files),
            "loaded": len(self.loaded),
            "rendered": len(self.rendered),
            "written": len(change.written),
            "removed": len(change.removed),
            "unchanged": change.unchanged,
        }
        with self.stage("record"):
            left = manifest_digest(self.options.output_folder)
            self._keep(resolution, outputs, copies, assets, left)
        report = self.report(published=True, written=change.written, removed=change.removed)
        if self.options.cache and inputs:
            last = LastBuild(
                made_by=self.made_by,
                as_of=self.as_of,
                time_zone=self.settings.yaml.time_zone,
                inputs=inputs,
                manifest=left,
                report=msgspec.structs.replace(report, loaded=(), rendered=(), written=()),
            )
            write_checked(last_path, msgspec.msgpack.encode(last))
        return report

    def _render(
        self,
        resolution: Resolution,
        staging: Staging | None,
        standing: Standing | None,
        compiled: Callable[[], None] = lambda: None,
    ) -> Outputs:
        with self.stage("render"):
            stage = RenderStage(
                resolution=resolution,
                entries=self.entries,
                templates=self.templates,
                record=self.record,
                made_by=self.made_by,
                code=self.code,
                standing=standing,
                staging=staging,
                compiled=compiled,
            )
            outputs = render_outputs(
                stage,
                processes=self.processes,
                progress=lambda done, total: self.progress("render", done, total),
            )
        self.shared = stage.shared
        self.rendered = outputs.rendered
        self.diagnostics += outputs.diagnostics
        return outputs

    def _search_index(
        self, resolution: Resolution, staging: Staging, there: Mapping[str, Written]
    ) -> "SearchFiles":
        """Stage the search index."""
        from sitegen.build.search import SearchStage, search_index

        stage = SearchStage(
            site=resolution.site,
            site_key=resolution.key,
            entries=self.entries,
            cache=self.cache,
            made_by=self.made_by,
            staging=staging,
            standing=there,
            record_path=self.record_path.with_suffix(".search") if self.options.cache else None,
        )
        return search_index(stage, processes=self.processes)

    def _keep(
        self,
        resolution: Resolution,
        outputs: Outputs,
        copies: dict[str, CopyRecord],
        assets: dict[str, Written],
        left: bytes,
    ) -> None:
        """Leave the next build a record of this one."""
        if not self.options.cache:
            return
        record = Record(
            made_by=self.made_by,
            load_key=self.load_key,
            entries=self.entries,
            site_key=resolution.key,
            site=resolution.stored,
            counts=resolution.counts,
            findings=resolution.findings,
            shared=self.shared,
            dependencies=outputs.dependencies,
            templates=self.templates.digest,
            closures=self.templates.closures,
            outputs=outputs.table,
            manifest=left,
            copies=copies,
            assets=assets,
            evidence=self.checked,
        )
        write_record(self.record_path, record)
        entries = self.entries.values()
        keys = (key for entry in entries for key in stored_keys(entry))
        self.cache.prune(chain(keys, page_keys(record.site), self.kept_words))


_encode = msgspec.msgpack.Encoder().encode


def _lines(root: Path, found: Sequence[Diagnostic]) -> dict[str, tuple[str, ...]]:
    """Return the lines of each file that a diagnostic points into."""
    lines = {}
    for path in {each.path for each in found if each.span}:
        try:
            data = (root / path).read_bytes()
        except OSError:
            continue
        text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
        lines[path] = tuple(text.split("\n"))
    return lines
