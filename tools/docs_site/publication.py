"""Makes a publication of docs/: each file a page, and a home page that lists them by task.

docs/ is written to be read on GitHub. It is taken over as `sitegen import mkdocs` takes over the
docs of any project, so links, headings and summaries are seen to in one place.
"""

import re
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

import msgspec
from msgspec import Struct

from sitegen.importing.convert import plan
from sitegen.importing.mkdocs import read_site
from sitegen.importing.old import OldFiles

ROOT = Path(__file__).parents[2]
_TEMPLATES = Path(__file__).parent / "templates"

GROUPS: Mapping[str, tuple[str, ...]] = {
    "Write": ("tutorial", "writing", "bringing-in-a-source", "editors", "moving"),
    "Edit and check": ("diagnostics", "evidence", "links-that-die", "cli"),
    "Publish": ("publishing", "scale"),
    "Make it your own": ("templates", "search-and-its-index", "python"),
    "Work on sitegen": (
        "contributing",
        "building",
        "performance",
        "search-quality",
        "audit",
        "dependencies",
        "why-not-pagefind",
        "changelog",
    ),
}
"""The pages by who needs them, in the order in which they are needed."""

_NAMES = {
    "links": "links-that-die",
    "search": "search-and-its-index",
    "sources": "bringing-in-a-source",
}
"""Pages of docs/ whose names are addresses that every site has."""
_BESIDE = {"CHANGELOG.md": "changelog", "CONTRIBUTING.md": "contributing"}
"""Files outside docs/ that are pages of it too."""

_SETTINGS = """\
title: sitegen
base_url: https://example.org/sitegen/
language: en
time_zone: UTC
description: "A static site generator for policy explainers: every claim with its source."
feeds: false
nav:
  - Tutorial: /tutorial/
  - Writing: /writing/
  - Commands: /cli/
  - Diagnostics: /diagnostics/
  - Templates: /templates/
"""


class DocsSite(Struct, frozen=True, kw_only=True):
    """The files of the publication, by path, and what of docs/ could not be taken over."""

    files: Mapping[str, str]
    left: tuple[str, ...]


def docs_site(root: Path = ROOT) -> DocsSite:
    """Return the publication that the docs of the checkout at `root` make."""
    texts = {f"docs/{name}.md": _in_docs(_read(root / path)) for path, name in _BESIDE.items()}
    for path in sorted((root / "docs").rglob("*.md")):
        texts[path.relative_to(root).as_posix()] = _outside_docs(_read(path))
    # What a command says is text, whatever it would be in Markdown.
    said = re.compile(r"^> ([^`\n]+)$", re.MULTILINE)
    texts["docs/diagnostics.md"] = said.sub(r"> `\1`", texts["docs/diagnostics.md"])
    old = read_site(OldFiles(texts=texts, others=frozenset()))
    named = [
        msgspec.structs.replace(page, name=name, addresses=(f"/{name}/",))
        for page in old.pages
        for name in [_NAMES.get(page.name, page.name)]
    ]
    made = plan(
        msgspec.structs.replace(old, pages=tuple(named)),
        OldFiles(texts=texts, others=frozenset()),
        {},
        "en",
    )
    # Each begins with its summary, which would else stand there twice.
    pages = {
        path: re.sub(r"^summary: .*\n", "", text, count=1, flags=re.MULTILINE)
        for path, text in made.files.items()
    }
    return DocsSite(
        files={
            "content/site.yaml": _SETTINGS,
            **pages,
            "templates/home.html": _home(made.files),
            "templates/partials/footer.html": _read(_TEMPLATES / "partials" / "footer.html"),
        },
        left=tuple(f"{each.path}: {each.what}" for each in made.left),
    )


def _in_docs(text: str) -> str:
    """Return a file that stands beside docs/ as if it stood in it."""
    return _outside_docs(text.replace("](docs/", "]("))


def _outside_docs(text: str) -> str:
    """Return a file of docs/ with its links to files beside docs/ led to their pages.

    A fence that names the file it shows gets that name for a title.
    """
    for path, name in _BESIDE.items():
        text = text.replace(f"](../{path}", f"]({name}.md")
    return re.sub(r"^```(\w+) (\S+\.\w+)$", r'```\1 title="\2"', text, flags=re.MULTILINE)


def _home(files: Mapping[str, str]) -> str:
    rows = []
    for number, (group, names) in enumerate(_groups(files)):
        rows.append(f'<section aria-labelledby="g{number}">')
        rows.append(f'<h2 id="g{number}" class="h2s">{escape(group)}</h2>\n<ol class="rows">')
        for name in names:
            title, summary = _title_and_summary(files[f"content/pages/{name}.md"])
            rows.append(
                f'<li><h3><a href="{name}/">{escape(title)}</a></h3><p>{escape(summary)}</p></li>'
            )
        rows.append("</ol>\n</section>")
    html = "\n".join(rows)
    template = _read(_TEMPLATES / "home.html")
    html = f'<div class="stack">\n{html}\n</div>'
    return template.replace("{# The groups. #}", f"{{% raw %}}\n{html}\n{{% endraw %}}")


def _groups(files: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each group with its pages; a page that stands in none belongs to the last."""
    there = {Path(path).stem for path in files if path.startswith("content/pages/")}
    placed = {name for names in GROUPS.values() for name in names}
    *first, last = GROUPS
    for group in first:
        yield group, tuple(name for name in GROUPS[group] if name in there)
    yield last, (*(name for name in GROUPS[last] if name in there), *sorted(there - placed))


def _title_and_summary(text: str) -> tuple[str, str]:
    front, _, _ = text.partition("\n---\n")
    values = dict(re.findall(r'^(title|summary): (".*")$', front, re.MULTILINE))
    title, summary = (
        msgspec.json.decode(values.get(key, '""'), type=str) for key in ("title", "summary")
    )
    return title, summary.removesuffix(":")


def _read(path: Path) -> str:
    return path.read_text("utf-8")
