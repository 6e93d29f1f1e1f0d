"""Makes the views of the pages that no file stands for: home, listings, timeline, search, 404."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from sitegen.model.dates import days_after, first_day
from sitegen.model.pages import Topic
from sitegen.model.relations import Card
from sitegen.model.site import ExpiredPage, Redirect
from sitegen.render.alerts import alert_views
from sitegen.render.date_words import date_words
from sitegen.render.dependencies import names_on
from sitegen.render.frames import card_links, make_frame, topic_links
from sitegen.render.listings import correction, event, item, pager, rows_on
from sitegen.render.notes import evidence
from sitegen.render.page_views import source_count, term_entry
from sitegen.render.place import Place
from sitegen.render.security import CONTENT_SECURITY_POLICY
from sitegen.render.structured_data import glossary_data, list_data
from sitegen.render.views.frame import Frame
from sitegen.render.views.links_and_dates import Link
from sitegen.render.views.overviews import (
    CorrectionsMonth,
    CorrectionsPage,
    ExpiredPageView,
    GlossaryLetter,
    GlossaryPage,
    HomePage,
    ListingPage,
    NotFoundPage,
    RedirectPage,
    SearchPage,
    SourcesPage,
    TimelinePage,
    TimelineYear,
    TopicNode,
    TopicsPage,
)
from sitegen.urls import companion, permalink

_LATEST = 10
_LATELY_DAYS = 90


def home_view(place: Place) -> HomePage:
    """Return what home.html may see."""
    site = place.site
    explainers = [site.explainers[name] for name in site.listed]
    lead = next((each for each in explainers if each.meta.featured), None) or next(
        iter(explainers), None
    )
    latest = [each for each in explainers[: _LATEST + 1] if each is not lead]
    recent = site.corrections[0] if site.corrections else None
    if recent and days_after(recent.entry.date, _LATELY_DAYS) < site.as_of:
        recent = None
    about = next((page for page in site.pages.values() if page.card.name == "about"), None)
    return HomePage(
        frame=make_frame(place, "", site.settings.yaml.description),
        lead=item(place, lead) if lead else None,
        lead_authors=card_links(place, lead.authors) if lead else (),
        lead_evidence=evidence(place, lead, place.href(lead.card.permalink)) if lead else None,
        latest=tuple(item(place, each) for each in latest[:_LATEST]),
        all_explainers=Link(
            href=place.href(permalink("explainers")),
            title=str(place.words["nav"]["explainers"]),
            count=len(explainers),
        ),
        topics=topic_links(place, _own_topics(place), counted=True),
        corrected_lately=correction(place, recent.entry, recent.page) if recent else None,
        corrections_href=place.href(permalink("corrections")),
        about_href=place.href(about.card.permalink) if about else "",
    )


def _own_topics(place: Place) -> tuple[str, ...]:
    topics = place.site.topics.values()
    return tuple(topic.card.name for topic in topics if topic.card.lang == place.lang)


def explainers_view(place: Place, number: int) -> ListingPage:
    """Return what explainers.html may see of page `number`."""
    site = place.site
    # Those on this page alone: each of many pages would else depend on all explainers.
    explainers = [site.explainers[name] for name in rows_on(site.listed, number)]
    published = [each.card for each in explainers if each.state == "published"]
    return ListingPage(
        frame=_listing(place, "explainers", published, number, len(site.listed)),
        items=tuple(item(place, each) for each in explainers),
        pager=pager(place, permalink("explainers"), number, len(site.listed)),
    )


def _listing(place: Place, name: str, cards: Iterable[Card], number: int, total: int) -> Frame:
    """Return the frame of page `number` of a listing, called `name` in the navigation.

    `cards` are those on this page, of `total` in all.
    """
    title = str(place.words["nav"][name])
    data = list_data(place.site, title, permalink(name), cards, number, total)
    return make_frame(place, title, "", structured_data=data)


def topics_view(place: Place, number: int) -> TopicsPage:
    """Return what topics.html may see of page `number`."""
    ordered = list(_depth_first(place))
    rows = rows_on(ordered, number)
    return TopicsPage(
        frame=_listing(place, "topics", [topic.card for topic, _ in rows], number, len(ordered)),
        nodes=tuple(_node(place, *each) for each in rows),
        pager=pager(place, permalink("topics"), number, len(ordered)),
    )


def _node(place: Place, topic: Topic, depth: int) -> TopicNode:
    return TopicNode(
        href=place.href(topic.card.permalink),
        title=topic.meta.title,
        lang=place.foreign(topic.card.lang),
        summary=topic.meta.summary,
        explainers=len(topic.explainers),
        depth=depth,
        alerts=alert_views(place, topic.alerts),
    )


def _depth_first(place: Place) -> Iterator[tuple[Topic, int]]:
    """Yield each topic of the tree with how deep it stands."""
    topics = place.site.topics

    def below(name: str, depth: int) -> Iterator[tuple[Topic, int]]:
        topic = topics[name]
        yield topic, depth
        for child in sorted(topic.children, key=lambda card: card.title.casefold()):
            yield from below(child.name, depth + 1)

    for name in _own_topics(place):
        if not topics[name].ancestors:
            yield from below(name, 0)


def sources_view(place: Place, number: int) -> SourcesPage:
    """Return what sources.html may see of page `number`."""
    sources = place.site.sources
    shown = [sources[name] for name in names_on(sources, number)]
    return SourcesPage(
        frame=_listing(place, "sources", [each.card for each in shown], number, len(sources)),
        sources=tuple(
            source_count(place, each, sum(citing.claims for citing in each.cited_by))
            for each in shown
        ),
        pager=pager(place, permalink("sources"), number, len(sources)),
    )


def glossary_view(place: Place) -> GlossaryPage:
    """Return what glossary.html may see."""
    terms = [term_entry(place, term, own_page=False) for term in place.site.terms.values()]
    firsts: dict[str, str] = {}
    for term in terms:
        firsts.setdefault(term.title[:1].upper(), f"#{term.anchor}")
    alphabet = [chr(code) for code in range(ord("A"), ord("Z") + 1)]
    letters = [*alphabet, *(letter for letter in firsts if letter not in alphabet)]
    return GlossaryPage(
        frame=make_frame(
            place,
            str(place.words["nav"]["glossary"]),
            "",
            structured_data=glossary_data(place.site),
        ),
        letters=tuple(
            GlossaryLetter(letter=letter, href=firsts.get(letter, "")) for letter in letters
        ),
        terms=tuple(terms),
    )


def timeline_view(place: Place, number: int) -> TimelinePage:
    """Return what timeline.html may see of page `number`."""
    site = place.site
    with_events = [topic for topic in site.topics.values() if topic.timeline]
    events = rows_on(site.timeline, number)
    years = groupby(events, key=lambda each: first_day(each.date, site.settings.zone)[:4])
    return TimelinePage(
        frame=make_frame(place, str(place.words["nav"]["timeline"]), ""),
        topics=tuple(place.link(topic.card, "dates") for topic in with_events),
        years=tuple(
            TimelineYear(
                year=date_words(year, place.lang),
                events=tuple(event(place, each, own_page=False) for each in group),
            )
            for year, group in years
        ),
        pager=pager(place, permalink("timeline"), number, len(site.timeline)),
    )


def corrections_view(place: Place, number: int) -> CorrectionsPage:
    """Return what corrections.html may see of page `number`."""
    every = place.site.corrections
    months = groupby(rows_on(every, number), key=lambda each: each.entry.date[:7])
    pages = place.site.pages.values()
    policy = next((page for page in pages if page.card.name == "corrections-policy"), None)
    return CorrectionsPage(
        frame=make_frame(place, str(place.words["nav"]["corrections"]), ""),
        feed=place.href(companion(permalink("corrections"), "feed.xml"))
        if place.site.settings.yaml.feeds
        else "",
        months=tuple(
            CorrectionsMonth(
                month=date_words(month, place.lang),
                corrections=tuple(correction(place, each.entry, each.page) for each in group),
            )
            for month, group in months
        ),
        policy=place.link(policy.card) if policy else None,
        pager=pager(place, permalink("corrections"), number, len(every)),
    )


def search_view(place: Place) -> SearchPage:
    """Return what search.html may see."""
    return SearchPage(
        frame=make_frame(
            place, str(place.words["nav"]["search"]), "", indexed=False, own_search=True
        ),
        topics=topic_links(place, _own_topics(place)),
        lists=_lists(place, "explainers", "sources", "timeline", "glossary"),
    )


def _lists(place: Place, *names: str) -> tuple[Link, ...]:
    """Return links to the pages of these names, each in the words of the navigation."""
    nav = place.words["nav"]
    return tuple(
        Link(href=place.href(permalink() if name == "home" else permalink(name)), title=nav[name])
        for name in names
    )


def not_found_view(place: Place) -> NotFoundPage:
    """Return what 404.html may see."""
    return NotFoundPage(
        frame=make_frame(
            place, str(place.words["not_found_title"]), "", indexed=False, own_search=True
        ),
        links=_lists(place, "home", "explainers", "topics", "glossary"),
    )


def expired_view(place: Place, page: ExpiredPage) -> ExpiredPageView:
    """Return what expired.html may see: nothing of the page that was."""
    return ExpiredPageView(
        frame=make_frame(place, str(place.words["expired_title"]), "", indexed=False),
        expired=place.date(page.expired),
    )


def redirect_view(place: Place, redirect: Redirect) -> RedirectPage:
    """Return what redirect.html may see."""
    return RedirectPage(
        lang=redirect.target.lang,
        href=place.href(redirect.target.permalink),
        canonical=place.absolute(redirect.target.permalink),
        title=redirect.target.title,
        content_security_policy=CONTENT_SECURITY_POLICY,
    )
