"""The frame of every page, and what other sites show of a link to it."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from sitegen.render.views.links_and_dates import Link


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
