"""sitegen ledger"""

import sys
from pathlib import Path

import click

from sitegen.cli.main import CONTENT_ERRORS
from sitegen.cli.options import as_of_option, common, find_root
from sitegen.cli.reporting import show_diagnostics


@click.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit with 1 if it would.")
@as_of_option
@common
def command(
    root: Path | None, only_check: bool, as_of: str | None, quiet: bool, verbose: bool
) -> None:
    """Record what published explainers say.

    The numbers, dates and quotations of their claims and key points go into content/ledger.json.
    From then on a change of one of them is an error until a correction, a clarification or an
    update says so. Run it whenever you publish. -v names the explainers.

    Example: sitegen ledger --check
    """
    from sitegen.build import BuildOptions, advance_ledger

    options = BuildOptions(root=find_root(root), as_of=as_of or "")
    change, found = advance_ledger(options, write=not only_check)
    if change is None:
        show_diagnostics(found)
        sys.exit(CONTENT_ERRORS)
    if verbose:
        for name in change.explainers:
            click.echo(f"  {name}")
    count = len(change.explainers)
    if not quiet:
        what = "to record" if only_check else "recorded"
        click.echo(f"{count} of {change.published} published explainers {what}")
    if only_check and count:
        sys.exit(CONTENT_ERRORS)
