"""Asks outside addresses for `sitegen check --external`, and keeps what they answered."""

import time
from collections import Counter
from typing import TYPE_CHECKING, get_args

from sitegen.cli.reporting import show_notice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sitegen.build import BuildOptions
    from sitegen.diagnostics import Diagnostic
    from sitegen.links.external import External
    from sitegen.links.lychee import Answer
    from sitegen.model.site import Site

_PAUSE = 0.5
"""Seconds between two requests for pages of one host."""


def ask_outside(
    options: "BuildOptions", max_age: int, *, quiet: bool
) -> "tuple[tuple[Diagnostic, ...], str]":
    """Ask every outside address, write content/links.lock; return findings and a line of counts.

    Raises SitegenError if lychee is not installed.
    """
    from sitegen.build.commands import with_site
    from sitegen.build.options import WORKSPACE
    from sitegen.diagnostics import with_source_lines
    from sitegen.links import lock, lychee
    from sitegen.links.checked_days import read_days, write_days
    from sitegen.links.external import check_external
    from sitegen.model.links import Verdict
    from sitegen.sources import store
    from sitegen.sources.fetch import server_for_tests

    lychee.find_lychee()  # before anything is made ready in vain
    workspace = options.root / WORKSPACE
    loopback = server_for_tests() is not None

    def ask(urls: "Sequence[str]") -> "Mapping[str, Answer]":
        if not quiet:
            show_notice(f"asking {len(urls)} outside addresses")
        return lychee.ask(urls, loopback=loopback)

    before, _ = lock.parse((store.read(options.root, lock.PATH) or "").encode())
    checked = read_days(workspace)

    def asked(site: "Site") -> "tuple[External, str]":
        day = site.as_of
        return check_external(site, before, checked, day, max_age, ask, _PageReader().text), day

    made, found = with_site(options, asked, keep=True)
    if made is None:
        return found, ""
    done, day = made
    store.write(options.root, lock.PATH, lock.render(done.links))
    days = {url: each for url, each in checked.items() if url in done.links}
    write_days(workspace, days | dict.fromkeys(done.asked, day))
    counts = Counter(state.verdict for state in done.links.values())
    words = ", ".join(f"{counts[each]} {each}" for each in get_args(Verdict) if counts[each])
    said = f"asked {len(done.asked)} of {len(done.links)} outside addresses: {words or 'none'}"
    lines = {}
    for path in {each.path for each in done.diagnostics}:
        text = (options.root / path).read_text("utf-8-sig", "replace")
        lines[path] = tuple(text.split("\n"))
    return with_source_lines(done.diagnostics, lines), said


class _PageReader:
    """Fetches pages one after another, with a pause between two of one host."""

    def __init__(self) -> None:
        self._asked: dict[str, float] = {}

    def text(self, url: str) -> str | None:
        """Return the text of the page at `url`, or None where it can't be had."""
        from urllib.parse import urlsplit

        from sitegen.errors import SitegenError
        from sitegen.links.page_text import page_text
        from sitegen.sources.fetch import fetch, server_for_tests

        host = urlsplit(url).netloc
        since = time.monotonic() - self._asked.get(host, -_PAUSE)
        time.sleep(max(0.0, _PAUSE - since))
        self._asked[host] = time.monotonic()
        try:
            answer = fetch(url, allowed=server_for_tests())
        except SitegenError:
            return None
        if answer.status != 200:
            return None
        return page_text(answer.data, answer.charset, answer.content_type)
