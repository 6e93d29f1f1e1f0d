"""sitegen editor"""

import sys
from pathlib import Path

import click

from sitegen.cli.main import CONTENT_ERRORS
from sitegen.cli.options import common, find_root
from sitegen.cli.reporting import counted


@click.command()
@common
def command(root: Path | None, quiet: bool, verbose: bool) -> None:
    """Write VS Code's settings, tasks, schemas and snippets for this publication.

    Run it again when sources have come or gone: the snippets and schemas are made anew, a settings
    or tasks file that is there is left as it is.

    Example: sitegen editor --root briefings
    """
    from sitegen.cli.content_files import source_notes
    from sitegen.scaffold.editor import MARK, SNIPPETS, editor_settings, made_editor_files
    from sitegen.scaffold.write import is_made, write_made, write_new

    folder = find_root(root)
    if not is_made(folder / SNIPPETS, MARK):
        click.echo(f"sitegen: {SNIPPETS} is your own; rename it, and run this again", err=True)
        sys.exit(CONTENT_ERRORS)
    notes = source_notes(folder)
    files = made_editor_files(notes)
    write_made(folder, files)
    kept = [path for path, text in editor_settings().items() if write_new(folder, {path: text})]
    if verbose:
        for path in files:
            click.echo(path)
    if not quiet:
        click.echo(f"wrote .vscode/ with snippets for {counted(len(notes), 'source')}")
        for path in kept:
            click.echo(f"left as it is: {path}")
