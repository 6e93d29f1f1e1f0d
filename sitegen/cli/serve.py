"""sitegen serve"""

from pathlib import Path

import click

from sitegen.cli.options import common, find_root, previewing


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="Serve at this port; 0 for any free one.  [default: 8000, or one of the next ten]",
)
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Build into this folder.  [default: .sitegen/preview/]",
)
@click.option("--no-search", is_flag=True, help="Leave the search index out: faster rebuilds.")
@click.option("--open", "open_browser", is_flag=True, help="Open the site in the browser.")
@previewing
@common
def command(
    root: Path | None,
    output: Path | None,
    base_url: str,
    drafts: bool,
    future: bool,
    as_of: str | None,
    port: int | None,
    no_search: bool,
    open_browser: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Build, serve on this machine, and rebuild on every save.

    Drafts and scheduled explainers are shown, and marked; with --no-drafts --no-future the site is
    as it would be published today. output/ is left alone. Errors show in the browser over the last
    good site, and go when they are mended. Only this machine can reach the site. Stop it with
    Ctrl-C.

    Example: sitegen serve --open
    """
    from sitegen.build import BuildOptions
    from sitegen.serve.server import PREVIEW, serve

    def say(text: str) -> None:
        if not (quiet and text.startswith("built ")):
            click.echo(text, err=True)

    folder = find_root(root)
    options = BuildOptions(
        root=folder,
        output=output.resolve() if output else folder / PREVIEW,
        base_url=base_url,
        drafts=drafts,
        future=future,
        as_of=as_of or "",
        search=not no_search,
    )
    serve(options, port=port, say=say, open_browser=open_browser, verbose=verbose)
