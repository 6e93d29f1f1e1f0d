"""A publication as MkDocs with Material has it.

It has neither taxonomies nor lists of pages, so who cites a source stands in the source's file,
and an explainer's sources in the explainer's: here a program writes them, elsewhere a writer does.
Navigation holds the home page only: with ten thousand entries it would be most of every page.
"""

from collections.abc import Iterator
from pathlib import Path

from bench.idioms.idiom import SITE_TITLE, Bin, Idiom, as_links, front_matter
from bench.publication import Explainer, Publication, Source, Topic, body, key_points

LINKS = "../{kind}/{slug}.md"


def explainer_file(publication: Publication, explainer: Explainer) -> tuple[str, str]:
    """Return path and text of an explainer, with the list of its sources."""
    fields = {
        "title": explainer.title,
        "description": explainer.summary,
        "date": f"{explainer.date} 00:00",
    }
    topics = " ".join(
        f"[{publication.topics[each].title}](../topics/topic-{each}.md)"
        for each in explainer.topics
    )
    points = "".join(f"- {as_links(each, LINKS)}\n" for each in key_points(explainer))
    cited = [publication.sources[each] for each in explainer.sources]
    sources = "".join(
        f"- [{each.title}](../sources/{each.slug}.md), {each.publisher}, {each.published}\n"
        for each in cited
    )
    text = (
        f"{front_matter(fields)}# {explainer.title}\n\n{topics}\n\n{explainer.summary}\n\n"
        f"{explainer.date}\n\n{points}\n{as_links(body(explainer), LINKS)}## Sources\n\n{sources}"
    )
    return f"docs/explainers/{explainer.slug}.md", text


def topic_file(publication: Publication, topic: Topic) -> tuple[str, str]:
    """Return path and text of a topic, with the list of its explainers."""
    fields = {"title": topic.title, "description": topic.summary}
    listed = [publication.explainers[each] for each in topic.explainers]
    text = (
        f"{front_matter(fields)}# {topic.title}\n\n{topic.summary}\n\n{topic.body}\n\n"
        f"{_list(listed, '../explainers/')}"
    )
    return f"docs/topics/{topic.slug}.md", text


def source_file(publication: Publication, source: Source) -> tuple[str, str]:
    """Return path and text of a source, with the list of explainers that cite it."""
    listed = "".join(
        f"- [{publication.explainers[each].title}](../explainers/explainer-{each}.md)\n"
        for each in source.cited_by
    )
    text = (
        f"{front_matter({'title': source.title})}# {source.title}\n\n"
        f"{source.publisher}, {source.published}: <{source.url}>\n\n{source.body}\n\n"
        f"## Cited by\n\n{listed}"
    )
    return f"docs/sources/{source.slug}.md", text


def whole_files(publication: Publication) -> Iterator[tuple[str, str]]:
    """Return the home page."""
    newest = _list(publication.newest, "explainers/")
    yield "docs/index.md", f"{front_matter({'title': SITE_TITLE})}# {SITE_TITLE}\n\n{newest}"


def _list(explainers: list[Explainer], folder: str) -> str:
    return "".join(
        f"- [{each.title}]({folder}{each.slug}.md) {each.date} {each.summary}\n"
        for each in explainers
    )


def _build(bin_folder: Bin, project: Path) -> tuple[tuple[str, ...], ...]:
    return ((str(bin_folder / "mkdocs"), "build", "--quiet"),)


def _serve(bin_folder: Bin, project: Path, port: int) -> tuple[str, ...]:
    return (str(bin_folder / "mkdocs"), "serve", "--quiet", "--dev-addr", f"127.0.0.1:{port}")


IDIOM = Idiom(
    name="mkdocs",
    skeleton="mkdocs",
    python_packages=("mkdocs-material", "mkdocs-rss-plugin"),
    explainer=explainer_file,
    topic=topic_file,
    source=source_file,
    whole=whole_files,
    template="overrides/main.html",
    output="site",
    caches=(".cache",),
    build=_build,
    serve=_serve,
    feed="feed_rss_created.xml",
)
