"""What there is to know of a tool to write a publication for it, build it and serve it."""

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from bench.publication import Claim, Explainer, Link, Publication, Source, Text, Topic

Bin = Path
"""The folder of a tool's programs."""

SKELETONS = Path(__file__).parents[1] / "skeletons"
BASE_URL = "https://example.org/"
SITE_TITLE = "A made-up publication"


class Idiom(Struct, frozen=True, kw_only=True):
    """One tool's way to hold a publication, and its commands."""

    name: str
    skeleton: str
    """The folder of `skeletons/` with its settings and templates."""
    python_packages: tuple[str, ...] = ()
    npm_packages: tuple[str, ...] = ()
    explainer: Callable[[Publication, Explainer], tuple[str, str]]
    """Path and text of the file."""
    topic: Callable[[Publication, Topic], tuple[str, str]]
    source: Callable[[Publication, Source], tuple[str, str]]
    whole: Callable[[Publication], Iterable[tuple[str, str]]] = lambda _: ()
    """Files that are written from all of the publication."""
    template: str
    """The template of an explainer's page; it holds `data-edition="1"`."""
    output: str
    caches: tuple[str, ...] = ()
    """What a cold build must not find."""
    build: Callable[[Bin, Path], tuple[tuple[str, ...], ...]]
    """The commands that build the project, run in its folder."""
    serve: Callable[[Bin, Path, int], tuple[str, ...]] | None
    """The command that serves the project on a port and rebuilds on save, if there is one."""
    feed: str = "feed.xml"
    """Empty: the tool has none."""


def front_matter(fields: Mapping[str, object]) -> str:
    """Return YAML front matter; JSON's strings and lists are YAML's too."""
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in fields.items())
    return f"---\n{''.join(lines)}---\n"


def as_links(text: Text, pattern: str) -> str:
    """Return Markdown with plain links; `pattern` says where, by kind and slug."""
    return "".join(_as_link(piece, pattern) for piece in text)


def _as_link(piece: str | Claim | Link, pattern: str) -> str:
    match piece:
        case Claim(words=words, source=source, page=page):
            target = pattern.format(kind="sources", slug=f"source-{source}")
            return f'[{words}]({target} "p. {page}")'
        case Link(words=words, explainer=explainer):
            target = pattern.format(kind="explainers", slug=f"explainer-{explainer}")
            return f"[{words}]({target})"
        case _:
            return piece
