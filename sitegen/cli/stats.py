"""sitegen stats"""

from pathlib import Path

import click

from sitegen.cli.options import ListFormat, common, find_root, format_option, selecting
from sitegen.cli.reporting import told_of_site


@click.command()
@selecting
@format_option
@common
def command(
    root: Path | None,
    base_url: str,
    drafts: bool,
    future: bool,
    as_of: str | None,
    form: ListFormat,
    quiet: bool,
    verbose: bool,
) -> None:
    """Tell what the publication holds.

    Counts by kind, most cited sources, citations and words a page, and orphans: sources that
    nothing cites, terms that nothing uses, topics without explainers, explainers that nothing
    links to. -q shows orphans only, -v every source.

    Example: sitegen stats --format json
    """
    from sitegen.build import BuildOptions
    from sitegen.stats import orphans_text, stats, stats_json, stats_text

    options = BuildOptions(
        root=find_root(root),
        base_url=base_url,
        drafts=drafts,
        future=future,
        as_of=as_of or "",
    )
    result = told_of_site(
        options, lambda site: stats(site, most_cited=len(site.sources) if verbose else 10)
    )
    if form == "json":
        click.echo(stats_json(result), nl=False)
    elif quiet:
        click.echo(orphans_text(result), nl=False)
    else:
        click.echo(stats_text(result), nl=False)
