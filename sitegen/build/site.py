"""The resolve stage: joins all documents into one site, unless nothing it depends on changed."""

import datetime as dt
import os
from collections.abc import Mapping
from itertools import chain
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from sitegen.build.options import BuildOptions
from sitegen.build.stored import Entry, StoredBodies, read_documents
from sitegen.engine.cache import Cache
from sitegen.engine.digest import digest, digest_of
from sitegen.errors import SitegenError
from sitegen.links import lock as links
from sitegen.load.scan import FOLDER_KINDS, Scan
from sitegen.model.document import Document, Standing, UnreadFile
from sitegen.model.settings import Settings, SiteYaml
from sitegen.resolve.site import Resolved, resolve_site
from sitegen.urls import parse_base_url

Standings = Mapping[str, Mapping[int, Standing]]
"""How the citations of each file stand, by its path and by their numbers."""


class Selection(Struct, frozen=True, kw_only=True):
    """Which pages are published."""

    as_of: str
    drafts: bool
    future: bool


def files_key(entries: Mapping[str, Entry]) -> bytes:
    """Return the digest of what files add to a site."""
    said = [(path, entry.document, entry.terms) for path, entry in entries.items()]
    return digest(msgspec.msgpack.encode(said))


def say_the_same(before: Mapping[str, Entry], now: Mapping[str, Entry]) -> bool:
    """Return whether the same files add the same to a site."""
    return len(before) == len(now) and all(
        old is new or (path == old_path and old.document == new.document and old.terms == new.terms)
        for (old_path, old), (path, new) in zip(before.items(), now.items(), strict=True)
    )


def site_key(
    code: bytes,
    files: bytes,
    scan: Scan,
    settings: Settings,
    selection: Selection,
    standings: Standings,
) -> bytes:
    """Return the digest of all that a site is resolved from; `files` comes from `files_key`."""
    shared = (settings.yaml, settings.base, settings.search, selection, scan.assets)
    return digest_of((code, files, scan.links_lock, msgspec.msgpack.encode((shared, standings))))


def resolve(
    cache: Cache,
    entries: Mapping[str, Entry],
    documents: Mapping[str, Document],
    scan: Scan,
    settings: Settings,
    selection: Selection,
    standings: Standings,
) -> Resolved:
    """Return the site that the entries make.

    Those of their `documents` that are at hand are given by path, the others read. Raises Lost if
    one is stored no more.
    """
    unread = (path for path, entry in entries.items() if not entry.document)
    return resolve_site(
        chain(
            documents.values(),
            read_documents(
                cache, (each for path, each in entries.items() if path not in documents)
            ),
        ),
        StoredBodies(cache, entries),
        {path: entry.terms for path, entry in entries.items() if entry.terms},
        scan.assets,
        settings,
        selection.as_of,
        drafts=selection.drafts,
        future=selection.future,
        standings=standings,
        unread=tuple(
            UnreadFile(kind=FOLDER_KINDS[path.split("/")[1]], path=path) for path in unread
        ),
        links=links.parse(scan.links_lock)[0],
    )


def settings_of(options: BuildOptions, yaml: SiteYaml) -> Settings:
    """Return the settings of a build. Raises SitegenError if its base URL is none."""
    base = parse_base_url(options.base_url or yaml.base_url)
    if base is None:
        raise SitegenError(f"--base-url: '{options.base_url}' is not a site's address")
    return Settings(yaml=yaml, base=base, search=options.search and yaml.search)


def as_of_day(wanted: str, yaml: SiteYaml) -> str:
    """Return the as-of day: as wanted, else SOURCE_DATE_EPOCH's, else today's in the time zone.

    SOURCE_DATE_EPOCH is seconds since 1970 (reproducible-builds.org). Raises SitegenError if it is
    not a number.
    """
    if wanted:
        return wanted
    zone = ZoneInfo(yaml.time_zone)
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return dt.datetime.now(zone).date().isoformat()
    try:
        return dt.datetime.fromtimestamp(int(epoch), zone).date().isoformat()
    except (ValueError, OverflowError, OSError):
        raise SitegenError(f"SOURCE_DATE_EPOCH: '{epoch}' is not a number of seconds") from None
