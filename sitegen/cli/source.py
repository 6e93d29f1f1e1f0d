"""sitegen source"""

import importlib

import click

_COMMANDS = {
    "add": "Make a record and a snapshot from a web page or a saved text.",
    "refresh": "Fetch sources again and show what changed.",
    "archive": "Ask the Wayback Machine for a stored copy.",
}


class _Sources(click.Group):
    """Lists its commands from a table; each is imported only when it runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"sitegen.cli.source_{cmd_name}")
        found: click.Command = module.command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=_Sources)
def command() -> None:
    """Bring sources in, see what changed in them, and have them archived.

    Example: sitegen source add https://example.org/article
    """
