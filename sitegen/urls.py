"""Every slug, permalink, output path, relative href and base path.

A permalink starts with `/` and never holds the base path: `/explainers/senkakus/` or `/feed.xml`.
The base path enters only in `absolute` (canonical, feed, sitemap and social addresses) and in
`rooted` (404.html, which is shown at any depth). Links between pages are relative.
"""

import posixpath
import re
from functools import lru_cache
from typing import NewType
from urllib.parse import quote, urldefrag, urlsplit

from msgspec import Struct

Permalink = NewType("Permalink", str)
OutputPath = NewType("OutputPath", str)

MAX_SLUG_BYTES = 120
"""Room for `.html` and the like below the 255 bytes that file systems allow a name."""

_WINDOWS_DEVICES = frozenset(
    ["con", "prn", "aux", "nul"] + [f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10)]
)
_RESERVED_SLUGS = frozenset(["index", "page", "feed", "feed-xml"])
_SLUG = re.compile(r"[^\W_](?:[\w-]*[^\W_])?")
_SOURCE_ID = re.compile(r"[^\W_](?:[\w.-]*[^\W_])?")
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]")
_PATH_MARKS = "/-._~!$&'()*+,;=@"
_PLAIN_PATH = re.compile("[A-Za-z0-9" + re.escape(_PATH_MARKS) + "]*")
"""A path that needs no percent-encoding, as most do not."""
_FRAGMENT_MARKS = "-._~!$&'()*+,;=:@/?"
_PLAIN_FRAGMENT = re.compile("[A-Za-z0-9" + re.escape(_FRAGMENT_MARKS) + "]*")
"""The same of an anchor: those of footnotes hold colons (`fn:1`)."""
_DROPPED = re.compile(r"[\t\n\r]")
_LEADING = "".join(map(chr, range(0x21)))
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
OUTSIDE_SCHEMES = ("http", "https", "mailto", "tel")


class BaseUrl(Struct, frozen=True):
    """Where the site is published: `https://example.github.io` and `/briefings` (or nothing)."""

    origin: str
    path: str

    @property
    def href(self) -> str:
        """Return the whole address, ending in `/`."""
        return f"{self.origin}{self.path}/"


def parse_base_url(text: str) -> BaseUrl | None:
    """Return the base URL, or None if `text` is no http(s) address without query and fragment."""
    try:
        parts = urlsplit(text.strip())
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        return None
    if (
        parts.username
        or parts.password
        or _UNSAFE.search(text.strip())
        or re.search(r'["<>\\]', text)
    ):
        return None
    host = f"[{host}]" if ":" in host else host
    path = posixpath.normpath("/" + parts.path).rstrip("/") if parts.path.strip("/") else ""
    origin = f"{parts.scheme}://{host}" + (f":{port}" if port else "")
    return BaseUrl(origin, quote("/" + path.strip("/"), safe="/%~!$&'()*+,;=:@-._") if path else "")


def slug_problem(slug: str, *, dots: bool = False) -> str:
    """Return why `slug` can't be part of an address, or an empty string.

    `dots` also allows full stops inside, as in a source's id.
    """
    if not (_SOURCE_ID if dots else _SLUG).fullmatch(slug):
        return "holds something other than letters, digits and single hyphens between them"
    if len(slug.encode()) > MAX_SLUG_BYTES:
        return f"is longer than {MAX_SLUG_BYTES} bytes"
    if slug.casefold().split(".")[0] in _WINDOWS_DEVICES:
        return "is a device name that Windows reserves"
    if slug.casefold() in _RESERVED_SLUGS:
        return "is an address that sitegen keeps for itself"
    return ""


def outside_scheme(href: str) -> str:
    """Return the scheme an address names (`https`, `mailto`, `javascript`), or an empty string.

    Browsers drop tabs, newlines and leading controls before they look for a scheme
    (WHATWG URL Standard, "basic URL parser"), so they are dropped here too.
    """
    if ":" not in href:
        return ""
    match = _SCHEME.match(_DROPPED.sub("", href).lstrip(_LEADING))
    return match[1].lower() if match else ""


def is_outside(href: str) -> bool:
    """Return whether an address has a scheme or a host of its own."""
    return bool(outside_scheme(href)) or href.replace("\\", "/").startswith("//")


def asked_as(url: str) -> str:
    """Return an outside address as a request names it: no fragment, escaped where it must be.

    Its host is left as it is: letters outside ASCII are not escaped there (RFC 5891).
    """
    bare = urldefrag(url.strip()).url
    host_ends = re.match(r"[a-z]+://[^/?]*", bare, re.IGNORECASE)
    cut = host_ends.end() if host_ends else 0
    return bare[:cut] + quote(bare[cut:], safe="/:@!$&'()*+,;=~%?[]")


def output_path(permalink: Permalink) -> OutputPath:
    """Return the file, relative to `output/`, that is served at `permalink`."""
    path = permalink.lstrip("/")
    return OutputPath(path + "index.html" if path.endswith("/") or not path else path)


def relative(source: Permalink, target: Permalink, anchor: str = "") -> str:
    """Return the href that leads from the page at `source` to `target`, with its anchor."""
    fragment = _fragment(anchor) if anchor else ""
    if source == target and fragment:
        return fragment
    folder, above = _folders(source)
    if target.startswith(folder):
        return _quoted(target[len(folder) :] or "./") + fragment
    return _climb(above, target) + fragment


@lru_cache(maxsize=8)
def _folders(source: Permalink) -> tuple[str, str]:
    """Return the folder of a page and the one above it: a page's hrefs are made in a row."""
    folder = source[: source.rfind("/") + 1]
    return folder, folder[: folder.rfind("/", 0, -1) + 1]


@lru_cache(maxsize=8192)
def _climb(above: str, target: str) -> str:
    """Return the href to `target` from any folder in `above` that does not hold it."""
    climb = "../"
    while not target.startswith(above):
        climb += "../"
        above = above[: above.rfind("/", 0, -1) + 1]
    return _quoted(climb + target[len(above) :])


def _quoted(path: str) -> str:
    return path if _PLAIN_PATH.fullmatch(path) else quote(path, safe=_PATH_MARKS)


def absolute(base: BaseUrl, target: Permalink, anchor: str = "") -> str:
    """Return the whole address of `target`."""
    fragment = _fragment(anchor) if anchor else ""
    path = target if _PLAIN_PATH.fullmatch(target) else quote(target, safe=_PATH_MARKS + ":")
    return base.origin + base.path + path + fragment


def _fragment(anchor: str) -> str:
    if _PLAIN_FRAGMENT.fullmatch(anchor):
        return f"#{anchor}"
    return "#" + quote(anchor, safe=_FRAGMENT_MARKS)


def rooted(base: BaseUrl, target: Permalink, anchor: str = "") -> str:
    """Return the address from the root of the host, with the base path."""
    return absolute(BaseUrl("", base.path), target, anchor)


def permalink(*parts: str) -> Permalink:
    """Return `/a/b/` for the parts `a` and `b`, or `/` for none."""
    return Permalink(f"/{'/'.join(parts)}/" if parts else "/")


def file_permalink(*parts: str) -> Permalink:
    """Return `/a/b.xml` for the parts `a` and `b.xml`."""
    return Permalink("/" + "/".join(parts))


def companion(page: Permalink, name: str) -> Permalink:
    """Return the permalink of the file `name` beside a page: `/explainers/rents/cite.bib`."""
    return Permalink(page + name)


def paged(first: Permalink, number: int) -> Permalink:
    """Return the permalink of page `number` of a listing whose first page is `first`."""
    return first if number == 1 else Permalink(f"{first}page/{number}/")
