"""What outputs for machines may tell of: published explainers, who publishes, whole addresses."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from sitegen import urls
from sitegen.model.pages import Explainer, Page
from sitegen.model.relations import Card
from sitegen.model.site import Site
from sitegen.urls import Permalink, permalink

OVERVIEWS = ("explainers", "topics", "sources", "glossary", "timeline", "corrections")


class MappedPage(Struct, frozen=True, kw_only=True):
    """A page that search engines are told of."""

    permalink: Permalink
    changed: str = ""
    """A day; empty where the content does not tell."""
    versions: tuple[tuple[str, Permalink], ...] = ()
    """Each language the page is in, and where; `x-default` is for all others."""


def published_explainers(site: Site) -> list[Explainer]:
    """Return the published explainers, newest first; drafts shown by --drafts are not."""
    return [each for each in site.explainers.values() if each.state == "published"]


def published_names(site: Site) -> frozenset[str]:
    """Return the names of the explainers that may be told of."""
    return frozenset([each.card.name for each in published_explainers(site)])


def publisher_name(site: Site) -> str:
    """Return who publishes: the publisher's name, else the publication's title."""
    yaml = site.settings.yaml
    return yaml.publisher.name if yaml.publisher else yaml.title


def whole_address(site: Site, permalink: Permalink, anchor: str = "") -> str:
    """Return the canonical address of a page or file."""
    return urls.absolute(site.settings.base, permalink, anchor)


def last_changed(explainer: Explainer) -> str:
    """Return the day an explainer was last published, updated, corrected or reviewed."""
    return max(explainer.day, explainer.updated, explainer.meta.reviewed)


def language_versions(site: Site, page: Page) -> tuple[tuple[str, Card], ...]:
    """Return a page in each language it is in, and which to give to readers of any other.

    That is `x-default`, the version in the publication's language or else the first by language
    (developers.google.com/search/docs/specialty/international/localized-versions). Nothing where
    there is one version only.
    """
    if not page.translations:
        return ()
    cards = sorted((page.card, *page.translations), key=lambda card: card.lang)
    own = site.settings.yaml.language
    default = next((card for card in cards if card.lang == own), cards[0])
    return (*((card.lang, card) for card in cards), ("x-default", default))


def mapped_pages(site: Site) -> Iterator[MappedPage]:
    """Yield every page that is published for good: newest explainers first, others by name."""

    def mapped(page: Page, changed: str = "") -> MappedPage:
        versions = language_versions(site, page)
        return MappedPage(
            permalink=page.card.permalink,
            changed=changed,
            versions=tuple((lang, card.permalink) for lang, card in versions),
        )

    yield MappedPage(permalink=permalink())
    for explainer in published_explainers(site):
        yield mapped(explainer, last_changed(explainer))
    for name in OVERVIEWS:
        yield MappedPage(permalink=permalink(name))
    groups: tuple[Mapping[str, Page], ...] = (
        site.topics,
        site.sources,
        site.terms,
        site.authors,
        site.pages,
    )
    for group in groups:
        for name in sorted(group):
            yield mapped(group[name])
