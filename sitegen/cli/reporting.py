"""Shows diagnostics and progress on the terminal."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, TypeVar

import click

from sitegen.cli.main import CONTENT_ERRORS

if TYPE_CHECKING:
    from sitegen.build import BuildOptions, Progress
    from sitegen.diagnostics import Diagnostic
    from sitegen.model.site import Site

T = TypeVar("T")

Format = Literal["text", "json", "github"]
_MOST_SHOWN = 50


def show_diagnostics(found: "Iterable[Diagnostic]", form: Format = "text") -> None:
    """Print diagnostics on standard error with their count; on a terminal the first fifty."""
    from sitegen import diagnostics

    every = tuple(found)
    if form == "json":
        click.echo(diagnostics.render_json(every), err=True, nl=False)
        return
    if form == "github":
        click.echo(diagnostics.render_github(every), err=True, nl=False)
        return
    errors = [each for each in every if each.severity == "error"]
    all_fit = len(every) <= _MOST_SHOWN or not sys.stderr.isatty()
    shown = every if all_fit else sorted_first(errors, every)[:_MOST_SHOWN]
    click.echo(diagnostics.render_text(shown), err=True, nl=False)
    if len(every) > len(shown):
        click.echo(f"... and {len(every) - len(shown)} more", err=True)
    if every:
        click.echo(diagnostics.summary(every), err=True)


def sorted_first(
    errors: "list[Diagnostic]", every: "tuple[Diagnostic, ...]"
) -> "tuple[Diagnostic, ...]":
    """Return errors before warnings, each in their order."""
    return (*errors, *(each for each in every if each.severity != "error"))


def show_notice(text: str) -> None:
    """Say on standard error why nothing happens for a while."""
    click.echo(f"sitegen: {text}", err=True)


def counted(number: int, noun: str) -> str:
    """Return `1 page` or `2 pages`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def told_of_site(options: "BuildOptions", use: "Callable[[Site], T]") -> T:
    """Return what `use` makes of the resolved site.

    Where the content has errors, show them and end with that status.
    """
    from sitegen.build import with_site

    told, found = with_site(options, use)
    if told is None:
        show_diagnostics(found)
        sys.exit(CONTENT_ERRORS)
    return told


@contextmanager
def progress_shown(*, quiet: bool) -> "Iterator[Progress | None]":
    """Give a progress callback that draws one line on a terminal, and None elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    drawn: tuple[str, int] = ("", -1)

    def progress(stage: str, done: int, total: int) -> None:
        nonlocal drawn
        percent = 100 * done // total if total else 0
        if (stage, percent) != drawn:
            drawn = (stage, percent)
            of = f" {done} of {total}" if total else ""
            click.echo(f"\r\x1b[K{stage}{of}", nl=False, err=True)

    try:
        yield progress
    finally:
        click.echo("\r\x1b[K", nl=False, err=True)
