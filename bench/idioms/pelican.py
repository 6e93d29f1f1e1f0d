"""A publication as Pelican has it: explainers are articles, topics and sources pages.

A plugin of a few lines gathers which articles belong to a topic and cite a source.
"""

from collections.abc import Mapping
from pathlib import Path

from bench.idioms.idiom import Bin, Idiom, as_links
from bench.publication import Explainer, Publication, Source, Topic, body, key_points

LINKS = "/{kind}/{slug}/"


def _metadata(fields: Mapping[str, str]) -> str:
    return "".join(f"{key}: {value}\n" for key, value in fields.items()) + "\n"


def _explainer(publication: Publication, explainer: Explainer) -> tuple[str, str]:
    fields = {
        "Title": explainer.title,
        "Slug": explainer.slug,
        "Date": explainer.date,
        "Summary": explainer.summary,
        "Topics": " ".join(f"topic-{each}" for each in explainer.topics),
        "Sources": " ".join(f"source-{each}" for each in explainer.sources),
    }
    points = "".join(f"- {as_links(each, LINKS)}\n" for each in key_points(explainer))
    text = f"{_metadata(fields)}{points}\n{as_links(body(explainer), LINKS)}"
    return f"content/explainers/{explainer.slug}.md", text


def _topic(publication: Publication, topic: Topic) -> tuple[str, str]:
    fields = {
        "Title": topic.title,
        "Slug": topic.slug,
        "Kind": "topics",
        "Template": "topic",
        "Description": topic.summary,
    }
    return f"content/topics/{topic.slug}.md", f"{_metadata(fields)}{topic.body}\n"


def _source(publication: Publication, source: Source) -> tuple[str, str]:
    fields = {
        "Title": source.title,
        "Slug": source.slug,
        "Kind": "sources",
        "Template": "source",
        "Publisher": source.publisher,
        "Published": source.published,
        "Document": source.url,
    }
    return f"content/sources/{source.slug}.md", f"{_metadata(fields)}{source.body}\n"


def _build(bin_folder: Bin, project: Path) -> tuple[tuple[str, ...], ...]:
    return ((str(bin_folder / "pelican"), "--quiet"),)


def _serve(bin_folder: Bin, project: Path, port: int) -> tuple[str, ...]:
    where = ("--bind", "127.0.0.1", "--port", str(port))
    return (str(bin_folder / "pelican"), "--quiet", "--autoreload", "--listen", *where)


IDIOM = Idiom(
    name="pelican",
    skeleton="pelican",
    python_packages=("pelican[markdown]",),
    explainer=_explainer,
    topic=_topic,
    source=_source,
    template="theme/templates/article.html",
    output="output",
    caches=("cache",),
    build=_build,
    serve=_serve,
)
