"""The commands as their users run them: what they print, write and exit with."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sites import InlineSite


def sitegen(
    *arguments: object, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "sitegen", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1738368000", **environment},
        check=False,
    )


def test_build_finds_the_publication_upward_and_says_what_it_did(site: InlineSite) -> None:
    done = sitegen("build", "--no-search", cwd=site.root / "content" / "topics")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("built 1 explainer, ")
    assert (site.root / "output" / "index.html").is_file()


def test_errors_exit_with_1_and_leave_the_output_alone(site: InlineSite) -> None:
    sitegen("build", "--no-search", "--root", site.root)
    before = site.tree()
    site.replace("content/explainers/rents.md", "[housing]", "[housng]")
    done = sitegen("build", "--no-search", "--root", site.root)
    assert done.returncode == 1
    assert (
        "content/explainers/rents.md:5:10: error[unknown-topic]: no topic 'housng'" in done.stderr
    )
    assert "    |          ^^^^^^" in done.stderr
    assert "did you mean 'housing'? Topics live in content/topics/." in done.stderr
    assert done.stderr.endswith("1 error\n")
    assert "Traceback" not in done.stderr
    assert site.tree() == before


def test_warnings_stop_a_strict_build_only(site: InlineSite) -> None:
    site.replace("content/explainers/rents.md", 'known: ["[Rents rose][@report-2024]."]\n', "")
    assert sitegen("build", "--no-search", "--root", site.root).returncode == 0
    done = sitegen("build", "--no-search", "--strict", "--root", site.root)
    assert done.returncode == 1
    assert "warning[known-without-unknown]" in done.stderr


def test_a_wrong_command_line_exits_with_2(site: InlineSite, tmp_path: Path) -> None:
    assert sitegen("build", "--as-of", "2025-13-01", "--root", site.root).returncode == 2
    assert sitegen("build", "--no-such-option").returncode == 2
    outside = tmp_path / "empty"
    outside.mkdir()
    done = sitegen("build", cwd=outside)
    assert done.returncode == 2
    assert "sitegen init" in done.stderr


def test_a_machine_that_fails_exits_with_3(site: InlineSite) -> None:
    (site.root / "output").write_text("a file, not a folder")
    done = sitegen("build", "--no-search", "--root", site.root)
    assert done.returncode == 3
    assert "not a folder" in done.stderr
    assert "Traceback" not in done.stderr


def test_check_writes_nothing(site: InlineSite) -> None:
    done = sitegen("check", "--root", site.root)
    assert done.returncode == 0
    assert done.stdout == "checked 6 files, as of 2025-02-01\n"
    assert not (site.root / "output").exists()


@pytest.mark.parametrize(("form", "begins"), [("json", "["), ("github", "::error file=")])
def test_check_in_other_formats(site: InlineSite, form: str, begins: str) -> None:
    site.replace("content/explainers/rents.md", "[housing]", "[housng]")
    done = sitegen("check", "--format", form, "--root", site.root)
    assert done.returncode == 1
    assert done.stderr.startswith(begins)
    if form == "json":
        assert json.loads(done.stderr)[0]["code"] == "unknown-topic"


def test_the_report_holds_counts_and_what_was_rendered(site: InlineSite, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    sitegen("build", "--no-search", "--report", report, "--root", site.root)
    held = json.loads(report.read_text("utf-8"))
    assert held["as_of"] == "2025-02-01"
    assert held["counts"]["explainer"] == 1
    assert "explainers/rents/index.html" in held["rendered"]
    assert set(held["seconds"]) >= {"load", "resolve", "render", "publish"}


def test_the_base_url_of_the_command_line_wins(site: InlineSite) -> None:
    sitegen("build", "--no-search", "--base-url", "https://example.com/x", "--root", site.root)
    assert 'href="https://example.com/x/explainers/rents/"' in site.output(
        "explainers/rents/index.html"
    )


def test_help_imports_none_of_the_heavy_libraries() -> None:
    code = (
        "import sys; from sitegen.cli.main import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'babel', 'markdown', 'jinja2', 'yaml', 'nh3', 'livereload', 'tornado',"
        " 'watchfiles'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("[]\n")
    assert "serve" in done.stdout


def test_a_publication_s_template_wins_over_the_default(site: InlineSite) -> None:
    page = '{% extends "base.html" %}{% block main %}<h1>Own</h1>{% endblock %}'
    site.edit(f"-- templates/page.html --\n{page}")
    sitegen("build", "--no-search", "--root", site.root)
    assert "<h1>Own</h1>" in site.output("about/index.html")


def test_a_mistake_in_a_template_is_said_with_its_line(site: InlineSite) -> None:
    site.edit("-- templates/page.html --\n<p>\n{{ page.titel }}")
    done = sitegen("build", "--no-search", "--root", site.root)
    assert done.returncode == 1
    assert "templates/page.html:2: error[template-undefined]" in done.stderr
    assert "did you mean 'title'?" in done.stderr


def test_what_no_page_can_hold_is_said_of_its_template(site: InlineSite) -> None:
    site.edit('-- templates/page.html --\n<p>{{ "\\ud800" }}</p>')
    done = sitegen("build", "--no-search", "--root", site.root)
    assert done.returncode == 1
    assert "templates/page.html: error[template-failed]" in done.stderr
    assert "Traceback" not in done.stderr


def test_site_yaml_can_make_warnings_count_in_a_check_too(site: InlineSite) -> None:
    site.replace("content/explainers/rents.md", "A rent cap was", "TODO: say more. A rent cap was")
    assert sitegen("check", "--root", site.root).returncode == 0
    site.replace("content/site.yaml", "language: en", "language: en\nstrict: true")
    assert sitegen("check", "--root", site.root).returncode == 1
    assert sitegen("build", "--no-search", "--root", site.root).returncode == 1
