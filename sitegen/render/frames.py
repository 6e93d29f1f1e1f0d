"""Makes the frame that every page shares: head, masthead and footer."""

from urllib.parse import quote

from sitegen.model.pages import Page
from sitegen.model.relations import Card
from sitegen.model.site import NavLink
from sitegen.render.open_graph import social_view
from sitegen.render.place import Place
from sitegen.render.public import language_versions
from sitegen.render.security import CONTENT_SECURITY_POLICY
from sitegen.render.views.frame import Frame
from sitegen.render.views.links_and_dates import Link
from sitegen.urls import file_permalink, permalink

_DESCRIPTION_LENGTH = 155
_HOME, _SEARCH, _FEED = permalink(), permalink("search"), file_permalink("feed.xml")
_ON_EVERY_SITE = tuple((permalink(name), name) for name in ("corrections", "sources", "glossary"))
"""What every footer links to, and the interface's name of it."""


def make_frame(
    place: Place,
    title: str,
    description: str,
    *,
    article: bool = False,
    indexed: bool = True,
    title_lang: str = "",
    own_search: bool = False,
    structured_data: str = "",
    page: Page | None = None,
) -> Frame:
    """Return the frame of the page that stands at `place`; an empty title is the site's own."""
    site = place.site
    yaml = site.settings.yaml
    return Frame(
        lang=place.lang,
        site_title=yaml.title,
        site_lang=place.foreign(yaml.language),
        site_description=yaml.description,
        publisher=yaml.publisher.name if yaml.publisher else yaml.title,
        title=f"{title} \u2013 {yaml.title}" if title else yaml.title,
        title_lang=title_lang,
        description=shorten(description or yaml.description),
        canonical=place.absolute(place.here),
        kind="article" if article else "website",
        indexed=indexed,
        alternates=_alternates(place, page),
        translations=tuple(
            Link(href=place.href(card.permalink), title=card.title, lang=card.lang)
            for card in (page.translations if page else ())
        ),
        home=place.href(_HOME),
        search=place.href(_SEARCH) if site.settings.search else "",
        own_search=own_search,
        feed=place.href(_FEED) if yaml.feeds else "",
        nav=tuple([_nav_link(place, link) for link in site.nav]),
        footer=_footer(place),
        assets=place.asset_hrefs(),
        structured_data=structured_data,
        content_security_policy=CONTENT_SECURITY_POLICY,
        social=social_view(place, title, page),
        edit_url=_edit_url(yaml.repository, page.document.path) if page else "",
    )


def shorten(text: str) -> str:
    """Return a description of at most 155 characters, cut after a word."""
    folded = " ".join(text.split())
    if len(folded) <= _DESCRIPTION_LENGTH:
        return folded
    cut = folded[: _DESCRIPTION_LENGTH - 1]
    return (cut[: cut.rfind(" ")] if " " in cut[100:] else cut).rstrip(" ,;:") + "\u2026"


def topic_links(place: Place, names: tuple[str, ...], *, counted: bool = False) -> tuple[Link, ...]:
    """Return links to topics, in the page's language where there is a version in it.

    Only where `counted` do they hold how many explainers there are: a view that shows no count
    must not change with it.
    """
    suffix = place.lang if place.lang != place.site.settings.yaml.language else ""
    topics = place.site.topics
    found = []
    for name in names:
        version = topics.get(f"{name}.{suffix}") if suffix else None
        topic = version or topics.get(name)
        if topic:
            found.append(place.link(topic.card, count=len(topic.explainers) if counted else 0))
    return tuple(found)


def card_links(place: Place, cards: tuple[Card, ...]) -> tuple[Link, ...]:
    """Return links to pages."""
    return tuple([place.link(card) for card in cards])


def _alternates(place: Place, page: Page | None) -> tuple[Link, ...]:
    if page is None or not page.translations:
        return ()
    return tuple(
        Link(href=place.absolute(card.permalink), title=card.title, lang=lang)
        for lang, card in language_versions(place.site, page)
    )


def _nav_link(place: Place, link: NavLink) -> Link:
    title = str(place.words["nav"][link.title]) if link.own else link.title
    lang = "" if link.own else place.foreign(place.site.settings.yaml.language)
    if link.permalink is None:
        return Link(href=link.url, title=title, lang=lang)
    inside = link.permalink != "/" and place.here.startswith(link.permalink)
    return Link(href=place.href(link.permalink), title=title, lang=lang, current=inside)


def _footer(place: Place) -> tuple[Link, ...]:
    """Return links to the standing pages and the pages that every site has."""
    nav = place.words["nav"]
    pages = [place.link(card) for card in place.site.standing if card.lang == place.lang]
    own = [Link(href=place.href(to), title=str(nav[name])) for to, name in _ON_EVERY_SITE]
    return (*pages, *own)


def _edit_url(repository: str, path: str) -> str:
    return f"{repository.rstrip('/')}/edit/main/{quote(path)}" if repository else ""
