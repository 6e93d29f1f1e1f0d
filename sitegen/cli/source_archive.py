"""sitegen source archive"""

import sys
from pathlib import Path

import click

from sitegen.cli.main import CONTENT_ERRORS
from sitegen.cli.options import common, find_root


@click.command("archive")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--stored", is_flag=True, help="Take the copy nearest to accessed:; make none.")
@click.option("--yes", is_flag=True, help="Replace an archive_url: without asking.")
@common
def command(
    root: Path | None,
    ids: tuple[str, ...],
    stored: bool,
    yes: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Ask the Wayback Machine to store a source's page, and write archive_url: into its record.

    Storing takes a minute or two. An archive_url: that is there already is only replaced if you
    say so.

    Example: sitegen source archive report-2024
    """
    from sitegen.cli.source_read import publication_settings, source_file
    from sitegen.sources import store, wayback
    from sitegen.sources.fetch import server_for_tests
    from sitegen.sources.record import with_key

    folder = find_root(root)
    publication_settings(folder)
    for name in ids:
        path, text = source_file(folder, name)
        url, archive, accessed = (_value(path, text, key) for key in _KEYS)
        if not url:
            raise click.UsageError(f"{path} has no url: to be archived")
        if archive and not yes and not _replace(path, archive):
            click.echo(f"sitegen: {path} keeps its archive_url: {archive}", err=True)
            sys.exit(CONTENT_ERRORS)
        if stored:
            copy = wayback.stored(url, accessed, allowed=server_for_tests())
        else:
            copy = wayback.save(url, allowed=server_for_tests())
        if not copy:
            click.echo(f"sitegen: the Wayback Machine has no copy of {url}", err=True)
            sys.exit(CONTENT_ERRORS)
        store.write(folder, path, with_key(text, "archive_url", copy))
        if not quiet:
            click.echo(f"{path}: archive_url: {copy}")


_KEYS = ("url", "archive_url", "accessed")


def _value(path: str, text: str, key: str) -> str:
    """Return a value of a record's front matter, or end with what is wrong with the record."""
    from sitegen.cli.reporting import show_diagnostics
    from sitegen.load.document import load_document
    from sitegen.load.scan import ContentFile
    from sitegen.model.settings import LoadSettings

    file = ContentFile(kind="source", path=path, data=text.encode())
    loaded = load_document(file, LoadSettings(language="en", extensions=()))
    if loaded.document is None:
        show_diagnostics(loaded.diagnostics)
        sys.exit(CONTENT_ERRORS)
    return str(getattr(loaded.document.meta, key))


def _replace(path: str, archive: str) -> bool:
    """Ask whether an archive address is replaced; nobody to ask means no."""
    return sys.stdin.isatty() and click.confirm(f"{path}: replace {archive}?", err=True)
