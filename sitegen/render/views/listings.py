"""The entries of lists: events, corrections, explainers, backlinks; and the pager below them."""

from typing import Literal

from msgspec import Struct

from sitegen.render.views.links_and_dates import DateView, Link
from sitegen.render.views.running_text import Pieces
from sitegen.render.views.sources import SourceAlertView


class EventView(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A dated line of a timeline."""

    date: DateView
    status: Literal["reported", "planned"]
    pieces: Pieces
    sources: tuple[Link, ...]
    page: Link | None
    """The page that tells it, on timelines."""
    topics: tuple[Link, ...]
    alerts: tuple[SourceAlertView, ...]


class CorrectionView(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A correction."""

    date: DateView
    kind: str
    text: str
    was: str
    now: str
    page: Link | None


class Item(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """An explainer in a listing."""

    href: str
    title: str
    lang: str
    summary: str
    date: DateView
    as_of: DateView | None
    topics: tuple[Link, ...]
    claims: int
    state: Literal["published", "draft", "scheduled"]
    alerts: tuple[SourceAlertView, ...]


class RelatedView(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """An explainer to read next, and why."""

    href: str
    title: str
    lang: str
    chosen: bool
    shared_sources: int
    shared_topics: int


class BacklinkView(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A page whose text links here, and the sentence it does it in."""

    href: str
    title: str
    lang: str
    sentence: str


class Pager(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """Where a listing stands among its pages."""

    number: int
    total: int
    previous: str
    next: str
