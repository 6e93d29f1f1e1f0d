"""Measures sitegen and other generators in turn, and keeps what came out in `.bench/`."""

import argparse
import datetime as dt
import os
import platform
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from bench.idioms import IDIOMS
from bench.idioms.idiom import Bin, Idiom
from bench.install import install, link_node_modules, versions
from bench.latency import NotServed, served_seconds
from bench.measure import CommandFailed, peak_mib_of, time_of
from bench.outputs import WrongOutput, expect_text, expect_whole
from bench.project import edit_body, edit_template, edit_title, write_project
from bench.publication import Publication, make_publication, source_cited_by
from bench.report import print_session
from bench.results import Peak, Sample, Served, Session, write_session

BUILDS = ("cold", "unchanged", "body", "source", "template")
CASES = (*BUILDS, "memory", "served")
CITED_BY = 20
ASIDE = "aside"
FAILURES = (CommandFailed, NotServed, WrongOutput)


class Bench(Struct, frozen=True):
    """One tool with the publication written for it."""

    idiom: Idiom
    bin: Bin
    root: Path
    publication: Publication
    aside: Path
    """What has to make way for a build is moved here."""

    def time(self) -> tuple[float, float]:
        """Build and return wall and CPU seconds."""
        taken = time_of(self.idiom.build(self.bin, self.root), self.root)
        return taken.wall, taken.cpu

    def expect(self, kind: str, slug: str, words: str) -> None:
        """Raise WrongOutput if a page does not hold these words."""
        expect_text(self.idiom, self.root, kind, slug, words)


def prepare(name: str, publication: Publication, folder: Path, *, upgrade: bool) -> Bench:
    """Return a tool that is installed, with its project written anew."""
    idiom = IDIOMS[name]
    tools = folder / "tools"
    root = (folder / "work" / str(len(publication.explainers)) / name).resolve()
    put_aside(root, folder / ASIDE)
    program = install(idiom, tools, upgrade=upgrade)
    write_project(idiom, publication, root)
    link_node_modules(idiom, tools, root)
    return Bench(idiom, program, root, publication, folder / ASIDE)


def clear(bench: Bench) -> None:
    """Take away output and caches, as on a machine that has not built the project before."""
    for name in (bench.idiom.output, *bench.idiom.caches):
        put_aside(bench.root / name, bench.aside)


def put_aside(path: Path, aside: Path) -> None:
    """Move a file or folder into another folder, which is deleted when all is measured.

    ext4 shuns the inodes of files that were deleted within the last minutes: whoever makes files
    then waits for it, and so the next build would pay for the last one.
    """
    aside.mkdir(parents=True, exist_ok=True)
    if path.exists():
        path.rename(aside / f"{len(os.listdir(aside))}")  # noqa: PTH208


def undo_edits(bench: Bench) -> None:
    """Write the publication as it was before the last round."""
    record = source_cited_by(bench.publication, CITED_BY)
    edit_title(bench.idiom, bench.publication, bench.root, record.number, record.title)
    number = len(bench.publication.explainers) // 2
    edit_body(bench.idiom, bench.publication, bench.root, number, "")
    edit_template(bench.idiom, bench.root, 1)


def cold(bench: Bench, run: int) -> tuple[float, float]:
    undo_edits(bench)
    clear(bench)
    taken = bench.time()
    expect_whole(bench.idiom, bench.publication, bench.root)
    return taken


def unchanged(bench: Bench, run: int) -> tuple[float, float]:
    return bench.time()


def body(bench: Bench, run: int) -> tuple[float, float]:
    number = len(bench.publication.explainers) // 2
    words = f"Edited for run {run} by one."
    edit_body(bench.idiom, bench.publication, bench.root, number, words)
    taken = bench.time()
    bench.expect("explainers", f"explainer-{number}", words)
    return taken


def source(bench: Bench, run: int) -> tuple[float, float]:
    record = source_cited_by(bench.publication, CITED_BY)
    title = f"Retitled for run {run}"
    edit_title(bench.idiom, bench.publication, bench.root, record.number, title)
    taken = bench.time()
    bench.expect("sources", record.slug, title)
    for citing in record.cited_by:
        bench.expect("explainers", f"explainer-{citing}", title)
    return taken


def template(bench: Bench, run: int) -> tuple[float, float]:
    edition = run + 2
    edit_template(bench.idiom, bench.root, edition)
    taken = bench.time()
    for number in range(len(bench.publication.explainers)):
        bench.expect("explainers", f"explainer-{number}", f'data-edition="{edition}"')
    return taken


TIMED: dict[str, Callable[[Bench, int], tuple[float, float]]] = {
    "cold": cold,
    "unchanged": unchanged,
    "body": body,
    "source": source,
    "template": template,
}


def peaks(bench: Bench) -> tuple[Peak, ...]:
    """Return the memory of a cold build, and of one after an edited body."""
    name, commands = bench.idiom.name, bench.idiom.build(bench.bin, bench.root)
    clear(bench)
    first = Peak(name, "cold", peak_mib_of(commands, bench.root))
    number = len(bench.publication.explainers) // 2
    edit_body(bench.idiom, bench.publication, bench.root, number, "Edited to see the memory.")
    return first, Peak(name, "body", peak_mib_of(commands, bench.root))


def machine() -> str:
    """Return processor, cores, memory and system."""
    info = Path("/proc/cpuinfo").read_text()
    model = next((line.split(": ")[1] for line in info.splitlines() if "model name" in line), "")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    return (
        f"{model or platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GiB, "
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    )


def measure(chosen: argparse.Namespace, size: int) -> Session:
    """Measure the chosen tools and cases at one size; what is done is kept if it is broken off."""
    publication = make_publication(size)
    folder: Path = chosen.folder
    benches = [
        prepare(name, publication, folder, upgrade=chosen.upgrade and size == chosen.sizes[0])
        for name in chosen.tools
    ]
    session = Session(
        began=dt.datetime.now(dt.UTC).strftime("%Y-%m-%d %H:%M:%S"),
        machine=machine(),
        size=size,
        versions={each.idiom.name: versions(each.idiom, folder / "tools") for each in benches},
    )

    def failed(bench: Bench, error: Exception) -> None:
        nonlocal session
        print(f"  {error}", flush=True)
        session = replace(session, failures=(*session.failures, f"{bench.idiom.name}: {error}"))

    for run in range(chosen.runs):
        for case in (each for each in BUILDS if each in chosen.cases):
            # Every other round goes backwards, so that none always follows the same one.
            for bench in benches[:: -1 if run % 2 else 1]:
                try:
                    wall, cpu = TIMED[case](bench, run)
                except FAILURES as error:
                    failed(bench, error)
                    benches.remove(bench)
                    continue
                print(f"{size} {case} {bench.idiom.name}: {wall:.2f} s", flush=True)
                sample = Sample(bench.idiom.name, case, run, wall, cpu)
                session = replace(session, samples=(*session.samples, sample))
                write_session(session, folder)
    for bench in benches:
        try:
            if "memory" in chosen.cases:
                session = replace(session, peaks=(*session.peaks, *peaks(bench)))
            if "served" in chosen.cases and bench.idiom.serve:
                served = served_seconds(
                    bench.idiom, bench.bin, publication, bench.root, chosen.edits
                )
                every = (*session.served, Served(bench.idiom.name, served))
                session = replace(session, served=every)
        except FAILURES as error:
            failed(bench, error)
        write_session(session, folder)
    return session


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    alone = [name for name in IDIOMS if "-" not in name]
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000], metavar="N")
    parser.add_argument("--tools", nargs="+", choices=IDIOMS, default=alone, metavar="TOOL")
    parser.add_argument("--cases", nargs="+", choices=CASES, default=CASES, metavar="CASE")
    parser.add_argument("--runs", type=int, default=3, help="of each build  [default: 3]")
    parser.add_argument("--edits", type=int, default=30, help="saves per server  [default: 30]")
    parser.add_argument("--with-search", action="store_true", help="also with search indexes")
    parser.add_argument("--upgrade", action="store_true", help="install the newest tools first")
    parser.add_argument("--folder", type=Path, default=Path(".bench"), help="[default: .bench]")
    chosen = parser.parse_args()
    if chosen.with_search:
        chosen.tools = [*chosen.tools, "sitegen-search", "hugo-pagefind"]
    if "cold" not in chosen.cases and set(chosen.cases) & {*BUILDS}:
        chosen.cases = ["cold", *chosen.cases]  # the others need its output
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # end servers as Ctrl-C does
    chosen.folder.mkdir(parents=True, exist_ok=True)
    for size in chosen.sizes:
        print_session(measure(chosen, size))
    shutil.rmtree(chosen.folder / ASIDE, ignore_errors=True)


if __name__ == "__main__":
    main()
