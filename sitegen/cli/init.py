"""sitegen init"""

import sys
from pathlib import Path

import click

from sitegen.cli.main import CONTENT_ERRORS
from sitegen.cli.options import quiet_option, verbose_option


@click.command()
@click.argument(
    "directory", required=False, type=click.Path(file_okay=False, path_type=Path), metavar="[DIR]"
)
@click.option(
    "--title", default="Our explainers", show_default=True, help="The publication's name."
)
@click.option(
    "--base-url",
    default="https://example.org/",
    show_default=True,
    help="Where it will be published, with its path.",
)
@click.option(
    "--requirement",
    default="",
    help="How the Pages workflow's pip gets sitegen.  [default: as this one was installed, if that "
    "was from a repository]",
)
@click.option(
    "--root",
    type=click.Path(file_okay=False, path_type=Path),
    help="The same as DIR.  [default: the current folder]",
)
@quiet_option
@verbose_option
def command(
    directory: Path | None,
    title: str,
    base_url: str,
    requirement: str,
    root: Path | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Make a new publication that builds, in DIR.

    No file that is already there is touched: where one stands in the way, nothing is written.

    Example: sitegen init briefings --title "Briefings" --base-url https://example.org/briefings/
    """
    from sitegen.scaffold.publication import publication_files
    from sitegen.scaffold.write import write_new
    from sitegen.urls import parse_base_url

    if directory and root:
        raise click.UsageError("name the folder once: as DIR or with --root")
    folder = directory or root or Path()
    base = parse_base_url(base_url)
    if base is None:
        raise click.UsageError(
            f"--base-url: '{base_url}' can't be a site's address; write it as https://example.org/"
        )
    name = " ".join(title.split())
    if not name or not name.isprintable():
        raise click.UsageError("--title: write the publication's name on one line")
    files = publication_files(name, base.href, requirement or _own_requirement())
    taken = write_new(folder, files)
    for path in taken:
        click.echo(f"sitegen: {folder / path} already exists", err=True)
    if taken:
        click.echo("nothing was written", err=True)
        sys.exit(CONTENT_ERRORS)
    if verbose:
        for path in files:
            click.echo(folder / path)
    if not quiet:
        click.echo(f"made {len(files)} files in {folder.resolve()}")
        click.echo("next: sitegen serve, or sitegen build" + _where(folder))


def _where(folder: Path) -> str:
    return "" if folder.resolve() == Path.cwd() else f", in {folder}"


def _own_requirement() -> str:
    """Return how pip gets this sitegen again, if it came from a repository (PEP 610)."""
    import json
    from importlib.metadata import PackageNotFoundError, distribution

    from sitegen.scaffold.publication import UNKNOWN_REQUIREMENT

    try:
        origin = json.loads(distribution("sitegen").read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        return UNKNOWN_REQUIREMENT
    version = origin.get("vcs_info", {})
    if not version.get("commit_id"):
        return UNKNOWN_REQUIREMENT
    return f"sitegen @ {version['vcs']}+{origin['url']}@{version['commit_id']}"
