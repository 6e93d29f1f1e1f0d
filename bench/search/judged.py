"""Queries with the pages that answer them, as they stand in `judged/` and in Cranfield's file."""

from pathlib import Path

import msgspec
import yaml
from msgspec import Struct

JUDGED = Path(__file__).parent / "judged"
HALVES = ("tune", "held-out")


class Query(Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody typed, and the permalinks of the pages that answer it, best first."""

    id: str
    query: str
    relevant: tuple[str, ...]
    lang: str = "en"
    kind: str = ""


class _Judgment(Struct, frozen=True):
    """A line of Cranfield's file; `relevant` holds the documents' numbers."""

    query: str
    relevant: tuple[str, ...]


def read_judged(half: str) -> tuple[Query, ...]:
    """Return one half of the shipped publication's judged queries."""
    text = (JUDGED / f"{half}.yaml").read_text(encoding="utf-8")
    return msgspec.convert(yaml.safe_load(text), tuple[Query, ...])


def read_cranfield_queries(path: Path) -> tuple[Query, ...]:
    """Return Cranfield's queries; a document's page is an explainer named for its number."""
    lines = path.read_text(encoding="utf-8").splitlines()
    read = (msgspec.json.decode(line, type=_Judgment) for line in lines)
    return tuple(
        Query(f"c{number:03}", each.query, tuple(map(explainer_permalink, each.relevant)))
        for number, each in enumerate(read, 1)
    )


def explainer_permalink(slug: str) -> str:
    """Return where an explainer of that slug stands."""
    return f"/explainers/{slug}/"
