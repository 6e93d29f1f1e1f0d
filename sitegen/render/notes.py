"""Makes what shows a page's evidence: its notes by source, and how its claims are spread."""

from collections import defaultdict

from sitegen.model.pages import Page, Source
from sitegen.render.dependencies import of_brief
from sitegen.render.fragments import pieces, shown_body
from sitegen.render.place import Place
from sitegen.render.views.running_text import Body, HeadingLink
from sitegen.render.views.sources import (
    EvidenceRow,
    EvidenceView,
    NoteView,
    SourceNotes,
    SourceView,
)

_ROWS = 5
_LEADING_SHARE = 0.7


def source_view(place: Place, source: Source) -> SourceView:
    """Return a source as lists and notes show it."""
    href = place.href(source.card.permalink)
    # Pages of one folder and language show it alike, and there are thousands of them.
    return of_brief(source, ("view", href, place.lang), lambda brief: _view(place, brief, href))


def _view(place: Place, source: Source, href: str) -> SourceView:
    meta = source.meta
    link = source.link if source.link and source.link.verdict in ("dead", "drifted") else None
    return SourceView(
        href=href,
        title=meta.title,
        title_lang=place.title_lang(source),
        lang=place.foreign(source.card.lang),
        described=meta.described,
        translated_title=meta.translated_title,
        kind=meta.kind,
        publisher=meta.publisher,
        publisher_lang=place.publisher_lang(source),
        published=place.optional_date(meta.published),
        url=meta.url,
        archive_url=meta.archive_url,
        attribution=meta.attribution,
        caveat=meta.caveat,
        primary=meta.primary,
        status=meta.status,
        status_note=meta.status_note,
        link=link.verdict if link else "",
        link_since=place.date(link.since) if link else None,
    )


def source_notes(place: Place, page: Page) -> tuple[SourceNotes, ...]:
    """Return the page's sources, each with its notes."""
    notes: dict[str, list[NoteView]] = defaultdict(list)
    sources = place.site.sources
    standings = page.standings
    for citation in shown_body(place.site, page).citations:
        notes[citation.source].append(
            NoteView(
                number=citation.number,
                claim_href=f"#c{citation.number}",
                words=citation.words,
                locator=citation.locator,
                passage=citation.passage,
                passage_lang=place.passage_lang(citation.passage, sources[citation.source]),
                translated=citation.translated,
                standing=standings.get(citation.number, ""),
            )
        )
    return tuple(
        [
            SourceNotes(
                number=use.number,
                source=source_view(place, sources[use.source]),
                notes=tuple(notes.get(use.source, ())),
            )
            for use in page.uses
        ]
    )


def body(place: Place, page: Page) -> Body:
    """Return the page's running text with its notes."""
    return Body(
        pieces=pieces(place, page, "body"),
        source_notes=source_notes(place, page),
        headings=tuple(
            HeadingLink(href=f"#{heading.anchor}", text=heading.text)
            for heading in shown_body(place.site, page).headings
            if heading.level == 2 and heading.anchor
        ),
    )


def evidence(place: Place, page: Page, prefix: str = "") -> EvidenceView:
    """Return how the page's claims are spread; `prefix` leads to the page from elsewhere."""
    cited = sorted(
        (use for use in page.uses if use.claims),
        key=lambda use: (-use.claims, use.number),
    )
    claims = sum(use.claims for use in cited)
    rows = []
    for use in cited[:_ROWS]:
        source = place.site.sources[use.source]
        meta = source.meta
        rows.append(
            EvidenceRow(
                claims=use.claims,
                href=f"{prefix}#s{use.number}",
                publisher=meta.publisher,
                publisher_lang=place.publisher_lang(source),
                kind=meta.kind,
            )
        )
    leads = bool(cited) and cited[0].claims > _LEADING_SHARE * claims
    return EvidenceView(
        claims=claims,
        sources=len(cited),
        shares=tuple(use.claims for use in cited),
        rows=tuple(rows),
        more=max(0, len(cited) - _ROWS),
        leading=source_view(place, place.site.sources[cited[0].source]) if leads else None,
    )
