"""Makes what other sites show of a link to a page (ogp.me)."""

from sitegen.model.pages import Explainer, Page
from sitegen.render.place import Place
from sitegen.render.social_cards import HEIGHT, WIDTH, card_address, card_line, own_image
from sitegen.render.views.frame import SocialImage, SocialView

_TERRITORIES = {
    "de": "DE",
    "en": "US",
    "es": "ES",
    "fr": "FR",
    "id": "ID",
    "it": "IT",
    "ja": "JP",
    "ko": "KR",
    "nl": "NL",
    "pt": "PT",
    "th": "TH",
    "uk": "UA",
    "vi": "VN",
    "zh": "CN",
}
"""The protocol wants a territory with every language; where none is known, none is claimed."""
_MEDIA_TYPES = {
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}


def social_view(place: Place, title: str, page: Page | None) -> SocialView:
    """Return what is shown of the page at `place`; `title` is its own, or empty for the site's."""
    known = page is not None and page.card.kind == "explainer"
    explainer = place.site.explainers[page.card.name] if page and known else None
    locale = og_locale(place.lang)
    others = {og_locale(card.lang) for card in (page.translations if page else ())}
    topics = [
        place.site.topics[name].meta.title for name in (explainer.topics if explainer else ())
    ]
    return SocialView(
        title=title or place.site.settings.yaml.title,
        locale=locale,
        other_locales=tuple(sorted(others - {locale, ""})),
        image=_image(place, explainer) if explainer else None,
        published=explainer.day if explainer else "",
        modified=max(explainer.day, explainer.updated) if explainer else "",
        authors=tuple(
            place.absolute(card.permalink) for card in (explainer.authors if explainer else ())
        ),
        section=topics[0] if topics else "",
        topics=tuple(topics),
    )


def og_locale(lang: str) -> str:
    """Return a language as `en_US`, or an empty string where its territory is not known."""
    language, *rest = lang.split("-")
    territory = next((part.upper() for part in rest if len(part) == 2), "")
    territory = territory or _TERRITORIES.get(language, "")
    return f"{language}_{territory}" if territory else ""


def _image(place: Place, explainer: Explainer) -> SocialImage | None:
    own = own_image(place.site, explainer)
    if own:
        return SocialImage(
            src=place.absolute(own),
            alt=explainer.meta.image.alt if explainer.meta.image else "",
            width=0,
            height=0,
            media_type=_MEDIA_TYPES[own.lower().rpartition(".")[2]],
        )
    card = card_address(place.site, explainer)
    if card is None:
        return None
    return SocialImage(
        src=place.absolute(card),
        alt=f"{explainer.meta.title}. {card_line(place, explainer)}.",
        width=WIDTH,
        height=HEIGHT,
        media_type="image/png",
    )
