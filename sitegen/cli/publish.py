"""sitegen publish"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli.main import CONTENT_ERRORS
from sitegen.cli.options import common, find_root
from sitegen.cli.reporting import show_diagnostics

if TYPE_CHECKING:
    from sitegen.build.ledger import LedgerChange


@click.command()
@click.option("--remote", default="origin", show_default=True, help="The git remote to push to.")
@click.option("--branch", default="gh-pages", show_default=True, help="Its branch for the site.")
@click.option("--message", default="", help="The commit's message.  [default: Publish the site]")
@click.option("--dry-run", is_flag=True, help="Look at everything; push and write nothing.")
@click.option("--no-ledger", is_flag=True, help="Don't record what is published: for a preview.")
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="The built site.  [default: output/ beside content/]",
)
@common
def command(
    root: Path | None,
    remote: str,
    branch: str,
    message: str,
    dry_run: bool,
    no_ledger: bool,
    output: Path | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Push the built site to a branch of a git remote, which GitHub Pages serves.

    The branch then holds the site and nothing else; its history is kept. What was changed in
    output/ after the build, and what sitegen did not write, is refused; so is a site whose content
    has changed since it was built. What the published explainers say is recorded in
    content/ledger.json, as 'sitegen ledger' does.

    Example: sitegen publish --remote origin --branch gh-pages --dry-run
    """
    from sitegen.build.newer import newer_content
    from sitegen.deploy.branch import Branch
    from sitegen.deploy.tree import look_at
    from sitegen.errors import SitegenError

    folder = find_root(root)
    built = (output or folder / "output").resolve()
    tree = look_at(built)
    newer = newer_content(folder, built)
    if newer:
        raise SitegenError(f"{newer}: has changed since {built} was built; run 'sitegen build'")
    change = None if no_ledger else _ledger_change(folder, built)
    target = Branch(folder, remote, branch)
    there = target.prepare(tree.domain)
    what = f"{tree.files} files, {tree.size / 1e6:.1f} MB, to '{branch}' of '{remote}'"
    if verbose and not there:
        click.echo(f"the branch '{branch}' is not there yet and will be made")
    commit = "" if dry_run else target.push(built, message or "Publish the site")
    # Only what readers can see is recorded: a push that fails leaves the ledger as it was.
    if change and not dry_run:
        from sitegen.build.ledger import write_ledger

        write_ledger(folder, change)
    if not quiet:
        click.echo(f"would push {what}" if dry_run else f"pushed {what} ({commit[:12]})")
        if change and change.explainers:
            _tell(change, dry_run=dry_run, verbose=verbose)


def _ledger_change(folder: Path, built: Path) -> "LedgerChange":
    """Return what the ledger becomes; leave with status 1 where the content has errors."""
    from sitegen.build import BuildOptions, advance_ledger
    from sitegen.publish.standing import read_manifest

    change, found = advance_ledger(
        BuildOptions(root=folder), write=False, shown=read_manifest(built).files
    )
    if change is None:
        show_diagnostics(found)
        sys.exit(CONTENT_ERRORS)
    return change


def _tell(change: "LedgerChange", *, dry_run: bool, verbose: bool) -> None:
    from sitegen.evidence.ledger import PATH

    count = len(change.explainers)
    number = "1 explainer says" if count == 1 else f"{count} explainers say"
    if dry_run:
        click.echo(f"would record what {number} in {PATH}")
    else:
        click.echo(f"recorded what {number} in {PATH}: commit it")
    if verbose:
        for name in change.explainers:
            click.echo(f"  {name}")
