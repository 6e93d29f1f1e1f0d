"""The workflows: pinned, careful, and each of their commands run as the runner would."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from sitegen.scaffold.workflow import check_workflow, links_workflow, pages_workflow
from tests.sites import InlineSite

ROOT = Path(__file__).parent.parent.parent
BIN = Path(sys.executable).parent
WORKFLOWS = {
    "pages.yml": pages_workflow(".", midnight=15),
    "check.yml": check_workflow("."),
    "links.yml": links_workflow("."),
}


def steps(name: str) -> Iterator[dict[str, Any]]:
    for job in yaml.safe_load(WORKFLOWS[name])["jobs"].values():
        yield from job["steps"]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_our_own_workflows_are_those_that_init_writes(name: str) -> None:
    assert (ROOT / ".github/workflows" / name).read_text("utf-8") == WORKFLOWS[name]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_actions_are_github_s_own_and_pinned(name: str) -> None:
    used = [step["uses"] for step in steps(name) if "uses" in step]
    assert len(used) >= 4
    for each in used:
        assert re.fullmatch(r"actions/[a-z-]+(?:/[a-z]+)?@[0-9a-f]{40}", each)
        assert re.search(rf"{each} # v\d+\.\d+\.\d+\n", WORKFLOWS[name])
    assert not any("${{" in step.get("run", "") for step in steps(name))
    assert "secrets" not in WORKFLOWS[name]
    for step in steps(name):
        if "/checkout@" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False


def test_each_job_may_do_only_what_it_must() -> None:
    pages, check, links = map(yaml.safe_load, WORKFLOWS.values())
    assert pages["permissions"] == check["permissions"] == links["permissions"] == {}
    assert links["jobs"]["ask"]["permissions"] == {"contents": "read"}
    propose = links["jobs"]["propose"]
    assert propose["permissions"] == {"contents": "write", "pull-requests": "write"}
    assert "vars.PROPOSE_LINKS == 'true'" in propose["if"]
    assert not any(
        program in step.get("run", "")
        for step in propose["steps"]
        for program in ("pip", "sitegen ")
    )
    assert pages["jobs"]["build"]["permissions"] == {"contents": "read", "pages": "read"}
    assert pages["jobs"]["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert check["jobs"]["check"]["permissions"] == {"contents": "read"}
    # YAML 1.1 reads the key `on` as true.
    assert set(check[True]) == {"pull_request"}
    assert "cache" not in " ".join(step.get("uses", "") for step in steps("check.yml"))
    for step in steps("pages.yml"):
        if "/cache/" in step.get("uses", ""):
            assert step["if"] == "github.ref == 'refs/heads/main'"


@pytest.mark.skipif(shutil.which("zizmor", path=BIN) is None, reason="zizmor is not installed")
def test_zizmor_finds_no_way_in(tmp_path: Path) -> None:
    for name, text in WORKFLOWS.items():
        (tmp_path / name).write_text(text, "utf-8")
    command = [str(BIN / "zizmor"), "--offline", "--no-progress", "--persona", "pedantic"]
    done = subprocess.run([*command, *map(str, tmp_path.iterdir())], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(
    shutil.which("actionlint", path=BIN) is None, reason="actionlint is not installed"
)
def test_actionlint_finds_no_mistake(tmp_path: Path) -> None:
    def linted(*texts: str) -> str:
        paths = [tmp_path / f"{number}.yml" for number in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, "utf-8")
        command = [str(BIN / "actionlint"), "-no-color", *map(str, paths)]
        return subprocess.run(command, capture_output=True, text=True).stdout

    # It knows the inputs of an action by its tag, not by the commit.
    tagged = [re.sub(r"@\w{40} # (v\d+)\S+", r"@\1", each) for each in WORKFLOWS.values()]
    assert not linted(*WORKFLOWS.values(), *tagged)
    wrong = 'input "persists-credentials" is not defined in action "actions/checkout'
    assert wrong in linted(tagged[1].replace("persist-", "persists-"))


Runner = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def runner(site: InlineSite, tmp_path: Path) -> Runner:
    """Run the step of a name in the publication, in the shell that GitHub uses."""

    def run(name: str, step_name: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        step = next(each for each in steps(name) if each.get("name") == step_name)
        given = {each for each in environment if not each.startswith("GITHUB_")}
        assert given <= set(step.get("env", {}))
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=site.root,
            env={
                **os.environ,
                "PATH": f"{BIN}:{os.environ['PATH']}",
                "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
                "SOURCE_DATE_EPOCH": "1738411200",
                **environment,
            },
            capture_output=True,
            text=True,
        )

    return run


def test_a_deployment_s_commands_build_for_the_address_of_pages(
    site: InlineSite, runner: Runner
) -> None:
    site.replace("content/site.yaml", "language: en", "language: en\nsearch: false")
    built = runner("pages.yml", "Build output/", BASE_URL="https://someone.github.io/$(touch x)")
    assert built.returncode != 0
    assert not (site.root / "x").exists()
    built = runner("pages.yml", "Build output/", BASE_URL="https://someone.github.io/else")
    assert built.returncode == 0, built.stderr
    assert 'href="https://someone.github.io/else/explainers/rents/"' in site.output(
        "explainers/rents/index.html"
    )
    limits = "Check the limits of GitHub Pages"
    assert "GitHub Pages takes them" in runner("pages.yml", limits).stdout
    (site.root / "output/link").symlink_to("index.html")
    (site.root / "output/copy").hardlink_to(site.root / "output/feed.xml")
    (site.root / "output/api").chmod(0o700)
    (site.root / "output/robots.txt").chmod(0o600)
    refused = runner("pages.yml", limits)
    assert refused.returncode == 1
    for words in ("link: a symbolic link", "copy: a hard link", "api: not ", "robots.txt: not "):
        assert words in refused.stderr


def test_a_deployment_takes_no_page_and_no_cache_that_somebody_committed(
    site: InlineSite, runner: Runner
) -> None:
    assert not site.build().diagnostics
    cleared = "Take neither a cache nor a built site from the repository"
    names = [step.get("name") for step in steps("pages.yml")]
    assert names.index(cleared) < names.index("Get what earlier builds have worked out")
    assert runner("pages.yml", cleared).returncode == 0
    assert {each.name for each in site.root.iterdir()} == {"content"}


def test_a_deployment_warns_of_a_ledger_that_nobody_has_committed(
    site: InlineSite, runner: Runner
) -> None:
    def warned() -> bool:
        done = runner("pages.yml", "Hold what is published against the ledger")
        assert done.returncode == 0, done.stderr
        return "::warning file=content/ledger.json::" in done.stdout

    def git(*arguments: str) -> None:
        identity = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
        subprocess.run(["git", *identity, *arguments], cwd=site.root, check=True)

    git("init", "--quiet")
    assert warned()
    git("add", "content")
    git("commit", "--quiet", "--message", "Begin")
    assert not warned()
    site.replace("content/explainers/rents.md", "## What comes next", "It was [2 %][@report-2024].")
    assert warned()


def test_new_answers_of_links_are_proposed_in_one_pull_request(
    site: InlineSite, runner: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remote, lock = tmp_path / "remote.git", site.root / "content/links.lock"
    (tmp_path / "gitconfig").write_text(
        f'[user]\nname = Ada\nemail = ada@example.org\n[url "{remote.as_uri()}"]\n'
        "insteadOf = https://x-access-token:token@github.example/ada/briefings\n"
    )
    gh = tmp_path / "bin/gh"
    gh.parent.mkdir()
    gh.write_text(
        "#!/bin/sh\n"
        f'case "$2" in list) cat "{tmp_path}/open";; *) echo "$@" >> "{tmp_path}/made";; esac\n'
    )
    gh.chmod(0o755)
    monkeypatch.setenv("PATH", f"{gh.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))

    def git(*arguments: str) -> str:
        command = ["git", *arguments]
        done = subprocess.run(command, cwd=site.root, check=True, capture_output=True, text=True)
        return done.stdout

    def is_new() -> bool:
        output = tmp_path / "outputs"
        output.write_text("")
        done = runner("links.yml", "See whether an answer is new", GITHUB_OUTPUT=str(output))
        assert done.returncode == 0, done.stderr
        return output.read_text() == "changed=true\n"

    def propose(now_open: int) -> str:
        (tmp_path / "open").write_text(f"{now_open}\n")
        done = runner(
            "links.yml",
            "Open or renew the pull request",
            GH_TOKEN="token",
            GITHUB_SERVER_URL="https://github.example",
            GH_REPO="ada/briefings",
            GITHUB_REF_NAME="main",
        )
        assert done.returncode == 0, done.stderr
        return git("-C", str(remote), "show", "sitegen-links:content/links.lock")

    git("init", "--quiet", "--bare", str(remote))
    git("init", "--quiet", "--initial-branch", "main")
    git("add", "content")
    git("commit", "--quiet", "--message", "Begin")
    (site.root / "unrelated.txt").write_text("not ours to propose")
    assert not is_new()
    lock.write_text("alive 2025-02-01 200 https://example.org/report\n")
    assert is_new()
    assert "alive" in propose(now_open=0)
    git("checkout", "--quiet", "--detach", "HEAD~1")
    lock.write_text("dead 2025-02-08 404 https://example.org/report\n")
    assert "dead" in propose(now_open=1)
    assert git("-C", str(remote), "diff", "--name-only", "sitegen-links~1", "sitegen-links") == (
        "content/links.lock\n"
    )
    (made,) = (tmp_path / "made").read_text().splitlines()
    assert "--base main --head sitegen-links" in made


def test_a_site_that_is_too_large_is_refused(site: InlineSite, runner: Runner) -> None:
    site.build()
    with (site.root / "output/film.mp4").open("wb") as file:
        file.truncate(1_000_000_001)  # sparse: takes no room
    refused = runner("pages.yml", "Check the limits of GitHub Pages")
    assert refused.returncode == 1
    assert "1.00 GB in all; GitHub Pages publishes at most 1 GB" in refused.stderr


def test_a_check_s_commands_tell_a_reviewer_what_changes(
    site: InlineSite, runner: Runner, tmp_path: Path
) -> None:
    site.replace("content/site.yaml", "language: en", "language: en\nsearch: false")
    shutil.copytree(site.root / "content", site.root / ".before" / "content")
    site.replace("content/explainers/rents.md", "by 4 per cent]", "by 5 per cent <@you> #1]")
    site.replace("content/sources/report-2024.md", "kind: report", "kind: law")
    site.edit("-- content/sources/new.md --\n---\ntitle: N\npublisher: P\npublished: 2025\n---\n")
    assert runner("check.yml", "Check the content").returncode == 0
    summed = runner("check.yml", "Sum up the claims and sources that change")
    assert summed.returncode == 0, summed.stderr
    summary = (tmp_path / "summary.md").read_text("utf-8")
    assert "Claims added: 1. Claims removed: 1. Sources changed: 2." in summary
    assert "- removed: rents rose by 4 per cent" in summary
    assert "- new: new, N\n- changed: report\\-2024, A report on rents\n  - kind: report → law" in (
        summary
    )
    assert "@you" not in summary
    assert " #1" not in summary
    assert runner("check.yml", "Build a preview").returncode == 0
    assert (site.root / "preview/explainers/rents/index.html").is_file()
    assert runner("check.yml", "Check the limits of GitHub Pages").returncode == 0

    site.replace("content/explainers/rents.md", "[housing]", "[houses]")
    wrong = runner("check.yml", "Check the content")
    assert wrong.returncode == 1
    assert "::error file=content/explainers/rents.md,line=5," in wrong.stdout + wrong.stderr


def test_changes_can_be_read_by_programs_and_bear_a_broken_state_before(
    site: InlineSite, tmp_path: Path
) -> None:
    def told(*options: str) -> str:
        command = [sys.executable, "-m", "sitegen", "changes", *options, "--root", str(site.root)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return done.stdout

    before = tmp_path / "before"
    shutil.copytree(site.root, before)
    assert told(str(before)) == "no claim and no source has changed\n"
    (before / "content/explainers/rents.md").unlink()
    new = json.loads(told(str(before), "--format", "json"))["explainers"]
    assert [(each["name"], each["kind"], len(each["added"])) for each in new] == [
        ("rents", "new", 3)
    ]
    (before / "content/site.yaml").unlink()
    assert "nothing can be compared" in told(str(before))
