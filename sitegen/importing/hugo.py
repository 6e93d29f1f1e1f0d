"""Reads a Hugo site.

Formats: the Hugo documentation, "Front matter", "URL management" and "Shortcodes".
"""

import posixpath
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from sitegen.importing import front
from sitegen.importing.old import OldFiles, OldPage, OldSite

_CONFIGS = tuple(
    f"{folder}{name}.{suffix}"
    for folder in ("", "config/_default/")
    for name in ("hugo", "config")
    for suffix in ("toml", "yaml", "yml", "json")
)
_LANG = re.compile(r"(.+)\.([a-z]{2,3}(?:-[a-z]{2})?)", re.IGNORECASE)


def read_site(files: OldFiles) -> OldSite:
    """Return the site, with its pages by path."""
    config: Mapping[str, Any] = {}
    notes: list[str] = []
    for name in _CONFIGS:
        if name in files.texts:
            language = "yaml" if name.endswith(("yaml", "yml")) else name.rpartition(".")[2]
            config, problem = front.read(files.texts[name], language)
            notes += [f"{name}: {problem}"] if problem else []
            break
    folded = {key.lower(): value for key, value in config.items()}
    base = front.text_of(folded.get("baseurl"))
    permalinks = folded.get("permalinks") or {}
    permalinks = permalinks.get("page", permalinks) if isinstance(permalinks, dict) else {}
    pages = tuple(
        _page(path, text, permalinks)
        for path, text in sorted(files.texts.items())
        if path.startswith("content/") and path.endswith((".md", ".markdown"))
    )
    assets = {
        "/" + path.removeprefix("static/"): path
        for path in sorted(files.others)
        if path.startswith("static/")
    }
    assets |= {
        "/" + path.removeprefix("content/"): path
        for path in sorted(files.others)
        if path.startswith("content/")
    }
    menu = sorted(key for key in folded if key in ("menu", "menus", "params", "taxonomies"))
    notes += [f"the configuration's '{key}' is not taken over" for key in menu]
    return OldSite(
        generator="hugo",
        title=front.text_of(folded.get("title")),
        base_url=base if urlsplit(base).netloc else "",
        pages=pages,
        assets=assets,
        notes=tuple(notes),
    )


def _page(path: str, text: str, permalinks: Mapping[str, Any]) -> OldPage:
    values, body, _ = front.split(text)
    values = {key.lower(): value for key, value in values.items()}
    inside = path.removeprefix("content/").rpartition(".")[0]
    folder, stem = posixpath.split(inside)
    match = _LANG.fullmatch(stem)
    stem, lang = (match[1], match[2]) if match else (stem, "")
    is_section = stem == "_index"
    if stem in ("index", "_index"):
        inside = folder
        stem = posixpath.basename(folder) or "home"
    else:
        inside = posixpath.join(folder, stem)
    slug = front.text_of(values.get("slug")) or stem.lower().replace(" ", "-")
    section = inside.partition("/")[0] if "/" in inside else ""
    usual = "/" + posixpath.join(posixpath.dirname(inside).lower(), slug) + "/"
    day = front.day_of(values.get("date"))
    pattern = permalinks.get(section)
    if isinstance(pattern, str) and day and not is_section:
        tokens = {
            ":year": day[:4],
            ":month": day[5:7],
            ":day": day[8:],
            ":slugorfilename": slug,
            ":slugorcontentbasename": slug,
            ":contentbasename": stem,
            ":filename": stem,
            ":sections": posixpath.dirname(inside),
            ":section": section,
            ":slug": slug,
            ":title": re.sub(r"\W+", "-", front.text_of(values.get("title")).lower()).strip("-"),
        }
        usual = re.sub(r":[a-z]+", lambda token: tokens.get(token[0], ""), pattern)
    if is_section:
        usual = f"/{inside}/" if inside else "/"
    usual = usual.lower()
    own = front.text_of(values.get("url"))
    places = [f"/{own.strip('/')}{'/' if own.endswith('/') else ''}"] if own else []
    prefix = f"/{lang}" if lang else ""
    return OldPage(
        path=path,
        dated=bool(day) and not is_section and bool(section),
        name=slug,
        lang=lang,
        front=values,
        body=_shortcodes(body),
        addresses=(*(f"{prefix}{each}" for each in (*places, usual)),),
    )


_REF = re.compile(r"\{\{[<%]\s*(?:rel)?ref\s+[\"'`]?([^\"'`\s]+)[\"'`]?[^}]*[>%]\}\}")
_FIGURE = re.compile(r"\{\{<\s*figure\s+([^}]*?)/?\s*>\}\}")
_HIGHLIGHT = re.compile(
    r"\{\{[<%]\s*highlight\s+(\w+)[^}]*[>%]\}\}\n?(.*?)\{\{[<%]\s*/\s*highlight\s*[>%]\}\}", re.S
)
_ATTRIBUTE = re.compile(r"(\w+)=\"([^\"]*)\"")


def _shortcodes(body: str) -> str:
    """Return the body with the shortcodes that Markdown has a form for in that form."""

    def figure(match: re.Match[str]) -> str:
        given = dict(_ATTRIBUTE.findall(match[1]))
        if "src" not in given:
            return match[0]
        caption = f"\n\n*{given['caption']}*" if given.get("caption") else ""
        return f"![{given.get('alt') or given.get('title', '')}]({given['src']}){caption}"

    body = _HIGHLIGHT.sub(lambda match: f"```{match[1]}\n{match[2].strip(chr(10))}\n```", body)
    return _FIGURE.sub(figure, _REF.sub(lambda match: f"ref:{match[1]}", body))


UNREAD = re.compile(r"\{\{[<%].*?[>%]\}\}")
"""A shortcode that is left."""
