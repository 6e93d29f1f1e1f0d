"""Options that commands share, and the folder a command works in."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])
ListFormat = Literal["text", "json"]


class _Day(click.ParamType[str]):
    """A day, as 2025-02-06."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        import datetime as dt

        text = str(value)
        try:
            day = dt.date.fromisoformat(text).isoformat()
        except ValueError:
            day = ""
        if day != text:
            self.fail(f"'{text}' is not a day, such as 2025-02-06", param, ctx)
        return day


class _BaseUrl(click.ParamType[str]):
    """The address of a site."""

    name = "url"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from sitegen.urls import parse_base_url

        if value and parse_base_url(str(value)) is None:
            self.fail(f"'{value}' is not a site's address, without ? and #", param, ctx)
        return str(value)


def day_option(name: str, about: str) -> Callable[[F], F]:
    """Return an option that takes a day, such as 2025-02-06."""
    return click.option(name, type=_Day(), help=about)


as_of_option = day_option("--as-of", "Build as if today were this day.")
format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to show them: for people or for programs.",
)
root_option = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The publication's folder.  [default: the nearest one upward with content/site.yaml]",
)
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Say nothing but diagnostics.")
verbose_option = click.option("-v", "--verbose", is_flag=True, help="Say more.")


def common(function: F) -> F:
    """Add the options that every command takes."""
    return root_option(quiet_option(verbose_option(function)))


def selecting(function: F) -> F:
    """Add the options that say which pages are published."""
    return _selecting(
        function,
        click.option("--future", is_flag=True, help="Include scheduled explainers."),
        click.option("--drafts", is_flag=True, help="Include drafts."),
    )


def previewing(function: F) -> F:
    """Add the options that say which pages a writer sees: all, unless told otherwise."""
    return _selecting(
        function,
        click.option(
            "--future/--no-future",
            default=True,
            help="Show scheduled explainers, or leave them out.",
        ),
        click.option("--drafts/--no-drafts", default=True, help="Show drafts, or leave them out."),
    )


def _selecting(function: F, *options: Callable[[F], F]) -> F:
    base_url = click.option(
        "--base-url",
        type=_BaseUrl(),
        default="",
        help="Publish at this address, not site.yaml's.",
    )
    chosen: tuple[Callable[[F], F], ...] = (as_of_option, *options, base_url)
    for option in chosen:
        function = option(function)
    return function


def find_root(given: Path | None) -> Path:
    """Return the publication's folder: the given one, or the nearest upward."""
    if given is not None:
        if not (given / "content").is_dir():
            raise click.UsageError(f"{given} is no publication: it has no folder content/")
        return given.resolve()
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "content" / "site.yaml").is_file():
            return folder
    raise click.UsageError(
        "there is no content/site.yaml here or above; run 'sitegen init', or name the "
        "publication's folder with --root"
    )
