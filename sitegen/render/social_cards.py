"""Social cards: the picture of an explainer that other sites show beside a link to it."""

from collections.abc import Iterator

from msgspec import Struct

from sitegen.model.dates import day_of
from sitegen.model.pages import Explainer
from sitegen.model.site import Site
from sitegen.render.place import Place
from sitegen.render.recipe import MakeView, Recipe
from sitegen.urls import Permalink, companion

WIDTH, HEIGHT = 1200, 630
"""What the Open Graph protocol's readers show whole: 1.91 to 1."""
_SHOWN = (".gif", ".jpeg", ".jpg", ".png", ".webp")
"""Pictures that social networks show; none shows SVG or AVIF everywhere."""


class SocialCard(Struct, frozen=True, kw_only=True):
    """What a card shows."""

    site: str
    topic: str
    title: str
    shares: tuple[int, ...]
    """Claims of each cited source, most first: the evidence bar."""
    line: str
    """The day, and how many claims rest on how many sources."""


def card_address(site: Site, explainer: Explainer) -> Permalink | None:
    """Return where an explainer's card stands, or None where there is none."""
    wanted = site.settings.yaml.social_cards and explainer.state == "published"
    if not wanted or own_image(site, explainer):
        return None
    return companion(explainer.card.permalink, "card.png")


def own_image(site: Site, explainer: Explainer) -> Permalink | None:
    """Return the image that an explainer names, if social networks can show it."""
    image = site.images.get(explainer.document.path)
    return image if image and image.lower().endswith(_SHOWN) else None


def card_recipes(site: Site) -> Iterator[Recipe]:
    """Yield the card of each published explainer without a picture of its own."""
    for name, explainer in site.explainers.items():
        at = card_address(site, explainer)
        if at:
            yield Recipe(
                here=at,
                renderer="social-card",
                view="social-card",
                lang=explainer.card.lang,
                subject=name,
            )


def card_line(place: Place, explainer: Explainer) -> str:
    """Return `As of 6 Feb 2025. 15 cited claims, 2 sources`, in the place's words."""
    words = place.words
    as_of = explainer.meta.as_of or explainer.day
    day = day_of(as_of, place.site.settings.zone) if len(as_of) > 10 else as_of
    dated = str(words["as_of_date"]).format(date=place.date(day).text)
    shares = _shares(explainer)
    stop = "\u3002" if place.lang.split("-")[0] == "ja" else ". "
    return f"{dated}{stop}{_evidence(place, sum(shares), len(shares))}"


def _evidence(place: Place, claims: int, sources: int) -> str:
    words = place.words
    if not claims:
        return str(words["no_claims"])

    def counted(number: int, one: str, many: str) -> str:
        return str(words[one] if number == 1 else words[many]).format(n=number)

    return str(words["claims_and_sources"]).format(
        claims=counted(claims, "cited_claims_one", "cited_claims_many"),
        sources=counted(sources, "sources_one", "sources_many"),
    )


def _shares(explainer: Explainer) -> tuple[int, ...]:
    return tuple(sorted((use.claims for use in explainer.uses if use.claims), reverse=True))


def card_view(place: Place, explainer: Explainer) -> SocialCard:
    """Return all that an explainer's card shows."""
    site = place.site
    primary = explainer.topics[0]
    topic = site.topics.get(f"{primary}.{place.lang}") or site.topics[primary]
    return SocialCard(
        site=site.settings.yaml.title,
        topic=topic.meta.title,
        title=explainer.meta.title,
        shares=_shares(explainer),
        line=card_line(place, explainer),
    )


CARD_VIEWS: dict[str, MakeView] = {
    "social-card": lambda at, name, _: card_view(at, at.site.explainers[name])
}
