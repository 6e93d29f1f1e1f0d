"""sitegen stale"""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli.options import ListFormat, common, day_option, find_root, format_option
from sitegen.cli.reporting import told_of_site

if TYPE_CHECKING:
    from sitegen.evidence.ageing import DuePage


@click.command()
@day_option("--on", "Tell what is due on this day.  [default: today]")
@format_option
@common
def command(
    root: Path | None,
    on: str | None,
    form: ListFormat,
    quiet: bool,
    verbose: bool,
) -> None:
    """List the explainers that are due for review.

    Which, since when, whose, and why: their age, words whose review-by has come, or a source that
    was corrected, retracted, superseded or lost. -q names files only.

    Example: sitegen stale --on 2027-01-01
    """
    from sitegen.build import BuildOptions
    from sitegen.evidence.ageing import due_pages

    options = BuildOptions(root=find_root(root), as_of=on or "")
    due, day, count = told_of_site(
        options, lambda site: (due_pages(site), site.as_of, len(site.explainers))
    )
    if form == "json":
        import msgspec

        rows = {"on": day, "due": msgspec.to_builtins(due)}
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for page in due:
        click.echo(page.path if quiet else _text(page), nl=quiet)
    if not quiet:
        click.echo(f"{len(due)} of {count} explainers are due for review on {day}")


def _text(page: "DuePage") -> str:
    whose = ", ".join(page.whose) or "the publication"
    lines = [f"{page.path}: due since {page.since or '?'} ({whose})"]
    for reason in page.reasons:
        since = f"{reason.since}  " if reason.since else " " * 12
        lines.append(f"  {reason.kind:7} {since}{reason.text}")
    return "".join(f"{line}\n" for line in lines)
