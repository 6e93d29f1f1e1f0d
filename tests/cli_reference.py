"""Writes the reference of docs/cli.md from the commands themselves."""

import inspect
import re
from collections.abc import Iterator

import click

from sitegen.cli.main import sitegen_command

BAR = "\\|"
COMMON = ("--root", "--quiet", "--verbose")
"""Described once for all commands."""


def commands() -> Iterator[tuple[str, click.Command]]:
    context = click.Context(sitegen_command)
    for name in sitegen_command.list_commands(context):
        command = sitegen_command.get_command(context, name)
        assert command
        yield name, command


def cli_reference() -> str:
    return "\n".join(_section(name, command) for name, command in commands())


def _section(name: str, command: click.Command) -> str:
    context = click.Context(
        command, info_name=name, parent=click.Context(sitegen_command, info_name="sitegen")
    )
    usage = " ".join(command.get_usage(context).removeprefix("Usage: ").split())
    text, _, example = inspect.cleandoc(command.help or "").partition("Example: ")
    lines = [f"## sitegen {name}", "", f"```sh\n{usage}\n```", "", *_paragraphs(text)]
    rows = [
        _row(context, each)
        for each in command.params
        if isinstance(each, click.Option) and max(each.opts, key=len) not in COMMON
    ]
    if rows:
        lines += ["| option | what it does |", "| --- | --- |", *rows, ""]
    lines += ["```sh", " ".join(example.split()), "```", ""]
    return "\n".join(lines)


def _paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of a help text; one that keeps its lines is shown as code."""
    for paragraph in text.strip().split("\n\n"):
        if paragraph.startswith("\b"):
            yield f"```\n{paragraph.lstrip(chr(8)).strip()}\n```"
        else:
            yield " ".join(paragraph.split())
        yield ""


def _row(context: click.Context, option: click.Option) -> str:
    value = "" if option.is_flag else f" {_value(option)}"
    names = ", ".join(f"`{each}{value}`" for each in (*option.opts, *option.secondary_opts))
    text = " ".join((option.help or "").split())
    if option.show_default:
        text += f" [default: {option.default}]"
    text = re.sub(r" \[default: ([^\[\]]+)\]", r" Default: \1.", text)
    # A bar inside a cell is escaped in GitHub's tables, in code too.
    return f"| {names.replace('|', BAR)} | {text.replace('|', BAR)} |"


def _value(option: click.Option) -> str:
    """Return what stands for an option's value: its choices, or a word for its type."""
    if option.metavar:
        return option.metavar
    if isinstance(option.type, click.Choice):
        return "|".join(map(str, option.type.choices))
    return {"directory": "DIR", "file": "FILE", "integer range": "N", "integer": "N"}.get(
        option.type.name, option.type.name.upper()
    )
