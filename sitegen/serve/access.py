"""Who may ask the preview server: pages of its own address, and nobody else.

A page of another site can make a browser send requests here, and with a host name that it points
at 127.0.0.1 (DNS rebinding) it could read drafts. Such requests carry that site's name in `Host`
or `Origin` (RFC 9110, section 7.2; RFC 6454, section 7), so both are checked.
"""

LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "::1")
"""The addresses the server may listen on: all of them are this machine alone."""


def bracketed(host: str) -> str:
    """Return a host as it is written in an address, with brackets around IPv6."""
    return f"[{host}]" if ":" in host else host


def is_local_host(authority: str, port: int) -> bool:
    """Return whether a `Host` header names this server at `port`."""
    return authority.lower() in _authorities(port)


def is_local_origin(origin: str, port: int) -> bool:
    """Return whether an `Origin` header is that of this server at `port`."""
    scheme, separator, authority = origin.lower().partition("://")
    return bool(separator) and scheme == "http" and authority in _authorities(port)


def _authorities(port: int) -> frozenset[str]:
    hosts = [bracketed(host) for host in LOOPBACK_HOSTS]
    # Browsers leave out the port of the scheme.
    without_port = hosts if port == 80 else []
    return frozenset([f"{host}:{port}" for host in hosts] + without_port)
