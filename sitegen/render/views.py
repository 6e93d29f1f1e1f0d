"""The views: exactly what each template may see, as frozen values.

A template gets its view as `page` and the interface strings of its language as `t`. Every href is
ready to use; templates never join addresses. An output's bytes are a function of its view, its
template and the strings, and of nothing else.
"""

from collections.abc import Mapping
from typing import ClassVar, Literal

from msgspec import Struct


class Link(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """Words that lead somewhere."""

    href: str
    title: str
    lang: str = ""
    """The language of the title, where it is not the page's; else empty."""
    count: int = 0
    current: bool = False


class DateView(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A date for `<time>`: machine form and words, at its own precision."""

    iso: str
    text: str


class SocialImage(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """The picture that other sites show beside a link to the page."""

    src: str
    """Absolute."""
    alt: str
    width: int
    """0 where it is not known."""
    height: int
    media_type: str


class SocialView(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """What other sites show of a link to the page, in the words of the Open Graph protocol."""

    title: str
    """The page's own, without the site's name."""
    locale: str
    """`en_US`, `ja_JP`."""
    other_locales: tuple[str, ...]
    """Those of its translations."""
    image: SocialImage | None
    published: str
    """A day; empty where the page is no article."""
    modified: str
    authors: tuple[str, ...]
    """The addresses of its authors' pages."""
    section: str
    """The primary topic."""
    topics: tuple[str, ...]


class Frame(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """What every page shares: head, masthead and footer."""

    lang: str
    site_title: str
    site_lang: str
    """The language of the publication's own name and words, where it is not the page's."""
    site_description: str
    publisher: str
    title: str
    """What goes into `<title>`, the site's name included."""
    title_lang: str
    """The language of the page's own name in it, where that is not the page's; else empty."""
    description: str
    canonical: str
    kind: Literal["website", "article"]
    indexed: bool
    """False asks search engines to leave the page out."""
    alternates: tuple[Link, ...]
    """The same page in each language, this one included, and once more as `x-default`; `lang` is
    set, `href` absolute."""
    translations: tuple[Link, ...]
    """The same page in other languages, without this one; `lang` is set."""
    home: str
    search: str
    """Empty where the publication has no search."""
    own_search: bool
    """True where the page has a search field of its own, so that the masthead needs none."""
    feed: str
    """The Atom feed; empty where the publication has none."""
    nav: tuple[Link, ...]
    footer: tuple[Link, ...]
    assets: Mapping[str, str]
    """The href of each file below templates/assets/, by its path there: `site.css`."""
    structured_data: str
    """JSON-LD, ready for a script element; may be empty."""
    content_security_policy: str
    """What the page may load and run, for a `meta` element."""
    social: SocialView
    """What other sites show of a link to the page."""
    edit_url: str
    """Where the file can be edited; empty without a repository."""


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


class ImageView(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A picture."""

    href: str
    alt: str
    credit: str


class HomePage(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """home.html"""

    frame: Frame
    lead: Item | None
    lead_authors: tuple[Link, ...]
    """Empty: the publication's own, `frame.publisher`."""
    lead_evidence: EvidenceView | None
    latest: tuple[Item, ...]
    all_explainers: Link
    topics: tuple[Link, ...]
    corrected_lately: CorrectionView | None
    corrections_href: str
    about_href: str


class CitedPart(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A stretch of how a page is cited in words."""

    text: str
    italic: bool = False


class ExplainerPage(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """explainer.html"""

    frame: Frame
    state: Literal["published", "draft", "scheduled"]
    title: str
    summary: str
    topics: tuple[Link, ...]
    authors: tuple[Link, ...]
    """Empty: the publication's own, `frame.publisher`."""
    reading_minutes: int
    published: DateView
    updated: DateView | None
    as_of: DateView | None
    as_of_note: str
    reviewed: DateView | None
    reviewer: Link | None
    stale_on: DateView
    stale: bool
    alerts: tuple[SourceAlertView, ...]
    """The sources it rests on that are no longer what they were."""
    unsupported: int
    """How many key points rest on no primary source."""
    image: ImageView | None
    key_points: tuple[Pieces, ...]
    known: tuple[Pieces, ...]
    unknown: tuple[Pieces, ...]
    body: Body
    show_contents: bool
    evidence: EvidenceView
    events: tuple[EventView, ...]
    corrections: tuple[CorrectionView, ...]
    corrections_href: str
    citation: tuple[CitedPart, ...]
    """The page cited in words."""
    bibtex_href: str
    """Empty with `citation_files: false`, as are the next two."""
    ris_href: str
    csl_href: str
    markdown_href: str
    """Empty with `markdown_copies: false`."""
    series: str
    series_parts: tuple[Link, ...]
    related: tuple[RelatedView, ...]
    linked_from: tuple[BacklinkView, ...]


class ListingPage(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """explainers.html: all explainers, newest first."""

    frame: Frame
    items: tuple[Item, ...]
    pager: Pager


class TopicNode(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A topic in the tree; `depth` counts from 0."""

    href: str
    title: str
    lang: str
    summary: str
    explainers: int
    depth: int
    alerts: tuple[SourceAlertView, ...]


class TopicsPage(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """topics.html"""

    frame: Frame
    nodes: tuple[TopicNode, ...]
    """Depth first."""
    pager: Pager


class SourceCount(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A source in a listing, with how many claims rest on it."""

    source: SourceView
    claims: int


class TopicPage(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """topic.html"""

    frame: Frame
    title: str
    summary: str
    topics_href: str
    """The list of all topics."""
    ancestors: tuple[Link, ...]
    children: tuple[Link, ...]
    related: tuple[Link, ...]
    alerts: tuple[SourceAlertView, ...]
    """The changed sources that it or an explainer of it rests on."""
    body: Body
    items: tuple[Item, ...]
    sources: tuple[SourceCount, ...]
    """On the first page: at most fifty, those that most claims rest on."""
    more_sources: int
    """How many there are besides them."""
    sources_href: str
    """The list of all sources."""
    start_here: Link | None
    events: tuple[EventView, ...]
    """The first eight."""
    timeline_href: str
    terms: tuple[Link, ...]
    feed: str
    pager: Pager


class SourcesPage(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """sources.html"""

    frame: Frame
    sources: tuple[SourceCount, ...]
    pager: Pager


class CitingClaim(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A claim that rests on a source, as the source's page shows it."""

    number: int
    href: str
    sentence: str
    words: str
    locator: str
    passage: str
    passage_lang: str
    translated: bool
    standing: str
    """A key of `t.standings`, or empty."""


class CitingView(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A page that cites a source."""

    page: Link
    kind: str
    as_of: DateView | None
    claims: tuple[CitingClaim, ...]


class SourcePage(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """source.html"""

    frame: Frame
    source: SourceView
    byline: str
    byline_lang: str
    accessed: DateView | None
    doi: str
    licence: str
    language: str
    """The language's tag; `t.languages` may name it."""
    successor: Link | None
    topics: tuple[Link, ...]
    body: Body
    cited_by: tuple[CitingView, ...]
    claims: int
    consulted_by: tuple[Link, ...]
    events: tuple[EventView, ...]
    same_publisher: tuple[Link, ...]


class TermView(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A term in the glossary."""

    anchor: str
    href: str
    title: str
    lang: str
    also: tuple[Link, ...]
    definition: Pieces
    used_in: tuple[Link, ...]


class GlossaryLetter(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A letter of the glossary; `href` is empty where no term begins with it."""

    letter: str
    href: str


class GlossaryPage(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """glossary.html"""

    frame: Frame
    letters: tuple[GlossaryLetter, ...]
    terms: tuple[TermView, ...]


class TermPage(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """term.html"""

    frame: Frame
    term: TermView
    topics: tuple[Link, ...]
    sources: tuple[SourceView, ...]
    """Those that no note of the page names."""
    body: Body


class AuthorPage(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """author.html"""

    frame: Frame
    name: str
    role: str
    email: str
    url: str
    orcid: str
    image: str
    body: Body
    items: tuple[Item, ...]
    explainers: int
    """How many there are on all pages."""
    corrections: int
    corrections_href: str
    pager: Pager


class TimelineYear(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """The events of one year."""

    year: str
    events: tuple[EventView, ...]


class TimelinePage(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """timeline.html"""

    frame: Frame
    topics: tuple[Link, ...]
    years: tuple[TimelineYear, ...]
    pager: Pager


class CorrectionsMonth(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """The corrections of one month."""

    month: str
    corrections: tuple[CorrectionView, ...]


class CorrectionsPage(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """corrections.html"""

    frame: Frame
    feed: str
    """Their Atom feed; empty where the publication has none."""
    months: tuple[CorrectionsMonth, ...]
    policy: Link | None
    pager: Pager


class SearchPage(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """search.html"""

    frame: Frame
    topics: tuple[Link, ...]
    lists: tuple[Link, ...]
    """The pages that list everything: a way on where there is no search."""


class StandingPageView(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """page.html"""

    frame: Frame
    title: str
    summary: str
    body: Body


class NotFoundPage(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """404.html; its hrefs begin at the host's root, since it is shown at any depth."""

    frame: Frame
    links: tuple[Link, ...]


class ExpiredPageView(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """expired.html"""

    frame: Frame
    expired: DateView


class RedirectPage(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """redirect.html"""

    lang: str
    href: str
    canonical: str
    title: str
    content_security_policy: str


PageView = (
    HomePage
    | ExplainerPage
    | ListingPage
    | TopicsPage
    | TopicPage
    | SourcesPage
    | SourcePage
    | GlossaryPage
    | TermPage
    | AuthorPage
    | TimelinePage
    | CorrectionsPage
    | SearchPage
    | StandingPageView
    | NotFoundPage
    | ExpiredPageView
    | RedirectPage
)
