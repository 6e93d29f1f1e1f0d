"""The views of the pages that no file stands for: home, listings, timeline, search, 404."""

from msgspec import Struct

from sitegen.render.views.frame import Frame
from sitegen.render.views.links_and_dates import DateView, Link
from sitegen.render.views.listings import CorrectionView, EventView, Item, Pager
from sitegen.render.views.pages import (
    AuthorPage,
    ExplainerPage,
    SourcePage,
    StandingPageView,
    TermPage,
    TermView,
    TopicPage,
)
from sitegen.render.views.sources import EvidenceView, SourceAlertView, SourceCount


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


class SourcesPage(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """sources.html"""

    frame: Frame
    sources: tuple[SourceCount, ...]
    pager: Pager


class GlossaryLetter(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A letter of the glossary; `href` is empty where no term begins with it."""

    letter: str
    href: str


class GlossaryPage(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """glossary.html"""

    frame: Frame
    letters: tuple[GlossaryLetter, ...]
    terms: tuple[TermView, ...]


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
