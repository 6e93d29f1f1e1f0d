"""sitegen source add"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from sitegen.cli.main import CONTENT_ERRORS
from sitegen.cli.options import common, find_root

if TYPE_CHECKING:
    from sitegen.sources.article import Article


@click.command("add")
@click.argument("target", metavar="URL|FILE|-")
@click.option("--id", "name", default="", help="The record's id.  [default: made of what is found]")
@click.option("--title", default="", help="The title, where the page does not give it.")
@click.option("--publisher", default="", help="Who published it, likewise.")
@click.option("--published", default="", help="When, likewise: 2025-02-06, 2025-02 or 2025.")
@click.option("--url", default="", help="Its address, where a file is given.")
@click.option("--kind", default="", help="What it is: news, report, law, ...  [default: news]")
@click.option("--yes", is_flag=True, help="Overwrite without asking.")
@common
def command(
    root: Path | None,
    target: str,
    name: str,
    title: str,
    publisher: str,
    published: str,
    url: str,
    kind: str,
    yes: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Make a source's record and snapshot from a web page, a saved page or a plain text.

    The record goes to content/sources/, the text to content/snapshots/, which is never published.
    A dash reads standard input. What could not be found is said, and its key left out.

    Example: sitegen source add https://example.org/article --publisher "The Example"
    """
    add_source(
        find_root(root),
        target,
        name=name,
        title=title,
        publisher=publisher,
        published=published,
        url=url,
        kind=kind,
        yes=yes,
        quiet=quiet,
        verbose=verbose,
    )


def add_source(
    folder: Path,
    target: str,
    *,
    name: str = "",
    title: str = "",
    publisher: str = "",
    published: str = "",
    url: str = "",
    kind: str = "",
    yes: bool = False,
    quiet: bool,
    verbose: bool,
) -> str:
    """Make the record and the snapshot, say so, and return the source's id.

    Ends the command where nothing can be made, as `sitegen source add` does.
    """
    from sitegen.build.site import as_of_day
    from sitegen.cli.source_read import publication_settings, read_target
    from sitegen.sources import store
    from sitegen.sources.record import record, record_path, snapshot_path, source_id

    _check_options(name, published, url, kind)
    settings = publication_settings(folder)
    article = _with_options(read_target(target, url), title, publisher, published)
    if not article.title and not article.paragraphs:
        click.echo(f"sitegen: no article was found in {target}; nothing was written", err=True)
        sys.exit(CONTENT_ERRORS)
    made = record(article, as_of_day("", settings), kind)
    source = name or source_id(article)
    if not source:
        raise click.UsageError("no id can be made of what was found; name one with --id")
    paths = (record_path(source), snapshot_path(source))
    taken = [path for path in paths if store.read(folder, path) is not None]
    known = [path for path in recorded(folder, article.url) if path not in taken]
    for path in known:
        click.echo(f"sitegen: {path} already records {article.url}", err=True)
    _ask([*taken, *known], taken, yes=yes)
    store.write(folder, paths[0], made.text)
    if article.paragraphs:
        store.write(folder, paths[1], article.snapshot)
    if not quiet:
        click.echo(f"made {paths[0]}")
        if article.paragraphs:
            click.echo(f"made {paths[1]} ({len(article.paragraphs)} paragraphs)")
    for missing in made.missing:
        click.echo(f"sitegen: not found: {missing}{_NEEDED.get(missing, '')}", err=True)
    if verbose:
        click.echo(made.text, nl=False)
        for line in article.left_out:
            click.echo(f"left out: {line}")
    elif article.left_out and not quiet:
        click.echo(f"left out {len(article.left_out)} lines around the article (see with -v)")
    return source


_NEEDED = {
    "title": "; a record needs it: add title: to the file",
    "publisher": "; a record needs it: add publisher: to the file",
    "published": "; the record says 'unknown'",
    "the text": "; quotations from it stay unchecked",
}


def _check_options(name: str, published: str, url: str, kind: str) -> None:
    """End with what is wrong with the command line."""
    from sitegen.load.scalars import BadScalar, read_published_date
    from sitegen.model.front_matter import SourceKind
    from sitegen.sources.guard import Refused, parse_address
    from sitegen.urls import slug_problem

    problem = slug_problem(name, dots=True) if name else ""
    if problem:
        raise click.UsageError(f"--id: '{name}' {problem}")
    try:
        if published:
            read_published_date(published)
        if url:
            parse_address(url)
    except BadScalar as error:
        raise click.UsageError(f"--published: {error.message}") from None
    except Refused as error:
        raise click.UsageError(f"--url: {error}") from None
    if kind and kind not in get_args(SourceKind):
        raise click.UsageError(f"--kind: use one of {', '.join(get_args(SourceKind))}")


def _with_options(article: "Article", title: str, publisher: str, published: str) -> "Article":
    """Return the article with what the command line says of it: the editor knows best."""
    import msgspec

    from sitegen.sources.article import clean_line

    given = {
        "title": clean_line(title),
        "publisher": clean_line(publisher),
        "published": published,
    }
    return msgspec.structs.replace(article, **{key: each for key, each in given.items() if each})


def recorded(root: Path, url: str) -> list[str]:
    """Return the records that name an address already."""
    from sitegen.scaffold.scalars import quoted

    if not url:
        return []
    lines = {f"url: {quoted(url)}", f"url: {url}", f"url: '{url}'"}
    found = []
    for path in sorted((root / "content" / "sources").rglob("*.md")):
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        if lines & {line.rstrip() for line in text.split("\n---")[0].split("\n")}:
            found.append(path.relative_to(root).as_posix())
    return found


def _ask(standing: list[str], taken: list[str], *, yes: bool) -> None:
    """Ask before anything is overwritten or recorded twice; end where nobody can be asked."""
    if not standing or yes:
        return
    what = f"overwrite {' and '.join(taken)}" if taken else "record it a second time"
    if not sys.stdin.isatty():
        for path in taken:
            click.echo(f"sitegen: {path} already exists", err=True)
        click.echo("nothing was written; to do it all the same, add --yes", err=True)
        sys.exit(CONTENT_ERRORS)
    if not click.confirm(f"{what}?", err=True):
        click.echo("nothing was written", err=True)
        sys.exit(CONTENT_ERRORS)
