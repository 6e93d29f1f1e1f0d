"""sitegen publish"""

from pathlib import Path

import click

from sitegen.cli.options import common, find_root


@click.command()
@click.option("--remote", default="origin", show_default=True, help="The git remote to push to.")
@click.option("--branch", default="gh-pages", show_default=True, help="Its branch for the site.")
@click.option("--message", default="", help="The commit's message.  [default: Publish the site]")
@click.option("--dry-run", is_flag=True, help="Look at everything, and push nothing.")
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
    output: Path | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Push the built site to a branch of a git remote, which GitHub Pages serves.

    The branch then holds the site and nothing else; its history is kept. What was changed in
    output/ after the build, and what sitegen did not write, is refused.

    Example: sitegen publish --remote origin --branch gh-pages --dry-run
    """
    from sitegen.deploy.branch import Branch
    from sitegen.deploy.tree import look_at

    folder = find_root(root)
    built = (output or folder / "output").resolve()
    tree = look_at(built)
    target = Branch(folder, remote, branch)
    there = target.prepare(tree.domain)
    what = f"{tree.files} files, {tree.size / 1e6:.1f} MB, to '{branch}' of '{remote}'"
    if verbose and not there:
        click.echo(f"the branch '{branch}' is not there yet and will be made")
    if dry_run:
        if not quiet:
            click.echo(f"would push {what}")
        return
    commit = target.push(built, message or "Publish the site")
    if not quiet:
        click.echo(f"pushed {what} ({commit[:12]})")
