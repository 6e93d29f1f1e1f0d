"""sitegen import"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli.main import CONTENT_ERRORS
from sitegen.cli.options import common, find_root
from sitegen.cli.reporting import show_diagnostics

if TYPE_CHECKING:
    from sitegen.importing.old import Generator, Left, OldFiles

_TEXTS = (".md", ".markdown", ".toml", ".yaml", ".yml", ".json")
_SKIPPED = frozenset(["node_modules", "public", "_site", "site", "vendor", "themes", "output"])
_LARGEST_TEXT = 2 * 1024 * 1024


@click.command()
@click.argument("generator", type=click.Choice(["hugo", "jekyll", "mkdocs"]))
@click.argument(
    "directory", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR"
)
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@common
def command(
    generator: "Generator",
    directory: Path,
    dry_run: bool,
    root: Path | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Take over the site in DIR, made with another generator, into this publication.

    Posts become explainers, other pages standing pages, categories and tags topics, outside links
    of posts source records; links between pages lead to the new files, and old addresses redirect.
    No file that is already there is touched. What was left is listed at the end.

    Example: sitegen import hugo ../old-site
    """
    from sitegen.cli.content_files import files_of
    from sitegen.importing import hugo, jekyll, mkdocs
    from sitegen.importing.convert import plan
    from sitegen.importing.old import Left
    from sitegen.load.settings import PATH, load_settings
    from sitegen.model.front_matter import FOLDERS
    from sitegen.scaffold.write import copy_new, write_new

    folder = find_root(root)
    file = folder / PATH
    settings, found = load_settings(file.read_bytes() if file.is_file() else None)
    if settings is None:
        show_diagnostics(found)
        sys.exit(CONTENT_ERRORS)
    files, unread = _read(directory)
    reader = {"hugo": hugo, "jekyll": jekyll, "mkdocs": mkdocs}[generator]
    old = reader.read_site(files)
    if not old.pages:
        raise click.UsageError(f"{directory} holds no page of {generator}")
    taken = {
        kind: {
            path.stem.casefold(): path.relative_to(folder).as_posix()
            for path in files_of(folder, kind)
        }
        for kind in FOLDERS
    }
    made = plan(old, files, taken, settings.language)
    left = [*unread, *made.left]
    written = []
    for path, text in made.files.items():
        if os.path.lexists(folder / path) or (not dry_run and write_new(folder, {path: text})):
            left.append(Left(path, "is already there"))
        else:
            written.append(path)
    for path, source in made.copies.items():
        if os.path.lexists(folder / path) or (
            not dry_run and not copy_new(folder, path, directory / source)
        ):
            left.append(Left(path, "is already there"))
        else:
            written.append(path)
    if verbose:
        for path in written:
            click.echo(path)
    for each in sorted(left):
        click.echo(f"left: {each.path + ': ' if each.path else ''}{each.what}", err=True)
    if not quiet:
        does = "would make" if dry_run else "made"
        click.echo(f"{does} {len(written)} files of {len(old.pages)} pages; {len(left)} notes")
        click.echo("next: sitegen check")


def _read(directory: Path) -> "tuple[OldFiles, list[Left]]":
    """Return the old site's files, and which of them can't be read; links are not followed."""
    from sitegen.importing.old import Left, OldFiles

    texts: dict[str, str] = {}
    others: set[str] = set()
    unread = []
    for path in _walk(directory):
        name = path.relative_to(directory).as_posix()
        if path.suffix.lower() not in _TEXTS:
            others.add(name)
        elif path.stat().st_size > _LARGEST_TEXT:
            unread.append(Left(name, "is larger than 2 MB"))
        else:
            try:
                texts[name] = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
            except UnicodeDecodeError:
                unread.append(Left(name, "is not UTF-8 text"))
    return OldFiles(texts=texts, others=frozenset(others)), unread


def _walk(directory: Path) -> Iterator[Path]:
    for where, folders, names in os.walk(directory):
        here = Path(where)
        top = here == directory
        folders[:] = sorted(
            each for each in folders if not each.startswith(".") and not (top and each in _SKIPPED)
        )
        for name in sorted(names):
            path = here / name
            if not path.is_symlink() and path.is_file():
                yield path
