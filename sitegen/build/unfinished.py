"""Drafts may hold what is left to do: it is told, and holds up no build."""

from collections.abc import Iterable, Mapping

from sitegen.build.stored import Entry, read_document
from sitegen.diagnostics import Diagnostic
from sitegen.engine.cache import Cache

_CODE = "todo-left"


def without_drafts_todos(
    found: Iterable[Diagnostic], entries: Mapping[str, Entry], cache: Cache
) -> list[Diagnostic]:
    """Return the findings without what is left to do in drafts.

    Raises Lost if a document is stored no more.
    """
    every = list(found)
    unfinished = {each.path for each in every if each.code == _CODE}
    drafts = {path for path in unfinished if _is_draft(entries.get(path), cache)}
    return [each for each in every if each.code != _CODE or each.path not in drafts]


def _is_draft(entry: Entry | None, cache: Cache) -> bool:
    if entry is None or not entry.document:
        return False
    return bool(getattr(read_document(cache, entry).meta, "draft", False))
