"""A publication as Eleventy has it: JavaScript layouts, which cost it least, and one collection."""

from pathlib import Path

from bench.idioms.idiom import Bin, Idiom, as_links, front_matter
from bench.publication import Explainer, Publication, Source, Topic, body, key_points

LINKS = "/{kind}/{slug}/"


def _explainer(publication: Publication, explainer: Explainer) -> tuple[str, str]:
    fields = {
        "title": explainer.title,
        "description": explainer.summary,
        "date": explainer.date,
        "topics": [f"topic-{each}" for each in explainer.topics],
        "sources": [f"source-{each}" for each in explainer.sources],
    }
    points = "".join(f"- {as_links(each, LINKS)}\n" for each in key_points(explainer))
    text = f"{front_matter(fields)}{points}\n{as_links(body(explainer), LINKS)}"
    return f"content/explainers/{explainer.slug}.md", text


def _topic(publication: Publication, topic: Topic) -> tuple[str, str]:
    fields = {"title": topic.title, "description": topic.summary}
    return f"content/topics/{topic.slug}.md", f"{front_matter(fields)}{topic.body}\n"


def _source(publication: Publication, source: Source) -> tuple[str, str]:
    fields = {
        "title": source.title,
        "publisher": source.publisher,
        "published": source.published,
        "document": source.url,
    }
    return f"content/sources/{source.slug}.md", f"{front_matter(fields)}{source.body}\n"


def _command(bin_folder: Bin, *options: str) -> tuple[str, ...]:
    return (str(bin_folder / "eleventy"), "--quiet", *options)


def _build(bin_folder: Bin, project: Path) -> tuple[tuple[str, ...], ...]:
    return (_command(bin_folder),)


def _serve(bin_folder: Bin, project: Path, port: int) -> tuple[str, ...]:
    return _command(bin_folder, "--serve", "--incremental", "--port", str(port))


IDIOM = Idiom(
    name="eleventy",
    skeleton="eleventy",
    npm_packages=("@11ty/eleventy", "markdown-it-anchor", "markdown-it-footnote"),
    explainer=_explainer,
    topic=_topic,
    source=_source,
    template="content/_includes/explainer.11ty.js",
    output="_site",
    caches=(".cache",),
    build=_build,
    serve=_serve,
)
