"""sitegen completion"""

import click


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    r"""Write the script by which a shell completes sitegen's commands and options.

    \b
    bash: sitegen completion bash > ~/.local/share/bash-completion/completions/sitegen
    zsh:  sitegen completion zsh > "${fpath[1]}/_sitegen"
    fish: sitegen completion fish > ~/.config/fish/completions/sitegen.fish

    Example: sitegen completion bash
    """
    from click.shell_completion import get_completion_class

    from sitegen.cli.main import sitegen_command

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"click knows no completion for {shell}")
    script = kind(sitegen_command, {}, "sitegen", "_SITEGEN_COMPLETE").source()
    click.echo(script)
