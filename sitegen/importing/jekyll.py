"""Reads a Jekyll site.

Formats: the Jekyll documentation, "Posts", "Permalinks" and "Tags Filters"; the README of
jekyll-redirect-from.
"""

import posixpath
import re
from collections.abc import Mapping
from typing import Any

from sitegen.importing import front
from sitegen.importing.old import OldFiles, OldPage, OldSite

_POST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})-(.+)")
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "none": "/:categories/:title.html",
}


def read_site(files: OldFiles) -> OldSite:
    """Return the site, with its pages by path."""
    name = next((each for each in ("_config.yml", "_config.yaml") if each in files.texts), "")
    config, problem = front.read(files.texts[name], "yaml") if name else ({}, "")
    style = _default_permalink(config) or front.text_of(config.get("permalink")) or "date"
    pages = []
    for path, text in sorted(files.texts.items()):
        if not path.endswith((".md", ".markdown")) or _is_hidden(path):
            continue
        if "_posts/" in path or "_drafts/" in path:
            pages.append(_post(path, text, _STYLES.get(style, style)))
        elif text.startswith("---"):
            pages.append(_page(path, text))
    taken = [key for key in ("collections", "defaults", "plugins") if key in config]
    notes = [f"the configuration's '{key}' is not taken over" for key in taken]
    return OldSite(
        generator="jekyll",
        title=front.text_of(config.get("title")),
        base_url=(front.text_of(config.get("url")) + front.text_of(config.get("baseurl"))),
        pages=tuple(pages),
        assets={f"/{path}": path for path in sorted(files.others) if not path.startswith("_")},
        notes=(*notes, *([f"{name}: {problem}"] if problem else [])),
    )


def _default_permalink(config: Mapping[str, Any]) -> str:
    """Return the permalink that the defaults of front matter give all posts, if they do."""
    for each in config.get("defaults") or []:
        scope, values = (each.get(key) or {} for key in ("scope", "values"))
        if scope.get("type") == "posts" and not scope.get("path"):
            return front.text_of(values.get("permalink"))
    return ""


def _is_hidden(path: str) -> bool:
    """Return whether Jekyll reads a file for itself alone: layouts, includes, its own output."""
    folders = path.split("/")[:-1]
    return any(
        each.startswith((".", "_")) and each not in ("_posts", "_drafts", "_tabs", "_pages")
        for each in folders
    ) or path.rpartition("/")[2].upper() in (
        "README.MD",
        "LICENSE.MD",
        "CHANGELOG.MD",
        "CONTRIBUTING.MD",
    )


def _post(path: str, text: str, pattern: str) -> OldPage:
    values, body, _ = front.split(text)
    stem = posixpath.basename(path).rpartition(".")[0]
    named = _POST.fullmatch(stem)
    day = front.day_of(values.get("date"))
    if named:
        stem = named[4]
        day = day or f"{named[1]}-{int(named[2]):02}-{int(named[3]):02}"
    front_matter = {**values, "date": day}
    if "_drafts/" in path:
        front_matter["draft"] = True
    slug = front.text_of(values.get("slug")) or stem
    before = path.partition("_posts/")[0].strip("/").split("/")
    categories = [each for each in before if each] + _words(
        values.get("categories") or values.get("category")
    )
    tokens = {
        ":categories": "/".join(each.lower().replace(" ", "-") for each in categories),
        ":year": day[:4],
        ":month": day[5:7],
        ":day": day[8:],
        ":i_month": day[5:7].lstrip("0"),
        ":i_day": day[8:].lstrip("0"),
        ":title": slug,
        ":slug": slug.lower(),
    }
    own = front.text_of(values.get("permalink"))
    usual = re.sub(r":[a-z_]+", lambda token: tokens.get(token[0], ""), own or pattern)
    usual = re.sub(r"//+", "/", f"/{usual}")
    short = [usual.removesuffix(".html")] if usual.endswith(".html") else []
    return OldPage(
        path=path,
        dated=True,
        name=slug,
        lang="",
        front=front_matter,
        body=_liquid(body),
        addresses=(usual, *short),
    )


def _page(path: str, text: str) -> OldPage:
    values, body, _ = front.split(text)
    inside = path.rpartition(".")[0]
    stem = posixpath.basename(inside)
    if inside.startswith(("_tabs/", "_pages/")):
        inside = inside.partition("/")[2]
    own = front.text_of(values.get("permalink"))
    if stem == "index":
        inside = posixpath.dirname(inside)
        stem = posixpath.basename(inside) or "home"
        usual = f"/{inside}/" if inside else "/"
    else:
        usual = f"/{inside}.html"
    usual = f"/{own.lstrip('/')}" if own else usual
    return OldPage(
        path=path,
        dated=False,
        name=stem,
        lang="",
        front=values,
        body=_liquid(body),
        addresses=(usual, f"/{inside}/", f"/{inside}"),
    )


def _words(value: Any) -> list[str]:
    """Return a list; Jekyll also takes one text with spaces between its words."""
    return value.split() if isinstance(value, str) else list(front.texts_of(value))


def taxonomy(values: Mapping[str, Any]) -> list[str]:
    """Return the categories and tags of a page."""
    keys = ("categories", "category", "tags", "tag")
    return [word for key in keys for word in _words(values.get(key) or [])]


_HIGHLIGHT = re.compile(
    r"\{%-?\s*highlight\s+(\w+).*?%\}\n?(.*?)\{%-?\s*endhighlight\s*-?%\}", re.S
)
_RAW = re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}\n?")
_LINK = re.compile(r"\{%-?\s*link\s+(\S+)\s*-?%\}")
_POST_URL = re.compile(r"\{%-?\s*post_url\s+(\S+)\s*-?%\}")
_RELATIVE = re.compile(r"\{\{-?\s*[\"']([^\"']+)[\"']\s*\|\s*(?:relative|absolute)_url\s*-?\}\}")
_BASE = re.compile(r"\{\{-?\s*site\.(?:baseurl|url)\s*-?\}\}")
_CLASS = re.compile(r"\{:\s*[^}\n]*\}")


def _liquid(body: str) -> str:
    """Return the body with the Liquid that Markdown has a form for in that form."""
    body = _HIGHLIGHT.sub(lambda match: f"```{match[1]}\n{match[2].strip(chr(10))}\n```", body)
    body = _LINK.sub(lambda match: f"ref:/{match[1]}", body)
    body = _POST_URL.sub(lambda match: f"ref:/_posts/{match[1]}", body)
    body = _RELATIVE.sub(lambda match: f"/{match[1].lstrip('/')}", body)
    return _CLASS.sub("", _BASE.sub("", _RAW.sub("", body)))


UNREAD = re.compile(r"\{%.*?%\}|\{\{.*?\}\}")
"""Liquid that is left."""
