"""Reads an MkDocs site.

Formats: the MkDocs user guide, "Configuration" and "Writing your docs"; Material for
MkDocs, "Setting up a blog".
"""

import posixpath
import re
from typing import Any

from sitegen.importing import front
from sitegen.importing.old import OldFiles, OldPage, OldSite


def read_site(files: OldFiles) -> OldSite:
    """Return the site, with its pages by path."""
    name = next((each for each in ("mkdocs.yml", "mkdocs.yaml") if each in files.texts), "")
    config, problem = front.read(files.texts[name], "yaml") if name else ({}, "")
    folder = front.text_of(config.get("docs_dir")) or "docs"
    prefix = f"{folder.strip('./').rstrip('/')}/"
    titles = dict(_titles(config.get("nav")))
    pages = []
    for path, text in sorted(files.texts.items()):
        if path.startswith(prefix) and path.endswith((".md", ".markdown")):
            inside = path.removeprefix(prefix)
            pages.append(_page(path, inside, text, titles.get(inside, "")))
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
