"""docs/cli.md, held against the commands' own help."""

from pathlib import Path

from tests.cli_reference import cli_reference, commands

DOC = Path(__file__).parent.parent / "docs" / "cli.md"


def test_the_reference_of_commands_is_what_their_help_says(update_golden: bool) -> None:
    head, mark, reference = DOC.read_text("utf-8").partition("<!-- commands -->\n\n")
    assert mark
    if update_golden:
        DOC.write_text(head + mark + cli_reference(), encoding="utf-8")
    else:
        assert reference == cli_reference(), "write it anew with --update-golden"


def test_each_example_is_a_command_line_that_can_be_read() -> None:
    for name, command in commands():
        text = (command.help or "").partition("Example: ")[2]
        words = text.replace('"', "").split()
        assert words[:2] == ["sitegen", name]
        known = {option for each in command.params for option in each.opts}
        assert {word for word in words if word.startswith("--")} <= known, name
