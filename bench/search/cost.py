"""What an index costs: sitegen's builds with one and without, and Pagefind's command line."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from playwright.sync_api import Browser

from bench.idioms.idiom import BASE_URL
from bench.idioms.sitegen import AS_OF, FULL
from bench.measure import Times, peak_mib_of, time_of
from bench.project import edit_body, write_project
from bench.publication import Publication, make_publication
from bench.search.collection import Site
from bench.search.engines import NoEngine, Tools
from bench.search.quality import (
    QUERIES_A_VISIT,
    VISITORS,
    ask_in_browser,
    make_pagefind_index,
    pagefind_home,
)
from bench.search.results import CostRow, Taken


class _Report(Struct):
    """What `sitegen build --report` writes, as far as it is read here."""

    seconds: dict[str, float]


class _Project(Struct, frozen=True):
    """A publication that is built with an index or without, with a cache of its own."""

    root: Path
    output: Path
    program: tuple[str, ...]
    options: tuple[str, ...]

    @property
    def command(self) -> tuple[str, ...]:
        where = ("--root", str(self.root), "--output", str(self.output))
        report = ("--report", str(self.root / "report.json"))
        return (*self.program, "build", "--quiet", *where, "--as-of", AS_OF, *report, *self.options)

    def clear(self) -> None:
        shutil.rmtree(self.output, ignore_errors=True)
        shutil.rmtree(self.root / ".sitegen", ignore_errors=True)

    def build(self) -> tuple[Times, float | None]:
        """Return the time of the build, and the seconds of its stage that makes the index."""
        taken = time_of([self.command], self.root)
        report = msgspec.json.decode((self.root / "report.json").read_bytes(), type=_Report)
        return taken, report.seconds.get("search")


class Case(Struct, frozen=True):
    """A generated publication on disk, twice: to be built with an index and without."""

    publication: Publication
    site: Site
    plain: _Project
    indexed: _Project
    tools: Tools

    def edit(self, words: str) -> None:
        """Give one explainer another last paragraph."""
        number = len(self.publication.explainers) // 2
        for each in (self.plain, self.indexed):
            edit_body(FULL, self.publication, each.root, number, words)

    def take(self, engines: Sequence[str], run: int) -> dict[str, Taken]:
        """Bring both sites up to date, and return what the index of each engine took."""
        taken = {}
        # Every other round goes backwards, so that none always follows the same one.
        order = (self.plain, self.indexed) if "sitegen" in engines else (self.plain,)
        built = {each.output: each.build() for each in order[:: -1 if run % 2 else 1]}
        if "sitegen" in engines:
            (whole, stage), (plain, _) = built[self.indexed.output], built[self.plain.output]
            taken["sitegen"] = Taken(
                run=run,
                seconds=whole.wall - plain.wall,
                cpu=whole.cpu - plain.cpu,
                stage=stage,
                whole=whole.wall,
            )
        if "pagefind" in engines:
            alone = make_pagefind_index(self.site, self.tools)
            taken["pagefind"] = Taken(run=run, seconds=alone.wall, cpu=alone.cpu)
        return taken

    def peaks(self, engine: str) -> tuple[float, float | None]:
        """Return the memory of making the index, and of a build without it."""
        if engine == "pagefind":
            shutil.rmtree(pagefind_home(self.site))
            command = self.tools.pagefind(self.site.plain, pagefind_home(self.site) / "pagefind")
            return peak_mib_of([command], self.site.root), None
        for each in (self.plain, self.indexed):
            each.clear()
        plain = peak_mib_of([self.plain.command], self.plain.root)
        return peak_mib_of([self.indexed.command], self.indexed.root), plain


def prepare(size: int, tools: Tools, folder: Path) -> Case:
    """Return a publication of so many explainers, written anew."""
    root = (folder / str(size)).resolve()
    shutil.rmtree(root, ignore_errors=True)
    publication = make_publication(size)
    site = Site(root=root, base_path=f"{urlsplit(BASE_URL).path.rstrip('/')}/")
    plain, indexed = (
        _Project(root / f"{output.name}-project", output, tools.program, options)
        for output, options in ((site.plain, ("--no-search",)), (site.indexed, ()))
    )
    for each in (plain, indexed):
        write_project(FULL, publication, each.root)
        # Those that come with `program` belong to it, and it may be another sitegen than this.
        shutil.rmtree(each.root / "templates")
    return Case(publication, site, plain, indexed, tools)


def measure(
    size: int, engines: Sequence[str], tools: Tools, browser: Browser, folder: Path, runs: int
) -> list[CostRow]:
    """Return what engines cost at a size. Raises CommandFailed."""
    case = prepare(size, tools, folder)
    first, edited = [], []
    for run in range(runs):
        case.edit("")
        for each in (case.plain, case.indexed):
            each.clear()
        first.append(case.take(engines, run))
        case.edit(f"Edited for run {run} by one.")
        edited.append(case.take(engines, run))
        told = {name: round(each.seconds, 2) for name, each in first[-1].items()}
        print(f"{size} run {run}: first {told}", flush=True)
    return [
        _with_browser(
            CostRow(
                explainers=size,
                engine=engine,
                version=tools.version(engine),
                first=tuple(each[engine] for each in first),
                edited=tuple(each[engine] for each in edited),
            ),
            case,
            browser,
        )
        for engine in engines
    ]


def _with_browser(row: CostRow, case: Case, browser: Browser) -> CostRow:
    count = min(VISITORS * QUERIES_A_VISIT, len(case.publication.explainers))
    step = len(case.publication.explainers) // count
    titles = (each.title.split() for each in case.publication.explainers[::step][:count])
    queries = [" ".join(each[:3]) for each in titles]
    try:
        found = ask_in_browser(case.site, row.engine, case.tools, browser, queries)
        row = replace(row, size=found.size, visits=found.visits)
    except NoEngine as error:
        print(f"  {error}", flush=True)
    peak, plain = case.peaks(row.engine)
    return replace(row, peak_mib=peak, plain_mib=plain)
