"""A publication as Hugo has it: topics and sources are taxonomies, citations plain links.

Plain links cost Hugo least; `ref` shortcodes and render hooks would check them and cost more.
"""

from pathlib import Path

from msgspec.structs import replace

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
    return f"content/topics/{topic.slug}/_index.md", f"{front_matter(fields)}{topic.body}\n"


def _source(publication: Publication, source: Source) -> tuple[str, str]:
    fields = {
        "title": source.title,
        "publisher": source.publisher,
        "issued": source.published,
        "document": source.url,
    }
    return f"content/sources/{source.slug}/_index.md", f"{front_matter(fields)}{source.body}\n"


def _hugo(bin_folder: Bin) -> str:
    """Return the program itself: the package's own command starts Python first."""
    return str(next(bin_folder.parent.glob("lib/python*/site-packages/hugo/binaries/hugo*")))


def _build(bin_folder: Bin, project: Path) -> tuple[tuple[str, ...], ...]:
    return ((_hugo(bin_folder), "build", "--quiet"),)


def _build_with_search(bin_folder: Bin, project: Path) -> tuple[tuple[str, ...], ...]:
    index = (str(bin_folder / "python"), "-m", "pagefind", "--site", "public", "--quiet")
    return (*_build(bin_folder, project), index)


def _serve(bin_folder: Bin, project: Path, port: int) -> tuple[str, ...]:
    where = ("--bind", "127.0.0.1", "--port", str(port), "--baseURL", f"http://127.0.0.1:{port}/")
    return (_hugo(bin_folder), "server", "--quiet", *where)


IDIOM = Idiom(
    name="hugo",
    skeleton="hugo",
    python_packages=("hugo",),
    explainer=_explainer,
    topic=_topic,
    source=_source,
    template="layouts/page.html",
    output="public",
    caches=("resources",),
    build=_build,
    serve=_serve,
)

WITH_SEARCH = replace(
    IDIOM,
    name="hugo-pagefind",
    python_packages=("hugo", "pagefind[extended]"),
    build=_build_with_search,
    serve=None,
)
