"""The docs, held against what they describe: codes, keys, commands, views and examples."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec
import pytest

from sitegen.build import BuildOptions, check
from sitegen.cli.main import sitegen_command
from sitegen.diagnostics import CODES, render_text
from sitegen.load.document import load_document
from sitegen.load.markdown import converter
from sitegen.load.scan import ContentFile
from sitegen.model.front_matter import (
    FOLDERS,
    FRONT_MATTER,
    TAG,
    CorrectionEntry,
    EventEntry,
    Image,
    Kind,
)
from sitegen.model.settings import LoadSettings, Publisher, SiteYaml
from tests.sites import InlineSite
from tests.views_reference import views_reference

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = [*sorted(DOCS.glob("*.md")), *sorted(ROOT.glob("*.md"))]
KIND_OF_FOLDER: dict[str, Kind] = {folder: kind for kind, folder in FOLDERS.items()}

TABLES: dict[str, type[msgspec.Struct]] = {
    "Explainer": FRONT_MATTER["explainer"],
    "Events": EventEntry,
    "Corrections": CorrectionEntry,
    "Image": Image,
    "Source": FRONT_MATTER["source"],
    "Topic": FRONT_MATTER["topic"],
    "Glossary term": FRONT_MATTER["term"],
    "Author": FRONT_MATTER["author"],
    "Page": FRONT_MATTER["page"],
    "site.yaml": SiteYaml,
    "Publisher": Publisher,
}
"""The type whose keys stand in the table below each heading of docs/writing.md."""


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def section(text: str, heading: str) -> str:
    """Return what stands between a heading and the next, without code blocks."""
    plain = re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)
    found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#+ |\Z)", plain, re.M | re.S)
    assert found, heading
    return found[1]


def rows(text: str) -> dict[str, tuple[str, str]]:
    """Return the rows of a table of keys: whether each is required, and its value."""
    cells = re.findall(r"^\| `([a-z_]+)` \| (yes|) ?\| (.+?) \| .+ \|$", text, re.M)
    return {key: (required, value) for key, required, value in cells}


def complete_files() -> dict[str, str]:
    """Return the examples of docs/writing.md that are whole files, by their path."""
    blocks = re.findall(r"^```\w+ (content/\S+)\n(.*?)^```$", read("docs/writing.md"), re.M | re.S)
    return dict(blocks)


# Codes


def test_every_code_has_one_heading_and_every_heading_is_a_code() -> None:
    headings = re.findall(r"^## (.+)$", read("docs/diagnostics.md"), re.M)
    assert sorted(headings) == sorted(CODES)


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_message_a_cause_and_a_mend(code: str) -> None:
    text = section(read("docs/diagnostics.md"), code)
    assert re.search(r"^> \S", text, re.M)
    assert "**Cause.** " in text
    assert "**Mend.** " in text
    says_warning = "A warning" in text
    assert says_warning == (CODES[code] == "warning")


def test_every_code_is_listed_at_the_top() -> None:
    index = read("docs/diagnostics.md").split("\n## ")[0]
    assert sorted(re.findall(r"\(#([a-z0-9-]+)\)", index)) == sorted(CODES)


# Keys


@pytest.mark.parametrize("heading", TABLES)
def test_every_key_stands_in_its_table_and_no_other(heading: str) -> None:
    wanted = {
        field.encode_name: "yes" if field.required else ""
        for field in msgspec.structs.fields(TABLES[heading])
    }
    found = rows(section(read("docs/writing.md"), heading))
    assert {key: required for key, (required, _) in found.items()} == wanted


@pytest.mark.parametrize("heading", TABLES)
def test_every_choice_is_named(heading: str) -> None:
    schema = msgspec.json.schema(TABLES[heading])["$defs"][TABLES[heading].__name__]
    found = rows(section(read("docs/writing.md"), heading))
    for key, value in schema["properties"].items():
        if key == TAG:
            continue
        assert set(value.get("enum", ())) <= set(re.findall(r"`([^`]+)`", found[key][1])), key


# Commands


def commands() -> Iterator[tuple[str, click.Command]]:
    context = click.Context(sitegen_command)
    for name in sitegen_command.list_commands(context):
        command = sitegen_command.get_command(context, name)
        assert command
        yield name, command
        if isinstance(command, click.Group):
            for part in command.list_commands(context):
                found = command.get_command(context, part)
                assert found
                yield f"{name} {part}", found


def test_every_command_and_option_stands_in_the_readme() -> None:
    text = section(read("README.md"), "Commands")
    for name, command in commands():
        assert f"| `sitegen {name}" in text
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                longest = max(parameter.opts, key=len)
                assert f"`{longest}" in text, f"{name} {longest}"


def test_every_option_of_the_docs_exists() -> None:
    known = {"--help", "--version", "--group", "--editable", "--upgrade", "--files"}
    known |= {
        option
        for _, command in commands()
        for each in command.params
        for option in (*each.opts, *each.secondary_opts)
    }
    for name in (
        "README.md",
        "docs/writing.md",
        "docs/diagnostics.md",
        "docs/sources.md",
        "docs/links.md",
        "docs/publishing.md",
    ):
        used = set(re.findall(r"(?<![\w`-]{2})--[a-z][a-z-]+", read(name)))
        used -= {each for each in used if each.endswith("--")}
        assert used <= known, name


@pytest.mark.parametrize(("name", "command"), list(commands()))
def test_every_help_has_an_example(name: str, command: click.Command) -> None:
    assert f"Example: sitegen {name} " in " ".join((command.help or "").split())


# Examples


@pytest.mark.parametrize("path", [path for path in complete_files() if path.endswith(".md")])
def test_complete_examples_load(path: str) -> None:
    kind = KIND_OF_FOLDER[path.split("/")[1]]
    file = ContentFile(kind=kind, path=path, data=complete_files()[path].encode())
    loaded = load_document(file, LoadSettings(language="en", extensions=()))
    assert not loaded.diagnostics, render_text(loaded.diagnostics)


def test_there_is_a_complete_example_of_every_kind() -> None:
    assert {path.split("/")[1] for path in complete_files()} == {*FOLDERS.values(), "site.yaml"}


def test_complete_examples_make_a_publication(tmp_path: Path) -> None:
    files = complete_files() | {"content/assets/houses.jpg": ""}
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    found = check(BuildOptions(root=tmp_path, as_of="2025-02-01", strict=True)).diagnostics
    assert not found, render_text(found)


def test_every_form_of_citation_is_read() -> None:
    text = section(read("docs/writing.md"), "Citations and claims")
    forms = re.findall(r"^\| `(.+?\[@.+?)` \|", text, re.M)
    assert len(forms) == 10
    for form in forms:
        rendered = converter(()).body("x.md", form)
        assert not rendered.findings, form
        assert len(rendered.citations.found) == form.count("@"), form
        assert ('class="claim"' in ">".join(rendered.pieces)) == (
            form.startswith(("[", "「")) and "][@" in form
        )


def test_every_form_of_link_is_read() -> None:
    text = section(read("docs/writing.md"), "Links")
    forms = re.findall(r"^\| `(\[.+?)` \|", text, re.M)
    assert len(forms) == 9
    for form in forms:
        rendered = converter(()).body("x.md", form.replace("\\|", "|"))
        assert "<a href=" in ">".join(rendered.pieces), form


# Templates


def test_the_reference_of_views_is_what_the_types_say(update_golden: bool) -> None:
    head, mark, reference = read("docs/templates.md").partition("<!-- views -->\n\n")
    assert mark
    if update_golden:
        (DOCS / "templates.md").write_text(head + mark + views_reference(), encoding="utf-8")
    else:
        assert reference == views_reference(), "write it anew with --update-golden"


def test_every_block_of_the_base_template_is_described() -> None:
    blocks = re.findall(r"{% block (\w+) %}", read("templates/base.html"))
    table = section(read("docs/templates.md"), "Change the frame")
    assert sorted(re.findall(r"^\| `(\w+)` \|", table, re.M)) == sorted(blocks)


def test_the_recipes_of_the_templates_work(site: InlineSite) -> None:
    frame, masthead = read("templates/base.html"), read("templates/partials/masthead.html")
    assert '<header class="mast">' in masthead
    linked = """<link rel="stylesheet" href="{{ page.frame.assets['site.css'] }}">"""
    assert linked in frame
    own = linked + "\n" + linked.replace("site.css", "own.css")
    masthead = masthead.replace('<header class="mast">', '<header class="mast ours">')
    site.edit(f"""
-- templates/base.html --
{frame.replace(linked, own)}
-- templates/partials/masthead.html --
{masthead}
-- templates/assets/own.css --
:root {{ --ink: navy; }}
-- templates/partials/footer.html --
<footer>Ours alone</footer>
-- templates/strings/en.yaml --
key_points: In short
nav:
  explainers: Briefings
-- templates/strings/de.yaml --
key_points: Kurz gesagt
-- content/explainers/rents.de.md --
---
title: Warum Mieten steigen
summary: Kurz.
date: 2025-01-11
topics: [housing]
sources: [report-2024]
key_points: ["Sie [stiegen][@report-2024]."]
---
""")
    assert site.build().published, site.said()
    page = site.output("explainers/rents/index.html")
    for words in (
        '<header class="mast ours">',
        "Ours alone",
        "In short",
        ">Briefings<",
        "assets/own.",
    ):
        assert words in page, words
    [sheet] = (site.root / "output/assets").glob("own.*.css")
    assert sheet.name in page
    german = site.output("de/explainers/rents/index.html")
    assert "Kurz gesagt" in german
    assert ">Briefings<" in german


def test_the_recipe_for_a_kind_of_page_works(site: InlineSite, tmp_path: Path) -> None:
    """Does what the recipe says, in a copy of the package."""
    text = read("docs/templates.md")
    blocks = dict(re.findall(r"^```\w+ (\S+)\n(.*?)^```$", text, re.M | re.S))
    house = tmp_path / "house"
    for folder in ("sitegen", "templates"):
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / folder, house / folder, ignore=ignore)

    def change(path: str, *changes: tuple[str, str]) -> None:
        text = (house / path).read_text("utf-8")
        for before, after in changes:
            assert before in text, (path, before)
            text = text.replace(before, after, 1)
        (house / path).write_text(text, encoding="utf-8")

    mapped, yielded = blocks["sitegen/render/page_recipes.py"].splitlines()
    change(
        "sitegen/render/views/overviews.py",
        ("\nPageView = (", f"\n{blocks['sitegen/render/views/overviews.py']}\n\nPageView = ("),
    )
    change(
        "sitegen/render/overviews.py",
        ("    NotFoundPage,\n", "    NotFoundPage,\n    PublishersPage,\n"),
        ("\ndef search_view(", f"\n{blocks['sitegen/render/overviews.py']}\n\ndef search_view("),
    )
    change(
        "sitegen/render/page_recipes.py",
        ('    "search": lambda', f'{mapped}\n    "search": lambda'),
        ('    yield single("home"', f'{yielded}\n    yield single("home"'),
    )
    change("templates/strings/en.yaml", ("nav:\n", "nav:\n  publishers: Publishers\n"))
    (house / "templates/publishers.html").write_text(blocks["templates/publishers.html"], "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "sitegen", "build", "--no-search", "--root", site.root],
        cwd=house,
        env=os.environ | {"PYTHONPATH": str(house)},
        capture_output=True,
        text=True,
    )
    assert not done.returncode, done.stderr
    page = site.output("publishers/index.html")
    assert "<h1>Publishers</h1>" in page
    assert ">The Rent Office <span>1</span></a>" in page


# Everything


def test_every_dependency_has_its_paragraph() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    text = read("docs/dependencies.md")
    extras = project["optional-dependencies"].values()
    for requirement in (*project["dependencies"], *(each for extra in extras for each in extra)):
        name = re.match(r"[a-z0-9_-]+(?:\[[a-z]+\])?", requirement)
        assert name
        assert f"| `{name[0]}` |" in text, requirement


def test_the_readme_begins_with_the_two_commands() -> None:
    lines = [line for line in read("README.md").split("\n") if line]
    assert lines[1] == "```sh"
    assert lines[2].startswith("make site ")
    assert lines[3].startswith("make test ")


def anchors(text: str) -> set[str]:
    """Return the ids that GitHub gives to headings."""
    headings = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S), re.M)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_the_docs_lead_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```$|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.M | re.S)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        path, _, anchor = target.partition("#")
        if path.startswith("https:"):
            continue
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), f"{page.name}: {target}"
        assert not anchor or anchor in anchors(file.read_text("utf-8")), f"{page.name}: {target}"
