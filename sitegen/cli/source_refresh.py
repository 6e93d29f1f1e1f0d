"""sitegen source refresh"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli.main import CONTENT_ERRORS, MACHINE_FAILED
from sitegen.cli.options import common, find_root
from sitegen.cli.reporting import show_diagnostics

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sitegen.diagnostics import Diagnostic
    from sitegen.links.quotations import QuotedWords
    from sitegen.model.front_matter import SourceMeta


@click.command("refresh")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--write", is_flag=True, help="Keep the new text, and today as the day it was read.")
@common
def command(
    root: Path | None, ids: tuple[str, ...], write: bool, quiet: bool, verbose: bool
) -> None:
    """Fetch sources again, show what changed, and which quotations no longer stand.

    Without an ID every source with an address is fetched. --write puts the new text in the place of
    the snapshot, and sets accessed: in the record, where nothing has changed too. Exits with 1 if a
    quotation that stood in a snapshot stands in the new text no more, and with 3 if a source could
    not be fetched.

    Example: sitegen source refresh report-2024 --write
    """
    from sitegen.build.site import as_of_day
    from sitegen.cli.source_read import publication_settings
    from sitegen.diagnostics import sort
    from sitegen.links.cited_files import cited_quotations, source_records
    from sitegen.model.settings import LoadSettings

    folder = find_root(root)
    yaml = publication_settings(folder)
    settings = LoadSettings(language=yaml.language, extensions=yaml.markdown_extensions)
    records = source_records(folder, settings)
    chosen = _chosen(records, ids)
    quoted = cited_quotations(folder, chosen, settings)
    today = as_of_day("", yaml) if write else ""
    gone: list[Diagnostic] = []
    failed = False
    for name in chosen:
        url = records[name].url
        outcome = _refresh(folder, name, url, quoted.get(name, ()), read_on=today, quiet=quiet)
        failed |= outcome is None
        gone += outcome or ()
    show_diagnostics(_with_lines(folder, sort(gone)))
    if verbose or not quiet:
        click.echo(f"fetched {len(chosen)} sources")
    if failed:
        sys.exit(MACHINE_FAILED)
    if gone:
        sys.exit(CONTENT_ERRORS)


def _chosen(records: "Mapping[str, SourceMeta]", ids: tuple[str, ...]) -> tuple[str, ...]:
    """Return the sources to fetch: those named, else all that have an address."""
    from sitegen.diagnostics import did_you_mean

    for name in ids:
        if name not in records:
            hint = did_you_mean(name, records)
            raise click.UsageError(f"no source '{name}'" + (f"; {hint}" if hint else ""))
        if not records[name].url:
            raise click.UsageError(f"the record of '{name}' has no url:")
    return ids or tuple(name for name, record in records.items() if record.url)


def _refresh(
    root: Path,
    name: str,
    url: str,
    quoted: "tuple[QuotedWords, ...]",
    *,
    read_on: str,
    quiet: bool,
) -> "list[Diagnostic] | None":
    """Show what changed in one source; return the quotations that it holds no more.

    None where it could not be fetched. The text is kept as read on a day; where none is given,
    nothing is written.
    """
    from sitegen.cli.source_read import fetched_article, source_file
    from sitegen.errors import SitegenError
    from sitegen.links.quotations import lost, lost_quotation
    from sitegen.sources import store
    from sitegen.sources.record import snapshot_path, with_key

    path = snapshot_path(name)
    old = store.read(root, path)
    try:
        article = fetched_article(url)
    except SitegenError as error:
        click.echo(f"sitegen: {name}: {error}", err=True)
        return None
    if not article.paragraphs:
        click.echo(f"sitegen: {name}: no article was found at {url}", err=True)
        return None
    new = article.snapshot
    if old is None:
        click.echo(f"{name}: has no snapshot yet")
    elif old == new:
        if not quiet:
            click.echo(f"{name}: unchanged")
    else:
        click.echo(f"{name}: changed")
        for line in _difference(old, new, path, url):
            click.echo(line)
    if read_on:
        if old != new:
            store.write(root, path, new)
            click.echo(f"wrote {path}")
        record, text = source_file(root, name)
        dated = with_key(text, "accessed", read_on)
        if dated != text:
            store.write(root, record, dated)
            click.echo(f"{record}: accessed: {read_on}")
    return [lost_quotation(each, f"'{name}'") for each in lost(quoted, new, old)]


def _difference(old: str, new: str, before: str, after: str) -> "Iterator[str]":
    """Yield the paragraphs that differ, as `diff -u` shows them."""
    import difflib

    first, second = ([line for line in text.split("\n") if line] for text in (old, new))
    yield from difflib.unified_diff(first, second, before, after, lineterm="", n=1)


def _with_lines(root: Path, found: "tuple[Diagnostic, ...]") -> "tuple[Diagnostic, ...]":
    """Return diagnostics with the lines that they point at."""
    from sitegen.diagnostics import with_source_lines

    lines = {
        path: tuple((root / path).read_text("utf-8-sig", "replace").split("\n"))
        for path in {each.path for each in found}
    }
    return with_source_lines(found, lines)
