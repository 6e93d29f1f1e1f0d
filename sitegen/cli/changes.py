"""sitegen changes"""

import sys
from pathlib import Path
from typing import Literal

import click

from sitegen.cli.main import CONTENT_ERRORS
from sitegen.cli.options import common, find_root
from sitegen.cli.reporting import show_diagnostics


@click.command()
@click.argument(
    "before", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="BEFORE"
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="How to show them: for people, for a summary on GitHub, or for programs.",
)
@common
def command(
    before: Path,
    root: Path | None,
    form: Literal["text", "markdown", "json"],
    quiet: bool,
    verbose: bool,
) -> None:
    """Tell which claims and sources have changed since BEFORE, another copy of the publication.

    Drafts and scheduled explainers are compared too. Exits with 1 if the publication has errors;
    where only BEFORE has, that is said in place of the changes.

    Example: sitegen changes ../main --format markdown
    """
    import msgspec

    from sitegen.build import BuildOptions, site_of
    from sitegen.changes import Holdings, changes_markdown, changes_text, compare, holdings
    from sitegen.diagnostics import Diagnostic

    def held(folder: Path) -> tuple[Holdings | None, tuple[Diagnostic, ...]]:
        options = BuildOptions(root=folder, drafts=True, future=True, cache=False)
        with site_of(options) as (site, found):
            return (holdings(site) if site is not None else None), found

    new, found = held(find_root(root))
    if new is None:
        show_diagnostics(found)
        sys.exit(CONTENT_ERRORS)
    old = held(before.resolve())[0] if (before / "content").is_dir() else None
    if old is None:
        click.echo("the state before has errors or no content: nothing can be compared")
        return
    changes = compare(old, new)
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(changes), indent=2).decode())
    elif form == "markdown":
        click.echo(changes_markdown(changes), nl=False)
    elif not quiet or changes.explainers or changes.sources:
        click.echo(changes_text(changes), nl=False)
