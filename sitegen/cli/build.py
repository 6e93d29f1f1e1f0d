"""sitegen build"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli.main import CONTENT_ERRORS
from sitegen.cli.options import common, find_root, selecting
from sitegen.cli.reporting import counted, progress_shown, show_diagnostics, show_notice

if TYPE_CHECKING:
    from sitegen.build import BuildReport

_UNTIL_THE_END: list[object] = []
"""What is not freed before the process ends, which takes it back faster."""


@click.command()
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write the site to this folder.  [default: output/ beside content/]",
)
@selecting
@click.option("--strict", is_flag=True, help="Let warnings stop the build too.")
@click.option("--no-search", is_flag=True, help="Leave the search index and page out.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    help="Work in so many processes.  [default: one for each core]",
)
@click.option("--no-cache", is_flag=True, help="Work everything out anew, and keep nothing of it.")
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write counts, seconds a stage and what was loaded and rendered to this JSON file.",
)
@click.option(
    "--profile",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write where the time goes to this file, for Python's pstats; implies --jobs 1.",
)
@common
def command(
    root: Path | None,
    output: Path | None,
    base_url: str,
    drafts: bool,
    future: bool,
    as_of: str | None,
    strict: bool,
    no_search: bool,
    jobs: int | None,
    no_cache: bool,
    report: Path | None,
    profile: Path | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Build content/ into output/.

    The last good output stays as it is if anything is wrong.

    Example: sitegen build --strict --base-url https://example.org/briefings/
    """
    from sitegen.build import BuildOptions, build

    options = BuildOptions(
        root=find_root(root),
        output=output.resolve() if output else None,
        base_url=base_url,
        drafts=drafts,
        future=future,
        as_of=as_of or "",
        strict=strict,
        search=not no_search,
        jobs=1 if profile else jobs or 0,
        cache=not no_cache,
    )
    with progress_shown(quiet=quiet) as progress, profiled(profile):
        done = build(options, progress, show_notice, hold=_UNTIL_THE_END.append)
    show_diagnostics(done.diagnostics)
    if report:
        report.write_text(report_json(done), encoding="utf-8")
    if not done.published:
        sys.exit(CONTENT_ERRORS)
    if not quiet:
        click.echo(
            f"built {counted(done.explainers, 'explainer')}, {done.counts['artifacts']} files "
            f"({done.counts['written']} written, {done.counts['removed']} removed) "
            f"in {done.total_seconds:.1f} s"
        )
    if verbose:
        for stage, seconds in done.seconds.items():
            click.echo(f"  {stage:8} {seconds:.2f} s")


@contextmanager
def profiled(path: Path | None) -> Iterator[None]:
    """Write a profile of what happens meanwhile to `path`, if there is one."""
    if path is None:
        yield
        return
    import cProfile

    profile = cProfile.Profile()
    profile.enable()
    try:
        yield
    finally:
        profile.disable()
        profile.dump_stats(path)


def report_json(done: "BuildReport") -> str:
    """Return a build's report as JSON: counts, seconds by stage, paths."""
    return (
        json.dumps(
            {
                "published": done.published,
                "as_of": done.as_of,
                "counts": dict(done.counts),
                "seconds": {stage: round(value, 4) for stage, value in done.seconds.items()},
                "loaded": list(done.loaded),
                "rendered": list(done.rendered),
                "written": list(done.written),
                "removed": list(done.removed),
                "errors": sum(each.severity == "error" for each in done.diagnostics),
                "warnings": sum(each.severity == "warning" for each in done.diagnostics),
            },
            indent=2,
        )
        + "\n"
    )
