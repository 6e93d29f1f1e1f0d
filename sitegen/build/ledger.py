"""What `sitegen ledger` works out and writes: a revision for each explainer that says more."""

from collections.abc import Container
from pathlib import Path

from msgspec import Struct

from sitegen.build.committed import write_committed
from sitegen.evidence.ledger import (
    PATH,
    Ledger,
    advanced,
    ledger_json,
    read_ledger,
    revision_of,
)
from sitegen.load.snapshots import read_committed
from sitegen.model.site import Site
from sitegen.urls import output_path


class LedgerChange(Struct, frozen=True, kw_only=True):
    """The ledger as it is to be, and what is new in it."""

    ledger: Ledger
    explainers: tuple[str, ...]
    """Those that get a revision."""
    published: int
    """How many explainers are published."""


def ledger_change(root: Path, site: Site, shown: Container[str] | None = None) -> LedgerChange:
    """Return what a ledger that the build found no fault with becomes on the site's day.

    `shown` are the output paths that a built site has; None: it has all.
    """
    data, _ = read_committed(root, PATH)
    before = read_ledger(data)
    revisions = {
        name: revision_of(
            explainer.document,
            site.bodies[explainer.document.path],
            site.as_of,
            explainer.card.permalink,
        )
        for name, explainer in site.explainers.items()
        if explainer.state == "published"
        and (shown is None or output_path(explainer.card.permalink) in shown)
    }
    ledger = advanced(before, revisions)
    return LedgerChange(
        ledger=ledger,
        explainers=tuple(name for name in ledger if ledger[name] != before.get(name)),
        published=len(revisions),
    )


def write_ledger(root: Path, change: LedgerChange) -> None:
    """Write the ledger. Raises SitegenError if it can't be written."""
    write_committed(root / PATH, ledger_json(change.ledger))
