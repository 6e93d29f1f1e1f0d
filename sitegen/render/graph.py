"""The publication as a graph for the JSON API: its pages and the typed edges between them."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from msgspec import Struct

from sitegen.model.site import Card, Explainer, Page, Site, Term, Topic
from sitegen.render.public import is_published, published_explainers, whole_address
from sitegen.urls import Permalink


class GraphNode(Struct, frozen=True, kw_only=True):
    """A page; `id` is its kind and its name: `topic:space`."""

    id: str
    kind: str
    title: str
    lang: str
    url: str


class GraphEdge(Struct, frozen=True, kw_only=True, order=True):
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
    pages = {_id(page.card): page for page in _pages(site)}
    by_address = {page.card.permalink: name for name, page in pages.items()}
    edges = {
        (edge.source, edge.type, edge.target): edge
        for name, page in pages.items()
        for edge in chain(
            _citations(name, page), _relations(site, name, page), _links(name, page, by_address)
        )
        if edge.target in pages and edge.target != name
    }
    return Graph(
        nodes=tuple(_node(site, name, pages[name].card) for name in sorted(pages)),
        edges=tuple(sorted(edges.values())),
    )


def _pages(site: Site) -> Iterable[Page]:
    return chain(
        published_explainers(site),
        site.sources.values(),
        site.topics.values(),
        site.terms.values(),
        site.authors.values(),
        site.pages.values(),
    )


def _id(card: Card) -> str:
    return f"{card.kind}:{card.name}"


def _node(site: Site, name: str, card: Card) -> GraphNode:
    return GraphNode(
        id=name,
        kind=card.kind,
        title=card.title,
        lang=card.lang,
        url=whole_address(site, card.permalink),
    )


def _edge(source: str, kind: str, target: str, weight: int = 1) -> GraphEdge:
    return GraphEdge(source=source, type=kind, target=target, weight=weight)


def _citations(name: str, page: Page) -> Iterator[GraphEdge]:
    for use in page.uses:
        if use.claims:
            yield _edge(name, "cites", f"source:{use.source}", use.claims)


def _relations(site: Site, name: str, page: Page) -> Iterator[GraphEdge]:
    """Yield what front matter says, and explainers that share sources or topics."""
    for term in page.terms:
        yield _edge(name, "uses-term", f"term:{term}")
    if isinstance(page, Explainer):
        yield from (_edge(name, "topic", f"topic:{topic}") for topic in page.topics)
        yield from (_edge(name, "author", _id(card)) for card in page.authors)
        for related in page.related:
            if is_published(site, related.name):
                yield _edge(name, "related", f"explainer:{related.name}")
    elif isinstance(page, Topic):
        yield from (_edge(name, "related", _id(card)) for card in page.related)
        yield from (_edge(name, "parent", _id(card)) for card in page.ancestors[-1:])
    elif isinstance(page, Term):
        yield from (_edge(name, "topic", f"topic:{topic}") for topic in page.meta.topics)


def _links(name: str, page: Page, by_address: Mapping[Permalink, str]) -> Iterator[GraphEdge]:
    for reference, target in zip(page.document.references, page.targets, strict=True):
        if target is not None and reference.form in ("path", "wiki"):
            linked = by_address.get(target.permalink)
            if linked is not None:
                yield _edge(name, "links-to", linked)
