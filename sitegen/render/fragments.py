"""Fills the holes of a page's HTML: hrefs and titles as text, citations and terms as pieces."""

import html
import re
from collections.abc import Callable, Sequence

from sitegen import urls
from sitegen.model.document import HOLE, Citation, DatedWords, ShownBody
from sitegen.model.links import DeadLink
from sitegen.model.pages import Page
from sitegen.model.relations import Target, TermUse
from sitegen.model.site import Site
from sitegen.render.alerts import alert_of
from sitegen.render.dead_links import with_dead_links
from sitegen.render.place import Place, Words
from sitegen.render.views.links_and_dates import Link
from sitegen.render.views.running_text import (
    AnchorPiece,
    CitePiece,
    DatedPiece,
    HtmlPiece,
    Piece,
    Pieces,
    TermPiece,
)

_HrefOf = Callable[[Target], str]
_ID_IN_TAG = re.compile(r' id="[^"<>]*"(?=[^<>]*>)')
_CITE_HOLE = re.compile(r"(?:\ufdd0c[0-9]+\ufdd1)+")


def shown_body(site: Site, page: Page) -> ShownBody:
    """Return what pages show of the body of the file that `page` stands for."""
    return site.bodies.shown(page.document.path)


def pieces(place: Place, page: Page, key: str) -> Pieces:
    """Return a fragment of `page` as the pieces its template prints."""
    return all_pieces(place, page, [key])[0]


def all_pieces(place: Place, page: Page, keys: Sequence[str]) -> tuple[Pieces, ...]:
    """Return several fragments of `page`, each as the pieces its template prints."""
    path = page.document.path
    body = place.site.bodies.shown(path)
    uses = place.site.bodies.term_uses(path)
    uses = tuple([use for use in uses if use.term in page.terms])
    return tuple([_pieces(place, page, body, uses, key) for key in keys])


def _pieces(
    place: Place, page: Page, body: ShownBody, uses: tuple[TermUse, ...], key: str
) -> Pieces:
    text = body.fragments[key].html
    found: list[Piece] = []
    position = 0
    here = [use for use in uses if use.fragment == key]
    for use in sorted(here, key=lambda each: each.start):
        _add_between(found, place, page, body, text[position : use.start])
        found.append(_term(place, page, use, text[use.start : use.end]))
        position = use.end
    _add_between(found, place, page, body, text[position:])
    return tuple(found)


def plain_pieces(place: Place, page: Page, key: str) -> Pieces:
    """Return a fragment without note numbers and terms, for pages that are not its own."""
    fragment = shown_body(place.site, page).fragments[key]
    filled = _fill(_CITE_HOLE.sub("", fragment.html), page, _href_at(place))
    without_ids = re.sub(r'<span class="claim" id="c[0-9]+">', "<span>", filled)
    return (HtmlPiece(html=without_ids),)


def feed_html(site: Site, page: Page, text: str, words: Words) -> str:
    """Return the HTML of `page` so that it stands alone: whole addresses, numbers as `[9]`."""
    base = site.settings.base

    def href(target: Target) -> str:
        return urls.absolute(base, target.permalink, target.anchor)

    note = html.escape(urls.absolute(base, page.card.permalink))
    targets = page.targets
    first, *parts = HOLE.split(_ID_IN_TAG.sub("", text))
    said = [first]
    for letter, number, following in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        if letter == "c":
            said.append(f'<sup><a href="{note}#n{number}">[{number}]</a></sup>')
        elif letter == "d":
            said.append(_day_of_words(page, int(number)))
        else:
            said.append(_reference(targets, letter, number, href))
        said.append(following)
    return with_dead_links(words, page.dead_links, "".join(said))


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

    return HOLE.sub(fill, site.bodies[page.document.path].markdown)


def _href_at(place: Place) -> _HrefOf:
    return lambda target: place.href(target.permalink, target.anchor)


def _fill(text: str, page: Page, href: _HrefOf) -> str:
    """Return `text` with the holes of references filled and those of headings closed."""
    return HOLE.sub(lambda hole: _reference(page.targets, hole[1], hole[2], href), text)


def _reference(targets: Sequence[Target | None], letter: str, number: str, href: _HrefOf) -> str:
    """Return what fills the hole of a reference; that of a heading is closed."""
    if letter not in "ht":
        return ""
    target = targets[int(number)]
    if target is None:
        return ""
    return html.escape(href(target) if letter == "h" else target.title)


def _add_between(found: list[Piece], place: Place, page: Page, body: ShownBody, text: str) -> None:
    """Add the pieces of a stretch without terms."""
    first, *parts = HOLE.split(text)
    href, targets, dead = _href_at(place), page.targets, page.dead_links
    said, holes = first, iter(parts)
    for letter, number, following in zip(holes, holes, holes, strict=True):
        if letter in "ht":
            said += _reference(targets, letter, number, href) + following
            continue
        _add_html(found, place, dead, said)
        said = following
        if letter == "a":
            heading = body.headings[int(number)]
            found.append(AnchorPiece(href=f"#{heading.anchor}", heading=heading.text))
        elif letter == "d":
            found.append(_dated(place, page.document.dated[int(number)]))
        else:
            found.append(_cite(page, body.citations[int(number) - 1]))
    _add_html(found, place, dead, said)


def _add_html(found: list[Piece], place: Place, dead: tuple[DeadLink, ...], text: str) -> None:
    """Add a piece of HTML, if it is not empty."""
    if text:
        said = with_dead_links(place.words, dead, text) if dead else text
        found.append(HtmlPiece(html=said))


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
