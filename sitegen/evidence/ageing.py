"""Which explainers are due for another look, why, since when, and whose they are."""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from sitegen.model.pages import Explainer
from sitegen.model.site import Site


class Reason(Struct, frozen=True, kw_only=True):
    """Why an explainer is due."""

    kind: Literal["age", "words", "source"]
    since: str | None
    """A day; None where nobody recorded it, as with a source that has changed."""
    text: str


class DuePage(Struct, frozen=True, kw_only=True):
    """An explainer that is due for review."""

    id: str
    path: str
    title: str
    whose: tuple[str, ...]
    """Its last reviewer, else its authors; empty: the publication's."""
    reviewed: str | None
    reasons: tuple[Reason, ...]

    @property
    def since(self) -> str:
        """Return the first day on which it was due; empty where none is known."""
        return min((each.since for each in self.reasons if each.since), default="")


def due_pages(site: Site) -> tuple[DuePage, ...]:
    """Return the explainers that are due on the site's as-of day, the longest due first."""
    found = []
    for name, explainer in site.explainers.items():
        reasons = tuple(_reasons(explainer, site.as_of))
        if not reasons:
            continue
        reviewer = explainer.reviewer
        cards = (reviewer,) if reviewer else explainer.authors
        found.append(
            DuePage(
                id=name,
                path=explainer.document.path,
                title=explainer.meta.title,
                whose=tuple(card.title for card in cards),
                reviewed=explainer.meta.reviewed or None,
                reasons=reasons,
            )
        )
    return tuple(sorted(found, key=lambda page: (page.since or site.as_of, page.id)))


def _reasons(explainer: Explainer, as_of: str) -> Iterator[Reason]:
    if explainer.stale:
        meta = explainer.meta
        last = f"reviewed {meta.reviewed}" if meta.reviewed else f"published {explainer.day}"
        yield Reason(kind="age", since=explainer.stale_on, text=f"last {last}")
    for mark in explainer.document.dated:
        if mark.review_by and as_of >= mark.review_by:
            yield Reason(kind="words", since=mark.review_by, text=f"'{mark.words}'")
    for alert in explainer.alerts:
        note = f": {' '.join(alert.note.split())}" if alert.note else ""
        text = f"source '{alert.source.name}' is {alert.status}{note}"
        yield Reason(kind="source", since=None, text=text)
