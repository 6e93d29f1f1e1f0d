"""The publication as a graph for the JSON API: its pages and the typed edges between them."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from msgspec import Struct

from sitegen.model.front_matter import Kind
from sitegen.model.pages import Explainer, Page, Term, Topic
from sitegen.model.relations import Card
from sitegen.model.site import Site
from sitegen.render.public import published_explainers, whole_address
from sitegen.urls import Permalink


class GraphNode(Struct, frozen=True, kw_only=True, gc=False):
    """A page; `id` is its kind and its name: `topic:space`."""

    id: str
    kind: str
    title: str
    lang: str
    url: str


class GraphEdge(Struct, frozen=True, kw_only=True, gc=False):
    """A relation of one page to another.

    `type` is `cites`, `topic`, `author`, `related`, `parent`, `links-to` or `uses-term`. `weight`
    counts the claims of `cites` and is 1 for the others.
    """

    source: str
    type: str
    target: str
    weight: int


class Graph(Struct, frozen=True, kw_only=True):
    """/api/graph.json: nodes by id, edges by source, type and target."""

    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]


def graph(site: Site) -> Graph:
    """Return every published page and how they stand to one another."""
    pages = {f"{page.card.kind}:{page.card.name}": page for page in _pages(site)}
    known = _Known(
        by_name={(page.card.kind, page.card.name): each for each, page in pages.items()},
        by_address={page.card.permalink: each for each, page in pages.items()},
    )
    ids = sorted(pages)
    return Graph(
        nodes=tuple([_node(site, each, pages[each].card) for each in ids]),
        edges=tuple(
            [
                GraphEdge(source=each, type=kind, target=target, weight=weight)
                for each in ids
                for (kind, target), weight in sorted(_edges(pages[each], known).items())
                if target != each
            ]
        ),
    )


class _Known(Struct, frozen=True, kw_only=True):
    """The ids of published pages."""

    by_name: Mapping[tuple[Kind, str], str]
    by_address: Mapping[Permalink, str]


def _pages(site: Site) -> Iterable[Page]:
    return chain(
        published_explainers(site),
        site.sources.values(),
        site.topics.values(),
        site.terms.values(),
        site.authors.values(),
        site.pages.values(),
    )


def _node(site: Site, name: str, card: Card) -> GraphNode:
    return GraphNode(
        id=name,
        kind=card.kind,
        title=card.title,
        lang=card.lang,
        url=whole_address(site, card.permalink),
    )


def _edges(page: Page, known: _Known) -> dict[tuple[str, str], int]:
    """Return the weights of a page's edges by their type and target."""
    by_name, by_address = known.by_name, known.by_address
    found: dict[tuple[str, str], int] = {}
    for use in page.uses:
        if use.claims and ("source", use.source) in by_name:
            found["cites", by_name["source", use.source]] = use.claims
    for relation, kind, name in _relations(page):
        if (kind, name) in by_name:
            found[relation, by_name[kind, name]] = 1
    for reference, target in zip(page.document.references, page.targets, strict=True):
        if target is not None and (reference.form == "path" or reference.form == "wiki"):
            linked = by_address.get(target.permalink)
            if linked is not None:
                found["links-to", linked] = 1
    return found


def _relations(page: Page) -> Iterator[tuple[str, Kind, str]]:
    """Yield what front matter says, and explainers that share sources or topics."""
    for term in page.terms:
        yield "uses-term", "term", term
    if isinstance(page, Explainer):
        for topic in page.topics:
            yield "topic", "topic", topic
        for card in page.authors:
            yield "author", card.kind, card.name
        for related in page.related:
            yield "related", "explainer", related.name
    elif isinstance(page, Topic):
        for card in page.related:
            yield "related", card.kind, card.name
        for card in page.ancestors[-1:]:
            yield "parent", card.kind, card.name
    elif isinstance(page, Term):
        for topic in page.meta.topics:
            yield "topic", "topic", topic
