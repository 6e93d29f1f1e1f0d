"""The command `sitegen` and its sub-commands, each imported only when it runs."""

import gc
import importlib
import os
import signal
import sys
from contextlib import suppress
from typing import Any

import click

import sitegen

_COMMANDS = {
    "init": "Make a new publication that builds.",
    "new": "Make a content file with its front matter filled in.",
    "source": "Bring sources in, see what changed in them, have them archived.",
    "build": "Build content/ into output/.",
    "publish": "Push the built site to a branch of a git remote.",
    "serve": "Build, serve on this machine, and rebuild on every save.",
    "check": "Find everything that is wrong, without writing output.",
    "ledger": "Record what published explainers say.",
    "quotes": "Tell how each quotation stands, and record receipts.",
    "import": "Take over a site of Hugo, Jekyll or MkDocs.",
    "changes": "Tell which claims and sources have changed.",
    "schema": "Write the JSON Schemas of site.yaml and of each front matter.",
    "stale": "List the explainers that are due for review.",
    "stats": "Tell what the publication holds.",
    "verify": "Hold a built site against its evidence and GitHub Pages' limits.",
    "editor": "Write VS Code's settings, tasks, schemas and snippets.",
    "completion": "Write the script by which a shell completes commands.",
}

_MODULES = {"import": "importing"}
"""Where a command's name can't be its module's."""

DONE, CONTENT_ERRORS, USAGE, MACHINE_FAILED = range(4)
"""Exit statuses; click itself uses 2 for a wrong command line."""


_VALUES_BETWEEN_COLLECTIONS = 1_000_000


class _LazyGroup(click.Group):
    """A group that lists its commands from a table, so that --help imports none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"sitegen.cli.{_MODULES.get(cmd_name, cmd_name)}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(sitegen.__version__, prog_name="sitegen")
def sitegen_command() -> None:
    """Turn Markdown explainers and their sources into a searchable site."""


def main(arguments: list[str] | None = None) -> Any:
    """Run the command line and end the process with its exit status."""
    from sitegen.errors import SitegenError

    with suppress(ValueError):  # only the main thread may
        signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    # One run makes few cycles and very many small values: looking for cycles often is for nothing.
    gc.set_threshold(_VALUES_BETWEEN_COLLECTIONS)
    try:
        sitegen_command.main(args=arguments, prog_name="sitegen")
    except SystemExit as ending:
        if arguments is not None or not isinstance(ending.code, int | None):
            raise
        # The system takes the memory of a large site back faster than Python gives it.
        with suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(ending.code or 0)
    except SitegenError as error:
        click.echo(f"sitegen: {error}", err=True)
        sys.exit(MACHINE_FAILED)
    except OSError as error:
        click.echo(f"sitegen: {error.filename or ''}: {error.strerror or error}", err=True)
        sys.exit(MACHINE_FAILED)
