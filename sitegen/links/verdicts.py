"""Turns what addresses answered into verdicts, and verdicts into diagnostics."""

import datetime as dt
from collections.abc import Iterable, Mapping

from sitegen.diagnostics import Diagnostic
from sitegen.links.addresses import Use
from sitegen.links.lychee import Answer
from sitegen.model.front_matter import SourceMeta
from sitegen.model.links import LinkState, Verdict
from sitegen.model.site import Site
from sitegen.resolve.outside import archives

GONE = frozenset([404, 410])
DEAD_AFTER = 14
"""So many days an address that does not answer is given before it counts as dead."""


def verdict(answer: Answer, before: LinkState | None, day: str) -> LinkState | None:
    """Return how an address stands on `day`; None where it is never asked.

    `before` is what was known of it. What answers, but not to us, is not dead.
    """
    if answer.refused:
        return None
    found: Verdict
    if 200 <= answer.status < 300:
        found = "moved" if answer.permanent and answer.target else "alive"
    elif answer.status in GONE:
        found = "dead"
    elif 400 <= answer.status < 500:
        found = "blocked"
    else:
        found = "unreachable"
        if before is not None and (before.verdict == "dead" or _is_over(before, day)):
            found = "dead"
    same = before is not None and before.verdict == found
    return LinkState(
        verdict=found,
        since=before.since if before is not None and same else day,
        status=answer.status,
        target=answer.target if found == "moved" else "",
    )


def _is_over(before: LinkState, day: str) -> bool:
    """Return whether an address has been out of reach for as long as it is given."""
    if before.verdict != "unreachable":
        return False
    days = dt.date.fromisoformat(day) - dt.date.fromisoformat(before.since)
    return days.days >= DEAD_AFTER


def drifted(state: LinkState, before: LinkState | None, day: str) -> LinkState:
    """Return the state of a page that is there and no longer holds what is quoted from it."""
    same = before is not None and before.verdict == "drifted"
    since = before.since if before is not None and same else day
    return LinkState(verdict="drifted", since=since, status=state.status)


def findings(
    site: Site,
    uses: Mapping[str, tuple[Use, ...]],
    links: Mapping[str, LinkState],
    not_asked: Iterable[str],
) -> list[Diagnostic]:
    """Return what an editor is told of the addresses; drift is told of at each quotation."""
    archived = archives(page.document for page in site.sources.values())
    found = [
        _finding(use, "unasked-link", f"'{url}' is not asked: it is no public address", _UNASKED)
        for url in not_asked
        for use in uses[url]
    ]
    for url, state in links.items():
        for use in uses.get(url, ()):
            found += _of_state(site, url, state, use, archived)
    return found


_UNASKED = "link to an address that readers can reach"


def _of_state(
    site: Site, url: str, state: LinkState, use: Use, archived: Mapping[str, str]
) -> list[Diagnostic]:
    answered = f"it answers {state.status}" if state.status else "nothing answers"
    if state.verdict == "dead":
        if use.field == "url" and use.source and _is_known_dead(site, use.source):
            return []
        if use.field in ("url", "text") and url in archived:
            message = f"'{url}' is dead ({answered}); readers are led to its stored copy"
            return [_finding(use, "archived-link", message, "set status: dead in the record")]
        mend = "link to a stored copy of it, or take the link out"
        if use.field == "url" and use.source:
            mend = f"run 'sitegen source archive {use.source} --stored', or correct url:"
        return [_finding(use, "dead-link", f"'{url}' is dead: {answered}", mend)]
    if state.verdict == "moved":
        return [
            _finding(
                use, "moved-link", f"'{url}' has moved for good", f"write {state.target} instead"
            )
        ]
    if state.verdict == "unreachable":
        message = f"'{url}' can't be reached since {state.since}: {answered}"
        mend = f"ask again later; after {DEAD_AFTER} days it counts as dead"
        return [_finding(use, "unreachable-link", message, mend)]
    return []


def _is_known_dead(site: Site, source: str) -> bool:
    meta = site.sources[source].meta if source in site.sources else None
    return isinstance(meta, SourceMeta) and meta.status == "dead"


def _finding(use: Use, code: str, message: str, mend: str) -> Diagnostic:
    return Diagnostic(path=use.path, code=code, message=message, span=use.span, help=mend)
