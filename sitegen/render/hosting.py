"""The files that GitHub Pages reads: .nojekyll, and CNAME for a domain of one's own.

Source: GitHub Docs, "About GitHub Pages and Jekyll" and "Managing a custom domain".
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from sitegen.model.site import Site
from sitegen.render.recipe import MakeView, Recipe
from sitegen.urls import BaseUrl, file_permalink

# RFC 2606 and RFC 6761: names that nobody owns.
_RESERVED_ENDS = frozenset(["example", "invalid", "local", "localhost", "test"])
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z](?:[a-z0-9-]*[a-z0-9])?")


class NoJekyll(Struct, frozen=True, kw_only=True):
    """An empty file that turns Jekyll off."""


class CustomDomain(Struct, frozen=True, kw_only=True):
    """The host that serves the site."""

    host: str


def no_jekyll(_: NoJekyll) -> bytes:
    """Return nothing: that the file is there is what counts."""
    return b""


def cname(view: CustomDomain) -> bytes:
    """Return the CNAME file."""
    return f"{view.host}\n".encode()


RENDERERS: Mapping[str, Callable[[Any], bytes]] = {"no-jekyll": no_jekyll, "cname": cname}


HOSTING_VIEWS: Mapping[str, MakeView] = {
    "no-jekyll": lambda *_: NoJekyll(),
    "cname": lambda at, *_: CustomDomain(host=custom_domain(at.site.settings.base)),
}


def hosting_recipes(site: Site) -> Iterator[Recipe]:
    """Yield .nojekyll, and CNAME where the base URL is a domain of the publication's own."""
    yield Recipe(here=file_permalink(".nojekyll"), renderer="no-jekyll", view="no-jekyll", lang="")
    if custom_domain(site.settings.base):
        yield Recipe(here=file_permalink("CNAME"), renderer="cname", view="cname", lang="")


def custom_domain(base: BaseUrl) -> str:
    """Return the domain that is the publication's own, or an empty string.

    GitHub's domains, names for examples and tests, numbers, ports and sites below a path are not.
    """
    parts = urlsplit(base.origin)
    host = (parts.hostname or "").rstrip(".")
    if base.path or parts.port or not _DOMAIN.fullmatch(host) or host.endswith(".github.io"):
        return ""
    labels = host.split(".")
    return "" if labels[-1] in _RESERVED_ENDS or labels[-2] == "example" else host
