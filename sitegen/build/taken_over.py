"""Takes the last build's site over where files of sources say the same in other words."""

from collections.abc import Mapping

from sitegen.build.outputs import Resolution
from sitegen.build.record import Record, restore_site, store_sources
from sitegen.build.stored import Entry, StoredBodies, read_document
from sitegen.engine.cache import Cache
from sitegen.model.settings import Settings
from sitegen.render.dependencies import PAGES, page_digests
from sitegen.resolve.reworded import Sources, reword

_MOST_REWORDED = 16


def taken_over(
    record: Record,
    entries: Mapping[str, Entry],
    settings: Settings,
    cache: Cache,
    *,
    key: bytes,
    files_key: bytes,
) -> Resolution | None:
    """Return what the files make if that is the last build's site but for words of sources.

    Nothing but files may have changed since the `record`. None where all files must be joined.
    Raises Lost if something is stored no more.
    """
    changed = _changed(record.entries, entries)
    if changed is None or len(changed) > _MOST_REWORDED:
        return None
    before = record.site
    bodies = StoredBodies(cache, entries)
    sources = Sources(
        pages=restore_site(before, settings, bodies, cache).sources,
        order=tuple(before.sources),
        publishers=before.publishers,
        successors=frozenset(before.successors),
    )
    made = reword(sources, (read_document(cache, entry) for entry in changed))
    if made is None:
        return None
    sources, renewed = made
    stored = store_sources(before, sources, renewed, cache)
    pages = {name: sources.pages[name] for name in renewed}
    return Resolution(
        key=key,
        files_key=files_key,
        site=restore_site(stored, settings, bodies, cache),
        stored=lambda: stored,
        counts=record.counts,
        findings=record.findings,
        digests=None,
        changed=page_digests(PAGES["sources"], pages, stored.sources),
        taken_over=record.site_key,
        renewed=frozenset(renewed),
    )


def _changed(before: Mapping[str, Entry], now: Mapping[str, Entry]) -> list[Entry] | None:
    """Return the files that make another document; None where one came, went or is no source."""
    if len(before) != len(now):
        return None
    changed = []
    for (old_path, old), (path, new) in zip(before.items(), now.items(), strict=True):
        if old is new:
            continue
        if path != old_path or new.terms != old.terms:
            return None
        if new.document == old.document:
            continue
        if not new.document or not path.startswith("content/sources/"):
            return None
        changed.append(new)
    return changed
