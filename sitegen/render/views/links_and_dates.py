"""Links and dates, the smallest parts of views: where to, and in what words."""

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
