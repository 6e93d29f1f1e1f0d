"""Notes what each view reads of the site, so that an unread change need not make it again.

A view is made from a `SiteReader`, which hands out the site's values and notes the name of each in
passing: nothing can be read unnoted. A name covers a page's `brief` (what lists and links show of
it: `explainer/rents`), all of a page (`explainer/rents+`), all pages of a kind (`explainer*`),
their names (`explainer:`), how many they are (`explainer#`), the names on one page of a listing of
them (`explainer[50]`), a file's body (`body:content/explainers/rents.md`) and the terms in it
(`terms:...`), one of the site's own fields (`timeline`), or what the sitemap tells of all pages
(`mapped`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, TypeVar, cast

import msgspec

from sitegen.engine.digest import digest
from sitegen.model.document import Body, Citation, ClaimRecord, ShownBody
from sitegen.model.pages import Page
from sitegen.model.relations import TermUse
from sitegen.model.site import Site
from sitegen.render.listings import PAGE_SIZE, rows_on
from sitegen.render.public import MappedPage, mapped_pages

P = TypeVar("P", bound=Page)
T = TypeVar("T")

PAGES = {
    "explainers": "explainer",
    "sources": "source",
    "topics": "topic",
    "terms": "term",
    "authors": "author",
    "pages": "page",
}
"""The fields of `Site` that hold pages by name, and the word for each in a dependency's name."""

_MAPPED = "mapped"

FIELDS = (
    "as_of",
    "timeline",
    "corrections",
    "redirects",
    "expired",
    "files",
    "nav",
    "images",
    "listed",
    "latest",
    "standing",
)
"""The other fields of `Site` that a dependency names; its settings every view depends on."""

_BRIEF = ("card", "meta", "claims")
_BRIEFS = {
    "explainer": (*_BRIEF, "state", "listed", "day", "updated", "changed", "topics", "alerts"),
    "term": (*_BRIEF, "slug", "definition"),
    "source": (*_BRIEF, "link"),
}
"""The fields of a page that lists and links show."""

Digests = dict[str, bytes]


def site_digests(site: Site, pages: Mapping[str, Mapping[str, bytes]]) -> Digests:
    """Return the digest of everything a view may depend on, bodies apart.

    `pages` holds the digest of every page, by the field of the site and by its name.
    """
    encode = msgspec.msgpack.Encoder().encode
    found: Digests = {}
    for field, kind in PAGES.items():
        found |= page_digests(kind, getattr(site, field), pages[field])
    for field in FIELDS:
        found[field] = digest(encode(getattr(site, field)))
    found[_MAPPED] = digest(encode(tuple(mapped_pages(site))))
    return found


def page_digests(kind: str, pages: Mapping[str, Page], wholes: Mapping[str, bytes]) -> Digests:
    """Return the digests of what views may read of some `pages` of a kind, and of all of them.

    `wholes` holds the digest of every page of the kind.
    """
    encode = msgspec.msgpack.Encoder().encode
    brief = attrgetter(*_BRIEFS.get(kind, _BRIEF))
    found: Digests = {}
    for name, page in pages.items():
        found[f"{kind}/{name}"] = digest(encode(brief(page)))
        found[f"{kind}/{name}+"] = wholes[name]
    found[f"{kind}*"] = digest(encode(wholes))
    names = list(wholes)
    found[f"{kind}:"] = digest(encode(names))
    found[f"{kind}#"] = digest(encode(len(names)))
    for start in range(0, len(names), PAGE_SIZE):
        found[f"{kind}[{start}]"] = digest(encode(names[start : start + PAGE_SIZE]))
    return found


def names_on(pages: Mapping[str, Page], number: int) -> Sequence[str]:
    """Return the names on page `number` of a listing of `pages`, in their order."""
    if isinstance(pages, _PagesReader):
        return pages.names_on(number)
    return rows_on(tuple(pages), number)


def mapped(site: Site) -> Iterator[MappedPage]:
    """Yield the pages that the sitemap lists; a view that does depends on nothing else of them."""
    return site.mapped() if isinstance(site, SiteReader) else mapped_pages(site)


def noting(site: Site, read: set[str]) -> Site:
    """Return `site` as a view may see it; the names of what is read are added to `read`.

    Views may be made from it one after another, if `read` is emptied before each: what is read
    again is noted again.
    """
    return cast(Site, SiteReader(site, read))


def of_brief(page: P, key: tuple[str, ...], make: Callable[[P], T]) -> T:
    """Return what `make` makes of nothing but the brief of `page`, made once for each `key`.

    `key` names the kind of value and all else that it is made of, besides the site's settings.
    """
    reader: object = page
    return reader.of_brief(key, make) if isinstance(reader, _PageReader) else make(page)


class SiteReader:
    """Stands in for a site and notes what is read of it."""

    def __init__(self, site: Site, read: set[str]) -> None:
        self._site = site
        self._read = read
        self.settings = site.settings
        self.bodies = _BodiesReader(site, read)

    def mapped(self) -> Iterator[MappedPage]:
        """Yield the pages of the sitemap."""
        self._read.add(_MAPPED)
        return mapped_pages(self._site)

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._site, name)
        kind = PAGES.get(name)
        if kind is None:
            if name not in FIELDS:
                raise AttributeError(name)
            self._read.add(name)
            return value
        pages = _PagesReader(kind, value, self._read)
        setattr(self, name, pages)
        return pages


class _PagesReader(Mapping[str, P]):
    """Pages by name; going through all of them depends on all of them."""

    def __init__(self, kind: str, pages: Mapping[str, P], read: set[str]) -> None:
        self._kind = kind
        self._pages = pages
        self._read = read
        self._readers: dict[str, tuple[str, P]] = {}
        """By name: what reading a page is noted as, and what stands in for it."""
        self._brief = frozenset(_BRIEFS.get(kind, _BRIEF))

    def __getitem__(self, name: str) -> P:
        known = self._readers.get(name)
        if known is None:
            dependency = f"{self._kind}/{name}"
            self._read.add(dependency)
            reader = _PageReader(self._pages[name], dependency, self._brief, self._read)
            known = self._readers[name] = dependency, cast(P, reader)
        self._read.add(known[0])
        return known[1]

    def __contains__(self, name: object) -> bool:
        self._read.add(f"{self._kind}/{name}")
        return name in self._pages

    def __iter__(self) -> Iterator[str]:
        self._read.add(f"{self._kind}:")
        return iter(self._pages)

    def __len__(self) -> int:
        self._read.add(f"{self._kind}#")
        return len(self._pages)

    def names_on(self, number: int) -> Sequence[str]:
        self._read.add(f"{self._kind}[{(number - 1) * PAGE_SIZE}]")
        return rows_on(tuple(self._pages), number)

    def values(self) -> Any:
        self._read.add(f"{self._kind}*")
        return self._pages.values()

    def items(self) -> Any:
        self._read.add(f"{self._kind}*")
        return self._pages.items()


class _PageReader:
    """A page that notes whether more than its brief is read.

    What was read of its brief stays at hand: that is noted wherever the page is looked up.
    """

    def __init__(self, page: Page, dependency: str, brief: frozenset[str], read: set[str]) -> None:
        self._page = page
        self._whole = f"{dependency}+"
        self._brief = brief
        self._read = read
        self._made: dict[tuple[str, ...], Any] = {}

    def of_brief(self, key: tuple[str, ...], make: Callable[[Any], T]) -> T:
        made: T | None = self._made.get(key)
        if made is None:
            made = self._made[key] = make(_BriefReader(self._page, self._brief))
        return made

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._page, name)
        if name in self._brief:
            setattr(self, name, value)
        else:
            self._read.add(self._whole)
        return value


class _BriefReader:
    """A page of which only the brief can be read, so that there is nothing to note."""

    def __init__(self, page: Page, brief: frozenset[str]) -> None:
        self._page = page
        self._brief = brief

    def __getattr__(self, name: str) -> Any:
        if name not in self._brief:
            raise AttributeError(name)
        return getattr(self._page, name)


class _BodiesReader:
    """Bodies by path; a file's citations and claims are covered by the digests its page holds."""

    def __init__(self, site: Site, read: set[str]) -> None:
        self._site = site
        self._read = read

    def __getitem__(self, path: str) -> Body:
        self._read.add(f"body:{path}")
        return self._site.bodies[path]

    def shown(self, path: str) -> ShownBody:
        self._read.add(f"body:{path}")
        return self._site.bodies.shown(path)

    def citations(self, paths: Sequence[str], source: str) -> Iterator[tuple[Citation, ...]]:
        return self._site.bodies.citations(paths, source)

    def claims(self, path: str) -> tuple[ClaimRecord, ...]:
        return self._site.bodies.claims(path)

    def texts(self, path: str) -> Mapping[str, Sequence[str]]:
        self._read.add(f"body:{path}")
        return self._site.bodies.texts(path)

    def term_uses(self, path: str) -> tuple[TermUse, ...]:
        self._read.add(f"terms:{path}")
        return self._site.bodies.term_uses(path)
