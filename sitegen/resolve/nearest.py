"""Tells what an author may have meant by a name or a path that leads nowhere."""

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from sitegen.diagnostics import did_you_mean
from sitegen.model.document import Document
from sitegen.model.front_matter import Kind
from sitegen.resolve.catalog import Catalog, Key


class NearestNames:
    """The nearest of all names; each list is made once, when the first name is not found."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._relative: dict[tuple[str, str], frozenset[str]] = {}

    def name(self, kind: Kind, name: str) -> str:
        """Return a hint to a published file of a kind, or an empty string."""
        return did_you_mean(name, self._names[kind])

    def slug(self, slug: str) -> str:
        """Return a hint to a page of another slug, or an empty string."""
        return did_you_mean(slug, self._slugs)

    def file(self, document: Document, target: str, path: str) -> str:
        """Return a hint to a content file near a link's target, which is `path`, or elsewhere."""
        hint = did_you_mean(target, self._from(document, "pages"))
        same = self._by_file_name.get(posixpath.basename(path))
        return hint or (f"did you mean '{_relative(same, document)}'?" if same else "")

    def page(self, document: Document, target: str) -> str:
        """Return a hint to the file that a link which is not to a Markdown file could mean."""
        stem = target.strip("/").removesuffix("/index.html").removesuffix(".html")
        keys = self._catalog.by_slug.get(posixpath.basename(stem), ())
        paths = [path for key in keys if (path := self._path_of.get(key))]
        if paths:
            return f"link to its Markdown file: {_relative(paths[0], document)}"
        return did_you_mean(target, self._from(document, "files"))

    def image(self, document: Document, src: str) -> str:
        """Return a hint to a file that is no page."""
        return did_you_mean(src, self._from(document, "assets"))

    @cached_property
    def _names(self) -> Mapping[Kind, frozenset[str]]:
        names: dict[Kind, list[str]] = defaultdict(list)
        for kind, name in self._catalog.documents:
            names[kind].append(name)
        found: dict[Kind, frozenset[str]] = defaultdict(frozenset)
        found.update((kind, frozenset(each)) for kind, each in names.items())
        return found

    @cached_property
    def _slugs(self) -> frozenset[str]:
        return frozenset(self._catalog.by_slug)

    @cached_property
    def _by_file_name(self) -> Mapping[str, str]:
        """The first content file of each name."""
        paths = reversed(list(self._catalog.by_path))
        return {posixpath.basename(path): path for path in paths}

    @cached_property
    def _path_of(self) -> Mapping[Key, str]:
        return {key: path for path, key in reversed(list(self._catalog.by_path.items()))}

    def _from(self, document: Document, what: str) -> frozenset[str]:
        """Return paths as links from a document's folder would write them."""
        folder = posixpath.dirname(document.path)
        found = self._relative.get((folder, what))
        if found is None:
            paths: Iterable[str] = self._catalog.by_path if what != "assets" else ()
            others = self._catalog.assets if what != "pages" else ()
            found = frozenset(posixpath.relpath(path, folder) for path in (*paths, *others))
            self._relative[folder, what] = found
        return found


def path_from(document: Document, target: str) -> str:
    """Return the path that a link in a document leads to."""
    folder = document.path.rpartition("/")[0]
    if "/" not in target and target.strip("."):
        return f"{folder}/{target}"  # as most are
    return posixpath.normpath(posixpath.join(folder, target))


def _relative(path: str, document: Document) -> str:
    return posixpath.relpath(path, posixpath.dirname(document.path))
