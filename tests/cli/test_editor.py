"""sitegen editor, completion and the pre-commit hook: what an editor and a shell are given."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from sitegen.cli.main import sitegen_command
from sitegen.diagnostics import CODES
from tests.sites import InlineSite

jsonschema = pytest.importorskip("jsonschema")
ROOT = Path(__file__).parent.parent.parent


def run(*arguments: object) -> Result:
    return CliRunner().invoke(sitegen_command, [str(each) for each in arguments])


def commented_json(path: Path) -> Any:
    lines = path.read_text("utf-8").split("\n")
    return json.loads("\n".join(each for each in lines if not each.strip().startswith("//")))


@pytest.fixture
def edited(site: InlineSite) -> InlineSite:
    result = run("editor", "--root", site.root)
    assert result.exit_code == 0, result.output
    return site


def test_each_source_can_be_cited_from_a_snippet_that_builds(edited: InlineSite) -> None:
    made = commented_json(edited.root / ".vscode/sitegen.code-snippets")
    claim = made["Claim report-2024"]
    assert claim["description"] == "Claim: A report on rents, The Rent Office"
    assert made["Cite report-2024"]["prefix"] == "cite-report-2024"
    typed = [
        re.sub(r"\$\{\d+:([^}]*)\}", r"\1", made[f"{form} report-2024"]["body"])
        for form in ("Claim", "Cite")
    ]
    edited.replace("content/explainers/rents.md", "A rent cap was", " ".join(typed) + " It was")
    assert edited.build().published, edited.said()
    assert "the words it supports" in edited.output("explainers/rents/index.html")


def test_the_snippets_follow_the_sources_and_keep_what_is_yours(edited: InlineSite) -> None:
    (edited.root / ".vscode/settings.json").write_text("{}", "utf-8")
    assert "renewed" in run("new", "source", "A survey", "--root", edited.root).stdout
    snippets = edited.root / ".vscode/sitegen.code-snippets"
    assert "Cite a-survey" in commented_json(snippets)
    edited.delete("content/sources/a-survey.md")
    assert "left as it is: .vscode/settings.json" in run("editor", "--root", edited.root).stdout
    assert "Cite a-survey" not in commented_json(snippets)
    assert (edited.root / ".vscode/settings.json").read_text("utf-8") == "{}"
    snippets.write_text("{}", "utf-8")
    assert run("editor", "--root", edited.root).exit_code == 1
    assert snippets.read_text("utf-8") == "{}"


def test_nothing_is_written_through_a_link_out_of_the_publication(
    site: InlineSite, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (site.root / ".vscode").symlink_to(tmp_path / "elsewhere")
    assert "leads out of" in str(run("editor", "--root", site.root).exception)
    assert not list((tmp_path / "elsewhere").iterdir())


def test_the_schema_that_vs_code_is_given_fits_site_yaml(edited: InlineSite) -> None:
    settings = commented_json(edited.root / ".vscode/settings.json")
    for schema, checked in settings["yaml.schemas"].items():
        validator = jsonschema.Draft202012Validator(json.loads((edited.root / schema).read_text()))
        value = yaml.safe_load((edited.root / checked).read_text("utf-8"))
        assert validator.is_valid(value)
        # As a checker of an older dialect reads it, which is what most editors have.
        assert jsonschema.Draft7Validator(validator.schema).is_valid(value)
        assert not validator.is_valid({**value, "titel": "x"})


def test_vs_code_finds_every_diagnostic_of_a_check(edited: InlineSite) -> None:
    edited.replace("content/explainers/rents.md", "[housing]", "[housng]")
    edited.edit("-- content/explainers/Bad name.md --\n---\ntitle: T\nsummary: S\n---\n")
    result = run("check", "--root", edited.root)
    heads = [line for line in result.stderr.split("\n") if re.search(r": (error|warning)\[", line)]
    assert len(heads) > 3
    tasks = {
        each["label"]: each for each in commented_json(edited.root / ".vscode/tasks.json")["tasks"]
    }
    with_line, of_file = (each["pattern"] for each in tasks["sitegen: check"]["problemMatcher"])
    for head in heads:
        found = re.match(with_line["regexp"], head)
        alone = re.match(of_file["regexp"], head)
        assert bool(found) != bool(alone), head
        match, pattern = (found, with_line) if found else (alone, of_file)
        assert match
        assert (edited.root / match[pattern["file"]]).is_file()
        assert match[pattern["code"]] in CODES
        assert match[pattern["severity"]] in ("error", "warning")
    assert any(re.match(of_file["regexp"], head) for head in heads)
    for task in tasks.values():
        words = task["command"].split()
        assert run(*words[1:], "--help").exit_code == 0


@pytest.mark.parametrize(
    ("shell", "asked", "answer"),
    [
        ("bash", "complete -p sitegen", "_sitegen_completion sitegen"),
        ("zsh", "print $_comps[sitegen]", "_sitegen_completion"),
        ("fish", "complete --do-complete 'sitegen chec'", "check\tFind everything that is wrong"),
    ],
)
def test_each_shell_takes_its_script(
    shell: str, asked: str, answer: str, site: InlineSite, tmp_path: Path
) -> None:
    script = tmp_path / "script"
    script.write_text(run("completion", shell).stdout, "utf-8")
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here: 'apt-get install {shell}', or tests/cli/install-shells.sh")
    assert not subprocess.run([shell, "-n", script], check=True, capture_output=True).stderr
    ready = "autoload -Uz compinit; compinit -u -D; " if shell == "zsh" else ""
    done = subprocess.run(
        [shell, "-c", f"{ready}source {script}; {asked}"],
        cwd=site.root,
        env={**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
    )
    assert not done.stderr
    assert answer in done.stdout


def test_a_shell_is_told_commands_options_kinds_and_names(site: InlineSite) -> None:
    def completed(*words: str) -> set[str]:
        environment = {
            "_SITEGEN_COMPLETE": "bash_complete",
            "COMP_WORDS": " ".join(("sitegen", *words)),
            "COMP_CWORD": str(len(words)),
        }
        command = [sys.executable, "-m", "sitegen"]
        done = subprocess.run(
            command,
            cwd=site.root,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
        )
        return {line.partition(",")[2] for line in done.stdout.splitlines()}

    assert completed("che") == {"check"}
    assert "--strict" in completed("build", "--s")
    assert completed("new", "so") == {"source"}
    assert completed("new", "explainer", "T", "--source", "rep") == {"report-2024"}


def test_the_pre_commit_hook_runs_a_command_that_there_is() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    for hook in hooks:
        program, command, *options = hook["entry"].split()
        assert program == "sitegen"
        assert run(command, *options, "--help").exit_code == 0
        assert hook["pass_filenames"] is False
        assert re.search(hook["files"], "content/explainers/x.md")
        assert not re.search(hook["files"], "docs/content/x.md")
