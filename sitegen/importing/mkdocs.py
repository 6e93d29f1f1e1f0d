"""Reads an MkDocs site.

Formats: the MkDocs user guide, "Configuration" and "Writing your docs"; Material for
MkDocs, "Setting up a blog"; PyMdown Extensions, "Blocks".
"""

import posixpath
import re
from typing import Any

from sitegen.importing import front
from sitegen.importing.old import OldFiles, OldPage, OldSite
from sitegen.load.source_text import without_code

_BLOCK = re.compile(
    r"^/{3,}[ ]*(?:(?P<name>[\w-]+)[ ]*(?:\|[ ]*(?P<title>.*?))?)?[ ]*"
    r"(?:\n(?:    +\S.*\n)*|$)",
    re.MULTILINE,
)
_UNTITLED = frozenset(["caption", "figure-caption", "html", "table-caption"])
"""Blocks behind whose bar no words for readers stand."""


def read_site(files: OldFiles) -> OldSite:
    """Return the site, with its pages by path."""
    name = next((each for each in ("mkdocs.yml", "mkdocs.yaml") if each in files.texts), "")
    config, problem = front.read(files.texts[name], "yaml") if name else ({}, "")
    folder = front.text_of(config.get("docs_dir")) or "docs"
    prefix = f"{folder.strip('./').rstrip('/')}/"
    titles = dict(_titles(config.get("nav")))
    pages = []
    unblocked: dict[str, list[str]] = {}
    for path, text in sorted(files.texts.items()):
        if path.startswith(prefix) and path.endswith((".md", ".markdown")):
            inside = path.removeprefix(prefix)
            plain, names = _without_blocks(text)
            if names:
                unblocked[path] = names
            pages.append(_page(path, inside, plain, titles.get(inside, "")))
    notes = [f"{name}: {problem}"] if problem else []
    extensions = [
        each if isinstance(each, str) else next(iter(each), "")
        for each in config.get("markdown_extensions") or []
    ]
    if extensions:
        notes.append(
            f"markdown_extensions were {', '.join(extensions)}; name those you need in site.yaml"
        )
    notes += [
        f"the configuration's '{key}' is not taken over"
        for key in ("plugins", "hooks", "nav", "extra_css", "extra_javascript")
        if config.get(key)
    ]
    notes += [
        f"{path}: the marks of blocks ({', '.join(names)}) are taken out, their text is kept"
        for path, names in unblocked.items()
    ]
    return OldSite(
        generator="mkdocs",
        title=front.text_of(config.get("site_name")),
        base_url=front.text_of(config.get("site_url")),
        pages=tuple(pages),
        assets={
            f"/{path.removeprefix(prefix)}": path
            for path in sorted(files.others)
            if path.startswith(prefix)
        },
        notes=tuple(notes),
    )


def _without_blocks(text: str) -> tuple[str, list[str]]:
    """Return the text without the marks of PyMdown's blocks, and the names of those it had."""
    masked = without_code(text)
    names: list[str] = []
    pieces, position = [], 0
    for match in _BLOCK.finditer(masked):
        if match["name"]:
            names.append(match["name"])
        elif not names:
            continue  # closes nothing
        start, end = match.span("title")
        title = text[start:end].strip() if match["name"] not in _UNTITLED else ""
        pieces += [text[position : match.start()], f"**{title}**\n\n" if title else "\n"]
        position = match.end()
    return "".join(pieces) + text[position:], sorted(set(names))


def _titles(nav: Any) -> "list[tuple[str, str]]":
    """Return the title of each file that the navigation names, in whatever depth."""
    found: list[tuple[str, str]] = []
    waiting = [nav]
    while waiting:
        entry = waiting.pop()
        if isinstance(entry, list):
            waiting += entry
        elif isinstance(entry, dict):
            for title, target in entry.items():
                if isinstance(target, str):
                    found.append((target, str(title)))
                else:
                    waiting.append(target)
    return found


def _page(path: str, inside: str, text: str, title: str) -> OldPage:
    values, body, _ = front.split(text)
    values = {**({"title": title} if title else {}), **values}
    stem = inside.rpartition(".")[0]
    base = posixpath.basename(stem)
    if base.lower() in ("index", "readme"):
        stem = posixpath.dirname(stem)
    usual = f"/{stem}/" if stem else "/"
    date = values.get("date")
    if isinstance(date, dict):
        values = {**values, "date": date.get("created"), "updated": date.get("updated")}
    dated = bool(front.day_of(values.get("date"))) and "posts/" in inside
    addresses = (usual, f"/{stem}.html") if stem else (usual,)
    return OldPage(
        path=path,
        dated=dated,
        name=base if dated else posixpath.basename(stem) or "home",
        lang="",
        front=values,
        body=body,
        addresses=addresses,
    )


UNREAD = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|^\s*-+8<-+.*$|^::: .*$", re.MULTILINE)
"""What plugins write when they build: macros, snippets, documentation of code."""
