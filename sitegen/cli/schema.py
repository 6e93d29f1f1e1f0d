"""sitegen schema"""

from pathlib import Path

import click

from sitegen.cli.options import common

_NAMES = ("site", "explainer", "source", "topic", "term", "author", "page")


@click.command()
@click.argument("name", required=False, type=click.Choice(_NAMES))
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write each schema to NAME.schema.json in this folder.",
)
@common
def command(
    root: Path | None, name: str | None, output: Path | None, quiet: bool, verbose: bool
) -> None:
    """Write the JSON Schemas of site.yaml and of each front matter, for editors.

    Without --output they go to standard output: the one of NAME, or all in one object by name.
    No publication is needed.

    Example: sitegen schema --output .schemas
    """
    import json

    from sitegen.schema import json_schemas

    schemas = json_schemas()
    wanted = [name] if name else list(_NAMES)
    if output is None:
        shown = schemas[name] if name else schemas
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
        return
    output.mkdir(parents=True, exist_ok=True)
    for each in wanted:
        path = output / f"{each}.schema.json"
        text = json.dumps(schemas[each], ensure_ascii=False, indent=2) + "\n"
        path.write_text(text, encoding="utf-8")
        if verbose:
            click.echo(path)
    if not quiet:
        click.echo(f"wrote {len(wanted)} schemas to {output}")
