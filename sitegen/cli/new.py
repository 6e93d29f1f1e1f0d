"""sitegen new"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli.content_files import completing, files_of, names_of, source_notes
from sitegen.cli.main import CONTENT_ERRORS
from sitegen.cli.options import common, find_root
from sitegen.cli.reporting import show_diagnostics

if TYPE_CHECKING:
    from sitegen.model.front_matter import Kind


@click.command()
@click.argument(
    "kind", type=click.Choice(["explainer", "topic", "source", "term", "author", "page"])
)
@click.argument("title")
@click.option("--slug", default="", help="The file's name.  [default: made from TITLE]")
@click.option(
    "--topic",
    "topics",
    multiple=True,
    shell_complete=completing("topic"),
    help="For an explainer: a topic's name. Repeatable.",
)
@click.option(
    "--source",
    "sources",
    multiple=True,
    shell_complete=completing("source"),
    help="For an explainer: a source's name. Repeatable.",
)
@click.option(
    "--from-url",
    default="",
    metavar="URL",
    help="Make the source's record and snapshot from this page; an explainer then names it.",
)
@common
def command(
    root: Path | None,
    kind: "Kind",
    title: str,
    slug: str,
    topics: tuple[str, ...],
    sources: tuple[str, ...],
    from_url: str,
    quiet: bool,
    verbose: bool,
) -> None:
    """Make a content file with its front matter filled in.

    An explainer begins as a draft. A file that is already there is never touched.

    Example: sitegen new explainer "Why rents rise" --topic housing --source report-2024
    """
    from sitegen.build.site import as_of_day
    from sitegen.diagnostics import has_errors
    from sitegen.load.settings import PATH, load_settings
    from sitegen.scaffold.content_file import NewFile, content_path, content_text
    from sitegen.scaffold.write import write_new

    folder = find_root(root)
    if kind != "explainer" and (topics or sources):
        raise click.UsageError(f"--topic and --source are for explainers, not for a {kind}")
    name = " ".join(title.split())
    if not name or not name.isprintable():
        raise click.UsageError("write the title on one line")
    if from_url and kind == "source":
        _from_url(folder, from_url, name, slug, quiet=quiet, verbose=verbose)
        return
    if from_url and kind != "explainer":
        raise click.UsageError(f"--from-url is for a source or an explainer, not for a {kind}")
    settings_file = folder / PATH
    yaml, found = load_settings(settings_file.read_bytes() if settings_file.is_file() else None)
    if yaml is None or has_errors(found):
        show_diagnostics(found)
        sys.exit(CONTENT_ERRORS)
    last_part = _slug(kind, name, slug)
    path = content_path(kind, last_part)
    owner = _owner(folder, kind, last_part)
    if from_url and not owner:
        found_source = _from_url(folder, from_url, quiet=quiet, verbose=verbose)
        sources = (found_source, *(each for each in sources if each != found_source))
    known = {each: names_of(folder, each) for each in ("topic", "source")}
    file = NewFile(
        title=name,
        day=as_of_day("", yaml),
        topics=topics or known["topic"][:1] or ("TOPIC",),
        sources=sources or known["source"][:1] or ("SOURCE",),
    )
    if owner or write_new(folder, {path: content_text(kind, file)}):
        click.echo(f"sitegen: {owner or path} already exists; nothing was written", err=True)
        sys.exit(CONTENT_ERRORS)
    if not quiet:
        click.echo(f"made {path}")
    if not slug and not last_part.isascii():
        click.echo(
            "note: the name is in the title's own script; name another with --slug", err=True
        )
    if kind == "source":
        _renew_snippets(folder, quiet=quiet)
    if kind == "explainer":
        _note_unknown("topic", file.topics, known["topic"])
        _note_unknown("source", file.sources, known["source"])
    if verbose:
        click.echo((folder / path).read_text(encoding="utf-8"), nl=False)


def _from_url(
    root: Path, url: str, title: str = "", slug: str = "", *, quiet: bool, verbose: bool
) -> str:
    """Do what `sitegen source add` does with a page; return the source's id.

    An explainer, which has no title for it, takes a record that names the page already.
    """
    from sitegen.cli.source_add import add_source, recorded

    known = recorded(root, url) if not title else []
    if known:
        if not quiet:
            click.echo(f"{known[0]} records this page already")
        return Path(known[0]).stem
    source = add_source(root, url, name=slug, title=title, quiet=quiet, verbose=verbose)
    _renew_snippets(root, quiet=quiet)
    return source


def _slug(kind: "Kind", title: str, wanted: str) -> str:
    """Return the file's name without `.md`, or end with what is wrong with it."""
    from sitegen.resolve.catalog import OWN_ADDRESSES
    from sitegen.scaffold.slug import slug_of
    from sitegen.urls import slug_problem

    slug = wanted or slug_of(title)
    if not slug:
        raise click.UsageError(f"no slug can be made from '{title}'; name one with --slug")
    problem = slug_problem(slug, dots=kind == "source")
    if not problem and kind == "page" and f"/{slug.casefold()}/" in OWN_ADDRESSES:
        problem = "is an address that sitegen writes itself"
    if problem:
        raise click.UsageError(f"the slug '{slug}' {problem}; name another with --slug")
    return slug


def _owner(root: Path, kind: "Kind", slug: str) -> str:
    """Return the file that has this name already, in whatever sub-folder, or an empty string."""
    same = (path for path in files_of(root, kind) if path.stem.casefold() == slug.casefold())
    return next((path.relative_to(root).as_posix() for path in same), "")


def _note_unknown(kind: str, given: tuple[str, ...], known: tuple[str, ...]) -> None:
    """Say which names have no file yet: a draft is not checked for them."""
    from sitegen.diagnostics import did_you_mean

    for name in given:
        if name not in known:
            hint = did_you_mean(name, known) or f"make it with: sitegen new {kind} ..."
            click.echo(f"note: there is no {kind} '{name}' yet; {hint}", err=True)


def _renew_snippets(root: Path, *, quiet: bool) -> None:
    """Offer the new source in VS Code, if the publication has its snippets."""
    from sitegen.scaffold.editor import MARK, SNIPPETS, snippets
    from sitegen.scaffold.write import is_made, write_made

    if (root / SNIPPETS).is_file() and is_made(root / SNIPPETS, MARK):
        write_made(root, {SNIPPETS: snippets(source_notes(root))})
        if not quiet:
            click.echo(f"renewed {SNIPPETS}")
