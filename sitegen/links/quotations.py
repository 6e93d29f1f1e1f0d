"""The words that a publication quotes from each source, with their places."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct

from sitegen.diagnostics import Diagnostic, Span
from sitegen.evidence.folding import fold
from sitegen.evidence.matching import find
from sitegen.evidence.quotations import quotations_of
from sitegen.model.document import Body
from sitegen.model.pages import Page
from sitegen.model.site import Site


class QuotedWords(Struct, frozen=True, kw_only=True):
    """Words of a source, where a file quotes them."""

    path: str
    span: Span | None
    source: str
    words: str


def quotations(site: Site, sources: Collection[str]) -> Mapping[str, tuple[QuotedWords, ...]]:
    """Return what the site quotes from each of some sources."""
    found: dict[str, list[QuotedWords]] = defaultdict(list)
    for page in pages_of(site):
        if not any(cited.source in sources for cited in page.document.cited):
            continue
        path = page.document.path
        for quoted in quoted_words(path, site.bodies[path], sources):
            found[quoted.source].append(quoted)
    return {source: tuple(each) for source, each in found.items()}


def quoted_words(path: str, body: Body, sources: Collection[str]) -> Iterator[QuotedWords]:
    """Yield what one file quotes from some sources, as far as finding it says something."""
    for quotation in quotations_of(body.citations):
        if quotation.checkable and quotation.source in sources:
            place = body.spans.get(f"{quotation.place}.{quotation.citation}")
            yield QuotedWords(
                path=path,
                span=place or body.spans.get(f"citation.{quotation.citation}"),
                source=quotation.source,
                words=quotation.text,
            )


def pages_of(site: Site) -> Iterator[Page]:
    """Yield every page of the site that stands for a file."""
    for group in (
        site.explainers,
        site.sources,
        site.topics,
        site.terms,
        site.authors,
        site.pages,
    ):
        yield from group.values()


def lost(
    found: Iterable[QuotedWords], text: str, before: str | None = None
) -> tuple[QuotedWords, ...]:
    """Return those that don't stand in `text`; where `before` is given, only those that did."""
    folded = fold(text)
    folded_before = None if before is None else fold(before)
    return tuple(
        each
        for each in found
        if find(each.words, folded) is None
        and (folded_before is None or find(each.words, folded_before) is not None)
    )


def lost_quotation(quoted: QuotedWords, where: str) -> Diagnostic:
    """Return what an editor is told of a quotation that `where` no longer holds."""
    words = quoted.words
    shown = words if len(words) <= _LONGEST_SHOWN else f"{words[: _LONGEST_SHOWN - 1]}…"
    return Diagnostic(
        path=quoted.path,
        code="lost-quotation",
        message=f"'{shown}' no longer stands in {where}",
        span=quoted.span,
        help="read the source again: quote what it says now, or set its record's status: and "
        "status_note:",
    )


_LONGEST_SHOWN = 80
