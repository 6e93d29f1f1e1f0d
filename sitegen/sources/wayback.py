"""Asks the Wayback Machine for a stored copy of a page (archive.org, "Wayback Machine APIs")."""

import re
from urllib.parse import quote, urljoin, urlsplit

import msgspec

from sitegen.sources.fetch import Resolve, fetch, resolve_host
from sitegen.sources.guard import LoopbackServer, Refused

SERVICE = "https://web.archive.org"
LOOKUP = "https://archive.org"
SAVE_SECONDS = 180.0
"""Saving takes the service a minute or two."""
_COPY = re.compile(r"^/web/(?P<stamp>\d{14})(?:id_|if_)?/(?P<url>https?:/.+)$")


class _Closest(msgspec.Struct):
    url: str = ""
    available: bool = False
    status: str = ""


class _Snapshots(msgspec.Struct):
    closest: _Closest | None = None


class _Available(msgspec.Struct):
    archived_snapshots: _Snapshots = msgspec.field(default_factory=_Snapshots)


def save(
    url: str, *, allowed: LoopbackServer | None = None, resolve: Resolve = resolve_host
) -> str:
    """Have the service store `url` now, and return the copy's address.

    Save Page Now leads to the copy, or names it in Content-Location. Raises Refused with what the
    service said where it stores nothing.
    """
    service = allowed.url if allowed else SERVICE
    answer = fetch(
        f"{service}/save/{url}",
        types=(),
        seconds=SAVE_SECONDS,
        read=False,  # of the copy itself, however large, only its address is wanted
        allowed=allowed,
        resolve=resolve,
    )
    if answer.status == 429:
        wait = answer.headers.get("retry-after", "")
        later = f" in {wait} seconds" if wait.isdigit() else " later"
        raise Refused(f"the Wayback Machine takes no more pages from here now; try again{later}")
    if answer.status != 200:
        raise Refused(f"the Wayback Machine would not store {url}: it answered {answer.status}")
    for place in (answer.url, urljoin(service, answer.headers.get("content-location", ""))):
        copy = _copy(place, service)
        if copy:
            return copy
    raise Refused(f"the Wayback Machine did not say where it stored {url}")


def stored(
    url: str,
    day: str,
    *,
    allowed: LoopbackServer | None = None,
    resolve: Resolve = resolve_host,
) -> str:
    """Return the copy nearest to `day` that the service has already, or nothing.

    Raises Refused where the service can't be asked.
    """
    service = allowed.url if allowed else LOOKUP
    query = f"?url={quote(url, safe='')}"
    if day:
        query += f"&timestamp={day.replace('-', '')}"
    answer = fetch(
        f"{service}/wayback/available{query}",
        types=("application/json", "text/html", "text/plain"),
        allowed=allowed,
        resolve=resolve,
    )
    try:
        found = msgspec.json.decode(answer.data, type=_Available).archived_snapshots.closest
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Refused(f"the Wayback Machine's answer can't be read: {answer.status}") from None
    if found is None or not found.available or found.status[:1] not in ("", "2"):
        return ""
    return _copy(found.url, allowed.url if allowed else SERVICE)


def _copy(address: str, service: str) -> str:
    """Return the address of a copy, if `address` is one of the service's; else nothing."""
    parts = urlsplit(address)
    match = _COPY.match(parts.path + (f"?{parts.query}" if parts.query else ""))
    if not match or parts.netloc.removesuffix(":80") != urlsplit(service).netloc:
        return ""
    scheme = "http" if service.startswith("http:") else "https"
    return f"{scheme}://{urlsplit(service).netloc}/web/{match['stamp']}/{match['url']}"
