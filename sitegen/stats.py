"""What a publication holds, in numbers: counts, most cited sources, citations a page, orphans."""

import statistics
from collections.abc import Mapping, Sequence

import msgspec
from msgspec import Struct

from sitegen.model.front_matter import Kind
from sitegen.model.site import Site


class SourceCitations(Struct, frozen=True, kw_only=True):
    """How often a source is cited."""

    name: str
    title: str
    citations: int
    pages: int


class Spread(Struct, frozen=True, kw_only=True):
    """A number that each explainer has."""

    total: int
    minimum: int
    median: float
    maximum: int


class Orphans(Struct, frozen=True, kw_only=True):
    """What nothing leads to, by name."""

    sources_never_cited: tuple[str, ...]
    terms_never_used: tuple[str, ...]
    topics_without_explainers: tuple[str, ...]
    explainers_never_linked: tuple[str, ...]
    """No other page's text links to them, no front matter names them, and they are in no series."""


class Stats(Struct, frozen=True, kw_only=True):
    """A publication in numbers."""

    title: str
    as_of: str
    counts: Mapping[Kind, int]
    """Published files by kind."""
    citations: Spread
    """Citations an explainer."""
    words: Spread
    """Words an explainer; for Japanese, Chinese and Korean: characters."""
    most_cited: tuple[SourceCitations, ...]
    """The most cited first."""
    orphans: Orphans


def stats(site: Site, most_cited: int = 10) -> Stats:
    """Return the numbers of `site`, with at most `most_cited` sources."""
    explainers = site.explainers.values()
    return Stats(
        title=site.settings.yaml.title,
        as_of=site.as_of,
        counts=site.counts(),
        citations=_spread([each.claims for each in explainers]),
        words=_spread([site.bodies[each.document.path].words for each in explainers]),
        most_cited=_most_cited(site)[:most_cited],
        orphans=_orphans(site),
    )


def stats_json(result: Stats) -> str:
    """Return the numbers as a JSON object, keys as in the types here."""
    return msgspec.json.format(msgspec.json.encode(result), indent=2).decode() + "\n"


def stats_text(result: Stats) -> str:
    """Return the numbers for people."""
    lines = [f"{result.title}, as of {result.as_of}", ""]
    lines += [f"  {_plural(kind, count):12} {count:6}" for kind, count in result.counts.items()]
    lines += [
        "",
        f"Citations an explainer: {_shown(result.citations)}",
        f"Words an explainer: {_shown(result.words)}",
    ]
    if result.most_cited:
        lines += ["", "Most cited sources"]
        lines += [
            f"  {each.citations:6}  {each.name} ({each.pages} {_plural('page', each.pages)})"
            for each in result.most_cited
        ]
    return "\n".join(lines) + "\n\n" + orphans_text(result)


def orphans_text(result: Stats) -> str:
    """Return the orphans for people, one kind a line."""
    found = result.orphans
    rows = (
        ("Sources never cited", found.sources_never_cited),
        ("Terms never used", found.terms_never_used),
        ("Topics without explainers", found.topics_without_explainers),
        ("Explainers nothing links to", found.explainers_never_linked),
    )
    return "".join(f"{words}: {', '.join(names) or 'none'}\n" for words, names in rows)


def _most_cited(site: Site) -> tuple[SourceCitations, ...]:
    counted = (
        SourceCitations(
            name=name,
            title=source.meta.title,
            citations=sum(each.claims for each in source.cited_by),
            pages=sum(bool(each.claims) for each in source.cited_by),
        )
        for name, source in site.sources.items()
    )
    cited = [each for each in counted if each.citations]
    return tuple(sorted(cited, key=lambda each: (-each.citations, -each.pages, each.name)))


def _orphans(site: Site) -> Orphans:
    named = {
        other.name for each in site.explainers.values() for other in each.related if other.chosen
    }
    named |= {topic.start_here.name for topic in site.topics.values() if topic.start_here}
    cited = {each.name for each in _most_cited(site)}
    return Orphans(
        sources_never_cited=tuple(sorted(set(site.sources) - cited)),
        terms_never_used=tuple(
            sorted(n for n, term in site.terms.items() if not term.used_in and not term.backlinks)
        ),
        topics_without_explainers=tuple(
            sorted(name for name, topic in site.topics.items() if not topic.explainers)
        ),
        explainers_never_linked=tuple(
            sorted(
                name
                for name, each in site.explainers.items()
                if name not in named and not each.backlinks and not each.series
            )
        ),
    )


def _spread(numbers: Sequence[int]) -> Spread:
    if not numbers:
        return Spread(total=0, minimum=0, median=0, maximum=0)
    return Spread(
        total=sum(numbers),
        minimum=min(numbers),
        median=statistics.median(numbers),
        maximum=max(numbers),
    )


def _shown(spread: Spread) -> str:
    return f"{spread.minimum} to {spread.maximum}, median {spread.median:g}, {spread.total} in all"


def _plural(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"
