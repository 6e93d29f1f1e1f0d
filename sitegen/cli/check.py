"""sitegen check"""

import sys
from pathlib import Path

import click

from sitegen.cli.main import CONTENT_ERRORS
from sitegen.cli.options import common, find_root, selecting
from sitegen.cli.reporting import Format, progress_shown, show_diagnostics


@click.command()
@selecting
@click.option(
    "--strict",
    is_flag=True,
    help="Exit with 1 for warnings too, as 'strict: true' in site.yaml says.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How to show diagnostics: for people, programs, or GitHub's pull requests.",
)
@click.option("--external", is_flag=True, help="Ask every outside address too.")
@click.option(
    "--max-age",
    type=click.IntRange(0, 365),
    default=1,
    show_default=True,
    help="With --external: ask no address again that was asked less than so many days ago.",
)
@common
def command(
    root: Path | None,
    base_url: str,
    drafts: bool,
    future: bool,
    as_of: str | None,
    strict: bool,
    form: Format,
    external: bool,
    max_age: int,
    quiet: bool,
    verbose: bool,
) -> None:
    """Find everything that is wrong, without writing output.

    Exits with 1 if the content has errors. With --external, which writes content/links.lock, a
    dead link is one.

    Example: sitegen check --strict --format github
    """
    from sitegen.build import BuildOptions, check
    from sitegen.diagnostics import has_errors, sort

    options = BuildOptions(
        root=find_root(root),
        base_url=base_url,
        drafts=drafts,
        future=future,
        as_of=as_of or "",
        strict=strict,
    )
    with progress_shown(quiet=quiet) as progress:
        done = check(options, progress)
    found, said = done.diagnostics, ""
    if external and not has_errors(found):
        from sitegen.cli.check_external import ask_outside

        outside, said = ask_outside(options, max_age, quiet=quiet or form != "text")
        found = sort([*found, *outside])
    show_diagnostics(found, form)
    if said and not quiet and form == "text":
        click.echo(said)
    if has_errors(found) or (done.strict and found):
        sys.exit(CONTENT_ERRORS)
    if not quiet and form == "text":
        click.echo(f"checked {sum(done.counts.values())} files, as of {done.as_of}")
    if verbose:
        for kind, count in sorted(done.counts.items()):
            click.echo(f"  {kind:10} {count}")
