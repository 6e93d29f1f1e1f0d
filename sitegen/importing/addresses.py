"""Finds where the addresses of an old site lead in the new one."""

import posixpath
import re
from collections.abc import Mapping, Sequence
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from sitegen.importing.old import Left, OldFiles, OldPage, OldSite
from sitegen.importing.words import plain_words
from sitegen.load.scan import PUBLISHED_TYPES
from sitegen.model.front_matter import Kind
from sitegen.urls import outside_scheme


class NewPage(Struct, frozen=True, kw_only=True):
    """An old page and the file it becomes."""

    old: OldPage
    kind: Kind
    path: str
    name: str


class Addresses:
    """Where each page, topic and file of an old site is to be found."""

    def __init__(
        self, old: OldSite, files: OldFiles, pages: Sequence[NewPage], topics: Mapping[str, str]
    ) -> None:
        """Take the pages, and the names of topics by the slugs of their titles."""
        self._old = old
        self._files = files
        self._topics = topics
        self._by_file = {page.old.path: page.path for page in pages}
        self._by_address: dict[str, str] = {}
        for page in pages:
            for address in page.old.addresses:
                self._by_address.setdefault(_folded(address), page.path)
        self.copies: dict[str, str] = {}
        """The old site's file for each new path that something refers to."""
        self.left: list[Left] = []
        """What leads nowhere."""

    def resolve(
        self, page: NewPage, target: str, words: str, picture: bool, outside: dict[str, str]
    ) -> str | None:
        """Return the address in place of `target`, or None if it leads nowhere.

        The words of links to other sites are put into `outside`, by their addresses.
        """
        base = self._old.base_url.rstrip("/")
        if base and (target == base or target.startswith(f"{base}/")):
            target = target.removeprefix(base) or "/"
        scheme = outside_scheme(target)
        if (scheme and scheme != "ref") or target.startswith("//"):
            if picture:
                self.left.append(Left(page.path, f"the picture {target} is on another site"))
                return None
            if scheme in ("http", "https") and not re.search(r'[\s"<>\\^`{|}]', target):
                outside.setdefault(target, plain_words(words))
                return target
            return target if scheme in ("mailto", "tel") else None
        if target.startswith("#"):
            return target if len(target) > 1 else None
        path, _, anchor = target.removeprefix("ref:").partition("#")
        path = unquote(path.partition("?")[0])
        found = self._place(page, path, is_file=target.startswith("ref:"))
        if found is None:
            what = "the picture" if picture else "the link to"
            self.left.append(Left(page.path, f"{what} {target} leads nowhere: its words are kept"))
            return None
        new = posixpath.relpath(found, posixpath.dirname(page.path))
        return f"{new}#{anchor}" if anchor and found.endswith(".md") else new

    def _place(self, page: NewPage, path: str, *, is_file: bool) -> str | None:
        """Return the new file that an old path or address leads to."""
        folder = posixpath.dirname(page.old.path)
        root = {"hugo": "content", "mkdocs": page.old.path.partition("/")[0]}.get(
            self._old.generator, ""
        )
        rooted = posixpath.normpath(f"{root}/{path.lstrip('/')}").lstrip("/")
        beside = posixpath.normpath(posixpath.join(folder, path)) if path else page.old.path
        for place in (rooted, beside) if path.startswith("/") or is_file else (beside, rooted):
            for name in (
                place,
                f"{place}.md",
                f"{place}.markdown",
                f"{place}/index.md",
                f"{place}/_index.md",
            ):
                if name in self._by_file:
                    return self._by_file[name]
        if is_file:
            ends = tuple(f"/{posixpath.basename(path)}{end}" for end in ("", ".md", ".markdown"))
            named = [new for old, new in self._by_file.items() if old.endswith(ends)]
            if named:
                return named[0]
        base = urlsplit(self._old.base_url).path.rstrip("/")
        where = page.old.addresses[0]
        addresses = [posixpath.join(where if where.endswith("/") else f"{where}/..", path)]
        if path.startswith("/"):
            addresses = [path, path.removeprefix(base)] if base else [path]
        for address in addresses:
            if (new := self._by_address.get(_folded(address))) is not None:
                return new
        for term, kind_path in self._topics.items():
            if any(_folded(each) in (f"/tags/{term}", f"/categories/{term}") for each in addresses):
                return f"content/topics/{kind_path}.md"
        for place in (beside, *addresses):
            old = self._old.assets.get(posixpath.normpath(f"/{place.lstrip('/')}")) or (
                place if place in self._files.others else None
            )
            if old is not None:
                return self._copy(page, old)
        return None

    def _copy(self, page: NewPage, old: str) -> str | None:
        if posixpath.splitext(old)[1].lower() not in PUBLISHED_TYPES:
            self.left.append(Left(old, "is of a type that is not published"))
            return None
        for prefix in ("static/", "content/", "docs/", "assets/"):
            if old.startswith(prefix):
                inside = old.removeprefix(prefix)
                break
        else:
            inside = old
        safe = "/".join(re.sub(r"[^\w.-]+", "-", part).strip("-.") for part in inside.split("/"))
        new = f"content/assets/{safe}"
        self.copies.setdefault(new, old)
        return new


def _folded(address: str) -> str:
    """Return an address without what servers take for the same."""
    path = posixpath.normpath(f"/{address.lstrip('/')}")
    return unquote(path).removesuffix("/index.html").removesuffix(".html").casefold() or "/"
