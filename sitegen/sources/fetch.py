"""Fetches one page from outside, guarded; the only module that opens a connection.

Written on `http.client`, since the address that was checked must be the one that is connected to:
libraries that take a name resolve it again.
"""

import http.client
import os
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable
from contextlib import closing
from typing import IO
from urllib.parse import urljoin

from msgspec import Struct

import sitegen
from sitegen.sources.guard import (
    LoopbackServer,
    Place,
    Refused,
    check_resolved,
    parse_address,
    parse_loopback,
)

SWITCH = "SITEGEN_TEST_SERVER"
"""The environment variable by which tests let us reach one server: `127.0.0.1:8000`."""

MAX_BYTES = 5 * 1024 * 1024
MAX_REDIRECTS = 5
SECONDS = 20.0
_CHUNK = 64 * 1024
_REDIRECTS = frozenset([301, 302, 303, 307, 308])
TEXT_TYPES = ("text/html", "application/xhtml+xml", "text/plain")

Resolve = Callable[[str, int], list[str]]
"""Returns the IP addresses that a host's name stands for."""


class Fetched(Struct, frozen=True, kw_only=True):
    """What came back: text as its publisher sent it, to be judged and never obeyed."""

    url: str
    """Where it was found, after all redirects."""
    status: int
    content_type: str
    charset: str
    """As the server names it; may be empty or wrong."""
    data: bytes
    headers: dict[str, str]
    """With names in lower case."""


def server_for_tests() -> LoopbackServer | None:
    """Return the server that the environment lets us reach: a loopback address, or none."""
    return parse_loopback(os.environ.get(SWITCH, ""))


def resolve_host(host: str, port: int) -> list[str]:
    """Return the addresses of a host as the system knows them. Raises Refused if it has none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Refused(f"'{host}' has no address") from None
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def fetch(
    address: str,
    *,
    types: tuple[str, ...] = TEXT_TYPES,
    seconds: float = SECONDS,
    resolve: Resolve = resolve_host,
    allowed: LoopbackServer | None = None,
    read: bool = True,
) -> Fetched:
    """Return what stands at `address`, without its body where `read` says so.

    Every address on the way is checked and then connected to as it was checked. Proxies of the
    environment are not used. `types` are the content types that are taken. Raises Refused where
    an address may not be asked, the time is up, or the answer is too large or of another type.
    """
    outcome: list[Fetched | Exception] = []
    deadline = time.monotonic() + seconds

    def run() -> None:
        try:
            outcome.append(_follow(address, types, deadline, resolve, allowed, read=read))
        except (OSError, http.client.HTTPException, zlib.error, Refused) as error:
            outcome.append(error)

    # A thread of its own bounds what has no time limit: names, handshakes, a byte each second.
    thread = threading.Thread(target=run, name="fetch", daemon=True)
    thread.start()
    thread.join(seconds)
    if not outcome:
        raise Refused(f"{address}: no whole answer within {seconds:.0f} seconds")
    result = outcome[0]
    if isinstance(result, Fetched):
        return result
    if isinstance(result, Refused):
        raise result
    if isinstance(result, TimeoutError):
        raise Refused(f"{address}: no whole answer within {seconds:.0f} seconds")
    raise Refused(f"{address}: {_reason(result)}")


def _follow(
    address: str,
    types: tuple[str, ...],
    deadline: float,
    resolve: Resolve,
    allowed: LoopbackServer | None,
    *,
    read: bool,
) -> Fetched:
    place = parse_address(address, allowed)
    for _ in range(MAX_REDIRECTS + 1):
        addresses = resolve(place.host, place.port)
        check_resolved(place, addresses, allowed)
        pinned = _Pinned(place, addresses[0], deadline)
        with closing(pinned), _ask(pinned, place) as answer:
            location = answer.headers.get("Location")
            if answer.status not in _REDIRECTS or not location:
                return _take(answer, place, types, deadline, read=read)
            place = parse_address(urljoin(place.url, location), allowed)
    raise Refused(f"{address}: more than {MAX_REDIRECTS} redirects")


class _Pinned(http.client.HTTPConnection):
    """A connection to an address that has been checked, whatever the host's name says by now."""

    def __init__(self, place: Place, address: str, deadline: float) -> None:
        super().__init__(place.host, place.port)
        self._place = place
        self._address = address
        self._deadline = deadline

    def connect(self) -> None:
        left = _left(self._deadline)
        self.sock = socket.create_connection((self._address, self._place.port), timeout=left)
        if self._place.scheme == "https":
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self._place.host)


def _ask(connection: _Pinned, place: Place) -> http.client.HTTPResponse:
    usual = place.port == {"http": 80, "https": 443}[place.scheme]
    connection.putrequest("GET", place.target, skip_host=True, skip_accept_encoding=True)
    connection.putheader("Host", place.netloc(usual=usual))
    connection.putheader("User-Agent", f"sitegen/{sitegen.__version__} (source import)")
    connection.putheader("Accept", "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.1")
    connection.putheader("Accept-Encoding", "gzip")
    connection.putheader("Connection", "close")
    connection.endheaders()
    return connection.getresponse()


def _take(
    answer: http.client.HTTPResponse,
    place: Place,
    types: tuple[str, ...],
    deadline: float,
    *,
    read: bool,
) -> Fetched:
    headers = {name.lower(): value for name, value in answer.getheaders()}
    content_type = answer.headers.get_content_type()
    if answer.status == 200 and types and content_type not in types:
        raise Refused(f"{place.url}: this is {content_type}, not a page or plain text")
    encoding = headers.get("content-encoding", "identity").strip().lower()
    return Fetched(
        url=place.url,
        status=answer.status,
        content_type=content_type,
        charset=answer.headers.get_content_charset() or "",
        data=_body(answer, encoding, place.url, deadline) if read else b"",
        headers=headers,
    )


def _body(answer: IO[bytes], encoding: str, url: str, deadline: float) -> bytes:
    """Return the decoded body; a small file that unpacks to a large one is found before it does."""
    if encoding not in ("identity", "", "gzip", "x-gzip"):
        raise Refused(f"{url}: the answer is packed as '{encoding[:40]}'")
    # 16: the header of gzip (zlib's manual, inflateInit2).
    unpack = zlib.decompressobj(16 + zlib.MAX_WBITS) if "gzip" in encoding else None
    kept = bytearray()
    while True:
        _left(deadline)
        data = answer.read(_CHUNK)
        if not data:
            break
        if unpack is None:
            kept += data
        else:
            kept += unpack.decompress(data, MAX_BYTES + 1 - len(kept))
        if len(kept) > MAX_BYTES:
            raise Refused(f"{url}: larger than {MAX_BYTES // 1024 // 1024} MB")
    return bytes(kept)


def _left(deadline: float) -> float:
    """Return the seconds that are left. Raises TimeoutError where there are none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _reason(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted: {error.verify_message}"
    if isinstance(error, OSError):
        return error.strerror or str(error) or type(error).__name__
    return f"the answer can't be read: {type(error).__name__}"
