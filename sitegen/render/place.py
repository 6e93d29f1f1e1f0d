"""The place a page stands at: turns permalinks into hrefs and dates into words for that page."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from msgspec import Struct

from sitegen import urls
from sitegen.model.dates import day_of
from sitegen.model.pages import Source
from sitegen.model.relations import Card
from sitegen.model.site import Site
from sitegen.render.date_words import date_words
from sitegen.render.typeset import curl
from sitegen.render.views.links_and_dates import DateView, Link
from sitegen.urls import Permalink

Words = Mapping[str, Any]
"""The interface strings of one language: texts, and maps of texts."""

_ASSETS = urls.permalink("assets")
_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


class Place(Struct, frozen=True, kw_only=True):
    """A page's address and language, and what every page may need."""

    site: Site
    here: Permalink
    lang: str
    words: Words
    assets: Mapping[str, str]
    """The name each file of templates/assets/ is published under, by its path there."""
    rooted: bool = False
    """True for 404.html, which is shown at any depth."""

    def href(self, target: Permalink, anchor: str = "") -> str:
        """Return the href from here to `target`."""
        if self.rooted:
            return urls.rooted(self.site.settings.base, target, anchor)
        return urls.relative(self.here, target, anchor)

    def asset_hrefs(self) -> Mapping[str, str]:
        """Return the href of each file of templates/assets/, plainly a path: `./assets/x.js`."""
        return _asset_hrefs(self.href(_ASSETS), tuple(self.assets.items()))

    def absolute(self, target: Permalink, anchor: str = "") -> str:
        """Return the whole address of `target`."""
        return urls.absolute(self.site.settings.base, target, anchor)

    def link(self, card: Card, anchor: str = "", count: int = 0) -> Link:
        """Return a link to a page, in its own words."""
        return Link(
            href=self.href(card.permalink, anchor),
            title=card.title if card.kind == "source" else curl(card.title, card.lang),
            lang=self.foreign(card.lang),
            count=count,
        )

    def foreign(self, lang: str) -> str:
        """Return a language where it is not the page's own, else nothing."""
        return "" if lang == self.lang else lang

    def words_lang(self, words: str) -> str:
        """Return the language of words that may be ours or a source's: by their script."""
        return self.foreign("ja") if _is_japanese(words) else ""

    def publisher_lang(self, source: Source) -> str:
        """Return the language of a publisher's name: its script tells, or else the source."""
        name = source.meta.publisher
        lang = source.card.lang
        if _is_japanese(name) or lang.split("-")[0] == "ja":
            return self.words_lang(name)
        return self.foreign(lang)

    def title_lang(self, source: Source) -> str:
        """Return the language of a source's title; a description of ours may be in another."""
        if source.meta.described:
            return self.words_lang(source.meta.title)
        return self.foreign(source.card.lang)

    def passage_lang(self, passage: str, source: Source) -> str:
        """Return the language of a source's own words; a Japanese page may quote English."""
        lang = source.card.lang
        if (
            lang.startswith("ja")
            and lang.split("-")[0] == "ja"
            and passage
            and not _is_japanese(passage)
        ):
            lang = "en"
        return self.foreign(lang)

    def date(self, iso: str) -> DateView:
        """Return a date at its own precision; a time falls on its day in the publication's zone."""
        day = day_of(iso, self.site.settings.zone) if len(iso) > 10 else iso
        return _date(day, self.lang)

    def optional_date(self, iso: str) -> DateView | None:
        """Return a date, or None for none and for one that is not known."""
        return self.date(iso) if iso and iso != "unknown" else None


def _is_japanese(words: str) -> bool:
    return not words.isascii() and bool(_JAPANESE.search(words))


@lru_cache(maxsize=64)
def _asset_hrefs(folder: str, names: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    """Return the hrefs of assets from the pages that reach their folder by the same href."""
    start = folder if folder.startswith((".", "/")) else f"./{folder}"
    root = urls.permalink()
    return {
        name: start + urls.relative(root, urls.file_permalink(published))
        for name, published in names
    }


@lru_cache(maxsize=8192)
def _date(day: str, lang: str) -> DateView:
    return DateView(iso=day, text=date_words(day, lang))
