"""Makes the main navigation, and tells which of its entries lead nowhere."""

from collections.abc import Iterable

from sitegen.diagnostics import Diagnostic, did_you_mean
from sitegen.model.document import UnreadFile
from sitegen.model.settings import Settings
from sitegen.model.site import CopiedFile, NavLink, Redirect
from sitegen.resolve.catalog import Catalog, permalink_of
from sitegen.urls import Permalink, permalink

_LISTINGS = (
    "/",
    "/corrections/",
    "/explainers/",
    "/glossary/",
    "/sitemap.xml",
    "/sources/",
    "/timeline/",
    "/topics/",
)
_FEEDS = ("/feed.json", "/feed.xml")


def navigation(
    catalog: Catalog,
    settings: Settings,
    redirects: Iterable[Redirect],
    files: Iterable[CopiedFile],
    unread: tuple[UnreadFile, ...],
) -> tuple[tuple[NavLink, ...], list[Diagnostic]]:
    """Return the main navigation, and each entry of site.yaml's that leads nowhere.

    It is site.yaml's, else the sections and the pages that ask for it. Nothing is said where an
    `unread` file may hold the page.
    """
    if not settings.yaml.nav:
        own = [
            NavLink(title=name, permalink=permalink(name), own=True)
            for name in ("explainers", "topics", "timeline", "glossary")
        ]
        pages = [
            NavLink(title=catalog.cards[key].title, permalink=catalog.cards[key].permalink)
            for key, document in catalog.documents.items()
            if getattr(document.meta, "nav", False) and not document.lang_suffix
        ]
        return (*own, *pages), []
    known = set(_LISTINGS) | {card.permalink for card in catalog.cards.values()}
    known.update(permalink_of(document) for document in catalog.expired)
    known.update(redirect.alias for redirect in redirects)
    known.update(copied.permalink for copied in files)
    known.update(_FEEDS if settings.yaml.feeds else ())
    known.update(["/llms.txt"] if settings.yaml.markdown_copies else ())
    known.update(["/search/"] if settings.yaml.search else ())
    links, found = [], []
    for entry in settings.yaml.nav:
        if not entry.target.startswith("/"):
            links.append(NavLink(title=entry.title, permalink=None, url=entry.target))
        elif entry.target in known or unread:
            if entry.target != "/search/" or settings.search:
                links.append(NavLink(title=entry.title, permalink=Permalink(entry.target)))
        else:
            found.append(
                Diagnostic(
                    path="content/site.yaml",
                    code="broken-link",
                    message=f"nav: there is nothing at '{entry.target}'",
                    span=entry.span,
                    help=did_you_mean(entry.target, known) or "write a page's address: /topics/",
                )
            )
    return tuple(links), found
