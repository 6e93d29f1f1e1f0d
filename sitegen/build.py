"""The journey from top to bottom: content/ -> documents -> site -> artifacts -> output/."""

import datetime as dt
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from sitegen.diagnostics import Diagnostic, has_errors, sort, with_source_lines
from sitegen.engine.deadline import run_within
from sitegen.errors import SitegenError
from sitegen.load.document import Loaded, LoadSettings, load_document
from sitegen.load.scan import ContentFile, Scan, scan_content
from sitegen.load.settings import load_settings
from sitegen.model.artifact import Artifact, CopyArtifact
from sitegen.model.document import Document, UnreadFile
from sitegen.model.settings import Settings, SiteYaml
from sitegen.model.site import Site
from sitegen.publish.manifest import NAME
from sitegen.publish.writer import check_output, publish, recover
from sitegen.render.data_recipes import data_recipes
from sitegen.render.listings import page_of
from sitegen.render.page_recipes import page_recipes
from sitegen.render.pages import render
from sitegen.render.templates import Templates
from sitegen.resolve.site import resolve_site
from sitegen.search.pagefind import search_artifacts
from sitegen.urls import OutputPath, parse_base_url

Progress = Callable[[str, int, int], None]
"""Is told a stage, and how many of how many things are done."""


LOAD_SECONDS = 10.0
"""No file of ours comes near it; Python-Markdown takes minutes over some that are made for it."""


_UNSET = SiteYaml(
    title="unset", base_url="https://example.invalid/", language="en", time_zone="UTC"
)
"""Stands in for a site.yaml that can't be read, so that the other files are checked."""


class BuildOptions(Struct, frozen=True, kw_only=True):
    """What the command line says of a build."""

    root: Path
    output: Path | None = None
    """Default: `root`/output."""
    base_url: str = ""
    """Default: site.yaml's."""
    drafts: bool = False
    future: bool = False
    as_of: str = ""
    """A day; default: SOURCE_DATE_EPOCH, else today in the publication's time zone."""
    strict: bool = False
    search: bool = True

    @property
    def output_folder(self) -> Path:
        """Return where the site goes."""
        return self.output or self.root / "output"


class BuildReport(Struct, frozen=True, kw_only=True):
    """What a build did."""

    diagnostics: tuple[Diagnostic, ...]
    published: bool
    """False where errors (or, in a strict build, warnings) kept the last site as it was."""
    as_of: str = ""
    base_path: str = ""
    """`/briefings`, or an empty string."""
    counts: Mapping[str, int] = {}
    """Documents by kind; artifacts, written, removed and unchanged files."""
    seconds: Mapping[str, float] = {}
    """By stage."""
    rendered: tuple[str, ...] = ()
    """The output paths that were rendered."""
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def explainers(self) -> int:
        """Return how many explainers the site has."""
        return self.counts.get("explainer", 0)

    @property
    def total_seconds(self) -> float:
        """Return how long the build took."""
        return sum(self.seconds.values())


def build(options: BuildOptions, progress: Progress | None = None) -> BuildReport:
    """Build the publication at `options.root` into its output folder.

    Raises SitegenError if the machine fails us; the last good output is then whole.
    """
    output = options.output_folder
    recover(output)
    check_output(output, options.root / "content")
    journey = _Journey(options, progress)
    artifacts = journey.artifacts()
    if artifacts is None:
        return journey.report(published=False)
    with journey.stage("search"):
        pages = [each for each in artifacts if isinstance(each, Artifact)]
        if journey.settings.search:
            workspace = options.root / ".sitegen" / "pagefind"
            artifacts += search_artifacts(pages, workspace)
    with journey.stage("publish"):
        change = publish(artifacts, output, options.root / "content")
    journey.counts |= {
        "artifacts": len(artifacts),
        "written": len(change.written),
        "removed": len(change.removed),
        "unchanged": change.unchanged,
    }
    return journey.report(published=True, written=change.written, removed=change.removed)


def check(options: BuildOptions, progress: Progress | None = None) -> BuildReport:
    """Find everything that can be wrong, rendering included, without writing anything.

    Scheduled explainers are checked too: what is wrong with them would stop the build on their day.
    """
    journey = _Journey(options, progress)
    journey.artifacts()
    if not options.future:
        later = _Journey(replace(options, future=True), None)
        later.site()
        journey.diagnostics += later.diagnostics
    return journey.report(published=False)


def load_site(options: BuildOptions) -> tuple[Site | None, tuple[Diagnostic, ...]]:
    """Return the resolved site, or None and what is wrong with the content."""
    journey = _Journey(options, None)
    site = journey.site()
    return site, journey.report(published=False).diagnostics


class _Journey:
    """One build on its way: collects diagnostics, counts and times."""

    def __init__(self, options: BuildOptions, progress: Progress | None) -> None:
        self.options = options
        self.progress: Progress = progress or (lambda stage, done, total: None)
        self.diagnostics: list[Diagnostic] = []
        self.counts: dict[str, int] = {}
        self.seconds: dict[str, float] = {}
        self.rendered: list[str] = []
        self.unread: list[UnreadFile] = []
        self.as_of = ""
        self.strict = options.strict
        self.settings: Settings

    def artifacts(self) -> list[Artifact | CopyArtifact] | None:
        """Return every artifact but the search index; None where something is wrong."""
        with self.stage("templates"):
            templates = Templates(self.options.root / "templates")
            self.diagnostics += templates.check()
        site = self.site()
        if site is None or (self.strict and self.diagnostics):
            return None
        with self.stage("render"):
            return self._render(site, templates)

    def site(self) -> Site | None:
        """Return the resolved site; None where something is wrong."""
        with self.stage("load"):
            scan = scan_content(self.options.root)
            self.diagnostics += scan.diagnostics
            yaml, found = load_settings(scan.site_yaml)
            self.diagnostics += found
            documents = self._load(scan, yaml)
        with self.stage("resolve"):
            # What the files say of each other is worth knowing even beside a broken one.
            incomplete = has_errors(self.diagnostics)
            return self._resolve(yaml or _UNSET, documents, scan, incomplete=incomplete)

    def _load(self, scan: Scan, yaml: SiteYaml | None) -> list[Document]:
        settings = LoadSettings(
            language=yaml.language if yaml else "en",
            extensions=yaml.markdown_extensions if yaml else (),
        )
        documents = []
        for number, file in enumerate(scan.files, start=1):
            loaded = run_within(LOAD_SECONDS, partial(load_document, file, settings)) or _too_slow(
                file
            )
            self.diagnostics += loaded.diagnostics
            if loaded.document is None:
                self.unread.append(UnreadFile(kind=file.kind, path=file.path))
            else:
                documents.append(loaded.document)
            self.progress("load", number, len(scan.files))
        return documents

    def _resolve(
        self, yaml: SiteYaml, documents: list[Document], scan: Scan, *, incomplete: bool
    ) -> Site | None:
        base = parse_base_url(self.options.base_url or yaml.base_url)
        if base is None:
            raise SitegenError(f"--base-url: '{self.options.base_url}' is not a site's address")
        self.as_of = as_of_day(self.options.as_of, yaml)
        self.strict = self.options.strict or yaml.strict
        self.settings = Settings(yaml=yaml, base=base, search=self.options.search and yaml.search)
        resolved = resolve_site(
            documents,
            scan.assets,
            self.settings,
            self.as_of,
            drafts=self.options.drafts,
            future=self.options.future,
            unread=tuple(self.unread),
        )
        self.diagnostics += resolved.diagnostics
        if incomplete or resolved.site is None:
            return None
        self.counts = {str(kind): count for kind, count in resolved.site.counts().items()}
        return resolved.site

    def _render(self, site: Site, templates: Templates) -> list[Artifact | CopyArtifact] | None:
        recipes = [*page_recipes(site, templates.words, tuple(templates.assets))]
        recipes += data_recipes(site)
        artifacts: list[Artifact | CopyArtifact] = []
        failed: dict[str, Diagnostic] = {}
        for number, recipe in enumerate(recipes, start=1):
            made = render(recipe, templates)
            if isinstance(made, Diagnostic):
                failed.setdefault(f"{made.path}:{made.span}:{made.code}", made)
            else:
                artifacts.append(made)
                self.rendered.append(made.output_path)
            self.progress("render", number, len(recipes))
        self.diagnostics += failed.values()
        if failed:
            return None
        artifacts += [
            CopyArtifact(output_path=OutputPath(f"assets/{name}"), source=path)
            for name, path in templates.assets.items()
        ]
        content = self.options.root
        artifacts += [
            CopyArtifact(
                output_path=OutputPath(copied.permalink.lstrip("/")),
                source=content / copied.asset.file,
            )
            for copied in site.files
        ]
        return self._without_collisions(artifacts, site)

    def _without_collisions(
        self, artifacts: list[Artifact | CopyArtifact], site: Site
    ) -> list[Artifact | CopyArtifact] | None:
        """Report each content file whose address another output has, or needs as a folder."""
        owners = {str(copied.permalink): copied.asset.path for copied in site.files}
        for redirect in site.redirects:
            page = page_of(site, redirect.target)
            owners[redirect.alias] = page.document.path
        taken = {NAME}
        for each in artifacts:
            taken.update(folder.as_posix() for folder in PurePosixPath(each.output_path).parents)
        seen: set[str] = set()
        for artifact in sorted(artifacts, key=lambda each: _address(each) in owners):
            path = artifact.output_path
            if path in seen or path in taken:
                address = _address(artifact)
                self.diagnostics.append(
                    Diagnostic(
                        path=owners.get(address, f"templates/{path}"),
                        code="duplicate-address",
                        message=f"the address {address} already belongs to another file or folder",
                        help="choose another",
                    )
                )
            seen.add(path)
        return None if has_errors(self.diagnostics) else artifacts

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time a stage."""
        began = time.perf_counter()
        self.progress(name, 0, 0)
        yield
        self.seconds[name] = time.perf_counter() - began

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
            rendered=tuple(self.rendered),
            written=written,
            removed=removed,
        )


def _address(artifact: Artifact | CopyArtifact) -> str:
    return "/" + artifact.output_path.removesuffix("index.html")


def _too_slow(file: ContentFile) -> Loaded:
    found = Diagnostic(
        path=file.path,
        code="too-slow",
        message=f"this file could not be read in {LOAD_SECONDS:.0f} s",
        help="look for long runs of brackets, asterisks or quotation marks",
    )
    return Loaded(document=None, diagnostics=(found,))


def as_of_day(wanted: str, yaml: SiteYaml) -> str:
    """Return the as-of day: as wanted, else SOURCE_DATE_EPOCH's, else today's in the time zone.

    SOURCE_DATE_EPOCH is seconds since 1970 (reproducible-builds.org). Raises SitegenError if it is
    not a number.
    """
    if wanted:
        return wanted
    zone = ZoneInfo(yaml.time_zone)
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return dt.datetime.now(zone).date().isoformat()
    try:
        return dt.datetime.fromtimestamp(int(epoch), zone).date().isoformat()
    except (ValueError, OverflowError, OSError):
        raise SitegenError(f"SOURCE_DATE_EPOCH: '{epoch}' is not a number of seconds") from None


def _lines(root: Path, found: tuple[Diagnostic, ...]) -> dict[str, tuple[str, ...]]:
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
