"""A publication as sitegen's content model has it.

IDIOM has small templates and the outputs that every tool makes; FULL is sitegen as it comes.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from bench.idioms.idiom import BASE_URL, SITE_TITLE, Bin, Idiom, front_matter
from bench.publication import Claim, Explainer, Link, Publication, Source, Text, Topic, body
from bench.publication import key_points as key_points_of
from sitegen.render.folders import default_folder

AS_OF = "2026-01-01"


def _markdown(text: Text) -> str:
    return "".join(_piece(piece) for piece in text)


def _piece(piece: str | Claim | Link) -> str:
    match piece:
        case Claim(words=words, source=source, page=page):
            return f"[{words}][@source-{source}, p. {page}]"
        case Link(words=words, explainer=explainer):
            return f"[{words}](explainer-{explainer}.md)"
        case _:
            return piece


def _explainer(publication: Publication, explainer: Explainer) -> tuple[str, str]:
    fields = {
        "title": explainer.title,
        "summary": explainer.summary,
        "date": explainer.date,
        "topics": [f"topic-{each}" for each in explainer.topics],
        "sources": [f"source-{each}" for each in explainer.sources],
        "key_points": [_markdown(each) for each in key_points_of(explainer)],
    }
    text = front_matter(fields) + _markdown(body(explainer))
    return f"content/explainers/{explainer.slug}.md", text


def _topic(publication: Publication, topic: Topic) -> tuple[str, str]:
    fields = {"title": topic.title, "summary": topic.summary}
    return f"content/topics/{topic.slug}.md", f"{front_matter(fields)}{topic.body}\n"


def _source(publication: Publication, source: Source) -> tuple[str, str]:
    fields = {
        "title": source.title,
        "publisher": source.publisher,
        "published": source.published,
        "url": source.url,
    }
    return f"content/sources/{source.slug}.md", f"{front_matter(fields)}{source.body}\n"


def _settings(**more: object) -> tuple[str, str]:
    settings = {"title": SITE_TITLE, "base_url": BASE_URL, "language": "en", "time_zone": "UTC"}
    lines = (f"{key}: {json.dumps(value)}\n" for key, value in {**settings, **more}.items())
    return "content/site.yaml", "".join(lines)


def _same_outputs(publication: Publication) -> Iterator[tuple[str, str]]:
    """Yield settings by which sitegen writes what the others write."""
    yield _settings(api=False, citation_files=False, markdown_copies=False)


def _all_outputs(publication: Publication) -> Iterator[tuple[str, str]]:
    """Yield settings by which sitegen writes all that it does, by its own templates."""
    yield _settings()
    template = (default_folder() / "explainer.html").read_text(encoding="utf-8")
    yield "templates/explainer.html", template.replace("<article>", '<article data-edition="1">')


def _command(*words: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "sitegen", *words)


def _build(bin_folder: Bin, project: Path, *options: str) -> tuple[tuple[str, ...], ...]:
    root = ("--root", str(project))
    return (_command("build", "--quiet", *root, "--as-of", AS_OF, *options),)


def _build_without_search(bin_folder: Bin, project: Path) -> tuple[tuple[str, ...], ...]:
    return _build(bin_folder, project, "--no-search")


def _serve(bin_folder: Bin, project: Path, port: int, *options: str) -> tuple[str, ...]:
    where = ("--root", str(project), "--port", str(port))
    return _command("serve", "--quiet", *where, "--as-of", AS_OF, *options)


def _serve_without_search(bin_folder: Bin, project: Path, port: int) -> tuple[str, ...]:
    return _serve(bin_folder, project, port, "--no-search")


IDIOM = Idiom(
    name="sitegen",
    skeleton="sitegen",
    explainer=_explainer,
    topic=_topic,
    source=_source,
    whole=_same_outputs,
    template="templates/explainer.html",
    output="output",
    caches=(".sitegen", ".output.sitegen"),
    build=_build_without_search,
    serve=_serve_without_search,
)

FULL = replace(IDIOM, name="sitegen-full", skeleton="", whole=_all_outputs)

WITH_SEARCH = replace(IDIOM, name="sitegen-search", build=_build, serve=_serve)
