"""Sources as pages show them, with their notes, their alerts and their share of the evidence."""

from msgspec import Struct

from sitegen.render.views.links_and_dates import DateView, Link


class SourceAlertView(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A source that is no longer what it was, until its page's author has acknowledged it."""

    href: str
    title: str
    lang: str
    """The title's language, where it is not the page's; else empty."""
    status: str
    """A key of `t.source_alerts`."""
    note: str
    successor: Link | None


class NoteView(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """One note below its source."""

    number: int
    claim_href: str
    words: str
    locator: str
    passage: str
    passage_lang: str
    translated: bool
    standing: str
    """A key of `t.standings`, or empty."""


class SourceView(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A source as lists and notes show it."""

    href: str
    title: str
    title_lang: str
    lang: str
    """The source's own language, where it is not the page's; else empty."""
    described: bool
    translated_title: str
    kind: str
    publisher: str
    publisher_lang: str
    published: DateView | None
    url: str
    archive_url: str
    attribution: str
    caveat: str
    primary: bool
    status: str
    status_note: str
    link: str
    """`dead` or `drifted` where its address was found so when it was last asked; else empty."""
    link_since: DateView | None
    """The day on which it was first found so."""


class SourceNotes(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A source in a page's *Sources and notes*."""

    number: int
    source: SourceView
    notes: tuple[NoteView, ...]
    """Empty: also consulted."""


class SourceCount(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A source in a listing, with how many claims rest on it."""

    source: SourceView
    claims: int


class EvidenceRow(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A source's share of a page's claims."""

    claims: int
    href: str
    publisher: str
    publisher_lang: str
    kind: str


class EvidenceView(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """How many claims rest on how many sources."""

    claims: int
    sources: int
    shares: tuple[int, ...]
    """Claims of each cited source, most first: the bar."""
    rows: tuple[EvidenceRow, ...]
    """The first five."""
    more: int
    leading: SourceView | None
    """The source that holds more than 70 % of the claims, if there is one."""
