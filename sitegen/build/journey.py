"""One build on its way: content/ -> documents -> site -> outputs. `publishing` has them stand."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from sitegen.build.documents import load_context, load_files
from sitegen.build.evidence import Evidence, EvidenceRecord, check_files, put_off
from sitegen.build.options import CACHE, BuildOptions, BuildReport, Progress
from sitegen.build.outputs import Outputs, RenderStage, Resolution, Standing, render_outputs
from sitegen.build.record import (
    Record,
    read_record,
    restore_site,
    store_site,
)
from sitegen.build.site import (
    Selection,
    as_of_day,
    files_key,
    resolve,
    say_the_same,
    settings_of,
    site_key,
)
from sitegen.build.stored import StoredBodies
from sitegen.build.taken_over import taken_over
from sitegen.diagnostics import Diagnostic, has_errors, sort, with_source_lines
from sitegen.engine.cache import Cache
from sitegen.engine.environment import code_digest
from sitegen.engine.pool import cores
from sitegen.engine.stamp import Look
from sitegen.links.lock import parse as parse_links
from sitegen.load.scan import scan_content
from sitegen.load.settings import load_settings
from sitegen.model.settings import Settings, SiteYaml
from sitegen.model.site import Site
from sitegen.publish.writer import Staging
from sitegen.render.dependencies import PAGES, site_digests
from sitegen.render.templates import templates_at
from sitegen.resolve.site import Resolved

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
        self.cache_is_new = not (workspace / CACHE).exists()
        """All that the cache holds at the end is of this build."""
        self.cache = Cache(workspace / CACHE)
        self.record_path = workspace / f"{name}.record"
        self.processes = options.jobs or cores()
        self.diagnostics: list[Diagnostic] = []
        self.counts: dict[str, int] = {}
        self.seconds: dict[str, float] = {}
        self.loaded: tuple[str, ...] = ()
        self.looked: Look | None = None
        """What was seen of the content a moment ago."""
        self.rendered: tuple[str, ...] = ()
        self.as_of = ""
        self.strict = options.strict
        self.settings: Settings
        with self.stage("look"):
            self.record = read_record(self.record_path, made_by) if options.cache else None

    def check(self) -> BuildReport:
        """Find everything that can be wrong; touch no output.

        Raises SitegenError if the machine fails us, and Lost if the cache does.
        """
        resolution = self.resolution()
        if resolution is not None and not (self.strict and self.diagnostics):
            self.render(resolution)
            made = self.templates.minified(tuple(self.templates.assets.names)).values()
            self.diagnostics += [each for each in made if isinstance(each, Diagnostic)]
        if not self.options.future:
            # What is wrong with a scheduled explainer would stop the build on its day.
            later = self._resolve(self._selection(future=True))
            known = frozenset(self.diagnostics)
            self.diagnostics += [each for each in later.diagnostics if each not in known]
        self.cache.close()
        return self.report(published=False)

    def site(self) -> Site | None:
        """Return the resolved site; None where something is wrong. Raises as `check` does."""
        resolution = self.resolution()
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
            strict=self.strict,
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

    def resolution(self) -> Resolution | None:
        """Return the resolved site, or None where something is wrong; may raise Lost."""
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
            files = self._files_key()
            key = site_key(self.made_by, files, self.scan, self.settings, selection, self.standings)
            if record is not None and not incomplete:
                known = self._recorded(record, key, files, selection)
                if known is not None:
                    self.diagnostics += known.findings
                    self.counts |= known.counts
                    return None if self._misses_pages(known.site) else known
            resolved = self._resolve(selection)
            self.diagnostics += resolved.diagnostics
            if incomplete or resolved.site is None:
                return None
            if self._misses_pages(resolved.site):
                return None
            counts = {str(kind): count for kind, count in resolved.site.counts().items()}
            self.counts |= counts
            site = resolved.site
            stored = cache(lambda: store_site(site, self.cache, record.site if record else None))
            return Resolution(
                key=key,
                files_key=files,
                site=site,
                stored=stored,
                counts=counts,
                findings=resolved.diagnostics,
                digests=lambda: site_digests(
                    site, {field: getattr(stored(), field) for field in PAGES}
                ),
            )

    def _resolve(self, selection: Selection) -> Resolved:
        return resolve(
            self.cache,
            self.entries,
            self.documents,
            self.scan,
            self.settings,
            selection,
            self.standings,
        )

    def _misses_pages(self, site: Site) -> bool:
        """Report the published explainers that a site lacks for their dates, if there are any."""
        withdrawn = put_off(self.evidence, self.cache, self.entries, site)
        self.diagnostics += withdrawn
        return bool(withdrawn)

    def _files_key(self) -> bytes:
        """Return the digest of what the files add to a site, known if none says another thing."""
        record = self.record
        if record is not None and say_the_same(record.entries, self.entries):
            return record.files_key
        return files_key(self.entries)

    def _look(self) -> None:
        with self.stage("load"):
            self.scan = scan_content(self.options.root, self.looked)
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
        self.documents = loaded.documents
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

    def _recorded(
        self, record: Record, key: bytes, files: bytes, selection: Selection
    ) -> Resolution | None:
        """Return what the last build resolved, with other words of sources; None if it is not."""
        if any(self._may_point_elsewhere(record, each) for each in record.findings):
            return None
        if record.site_key == key:
            bodies = StoredBodies(self.cache, self.entries)
            return Resolution(
                key=key,
                files_key=files,
                site=restore_site(record.site, self.settings, bodies, self.cache),
                stored=lambda: record.site,
                counts=record.counts,
                findings=record.findings,
                digests=None,
            )
        before = site_key(
            self.made_by, record.files_key, self.scan, self.settings, selection, self.standings
        )
        if record.site_key != before:
            return None
        return taken_over(record, self.entries, self.settings, self.cache, key=key, files_key=files)

    def _may_point_elsewhere(self, record: Record, finding: Diagnostic) -> bool:
        """Return whether a finding of the `record` has a place in a file that is another now."""
        before, now = record.entries.get(finding.path), self.entries.get(finding.path)
        return bool(finding.span and before and now and before.key != now.key)

    def render(
        self,
        resolution: Resolution,
        staging: Staging | None = None,
        standing: Standing | None = None,
        compiled: Callable[[], None] = lambda: None,
    ) -> Outputs:
        """Return the outputs of a site, and note what is wrong with them.

        They are staged if there is a `staging` folder; RenderStage says what the others are.
        """
        with self.stage("render"):
            stage = RenderStage(
                resolution=resolution,
                entries=self.entries,
                templates=self.templates,
                record=self.record,
                made_by=self.made_by,
                code=self.code,
                cache=self.cache if self.options.cache else None,
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
