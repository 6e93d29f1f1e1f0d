"""sitegen init and sitegen new: what they write builds, and nothing is ever overwritten."""

import re
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from sitegen.build import BuildOptions, build, check
from sitegen.cli.main import sitegen_command
from sitegen.diagnostics import render_text
from sitegen.load.document import load_document
from sitegen.load.scan import ContentFile
from sitegen.load.settings import load_settings
from sitegen.model.front_matter import FOLDERS, FRONT_MATTER, Kind
from sitegen.model.settings import LoadSettings, SiteYaml
from sitegen.scaffold.content_file import NewFile, content_path, content_text
from sitegen.scaffold.publication import publication_files
from tests.sites import InlineSite

DAY = "2025-02-01"
KINDS = sorted(FRONT_MATTER)
TITLES = [
    "Plain",
    "It: has a colon",
    '"Quoted" # and more',
    "it's",
    "- [x] {y}",
    "no",
    "2025",
    "家賃",
]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(sitegen_command, [str(each) for each in arguments])


@pytest.fixture(autouse=True)
def on_a_known_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1738411200")  # 2025-02-01T12:00:00Z


def new(site: InlineSite, kind: str, title: str, *options: str) -> str:
    result = run("new", kind, "--root", site.root, *options, "--", title)
    assert result.exit_code == 0, result.output
    path = re.match(r"made (\S+)", result.stdout)
    assert path
    return (site.root / path[1]).read_text("utf-8")


def load(kind: Kind, text: str, path: str = "") -> object:
    file = ContentFile(kind=kind, path=path or content_path(kind, "x"), data=text.encode())
    loaded = load_document(file, LoadSettings(language="en", extensions=()))
    wrong = [each for each in loaded.diagnostics if each.code != "todo-left"]
    assert not wrong, render_text(wrong)
    assert loaded.document
    return loaded.document.meta


# init


def test_a_new_publication_builds_without_a_warning(tmp_path: Path) -> None:
    folder = tmp_path / "briefings"
    result = run("init", folder, "--title", "Briefings")
    assert result.exit_code == 0
    options = BuildOptions(root=folder, strict=True, search=False)
    assert not check(options).diagnostics
    assert build(options).explainers == 1
    page = folder / "output" / "explainers" / "how-to-write-an-explainer" / "index.html"
    assert "How to write an explainer" in page.read_text("utf-8")


def test_a_new_publication_exercises_every_kind() -> None:
    files = publication_files("Briefings", "https://example.org/", "sitegen")
    for folder in FOLDERS.values():
        assert any(path.startswith(f"content/{folder}/") for path in files)


def test_init_works_in_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("init").exit_code == 0
    assert (tmp_path / "content" / "site.yaml").is_file()


def test_init_writes_nothing_where_a_file_stands_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    result = run("init", tmp_path)
    assert result.exit_code == 1
    assert "README.md already exists" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]
    assert (tmp_path / "README.md").read_text("utf-8") == "mine"


def test_init_does_not_follow_a_dangling_link(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").symlink_to(tmp_path / "elsewhere")
    assert run("init", tmp_path).exit_code == 1
    assert not (tmp_path / "elsewhere").exists()


def test_init_ignores_what_is_made_and_what_is_somebodys(tmp_path: Path) -> None:
    run("init", tmp_path)
    ignored = (tmp_path / ".gitignore").read_text("utf-8").split()
    assert {"/output/", "/.sitegen/", "/.venv/", "/content/snapshots/"} <= set(ignored)


@pytest.mark.parametrize("title", TITLES)
def test_the_settings_of_a_new_publication_are_what_was_asked_for(title: str) -> None:
    files = publication_files(title, "https://example.org/a/", "sitegen")
    settings, found = load_settings(files["content/site.yaml"].encode())
    assert not found
    assert settings
    assert (settings.title, settings.base_url) == (title, "https://example.org/a/")


def test_the_settings_file_names_every_key() -> None:
    text = publication_files("T", "https://example.org/", "sitegen")["content/site.yaml"]
    keys = set(re.findall(r"^(?:# )?([a-z_]+):", text, re.MULTILINE))
    assert keys == set(SiteYaml.__struct_fields__)


@pytest.mark.parametrize(
    "wrong", [["--base-url", "example.org"], ["--title", "a\x07b"], ["--title", " "]]
)
def test_init_refuses_what_it_can_not_use(tmp_path: Path, wrong: list[str]) -> None:
    assert run("init", tmp_path / "p", *wrong).exit_code == 2
    assert not (tmp_path / "p").exists()


def test_a_new_publication_never_installs_a_stranger_s_package(tmp_path: Path) -> None:
    run("init", tmp_path)
    lines = (tmp_path / "requirements.txt").read_text("utf-8").splitlines()
    assert all(line.startswith("#") or " @ " in line for line in lines)
    workflow = (tmp_path / ".github" / "workflows" / "pages.yml").read_text("utf-8")
    assert "pip install --requirement requirements.txt" in workflow


def test_the_requirement_can_be_named(tmp_path: Path) -> None:
    run("init", tmp_path, "--requirement", "./sitegen-0.1.0-py3-none-any.whl")
    lines = (tmp_path / "requirements.txt").read_text("utf-8").splitlines()
    assert lines[-1] == "./sitegen-0.1.0-py3-none-any.whl"


# new


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("title", TITLES)
def test_a_new_file_says_what_was_asked_for(site: InlineSite, kind: Kind, title: str) -> None:
    meta = load(kind, new(site, kind, title, "--slug", "made"))
    assert title in (getattr(meta, name, None) for name in ("title", "term", "name"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_file_builds_at_once(site: InlineSite, kind: Kind) -> None:
    new(site, kind, "A new one")
    assert site.build().published


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_file_names_every_key_and_each_comment_can_be_used(kind: Kind) -> None:
    file = NewFile(title="T", day=DAY, topics=("housing",), sources=("report-2024",))
    text = content_text(kind, file)
    keys = set(re.findall(r"^(?:# )?([a-z_]+):", text, re.MULTILINE))
    assert keys == set(FRONT_MATTER[kind].__struct_fields__)
    load(kind, re.sub(r"^# (?!Optional)", "", text, flags=re.MULTILINE))


def test_a_new_explainer_is_a_draft_of_the_as_of_day(site: InlineSite) -> None:
    text = new(site, "explainer", "Why rents fall")
    assert "\ndraft: true" in text
    assert f"\ndate: {DAY}\n" in text
    assert "\ntopics: [housing]" in text
    assert "\nsources: [report-2024]" in text


def test_the_day_is_the_publication_s_own(
    site: InlineSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1738425600")  # 16:00 UTC: tomorrow in Tokyo
    assert "\ndate: 2025-02-02\n" in new(site, "explainer", "Why rents fall")


def test_an_explainer_takes_topics_and_sources(site: InlineSite) -> None:
    names = ["--topic", "a", "--topic", "yes", "--source", "2024"]
    text = new(site, "explainer", "Why", *names)
    assert '\ntopics: [a, "yes"]' in text
    assert '\nsources: ["2024"]' in text
    assert "\ntopics: [housing]" not in text


def test_a_name_without_a_file_is_noted(site: InlineSite) -> None:
    result = run("new", "explainer", "Why", "--topic", "housng", "--root", site.root)
    assert result.exit_code == 0
    assert "no topic 'housng' yet; did you mean 'housing'?" in result.stderr


def test_the_checker_names_the_placeholders_of_an_empty_publication(site: InlineSite) -> None:
    for kind in ("explainers/rents", "topics/housing", "sources/report-2024", "glossary/rent-cap"):
        site.delete(f"content/{kind}.md")
    new(site, "explainer", "The first")
    assert site.build().published
    said = site.said(drafts=True)
    assert "no topic 'TOPIC'" in said
    assert "no source 'SOURCE'" in said


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Łódź: «naïve» rents", "lodz-naive-rents"),
        ("Почему растут цены", "pochemu-rastut-tseny"),
        ("Straße in Ελλάδα", "strasse-in-ellada"),
        ("なぜ、がんばる", "naze-ganbaru"),
        ("家賃はなぜ上がるのか", "家賃はなぜ上がるのか"),
        ("The tenants’ rights", "the-tenants-rights"),
        ("word " * 40, "-".join(["word"] * 16)),
    ],
)
def test_a_title_gives_its_file_a_name(site: InlineSite, title: str, slug: str) -> None:
    result = run("new", "topic", title, "--root", site.root)
    assert result.stdout == f"made content/topics/{slug}.md\n"
    assert ("name another with --slug" in result.stderr) == (not slug.isascii())
    assert site.build().published


@pytest.mark.parametrize("kind", KINDS)
def test_what_new_leaves_to_do_is_a_warning_with_its_line(site: InlineSite, kind: Kind) -> None:
    before = site.check().diagnostics
    text = new(site, kind, "A new one")
    lines = [n for n, line in enumerate(text.split("\n"), start=1) if "TODO:" in line]
    found = [each for each in site.check().diagnostics if each not in before]
    assert [each.span.line for each in found if each.span] == lines
    assert {each.code for each in found} <= {"todo-left"}
    assert bool(found) == (kind != "author")


def test_a_draft_s_todos_hold_up_no_build(site: InlineSite) -> None:
    site.replace("content/explainers/rents.md", "date: 2025-01-10", "date: 2025-01-10 # TODO: day")
    new(site, "explainer", "A new one")
    assert not site.build(strict=True).diagnostics
    path = "content/explainers/a-new-one.md"
    site.replace(path, "draft:", 'key_points: ["It [rose][@report-2024]."]\ndraft:')
    assert {each.code for each in site.build(drafts=True).diagnostics} == {"todo-left"}
    assert site.build(strict=True, drafts=True).published
    site.replace(path, "draft: true", "draft: false")
    assert not site.build(strict=True).published


def test_a_todo_in_code_or_comments_is_nobody_s_business(site: InlineSite) -> None:
    site.replace("content/explainers/rents.md", "title: Why", "# TODO: a note\ntitle: Why")
    site.replace(
        "content/explainers/rents.md",
        "## What comes next",
        "<!-- TODO: later\nTODO: too -->\n`TODO: x`\n\n```\nTODO: y\n```\n\nTODO(ada): look.",
    )
    text = (site.root / "content/explainers/rents.md").read_text("utf-8")
    line = text.split("\n").index("TODO(ada): look.") + 1
    said = [line for line in site.said().split("\n") if "todo-left" in line]
    assert len(said) == 1
    assert f"rents.md:{line}:1: warning[todo-left]: 'TODO(ada): look.' is left to do" in said[0]


def test_new_never_overwrites(site: InlineSite) -> None:
    new(site, "topic", "Rents")
    before = (site.root / "content/topics/rents.md").read_bytes()
    result = run("new", "topic", "Rents", "--root", site.root)
    assert result.exit_code == 1
    assert "content/topics/rents.md already exists" in result.stderr
    assert (site.root / "content/topics/rents.md").read_bytes() == before


def test_new_sees_the_same_name_in_a_sub_folder(site: InlineSite) -> None:
    site.edit("-- content/topics/old/Rents.md --\n---\ntitle: R\nsummary: S\n---\n")
    result = run("new", "topic", "Rents", "--root", site.root)
    assert result.exit_code == 1
    assert "content/topics/old/Rents.md already exists" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["topic", "!!!"], "name one with --slug"),
        (["topic", "T", "--slug", "a/b"], "name another with --slug"),
        (["topic", "T", "--slug", "../x"], "name another with --slug"),
        (["topic", "T", "--slug", "x" * 200], "is longer than"),
        (["page", "Search"], "is an address that sitegen writes itself"),
        (["page", "T", "--topic", "housing"], "are for explainers"),
        (["page", "a\x00b"], "write the title on one line"),
        (["article", "T"], "is not one of"),
    ],
)
def test_new_refuses_what_it_can_not_use(site: InlineSite, arguments: list[str], said: str) -> None:
    before = sorted(site.root.rglob("*"))
    result = run("new", *arguments, "--root", site.root)
    assert result.exit_code == 2
    assert said in result.stderr
    assert sorted(site.root.rglob("*")) == before


def test_new_says_what_is_wrong_with_the_settings(site: InlineSite) -> None:
    site.replace("content/site.yaml", "Asia/Tokyo", "Tokyo")
    result = run("new", "topic", "T", "--root", site.root)
    assert result.exit_code == 1
    assert "there is no time zone 'Tokyo'" in result.stderr


@given(
    title=st.text(st.characters(exclude_categories=["Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"])),
    kind=st.sampled_from(KINDS),
)
def test_any_title_comes_back_as_it_was(title: str, kind: Kind) -> None:
    folded = " ".join(title.split())
    if folded:
        meta = load(kind, content_text(kind, NewFile(title=folded, day=DAY)))
        read = [getattr(meta, name, None) for name in ("title", "term", "name")]
        assert unicodedata.normalize("NFC", folded) in read
