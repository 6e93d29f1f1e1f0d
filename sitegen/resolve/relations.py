"""Derives what documents have in common: citations, links, topics, translations."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from msgspec import Struct

from sitegen.diagnostics import Diagnostic
from sitegen.model.document import Document, Standing
from sitegen.model.front_matter import ExplainerMeta, TopicMeta
from sitegen.model.relations import Backlink, Card, CitingPage, SourceUse, Target
from sitegen.model.site import Bodies
from sitegen.resolve.catalog import Catalog, Key
from sitegen.urls import Permalink


def source_uses(catalog: Catalog) -> dict[Key, tuple[SourceUse, ...]]:
    """Return the sources of each page: those it cites by their first citation, then the others."""
    # One string for each source is looked up much faster than a copy of it from every page.
    names = {name: name for kind, name in catalog.documents if kind == "source"}
    found: dict[Key, tuple[SourceUse, ...]] = {}
    for key, document in catalog.documents.items():
        claims = {names.get(each.source, each.source): each.claims for each in document.cited}
        if isinstance(document.meta, ExplainerMeta):
            for name in document.meta.sources:
                if name not in claims:
                    claims[names.get(name, name)] = 0
        found[key] = tuple(
            [
                SourceUse(source=name, number=number, claims=count)
                for number, (name, count) in enumerate(claims.items(), start=1)
            ]
        )
    return found


def citing_pages(
    uses: Mapping[Key, tuple[SourceUse, ...]],
    catalog: Catalog,
    standings: Mapping[str, Mapping[int, Standing]],
) -> dict[str, tuple[CitingPage, ...]]:
    """Return, for each source, the pages that use it, in the order of their titles."""
    users = [(catalog.cards[key], each) for key, each in uses.items() if each]
    users.sort(key=lambda user: (user[0].title, user[0].permalink))
    found: dict[str, list[CitingPage]] = defaultdict(list)
    for card, each in users:
        document = catalog.documents[card.kind, card.name]
        path = document.path
        digests = {cited.source: cited.digest for cited in document.cited}
        stand = standings.get(path, {})
        for use in each:
            source = use.source
            citing = CitingPage(
                page=card,
                path=path,
                claims=use.claims,
                digest=digests.get(source, b""),
                standings=stand,
            )
            found[source].append(citing)
    return {name: tuple(pages) for name, pages in found.items()}


def backlinks(
    catalog: Catalog, targets: Mapping[Key, tuple[Target | None, ...]]
) -> dict[Permalink, tuple[Backlink, ...]]:
    """Return, for each address, the pages that link to it, in the order of their titles."""
    found: dict[Permalink, list[Backlink]] = defaultdict(list)
    linking = [(catalog.cards[key], each) for key, each in targets.items() if each]
    linking.sort(key=lambda link: (link[0].title, link[0].name))
    for card, each in linking:
        seen = {card.permalink}
        document = catalog.documents[card.kind, card.name]
        for reference, target in zip(document.references, each, strict=True):
            if reference.form != "path" and reference.form != "wiki":  # as most are
                continue
            if target is not None and target.permalink not in seen:
                seen.add(target.permalink)
                found[target.permalink].append(Backlink(page=card, sentence=reference.sentence))
    return {address: tuple(links) for address, links in found.items()}


class TopicTree(Struct, frozen=True, kw_only=True):
    """Who stands above and below each topic."""

    ancestors: Mapping[str, tuple[str, ...]]
    """From the root downwards."""
    children: Mapping[str, tuple[str, ...]]
    descendants: Mapping[str, frozenset[str]]
    """The topic itself included."""


def topic_tree(
    topics: Mapping[str, Document], bodies: Bodies
) -> tuple[TopicTree, list[Diagnostic]]:
    """Return the tree that `parent` makes, and each topic that is its own ancestor."""
    parents: dict[str, str] = {}
    for name, document in topics.items():
        meta = document.meta
        if isinstance(meta, TopicMeta) and meta.parent in topics:
            parents[name] = meta.parent
    found: list[Diagnostic] = []
    ancestors: dict[str, tuple[str, ...]] = {}
    for name in topics:
        above: list[str] = []
        current = parents.get(name)
        while current and current not in above and current != name:
            above.insert(0, current)
            current = parents.get(current)
        if current == name:
            found.append(
                Diagnostic(
                    path=topics[name].path,
                    code="topic-cycle",
                    message=f"the topic '{name}' is its own ancestor",
                    span=bodies[topics[name].path].spans.get("parent"),
                    help="take out or change one parent: of " + ", ".join([name, *above]),
                )
            )
            above = []
        ancestors[name] = tuple(above)
    below: dict[str, set[str]] = {name: {name} for name in topics}
    for name, above_names in ancestors.items():
        for above_name in above_names:
            below[above_name].add(name)
    children = {
        name: tuple(child for child, parent in parents.items() if parent == name) for name in topics
    }
    return TopicTree(
        ancestors=ancestors,
        children=children,
        descendants={name: frozenset(names) for name, names in below.items()},
    ), found


def translations(catalog: Catalog) -> dict[Key, tuple[Card, ...]]:
    """Return the other language versions of each page that has some.

    `page.ja.md` beside `page.md` is a pair by its name, others by `translation_of`.
    """
    groups: dict[Key, list[Key]] = defaultdict(list)
    for key, document in catalog.documents.items():
        leader: Key = (document.kind, document.slug)
        meta = document.meta
        if isinstance(meta, ExplainerMeta) and meta.translation_of:
            leader = ("explainer", meta.translation_of)
        groups[leader].append(key)
    found = {}
    for members in groups.values():
        if len(members) < 2:
            continue
        cards = sorted((catalog.cards[key] for key in members), key=lambda card: card.lang)
        for key in members:
            found[key] = tuple(card for card in cards if card.name != key[1])
    return found


def by_date(names: Iterable[str], days: Mapping[str, str]) -> list[str]:
    """Return explainers from the newest, equal days by name."""
    return sorted(sorted(names), key=lambda name: days[name], reverse=True)
