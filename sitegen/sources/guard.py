"""Says which addresses may be fetched: public ones, over http and https on their own ports.

Whoever names an address must not reach what only this machine can reach (CWE-918, server-side
request forgery): its own services, its network's, a cloud's metadata.
"""

import ipaddress
import re
from urllib.parse import quote, urlsplit

from msgspec import Struct

from sitegen.errors import SitegenError

PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?")
_REFUSED = re.compile(r"[\x00-\x20\x7f-\x9f\\]")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_LONGEST = 2048


class Refused(SitegenError):
    """Says in one line why an address is not fetched."""


class Place(Struct, frozen=True, kw_only=True):
    """Where a request goes."""

    scheme: str
    host: str
    port: int
    target: str
    """The path with its query."""

    @property
    def url(self) -> str:
        """Return it as an address."""
        usual = self.port == PORTS[self.scheme]
        return f"{self.scheme}://{self.netloc(usual=usual)}{self.target}"

    def netloc(self, *, usual: bool) -> str:
        """Return the host, with its port unless that is the scheme's `usual` one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if usual else f"{host}:{self.port}"


class LoopbackServer(Struct, frozen=True, kw_only=True):
    """A server of this machine's own that a test lets us reach."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """Return its address, without a slash at the end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


def parse_loopback(text: str) -> LoopbackServer | None:
    """Return the server that `127.0.0.1:8000` names; None for whatever is not a loopback address.

    Only literal addresses count: a name could lead anywhere.
    """
    host, _, port = text.rpartition(":")
    try:
        address = ipaddress.ip_address(host.strip("[]"))
        number = int(port)
    except ValueError:
        return None
    if not address.is_loopback or not 0 < number < 65536:
        return None
    return LoopbackServer(host=str(address), port=number)


def parse_address(address: str, allowed: LoopbackServer | None = None) -> Place:
    """Return where a request for `address` goes. Raises Refused if it may not be made."""
    text = address.strip()
    if len(text) > _LONGEST:
        raise Refused(f"the address is longer than {_LONGEST} characters")
    if _REFUSED.search(text):
        raise Refused(f"'{_shown(text)}' holds a space, a control character or a backslash")
    try:
        parts = urlsplit(text)
        port = parts.port
        host = parts.hostname or ""
    except ValueError:
        raise Refused(f"'{_shown(text)}' is not an address") from None
    if parts.scheme not in PORTS:
        raise Refused(f"'{_shown(text)}' is not an http or https address")
    if "@" in parts.netloc:
        raise Refused(f"'{_shown(text)}' names a user before its host")
    host = _ascii(host.rstrip("."))
    usual = PORTS[parts.scheme]
    place = Place(
        scheme=parts.scheme,
        host=host,
        port=usual if port is None else port,
        target=_target(parts.path, parts.query),
    )
    if place.port != usual and not _is_allowed(place.host, place.port, allowed):
        raise Refused(f"'{_shown(text)}' names port {place.port}; only {usual} is asked")
    return place


def check_resolved(place: Place, addresses: list[str], allowed: LoopbackServer | None) -> None:
    """Raise Refused unless every address that a host's name stands for is public."""
    if not addresses:
        raise Refused(f"'{place.host}' has no address")
    for address in addresses:
        if not is_public(address) and not _is_allowed(address, place.port, allowed):
            raise Refused(f"'{place.host}' stands for {address}, which is not a public address")


def is_public(address: str) -> bool:
    """Return whether an IP address can be reached from anywhere (IANA's special registries).

    An IPv4 address inside an IPv6 one is looked at by itself: mapped (RFC 4291), 6to4 (RFC 3056),
    Teredo (RFC 4380) and NAT64 (RFC 6052).
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.scope_id:
            return False
        inner = found.ipv4_mapped or found.sixtofour
        if found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is None and found.teredo:
            inner = found.teredo[1]
        if inner is not None:
            found = inner
    return found.is_global and not (
        found.is_multicast or found.is_reserved or found.is_unspecified or found.is_private
    )


def _is_allowed(host: str, port: int, allowed: LoopbackServer | None) -> bool:
    return allowed is not None and (host, port) == (allowed.host, allowed.port)


def _ascii(host: str) -> str:
    """Return a host's name in ASCII (IDNA), or as an IP address is written."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    try:
        ascii_host = host.encode("idna").decode().lower()
    except UnicodeError:
        ascii_host = ""
    if not _HOST.fullmatch(ascii_host):
        raise Refused(f"'{_shown(host)}' is not a host's name")
    return ascii_host


def _target(path: str, query: str) -> str:
    safe = "/:@!$&'()*+,;=~%?"
    return quote(path or "/", safe=safe) + (f"?{quote(query, safe=safe)}" if query else "")


def _shown(text: str) -> str:
    """Return an address as a message shows it: on one line, not too long."""
    printable = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return printable if len(printable) <= 120 else f"{printable[:117]}..."
