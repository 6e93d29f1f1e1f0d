"""How outside addresses stood when they were last asked."""

from typing import Literal

from msgspec import Struct

Verdict = Literal["alive", "moved", "blocked", "unreachable", "dead", "drifted"]
"""`blocked` answers, but not to us (401, 403, 429); `unreachable` did not answer, or only with a
fault of its own: neither is dead. `drifted` is there and no longer holds what is quoted from it."""


class LinkState(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """What is known of one address."""

    verdict: Verdict
    since: str
    """The day on which it was first found so."""
    status: int = 0
    """The last HTTP status; 0 where there was none."""
    target: str = ""
    """Where it has moved to."""


class DeadLink(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """An address in a page's text that is dead, and what readers can have in its place."""

    url: str
    since: str
    archive_url: str
    """The stored copy that a source's record names for the same address; may be empty."""
