"""Running text: its pieces, such as a note number or a term, and a page's body with its notes."""

from typing import ClassVar, Literal

from msgspec import Struct

from sitegen.render.views.links_and_dates import DateView, Link
from sitegen.render.views.sources import SourceNotes


class HtmlPiece(Struct, frozen=True, kw_only=True, array_like=True, gc=False, tag="html"):
    """Clean HTML."""

    kind: ClassVar[Literal["html"]] = "html"
    html: str


class CitePiece(Struct, frozen=True, kw_only=True, array_like=True, gc=False, tag="cite"):
    """A note number; its preview card is made of the note."""

    kind: ClassVar[Literal["cite"]] = "cite"
    number: int
    anchor: str
    """The id this number itself carries (`c7`); empty where the claim's words carry it."""
    alert: str
    """Its source's status, a key of `t.source_alerts`, until it is acknowledged; or empty."""


class TermPiece(Struct, frozen=True, kw_only=True, array_like=True, gc=False, tag="term"):
    """A glossary term at its first use, with its preview card."""

    kind: ClassVar[Literal["term"]] = "term"
    html: str
    """The words as they stand in the text."""
    card: str
    """The id of the card."""
    href: str
    title: str
    title_lang: str
    also: tuple[Link, ...]
    """Other forms, with their language; `href` is empty."""
    definition: str
    """Plain text."""


class AnchorPiece(Struct, frozen=True, kw_only=True, array_like=True, gc=False, tag="anchor"):
    """The link to a heading, at the heading's end."""

    kind: ClassVar[Literal["anchor"]] = "anchor"
    href: str
    heading: str


class DatedPiece(Struct, frozen=True, kw_only=True, array_like=True, gc=False, tag="dated"):
    """The day on which the words before it are true."""

    kind: ClassVar[Literal["dated"]] = "dated"
    as_of: DateView | None
    review_by: DateView | None
    due: bool
    """The words are due for review."""


Piece = HtmlPiece | CitePiece | TermPiece | AnchorPiece | DatedPiece
Pieces = tuple[Piece, ...]


class HeadingLink(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """An entry of *On this page*."""

    href: str
    text: str


class Body(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A page's running text with its notes."""

    pieces: Pieces
    source_notes: tuple[SourceNotes, ...]
    headings: tuple[HeadingLink, ...]
    """Second-level headings."""
