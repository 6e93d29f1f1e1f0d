"""Fills the holes of a page's HTML: hrefs and titles as text, citations and terms as pieces."""

import html
import re
from collections.abc import Callable, Iterator

from sitegen import urls
from sitegen.model.document import HOLE, Body, Citation, DatedWords, Fragment
from sitegen.model.site import Page, Site, Target, TermUse
from sitegen.render.alerts import alert_of
from sitegen.render.dead_links import with_dead_links
from sitegen.render.place import Place, Words
from sitegen.render.views import (
    AnchorPiece,
    CitePiece,
    DatedPiece,
    HtmlPiece,
    Link,
    Piece,
    Pieces,
    TermPiece,
)

_HrefOf = Callable[[Target], str]
_ID = re.compile(r' id="[^"]*"')
_TAG_WITH_ID = re.compile(r'<[a-z][^<>]* id="[^<>]*>')
_CITE_HOLE = re.compile(r"(?:\ufdd0c[0-9]+\ufdd1)+")


def body_of(site: Site, page: Page) -> Body:
    """Return the body of the file that `page` stands for."""
    return site.bodies[page.document.path]


def pieces(place: Place, page: Page, key: str) -> Pieces:
    """Return a fragment of `page` as the pieces its template prints."""
    fragment = body_of(place.site, page).fragments[key]
    uses = [
        use
        for use in place.site.bodies.term_uses(page.document.path)
        if use.fragment == key and use.term in page.terms
    ]
    return tuple(_pieces(place, page, fragment, uses))


def plain_pieces(place: Place, page: Page, key: str) -> Pieces:
    """Return a fragment without note numbers and terms, for pages that are not its own."""
    fragment = body_of(place.site, page).fragments[key]
    filled = _fill(_CITE_HOLE.sub("", fragment.html), page, _href_at(place))
    without_ids = re.sub(r'<span class="claim" id="c[0-9]+">', "<span>", filled)
    return (HtmlPiece(html=without_ids),)


def feed_html(site: Site, page: Page, key: str, words: Words) -> str:
    """Return a fragment as HTML that stands alone: whole addresses, numbers as `[9]`, no cards."""
    base = site.settings.base

    def href(target: Target) -> str:
        return urls.absolute(base, target.permalink, target.anchor)

    note = html.escape(urls.absolute(base, page.card.permalink))

    def fill(hole: re.Match[str]) -> str:
        letter, number = hole.groups()
        if letter == "c":
            return f'<sup><a href="{note}#n{number}">[{number}]</a></sup>'
        if letter == "d":
            return _day_of_words(page, int(number))
        return _reference(page, hole, href)

    filled = HOLE.sub(fill, body_of(site, page).fragments[key].html)
    without_ids = _TAG_WITH_ID.sub(lambda tag: _ID.sub("", tag[0]), filled)
    return with_dead_links(words, page, without_ids)


def _day_of_words(page: Page, number: int) -> str:
    day = page.document.dated[number].as_of
    return f" ({day})" if day else ""


def filled_markdown(site: Site, page: Page) -> str:
    """Return the body as Markdown that stands alone: its links hold whole addresses."""

    def fill(found: re.Match[str]) -> str:
        target = page.targets[int(found[2])]
        if target is None:
            return ""
        if found[1] == "t":
            return re.sub(r"([\\\[\]*_`])", r"\\\1", target.title)
        address = urls.absolute(site.settings.base, target.permalink, target.anchor)
        return address.replace("(", "%28").replace(")", "%29")

    return HOLE.sub(fill, body_of(site, page).markdown)


def _href_at(place: Place) -> _HrefOf:
    return lambda target: place.href(target.permalink, target.anchor)


def _fill(text: str, page: Page, href: _HrefOf) -> str:
    """Return `text` with the holes of references filled and those of headings closed."""
    return HOLE.sub(lambda hole: _reference(page, hole, href), text)


def _reference(page: Page, hole: re.Match[str], href: _HrefOf) -> str:
    """Return what fills the hole of a reference; that of a heading is closed."""
    if hole[1] not in "ht":
        return ""
    target = page.targets[int(hole[2])]
    if target is None:
        return ""
    return html.escape(href(target) if hole[1] == "h" else target.title)


def _pieces(place: Place, page: Page, fragment: Fragment, uses: list[TermUse]) -> Iterator[Piece]:
    position = 0
    for use in sorted(uses, key=lambda each: each.start):
        yield from _between(place, page, fragment.html[position : use.start])
        yield _term(place, page, use, fragment.html[use.start : use.end])
        position = use.end
    yield from _between(place, page, fragment.html[position:])


def _between(place: Place, page: Page, text: str) -> Iterator[Piece]:
    """Yield the pieces of a stretch without terms."""
    href = _href_at(place)
    body = body_of(place.site, page)
    position = 0
    said: list[str] = []
    for hole in HOLE.finditer(text):
        said.append(text[position : hole.start()])
        position = hole.end()
        letter, number = hole[1], int(hole[2])
        if letter in "ht":
            said.append(_reference(page, hole, href))
            continue
        yield from _html(place, page, said)
        said.clear()
        if letter == "a":
            heading = body.headings[number]
            yield AnchorPiece(href=f"#{heading.anchor}", heading=heading.text)
        elif letter == "d":
            yield _dated(place, page.document.dated[number])
        else:
            yield _cite(page, body.citations[number - 1])
    said.append(text[position:])
    yield from _html(place, page, said)


def _html(place: Place, page: Page, said: list[str]) -> Iterator[Piece]:
    """Yield a piece of HTML, if it is not empty."""
    text = with_dead_links(place.words, page, "".join(said))
    if text:
        yield HtmlPiece(html=text)


def _cite(page: Page, citation: Citation) -> CitePiece:
    alert = alert_of(page, citation.source) if page.alerts else None
    return CitePiece(
        number=citation.number,
        anchor="" if citation.claim else f"c{citation.number}",
        alert=alert.status if alert else "",
    )


def _dated(place: Place, mark: DatedWords) -> DatedPiece:
    return DatedPiece(
        as_of=place.optional_date(mark.as_of),
        review_by=place.optional_date(mark.review_by),
        due=bool(mark.review_by) and place.site.as_of >= mark.review_by,
    )


def _term(place: Place, page: Page, use: TermUse, words: str) -> TermPiece:
    term = place.site.terms[use.term]
    return TermPiece(
        html=words,
        card=f"t:{term.slug}",
        href=place.href(term.card.permalink),
        title=term.meta.term,
        title_lang=place.foreign(term.card.lang),
        also=other_forms(place, term.meta.also),
        definition=term.definition,
    )


def other_forms(place: Place, also: tuple[str, ...]) -> tuple[Link, ...]:
    """Return a term's other forms, those in Japanese script marked as such."""
    return tuple(Link(href="", title=form, lang=place.words_lang(form)) for form in also)
