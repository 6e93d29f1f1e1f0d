"""`sitegen check --external`: asks outside addresses, and says how each stands."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence

from msgspec import Struct

from sitegen.diagnostics import Diagnostic
from sitegen.links.addresses import Use, addresses
from sitegen.links.lychee import Answer
from sitegen.links.quotations import QuotedWords, lost, lost_quotation, quotations
from sitegen.links.verdicts import drifted, findings, verdict
from sitegen.model.links import LinkState
from sitegen.model.site import Site

Ask = Callable[[Sequence[str]], Mapping[str, Answer]]
"""Returns what each address answers."""
PageText = Callable[[str], str | None]
"""Returns the text of the page at an address; None where it can't be read."""

_ASKED_EVERY_TIME = frozenset(["unreachable", "drifted"])


class External(Struct, frozen=True, kw_only=True):
    """How the outside addresses of a publication stand."""

    links: dict[str, LinkState]
    """By address: what goes into links.lock."""
    asked: tuple[str, ...]
    """Those that were asked now; the others were asked not long ago."""
    diagnostics: tuple[Diagnostic, ...]


def check_external(
    site: Site,
    before: Mapping[str, LinkState],
    checked: Mapping[str, str],
    day: str,
    max_age: int,
    ask: Ask,
    text_of: PageText,
) -> External:
    """Ask every outside address of `site` that was not asked in the last `max_age` days.

    `before` is what links.lock says, `checked` the day each address was last asked.
    """
    uses = addresses(site)
    due = [
        url
        for url in uses
        if url not in before
        or before[url].verdict in _ASKED_EVERY_TIME
        or _age(checked.get(url, ""), day) >= max_age
    ]
    answers = ask(due) if due else {}
    links: dict[str, LinkState] = {}
    not_asked = []
    lost_ones: list[Diagnostic] = []
    quoted = _quoted(site, uses, due)
    for url in uses:
        known = before.get(url)
        if url not in answers:
            if known is not None:
                links[url] = known
            continue
        state = verdict(answers[url], known, day)
        if state is None:
            not_asked.append(url)
            continue
        if state.verdict in ("alive", "moved") and quoted.get(url):
            gone = _lost(quoted[url], text_of(url))
            lost_ones += [lost_quotation(each, f"the page at {url}") for each in gone]
            state = drifted(state, known, day) if gone else state
        links[url] = state
    return External(
        links=links,
        asked=tuple(url for url in due if url in answers and url not in not_asked),
        diagnostics=(*findings(site, uses, links, not_asked), *lost_ones),
    )


def _age(checked: str, day: str) -> int:
    """Return how many days ago an address was asked; many where that is not known."""
    try:
        return abs((dt.date.fromisoformat(day) - dt.date.fromisoformat(checked)).days)
    except ValueError:
        return 1_000_000


def _quoted(
    site: Site, uses: Mapping[str, tuple[Use, ...]], due: Collection[str]
) -> dict[str, tuple[QuotedWords, ...]]:
    """Return what is quoted from the page at each of some addresses."""
    sources = {
        use.source: url for url in due for use in uses[url] if use.source and use.field == "url"
    }
    found: dict[str, tuple[QuotedWords, ...]] = {}
    for source, quoted in quotations(site, sources).items():
        found[sources[source]] = (*found.get(sources[source], ()), *quoted)
    return found


_LEAST_TEXT = 200
"""Characters: a page with less is a wall or a script, which tells nothing of the article."""


def _lost(quoted: tuple[QuotedWords, ...], text: str | None) -> tuple[QuotedWords, ...]:
    if text is None or len(text.strip()) < _LEAST_TEXT:
        return ()
    return lost(quoted, text)
