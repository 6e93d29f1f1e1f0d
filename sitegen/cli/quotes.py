"""sitegen quotes"""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli.main import CONTENT_ERRORS
from sitegen.cli.options import ListFormat, as_of_option, common, find_root, format_option
from sitegen.cli.reporting import counted, show_diagnostics

if TYPE_CHECKING:
    from sitegen.build.receipts import QuotationRow, QuotesReport
    from sitegen.model.document import Standing

_LONGEST = 70


@click.command()
@click.option("--write", is_flag=True, help="Record receipts in content/receipts.json.")
@as_of_option
@format_option
@common
def command(
    root: Path | None,
    write: bool,
    as_of: str | None,
    form: ListFormat,
    quiet: bool,
    verbose: bool,
) -> None:
    """Tell how each quotation stands, and record receipts.

    Checked: it stands in the source's snapshot. By receipt: it stood there when a receipt was
    written. Unchecked: there is neither. Not found: it is not in its source; the exit status is 1.
    Without -v, those that are checked or have a receipt are only counted.

    Example: sitegen quotes --write
    """
    from sitegen.build import BuildOptions, quotes
    from sitegen.diagnostics import has_errors

    options = BuildOptions(root=find_root(root), as_of=as_of or "")
    report, found = quotes(options, write=write)
    show_diagnostics(found)
    if form == "json":
        click.echo(_json(report))
    elif not quiet:
        click.echo(_text(report, every=verbose), nl=False)
    if has_errors(found):
        sys.exit(CONTENT_ERRORS)


def _json(report: "QuotesReport") -> str:
    import msgspec

    return json.dumps(msgspec.to_builtins(report), ensure_ascii=False, indent=2)


def _text(report: "QuotesReport", *, every: bool) -> str:
    good = () if every else ("checked", "by receipt")
    shown = [row for row in report.quotations if row.standing not in good]
    lines = [_line(row) for row in shown]
    counts = Counter(row.standing for row in report.quotations)
    words: tuple[Standing, ...] = ("checked", "by receipt", "unchecked", "not found")
    parts = [f"{counts[word]} {word}" for word in words]
    if report.too_short:
        parts.append(f"{report.too_short} too short to be checked")
    total = len(report.quotations) + report.too_short
    lines.append(f"{counted(total, 'quotation')}: {', '.join(parts)}")
    return "".join(f"{line}\n" for line in lines)


def _line(row: "QuotationRow") -> str:
    place = f"{row.path}:{row.line}:{row.column}" if row.line else row.path
    text = row.text if len(row.text) <= _LONGEST else row.text[: _LONGEST - 1] + "\u2026"
    return f"{place}: {row.standing}: '{text}' ({row.source})"
