"""sitegen verify"""

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli.main import CONTENT_ERRORS
from sitegen.cli.options import common, find_root

if TYPE_CHECKING:
    from sitegen.deploy.limits import FoundFile

_MOST_SHOWN = 50


@click.command()
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="The built site.  [default: output/ beside content/]",
)
@common
def command(root: Path | None, output: Path | None, quiet: bool, verbose: bool) -> None:
    """Find what GitHub Pages would refuse of the built site: size, links, permissions.

    Exits with 1 if there is anything, and where a build was broken off while it published.

    Example: sitegen verify --output output
    """
    from sitegen.deploy.limits import problems
    from sitegen.publish.writer import is_broken_off

    folder = output or find_root(root) / "output"
    if not folder.is_dir():
        raise click.UsageError(f"{folder} is not there; run 'sitegen build'")
    files = list(_found(folder))
    found = problems(files)
    if is_broken_off(folder):
        found.append("a build was broken off while it published; run 'sitegen build' again")
    for line in found[:_MOST_SHOWN]:
        click.echo(f"{folder}: {line}", err=True)
    if len(found) > _MOST_SHOWN:
        click.echo(f"... and {len(found) - _MOST_SHOWN} more", err=True)
    if found:
        sys.exit(CONTENT_ERRORS)
    if not quiet:
        size = sum(file.size for file in files) / 1e6
        click.echo(f"{len(files)} files and folders, {size:.1f} MB: GitHub Pages takes them")
    if verbose:
        for file in sorted(files, key=lambda each: -each.size)[:10]:
            click.echo(f"  {file.size:12} {file.path}")


def _found(folder: Path) -> "Iterator[FoundFile]":
    """Yield the folder and everything in it; links are not followed."""
    from sitegen.deploy.limits import FoundFile

    def told(path: str, about: os.stat_result) -> FoundFile:
        size = 0 if stat.S_ISDIR(about.st_mode) else about.st_size
        name = Path(path).relative_to(folder).as_posix()
        return FoundFile(name, about.st_mode, size, about.st_nlink)

    yield told(str(folder), folder.stat())
    waiting = [str(folder)]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in sorted(entries, key=lambda each: each.name):
                yield told(entry.path, entry.stat(follow_symlinks=False))
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
