"""A site as another generator keeps it, as far as it can be taken over."""

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct

Generator = Literal["hugo", "jekyll", "mkdocs"]


class OldFiles(Struct, frozen=True, kw_only=True):
    """The files of the old site's folder."""

    texts: Mapping[str, str]
    """Markdown and configuration, by path below the folder, with `/` between its parts."""
    others: frozenset[str]
    """The paths of all other files."""


class OldPage(Struct, frozen=True, kw_only=True):
    """A page of the old site."""

    path: str
    """Of its file below the old site's folder."""
    dated: bool
    """A post, which becomes an explainer; else a standing page."""
    name: str
    """What its new file is to be called, if that is free: without `.md`, not yet a slug."""
    lang: str
    """`ja` where the file's name says so, else empty."""
    front: Mapping[str, Any]
    body: str
    addresses: tuple[str, ...]
    """Where it stood, from the root of the old site: `/posts/rents/`; the first is the usual."""


class OldSite(Struct, frozen=True, kw_only=True):
    """The old site."""

    generator: Generator
    title: str
    base_url: str
    """Empty if it is not told."""
    pages: tuple[OldPage, ...]
    assets: Mapping[str, str]
    """The file of each address that is no page: `/img/map.png` -> `static/img/map.png`."""
    notes: tuple[str, ...]
    """What its configuration says and this import leaves."""


class Left(Struct, frozen=True, order=True):
    """Something that was not taken over, or not as it was."""

    path: str
    what: str
