"""sitegen stats"""

import sys
from pathlib import Path
from typing import Literal

import click

from sitegen.cli.main import CONTENT_ERRORS
from sitegen.cli.options import common, find_root, selecting
from sitegen.cli.reporting import show_diagnostics


@click.command()
@selecting
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to show them: for people or for programs.",
)
@common
def command(
    root: Path | None,
    base_url: str,
    drafts: bool,
    future: bool,
    as_of: str | None,
    form: Literal["text", "json"],
    quiet: bool,
    verbose: bool,
) -> None:
    """Tell what the publication holds.

    Counts by kind, most cited sources, citations and words a page, and orphans: sources that
    nothing cites, terms that nothing uses, topics without explainers, explainers that nothing
    links to. -q shows orphans only, -v every source.

    Example: sitegen stats --format json
    """
    from sitegen.build import BuildOptions, site_of
    from sitegen.stats import orphans_text, stats, stats_json, stats_text

    options = BuildOptions(
        root=find_root(root),
        base_url=base_url,
        drafts=drafts,
        future=future,
        as_of=as_of or "",
    )
    with site_of(options) as (site, found):
        if site is None:
            show_diagnostics(found)
            sys.exit(CONTENT_ERRORS)
        result = stats(site, most_cited=len(site.sources) if verbose else 10)
    if form == "json":
        click.echo(stats_json(result), nl=False)
    elif quiet:
        click.echo(orphans_text(result), nl=False)
    else:
        click.echo(stats_text(result), nl=False)
